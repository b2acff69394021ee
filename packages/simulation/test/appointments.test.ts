import type { AppointmentArrivals, Model } from '@pathway/model';
import { describe, expect, test } from 'vitest';
import { cohort, draw, log, n, pathway, run, step } from './build.js';

const HOUR = 3600;
const DAY = 24 * HOUR;

function clinic(more: Partial<AppointmentArrivals> = {}): Partial<Model> {
  const arrivals: AppointmentArrivals = { kind: 'appointments', every: n(1800), from: 540, to: 660, ...more };
  return { cohorts: [cohort('X', arrivals)], pathways: [pathway([step('S', 1)], ['X'])] };
}

describe('appointments', () => {
  test('bring one patient at each booked time', () => {
    expect(log(clinic(), { run: DAY }, ['arrive'])).toEqual(
      [0, 1, 2, 3].map((i) => `${9 * HOUR + i * 1800} X ${i} arrive`),
    );
  });

  test('are kept early and late, in the order in which people come, not in that of the list', () => {
    // The second is booked half an hour after the first and comes a whole hour before its time.
    const early = clinic({ amount: n(1), deviation: { kind: 'unary', operator: '-', operand: n(HOUR) } });
    expect(log(early, { run: DAY }, ['arrive'])[0]).toBe(`${8 * HOUR} X 0 arrive`);
    const lateness = { ...draw('uniform', { low: -2 * HOUR, high: 2 * HOUR }) };
    const times = log(clinic({ deviation: lateness }), { run: DAY }, ['arrive']).map((row) => row.split(' '));
    expect(times.map(([time]) => Number(time))).toEqual(times.map(([time]) => Number(time)).sort((a, b) => a - b));
    expect(times.map(([, , number]) => number).sort()).toEqual(['0', '1', '2', '3']);
    for (const [time, , number] of times) {
      expect(Math.abs(Number(time) - (9 * HOUR + Number(number) * 1800))).toBeLessThanOrEqual(2 * HOUR);
    }
  });

  test('bring nobody before the clock starts', () => {
    const parts = clinic({ from: 0, to: 60, deviation: n(-DAY) });
    expect(log(parts, { run: DAY }, ['arrive'])).toEqual(['0 X 0 arrive', '0 X 1 arrive']);
  });

  test('are missed by a binomial number, and whoever misses one changes nobody else', () => {
    const some = run(clinic({ shows: n(0.8), from: 0, to: 1440, every: n(60) }), { run: 20 * DAY }, 4);
    const came = some.reduce((sum, { flows }) => sum + flows[0]!.arrivals, 0);
    const booked = 4 * 20 * 1440;
    expect(Math.abs(came - 0.8 * booked)).toBeLessThan(4 * Math.sqrt(booked * 0.16));
    const deviation = draw('uniform', { low: 0, high: HOUR });
    const all = log(clinic({ deviation }), { run: 9 * DAY }, ['arrive']);
    const fewer = log(clinic({ deviation, shows: n(0.5) }), { run: 9 * DAY }, ['arrive']);
    expect(fewer.length).toBeLessThan(all.length);
    expect(fewer.filter((row) => !all.includes(row))).toEqual([]);
  });
});
