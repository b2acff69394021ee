import { createHash } from 'node:crypto';
import { shownFile, type Project, type ProjectCompilation } from '@pathway/compiler';
import { explainDiagnostic, type Diagnostic, type DiagnosticCode, type Origin, type Severity } from '@pathway/model';

const LEVELS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'note',
  hint: 'note',
};

/**
 * Diagnostics as a SARIF 2.1.0 log (OASIS Standard, 2020), as code hosts and editors read it. Fingerprints depend on
 * the code and the text of the line, not on its number, so that a finding is recognised after lines were added above.
 */
export function sarifLog(compilations: readonly ProjectCompilation[], version: string): string {
  const diagnostics = compilations.flatMap((compilation) =>
    compilation.diagnostics.map((diagnostic) => ({ compilation, diagnostic })),
  );
  const codes = [...new Set(diagnostics.map(({ diagnostic }) => diagnostic.code))].sort();
  const seen = new Map<string, number>();
  return sarifDocument(
    'Pathway',
    version,
    codes.map((code) => rule(code)),
    diagnostics.map(({ compilation, diagnostic }) =>
      result(compilation, diagnostic, codes.indexOf(diagnostic.code), seen),
    ),
  );
}

/** A log of one run of one tool. */
export function sarifDocument(
  name: string,
  version: string,
  rules: readonly unknown[],
  results: readonly unknown[],
): string {
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name, semanticVersion: version, rules } },
        columnKind: 'utf16CodeUnits',
        results,
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

/** A fingerprint of what is said about what, which does not depend on the line; equal ones are counted in `seen`. */
export function sarifFingerprint(key: string, seen: Map<string, number>): string {
  const occurrence = seen.get(key) ?? 0;
  seen.set(key, occurrence + 1);
  return createHash('sha256').update(`${key}\0${occurrence}`).digest('hex');
}

function rule(code: DiagnosticCode): unknown {
  const { title, sentence, severity, band, hint } = explainDiagnostic(code);
  return {
    id: code,
    name: title
      .split(' ')
      .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
      .join(''),
    shortDescription: { text: title },
    fullDescription: { text: sentence },
    ...(hint !== undefined && { help: { text: hint } }),
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: [band] },
  };
}

function result(
  compilation: ProjectCompilation,
  diagnostic: Diagnostic,
  ruleIndex: number,
  seen: Map<string, number>,
): unknown {
  const { code, severity, message, range, related } = diagnostic;
  const line = (compilation.texts.get(range.file) ?? '').split('\n')[range.line - 1]?.trim() ?? '';
  const key = `${code}\0${shownFile(compilation.project, range.file)}\0${line}`;
  return {
    ruleId: code,
    ruleIndex,
    level: LEVELS[severity],
    message: { text: message },
    locations: [sarifLocation(compilation.project, range)],
    ...(related.length > 0 && {
      relatedLocations: related.map((place, id) => ({
        id,
        ...sarifLocation(compilation.project, place.origin),
        message: { text: place.message },
      })),
    }),
    partialFingerprints: { 'pathwayFinding/v1': sarifFingerprint(key, seen) },
  };
}

/** A place in a file, from the folder in which the command runs. */
export function sarifLocation(project: Project, place: Origin): { physicalLocation: unknown } {
  const uri = shownFile(project, place.file);
  return {
    physicalLocation: {
      artifactLocation: /^(library|package):/.test(uri)
        ? { uri: encodeURI(uri) }
        : { uri: encodeURI(uri).replaceAll('#', '%23').replaceAll('?', '%3F'), uriBaseId: '%SRCROOT%' },
      region: { startLine: place.line, startColumn: place.column, endLine: place.endLine, endColumn: place.endColumn },
    },
  };
}
