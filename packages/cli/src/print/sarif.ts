import { createHash } from 'node:crypto';
import { shownFile, type ProjectCompilation } from '@pathway/compiler';
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
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Pathway', semanticVersion: version, rules: codes.map((code) => rule(code)) } },
        columnKind: 'utf16CodeUnits',
        results: diagnostics.map(({ compilation, diagnostic }) =>
          result(compilation, diagnostic, codes.indexOf(diagnostic.code), seen),
        ),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
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
  const occurrence = seen.get(key) ?? 0;
  seen.set(key, occurrence + 1);
  return {
    ruleId: code,
    ruleIndex,
    level: LEVELS[severity],
    message: { text: message },
    locations: [location(compilation, range)],
    ...(related.length > 0 && {
      relatedLocations: related.map((place, id) => ({
        id,
        ...location(compilation, place.origin),
        message: { text: place.message },
      })),
    }),
    partialFingerprints: { 'pathwayFinding/v1': createHash('sha256').update(`${key}\0${occurrence}`).digest('hex') },
  };
}

function location({ project }: ProjectCompilation, place: Origin): { physicalLocation: unknown } {
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
