import type { Consumption, Delivery, Expression, Model, Stock } from '@pathway/model';
import { describe, expect, test } from 'vitest';
import { cohort, draw, HERE, input, log, n, need, pathway, resource, run, step } from './build.js';
import { runReplication } from '../src/index.js';

const HOUR = 3600;
const DAY = 24 * HOUR;

const uses = (amount: number | Expression, overTime = false): { consumes: readonly Consumption[] } => ({
  consumes: [{ stock: 'Oxygen', amount: typeof amount === 'number' ? n(amount) : amount, overTime, origin: HERE }],
});

function stock(level: number, deliveries: readonly Delivery[] = [], most?: number): Stock {
  return {
    id: 'Oxygen',
    name: 'Oxygen',
    origin: HERE,
    level: n(level),
    ...(most !== undefined && { most: n(most) }),
    deliveries,
  };
}

const daily = (amount: number, hour: number): Delivery => ({ kind: 'scheduled', amount: n(amount), at: hour * 60 });

describe('interrupted work', () => {
  const rescue = pathway([step('Rescue', 5, ['Bed'], { preempts: true })], ['High'], { id: 'Q', name: 'Q' });
  const beds = (level: number, low: readonly number[], high: readonly number[]): Partial<Model> => ({
    resources: [resource('Bed', 1)],
    stocks: [stock(level)],
    cohorts: [cohort('Low', low, { priority: n(2) }), cohort('High', high, { priority: n(1) })],
    pathways: [pathway([step('Inject', 10, ['Bed'], { ...uses(3), interruption: 'restarts' })], ['Low']), rescue],
  });

  test('that goes on, or is done anew, does not use up its stock again', () => {
    const parts = beds(3, [0], [4, 12]);
    // At 9 it begins anew, at 12 it is interrupted for the second time, at 17 it begins for good.
    expect(log(parts, { run: 100 }, ['start', 'end'])).toEqual([
      '0 Low 0 start Inject',
      '4 High 0 start Rescue',
      '9 High 0 end Rescue',
      '12 High 1 start Rescue',
      '17 High 1 end Rescue',
      '27 Low 0 end Inject',
    ]);
    const result = runReplication(input(parts, { run: 100 }), 0);
    expect(result.stocks[0]).toMatchObject({ consumed: 3, lowest: 0 });
    expect(result.checks.filter((check) => !check.holds)).toEqual([]);
  });

  test('goes on also where more urgent requests of the same kind wait for a delivery', () => {
    const parts = beds(3, [0], [4]);
    const urgent = { ...cohort('Urgent', [2]), priority: n(0) };
    const [inject, other] = parts.pathways!;
    const both = { ...inject!, cohorts: [{ cohort: 'Low' }, { cohort: 'Urgent' }] };
    const all = { ...parts, cohorts: [...parts.cohorts!, urgent], pathways: [both, other!] };
    expect(log(all, { run: 100 }, ['start', 'end'])).toEqual([
      '0 Low 0 start Inject',
      '4 High 0 start Rescue',
      '9 High 0 end Rescue',
      '19 Low 0 end Inject',
    ]);
  });
});

describe('a stock', () => {
  test('is used up when work begins, and who finds too little waits for the delivery', () => {
    const parts: Partial<Model> = {
      stocks: [stock(5, [daily(6, 3)])],
      cohorts: [cohort('X', [0, HOUR, 2 * HOUR])],
      pathways: [pathway([step('S', 60, [], uses(3))], ['X'])],
    };
    expect(log(parts, { run: 6 * HOUR }, ['start'])).toEqual([
      '0 X 0 start S',
      '10800 X 1 start S',
      '10800 X 2 start S',
    ]);
    const result = runReplication(input(parts, { run: 6 * HOUR }), 0);
    expect(result.stocks).toEqual([{ consumed: 9, delivered: 6, refused: 0, lowest: 2, short: 2 / 6 }]);
    // Two for three hours, then 2 + 6 − 6.
    expect(result.facilities[0]).toMatchObject({
      capacity: 2,
      census: 0,
      queue: 3 / 6,
      wait: HOUR,
      waitedShare: 2 / 3,
    });
    expect(result.checks.filter((check) => !check.holds)).toEqual([]);
    expect(result.locked).toBeUndefined();
  });

  test('is taken together with everything else or not at all, in the order of the requests', () => {
    const parts: Partial<Model> = {
      resources: [resource('Bed', 1)],
      stocks: [stock(4, [daily(4, 1)])],
      cohorts: [cohort('X', [0, 1, 2])],
      pathways: [pathway([step('S', 100, ['Bed'], uses(3))], ['X'])],
    };
    // The second waits for the bed, then for the delivery; the third may not go before.
    expect(log(parts, { run: 2 * HOUR }, ['start'])).toEqual(['0 X 0 start S', '3600 X 1 start S']);
  });

  test('holds back later requests that want less, as any unit does', () => {
    const parts: Partial<Model> = {
      stocks: [stock(4, [daily(4, 1), daily(1, 2)])],
      cohorts: [cohort('X', [0, 1, 2])],
      pathways: [pathway([step('S', 100, [], uses(3)), step('T', 100, [], uses(1))], ['X'])],
    };
    // From 1 on the second wants 3 of the one that is left, then the third 3 of two: the first waits for their one too.
    expect(log(parts, { run: 3 * HOUR }, ['start']).slice(0, 4)).toEqual([
      '0 X 0 start S',
      '3600 X 1 start S',
      '7200 X 2 start S',
    ]);
  });

  test('keeps no more than it has room for', () => {
    const parts: Partial<Model> = {
      stocks: [stock(8, [daily(6, 1), daily(6, 2)], 10)],
      cohorts: [cohort('X', [])],
      pathways: [pathway([step('S', 1)], ['X'])],
    };
    const { stocks, facilities } = runReplication(input(parts, { run: 4 * HOUR }), 0);
    expect(stocks[0]).toEqual({ consumed: 0, delivered: 2, refused: 10, lowest: 8, short: 0 });
    expect(facilities[0]!.capacity).toBe((8 + 3 * 10) / 4);
  });

  test('is ordered when it falls below a limit, once at a time, and at once from the start', () => {
    const order: Delivery = { kind: 'ordered', amount: n(4), below: n(3), after: n(1000) };
    const parts: Partial<Model> = {
      stocks: [stock(4, [order])],
      cohorts: [cohort('X', [0, 10, 20, 30, 40, 2000])],
      pathways: [pathway([step('S', 1, [], uses(1))], ['X'])],
    };
    // 4, 3, 2 (ordered, there at 1010), 1, 0; one waits until then; 4 − 1 = 3 at 1010, 2 at 2000: ordered again.
    expect(log(parts, { run: 3500 }, ['start']).map((row) => Number(row.split(' ')[0]))).toEqual([
      0, 10, 20, 30, 1010, 2000,
    ]);
    expect(runReplication(input(parts, { run: 3500 }), 0).stocks[0]).toMatchObject({
      consumed: 6,
      delivered: 8,
      lowest: 0,
    });
    const empty = { ...parts, stocks: [stock(0, [order])] };
    expect(log(empty, { run: 3500 }, ['start']).map((row) => Number(row.split(' ')[0]))).toEqual([
      1000, 1000, 1000, 1000, 2000, 2000,
    ]);
  });

  test('is used over time for as long as the work then takes, also in later rounds and after giving up', () => {
    const takes = draw('uniform', { low: HOUR, high: 9 * HOUR });
    const rate: Expression = { kind: 'binary', operator: '/', left: n(1000), right: n(HOUR) };
    const parts: Partial<Model> = {
      stocks: [stock(1e8)],
      cohorts: [cohort('X', [0, 5])],
      pathways: [
        pathway(
          [
            {
              kind: 'repeat',
              id: 'P.#r',
              origin: HERE,
              times: n(3),
              body: [
                step('S', takes, ['Bed'], {
                  ...uses(rate, true),
                  waits: { atMost: n(2 * HOUR), otherwise: [step('Sit', 1)] },
                }),
              ],
            },
          ],
          ['X'],
        ),
      ],
      resources: [resource('Bed', 1)],
    };
    const ends = log(parts, { run: 20 * DAY }, ['start', 'end']).filter((row) => row.endsWith(' S'));
    let worked = 0;
    let units = 0;
    for (let i = 0; i < ends.length; i += 2) {
      const time = Number(ends[i + 1]!.split(' ')[0]) - Number(ends[i]!.split(' ')[0]);
      worked += time;
      units += Math.round((time * 1000) / HOUR);
    }
    const [first] = run(parts, { run: 20 * DAY }, 1);
    expect(first!.activities.find(({ gaveUp }) => gaveUp > 0)).toBeDefined();
    expect(worked).toBeGreaterThan(0);
    expect(first!.stocks[0]!.consumed).toBe(units);
  });

  test('is asked for beside people whose needs overlap', () => {
    const parts: Partial<Model> = {
      resources: [resource('A', 1), resource('B', 1)],
      stocks: [stock(3, [daily(5, 1)])],
      cohorts: [cohort('X', [0, 10])],
      pathways: [
        pathway(
          [
            step(
              'S',
              5,
              [
                need([
                  { kind: 'resource', resource: 'A' },
                  { kind: 'resource', resource: 'B' },
                ]),
                'A',
              ],
              uses(2),
            ),
          ],
          ['X'],
        ),
      ],
    };
    expect(log(parts, { run: 2 * HOUR }, ['start'])).toEqual(['0 X 0 start S', '3600 X 1 start S']);
  });

  test('cannot have more than can be counted', () => {
    const parts = { stocks: [stock(2e9)], cohorts: [cohort('X', [])], pathways: [pathway([step('S', 1)], ['X'])] };
    expect(() => input(parts, { run: 1 })).toThrow(/choose another unit/);
  });
});
