import { describe, expect, test } from 'vitest';
import { betaQuantile, studentFactor } from '../../src/numeric/special.js';
import { bestOf, differenceFigure } from '../../src/statistics/difference.js';
import { estimateOf } from '../../src/statistics/estimate.js';
import { certaintyOfBetter } from '../../src/statistics/paired.js';
import { type CountedPeople, peopleShare } from '../../src/statistics/people-share.js';
import { meanOfRuns } from '../../src/statistics/pooled-figure.js';

const runs = (length: number, of: number, over: number): CountedPeople[] =>
  Array.from({ length }, () => ({ of, over }));
const share = (length: number, of: number, over: number) => peopleShare(runs(length, of, over));

/** Upper end for a share of which none was seen, by hand: Clopper and Pearson of the people, fewer for clusters. */
function unseen(clusters: number, people: number): number {
  const fewer = people * (studentFactor(0.95, people - 1) / studentFactor(0.95, clusters - 1)) ** 2;
  return betaQuantile(0.975, 1, fewer);
}

describe('the difference of two figures', () => {
  test('is the mean of paired differences with Student’s t', () => {
    const [x, y] = [meanOfRuns([3, 5, 4, 9]), meanOfRuns([1, 4, 4, 2])];
    const { estimate, values, probabilityUpTo } = differenceFigure(x, y);
    expect(values).toEqual([2, 1, 0, 7]);
    expect(estimate).toEqual(estimateOf([2, 1, 0, 7]));
    expect(probabilityUpTo(estimate.low, true)).toBeCloseTo(0.025, 9);
    expect(differenceFigure(x, y, { factor: 0.5 }).estimate).toEqual(estimateOf([2.5, 3, 2, 8]));
  });

  test('of shares of which nobody was seen, or everybody, may be as large as either share may be', () => {
    const none = differenceFigure(share(10, 0, 40), share(10, 0, 10)).estimate;
    expect(none.mean).toBe(0);
    expect(none.high).toBeCloseTo(unseen(10, 400), 12);
    expect(none.low).toBeCloseTo(-unseen(10, 100), 12);
    const all = differenceFigure(share(10, 40, 40), share(10, 10, 10)).estimate;
    expect(all.low).toBeCloseTo(-unseen(10, 400), 12);
    expect(all.high).toBeCloseTo(unseen(10, 100), 12);
  });

  test('of everybody and nobody is no certain 100 percentage points', () => {
    const { mean, low, high } = differenceFigure(share(4, 3, 3), share(4, 0, 3)).estimate;
    expect(mean).toBe(1);
    expect(high).toBe(1);
    expect(low).toBeCloseTo(1 - Math.SQRT2 * unseen(4, 12), 12);
  });

  test('of shares that are alike in every run may be what nobody was seen of', () => {
    const own = peopleShare([...runs(9, 2, 40), { of: 5, over: 40 }]);
    const { low, high } = differenceFigure(own, own).estimate;
    expect(high).toBeCloseTo(unseen(10, 400), 12);
    expect(low).toBe(-high);
    // A model without chance: one in four of all runs.
    expect(differenceFigure(share(5, 1, 4), share(5, 1, 4)).estimate).toMatchObject({ low: 0, high: 0 });
  });

  test('from a share of the other is told as surely as that one', () => {
    const { low, high } = differenceFigure(share(10, 0, 40), share(10, 0, 40), { factor: 0.5 }).estimate;
    expect(high).toBeCloseTo(unseen(10, 400), 12);
    expect(low).toBeCloseTo(-0.5 * unseen(10, 400), 12);
  });

  test('is told with the certainty of its ends', () => {
    const [none, other] = [share(10, 0, 40), share(10, 0, 40)];
    const { estimate, probabilityUpTo } = differenceFigure(none, other);
    expect(probabilityUpTo(estimate.high, true)).toBeCloseTo(0.975, 3);
    expect(probabilityUpTo(estimate.low, true)).toBeCloseTo(0.025, 3);
    expect(probabilityUpTo(0, true)).toBe(0.5);
    expect(certaintyOfBetter(differenceFigure(none, other), 'lower')).toBe(0.5);
    // Neither is known to be best.
    expect(bestOf([none, other], 'lower')?.certainty).toBeCloseTo(0.5, 9);
  });

  test('of one run, or of means that are the same, has no length', () => {
    expect(differenceFigure(share(1, 0, 9), share(1, 0, 9)).estimate).toMatchObject({ low: 0, high: 0 });
    expect(differenceFigure(meanOfRuns([2, 2]), meanOfRuns([2, 2])).estimate).toMatchObject({ low: 0, high: 0 });
  });

  /** Numbers from 0 to 1 that look like chance (the multiplicative generator of D. H. Lehmer, 1951). */
  function luck(seed: number): () => number {
    let state = seed;
    return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  }

  test('holds the true one in 19 of 20 studies, also of rare outcomes of the same patients', () => {
    const next = luck(7);
    for (const [size, p, q] of [
      [4, 0.02, 0.005],
      [4, 0.3, 0.25],
      [40, 0.005, 0.001],
      [40, 0.98, 0.995],
    ] as const) {
      let held = 0;
      for (let study = 0; study < 300; study++) {
        const patients = Array.from({ length: 10 }, () => Array.from({ length: size }, next));
        const [x, y] = [p, q].map((chance) =>
          peopleShare(patients.map((run) => ({ of: run.filter((u) => u < chance).length, over: size }))),
        );
        const { low, high } = differenceFigure(x!, y!).estimate;
        if (low <= p - q && p - q <= high) held++;
      }
      expect(held / 300, `${size} patients, ${p} and ${q}`).toBeGreaterThan(0.91);
    }
  });
});
