import { describe, expect, test } from 'vitest';
import { DoubleWriter } from '../engine/arrays.js';
import { exp, log, power } from '../engine/elementary.js';
import { drawLaw } from '../engine/laws.js';
import { philoxRounds } from '../engine/platform.js';
import { RandomStream } from '../engine/random.js';
import { Sample as EngineSample } from '../engine/sample.js';
import { logGamma } from '../engine/special.js';
import { incompleteBeta, student95, studentQuantile } from '../src/numeric/special.js';
import { readSample } from '../src/engine/run-record.js';
import { prepareLaw } from '../src/random/distribution-table.js';
import { hashText } from '../src/random/hash.js';
import type { Sample } from '../src/statistics/sample.js';

describe('numbers', () => {
  test('log and exp agree with the platform to the last place or so, also at the edges', () => {
    const random = new RandomStream(1, 0, 0);
    random.address(0, 0, 0, 0);
    for (let i = 0; i < 20_000; i++) {
      const x = (random.uniform() - 0.5) * 1400;
      expect(Math.abs(exp(x) / Math.exp(x) - 1)).toBeLessThan(5e-16);
      const y = Math.exp((random.uniform() - 0.5) * 600);
      expect(Math.abs(log(y) - Math.log(y))).toBeLessThanOrEqual(3e-16 * Math.max(1, Math.abs(Math.log(y))));
    }
    expect([log(0), log(1), log(Infinity), exp(0), exp(-Infinity), exp(Infinity)]).toEqual([
      -Infinity,
      0,
      Infinity,
      1,
      0,
      Infinity,
    ]);
    expect(log(-1)).toBeNaN();
    expect(exp(NaN)).toBeNaN();
    expect(log(5e-324)).toBeCloseTo(-744.4400719213812, 10);
    expect(exp(-745)).toBe(5e-324);
    expect([power(2, 10), power(2, -1), power(9, 0.5)]).toEqual([1024, 0.5, expect.closeTo(3, 14)]);
  });

  test('gamma, beta and Student’s t agree with published tables', () => {
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 13);
    expect(logGamma(11)).toBeCloseTo(Math.log(3_628_800), 12);
    expect(incompleteBeta(0.5, 2, 3)).toBeCloseTo(0.6875, 13);
    expect([1, 2, 4, 9, 29, 99, 149].map((d) => Number(student95(d).toFixed(4)))).toEqual([
      12.7062, 4.3027, 2.7764, 2.2622, 2.0452, 1.9842, 1.976,
    ]);
    expect(studentQuantile(0.025, 9)).toBe(-studentQuantile(0.975, 9));
  });
});

describe('Philox4x32-10', () => {
  test('gives the known answers of its authors', () => {
    const block = (counter: readonly number[], key: readonly number[]): string[] => {
      const words = new Int32Array([0, 0, 0, 0, ...key]);
      const [a = 0, b = 0, c = 0, d = 0] = counter;
      philoxRounds(a, b, c, d, words);
      return [...words.subarray(0, 4)].map((word) => (word >>> 0).toString(16).padStart(8, '0'));
    };
    expect(block([0, 0, 0, 0], [0, 0])).toEqual(['6627e8d5', 'e169c58d', 'bc57ac4c', '9b00dbd8']);
    expect(block([-1, -1, -1, -1], [-1, -1])).toEqual(['408f276d', '41c83b0e', 'a20bc7c6', '6d5451fd']);
    expect(block([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0])).toEqual([
      'd16cfe09',
      '94fdcceb',
      '5001e420',
      '24126ea1',
    ]);
  });

  test('different addresses are different streams, whatever was drawn before', () => {
    const random = new RandomStream(7, 0, 2);
    const first = (who: number, what: string, visit: number): number => {
      random.address(who, hashText('cohort'), hashText(what), visit);
      return random.uniform();
    };
    const a = first(1, 'Scan', 0);
    const values = [a, first(2, 'Scan', 0), first(1, 'Bed', 0), first(1, 'Scan', 1)];
    expect(new Set(values).size).toBe(4);
    expect(first(1, 'Scan', 0)).toBe(a);
    expect(hashText('a')).not.toBe(hashText('b'));
  });
});

/** Regularised lower incomplete gamma by its series, enough for tests. */
function gammaCdf(shape: number, x: number): number {
  if (x <= 0) return 0;
  let term = 1 / shape;
  let sum = term;
  for (let k = 1; k < 2000; k++) {
    term *= x / (shape + k);
    sum += term;
  }
  return sum * Math.exp(-x + shape * Math.log(x) - logGamma(shape));
}

function normalCdf(z: number): number {
  const half = gammaCdf(0.5, (z * z) / 2) / 2;
  return z >= 0 ? 0.5 + half : 0.5 - half;
}

function draws(family: string, form: number, parameters: readonly number[], count: number): number[] {
  const law = prepareLaw(family, form, parameters);
  if (typeof law === 'string') throw new Error(law);
  const random = new RandomStream(42, 0, 0);
  const values: number[] = [];
  for (let i = 0; i < count; i++) {
    // As in a run: each patient draws from an address of their own.
    random.address(i, hashText('cohort'), hashText(family), 0);
    values.push(drawLaw(random, law.law, Float64Array.from(law.parameters), 0));
  }
  return values;
}

const N = 40_000;

/** What the engine keeps of values, as the results read it. */
function sampleOf(values: readonly number[]): Sample {
  const sample = new EngineSample();
  for (const value of values) sample.add(value);
  const report = new DoubleWriter();
  sample.report(report);
  return readSample(report.items.slice(0, report.count));
}

describe('samplers have the law that they are named for', () => {
  const continuous: [string, number, number[], (x: number) => number][] = [
    ['exponential', 0, [2], (x) => 1 - Math.exp(-x / 2)],
    ['uniform', 0, [3, 5], (x) => (x - 3) / 2],
    ['triangular', 0, [0, 1, 4], (x) => (x < 1 ? (x * x) / 4 : 1 - (4 - x) ** 2 / 12)],
    ['pert', 0, [0, 2, 10], (x) => incompleteBeta(x / 10, 1.8, 4.2)],
    ['normal', 0, [1, 2], (x) => normalCdf((x - 1) / 2)],
    ['lognormal', 0, [0.5, 0.8], (x) => normalCdf((Math.log(x) - 0.5) / 0.8)],
    ['gamma', 0, [0.4, 1], (x) => gammaCdf(0.4, x)],
    ['gamma', 0, [3.7, 1], (x) => gammaCdf(3.7, x)],
    ['erlang', 0, [3, 3], (x) => gammaCdf(3, x)],
    ['weibull', 0, [1.7, 2], (x) => 1 - Math.exp(-((x / 2) ** 1.7))],
    ['beta', 0, [2, 3.5], (x) => incompleteBeta(x, 2, 3.5)],
  ];
  test.each(continuous)('%s (form %i, %j): Kolmogorov and Smirnov', (family, form, parameters, cdf) => {
    const values = draws(family, form, parameters, N).sort((a, b) => a - b);
    let distance = 0;
    values.forEach((x, i) => {
      const p = cdf(x);
      distance = Math.max(distance, p - i / N, (i + 1) / N - p);
    });
    // 1.95 / sqrt(N) is the 99.9 % point.
    expect(distance).toBeLessThan(1.95 / Math.sqrt(N));
  });

  const factorial = (k: number): number => Math.exp(logGamma(k + 1));
  const discrete: [string, number[], (k: number) => number][] = [
    ['poisson', [3], (k) => (Math.exp(-3) * 3 ** k) / factorial(k)],
    ['poisson', [40], (k) => Math.exp(k * Math.log(40) - 40 - logGamma(k + 1))],
    ['binomial', [12, 0.3], (k) => (factorial(12) / factorial(k) / factorial(12 - k)) * 0.3 ** k * 0.7 ** (12 - k)],
    [
      'binomial',
      [100, 0.6],
      (k) =>
        Math.exp(logGamma(101) - logGamma(k + 1) - logGamma(101 - k) + k * Math.log(0.6) + (100 - k) * Math.log(0.4)),
    ],
    ['geometric', [0.35], (k) => (k < 1 ? 0 : 0.35 * 0.65 ** (k - 1))],
  ];
  test.each(discrete)('%s(%j): chi-square', (family, parameters, mass) => {
    const counts = new Map<number, number>();
    for (const k of draws(family, 0, parameters, N)) counts.set(k, (counts.get(k) ?? 0) + 1);
    let statistic = 0;
    let cells = 0;
    for (let k = 0; k <= 100; k++) {
      const expected = N * mass(k);
      if (!(expected >= 5)) continue;
      statistic += ((counts.get(k) ?? 0) - expected) ** 2 / expected;
      cells++;
    }
    const degrees = cells - 1;
    // Wilson and Hilferty's 99.9 % point.
    expect(statistic).toBeLessThan(degrees * (1 - 2 / (9 * degrees) + 3.09 * Math.sqrt(2 / (9 * degrees))) ** 3);
  });

  test.each([
    ['lognormal', 1, [7, 8.7]],
    ['lognormal', 2, [7, 8.7 ** 2]],
    ['gamma', 1, [7, 3]],
    ['gamma', 2, [7, 9]],
    ['weibull', 1, [7, 3]],
    ['normal', 1, [7, 4]],
  ] as const)('%s form %i %j has the mean and spread that were asked for', (family, form, parameters) => {
    const sample = sampleOf(draws(family, form, parameters, N));
    const sd = form === 2 || family === 'normal' ? Math.sqrt(parameters[1]) : parameters[1];
    expect(Math.abs(sample.mean - 7)).toBeLessThan((4 * sd) / Math.sqrt(N));
    expect(Math.abs(sample.sd / sd - 1)).toBeLessThan(0.1);
  });
});

test('quantiles are exact up to a limit and within 0.1 % beyond it', () => {
  expect(sampleOf([4, 1, 3, 2]).quantiles([0, 0.5, 1])).toEqual([1, 2.5, 4]);
  const large = sampleOf(Array.from({ length: 200_000 }, (_, i) => i + 1));
  expect(large.exact).toBe(false);
  for (const share of [0.01, 0.5, 0.9, 0.999]) {
    expect(Math.abs((large.quantiles([share])[0] ?? 0) / (share * 200_000) - 1)).toBeLessThan(0.0011);
  }
});
