import {
  DISTRIBUTION_FORMS,
  type Distribution,
  distributionCdf,
  distributionMean,
  distributionQuantile,
  distributionVariance,
  findDistributionForm,
  resolveDistribution,
} from '@pathway/model';
import { describe, expect, it } from 'vitest';
import { draw, NO_NUMBERS, plain } from './build.js';

const resolve = (distribution: Distribution) => resolveDistribution(distribution, NO_NUMBERS);

const CONTINUOUS: [string, Distribution, number, number][] = [
  ['exponential', draw('exponential', { mean: 4 }), 4, 16],
  ['exponential by rate', draw('exponential', { rate: 0.25 }), 4, 16],
  ['uniform', draw('uniform', { low: 2, high: 8 }), 5, 3],
  ['triangular', draw('triangular', { low: 1, mode: 3, high: 20 }), 8, (1 + 9 + 400 - 3 - 20 - 60) / 18],
  ['pert', draw('pert', { low: 2, mode: 5, high: 14 }), 6, ((6 - 2) * (14 - 6)) / 7],
  ['normal', draw('normal', { mean: 74, sd: 12 }), 74, 144],
  ['lognormal', draw('lognormal', { mean: 7.4, sd: 8.61 }), 7.4, 8.61 ** 2],
  ['lognormal by variance', draw('lognormal', { mean: 7.4, variance: 9 }), 7.4, 9],
  ['gamma', draw('gamma', { mean: 45, sd: 15 }), 45, 225],
  ['gamma by shape', draw('gamma', { shape: 0.5, scale: 3 }), 1.5, 4.5],
  ['erlang', draw('erlang', { stages: 3, mean: 6 }), 6, 12],
  ['weibull', draw('weibull', { mean: 10, sd: 4 }), 10, 16],
  ['weibull of shape 2', draw('weibull', { shape: 2, scale: 1 }), Math.sqrt(Math.PI) / 2, 1 - Math.PI / 4],
  ['beta', draw('beta', { mean: 0.3, sd: 0.1 }), 0.3, 0.01],
];

const DISCRETE: [string, Distribution, number, number][] = [
  ['poisson', draw('poisson', { mean: 5.5 }), 5.5, 5.5],
  ['binomial', draw('binomial', { trials: 12, probability: 0.3 }), 3.6, 2.52],
  ['geometric', draw('geometric', { probability: 0.2 }), 5, 20],
  ['empirical', draw('empirical', {}, { values: [1, 4, 2], weights: [1, 1, 2] }), 2.25, 1.1875],
];

describe.each([...CONTINUOUS, ...DISCRETE])('%s', (_, distribution, mean, variance) => {
  it('has the mean and variance of its closed form', () => {
    expect(distributionMean(resolve(distribution)) / mean).toBeCloseTo(1, 11);
    expect(distributionVariance(resolve(distribution)) / variance).toBeCloseTo(1, 10);
  });

  it('scales with its unit', () => {
    const inMinutes = resolve({ ...distribution, scale: 60 });
    expect(distributionMean(inMinutes) / (60 * mean)).toBeCloseTo(1, 11);
    expect(distributionVariance(inMinutes) / (3600 * variance)).toBeCloseTo(1, 10);
  });

  it('has quantiles that invert its cdf', () => {
    const resolved = resolve(distribution);
    for (const p of [0.001, 0.1, 0.5, 0.9, 0.999]) {
      const x = distributionQuantile(resolved, p);
      expect(distributionCdf(resolved, x)).toBeGreaterThanOrEqual(p - 1e-11);
      expect(distributionCdf(resolved, x - 1e-6 * Math.max(1, Math.abs(x)))).toBeLessThanOrEqual(p + 1e-11);
    }
  });

  it('agrees with a sum over its quantiles when it is cut', () => {
    const whole = resolve(distribution);
    const from = distributionQuantile(whole, 0.2);
    const to = distributionQuantile(whole, 0.9);
    const cut = resolve({ ...distribution, from: plain(from), to: plain(to) });
    const n = 20_000;
    const draws = Array.from({ length: n }, (__, i) => distributionQuantile(cut, (i + 0.5) / n));
    const sampleMean = draws.reduce((sum, x) => sum + x, 0) / n;
    const sampleVariance = draws.reduce((sum, x) => sum + (x - sampleMean) ** 2, 0) / n;
    expect(Math.min(...draws)).toBeGreaterThanOrEqual(from);
    expect(Math.max(...draws)).toBeLessThanOrEqual(to);
    expect(Math.abs(distributionMean(cut) - sampleMean)).toBeLessThan(1e-4 * (to - from));
    expect(Math.abs(distributionVariance(cut) - sampleVariance)).toBeLessThan(1e-3 * (to - from) ** 2);
  });
});

describe('known values', () => {
  it('match published tables', () => {
    const normal = resolve(draw('normal', { mean: 0, sd: 1 }));
    expect(distributionQuantile(normal, 0.975)).toBeCloseTo(1.959963984540054, 12);
    expect(distributionCdf(normal, -3)).toBeCloseTo(0.0013498980316300933, 15);
    // Half-normal: the mean of the upper half is the square root of 2/π.
    expect(distributionMean(resolve(draw('normal', { mean: 0, sd: 1 }, { from: plain(0) })))).toBeCloseTo(
      Math.sqrt(2 / Math.PI),
      13,
    );
    expect(distributionCdf(resolve(draw('poisson', { mean: 3 })), 2)).toBeCloseTo(8.5 * Math.exp(-3), 13);
    expect(distributionCdf(resolve(draw('gamma', { shape: 2, scale: 1 })), 1)).toBeCloseTo(1 - 2 / Math.E, 13);
  });

  it('keep the mean and sd of a length of stay', () => {
    const stay = resolve(draw('lognormal', { mean: 7.4, sd: 8.61 }));
    expect(stay).toMatchObject({ family: 'lognormal', unit: 1, from: -Infinity, to: Infinity });
    if (stay.family !== 'lognormal') return expect.unreachable();
    expect(Math.exp(stay.mu + stay.sigma ** 2 / 2)).toBeCloseTo(7.4, 12);
  });

  it('treat a spread of 0 as a fixed value', () => {
    const fixed = resolve(draw('lognormal', { mean: 5, sd: 0 }));
    expect(distributionMean(fixed)).toBeCloseTo(5, 12);
    expect(distributionQuantile(fixed, 0.3)).toBeCloseTo(5, 12);
  });
});

describe('impossible parameters', () => {
  it.each<[Distribution, RegExp]>([
    [draw('normal', { mean: 1, sd: -2 }), /its sd must be 0 or more, not -2/],
    [draw('uniform', { low: 5, high: 2 }), /low \(5\) is above high \(2\); swap them/],
    [draw('triangular', { low: 1, mode: 9, high: 5 }), /the mode \(9\) must lie from low \(1\) to high \(5\)/],
    [draw('lognormal', { mean: 0, sd: 1 }), /its mean must be above 0/],
    [draw('gamma', { mean: 3, sd: 0 }), /write the mean alone for a fixed value/],
    [draw('beta', { mean: 0.5, sd: 0.6 }), /its sd must be below 0.5/],
    [draw('erlang', { stages: 2.5, mean: 1 }), /whole number from 1/],
    [draw('binomial', { trials: 3, probability: 1.2 }), /from 0% to 100%/],
    [draw('geometric', { probability: 0 }), /above 0%/],
    [draw('weibull', { mean: 1, sd: 1e9 }), /no Weibull shape/],
    [draw('empirical', {}, { values: [] }), /no observations/],
    [draw('empirical', {}, { values: [1, 2], weights: [1] }), /2 observations but 1 weights/],
    [draw('exponential', { sd: 3 }), /with sd is not defined; write exponential\(mean\) or exponential\(rate …\)/],
    [draw('normal', { mean: 0, sd: 1 }, { from: plain(9) }), /Fewer than one draw in a million .* lies from 9; widen/],
    [draw('normal', { mean: 0, sd: 1 }, { from: plain(2), to: plain(1) }), /from 2 down to 1; swap them/],
  ])('are refused with what to change: %#', (distribution, message) => {
    expect(() => resolve(distribution)).toThrow(message);
  });
});

describe('forms', () => {
  it('have one positional form first and different names', () => {
    for (const forms of Object.values(DISTRIBUTION_FORMS)) {
      expect(forms.map((form) => form.positional)).toEqual(forms.map((_, i) => i === 0));
      expect(
        new Set(
          forms.map((form) =>
            form.parameters
              .map(({ name }) => name)
              .sort()
              .join(),
          ),
        ).size,
      ).toBe(forms.length);
    }
  });

  it('are found by names in any order', () => {
    expect(findDistributionForm('gamma', ['sd', 'mean'])?.positional).toBe(false);
    expect(findDistributionForm('gamma', ['mean'])).toBeUndefined();
  });
});
