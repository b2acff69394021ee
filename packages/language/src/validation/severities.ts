import type { Diagnostic, DiagnosticCode, Severity } from '@pathway/model';

/** What a project says of a code: how much it matters, or `off` for nothing at all. */
export type SeveritySetting = Severity | 'off';
export type SeverityConfiguration = Readonly<Partial<Record<DiagnosticCode, SeveritySetting>>>;

/** Codes that are told only where a project asks for them. */
export const OPT_IN: ReadonlySet<DiagnosticCode> = new Set<DiagnosticCode>(['PW4010']);

/**
 * Diagnostics with the severities of a project's configuration. A code of `OPT_IN` that the configuration does not
 * name is left out; an error of syntax or names keeps its severity, since no model can be made of such a text.
 */
export function applySeverities(
  diagnostics: readonly Diagnostic[],
  configuration: SeverityConfiguration = {},
): Diagnostic[] {
  return diagnostics.flatMap((diagnostic) => {
    const setting = configuration[diagnostic.code] ?? (OPT_IN.has(diagnostic.code) ? 'off' : diagnostic.severity);
    if (isUnshakable(diagnostic)) return [diagnostic];
    if (setting === 'off') return [];
    return [setting === diagnostic.severity ? diagnostic : { ...diagnostic, severity: setting }];
  });
}

/** An error without which no meaning is left: of syntax or names. */
export function isUnshakable({ code, severity }: Diagnostic): boolean {
  return severity === 'error' && (code.startsWith('PW1') || code.startsWith('PW2'));
}
