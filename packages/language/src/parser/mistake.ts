import type { DiagnosticCode, DiagnosticParametersOf } from '@pathway/model';
import { diagnosticMessage } from '@pathway/model';
import type { ILexingError, IRecognitionException, IToken } from 'chevrotain';

/** A stretch of a text: offsets in UTF-16 units, the end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface MistakeFix {
  readonly title: string;
  readonly edits: readonly (Span & { readonly newText: string })[];
}

/** A mistake in the syntax, in offsets, before it becomes a diagnostic with lines and columns. */
export interface Mistake extends Span {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly related: readonly (Span & { readonly message: string })[];
  readonly fixes: readonly MistakeFix[];
}

/** A mistake with the catalogue's message of its code. */
export function mistake<C extends DiagnosticCode>(
  code: C,
  params: DiagnosticParametersOf<C>,
  span: Span,
  extras: { readonly related?: Mistake['related']; readonly fixes?: readonly MistakeFix[] } = {},
): Mistake {
  return {
    code,
    message: diagnosticMessage(code, params),
    start: span.start,
    end: span.end,
    related: extras.related ?? [],
    fixes: extras.fixes ?? [],
  };
}

/** A lexer's or parser's error as Langium hands it on, with the mistake that it stands for. */
interface Explained {
  readonly mistake: Mistake;
}

export function lexingError(found: Mistake, line: number, column: number): ILexingError & Explained {
  const { start, end, message } = found;
  return { offset: start, line, column, length: end - start, message, mistake: found };
}

export function recognitionError(found: Mistake, token: IToken): IRecognitionException & Explained {
  return {
    name: 'SyntaxMistake',
    message: found.message,
    token,
    resyncedTokens: [],
    context: { ruleStack: [], ruleOccurrenceStack: [] },
    mistake: found,
  };
}

export function isExplained<T extends object>(error: T): error is T & Explained {
  return 'mistake' in error;
}
