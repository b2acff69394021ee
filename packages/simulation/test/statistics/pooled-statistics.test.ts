import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PooledObservations } from '../../src/statistics/pooled-observations.js';
import { PooledPatients, type ReplicationSample } from '../../src/statistics/pooled-statistics.js';
import { Sample } from '../../src/statistics/sample.js';

function recordOf(values: readonly number[]): ConstructorParameters<typeof Sample>[0] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    count: values.length,
    mean,
    squares: values.reduce((sum, value) => sum + (value - mean) ** 2, 0),
    minimum: Math.min(...values),
    maximum: Math.max(...values),
    values: Float64Array.from(values),
    sketch: [],
  };
}

function sampleOf(values: readonly number[]): ReplicationSample {
  const sample = new Sample(recordOf(values));
  const sd = values.length < 2 ? null : sample.sd;
  return { count: values.length, mean: sample.mean, sd, observations: sample.observations() };
}

/** Definition 7 in the shortest way. */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const position = share * (sorted.length - 1);
  const low = sorted[Math.floor(position)]!;
  return low + (position % 1) * ((sorted[Math.ceil(position)] ?? low) - low);
}

// Many ties, and runs of very different lengths.
const run = fc.oneof(
  fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 400 }),
  fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { maxLength: 400 }),
);
const runs = fc.array(run, { minLength: 1, maxLength: 12 }).filter((all) => all.some((each) => each.length > 0));

describe('observations of several runs as one', () => {
  test('have the quantiles and counts of one list of all', () => {
    fc.assert(
      fc.property(runs, fc.double({ min: 0, max: 1, noNaN: true }), (all, share) => {
        const pool = new PooledObservations(all.map((values) => sampleOf(values).observations));
        const whole = all.flat();
        const wanted = quantile(whole, share);
        expect(pool.size).toBe(whole.length);
        expect(pool.quantile(share)).toBeCloseTo(wanted, 6);
        const [some = 0] = whole;
        expect(pool.atMost(some)).toEqual(all.map((values) => values.filter((value) => value <= some).length));
        expect(pool.below(some)).toEqual(all.map((values) => values.filter((value) => value < some).length));
      }),
      { numRuns: 300 },
    );
  });

  test('of many different values come in bins, within 0.1 %', () => {
    const values = Array.from({ length: 20_000 }, (_, i) => 60 + ((i * 7919) % 20_011));
    const { observations } = sampleOf(values);
    expect(observations.values.length).toBeLessThan(4000);
    const pool = new PooledObservations([observations]);
    for (const share of [0, 0.01, 0.5, 0.9, 0.999, 1]) {
      const wanted = quantile(values, share);
      expect(Math.abs(pool.quantile(share) / wanted - 1)).toBeLessThan(0.0011);
    }
  });
});

describe('a statistic of the patients of all replications', () => {
  test('counts every patient alike, and a replication without any not at all', () => {
    const samples = [sampleOf([1, 2, 3, 4, 5, 6, 7, 8, 9]), sampleOf([100]), undefined];
    const { estimate, values } = new PooledPatients(samples).percentile(50);
    expect(estimate).toMatchObject({ mean: 5.5, replications: 2 });
    expect(values[2]).toBeNull();
    // Squares from 14.5: 872.25 of the nine, 7310.25 of the one.
    expect(new PooledPatients(samples).deviation().estimate.mean).toBeCloseTo(Math.sqrt((872.25 + 7310.25) / 9), 9);
  });

  test('is the mean of what stands in for it by replication', () => {
    fc.assert(
      fc.property(runs, fc.integer({ min: 1, max: 99 }), (all, percentile) => {
        const samples = all.map((values) => (values.length === 0 ? undefined : sampleOf(values)));
        const patients = new PooledPatients(samples);
        for (const { estimate, values } of [patients.percentile(percentile), patients.deviation()]) {
          const present = values.filter((value) => value !== null);
          if (present.length === 0) continue;
          const mean = present.reduce((sum, value) => sum + value, 0) / present.length;
          expect(Math.abs(mean - estimate.mean)).toBeLessThanOrEqual(1e-9 * Math.max(1, estimate.high));
          expect(estimate.low).toBeLessThanOrEqual(estimate.mean);
          expect(estimate.high).toBeGreaterThanOrEqual(estimate.mean);
        }
      }),
    );
  });

  test('has no upper end where too few patients lie beyond it, and then is at most nothing for certain', () => {
    const samples = Array.from({ length: 12 }, (_, r) => sampleOf([r, r + 3, (7 * r) % 12]));
    const high = new PooledPatients(samples).percentile(99);
    expect(high.estimate.open).toBe(true);
    expect(high.probabilityUpTo(1e9, true)).toBeLessThan(0.975);
    const middle = new PooledPatients(samples).percentile(50);
    expect(middle.estimate.open).toBeUndefined();
    expect(middle.estimate.low).toBeLessThan(middle.estimate.high);
    expect(middle.probabilityUpTo(1e9, true)).toBeGreaterThan(0.975);
  });

  test('is known for certain where all patients are alike, and not with one replication', () => {
    const alike = new PooledPatients([sampleOf([5, 5]), sampleOf([5])]).percentile(90);
    expect(alike.estimate).toMatchObject({ mean: 5, low: 5, high: 5 });
    expect([alike.probabilityUpTo(5, true), alike.probabilityUpTo(5, false)]).toEqual([1, 0]);
    const one = new PooledPatients([sampleOf([1, 2, 3])]).percentile(50);
    expect(one.estimate).toMatchObject({ mean: 2, halfWidth: 0, replications: 1 });
    expect(one.probabilityUpTo(9, true)).toBe(0.5);
  });
});

describe('waits where nobody had to wait', () => {
  const nobody = (...sizes: readonly number[]): PooledPatients =>
    new PooledPatients(sizes.map((size) => sampleOf(Array.from({ length: size }, () => 0))));

  test('may be longer for those who were not seen, where few were', () => {
    const few = nobody(4, 5, 6);
    for (const { estimate, probabilityUpTo } of [few.mean(), few.percentile(95)]) {
      expect(estimate).toMatchObject({ mean: 0, low: 0, open: true, replications: 3 });
      expect(probabilityUpTo(300, true)).toBe(0.5);
    }
  });

  // Of 20 runs of 50 patients at most 0.42 % can be longer, by Clopper and Pearson: fewer than one in a hundred.
  test('are 0 where many were', () => {
    const many = nobody(...Array.from({ length: 20 }, (_, r) => 49 + (r % 3)));
    expect(many.mean().estimate).toMatchObject({ low: 0, high: 0 });
    expect(many.mean().estimate.open).toBeUndefined();
    expect(many.percentile(99).estimate.open).toBeUndefined();
    expect(many.percentile(99.9).estimate.open).toBe(true);
  });

  test('may be longer too where some runs have nobody, and the others one each', () => {
    const rare = new PooledPatients([sampleOf([0]), undefined, sampleOf([0])]);
    expect(rare.mean().estimate.open).toBe(true);
    expect(rare.percentile(95).estimate.open).toBe(true);
  });

  test('are 0 where every run is the same', () => {
    expect(nobody(5, 5).mean().estimate.open).toBeUndefined();
    expect(nobody(5, 5).percentile(95).estimate.open).toBeUndefined();
  });
});
