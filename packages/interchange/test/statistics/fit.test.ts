import { describe, expect, test } from 'vitest';
import { digamma, estimate, trigamma } from '../../src/statistics/estimate.js';
import { andersonDarling, distanceOf, fitLaw, groupMeans } from '../../src/statistics/fit.js';
import {
  boundedNormalLaw,
  erlangLaw,
  exponentialLaw,
  type Family,
  gammaLaw,
  hyperExponentialLaw,
  type Law,
  lawQuantile,
  lognormalLaw,
  lognormalMixtureLaw,
  weibullLaw,
} from '../../src/statistics/laws.js';
import { Random } from '../../src/statistics/random.js';

const sampleOf = (law: Law, size: number, seed: number): Float64Array => {
  const random = new Random(seed);
  return Float64Array.from({ length: size }, () => law.draw(random));
};

const LAWS: readonly [Family, Law][] = [
  ['exponential', exponentialLaw(1800)],
  ['gamma', gammaLaw(2.4, 3600)],
  ['erlang', erlangLaw(3, 600)],
  ['lognormal', lognormalLaw(7, 0.8)],
  ['weibull', weibullLaw(1.7, 900)],
  ['normal', boundedNormalLaw(100, 60, 0, 700)],
  ['hyper-exponential', hyperExponentialLaw(600, 20_000, 0.3)],
  ['lognormal mixture', lognormalMixtureLaw(600, 20_000, 0.3, 0.5)],
];

describe('laws', () => {
  test.each(LAWS)('%s: density, share and moments agree', (_family, law) => {
    const top = lawQuantile(law, 1 - 1e-7);
    const steps = 20_000;
    let share = 0;
    let mean = 0;
    let second = 0;
    for (let i = 0; i < steps; i++) {
      const x = ((i + 0.5) * top) / steps;
      const mass = (Math.exp(law.logDensity(x)) * top) / steps;
      share += mass;
      mean += mass * x;
      second += mass * x * x;
    }
    expect(share).toBeCloseTo(1, 2);
    expect(mean / law.mean).toBeCloseTo(1, 2);
    expect(Math.sqrt(second - mean ** 2) / law.sd).toBeCloseTo(1, 2);
    expect(law.cdf(lawQuantile(law, 0.3))).toBeCloseTo(0.3, 6);
  });

  test.each(LAWS)('%s: draws follow it', (_family, law) => {
    const sample = sampleOf(law, 20_000, 5).sort();
    // The 0.1 % point of the limiting distribution of Kolmogorov's statistic.
    expect(distanceOf(sample, law) * Math.sqrt(sample.length)).toBeLessThan(1.95);
  });
});

describe('estimates by maximum likelihood', () => {
  test('the exponential mean and the lognormal parameters are those of the sample', () => {
    const sample = [1, 2, 3, 6];
    expect(estimate('exponential', sample)?.mean).toBe(3);
    const logs = sample.map(Math.log);
    const mu = logs.reduce((a, b) => a + b) / 4;
    const sigma = Math.sqrt(logs.reduce((sum, log) => sum + (log - mu) ** 2, 0) / 4);
    expect(estimate('lognormal', sample)?.mean).toBeCloseTo(Math.exp(mu + sigma ** 2 / 2), 12);
  });

  test('digamma and trigamma have their known values', () => {
    expect(digamma(1)).toBeCloseTo(-0.577_215_664_901_532_9, 12);
    expect(digamma(0.5)).toBeCloseTo(-1.963_510_026_021_423_5, 12);
    expect(trigamma(1)).toBeCloseTo(Math.PI ** 2 / 6, 12);
    expect(trigamma(0.5)).toBeCloseTo(Math.PI ** 2 / 2, 12);
  });

  test.each(LAWS)('%s: no nearby parameters make the sample more likely', (family, law) => {
    const sample = sampleOf(law, 3000, 11);
    const best = estimate(family, sample)!;
    const likelihood = (of: Law): number => sample.reduce((sum, x) => sum + of.logDensity(x), 0);
    const builders: Record<string, (p: readonly number[]) => Law> = {
      exponential: ([mean]) => exponentialLaw(mean!),
      gamma: ([mean, sd]) => gammaLaw((mean! / sd!) ** 2, mean!),
      erlang: ([stages, mean]) => erlangLaw(stages!, mean!),
      lognormal: ([mean, sd]) => {
        const variance = Math.log1p((sd! / mean!) ** 2);
        return lognormalLaw(Math.log(mean!) - variance / 2, Math.sqrt(variance));
      },
      weibull: ([shape, scale]) => weibullLaw(shape!, scale!),
      normal: ([mu, sigma, from]) => boundedNormalLaw(mu!, sigma!, from!, Number.POSITIVE_INFINITY),
      'hyper-exponential': ([usual, other, share]) => hyperExponentialLaw(usual!, other!, share!),
      'lognormal mixture': ([usual, other, share, sigma]) => lognormalMixtureLaw(usual!, other!, share!, sigma!),
    };
    const values = best.parameters.map(({ value }) => value);
    const top = likelihood(builders[family]!(values));
    values.forEach((value, i) => {
      if (['stages', 'from', 'to'].includes(best.parameters[i]!.name)) return;
      for (const factor of [0.99, 1.01])
        expect(likelihood(builders[family]!(values.map((each, j) => (i === j ? value * factor : each))))).toBeLessThan(
          top + 1e-6,
        );
    });
  });
});

describe('a fit', () => {
  test.each(LAWS.filter(([family]) => family !== 'erlang'))(
    '%s is recognised and its parameters recovered',
    (family, law) => {
      const fit = fitLaw(sampleOf(law, 4000, 21), { seed: 3 })!;
      expect(fit.law.family).toBe(family);
      expect(fit.goodness!.distanceP).toBeGreaterThan(0.01);
      fit.law.parameters.forEach(({ value, name }, i) => {
        const interval = fit.intervals[i];
        if (interval === undefined) return;
        const truth = law.parameters[i]!.value;
        // Three standard errors instead of two: every one of some twenty intervals has to hold.
        const slack = (interval.high - interval.low) / 4;
        expect(truth, name).toBeGreaterThan(interval.low - slack);
        expect(truth, name).toBeLessThan(interval.high + slack);
        expect(interval.low, name).toBeLessThan(value);
        expect(interval.high, name).toBeGreaterThan(value);
      });
    },
  );

  test('an Erlang law is named where the stages are whole', () => {
    const fit = fitLaw(sampleOf(erlangLaw(3, 600), 4000, 2), { seed: 3 })!;
    expect(fit.law.family).toBe('erlang');
    expect(fit.law.parameters[0]!.value).toBe(3);
  });

  test('intervals hold the truth as often as they say', () => {
    let held = 0;
    for (let seed = 0; seed < 60; seed++) {
      const fit = fitLaw(sampleOf(gammaLaw(2, 100), 100, 1000 + seed), { families: ['gamma'], seed })!;
      const [mean] = fit.intervals;
      if (mean !== undefined && mean.low <= 100 && mean.high >= 100) held += 1;
    }
    // 57 are expected; fewer than 51 or all but 60 of 60 have a probability below 1 %.
    expect(held).toBeGreaterThanOrEqual(51);
  });

  test('p values are spread evenly where the family is right', () => {
    const small = Array.from({ length: 60 }, (_, seed) =>
      fitLaw(sampleOf(exponentialLaw(50), 50, 500 + seed), { families: ['exponential'], seed })!,
    ).filter(({ goodness }) => goodness!.distanceP <= 0.2).length;
    // 12 of 60 are expected; the bounds are three standard deviations away.
    expect(small).toBeGreaterThanOrEqual(3);
    expect(small).toBeLessThanOrEqual(21);
  });

  test('what no family fits becomes a list of means of groups', () => {
    const random = new Random(4);
    const clusters = [60, 3600, 90_000];
    const sample = Float64Array.from({ length: 900 }, () => clusters[random.below(3)]! * (1 + 0.001 * random.normal()));
    const fit = fitLaw(sample, { seed: 1 })!;
    expect(fit.law.family).toBe('empirical');
    expect(fit.rejected).toBeDefined();
    expect(fit.law.parameters.length).toBeLessThanOrEqual(20);
    expect(fit.law.mean / fit.mean).toBeCloseTo(1, 2);
    const raw = new Set(sample);
    expect(fit.law.parameters.filter(({ value }) => raw.has(value))).toEqual([]);
  });

  test('zeros are a class of their own', () => {
    const sample = [...sampleOf(exponentialLaw(100), 800, 9), ...new Array<number>(200).fill(0)];
    const fit = fitLaw(sample)!;
    expect(fit.zeroShare).toBeCloseTo(0.2, 12);
    expect(fit.law.family).toBe('exponential');
    expect(fit.law.mean * 0.8).toBeCloseTo(fit.mean, 6);
    expect(fit.zeroInterval.low).toBeLessThan(0.2);
    expect(fit.zeroInterval.high).toBeGreaterThan(0.2);
  });

  test('equal observations are a constant', () => {
    expect(fitLaw(new Array<number>(30).fill(1200))!.law).toMatchObject({ family: 'constant', mean: 1200 });
    expect(fitLaw(new Array<number>(30).fill(0))!.law).toMatchObject({ family: 'constant', mean: 0 });
  });

  test('too few observations have none', () => {
    expect(fitLaw([1, 2, 3, 4, 5, 6, 7, 8, 9])).toBeUndefined();
    expect(fitLaw([])).toBeUndefined();
  });

  test('the same seed gives the same figures', () => {
    const sample = sampleOf(gammaLaw(2, 100), 300, 1);
    expect(JSON.stringify(fitLaw(sample, { seed: 5 }))).toBe(JSON.stringify(fitLaw(sample, { seed: 5 })));
  });

  test("Anderson and Darling's statistic by hand", () => {
    const law = exponentialLaw(1);
    const x = Float64Array.of(0.5, 1.5);
    const [f, g] = [1 - Math.exp(-0.5), 1 - Math.exp(-1.5)];
    const byHand = -2 - (Math.log(f) + Math.log(1 - g) + 3 * (Math.log(g) + Math.log(1 - f))) / 2;
    expect(andersonDarling(x, law)).toBeCloseTo(byHand, 12);
    expect(distanceOf(x, law)).toBeCloseTo(Math.max(f, g - 0.5, 0.5 - f, 1 - g), 12);
  });

  test('groups hold all observations, each at least so many', () => {
    expect(groupMeans([1, 2, 3, 4, 5, 6], 2, 20)).toEqual([1.5, 3.5, 5.5]);
    expect(groupMeans([1, 2, 3], 10, 20)).toEqual([2]);
  });
});
