import type { Activity, Expression, Model } from '@pathway/model';
import { describe, expect, test } from 'vitest';
import { simulateStudy, type StudyResults } from '../src/index.js';
import {
  choose,
  cohort,
  draw,
  every,
  finish,
  freshIds,
  indicator,
  model,
  n,
  pathway,
  resource,
  step,
  type TestStudy,
} from './build.js';
import { expectExact, expectOnPage } from './exact.js';

/** Networks, rules and laws with exact results, and relations that hold between results whatever they are. */

const STUDY: TestStudy = { run: 30_000, warmUp: 2000, replications: 20 };

async function simulate(parts: Partial<Model>, study = STUDY): Promise<StudyResults> {
  return await simulateStudy(model(parts, study), 'S');
}

const resourceOf = (results: StudyResults, id: string) =>
  results.scenarios[0]?.resources.find((each) => each.id === id);
const indicatorOf = (results: StudyResults, id: string) =>
  results.scenarios[0]?.indicators.find((each) => each.indicator === id);
const flowOf = (results: StudyResults, cohortId: string) =>
  results.scenarios[0]?.pathways.find((each) => each.cohort === cohortId);

/** Stationary shares of a birth-and-death process by its rates (detailed balance). */
function birthAndDeath(up: (k: number) => number, down: (k: number) => number, states: number): number[] {
  const weights = [1];
  for (let k = 1; k < states; k++) weights.push(((weights[k - 1] ?? 0) * up(k - 1)) / down(k));
  const total = weights.reduce((sum, each) => sum + each, 0);
  return weights.map((each) => each / total);
}

const mean = (shares: readonly number[], of: (k: number) => number): number =>
  shares.reduce((sum, share, k) => sum + share * of(k), 0);

/** Mean number of M/M/c in the system. */
function inSystem(rate: number, service: number, servers: number): number {
  const shares = birthAndDeath(
    () => rate,
    (k) => Math.min(k, servers) / service,
    400,
  );
  return mean(shares, (k) => k);
}

describe('against exact results', () => {
  test('M/M/2/5: those who find five go elsewhere (balking)', async () => {
    const queue: Expression = { kind: 'state', measure: 'queue', of: 'R' };
    const full: Expression = { kind: 'binary', operator: '>=', left: queue, right: n(3) };
    const results = await simulate({
      resources: [resource('R', 2)],
      cohorts: [cohort('X', every(1))],
      pathways: [
        pathway(
          [
            choose([{ when: full, body: [finish('Elsewhere')] }, { body: [] }]),
            step('S', draw('exponential', { mean: 2.4 }), ['R']),
            finish('Served'),
          ],
          ['X'],
        ),
      ],
      indicators: [
        indicator('Wait', { kind: 'wait', of: { kind: 'resource', resource: 'R' } }),
        indicator('Balked', { kind: 'outcome share', outcome: 'Elsewhere' }, { percentage: true }),
      ],
    });
    const shares = birthAndDeath(
      () => 1,
      (k) => Math.min(k, 2) / 2.4,
      6,
    );
    const lost = shares[5] ?? 0;
    expectExact(indicatorOf(results, 'Balked')?.estimate, lost);
    expectExact(indicatorOf(results, 'Wait')?.estimate, mean(shares, (k) => Math.max(0, k - 2)) / (1 - lost));
  });

  test('Jackson: three stations, with a share sent back to the first', async () => {
    // Traffic: 1 = 0.5 + 0.3 × third; half of the first goes to the second, all meet at the third.
    const first = 0.5 / (1 - 0.3);
    const back: Activity = { kind: 'go to', id: 'P.#back', origin: step('x', 1).origin, to: 'P.A' };
    const results = await simulate({
      resources: [resource('RA', 1), resource('RB', 2), resource('RC', 3)],
      cohorts: [cohort('X', every(2))],
      pathways: [
        pathway(
          [
            step('A', draw('exponential', { mean: 1 }), ['RA']),
            choose([{ share: 0.5, body: [step('B', draw('exponential', { mean: 3 }), ['RB'])] }, { body: [] }]),
            step('C', draw('exponential', { mean: 3 }), ['RC']),
            choose([{ share: 0.3, body: [back] }, { body: [] }]),
          ],
          ['X'],
        ),
      ],
    });
    const stations: readonly [string, number, number, number][] = [
      ['RA', first, 1, 1],
      ['RB', first / 2, 3, 2],
      ['RC', first, 3, 3],
    ];
    let all = 0;
    for (const [id, rate, service, servers] of stations) {
      const expected = inSystem(rate, service, servers);
      all += expected;
      expectExact(resourceOf(results, id)?.census, rate * service);
      expectExact(resourceOf(results, id)?.queue, expected - rate * service);
    }
    // Little's law over the whole network, by the patients' own times.
    expectExact(flowOf(results, 'X')?.timeInPathway, all / 0.5);
  });

  test('M/M/3 with three priorities: Cobham', async () => {
    const shares = [0.2, 0.3, 0.4];
    const results = await simulate({
      resources: [resource('R', 3)],
      cohorts: shares.map((load, i) => cohort(`C${i}`, every(1 / load), { priority: n(i) })),
      pathways: [pathway([step('S', draw('exponential', { mean: 3 }), ['R'])], ['C0', 'C1', 'C2'])],
      indicators: shares.map((_, i) =>
        indicator(`W${i}`, { kind: 'wait', of: { kind: 'resource', resource: 'R' }, cohorts: [`C${i}`] }),
      ),
    });
    const load = 0.9 * 3;
    let b = 1;
    for (let k = 1; k <= 3; k++) b = (load * b) / (k + load * b);
    const delayed = (3 * b) / (3 - load * (1 - b));
    let before = 0;
    for (const [i, share] of shares.entries()) {
      const after = before + share;
      expectExact(indicatorOf(results, `W${i}`)?.estimate, (delayed * 1) / ((1 - before) * (1 - after)));
      before = after;
    }
  });

  test('M/G/1 with two priorities and unlike services: Cobham with residual times', async () => {
    const urgent = { rate: 0.3, mean: 1, second: 1 + 4 };
    const other = { rate: 0.25, mean: 2, second: 4 };
    const results = await simulate({
      resources: [resource('R', 1)],
      cohorts: [
        cohort('Urgent', every(1 / urgent.rate), { priority: n(0) }),
        cohort('Other', every(1 / other.rate), { priority: n(1) }),
      ],
      pathways: [
        pathway([step('S', draw('lognormal', { mean: 1, sd: 2 }), ['R'])], ['Urgent'], { id: 'U', name: 'U' }),
        pathway([{ ...step('T', 2, ['R']), id: 'O.T' }], ['Other'], { id: 'O', name: 'O' }),
      ],
      indicators: ['Urgent', 'Other'].map((id) =>
        indicator(id, { kind: 'wait', of: { kind: 'resource', resource: 'R' }, cohorts: [id] }),
      ),
    });
    const residual = (urgent.rate * urgent.second + other.rate * other.second) / 2;
    const first = urgent.rate * urgent.mean;
    const both = first + other.rate * other.mean;
    expectExact(indicatorOf(results, 'Urgent')?.estimate, residual / (1 - first));
    expectExact(indicatorOf(results, 'Other')?.estimate, residual / ((1 - first) * (1 - both)));
  });

  test('M/M/3 with impatience (Erlang A): who gives up, and who waits', async () => {
    const results = await simulate({
      resources: [resource('R', 3)],
      cohorts: [cohort('X', every(0.9))],
      pathways: [
        pathway(
          [
            step('S', draw('exponential', { mean: 3 }), ['R'], {
              waits: { atMost: draw('exponential', { mean: 4 }), otherwise: [finish('Out')] },
            }),
          ],
          ['X'],
        ),
      ],
      indicators: [indicator('Left', { kind: 'outcome share', outcome: 'Out' }, { percentage: true })],
    });
    const rate = 1 / 0.9;
    const shares = birthAndDeath(
      () => rate,
      (k) => Math.min(k, 3) / 3 + Math.max(0, k - 3) / 4,
      200,
    );
    const queue = mean(shares, (k) => Math.max(0, k - 3));
    expectExact(resourceOf(results, 'R')?.queue, queue);
    expectExact(indicatorOf(results, 'Left')?.estimate, queue / 4 / rate);
  });

  test('M(t)/M/∞: the mean census by the hour follows its differential equation', async () => {
    const HOUR = 3600;
    const hourly = Array.from({ length: 24 }, (_, hour) => (hour >= 8 && hour < 20 ? 6 : 1));
    const results = await simulate(
      {
        resources: [resource('R', 'unlimited')],
        cohorts: [
          cohort('X', {
            kind: 'table',
            profile: { slot: HOUR, values: hourly.map((each) => each / HOUR), anchor: 'day' },
          }),
        ],
        pathways: [pathway([step('S', draw('exponential', { mean: 5 * HOUR }), ['R'])], ['X'])],
      },
      { run: 28 * 24 * HOUR, warmUp: 7 * 24 * HOUR, replications: 20 },
    );
    // m' = λ(t) − m / 5 h, solved exactly within each hour, run until it repeats.
    const decay = Math.exp(-1 / 5);
    let m = 0;
    const byHour: number[] = [];
    for (let hour = 0; hour < 24 * 30; hour++) {
      const level = (hourly[hour % 24] ?? 0) * 5;
      byHour[hour % 24] = level + (m - level) * 5 * (1 - decay);
      m = level + (m - level) * decay;
    }
    const measured = resourceOf(results, 'R')?.byHourOfWeek?.census ?? [];
    for (const [hour, exact] of byHour.entries()) {
      const days = Array.from({ length: 7 }, (_, day) => measured[day * 24 + hour] ?? Number.NaN);
      const average = days.reduce((sum, each) => sum + each, 0) / 7;
      // The mean of a Poisson census over 560 days; the factor 2 leaves room for days that hang together.
      expect(Math.abs(average - exact), `hour ${hour}: ${average} beside ${exact}`).toBeLessThan(
        5 * Math.sqrt((exact * 2) / 560),
      );
    }
  });
});

describe('relations between results', () => {
  const parts = (order: 'as written' | 'reversed', split = false): Partial<Model> => {
    freshIds();
    const both = <T>(items: readonly T[]): T[] => (order === 'reversed' ? [...items].reverse() : [...items]);
    const steps = [
      step('Triage', draw('gamma', { shape: 2, scale: 2 }), ['Nurse']),
      step('Treat', draw('lognormal', { mean: 9, sd: 5 }), ['Room', 'Doctor']),
    ];
    return {
      resources: both([resource('Nurse', 2), resource('Room', 4), resource('Doctor', 3)]),
      cohorts: split ? [cohort('X', every(6)), cohort('Y', every(6))] : [cohort('X', every(3))],
      pathways: [pathway(steps, split ? ['X', 'Y'] : ['X'])],
      indicators: both([
        indicator('Wait', { kind: 'wait', of: { kind: 'activity', activity: 'P.Treat' } }),
        indicator('Stay', { kind: 'time', from: { kind: 'arrival' }, to: { kind: 'exit' } }),
      ]),
    };
  };

  test('the order of declarations changes nothing at all', async () => {
    const one = await simulate(parts('as written'), { run: 5000, replications: 3 });
    const other = await simulate(parts('reversed'), { run: 5000, replications: 3 });
    for (const id of ['Nurse', 'Room', 'Doctor']) expect(resourceOf(other, id)).toEqual(resourceOf(one, id));
    for (const id of ['Wait', 'Stay']) expect(indicatorOf(other, id)).toEqual(indicatorOf(one, id));
  });

  test('splitting a Poisson cohort in two changes nothing in law', async () => {
    const whole = await simulate(parts('as written'));
    const split = await simulate(parts('as written', true));
    for (const id of ['Wait', 'Stay']) {
      const [a, b] = [indicatorOf(whole, id)?.estimate, indicatorOf(split, id)?.estimate];
      if (a === undefined || b === undefined) throw new Error(id);
      expect(Math.abs(a.mean - b.mean)).toBeLessThan(1.75 * Math.hypot(a.halfWidth, b.halfWidth));
    }
  });

  test('renaming changes nothing in law', async () => {
    const named = await simulate(parts('as written'));
    const renamed = parts('as written');
    const other = await simulate({
      ...renamed,
      cohorts: [cohort('Somebody', every(3))],
      pathways: (renamed.pathways ?? []).map((each) => ({ ...each, cohorts: [{ cohort: 'Somebody' }] })),
    });
    for (const id of ['Wait', 'Stay']) {
      const [a, b] = [indicatorOf(named, id)?.estimate, indicatorOf(other, id)?.estimate];
      if (a === undefined || b === undefined) throw new Error(id);
      expect(a.mean).not.toBe(b.mean);
      expect(Math.abs(a.mean - b.mean)).toBeLessThan(1.75 * Math.hypot(a.halfWidth, b.halfWidth));
    }
  });
});

test('the page of oracles says how near these came', expectOnPage);
