import type { Expectation, Model, ReplicationPlan } from '@pathway/model';
import { describe, expect, test } from 'vitest';
import { attachClosedForm, type ExpectationResult, simulateStudy } from '../src/index.js';
import { cohort, draw, every, HERE, indicator, model, n, pathway, resource, step } from './build.js';

const wait = indicator('Wait', { kind: 'wait', of: { kind: 'resource', resource: 'R' } });

/** Two patients, of whom the second waits 9 seconds: a mean of 4.5 in every replication. */
const fixed: Partial<Model> = {
  resources: [resource('R', 1)],
  cohorts: [cohort('X', [0, 1])],
  pathways: [pathway([step('S', n(10), ['R'])], ['X'])],
  indicators: [wait],
};

const random: Partial<Model> = {
  ...fixed,
  cohorts: [cohort('X', every(20))],
  pathways: [pathway([step('S', draw('exponential', { mean: 10 }), ['R'])], ['X'])],
};

function contract(operator: Expectation['operator'], limit: number): Expectation {
  const text = `Wait ${operator} ${limit}`;
  return {
    id: 'E',
    origin: HERE,
    text,
    indicator: 'Wait',
    statistic: 'mean',
    operator,
    limit: n(limit),
    scenarios: [],
  };
}

async function verdict(
  parts: Partial<Model>,
  expectation: Expectation,
  replications = 5,
): Promise<ExpectationResult | undefined> {
  const whole = model({ ...parts, expectations: [expectation] }, { run: 10_000, replications });
  return (await simulateStudy(whole, 'S')).scenarios[0]?.expectations[0];
}

describe('what is expected', () => {
  test.each([
    ['<=', 4.5, 'holds'],
    ['<', 4.5, 'fails'],
    ['>=', 4.5, 'holds'],
    ['>', 4.5, 'fails'],
    ['<=', 5, 'holds'],
    ['>=', 5, 'fails'],
  ] as const)('a mean of 4.5 %s %d %s', async (operator, limit, found) => {
    expect(await verdict(fixed, contract(operator, limit))).toMatchObject({ verdict: found, limit, operator });
  });

  test('is not decided while the limit lies within the interval, nor by one replication', async () => {
    expect((await verdict(fixed, contract('<=', 5), 1))?.verdict).toBe('not decided');
    const { mean, halfWidth } = (await verdict(random, contract('<=', 1)))!.estimate;
    expect(halfWidth).toBeGreaterThan(0);
    expect((await verdict(random, contract('<=', mean)))?.verdict).toBe('not decided');
    expect((await verdict(random, contract('<=', mean + 0.99 * halfWidth)))?.verdict).toBe('not decided');
    expect((await verdict(random, contract('<=', mean + 1.01 * halfWidth)))?.verdict).toBe('holds');
    expect((await verdict(random, contract('<=', mean - 1.01 * halfWidth)))?.verdict).toBe('fails');
  });
});

describe('replication to a precision', () => {
  const study = (replications: ReplicationPlan): Model => {
    const whole = model(random, { run: 20_000 });
    return { ...whole, studies: whole.studies.map((each) => ({ ...each, replications })) };
  };
  const to = (halfWidth: number, atMost: number): Model =>
    study({
      kind: 'precision',
      targets: [{ indicator: 'Wait', statistic: 'mean', halfWidth: n(halfWidth), relative: false }],
      atMost,
    });

  test('stops at the third look in succession that finds the interval narrow enough, and at the latest at the limit', async () => {
    const loose = (await simulateStudy(to(1000, 60), 'S')).scenarios[0]!;
    expect(loose.replications).toBe(30);
    const wanted = loose.indicators[0]!.estimate.halfWidth * 0.7;
    const finer = (await simulateStudy(to(wanted, 200), 'S')).scenarios[0]!;
    expect(finer.replications).toBeGreaterThan(30);
    expect(finer.replications).toBeLessThan(200);
    const widthAfter = async (times: number): Promise<number> =>
      (await simulateStudy(study({ kind: 'fixed', times }), 'S')).scenarios[0]!.indicators[0]!.estimate.halfWidth;
    const narrow = [0, 10, 20, 30].map(async (back) => (await widthAfter(finer.replications - back)) <= wanted);
    expect(await Promise.all(narrow)).toEqual([true, true, true, false]);
    expect((await simulateStudy(to(0, 25), 'S')).scenarios[0]!.replications).toBe(25);
  });

  test('of an indicator that is not there is an error that names it', async () => {
    const unknown = study({
      kind: 'precision',
      targets: [{ indicator: 'Nothing', statistic: 'mean', halfWidth: n(1), relative: false }],
      atMost: 20,
    });
    await expect(simulateStudy(unknown, 'S')).rejects.toThrow('There is no indicator Nothing in this study.');
  });
});

test('closed forms stand beside the figures that they are of, and nowhere else', async () => {
  const scenarios = ['A', 'B'].map((id) => ({ id, name: id, origin: HERE, basedOn: [], overrides: [] }));
  const results = await simulateStudy(model({ ...fixed, scenarios }, { run: 100, replications: 2 }), 'S');
  const exact = { indicator: 'Wait', value: 4.5, method: 'by hand' };
  const attached = attachClosedForm(results, [
    { ...exact, scenario: 'B' },
    { ...exact, scenario: 'A', argument: 3 },
    { ...exact, scenario: 'C' },
  ]);
  expect(attached.scenarios.map((each) => each.indicators[0]?.closedForm)).toEqual([
    undefined,
    { value: 4.5, method: 'by hand' },
  ]);
  expect(results.scenarios[1]?.indicators[0]?.closedForm).toBeUndefined();
});

test('who has not left by the end is missing in times and outcomes, which is told of runs that begin empty', async () => {
  const stays: Partial<Model> = {
    cohorts: [cohort('X', every(10))],
    pathways: [pathway([step('S', draw('exponential', { mean: 70 }))], ['X'])],
    indicators: [],
  };
  const told = async (warmUp: number): Promise<readonly string[]> => {
    const { scenarios } = await simulateStudy(model(stays, { run: 1000, warmUp, replications: 20 }), 'S');
    return (scenarios[0]?.warnings ?? []).filter(({ kind }) => kind === 'unfinished').map(({ message }) => message);
  };
  expect(await told(0)).toEqual([
    expect.stringContaining('Times and shares of outcomes count only those who finished.'),
  ]);
  expect(await told(1000)).toEqual([]);
});
