import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { jsonText } from '@pathway/compiler';
import type { Expectation } from '@pathway/model';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { createColors } from 'picocolors';
import { expect, test } from 'vitest';
import {
  type TestedProject,
  testGithub,
  testJson,
  testJsonSchema,
  testSarif,
} from '../../src/print/verdicts-machine.js';
import { verdictLine, verdictsOf } from '../../src/print/verdicts-text.js';
import { studyTest } from './study-test.js';

const FOUND = studyTest('Options', [
  { text: 'a <= 1', verdict: 'holds' },
  { text: 'b <= 1', verdict: 'fails', margin: { absolute: -0.2, relative: -0.2, least: -0.3 } },
  { text: 'c <= 0', verdict: 'not decided', looks: 3, confidence: 0.995, wouldTake: 640, limit: 0 },
]);

function expectation(index: number): Expectation {
  const origin = { file: 'a b.pathway', line: index + 4, column: 1, endLine: index + 4, endColumn: 9 };
  const limit = { kind: 'number', value: 1, dimension: { time: 0, money: 0 } } as const;
  const [id, text] = [`expect#${index}`, ''];
  return { id, origin, text, indicator: 'I', statistic: 'mean', operator: '<=', limit, scenarios: [] };
}

function tested(below = 0): TestedProject {
  const model = { sourceHash: 'f'.repeat(64), expectations: [0, 1, 2].map(expectation) };
  const moved = model.expectations.map((each) => ({
    ...each,
    origin: { ...each.origin, line: each.origin.line + below },
  }));
  return {
    project: { root: '/x/sub', shown: 'sub', config: {}, configured: false, entryFiles: [] },
    model: { ...model, expectations: moved },
    studies: [FOUND],
  };
}

test('a line tells value, interval, look, margin, and what would decide it', () => {
  const lines = verdictsOf([FOUND]).map((verdict) => verdictLine(verdict, createColors(false)));
  expect(lines).toEqual([
    '✓ holds  a <= 1  [As it is: 10%, 95 % interval 9% to 11%, 90 percentage points to spare (90% of the limit)]',
    '✗ broken  b <= 1  [As it is: 10%, 95 % interval 9% to 11%, 20 percentage points beyond the limit (20% of the limit)]',
    '? undecided  c <= 0  [As it is: 10%, 99.5 % interval at look 3 9% to 11%, 90 percentage points to spare (90% of the limit); about 640 replications would decide it]',
  ]);
});

test('a comparison tells both figures, and the one as a share of the other or how much they differ', () => {
  const estimate = (mean: number) => ({ mean, halfWidth: 0.01, low: mean - 0.01, high: mean + 0.01, replications: 10 });
  const against = { scenario: 'Plan', title: 'The plan', figure: estimate(0.1), compared: estimate(0.2) };
  const margin = { absolute: 0.06, relative: null, least: 0.05 };
  const lines = verdictsOf([
    studyTest('S', [
      {
        text: 'a in Today <= 80% of a in Plan',
        verdict: 'holds',
        estimate: estimate(-0.06),
        limit: 0,
        margin,
        against: { ...against, factor: 0.8, ratio: estimate(0.5) },
      },
      {
        text: 'a in Today <= a in Plan - 5%',
        verdict: 'holds',
        estimate: estimate(-0.1),
        limit: -0.05,
        margin: { absolute: 0.05, relative: 1, least: 0.04 },
        against: { ...against, factor: 1, ratio: estimate(0.5) },
      },
      {
        text: 'b',
        verdict: 'fails',
        estimate: estimate(-0.06),
        limit: 0,
        margin,
        against: { ...against, factor: 0.8 },
      },
    ]),
  ]).map((verdict) => verdictLine(verdict, createColors(false)));
  expect(lines).toEqual([
    '✓ holds  a in Today <= 80% of a in Plan  [As it is: 10% against 20% in The plan: 50% of it, 95 % interval 49% to 51%, 30 percentage points to spare]',
    '✓ holds  a in Today <= a in Plan - 5%  [As it is: 10% against 20% in The plan: a difference of -10 percentage points, 95 % interval -11 to -9, 5 percentage points to spare (100% of the limit)]',
    '✗ broken  b  [As it is: 10% against 80% of 20% in The plan: a difference of -6 percentage points, 95 % interval -7 to -5, 6 percentage points to spare]',
  ]);
});

test('a figure with one replication has a value and nothing that could be trusted', () => {
  const estimate = { mean: 0.1, halfWidth: 0, low: 0.1, high: 0.1, replications: 1 };
  const [verdict] = verdictsOf([studyTest('S', [{ text: 'a <= 1', verdict: 'not decided', estimate }])]);
  expect(verdict && verdictLine(verdict, createColors(false))).toBe(
    '? undecided  a <= 1  [As it is: 10%; there are fewer than two replications with a value]',
  );
});

test('an interval without an upper end is said to be that, and not to be close to its limit', () => {
  const estimate = { mean: 0.5, halfWidth: 0.2, low: 0.3, high: 0.7, replications: 5, open: true } as const;
  const [verdict] = verdictsOf([studyTest('Options', [{ text: 'p99 of a <= 1', verdict: 'not decided', estimate }])]);
  const line = verdictLine(verdict!, createColors(false));
  expect(line).toContain('too few patients lie beyond the percentile');
  expect(line).not.toContain('close to its limit');
});

test('the schema of the JSON is published as it is, and takes what is written', () => {
  const path = new URL('../../../../docs/schemas/test.schema.json', import.meta.url);
  const text = jsonText(testJsonSchema());
  if (process.env.UPDATE_GOLDENS === '1') writeFileSync(path, text);
  expect(existsSync(path) ? readFileSync(path, 'utf8') : 'missing: run `npm run goldens`').toBe(text);
  const document = JSON.parse(testJson(tested())) as { counts: unknown; verdicts: { place: { file: string } }[] };
  const validate = new Ajv2020().compile(testJsonSchema());
  expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
  expect(document.counts).toEqual({ holds: 1, broken: 1, undecided: 1 });
  expect(document.verdicts[1]?.place.file).toBe('sub/a b.pathway');
});

interface Log {
  runs: {
    tool: { driver: { rules: { id: string }[] } };
    results: {
      ruleId: string;
      ruleIndex: number;
      level: string;
      message: { text: string };
      locations: { physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } } }[];
      partialFingerprints: Record<string, string>;
    }[];
  }[];
}
const sarif = (below = 0, undecided: 'error' | 'warning' = 'warning') =>
  (JSON.parse(testSarif(tested(below), undecided, '1.2.3')) as Log).runs[0]!;

test('SARIF has what does not hold, at its line, with the level that it has', () => {
  const { results, tool } = sarif();
  expect(results.map(({ ruleId, level }) => [ruleId, level])).toEqual([
    ['expectation/broken', 'error'],
    ['expectation/undecided', 'warning'],
  ]);
  for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
  expect(results[0]?.locations[0]?.physicalLocation).toMatchObject({
    artifactLocation: { uri: 'sub/a%20b.pathway' },
    region: { startLine: 5 },
  });
  expect(sarif(0, 'error').results[1]?.level).toBe('error');
});

test('a fingerprint does not depend on the line', () => {
  const prints = (below: number) => sarif(below).results.map(({ partialFingerprints }) => partialFingerprints);
  expect(prints(7)).toEqual(prints(0));
  expect(new Set(prints(0).map((each) => JSON.stringify(each))).size).toBe(2);
});

test('annotations name the line', () => {
  const lines = testGithub(tested(), 'warning').trimEnd().split('\n');
  expect(lines.map((line) => line.split(' ')[0])).toEqual(['::error', '::warning']);
  expect(lines[0]).toContain('file=sub/a b.pathway,line=5,');
});
