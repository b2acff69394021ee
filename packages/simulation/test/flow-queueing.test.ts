import type { Model } from '@pathway/model';
import { describe, expect, test } from 'vitest';
import { simulateStudy, type StudyResults } from '../src/index.js';
import {
  census,
  cohort,
  draw,
  every,
  finish,
  gather,
  HERE,
  hold,
  indicator,
  model,
  n,
  pathway,
  race,
  resource,
  step,
  type TestStudy,
  waitFor,
} from './build.js';
import { expectExact, expectOnPage } from './exact.js';

async function simulate(parts: Partial<Model>, study: TestStudy): Promise<StudyResults> {
  const results = await simulateStudy(model(parts, study), 'S');
  expect(results.scenarios[0]?.checks.filter((check) => !check.holds)).toEqual([]);
  return results;
}

function figure(results: StudyResults, id: string) {
  const row = results.scenarios[0]?.indicators.find((each) => each.indicator === id);
  if (row === undefined) throw new Error(`no indicator ${id}`);
  return row.estimate;
}

const study = { run: 40_000, warmUp: 2000, replications: 20 };
const exponential = (mean: number) => draw('exponential', { mean });
const stay = (name: string, of: string) =>
  indicator(
    name,
    { kind: 'time', from: { kind: 'arrival' }, to: { kind: 'exit' }, cohorts: [of] },
    { dimension: { time: 1, money: 0 } },
  );

describe('against exact results', () => {
  test('M/M/1 with two classes, pre-emptive resume: times in the system by Conway, Maxwell and Miller', async () => {
    const results = await simulate(
      {
        resources: [resource('R', 1)],
        cohorts: [cohort('High', every(4), { priority: n(1) }), cohort('Low', every(3), { priority: n(2) })],
        pathways: [
          pathway([step('Serve', exponential(1), ['R'], { preempts: true, interruption: 'resumes' })], ['High', 'Low']),
        ],
        indicators: [stay('OfHigh', 'High'), stay('OfLow', 'Low')],
      },
      study,
    );
    const [high, low] = [1 / 4, 1 / 3];
    // E T_k = (E S (1 − σ_k) + Σ_{i ≤ k} λ_i E S_i² / 2) / ((1 − σ_{k−1}) (1 − σ_k))
    expectExact(figure(results, 'OfHigh'), 1 / (1 - high));
    const sigma = high + low;
    expectExact(figure(results, 'OfLow'), (1 - sigma + (high + low)) / ((1 - high) * (1 - sigma)));
  });

  test('M/G/1 that breaks down when it works or not, work resumes: the completion time of Gaver', async () => {
    // Breakdowns are an M/D/1 class of their own that pre-empts: failures come after the repair, so the time of work
    // with its interruptions is S (1 + r / f), and what is served has the load λ S (1 + r / f).
    const [fails, lasts] = [20, 2];
    const results = await simulate(
      {
        resources: [resource('R', 1, { breakdown: { every: exponential(fails), lasts: n(lasts) } })],
        cohorts: [cohort('X', every(2))],
        pathways: [pathway([step('Serve', exponential(1), ['R'], { interruption: 'resumes' })], ['X'])],
        indicators: [indicator('InUse', { kind: 'value', value: census('R') })],
      },
      study,
    );
    // The unit is in use while work goes on alone: λ E S, however often it is interrupted.
    expectExact(figure(results, 'InUse'), 0.5);
    const durations = results.scenarios[0]?.activities.find(({ activity }) => activity === 'P.Serve')?.duration;
    expectExact(durations, 1 * (1 + lasts / fails));
  });

  test('a race of exponential times: the least, and who wins', async () => {
    const results = await simulate(
      {
        cohorts: [cohort('X', every(1))],
        pathways: [
          pathway(
            [race([waitFor(exponential(2))], [waitFor(exponential(3)), finish('Second')]), finish('First')],
            ['X'],
          ),
        ],
        indicators: [
          stay('Time', 'X'),
          indicator('Second', { kind: 'outcome share', outcome: 'Second' }, { percentage: true }),
        ],
      },
      { run: 20_000, replications: 10 },
    );
    expectExact(figure(results, 'Time'), 1 / (1 / 2 + 1 / 3));
    expectExact(figure(results, 'Second'), 1 / 3 / (1 / 2 + 1 / 3));
  });

  test('a race of service with patience is a birth and death process: who is lost, and how many are there', async () => {
    const [arrival, service, patience, servers] = [1 / 1, 1 / 2, 1 / 6, 2];
    const results = await simulate(
      {
        resources: [resource('R', servers)],
        cohorts: [cohort('X', every(1 / arrival))],
        pathways: [
          pathway(
            [
              race(
                [step('Serve', exponential(1 / service), ['R'])],
                [waitFor(exponential(1 / patience)), finish('Lost')],
              ),
            ],
            ['X'],
          ),
        ],
        indicators: [
          indicator('Lost', { kind: 'outcome share', outcome: 'Lost' }, { percentage: true }),
          indicator('InUse', { kind: 'value', value: census('R') }),
        ],
      },
      { run: 20_000, warmUp: 500, replications: 20 },
    );
    // All who are there may be lost, those in service too: deaths at rate min(k, c) μ + k θ.
    const weights = [1];
    for (let k = 1; k < 200; k++) {
      weights.push((weights[k - 1]! * arrival) / (Math.min(k, servers) * service + k * patience));
    }
    const total = weights.reduce((sum, each) => sum + each, 0);
    const mean = weights.reduce((sum, each, k) => sum + (k * each) / total, 0);
    const busy = weights.reduce((sum, each, k) => sum + (Math.min(k, servers) * each) / total, 0);
    expectExact(figure(results, 'Lost'), (mean * patience) / arrival);
    expectExact(figure(results, 'InUse'), busy);
  });

  test('giving up before service is a race of the wait with patience: Erlang A', async () => {
    const [arrival, service, patience, servers] = [1 / 1, 1 / 2, 1 / 6, 2];
    const lost = indicator('Lost', { kind: 'outcome share', outcome: 'Lost' }, { percentage: true });
    const results = await simulate(
      {
        resources: [resource('R', servers)],
        cohorts: [cohort('X', every(1 / arrival))],
        pathways: [
          pathway(
            [
              step('Serve', exponential(1 / service), ['R'], {
                waits: { atMost: exponential(1 / patience), otherwise: [finish('Lost')] },
              }),
            ],
            ['X'],
          ),
        ],
        indicators: [lost],
      },
      { run: 20_000, warmUp: 500, replications: 20 },
    );
    const weights = [1];
    for (let k = 1; k < 200; k++) {
      const deaths = Math.min(k, servers) * service + Math.max(0, k - servers) * patience;
      weights.push((weights[k - 1]! * arrival) / deaths);
    }
    const total = weights.reduce((sum, each) => sum + each, 0);
    const waiting = weights.reduce((sum, each, k) => sum + (Math.max(0, k - servers) * each) / total, 0);
    expectExact(figure(results, 'Lost'), (waiting * patience) / arrival);
  });

  test('groups of fixed size: the mean time to gather, and the load they bring', async () => {
    const results = await simulate(
      {
        resources: [resource('Van', 'unlimited')],
        cohorts: [cohort('X', every(1))],
        pathways: [pathway([gather('Group', { size: 4 }, [step('Ride', exponential(6), ['Van'])])], ['X'])],
        indicators: [stay('Time', 'X'), indicator('Vans', { kind: 'value', value: census('Van') })],
      },
      { run: 20_000, warmUp: 500, replications: 10 },
    );
    // A patient waits for 3, 2, 1 or 0 others, (k − 1) / 2 arrivals on average, and one ride serves four.
    expectExact(figure(results, 'Time'), 1.5 + 6);
    expectExact(figure(results, 'Vans'), 6 / 4);
  });

  test('groups by a timetable: half the time between departures, also where some have to stay', async () => {
    const results = await simulate(
      {
        cohorts: [cohort('X', every(1))],
        pathways: [pathway([gather('Bus', { every: 10, atMost: 100 }, [])], ['X'])],
        indicators: [stay('Time', 'X')],
      },
      { run: 20_000, replications: 10 },
    );
    expectExact(figure(results, 'Time'), 5);
  });

  test('moving when free keeps nobody out: as many lie in both wards as in one', async () => {
    const to = { kind: 'resource', resource: 'Unit' } as const;
    const either = { amount: n(1), of: [to, { kind: 'resource', resource: 'Other' } as const], origin: HERE };
    const lie = step('Lie', exponential(4));
    const beds = (moving: boolean): Partial<Model> => ({
      resources: [resource('Unit', 3), resource('Other', 'unlimited')],
      cohorts: [cohort('X', every(1))],
      pathways: [pathway([hold('Stay', [either], [lie], moving ? { moves: { to, origin: HERE } } : {})], ['X'])],
      indicators: [indicator('Unit', { kind: 'value', value: census('Unit') })],
    });
    const results = await simulate(beds(true), { run: 20_000, warmUp: 500, replications: 20 });
    // With 4 patients there on average (M/M/∞), the unit has as many of them as it can: E min(N, 3), N Poisson.
    const poisson = [0, 1, 2].map((k) => (Math.exp(-4) * 4 ** k) / [1, 1, 2][k]!);
    const exact = poisson.reduce((sum, p, k) => sum + (k - 3) * p, 3);
    expectExact(figure(results, 'Unit'), exact);
    // Without moving it is a loss system.
    const without = await simulate(beds(false), { run: 20_000, warmUp: 500, replications: 20 });
    const b = 4 ** 3 / 6 / (1 + 4 + 8 + 64 / 6);
    expectExact(figure(without, 'Unit'), 4 * (1 - b));
  });
});

test('the page of oracles says how near these came', expectOnPage);
