import type { Expectation, Model, Study } from '@pathway/model';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type StudyTest, simulateStudy, type TestBudget, testStudy } from '../../src/index.js';
import { estimateOf } from '../../src/statistics/estimate.js';
import { cohort, draw, every, HERE, indicator, model, n, pathway, resource, step } from '../build.js';
import { normals } from './normals.js';

const WAITED = indicator('Waited', {
  kind: 'share',
  of: { kind: 'wait', of: { kind: 'resource', resource: 'R' } },
  operator: '>',
  limit: n(0),
});

function expected(limit: number, operator: Expectation['operator'] = '<=', id = 'e'): Expectation {
  return {
    id,
    origin: HERE,
    text: id,
    indicator: 'Waited',
    statistic: 'mean',
    operator,
    limit: n(limit),
    scenarios: [],
  };
}

/** M/M/1 at 80 %, of which 80 % wait. */
function ward(expectations: readonly Expectation[], plan: Study['replications'] = { kind: 'fixed', times: 10 }): Model {
  const made = model(
    {
      resources: [resource('R', 1)],
      cohorts: [cohort('X', every(125))],
      pathways: [pathway([step('S', draw('exponential', { mean: 100 }), ['R'])], ['X'])],
      indicators: [WAITED],
      expectations,
    },
    { run: 20_000, warmUp: 10_000 },
  );
  return { ...made, studies: made.studies.map((each) => ({ ...each, replications: plan })) };
}

const only = ({ scenarios }: StudyTest) => scenarios[0]!.expectations[0]!;
const tested = (made: Model, budget: TestBudget = {}) => testStudy(made, 'S', budget);

describe('one look', () => {
  test('finds what the study finds, with the same interval', async () => {
    const made = ward([expected(0.5), expected(0.8), expected(0.95)]);
    const { scenarios } = await simulateStudy(made, 'S');
    const found = await tested(made);
    expect(found.scenarios[0]?.expectations).toMatchObject(scenarios[0]!.expectations);
    expect(found.scenarios[0]?.expectations.map(({ verdict }) => verdict)).toEqual(['fails', 'not decided', 'holds']);
    expect(only(found)).toMatchObject({ confidence: 0.95, looks: 1 });
  });

  test.each(['<', '<=', '>', '>='] as const)('tells how far %s is from breaking', async (operator) => {
    const { estimate, margin } = only(await tested(ward([expected(0.5, operator)])));
    const side = operator.startsWith('<') ? 1 : -1;
    expect(margin.absolute).toBeCloseTo(side * (0.5 - estimate.mean), 12);
    expect(margin.relative).toBeCloseTo(margin.absolute / 0.5, 12);
    expect(margin.least).toBeCloseTo(side * (0.5 - (side > 0 ? estimate.high : estimate.low)), 12);
    expect(only(await tested(ward([expected(0, operator)]))).margin.relative).toBeNull();
  });

  test('is all there is for one long run, which cannot be repeated', async () => {
    const found = await tested(ward([expected(0.8)], { kind: 'batches', batches: 10 }), { replications: 1000 });
    expect(only(found)).toMatchObject({ looks: 1, confidence: 0.95 });
    expect(only(found).estimate.replications).toBe(10);
  });
});

describe('a budget', () => {
  test('is spent on what is not decided, twice as many each time, and no longer than it takes', async () => {
    const found = only(await tested(ward([expected(0.77)]), { replications: 5000 }));
    expect(found.verdict).toBe('fails');
    expect(found.looks).toBeGreaterThan(1);
    expect(found.estimate.replications).toBe(10 * 2 ** (found.looks - 1));
    expect(found.confidence).toBeCloseTo(1 - 0.05 / (found.looks * (found.looks + 1)), 12);
  });

  test('continues the same random numbers', async () => {
    const found = only(await tested(ward([expected(0.77)]), { replications: 5000 }));
    const times = found.estimate.replications;
    const whole = await simulateStudy(ward([expected(0.77)], { kind: 'fixed', times }), 'S');
    expect(found.estimate.mean).toBe(whole.scenarios[0]?.expectations[0]?.estimate.mean);
  });

  test('that is larger changes no verdict that a smaller one found', async () => {
    const small = await tested(ward([expected(0.77), expected(0.8)]), { replications: 320 });
    const large = await tested(ward([expected(0.77), expected(0.8)]), { replications: 640 });
    expect(small.scenarios[0]?.expectations[0]).toEqual(large.scenarios[0]?.expectations[0]);
  });

  test('ends in no verdict where the value lies on its limit, and says how many would decide it', async () => {
    const found = only(await tested(ward([expected(0.8)]), { replications: 25 }));
    expect(found).toMatchObject({ verdict: 'not decided', looks: 3, estimate: { replications: 25 } });
    expect(found.wouldTake).toBeGreaterThan(25);
  });

  test('of time counts whole looks alone', async () => {
    let asked = 0;
    const found = only(await tested(ward([expected(0.8)]), { isSpent: () => ++asked > 30 }));
    expect(found.looks).toBe(2);
    expect(found.estimate.replications).toBe(20);
  });
});

test('runs only scenarios of which something is expected', async () => {
  const made = ward([{ ...expected(0.95), scenarios: ['More'] }]);
  const more = { id: 'More', name: 'More', origin: HERE, basedOn: [], overrides: [] };
  const both = {
    ...made,
    scenarios: [...made.scenarios, more],
    studies: made.studies.map((each) => ({ ...each, scenarios: [...each.scenarios, 'More'] })),
  };
  let runs = 0;
  const found = await testStudy(both, 'S', {}, { onProgress: (done) => (runs = done) });
  expect(runs).toBe(10);
  expect(found.scenarios.map(({ scenario }) => scenario)).toEqual(['More']);
});

/** Looks as `testStudy` does, at draws of a normal law whose mean is its limit 0. */
function isEverDecided(values: readonly number[], errorAt: (look: number) => number): boolean {
  for (let look = 1, until = 10; until <= values.length; look++, until *= 2) {
    const { low, high } = estimateOf(values.slice(0, until), 1 - errorAt(look));
    if (low > 0 || high < 0) return true;
  }
  return false;
}

test('looking again and again finds hardly anything by chance, as a 95 % interval at each look would', () => {
  const draws = Array.from({ length: 1000 }, (_, i) => normals(640, i + 1));
  const share = (errorAt: (look: number) => number): number =>
    draws.filter((values) => isEverDecided(values, errorAt)).length / draws.length;
  expect(share(() => 0.05)).toBeGreaterThan(0.12);
  expect(share((look) => 0.05 / (look * (look + 1)))).toBeLessThan(0.06);
});

test('a wider interval is one of more confidence', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 9 }), (values) => {
      const [usual, wide] = [estimateOf(values), estimateOf(values, 0.99)];
      expect(wide.low).toBeLessThanOrEqual(usual.low);
      expect(wide.high).toBeGreaterThanOrEqual(usual.high);
    }),
    { seed: 1 },
  );
});
