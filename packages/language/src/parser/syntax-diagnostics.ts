import type { Diagnostic, DiagnosticFix, Origin } from '@pathway/model';
import { compareDiagnostics, createDiagnostic, diagnosticCatalogue } from '@pathway/model';
import type { ParseResult } from 'langium';
import { LIMITS } from './limits.js';
import type { Mistake, Span } from './mistake.js';
import { isExplained, mistake } from './mistake.js';

/**
 * The syntax diagnostics of a parsed file, ordered by place: one for each mistake, at most 100 and then one that says
 * how many more there are.
 *
 * @param file path of the file, as origins have it
 * @param text the text that was parsed
 */
export function syntaxDiagnostics(
  parseResult: Pick<ParseResult, 'lexerErrors' | 'parserErrors'>,
  file: string,
  text: string,
): Diagnostic[] {
  const { lexerErrors, parserErrors } = parseResult;
  const lexical = lexerErrors.map((error) =>
    isExplained(error)
      ? error.mistake
      : { ...UNKNOWN, start: error.offset, end: error.offset + error.length, message: error.message },
  );
  const syntactic = parserErrors.map((error) =>
    isExplained(error) ? error.mistake : { ...UNKNOWN, ...span(error.token.startOffset, text), message: error.message },
  );
  const places = new Places(file, text);
  const found = [...lexical, ...syntactic].map((entry) => toDiagnostic(entry, places)).sort(compareDiagnostics);
  return limited(found);
}

/**
 * What checks found, but for the lines on which a mistake of syntax stands: what such a line was meant to say is not
 * known, so that more about it would mostly be of the parser's making.
 *
 * @param syntax mistakes of syntax, of any files
 */
export function withoutConsequences(syntax: readonly Diagnostic[], found: readonly Diagnostic[]): Diagnostic[] {
  const lineOf = ({ range }: Diagnostic): string => `${range.line}:${range.file}`;
  const unclear = new Set(syntax.map(lineOf));
  return found.filter((each) => !unclear.has(lineOf(each)));
}

const UNKNOWN = mistake('PW1001', { found: 'this', expected: 'something else' }, { start: 0, end: 0 });

function span(offset: number, text: string): Span {
  const start = Number.isFinite(offset) && offset >= 0 ? offset : Math.max(0, text.length - 1);
  return { start, end: Math.min(text.length, start + 1) };
}

function toDiagnostic(entry: Mistake, places: Places): Diagnostic {
  const fixes = entry.fixes.map(({ title, edits }): DiagnosticFix => ({
    title,
    edits: edits.map(({ newText, ...range }) => ({ origin: places.origin(range), newText })),
  }));
  return {
    code: entry.code,
    severity: diagnosticCatalogue[entry.code].severity,
    message: entry.message,
    range: places.origin(entry),
    related: entry.related.map(({ message, ...range }) => ({ message, origin: places.origin(range) })),
    ...(fixes.length > 0 && { fixes }),
  };
}

function limited(found: readonly Diagnostic[]): Diagnostic[] {
  const last = found[LIMITS.mistakes];
  if (last === undefined) return [...found];
  const more = createDiagnostic('PW1018', { limit: LIMITS.mistakes }, last.range);
  return [...found.slice(0, LIMITS.mistakes), more];
}

/** Lines and columns of offsets in one text. */
class Places {
  readonly #starts: number[] = [0];

  constructor(
    readonly file: string,
    text: string,
  ) {
    for (const { index, 0: end } of text.matchAll(/\r\n|\r|\n/g)) this.#starts.push(index + end.length);
  }

  origin({ start, end }: Span): Origin {
    const from = this.#place(start);
    const to = this.#place(end);
    return { file: this.file, line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
  }

  #place(offset: number): { line: number; column: number } {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (this.#starts[low] ?? 0) + 1 };
  }
}
