import type { Diagnostic, Origin, Severity } from '@pathway/model';
import { DiagnosticSeverity, type Diagnostic as EditorDiagnostic, type Range } from 'vscode-languageserver-types';

const SEVERITIES: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** What was last found in each file, by its address, for quick fixes and until the next check. */
export class FindingsStore {
  readonly #byUri = new Map<string, readonly Finding[]>();

  set(uri: string, findings: readonly Finding[]): void {
    if (findings.length === 0) this.#byUri.delete(uri);
    else this.#byUri.set(uri, findings);
  }

  of(uri: string): readonly Finding[] {
    return this.#byUri.get(uri) ?? [];
  }
}

/** A diagnostic with the addresses of the files it speaks of. */
export interface Finding {
  readonly diagnostic: Diagnostic;
  readonly uriOf: (file: string) => string;
}

/** A place in a model's terms (from 1) in an editor's (from 0). */
export function rangeOf(origin: Origin): Range {
  return {
    start: { line: origin.line - 1, character: origin.column - 1 },
    end: { line: origin.endLine - 1, character: origin.endColumn - 1 },
  };
}

/** A finding as editors show it. */
export function editorDiagnostic({ diagnostic, uriOf }: Finding): EditorDiagnostic {
  return {
    range: rangeOf(diagnostic.range),
    severity: SEVERITIES[diagnostic.severity],
    code: diagnostic.code,
    source: 'pathway',
    message: diagnostic.message,
    relatedInformation: diagnostic.related.map(({ message, origin }) => ({
      message,
      location: { uri: uriOf(origin.file), range: rangeOf(origin) },
    })),
  };
}
