import type { Arrivals, Expression, Model } from '@pathway/model';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { runReplication, type SimulationInput, simulateStudy, traceReplication } from '../src/index.js';
import { typescriptEngine } from '../src/engine/typescript.js';
import { webAssemblyEngine } from '../src/engine/webassembly.js';
import { parseSimulationInput } from '../src/input/schema.js';
import {
  calculated,
  census,
  cohort,
  draw,
  every,
  HERE,
  indicator,
  log,
  model,
  n,
  pathway,
  resource,
  run,
  step,
  type TestStudy,
  waited,
} from './build.js';
import { inputOf, modelAndPlan, type Plan } from './crisis-runs.js';
import { randomModel } from './random-models.js';

/** Groups who come together: formulas of queues with bulk arrivals, runs by hand, and what groups leave as it was. */

const DAY = 86_400;
const EMPTY: Plan = {};

function inGroups(arrivals: Arrivals, group: Expression): Arrivals {
  return { ...arrivals, group } as Arrivals;
}

const poisson = (mean: number): Expression => ({ ...draw('poisson', { mean }), dimension: { time: 0, money: 0 } });

/** Within 1.75 times the 95 % interval (99.7 % of Student's t with 12 replications, 99.8 % with 24), which is narrow enough to tell. */
function expectExact(estimate: { mean: number; halfWidth: number } | undefined, exact: number, width = 0.08): void {
  if (estimate === undefined) throw new Error('The figure is missing.');
  expect(estimate.halfWidth, `half-width beside ${exact}`).toBeLessThan(width * exact);
  expect(Math.abs(estimate.mean - exact), `${estimate.mean} beside ${exact}`).toBeLessThan(1.75 * estimate.halfWidth);
}

/** One server, work of mean 1, a load of 0.6. */
async function queueOf(arrivals: Arrivals, study: TestStudy) {
  const parts = {
    resources: [resource('R', 1)],
    cohorts: [cohort('X', arrivals)],
    pathways: [pathway([step('S', draw('exponential', { mean: 1 }), ['R'])], ['X'])],
    indicators: [indicator('Wait', { kind: 'wait', of: { kind: 'resource', resource: 'R' } })],
  };
  const results = await simulateStudy(model(parts, study), 'S');
  const [scenario] = results.scenarios;
  const of = scenario?.resources.find(({ id }) => id === 'R');
  return { queue: of?.queue, busy: of?.census, wait: scenario?.indicators[0]?.estimate };
}

describe('M[X]/M/1 (Gross, Shortle, Thompson and Harris, Fundamentals of Queueing Theory, 4th edition, section 3.1)', () => {
  /** Mean number who wait, by the load and the first two moments of a group. */
  const waiting = (load: number, mean: number, square: number): number =>
    (load * (1 + square / mean)) / (2 * (1 - load)) - load;
  const study = { run: 40_000, warmUp: 1000, replications: 24 };

  test.each([
    ['groups of three', n(3), 3, 9],
    [
      'geometric groups',
      { ...draw('geometric', { probability: 0.4 }), dimension: { time: 0, money: 0 } },
      2.5,
      1.6 / 0.16,
    ],
    ['one and a Poisson number', calculated(n(1), '+', poisson(2)), 3, 11],
    ['groups of which some have nobody', poisson(2), 2, 6],
  ])('%s', async (_, group, mean, square) => {
    const exact = waiting(0.6, mean, square);
    for (const arrivals of [every(mean / 0.6), { kind: 'rate', rate: n(0.6 / mean) } as const]) {
      const { queue, busy, wait } = await queueOf(inGroups(arrivals, group), study);
      expectExact(busy, 0.6);
      expectExact(queue, exact);
      expectExact(wait, exact / 0.6);
    }
  });

  test('is M/M/1 to the last bit where each group is of one', () => {
    const figures = (arrivals: Arrivals): unknown =>
      run(
        {
          resources: [resource('R', 2)],
          cohorts: [cohort('X', arrivals)],
          pathways: [pathway([step('S', draw('exponential', { mean: 1 }), ['R'])], ['X'])],
        },
        { run: 500 },
      );
    expect(figures(inGroups(every(0.7), n(1)))).toEqual(figures(every(0.7)));
    const rate: Arrivals = { kind: 'rate', rate: n(1.2) };
    expect(figures(inGroups(rate, n(1)))).toEqual(figures(rate));
  });
});

describe('M[X]/G/∞ (Holman, Chaudhry and Kashyap, "On the service system MX/G/∞", EJOR 13, 1983)', () => {
  // The mean is λ E[X] E[S]; the variance is that plus λ E[X (X - 1)] times the integral of the squared tail of S.
  const highest = 60;
  test.each([
    ['work of one length', n(4), 4],
    ['exponential work', draw('exponential', { mean: 4 }), 2],
    ['uniform work', draw('uniform', { low: 2, high: 6 }), 2 + 4 / 3],
  ])('mean and variance of the census, %s', async (_, takes, squaredTail) => {
    const [rate, size] = [0.5, calculated(n(1), '+', poisson(1.5))];
    const [ofSize, pairs] = [2.5, 1.5 + 2.5 ** 2 - 2.5];
    const isExactly = (value: number) => ({
      kind: 'probability' as const,
      condition: {
        kind: 'operation' as const,
        operator: '=' as const,
        left: census('R'),
        right: { kind: 'constant' as const, value: n(value) },
      },
    });
    const results = await simulateStudy(
      model(
        {
          resources: [resource('R', 'unlimited')],
          cohorts: [cohort('X', inGroups({ kind: 'rate', rate: n(rate) }, size))],
          pathways: [pathway([step('S', takes, ['R'])], ['X'])],
          indicators: Array.from({ length: highest + 1 }, (__, i) =>
            indicator(`P${i}`, { kind: 'value', value: isExactly(i) }),
          ),
        },
        { run: 60_000, warmUp: 100, replications: 12 },
      ),
      'S',
    );
    const shares = (results.scenarios[0]?.indicators ?? []).map(({ estimate }) => estimate.mean);
    const sum = (of: (k: number) => number): number => shares.reduce((total, share, k) => total + share * of(k), 0);
    expect(sum(() => 1)).toBeCloseTo(1, 6);
    const mean = rate * ofSize * 4;
    const variance = mean + rate * pairs * squaredTail;
    expect(Math.abs(sum((k) => k) / mean - 1)).toBeLessThan(0.01);
    expect(Math.abs(sum((k) => (k - mean) ** 2) / variance - 1)).toBeLessThan(0.03);
    expectExact(results.scenarios[0]?.resources[0]?.census, mean);
  });
});

describe('by hand', () => {
  const talk = (arrivals: Arrivals, more: Partial<Model> = {}): Partial<Model> => ({
    resources: [resource('R', 1)],
    cohorts: [cohort('X', arrivals)],
    pathways: [pathway([step('S', 2, ['R'])], ['X'])],
    ...more,
  });
  const tens: Arrivals = { kind: 'every', between: n(10) };

  test('members enter one after the other, in the order of their numbers', () => {
    expect(log(talk(inGroups(tens, n(3))), { run: 21 }, ['start'])).toEqual([
      '10 X 0 start S',
      '12 X 1 start S',
      '14 X 2 start S',
      '20 X 3 start S',
    ]);
  });

  test('members of more urgent cohorts go first, and all of a group are made before any enters', () => {
    const parts = talk(inGroups(tens, n(2)), {
      cohorts: [
        cohort('X', inGroups(tens, n(2)), { priority: n(1) }),
        cohort('Y', inGroups(tens, n(2)), { priority: n(0) }),
      ],
      pathways: [pathway([step('S', 2, ['R'])], ['X', 'Y'])],
    });
    expect(log(parts, { run: 19 }, ['start']).map((row) => row.slice(0, 7))).toEqual([
      '10 Y 0 ',
      '12 Y 1 ',
      '14 X 0 ',
      '16 X 1 ',
    ]);
  });

  test('sizes are rounded, and nobody comes where they are 0 or below', () => {
    const people = (size: number): number => log(talk(inGroups(tens, n(size))), { run: 21 }, ['arrive']).length;
    expect([-2, 0, 0.49, 0.5, 2.4].map((size) => people(size))).toEqual([0, 0, 0, 2, 4]);
  });

  test('a group at times given by a table', () => {
    const hours: Arrivals = {
      kind: 'table',
      profile: { slot: 3600, values: [0, 1 / 60], anchor: 'study' },
      group: n(5),
    };
    const rows = traceReplication(compiledOf(talk(hours), { run: 7200 }), 0).filter(({ what }) => what === 'arrive');
    expect(rows.length).toBeGreaterThan(150);
    expect(rows.every(({ time }) => time >= 3600)).toBe(true);
    const times = new Map<number, number>();
    for (const { time } of rows) times.set(time, (times.get(time) ?? 0) + 1);
    expect([...new Set(times.values())]).toEqual([5]);
  });
});

function compiledOf(parts: Partial<Model>, study: { run: number }): SimulationInput {
  return inputOf({ ...parts }, EMPTY, 'Base', study.run);
}

describe('luck', () => {
  /** Work of each patient by the instant at which they came, in the order of their group. */
  function worked(group: Expression): Map<number, number[]> {
    const parts: Partial<Model> = {
      resources: [resource('R', 'unlimited')],
      cohorts: [cohort('X', inGroups(every(10), group))],
      pathways: [pathway([step('S', draw('exponential', { mean: 1 }), ['R'])], ['X'])],
    };
    const rows = traceReplication(compiledOf(parts, { run: 5000 }), 0);
    const came = new Map<string, number>();
    const found = new Map<number, Map<string, number>>();
    for (const { time, patient, what } of rows) {
      if (what === 'arrive') {
        expect(came.has(patient), `${patient} comes once`).toBe(false);
        came.set(patient, time);
      }
      const at = came.get(patient) ?? Number.NaN;
      const group = found.get(at) ?? new Map<string, number>();
      if (what === 'start') group.set(patient, -time);
      if (what === 'end') group.set(patient, (group.get(patient) ?? Number.NaN) + time);
      found.set(at, group);
    }
    const order = ([a]: [string, number], [b]: [string, number]): number => Number(a.slice(2)) - Number(b.slice(2));
    return new Map([...found].map(([at, group]) => [at, [...group].sort(order).map(([, length]) => length)]));
  }

  test('one more in each group changes nothing for the others', () => {
    const [two, three] = [worked(n(2)), worked(n(3))];
    expect(two.size).toBeGreaterThan(400);
    expect([...three.keys()]).toEqual([...two.keys()]);
    for (const [at, lengths] of [...two].slice(0, -10)) {
      expect(lengths).toHaveLength(2);
      const [first, second, third] = three.get(at) ?? [];
      expect([first, second]).toEqual(lengths);
      expect(new Set([first, second, third]).size).toBe(3);
    }
  });

  test('members of a group are as independent as others', () => {
    const pairs = [...worked(n(2)).values()].slice(0, -10);
    const centred = pairs.map(([a = 0, b = 0]) => (a - 1) * (b - 1));
    const mean = centred.reduce((sum, each) => sum + each, 0) / centred.length;
    // The covariance of independent exponentials of mean 1 has a standard error of 1/√n.
    expect(Math.abs(mean)).toBeLessThan(3 / Math.sqrt(centred.length));
  });
});

test('members who wait have priorities of their own, also where these are drawn while they wait', () => {
  const drawn = calculated(draw('uniform', { low: 0, high: 1 }), '-', calculated(n(0), '*', waited()));
  const parts: Partial<Model> = {
    resources: [resource('R', 1)],
    cohorts: [cohort('X', inGroups({ kind: 'every', between: n(10) }, n(3)))],
    pathways: [pathway([step('S', 2, ['R'], { priority: drawn })], ['X'])],
  };
  const order = log(parts, { run: 2001 }, ['start']).map((row) => Number(row.split(' ')[2]));
  const swapped = order.filter((member, i) => i > 0 && member < (order[i - 1] ?? 0)).length;
  // Of the two who wait in each group the second goes first in half of the cases.
  expect(Math.abs(swapped - 100)).toBeLessThan(3.5 * Math.sqrt(50));
});

describe('crises', () => {
  const crisis = (effects: readonly object[]): Plan =>
    ({
      crises: [
        {
          id: 'C',
          name: 'C',
          origin: HERE,
          effects: effects.map((effect, i) => ({ id: `C.${i}`, origin: HERE, ...effect })),
        },
      ],
    }) as unknown as Plan;
  const parts: Partial<Model> = {
    resources: [resource('R', 'unlimited')],
    cohorts: [cohort('X', inGroups({ kind: 'rate', rate: n(1 / 60) }, n(4))), cohort('Y', [])],
    pathways: [pathway([step('S', 1, ['R'])], ['X', 'Y'])],
  };
  /** Of those who come on three days: how many people, and how many groups of which sizes. */
  function arriving(change: object): { people: number; sizes: Record<number, number> } {
    const input = inputOf(parts, crisis([change]), 'NoPlan', 3 * DAY);
    const sizes = new Map<string, number>();
    let people = 0;
    for (const { time, patient, what } of traceReplication(input, 0, 1e6)) {
      if (what !== 'arrive') continue;
      people++;
      const key = `${patient.split(' ')[0]} ${time}`;
      sizes.set(key, (sizes.get(key) ?? 0) + 1);
    }
    const counts: Record<number, number> = {};
    for (const size of sizes.values()) counts[size] = (counts[size] ?? 0) + 1;
    return { people, sizes: counts };
  }
  const of = (change: object): object => ({ kind: 'arrivals', cohorts: ['X'], change });
  const usual = arriving(of({ kind: 'people', people: n(0) }));
  const near = (count: number, expected: number): void =>
    expect(Math.abs(count - expected), `${count} beside ${expected}`).toBeLessThan(4 * Math.sqrt(expected));

  test('a share more or fewer are more or fewer groups, each as large as usual', () => {
    near(usual.sizes[4] ?? 0, 3 * 1440 + 60);
    const more = arriving(of({ kind: 'share', share: n(0.5) }));
    near((more.sizes[4] ?? 0) - (usual.sizes[4] ?? 0), 0.5 * (3 * 1440 + 60));
    const fewer = arriving(of({ kind: 'share', share: n(-0.25) }));
    near((usual.sizes[4] ?? 0) - (fewer.sizes[4] ?? 0), 0.25 * (3 * 1440 + 60));
    for (const { people, sizes } of [usual, more, fewer]) {
      expect(Object.keys(sizes)).toEqual(['4']);
      expect(people).toBe(4 * (sizes[4] ?? 0));
    }
  });

  test('a rate is one of groups, a number of people is one of people, who come alone', () => {
    const faster = arriving(of({ kind: 'rate', rate: n(1 / 120) }));
    near((faster.sizes[4] ?? 0) - (usual.sizes[4] ?? 0), (3 * DAY + 3600) / 120);
    const people = arriving(of({ kind: 'people', people: n(100) }));
    expect(people.sizes).toEqual({ ...usual.sizes, 1: 100 });
    const away = arriving(of({ kind: 'people', people: n(-4000) }));
    near(usual.people - away.people, 4000);
    expect(Object.keys(away.sizes)).toEqual(['4']);
  });

  test('groups are diverted whole', () => {
    const { people, sizes } = arriving({ kind: 'diversion', cohort: 'X', to: 'Y', share: n(0.3) });
    expect(sizes).toEqual(usual.sizes);
    expect(people).toBe(usual.people);
  });
});

describe('models at random with groups', () => {
  const group = fc.constantFrom<Expression>(n(0), n(1), n(3), poisson(1.5), calculated(n(1), '+', poisson(2)));
  const together = (parts: Partial<Model>, size: Expression): Partial<Model> => ({
    ...parts,
    cohorts: (parts.cohorts ?? []).map((each) =>
      each.arrivals?.kind === 'every' || each.arrivals?.kind === 'rate'
        ? { ...each, arrivals: { ...each.arrivals, group: size } }
        : each,
    ),
  });

  test('keep the laws of every run', () => {
    fc.assert(
      fc.property(randomModel, group, (parts, size) => {
        const { checks } = runReplication(inputOf(together(parts, size), EMPTY, 'Base'), 0);
        expect(checks.filter(({ holds }) => !holds)).toEqual([]);
      }),
      { numRuns: 60, seed: 31 },
    );
  });

  test('come out alike of both engines, in crises and with responses, and through the published schema', () => {
    fc.assert(
      fc.property(modelAndPlan, group, ([parts, plan], size) => {
        const compiled = inputOf(together(parts, size), plan, 'WithPlan');
        const reference = JSON.stringify(runReplication(compiled, 0, undefined, typescriptEngine));
        expect(JSON.stringify(runReplication(compiled, 0, undefined, webAssemblyEngine))).toBe(reference);
        expect(parseSimulationInput(JSON.parse(JSON.stringify(compiled)))).toEqual(compiled);
      }),
      { numRuns: 60, seed: 32 },
    );
  });
});
