import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Diagnostic, Severity } from '@pathway/model';
import { compile } from '../src/compile.js';
import type { Compilation } from '../src/compilation.js';
import type { SeverityConfiguration } from '../src/validation/severities.js';

export const CONFORMANCE = fileURLToPath(new URL('../../../language/conformance/', import.meta.url));

/** One case: a file, or a folder with a `main.pathway`. */
export interface ConformanceCase {
  readonly group: string;
  readonly name: string;
  /** Folder that the case's paths are relative to. */
  readonly folder: string;
  readonly entry: string;
  /** Excerpt of the model that must come of it. */
  readonly model: unknown;
}

/** An expectation written in a case. */
export interface Marker {
  readonly severity: Severity;
  readonly code: string;
  readonly fragment: string;
  readonly file: string;
  readonly line: number;
}

/** Every case of the conformance folder, by group and name. */
export function conformanceCases(): readonly ConformanceCase[] {
  return readdirSync(CONFORMANCE)
    .filter((group) => statSync(join(CONFORMANCE, group)).isDirectory())
    .sort()
    .flatMap((group) => casesOf(group));
}

function casesOf(group: string): readonly ConformanceCase[] {
  const folder = join(CONFORMANCE, group);
  const names = readdirSync(folder).sort();
  return names.flatMap((name): ConformanceCase[] => {
    if (statSync(join(folder, name)).isDirectory()) {
      return [
        { group, name, folder: join(folder, name), entry: 'main.pathway', model: excerpt(join(folder, name, 'main')) },
      ];
    }
    if (!name.endsWith('.pathway')) return [];
    const stem = name.replace(/\.pathway$/, '');
    return [{ group, name: stem, folder, entry: name, model: excerpt(join(folder, stem)) }];
  });
}

function excerpt(stem: string): unknown {
  const text = readOrUndefined(`${stem}.model.json`);
  return text === undefined ? undefined : JSON.parse(text);
}

function readOrUndefined(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

export function compileCase(one: ConformanceCase): Promise<Compilation> {
  const entry = readOrUndefined(join(one.folder, one.entry)) ?? '';
  const [, asOf] = /^\/\/ @as-of (\d{4}-\d{2}-\d{2})$/m.exec(entry) ?? [];
  const reader = {
    read: (path: string) =>
      Promise.resolve(readOrUndefined(join(one.folder, posix.normalize(path.replace(/^package:/, 'packages/'))))),
  };
  return compile([one.entry], reader, { ...(asOf !== undefined && { asOf }) });
}

/** Compiles texts that are held in memory, `main.pathway` as the entry. */
export function compileTexts(
  texts: Readonly<Record<string, string>>,
  severities: SeverityConfiguration = {},
  asOf?: string,
): Promise<Compilation> {
  const entry = 'main.pathway' in texts ? 'main.pathway' : (Object.keys(texts)[0] ?? 'main.pathway');
  return compile(
    [entry],
    { read: (path) => Promise.resolve(texts[path]) },
    {
      severities,
      ...(asOf !== undefined && { asOf }),
    },
  );
}

const MARKER = /^\s*\/\/ @(error|warning|information|hint) (PW[0-9]{4})(?: in (\S+):([0-9]+))?(?: "(.*)")?\s*$/;

/** The expectations in a text: each is about the next line that is no marker, or of a line of a table that it names. */
export function markersIn(file: string, text: string): readonly Marker[] {
  const lines = text.split(/\r?\n/);
  return lines.flatMap((line, index) => {
    const match = MARKER.exec(line);
    if (match === null) return [];
    const [, severity, code = '', table, row, fragment = ''] = match;
    if (table !== undefined)
      return [{ severity: severity as Severity, code, fragment, file: table, line: Number(row) }];
    let next = index + 1;
    while (MARKER.test(lines[next] ?? '')) next++;
    return [{ severity: severity as Severity, code, fragment, file, line: next + 1 }];
  });
}

/** Codes that a text says do not occur: `// @without PW2006`. */
export function codesWithout(text: string): readonly string[] {
  return [...text.matchAll(/^\s*\/\/ @without (PW[0-9]{4})\s*$/gm)].map((match) => match[1] ?? '');
}

export function hasMark(text: string, mark: 'clean' | 'formatted'): boolean {
  return text.split(/\r?\n/).some((line) => line.trim() === `// @${mark}`);
}

/** What differs between the expectations and what was found, one line each; empty when all is as written. */
export function differences(markers: readonly Marker[], diagnostics: readonly Diagnostic[]): string[] {
  const open = [...diagnostics];
  const missing = markers.filter((marker) => {
    const index = open.findIndex((diagnostic) => meets(diagnostic, marker));
    if (index >= 0) open.splice(index, 1);
    return index < 0;
  });
  const surplus = open.filter(({ severity }) => severity === 'error' || severity === 'warning');
  return [
    ...missing.map(
      ({ file, line, severity, code, fragment }) => `missing ${file}:${line} ${severity} ${code} "${fragment}"`,
    ),
    ...surplus.map(
      ({ range, severity, code, message }) => `surplus ${range.file}:${range.line} ${severity} ${code} ${message}`,
    ),
  ];
}

function meets({ code, severity, message, range }: Diagnostic, marker: Marker): boolean {
  return (
    code === marker.code &&
    severity === marker.severity &&
    range.file === marker.file &&
    range.line === marker.line &&
    message.includes(marker.fragment)
  );
}

/** Where a value lacks what an excerpt of it says, as paths; lists are compared place by place as far as the excerpt goes. */
export function missingFrom(value: unknown, wanted: unknown, path = 'model'): string[] {
  if (Array.isArray(wanted)) {
    if (!Array.isArray(value)) return [`${path} is no list`];
    if (wanted.length === 0 && value.length > 0) return [`${path} is not empty`];
    if (value.length < wanted.length) return [`${path} has ${value.length} entries, not ${wanted.length}`];
    return wanted.flatMap((each, index) => missingFrom(value[index], each, `${path}[${index}]`));
  }
  if (typeof wanted === 'object' && wanted !== null) {
    if (typeof value !== 'object' || value === null) return [`${path} is ${JSON.stringify(value)}`];
    const record: Record<string, unknown> = { ...value };
    return Object.entries(wanted).flatMap(([key, each]) => missingFrom(record[key], each, `${path}.${key}`));
  }
  const same =
    typeof value === 'number' && typeof wanted === 'number'
      ? Math.abs(value - wanted) <= 1e-12 * Math.abs(wanted)
      : value === wanted;
  return same ? [] : [`${path} is ${JSON.stringify(value)}, not ${JSON.stringify(wanted)}`];
}
