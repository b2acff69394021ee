import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DIAGNOSTIC_CODES } from '@pathway/model';
import { describe, expect, it } from 'vitest';
import { formatText } from '../src/format/format-text.js';
import {
  codesWithout,
  compileCase,
  conformanceCases,
  differences,
  hasMark,
  markersIn,
  missingFrom,
} from './conformance.js';

/** Limits that take long texts, shown by the parser's own tests, and checks that have to be asked for. */
const SHOWN_ELSEWHERE: ReadonlySet<string> = new Set([
  'PW1006',
  'PW1007',
  'PW1015',
  'PW1018',
  'PW4010',
  'PW4018',
  'PW7042',
  'PW9005',
]);

const cases = conformanceCases();
const groups = [...new Set(cases.map(({ group }) => group))];

describe.each(groups)('conformance of %s', (group) => {
  it.each(cases.filter((one) => one.group === group).map((one) => [one.name, one] as const))(
    '%s',
    async (_name, one) => {
      const { diagnostics, model, texts } = await compileCase(one);
      const own = [...texts].filter(([file]) => !file.includes(':'));
      const markers = own.flatMap(([file, text]) => markersIn(file, text));
      expect(differences(markers, diagnostics)).toEqual([]);
      const unwanted = own.flatMap(([, text]) => codesWithout(text));
      expect(
        diagnostics.filter(({ code }) => unwanted.includes(code)).map(({ code, message }) => `${code} ${message}`),
      ).toEqual([]);
      if (own.some(([, text]) => hasMark(text, 'clean')))
        expect(markers.filter(({ severity }) => severity !== 'hint')).toEqual([]);
      if (one.model !== undefined) expect(missingFrom(model, one.model)).toEqual([]);
      const text = readFileSync(join(one.folder, one.entry), 'utf8');
      if (hasMark(text, 'formatted')) expect(formatText(text)).toEqual({ formatted: text });
    },
  );
});

describe('the conformance folder', () => {
  it('holds at least 120 cases', () => {
    expect(cases.length).toBeGreaterThanOrEqual(120);
  });

  it('shows every diagnostic that a short text can bring', () => {
    const shown = new Set(
      cases.flatMap((one) => {
        const isFolder = one.entry === 'main.pathway';
        const files = isFolder ? readdirSync(one.folder).filter((name) => name.endsWith('.pathway')) : [one.entry];
        return files
          .flatMap((file) => markersIn(file, readFileSync(join(one.folder, file), 'utf8')))
          .map(({ code }) => code);
      }),
    );
    expect(DIAGNOSTIC_CODES.filter((code) => !shown.has(code) && !SHOWN_ELSEWHERE.has(code))).toEqual([]);
  });

  it('names its cases like sentences', () => {
    expect(cases.map(({ name }) => name).filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))).toEqual([]);
  });
});
