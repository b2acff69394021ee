import { describe, expect, test } from 'vitest';
import { fitLaw } from '../../src/statistics/fit.js';
import { exponentialLaw, gammaLaw, type Law, lognormalLaw } from '../../src/statistics/laws.js';
import { meanInterval } from '../../src/statistics/mean-interval.js';
import { Random } from '../../src/statistics/random.js';

/** Of so many samples of a law, those whose interval holds its mean, that of the law and that of the normal law. */
function covered(
  law: Law,
  size: number,
  samples: number,
  zeros = 0,
): { readonly own: number; readonly normal: number } {
  const truth = law.mean * (1 - zeros);
  let own = 0;
  let normal = 0;
  for (let seed = 1; seed <= samples; seed++) {
    const random = new Random(seed * 7919);
    const values = Array.from({ length: size }, () => (random.uniform() < zeros ? 0 : law.draw(random)));
    const { meanInterval: interval, mean, sd } = fitLaw(values, { seed })!;
    if (interval.low <= truth && truth <= interval.high) own += 1;
    if (Math.abs(mean - truth) <= (1.96 * sd) / Math.sqrt(size)) normal += 1;
  }
  return { own: own / samples, normal: normal / samples };
}

describe('intervals of means', () => {
  // The samples are the same each time; of 200 with 95 % of them right, fewer than 91 % are in 1 of 100 tests.
  test.each([
    ['exponential, 30', exponentialLaw(1), 30, 0, 0.91],
    ['gamma, 10', gammaLaw(4, 1), 10, 0, 0.91],
    ['lognormal, 100', lognormalLaw(0, 1), 100, 0, 0.91],
    ['exponential with zeros, 60', exponentialLaw(1), 60, 0.3, 0.91],
    // So few of so skewed a law do not show what it is.
    ['exponential, 10', exponentialLaw(1), 10, 0, 0.86],
    ['lognormal, 30', lognormalLaw(0, 1), 30, 0, 0.88],
  ])('hold the mean that was drawn from: %s', (_, law, size, zeros, least) => {
    const { own, normal } = covered(law, size, 200, zeros);
    expect(own).toBeGreaterThanOrEqual(least);
    expect(own).toBeGreaterThanOrEqual(normal);
  });

  test('are those of the normal law where there are many', () => {
    const { low, high } = meanInterval({ count: 1_000_000, mean: 5, sd: 2 }, (random) => random.exponential(), 1, 3);
    expect([(5 - low) * 500, (high - 5) * 500]).toEqual([expect.closeTo(1.96, 1), expect.closeTo(1.96, 1)]);
  });

  test('reach further up where long times are rare, and are one value where all are equal', () => {
    const { low, high } = meanInterval({ count: 20, mean: 1, sd: 1 }, (random) => random.exponential(), 1, 3);
    expect(high - 1).toBeGreaterThan(1.4 * (1 - low));
    expect(meanInterval({ count: 20, mean: 3, sd: 0 }, () => 3, 3, 1)).toEqual({ low: 3, high: 3 });
  });
});
