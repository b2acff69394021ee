import type { Indicator } from '@pathway/model';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runReplication } from '../src/index.js';
import { census, cohort, convert, hold, indicator, input, log, pathway, resource, run, step } from './build.js';
import { randomModel } from './random-models.js';

const starts = ['start'];
const two = pathway([step('InA', 10, ['A'])], ['X']);
const other = { ...pathway([step('InB', 5, ['B'])], ['Y']), id: 'Q', name: 'Q' };

const unitsOf = (id: string): Indicator =>
  indicator(`Units${id}`, { kind: 'value', value: { kind: 'capacity', target: { kind: 'resource', resource: id } } });

describe('a conversion', () => {
  test('changes free units at once, and those in use as they become free, before those who wait get them', () => {
    const parts = {
      resources: [resource('A', 3), resource('B', 0)],
      cohorts: [cohort('X', [0, 4, 6]), cohort('Y', [5, 5])],
      pathways: [two, other],
      conversions: [convert(2, 'A', 'B', 5)],
    };
    // At 5 one A is free and changes. At 10 the first that is given back changes, and X 2, who came at 6, waits for the next.
    expect(log(parts, { run: 100 }, starts)).toEqual([
      '0 X 0 start InA',
      '4 X 1 start InA',
      '5 Y 0 start InB',
      '10 Y 1 start InB',
      '14 X 2 start InA',
    ]);
  });

  test('ends as it began: units in use stay with their patients, and change back when they are free', () => {
    const parts = {
      resources: [resource('A', 1), resource('B', 0)],
      cohorts: [cohort('X', [8]), cohort('Y', [1, 2])],
      pathways: [two, other],
      conversions: [convert(1, 'A', 'B', 0, 3)],
    };
    // The bed is B from 0 on, in use from 1 to 6; Y 1 waits for ever, since it is A from 6 on.
    expect(log(parts, { run: 100 }, starts)).toEqual(['1 Y 0 start InB', '8 X 0 start InA']);
  });

  test('leaves those units alone that were not free before its end', () => {
    const parts = {
      resources: [resource('A', 1), resource('B', 0)],
      cohorts: [cohort('X', [0, 1]), cohort('Y', [1])],
      pathways: [two, other],
      conversions: [convert(1, 'A', 'B', 5, 9)],
    };
    expect(log(parts, { run: 100 }, starts)).toEqual(['0 X 0 start InA', '10 X 1 start InA']);
  });

  test('passes units on where one resource becomes another and that one a third', () => {
    const parts = {
      resources: [resource('A', 2), resource('B', 0), resource('C', 0)],
      cohorts: [cohort('X', [0, 0])],
      pathways: [two],
      conversions: [convert(2, 'B', 'C', 1), convert(2, 'A', 'B', 2)],
      indicators: ['A', 'B', 'C'].map((id) => unitsOf(id)),
    };
    const [result] = run(parts, { run: 20 }, 1);
    expect(result?.indicators.map((figures) => figures[0]?.value)).toEqual([1, 0, 1]);
  });

  test('comes after a repair that was asked for before it', () => {
    const fixed = (value: number) => ({ kind: 'number' as const, value, dimension: { time: 1, money: 0 } });
    const parts = {
      resources: [
        resource('A', 1, { breakdown: { every: { ...fixed(4) }, lasts: { ...fixed(20) } } }),
        resource('B', 0),
      ],
      cohorts: [cohort('X', [0]), cohort('Y', [1])],
      pathways: [two, other],
      conversions: [convert(1, 'A', 'B', 5)],
    };
    // Fails at 4 while in use, is repaired from 10 to 30, and only then becomes B.
    expect(log(parts, { run: 100 }, starts)).toEqual(['0 X 0 start InA', '30 Y 0 start InB']);
  });

  test('keeps what a hold keeps, and takes a unit of its own where there is one', () => {
    const parts = {
      resources: [resource('A', 1), resource('B', 1)],
      cohorts: [cohort('X', [0])],
      pathways: [pathway([hold('Stay', ['A'], [step('Rest', 10)]), hold('Next', ['B'], [step('Walk', 4)])], ['X'])],
      conversions: [convert(1, 'A', 'B', 2)],
      indicators: [unitsOf('B'), indicator('UsedB', { kind: 'value', value: census('B') })],
    };
    const [result] = run(parts, { run: 20 }, 1);
    expect(result?.indicators.map((figures) => figures[0]?.value)).toEqual([1.5, 0.2]);
  });
});

test('units are neither lost nor made by conversions, in models at random', () => {
  const moment = fc.integer({ min: 0, max: 3 * 86_400 });
  const conversion = fc
    .record({
      units: fc.integer({ min: 0, max: 4 }),
      ends: fc.subarray(['A', 'B', 'C'], { minLength: 2 }),
      a: moment,
      b: moment,
    })
    .chain((drawn) => fc.boolean().map((back) => ({ ...drawn, ends: back ? drawn.ends.toReversed() : drawn.ends })))
    .map(({ units, ends, a, b }) => convert(units, ends[0]!, ends[1]!, Math.min(a, b), Math.max(a, b)));
  fc.assert(
    fc.property(randomModel, fc.array(conversion, { minLength: 1, maxLength: 4 }), (parts, conversions) => {
      const resources = ['A', 'B', 'C'].map((id, i) => resource(id, [2, 1, 3][i]!));
      const compiled = input({ ...parts, resources, conversions }, { run: 3 * 86_400 });
      const { facilities, checks } = runReplication(compiled, 0);
      expect(checks.filter((check) => !check.holds)).toEqual([]);
      const sums = Array.from(facilities[0]!.series.capacity!, (_, slot) =>
        facilities.slice(0, 3).reduce((sum, each) => sum + each.series.capacity![slot]!, 0),
      );
      for (const sum of sums) expect(sum).toBeCloseTo(6, 9);
    }),
    { numRuns: 60, seed: 31 },
  );
});
