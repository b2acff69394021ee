import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { betaQuantile, incompleteBeta, studentFactor } from '../../src/numeric/special.js';
import { peopleShare, type CountedPeople } from '../../src/statistics/people-share.js';

const each = (length: number, of: number, over: number): CountedPeople[] =>
  Array.from({ length }, () => ({ of, over }));
const several = fc.array(
  fc
    .record({ of: fc.integer({ min: 1, max: 40 }), over: fc.integer({ min: 1, max: 60 }) })
    .map(({ of, over }) => ({ of: Math.min(of, over), over })),
  { minLength: 3, maxLength: 12 },
);

describe('a share of people', () => {
  test('is the mean of the runs’ own, whoever they have', () => {
    const { estimate, values } = peopleShare([{ of: 1, over: 1 }, { of: 0, over: 99 }, { of: 0, over: 0 }, undefined]);
    expect(estimate.mean).toBe(0.5);
    expect(estimate.replications).toBe(2);
    expect(values).toEqual([1, 0, null, null]);
  });

  test('of whom none was seen may still be as large as Clopper and Pearson say of so many', () => {
    const { estimate } = peopleShare(each(20, 0, 50));
    const people = 1000 * (studentFactor(0.95, 999) / studentFactor(0.95, 19)) ** 2;
    expect(estimate).toMatchObject({ mean: 0, low: 0 });
    expect(estimate.high).toBeCloseTo(1 - 0.025 ** (1 / people), 12);
  });

  test('of all is the same from the other side', () => {
    const none = peopleShare(each(10, 0, 7)).estimate;
    const all = peopleShare(each(10, 7, 7)).estimate;
    expect(all.high).toBe(1);
    expect(all.low).toBeCloseTo(1 - none.high, 12);
  });

  test('that is the same in all runs, neither none nor all, is as it is', () => {
    expect(peopleShare(each(5, 1, 4)).estimate).toMatchObject({ low: 0.25, mean: 0.25, high: 0.25 });
  });

  test('is not there where nobody is, and has no interval from one run', () => {
    expect(peopleShare(each(3, 0, 0)).estimate.replications).toBe(0);
    expect(peopleShare(each(1, 1, 2)).estimate).toMatchObject({ mean: 0.5, low: 0.5, high: 0.5 });
  });

  test('lies within 0 and 1 with all of its interval, and is told more surely of more runs', () => {
    fc.assert(
      fc.property(several, (people) => {
        const { estimate, probabilityUpTo } = peopleShare(people);
        expect(estimate.low).toBeGreaterThanOrEqual(0);
        expect(estimate.high).toBeLessThanOrEqual(1);
        expect(estimate.low).toBeLessThanOrEqual(estimate.mean);
        expect(estimate.mean).toBeLessThanOrEqual(estimate.high);
        const four = peopleShare([...people, ...people, ...people, ...people]).estimate;
        expect(four.halfWidth).toBeLessThanOrEqual(estimate.halfWidth + 1e-9);
        // Whoever asks how sure a limit is gets what the interval's ends say.
        if (estimate.halfWidth === 0) return;
        if (estimate.high < 1) expect(probabilityUpTo(estimate.high, true)).toBeCloseTo(0.975, 3);
        if (estimate.low > 0) expect(probabilityUpTo(estimate.low, true)).toBeCloseTo(0.025, 3);
      }),
      { seed: 1 },
    );
  });

  // As from 20 sessions of some dozen patients each, of whom one in fifty has what is looked for, more of them on busy days.
  test('holds the true one in most studies, also of rare things', () => {
    let seed = 1;
    const random = (): number => (seed = (seed * 16_807) % 2_147_483_647) / 2_147_483_647;
    const session = (): CountedPeople => {
      const busy = random() < 0.5;
      const over = busy ? 18 : 6;
      return { of: Array.from({ length: over }, () => random() < (busy ? 0.03 : 0.01)).filter(Boolean).length, over };
    };
    const studies = 1000;
    let held = 0;
    for (let study = 0; study < studies; study++) {
      const { low, high } = peopleShare(Array.from({ length: 20 }, session)).estimate;
      if (low <= 0.02 && 0.02 <= high) held++;
    }
    expect(held / studies).toBeGreaterThanOrEqual(0.93);
  });
});

test('the beta quantile is the inverse of the distribution, and known where it has a formula', () => {
  expect(betaQuantile(0.975, 1, 20)).toBeCloseTo(1 - 0.025 ** (1 / 20), 12);
  expect(betaQuantile(0.3, 5, 1)).toBeCloseTo(0.3 ** (1 / 5), 12);
  expect(incompleteBeta(betaQuantile(0.9, 2.5, 7.5), 2.5, 7.5)).toBeCloseTo(0.9, 12);
});
