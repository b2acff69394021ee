import type { Model, Scenario, Study } from '@pathway/model';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compileInput, runReplication, simulateStudy } from '../../src/index.js';
import { withMore } from '../../src/method/pressure-points.js';
import { studyResultsSchema } from '../../src/results-schema/study.js';
import { bestOf } from '../../src/statistics/difference.js';
import { certaintyOfBetter, differences } from '../../src/statistics/paired.js';
import { meanOfRuns } from '../../src/statistics/pooled-figure.js';
import {
  byRole,
  cohort,
  draw,
  every,
  HERE,
  indicator,
  model,
  n,
  need,
  pathway,
  resource,
  staff,
  step,
} from '../build.js';

const DAY = 86_400;
const declared = (id: string) => ({ id, name: id, origin: HERE });

describe('paired differences', () => {
  test('give a certainty of one half where both are the same, 1 and 0 where all differ alike', () => {
    expect(certaintyOfBetter(meanOfRuns([0, 0, 0]), 'lower')).toBe(0.5);
    expect(certaintyOfBetter(meanOfRuns([-1, -1]), 'lower')).toBe(1);
    expect(certaintyOfBetter(meanOfRuns([-1, -1]), 'higher')).toBe(0);
    expect(certaintyOfBetter(meanOfRuns([-1, null]), 'lower')).toBeUndefined();
  });

  test("give Student's probability: mean 1 and standard error 1 with one degree of freedom is three quarters", () => {
    // P(t <= 1) with one degree of freedom is 1/2 + arctan(1) / π.
    expect(certaintyOfBetter(meanOfRuns([0, 2]), 'higher')).toBeCloseTo(0.75, 12);
    expect(certaintyOfBetter(meanOfRuns([0, 2]), 'lower')).toBeCloseTo(0.25, 12);
  });

  test('swap their certainty when the better side is swapped', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 2, maxLength: 8 }), (values) => {
        const sum =
          (certaintyOfBetter(meanOfRuns(values), 'lower') ?? 0) +
          (certaintyOfBetter(meanOfRuns(values), 'higher') ?? 0);
        expect(sum).toBeCloseTo(1, 9);
      }),
      { seed: 1 },
    );
  });

  test('leave out replications of which either has no value', () => {
    expect(differences([3, null, 5, 7], [1, 1, null])).toEqual([2, null, null]);
  });

  test('find the best of several with a bound over all comparisons; a tie goes to the first', () => {
    const best = bestOf([meanOfRuns([5, 6, 7]), meanOfRuns([1, 2, 3.5]), meanOfRuns([5, 6, 7])], 'lower');
    expect(best?.place).toBe(1);
    const single = 1 - (certaintyOfBetter(meanOfRuns([-4, -4, -3.5]), 'lower') ?? 0);
    expect(best?.certainty).toBeCloseTo(1 - 2 * single, 9);
    expect(bestOf([meanOfRuns([1, 1]), meanOfRuns([1, 1])], 'higher')?.place).toBe(0);
    expect(bestOf([meanOfRuns([1, 1]), meanOfRuns([null, null])], 'lower')).toBeUndefined();
  });
});

const waits = indicator('Wait', { kind: 'wait', of: { kind: 'resource', resource: 'Bed' } });
const queue = indicator('Queue', {
  kind: 'value',
  value: { kind: 'queue', target: { kind: 'resource', resource: 'Bed' } },
});

/** A ward in a crisis of a day, with two plans: more beds, and turning a part away. */
function crisisModel(changes: Partial<Study>): Model {
  const scenario = (id: string, more: Partial<Scenario>): Scenario => ({
    ...declared(id),
    basedOn: [],
    overrides: [],
    ...more,
  });
  const always = { begin: { kind: 'day' as const, day: n(0) }, lasting: n(2 * DAY) };
  const whole = model(
    {
      resources: [resource('Bed', 2)],
      cohorts: [cohort('X', every(2500))],
      pathways: [pathway([step('Stay', draw('exponential', { mean: 4000 }), ['Bed'])], ['X'])],
      indicators: [waits, queue],
      triggers: [
        {
          ...declared('Now'),
          fires: {
            kind: 'condition',
            when: {
              kind: 'operation',
              operator: '>=',
              left: { kind: 'state', measure: 'queue', of: 'Bed' },
              right: { kind: 'constant', value: n(0) },
            },
          },
        },
      ],
      crises: [{ ...declared('Rush'), span: always, effects: [] }],
      responses: [],
      scenarios: [scenario('Usual', {}), scenario('NoPlan', { crises: ['Rush'] })],
    },
    { run: 2 * DAY },
  );
  return {
    ...whole,
    studies: whole.studies.map((each) => ({
      ...each,
      scenarios: ['NoPlan', 'Usual'],
      replications: { kind: 'fixed', times: 6 },
      ...changes,
    })),
  };
}

describe('pressure points', () => {
  const wanted = { origin: HERE, indicator: 'Wait', statistic: 'mean', scenario: 'NoPlan', most: 3 } as const;

  test('are what a run with one more unit finds, pair by pair', async () => {
    const whole = crisisModel({ pressure: [wanted] });
    const results = await simulateStudy(whole, 'S');
    expect(studyResultsSchema.parse(results)).toEqual(results);
    const more: Model = { ...whole, resources: [resource('Bed', 3)] };
    const mean = (of: Model, replication: number): number =>
      runReplication(compileInput(of, 'S', 'NoPlan'), replication).indicators[0]?.[0]?.value ?? Number.NaN;
    const pairs = Array.from({ length: 6 }, (_, r) => mean(more, r) - mean(whole, r));
    const [found] = results.pressure ?? [];
    const [point] = found?.points ?? [];
    expect(point?.title).toBe('Bed');
    expect(point?.difference.mean).toBeCloseTo(pairs.reduce((a, b) => a + b) / 6, 9);
    expect(point?.certainty).toBeCloseTo(certaintyOfBetter(meanOfRuns(pairs), 'lower') ?? 0, 12);
    expect(found).toMatchObject({ replications: 6, runs: 6, near: 1, complete: true });
    expect(found?.explained).toContain('6 replications each, 6 in all');
  });

  test('try what a step asks for at once together, where one more of a part alone helps nobody', async () => {
    const whole = crisisModel({ pressure: [{ ...wanted, indicator: 'StepWait', most: 3 }] });
    const nurse = need([byRole('Nurse')], 2);
    const results = await simulateStudy(
      {
        ...whole,
        roles: [{ ...declared('Nurse'), skills: [], codes: {} }],
        staff: [staff('Nurses', 'Nurse', 4)],
        pathways: [pathway([step('Stay', draw('exponential', { mean: 4000 }), ['Bed', nurse])], ['X'])],
        indicators: [indicator('StepWait', { kind: 'wait', of: { kind: 'activity', activity: 'P.Stay' } })],
      },
      'S',
    );
    const points = results.pressure?.[0]?.points ?? [];
    expect(points.map(({ title }) => title)).toEqual(['1 Bed + 2 Nurses', 'Bed', 'Nurses']);
    const [both, bed, nurses] = points;
    expect(both?.difference.high).toBeLessThan(0);
    expect(bed?.difference.mean).toBe(0);
    expect(nurses?.difference.mean).toBe(0);
  });

  test('need to know which way the figure is better', async () => {
    const whole = crisisModel({ pressure: [{ ...wanted, indicator: 'Queue' }] });
    await expect(simulateStudy(whole, 'S')).rejects.toThrow('declare an `expect` about it');
  });

  test('say so where nothing binds', async () => {
    const whole = crisisModel({ pressure: [wanted] });
    const results = await simulateStudy({ ...whole, resources: [resource('Bed', 50)] }, 'S');
    expect(results.pressure?.[0]).toMatchObject({ near: 0, points: [], runs: 0 });
  });

  test('leave the hours of a timetable as they are: nobody is there when nobody was', () => {
    const at = { rules: [{ amount: n(2), from: 480, to: 960 }], otherwise: n(0) };
    const whole = crisisModel({});
    const input = compileInput({ ...whole, resources: [resource('Bed', at)] }, 'S', 'Usual');
    const capacity = withMore(input, new Map([[0, 1]])).pools[0]?.capacity;
    expect(capacity === 'unlimited' ? [] : [...new Set(capacity?.value)].sort()).toEqual([0, 3]);
  });
});

describe('the comparison of plans', () => {
  const add = (id: string, amount: number): NonNullable<Model['responses']>[number] => ({
    ...declared(id),
    title: `${id} title`,
    activations: [{ kind: 'trigger', trigger: 'Now', origin: HERE }],
    recovery: { after: [] },
    patches: [{ kind: 'add', id: `${id}.1`, origin: HERE, resource: 'Bed', amount: n(amount) }],
    cards: [],
  });
  const whole = {
    ...crisisModel({ plans: [{ origin: HERE, responses: ['One', 'Two'], most: 3 }] }),
    responses: [add('One', 1), add('Two', 2)],
  };

  test('has every set of plans beside none, with the same patients, and says which is best', async () => {
    const results = await simulateStudy(whole, 'S');
    expect(studyResultsSchema.parse(results)).toEqual(results);
    const [plans] = results.plans ?? [];
    expect(plans).toMatchObject({ without: 'NoPlan', usual: 'Usual', leftOut: [] });
    expect(plans?.alternatives.map(({ title }) => title)).toEqual(['One title', 'Two title', 'One title + Two title']);
    const figure = plans?.figures.find(({ id }) => id === 'Wait');
    const meanOf = (scenario: string): number =>
      results.scenarios.find((each) => each.scenario === scenario)?.indicators[0]?.estimate.mean ?? Number.NaN;
    for (const { scenario, estimate, difference } of figure?.values ?? []) {
      expect(estimate.mean).toBe(meanOf(scenario));
      expect(difference.mean).toBeCloseTo(meanOf(scenario) - meanOf('NoPlan'), 9);
    }
    expect(figure?.best?.scenario).toBe('NoPlan with One, Two');
    // Nothing says which way the mean queue is better.
    expect(plans?.figures.find(({ id }) => id === 'Queue')?.best).toBeUndefined();
  });

  test('adds up the time that all waited: by the law of Little the mean queue over the window, but for who began before', async () => {
    const results = await simulateStudy(whole, 'S');
    const [plans] = results.plans ?? [];
    const waiting = plans?.figures.find(({ kind }) => kind === 'waiting');
    const mean = (id: string): number => plans?.figures.find((each) => each.id === id)?.without.mean ?? 0;
    const scenario = results.scenarios.find((each) => each.scenario === 'NoPlan');
    const starts = scenario?.activities[0]?.starts.mean ?? 0;
    // The products of means differ a little from the mean of products.
    expect(waiting?.without.mean).toBeGreaterThan(0.7 * starts * mean('Wait'));
    expect(waiting?.without.mean).toBeLessThan(1.4 * starts * mean('Wait'));
  });

  test('is absent where no crisis is compared without a plan', async () => {
    const results = await simulateStudy(crisisModel({}), 'S');
    expect(results.plans).toBeUndefined();
  });
});
