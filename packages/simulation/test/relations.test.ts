import type { Expression, Model } from '@pathway/model';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ReplicationResult, runReplication, traceReplication } from '../src/index.js';
import {
  byRole,
  choose,
  cohort,
  draw,
  every,
  freshIds,
  hold,
  indicator,
  input,
  n,
  need,
  pathway,
  resource,
  staff,
  step,
} from './build.js';

/** Relations that hold between two runs whatever their figures are, patient by patient or bit by bit. */

type Law = (mean: number) => Expression;

const laws = fc.constantFrom<Law>(
  (mean) => n(mean),
  (mean) => draw('exponential', { mean }),
  (mean) => draw('gamma', { shape: 0.5, scale: 2 * mean }),
  (mean) => draw('lognormal', { mean, sd: 2 * mean }),
  (mean) => draw('uniform', { low: 0, high: 2 * mean }),
);

interface Queue {
  readonly between: Law;
  readonly takes: Law;
  readonly servers: number;
  readonly load: number;
}

const queues: fc.Arbitrary<Queue> = fc.record({
  between: laws,
  takes: laws,
  servers: fc.integer({ min: 1, max: 4 }),
  load: fc.double({ min: 0.3, max: 1.3, noNaN: true }),
});

/** When each patient of one queue, first come first served, begins. */
function begins({ between, takes, servers, load }: Queue, seed: number): Map<string, number> {
  const parts: Partial<Model> = {
    resources: [resource('R', servers)],
    cohorts: [cohort('X', { kind: 'every', between: between(1) })],
    pathways: [pathway([step('S', takes(load), ['R'])], ['X'])],
  };
  const rows = traceReplication(input(parts, { run: 300, seed }), 0).filter((row) => row.what === 'start');
  return new Map(rows.map((row) => [row.patient, row.time]));
}

/** Nobody begins later in the second queue than in the first, and more than a few begin at all. */
function expectNobodyLater(first: ReadonlyMap<string, number>, second: ReadonlyMap<string, number>): void {
  expect(first.size).toBeGreaterThan(50);
  for (const [patient, time] of first) expect(second.get(patient)).toBeLessThanOrEqual(time * (1 + 1e-12));
}

describe('where all queue once, first come first served', () => {
  test('one more server makes nobody begin later', () => {
    fc.assert(
      fc.property(queues, fc.nat(), (queue, seed) => {
        // The load is that of all servers, so that one more of them is far from enough now and then.
        const busy = { ...queue, load: queue.load * queue.servers };
        expectNobodyLater(begins(busy, seed), begins({ ...busy, servers: queue.servers + 1 }, seed));
      }),
      { numRuns: 60, seed: 31 },
    );
  });

  test('shorter work makes nobody begin later', () => {
    fc.assert(
      fc.property(queues, fc.nat(), (queue, seed) => {
        const busy = { ...queue, load: queue.load * queue.servers };
        expectNobodyLater(begins(busy, seed), begins({ ...busy, load: busy.load * 0.9 }, seed));
      }),
      { numRuns: 60, seed: 32 },
    );
  });
});

/** A ward whose every time is so many times as long. */
function ward(scale: number): Partial<Model> {
  freshIds();
  return {
    roles: [{ id: 'Nurse', name: 'Nurse', origin: resource('A', 1).origin, codes: {}, skills: [] }],
    staff: [staff('G', 'Nurse', 3)],
    resources: [
      resource('Bed', 6, {
        breakdown: {
          every: draw('exponential', { mean: 900 * scale }),
          lasts: draw('uniform', { low: 5 * scale, high: 60 * scale }),
        },
      }),
      resource('Room', 2),
    ],
    cohorts: [
      cohort('X', every(5 * scale), { priority: n(1) }),
      cohort('Y', { kind: 'every', between: draw('gamma', { shape: 2, scale: 8 * scale }) }),
    ],
    pathways: [
      pathway(
        [
          step('Triage', draw('exponential', { mean: 2 * scale }), [need([byRole('Nurse')])], {
            waits: { atMost: draw('weibull', { shape: 1.5, scale: 40 * scale }), otherwise: [] },
          }),
          choose([
            {
              share: 0.4,
              body: [
                hold(
                  'Stay',
                  ['Bed'],
                  [
                    step('Treat', draw('lognormal', { mean: 12 * scale, sd: 9 * scale }), ['Room']),
                    step('Rest', draw('uniform', { low: 10 * scale, high: 60 * scale })),
                  ],
                ),
              ],
            },
            { body: [] },
          ]),
        ],
        ['X', 'Y'],
      ),
    ],
    indicators: [indicator('Time', { kind: 'time', from: { kind: 'arrival' }, to: { kind: 'exit' } })],
  };
}

function ran(scale: number): ReplicationResult {
  return runReplication(input(ward(scale), { run: 20_000 * scale, warmUp: 500 * scale }), 0);
}

test.each([60, 0.001, 86_400])('with all times %d times as long, times are, and counts stay', (scale) => {
  const [one, other] = [ran(1), ran(scale)];
  expect(one.events).toBeGreaterThan(10_000);
  expect(other.events).toBe(one.events);
  const close = (found: number | null | undefined, expected: number | null | undefined): void => {
    if (typeof found !== 'number' || typeof expected !== 'number') throw new Error('A figure is missing.');
    expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-9 * Math.abs(expected));
  };
  for (const [i, facility] of one.facilities.entries()) {
    const scaled = other.facilities[i];
    expect(scaled?.requests).toBe(facility.requests);
    close(scaled?.census, facility.census);
    close(scaled?.queue, facility.queue);
    close(scaled?.wait, (facility.wait ?? Number.NaN) * scale);
  }
  for (const [i, flow] of one.flows.entries()) {
    expect(other.flows[i]?.finished).toBe(flow.finished);
    close(other.flows[i]?.time, (flow.time ?? Number.NaN) * scale);
  }
  close(other.indicators[0]?.[0]?.value, (one.indicators[0]?.[0]?.value ?? Number.NaN) * scale);
});

test('the order in which cohorts, pathways, roles, staff and things are declared changes no bit', () => {
  const parts = (order: <T>(items: readonly T[]) => T[]): Partial<Model> => ({
    roles: order(
      ['Nurse', 'Doctor'].map((id) => ({ id, name: id, origin: resource('A', 1).origin, codes: {}, skills: [] })),
    ),
    staff: order([staff('G', 'Nurse', 2), staff('H', 'Doctor', 1)]),
    resources: order([resource('Room', 2), resource('Bed', 5)]),
    cohorts: order([cohort('X', every(7)), cohort('Y', every(9), { priority: n(1) }), cohort('Z', every(20))]),
    pathways: order([
      pathway(
        [
          step('See', draw('gamma', { shape: 2, scale: 2 }), ['Room', need([byRole('Nurse')])]),
          hold('Stay', ['Bed'], [step('Treat', draw('lognormal', { mean: 9, sd: 5 }), [need([byRole('Doctor')])])]),
        ],
        order(['X', 'Y']),
      ),
      pathway([{ ...step('Look', draw('exponential', { mean: 6 }), ['Room']), id: 'Q.Look' }], ['Z'], {
        id: 'Q',
        name: 'Q',
      }),
    ]),
    indicators: order([
      indicator('Wait', { kind: 'wait', of: { kind: 'activity', activity: 'P.Treat' } }),
      indicator('Stay', { kind: 'time', from: { kind: 'arrival' }, to: { kind: 'exit' } }),
    ]),
  });
  const sorted = (result: ReplicationResult) => ({
    events: result.events,
    facilities: [...result.facilities].map((each) => JSON.stringify(each)).sort(),
    flows: [...result.flows].map((each) => JSON.stringify(each)).sort(),
    activities: [...result.activities].map((each) => JSON.stringify(each)).sort(),
    indicators: result.indicators.map((each) => JSON.stringify(each)).sort(),
  });
  const study = { run: 10_000, warmUp: 100 };
  const written = runReplication(
    input(
      parts((items) => [...items]),
      study,
    ),
    0,
  );
  const reversed = runReplication(
    input(
      parts((items) => [...items].reverse()),
      study,
    ),
    0,
  );
  expect(written.events).toBeGreaterThan(5000);
  expect(sorted(reversed)).toEqual(sorted(written));
});

test('models of nothing, of what never ends and of what takes no time keep the laws of every run', () => {
  const time = fc.constantFrom(0, 1e-9, 1, 1e6, 1e12);
  const count = fc.constantFrom(0, 1, 1000, 'unlimited' as const);
  fc.assert(
    fc.property(time, time, count, count, fc.nat(30), (first, second, rooms, beds, arrivals) => {
      const parts: Partial<Model> = {
        resources: [resource('Room', rooms), resource('Bed', beds)],
        cohorts: [
          cohort(
            'X',
            Array.from({ length: arrivals }, (_, i) => i % 7),
          ),
        ],
        pathways: [pathway([step('See', first, ['Room']), hold('Stay', ['Bed'], [step('Rest', second)])], ['X'])],
      };
      const { checks, flows } = runReplication(input(parts, { run: 1000, warmUp: 3 }), 0);
      expect(checks.filter((check) => !check.holds)).toEqual([]);
      const free = rooms !== 0 && beds !== 0 && first <= 1 && second <= 1;
      if (free) expect(flows[0]?.inProgress).toBe(0);
    }),
    { numRuns: 150, seed: 33 },
  );
});
