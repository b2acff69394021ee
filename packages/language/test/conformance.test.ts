import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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

  it('names its cases like sentences', () => {
    expect(cases.map(({ name }) => name).filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))).toEqual([]);
  });
});
