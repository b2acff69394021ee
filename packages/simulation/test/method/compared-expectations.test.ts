import type { Expectation, Model } from '@pathway/model';
import { withVariations } from '@pathway/model';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ExpectationResult, simulateStudy, testStudy } from '../../src/index.js';
import { estimateOf } from '../../src/statistics/estimate.js';
import { ratioOf } from '../../src/statistics/ratio.js';
import { cohort, draw, every, HERE, indicator, model, n, pathway, resource, step } from '../build.js';

const WAIT = indicator('Wait', { kind: 'wait', of: { kind: 'resource', resource: 'R' } });
const STAY = indicator('Stay', { kind: 'time', from: { kind: 'arrival' }, to: { kind: 'exit' } });

/** `expect FIGURE in SCENARIO <= FACTOR of FIGURE in OTHER + MARGIN`. */
function compared(given: {
  readonly factor?: number;
  readonly margin?: number;
  readonly operator?: Expectation['operator'];
  readonly scenario?: string;
  readonly other?: string;
  readonly against?: string;
}): Expectation {
  const { factor, margin = 0, operator = '<=', scenario = 'More', other = 'Today', against = 'Wait' } = given;
  return {
    id: 'e',
    origin: HERE,
    text: 'e',
    indicator: 'Wait',
    statistic: 'mean',
    operator,
    limit: n(margin),
    scenarios: [scenario],
    against: {
      indicator: against,
      statistic: 'mean',
      scenario: other,
      ...(factor !== undefined && { factor: n(factor) }),
    },
  };
}

/** One server at 80 %, and two in the scenario More. */
function ward(expectations: readonly Expectation[], replications = 10): Model {
  const made = model(
    {
      resources: [resource('R', 1)],
      cohorts: [cohort('X', every(125))],
      pathways: [pathway([step('S', draw('exponential', { mean: 100 }), ['R'])], ['X'])],
      indicators: [WAIT, STAY],
      expectations,
    },
    { run: 20_000, warmUp: 10_000 },
  );
  const [first] = made.studies[0]!.scenarios;
  const scenario = (id: string, count: number) => ({
    id,
    name: id,
    origin: HERE,
    basedOn: [],
    overrides: [
      {
        origin: HERE,
        text: `R.count = ${count}`,
        target: { kind: 'resource' as const, id: 'R', property: 'count' as const },
        value: { kind: 'expression' as const, expression: n(count) },
      },
    ],
  });
  return {
    ...made,
    scenarios: [...made.scenarios.filter(({ id }) => id === first), scenario('Today', 1), scenario('More', 2)],
    studies: made.studies.map((each) => ({
      ...each,
      scenarios: ['Today', 'More'],
      replications: { kind: 'fixed' as const, times: replications },
    })),
  };
}

async function resultOf(expectation: Expectation, replications?: number): Promise<ExpectationResult> {
  const { scenarios } = await simulateStudy(ward([expectation], replications), 'S');
  return scenarios.flatMap(({ expectations }) => expectations)[0]!;
}

describe('a figure compared with that of another scenario', () => {
  test('is judged by the paired difference that the comparison of the study has', async () => {
    const { scenarios, comparisons } = await simulateStudy(ward([compared({})]), 'S');
    const [result] = scenarios[1]!.expectations;
    expect(scenarios[0]!.expectations).toEqual([]);
    expect(result!.estimate).toEqual(comparisons[0]!.indicators[0]!.difference);
    expect(result!.against).toMatchObject({
      scenario: 'Today',
      factor: 1,
      figure: scenarios[1]!.indicators[0]!.estimate,
      compared: scenarios[0]!.indicators[0]!.estimate,
    });
    expect(result!.verdict).toBe('holds');
  });

  test.each([
    [{ factor: 0.5 }, 'holds'],
    [{ factor: 0.001 }, 'fails'],
    [{ operator: '>=', factor: 0.001 }, 'holds'],
    [{ margin: -1 }, 'holds'],
    [{ margin: -1e5 }, 'fails'],
    [{ scenario: 'Today', other: 'More' }, 'fails'],
    [{ scenario: 'Today', other: 'More', margin: 1e5 }, 'holds'],
  ] as const)('%j: %s', async (given, verdict) => {
    expect((await resultOf(compared(given))).verdict).toBe(verdict);
  });

  test('may be another figure of the same scenario', async () => {
    const { verdict, against } = await resultOf(compared({ scenario: 'Today', against: 'Stay' }));
    expect(verdict).toBe('holds');
    expect(against!.compared.mean).toBeGreaterThan(against!.figure.mean);
  });

  test('is not looked at by a study of one of both', async () => {
    const made = ward([compared({})]);
    const alone = { ...made, studies: made.studies.map((each) => ({ ...each, scenarios: ['More'] })) };
    const { scenarios } = await simulateStudy(alone, 'S');
    expect(scenarios[0]!.expectations).toEqual([]);
  });

  test('has no verdict from one replication', async () => {
    expect(await resultOf(compared({}), 1)).toMatchObject({ verdict: 'not decided', estimate: { replications: 1 } });
  });

  test('is decided with a budget by running both as often', async () => {
    const mean = await resultOf(compared({}));
    const close = compared({ factor: mean.against!.ratio!.mean * 1.4 });
    const once = await testStudy(ward([close]), 'S');
    expect(once.scenarios).toHaveLength(1);
    expect(once.scenarios[0]!.expectations[0]!.verdict).toBe('not decided');
    const found = await testStudy(ward([close]), 'S', { replications: 2000 });
    const [tested] = found.scenarios[0]!.expectations;
    expect(tested).toMatchObject({ verdict: 'holds', against: { scenario: 'Today' } });
    expect(tested!.estimate.replications).toBe(10 * 2 ** (tested!.looks - 1));
    expect(tested!.against!.compared.replications).toBe(tested!.estimate.replications);
  });

  test('with whatever looks another expectation of the compared scenario needs', async () => {
    const alone = await testStudy(ward([compared({ factor: 0.06 })]), 'S', { replications: 80 });
    const open: Expectation = {
      id: 'open',
      origin: HERE,
      text: 'open',
      indicator: 'Wait',
      statistic: 'mean',
      operator: '<=',
      limit: n(400),
      scenarios: ['Today'],
    };
    const both = await testStudy(ward([compared({ factor: 0.06 }), open]), 'S', { replications: 80 });
    expect(both.scenarios[1]).toEqual(alone.scenarios[0]);
  });

  test('is searched for by comparing every combination with the same other scenario', async () => {
    const made = ward([compared({ scenario: 'Today', other: 'More', factor: 1.5 })], 20);
    const lever = {
      origin: HERE,
      text: 'R.count',
      target: { kind: 'resource' as const, id: 'R', property: 'count' as const },
      low: 1,
      high: 3,
    };
    const find = { origin: HERE, levers: [lever], objective: 'units' as const, certainty: n(0.95) };
    const { found } = await simulateStudy({ ...made, studies: made.studies.map((each) => ({ ...each, find })) }, 'S');
    expect(found!.answer?.values).toEqual([2]);
  });

  test('varies with what is varied: each variant against that of the same values', () => {
    const made = ward([compared({ factor: 0.8 })]);
    const [study] = made.studies;
    const varied = [
      {
        origin: HERE,
        text: 'R.count',
        target: { kind: 'resource' as const, id: 'R', property: 'count' as const },
        values: [3, 4].map((count) => ({
          text: String(count),
          value: { kind: 'expression' as const, expression: n(count) },
        })),
      },
    ];
    const { expectations } = withVariations(made, { ...study!, varied });
    expect(expectations.map(({ scenarios, against }) => [scenarios, against?.scenario])).toEqual([
      [['More: R.count = 3'], 'Today: R.count = 3'],
      [['More: R.count = 4'], 'Today: R.count = 4'],
    ]);
  });
});

describe("Fieller's interval of a ratio", () => {
  const pair = fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: 90, max: 110 }));
  const pairs = fc.array(pair, { minLength: 3, maxLength: 12 });

  test('holds exactly the ratios that the paired test does not reject', () => {
    fc.assert(
      fc.property(pairs, fc.double({ min: -1, max: 1, noNaN: true }), (values, c) => {
        const ratio = ratioOf(values)!;
        const { low, high } = estimateOf(values.map(([x, y]) => x - c * y));
        if (Math.min(Math.abs(c - ratio.low), Math.abs(c - ratio.high)) < 1e-9) return;
        expect(low <= 0 && high >= 0).toBe(c >= ratio.low && c <= ratio.high);
      }),
      { seed: 6, numRuns: 300 },
    );
  });

  test('does not exist where the other figure may be 0, or with one pair', () => {
    expect(
      ratioOf([
        [1, -1],
        [2, 1],
        [3, 0],
      ]),
    ).toBeUndefined();
    expect(ratioOf([[1, 1]])).toBeUndefined();
  });

  test('of a constant is that of the mean over it', () => {
    const values = [3, 4, 8];
    const alone = estimateOf(values);
    const ratio = ratioOf(values.map((x) => [x, 2] as const))!;
    expect(ratio.mean).toBeCloseTo(alone.mean / 2, 12);
    expect(ratio.low).toBeCloseTo(alone.low / 2, 12);
    expect(ratio.high).toBeCloseTo(alone.high / 2, 12);
  });
});
