import type { Diagnostic, DiagnosticCode, Severity } from '@pathway/model';
import { diagnosticCatalogue } from '@pathway/model';

/** What a project says of a code: how much it matters, or `off` for nothing at all. */
export type SeveritySetting = Severity | 'off';
export type SeverityConfiguration = Readonly<Partial<Record<DiagnosticCode, SeveritySetting>>>;

/** Codes that are told only where a project asks for them. */
export const OPT_IN: ReadonlySet<DiagnosticCode> = new Set<DiagnosticCode>(['PW4010', 'PW7042', 'PW9005']);

/**
 * Diagnostics with the severities of a project's configuration. A code of `OPT_IN` that the configuration does not
 * name is left out; an error that leaves a text without a meaning keeps its severity.
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

/**
 * An error that leaves a text without a meaning: of syntax, names, flow, quantities or products. Errors of capacity and
 * of crisis are verdicts on a model that is sound, which a project may overrule.
 */
export function isUnshakable({ code, severity }: Diagnostic): boolean {
  return severity === 'error' && diagnosticCatalogue[code].severity === 'error' && /^PW[12347]/.test(code);
}
