import type { Diagnostic, Severity } from '@pathway/model';
import { rangeOf } from '@pathway/language/editor';
import {
  DiagnosticSeverity,
  DiagnosticTag,
  type Diagnostic as EditorDiagnostic,
  type Range,
} from 'vscode-languageserver-types';

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** What editors show in grey: it could go. */
const UNNECESSARY: ReadonlySet<string> = new Set(['PW2005', 'PW2006', 'PW3001', 'PW9003']);

/** A finding as editors show it. */
export function editorDiagnostic(diagnostic: Diagnostic, uriOf: (file: string) => string): EditorDiagnostic {
  const { code, severity, message, related, range } = diagnostic;
  return {
    range: shownRange(rangeOf(range)),
    severity: SEVERITIES[severity],
    code,
    source: 'pathway',
    message,
    ...(UNNECESSARY.has(code) && { tags: [DiagnosticTag.Unnecessary] }),
    relatedInformation: related.map((each) => ({
      message: each.message,
      location: { uri: uriOf(each.origin.file), range: rangeOf(each.origin) },
    })),
  };
}

/** Longer than any line: editors take it for the end of the line. */
const END_OF_LINE = 10_000;

/** What is said of a whole block is marked at its head, so that what stands in it stays readable. */
function shownRange({ start, end }: Range): Range {
  const isLine = end.line === start.line || (end.line === start.line + 1 && end.character === 0);
  return isLine ? { start, end } : { start, end: { line: start.line, character: END_OF_LINE } };
}

/** Findings by the file that they are about. */
export function byFile(diagnostics: readonly Diagnostic[]): ReadonlyMap<string, readonly Diagnostic[]> {
  const found = new Map<string, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const own = found.get(diagnostic.range.file) ?? [];
    found.set(diagnostic.range.file, own);
    own.push(diagnostic);
  }
  return found;
}
