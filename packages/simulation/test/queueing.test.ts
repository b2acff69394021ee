import type { Model } from '@pathway/model';
import { describe, expect, test } from 'vitest';
import { simulateStudy, type StudyResults } from '../src/index.js';
import {
  cohort,
  delayProbability,
  census,
  draw,
  every,
  hold,
  indicator,
  model,
  n,
  pathway,
  resource,
  step,
  type TestStudy,
} from './build.js';
import { expectExact, expectOnPage } from './exact.js';

/** Erlang B by its recursion. */
function erlangB(load: number, servers: number): number {
  let b = 1;
  for (let k = 1; k <= servers; k++) b = (load * b) / (k + load * b);
  return b;
}

function erlangC(load: number, servers: number): number {
  const b = erlangB(load, servers);
  return (servers * b) / (servers - load * (1 - b));
}

const wait = indicator('Wait', { kind: 'wait', of: { kind: 'resource', resource: 'R' } });
const waited = indicator(
  'Waited',
  { kind: 'share', of: { kind: 'wait', of: { kind: 'resource', resource: 'R' } }, operator: '>', limit: n(0) },
  { percentage: true },
);

async function simulate(parts: Partial<Model>, study: TestStudy): Promise<StudyResults> {
  return await simulateStudy(model(parts, study), 'S');
}

/** The figure of an indicator. */
function figure(results: StudyResults, id: string, argument?: number) {
  const row = results.scenarios[0]?.indicators.find((each) => each.indicator === id && each.argument === argument);
  if (row === undefined) throw new Error(`no indicator ${id}`);
  return row.estimate;
}

const study = { run: 40_000, warmUp: 2000, replications: 20 };

describe('against exact results', () => {
  test('M/M/3: mean wait and probability of waiting are those of Erlang C', async () => {
    const results = await simulate(
      {
        resources: [resource('R', 3)],
        cohorts: [cohort('X', every(1))],
        pathways: [pathway([step('S', draw('exponential', { mean: 2.4 }), ['R'])], ['X'])],
        indicators: [wait, waited],
      },
      study,
    );
    const c = erlangC(2.4, 3);
    expectExact(figure(results, 'Waited'), c);
    expectExact(figure(results, 'Wait'), (c * 2.4) / (3 - 2.4));
    const queue = results.scenarios[0]?.resources[0]?.queue;
    expectExact(queue, (c * 2.4) / (3 - 2.4));
    expect(results.scenarios[0]?.checks.every((check) => check.holds)).toBe(true);
  });

  test.each([
    ['deterministic', n(0.7), 0.49],
    ['gamma', draw('gamma', { shape: 2, scale: 0.35 }), 0.49 * 1.5],
    ['lognormal', draw('lognormal', { mean: 0.7, sd: 0.7 }), 0.49 * 2],
  ])('M/G/1, %s: the formula of Pollaczek and Khinchine', async (_, takes, second) => {
    const results = await simulate(
      {
        resources: [resource('R', 1)],
        cohorts: [cohort('X', every(1))],
        pathways: [pathway([step('S', takes, ['R'])], ['X'])],
        indicators: [wait],
      },
      study,
    );
    expectExact(figure(results, 'Wait'), second / (2 * (1 - 0.7)));
  });

  test('M/M/1 with two priorities: Cobham', async () => {
    const waitOf = (name: string) =>
      indicator(name, { kind: 'wait', of: { kind: 'resource', resource: 'R' }, cohorts: [name] });
    const results = await simulate(
      {
        resources: [resource('R', 1)],
        cohorts: [cohort('Urgent', every(3), { priority: n(1) }), cohort('Other', every(2), { priority: n(2) })],
        pathways: [pathway([step('S', draw('exponential', { mean: 1 }), ['R'])], ['Urgent', 'Other'])],
        indicators: [waitOf('Urgent'), waitOf('Other')],
      },
      study,
    );
    const residual = 1 / 3 + 1 / 2;
    expectExact(figure(results, 'Urgent'), residual / (1 - 1 / 3));
    expectExact(figure(results, 'Other'), residual / ((1 - 1 / 3) * (1 - 1 / 3 - 1 / 2)));
  });

  test('M/G/∞: the census is Poisson, and the probability of delay is Erlang B', async () => {
    const values = [4, 6, 8];
    const results = await simulate(
      {
        resources: [resource('R', 'unlimited')],
        cohorts: [cohort('X', every(1))],
        pathways: [pathway([hold('H', ['R'], [step('S', draw('lognormal', { mean: 5, sd: 6 }))])], ['X'])],
        indicators: [
          indicator(
            'Delay',
            { kind: 'value', value: delayProbability(census('R')) },
            { table: { variable: 'n', values } },
          ),
        ],
      },
      study,
    );
    for (const beds of values) expectExact(figure(results, 'Delay', beds), erlangB(5, beds));
    const distribution = results.scenarios[0]?.resources[0]?.censusDistribution ?? [];
    let poisson = Math.exp(-5);
    for (let k = 0; k <= 8; k++) {
      expect(distribution[k]).toBeCloseTo(poisson, 2);
      poisson *= 5 / (k + 1);
    }
  });

  test('M/M/c/c: turned away with probability Erlang B (first free)', async () => {
    const results = await simulate(
      {
        resources: [resource('R', 3)],
        cohorts: [cohort('X', every(1))],
        pathways: [
          pathway(
            [
              hold(
                'H',
                ['R'],
                [
                  step('S', draw('gamma', { mean: 2, sd: 1 })),
                  { kind: 'finish', id: 'P.in', origin: wait.origin, outcome: 'In' },
                ],
                {
                  policy: 'first free',
                  otherwise: [{ kind: 'finish', id: 'P.out', origin: wait.origin, outcome: 'Out' }],
                },
              ),
            ],
            ['X'],
          ),
        ],
        indicators: [indicator('Lost', { kind: 'outcome share', outcome: 'Out' }, { percentage: true })],
      },
      study,
    );
    expectExact(figure(results, 'Lost'), erlangB(2, 3));
  });

  test('tandem without a place between: throughput of blocking after service', async () => {
    // Two servers, no buffer, always someone at the first: the cycle is the greater of two services, 1.5 on average.
    const results = await simulate(
      {
        resources: [resource('R', 1), resource('Q', 1)],
        cohorts: [cohort('X', every(0.5))],
        pathways: [
          pathway(
            [
              hold('A', ['R'], [step('S', draw('exponential', { mean: 1 }))]),
              hold('B', ['Q'], [step('T', draw('exponential', { mean: 1 }))]),
            ],
            ['X'],
          ),
        ],
        indicators: [
          indicator('Rate', {
            kind: 'value',
            value: {
              kind: 'operation',
              operator: '/',
              left: { kind: 'count', of: 'exits' },
              right: { kind: 'duration of window' },
            },
          }),
        ],
      },
      { run: 20_000, warmUp: 100, replications: 10 },
    );
    expectExact(figure(results, 'Rate'), 1 / 1.5);
    expect(results.scenarios[0]?.warnings.map((each) => each.kind)).toContain('overload');
  });

  test('M/M/1 with impatience (Erlang A): the probability of giving up', async () => {
    const results = await simulate(
      {
        resources: [resource('R', 1)],
        cohorts: [cohort('X', every(1))],
        pathways: [
          pathway(
            [
              step('S', draw('exponential', { mean: 1 }), ['R'], {
                waits: {
                  atMost: draw('exponential', { mean: 2 }),
                  otherwise: [{ kind: 'finish', id: 'P.out', origin: wait.origin, outcome: 'Out' }],
                },
              }),
            ],
            ['X'],
          ),
        ],
        indicators: [indicator('Left', { kind: 'outcome share', outcome: 'Out' }, { percentage: true })],
      },
      study,
    );
    // Birth and death: up at rate 1, down from k at 1 + (k − 1) / 2.
    let p = 1;
    let total = 1;
    let leaving = 0;
    for (let k = 1; k < 60; k++) {
      p /= 1 + (k - 1) / 2;
      total += p;
      leaving += (p * (k - 1)) / 2;
    }
    expectExact(figure(results, 'Left'), leaving / total);
  });
});

test('the page of oracles says how near these came', expectOnPage);
