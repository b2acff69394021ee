import { epidemicCounts, type EpidemicCurve } from '@pathway/model';
import { describe, expect, it } from 'vitest';
import { DAY, NO_NUMBERS, draw, plain, seconds } from './build.js';

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

function outbreak(more: Partial<Extract<EpidemicCurve, { kind: 'sir' | 'seir' }>> = {}): EpidemicCurve {
  return {
    kind: 'sir',
    population: plain(900_000),
    infected: plain(1),
    reproduction: plain(2.5),
    infectious: seconds(6 * DAY),
    ...more,
  };
}

const daily = (curve: EpidemicCurve, days = 400): readonly number[] => epidemicCounts(curve, DAY, days, NO_NUMBERS);

describe('people of an epidemic', () => {
  it('by a logistic curve double at first, come most at the peak, and are the total in the end', () => {
    const counts = daily({ kind: 'logistic', total: plain(4000), doubling: seconds(3 * DAY), peak: seconds(60 * DAY) });
    expect((counts[13] ?? 0) / (counts[10] ?? 1)).toBeCloseTo(2, 3);
    expect([59, 60]).toContain(counts.indexOf(Math.max(...counts)));
    expect(sum(counts)).toBeCloseTo(4000 - 4000 / (1 + 2 ** 20), 6);
  });

  it.each(['sir', 'seir'] as const)('by %s reach the final size of Kermack and McKendrick', (kind) => {
    const latent = kind === 'seir' ? { latent: seconds(4 * DAY) } : {};
    let size = 0.5;
    for (let round = 0; round < 200; round++) size = 1 - Math.exp(-2.5 * size);
    expect(sum(daily(outbreak({ kind, ...latent }), 900)) / 900_000).toBeCloseTo(size, 5);
  });

  it('grow at first at the rate that the reproduction number gives', () => {
    const counts = daily(outbreak());
    // (R − 1) / infectious a day, while nearly all are susceptible.
    expect(Math.log((counts[20] ?? 0) / (counts[10] ?? 1)) / 10).toBeCloseTo(1.5 / 6, 3);
  });

  it('come by their share, and later by their delay', () => {
    const counts = daily(outbreak());
    const some = daily(outbreak({ admitted: plain(0.04), delay: seconds(7 * DAY) }));
    expect(sum(some.slice(0, 7))).toBe(0);
    for (const day of [10, 40, 90]) expect(some[day + 7]).toBeCloseTo(0.04 * (counts[day] ?? 0), 6);
  });

  it('do not depend on the length of the slots', () => {
    const hourly = epidemicCounts(outbreak(), DAY / 24, 24 * 60, NO_NUMBERS);
    const ofDays = daily(outbreak(), 60);
    // The error of the integration is a few hundredths of a person in a population of 900 000.
    expect(Math.abs(sum(hourly) - sum(ofDays))).toBeLessThan(0.05);
  });

  it('come as a table says, spread evenly over its slots', () => {
    const table: EpidemicCurve = { kind: 'table', profile: { slot: DAY, values: [2, 6], anchor: 'study' } };
    expect(epidemicCounts(table, DAY / 2, 5, NO_NUMBERS)).toEqual([1, 1, 3, 3, 0]);
  });

  it('have fixed parameters', () => {
    expect(() => daily(outbreak({ reproduction: draw('uniform', { from: 1, to: 2 }) }))).toThrow(
      'reproduction of a curve',
    );
    expect(() => daily(outbreak({ infectious: seconds(0.001) }))).toThrow('too short');
  });
});
