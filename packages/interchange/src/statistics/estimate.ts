import { normalCdf } from '@pathway/model';
import {
  boundedNormalLaw,
  erlangLaw,
  exponentialLaw,
  type Family,
  gammaLaw,
  hyperExponentialLaw,
  type Law,
  lognormalLaw,
  lognormalMixtureLaw,
  weibullLaw,
} from './laws.js';
import { minimise } from './minimise.js';

/** Sums that several families start from. */
interface SampleSums {
  readonly n: number;
  readonly mean: number;
  readonly sd: number;
  readonly logMean: number;
  readonly logSd: number;
}

function sumsOf(sample: ArrayLike<number>): SampleSums {
  const n = sample.length;
  let sum = 0;
  let logSum = 0;
  for (let i = 0; i < n; i++) {
    sum += sample[i]!;
    logSum += Math.log(sample[i]!);
  }
  const mean = sum / n;
  const logMean = logSum / n;
  let squares = 0;
  let logSquares = 0;
  for (let i = 0; i < n; i++) {
    squares += (sample[i]! - mean) ** 2;
    logSquares += (Math.log(sample[i]!) - logMean) ** 2;
  }
  return { n, mean, sd: Math.sqrt(squares / n), logMean, logSd: Math.sqrt(logSquares / n) };
}

/** Families that are tried for durations, the simpler before the richer. */
export const DURATION_FAMILIES: readonly Family[] = [
  'exponential',
  'erlang',
  'gamma',
  'lognormal',
  'weibull',
  'normal',
  'hyper-exponential',
  'lognormal mixture',
];

/**
 * The law of a family that makes a sample of positive numbers most likely; undefined where there is no such maximum
 * within what the language can write.
 */
export function estimate(family: Family, sample: ArrayLike<number>, sums = sumsOf(sample)): Law | undefined {
  if (!(sums.sd > 0)) return undefined;
  switch (family) {
    case 'exponential':
      return exponentialLaw(sums.mean);
    case 'gamma':
      return gammaLaw(gammaShape(sums), sums.mean);
    case 'erlang': {
      const stages = Math.round(gammaShape(sums));
      return stages >= 2 && stages <= 50 ? erlangLaw(stages, sums.mean) : undefined;
    }
    case 'lognormal':
      return lognormalLaw(sums.logMean, sums.logSd);
    case 'weibull':
      return weibull(sample, sums);
    case 'normal':
      return normalAboveZero(sums);
    case 'hyper-exponential':
      return hyperExponential(sample, sums);
    case 'lognormal mixture':
      return lognormalMixture(sample, sums);
    default:
      return undefined;
  }
}

/** Newton's method on ln k − ψ(k) = ln mean − mean of logarithms, from Minka's starting value (2002). */
function gammaShape({ mean, logMean }: SampleSums): number {
  const s = Math.max(Math.log(mean) - logMean, 1e-12);
  let k = (3 - s + Math.sqrt((s - 3) ** 2 + 24 * s)) / (12 * s);
  for (let i = 0; i < 30; i++) {
    const change = (Math.log(k) - digamma(k) - s) / (1 / k - trigamma(k));
    k = Math.max(k / 10, k - change);
    if (Math.abs(change) < 1e-10 * k) break;
  }
  return k;
}

/** Newton's method on the likelihood equation of the shape; the scale follows. */
function weibull(sample: ArrayLike<number>, { logMean, logSd }: SampleSums): Law | undefined {
  const logs = Float64Array.from({ length: sample.length }, (_, i) => Math.log(sample[i]!) - logMean);
  let k = Math.PI / Math.sqrt(6) / logSd;
  let power = 1;
  for (let i = 0; i < 60; i++) {
    let s0 = 0;
    let s1 = 0;
    let s2 = 0;
    for (const log of logs) {
      const weight = Math.exp(k * log);
      s0 += weight;
      s1 += weight * log;
      s2 += weight * log * log;
    }
    if (!Number.isFinite(s2)) return undefined;
    power = s0 / logs.length;
    const value = s1 / s0 - 1 / k;
    const slope = s2 / s0 - (s1 / s0) ** 2 + 1 / k ** 2;
    const next = Math.min(Math.max(k - value / slope, k / 3), k * 3);
    const done = Math.abs(next - k) < 1e-10 * k;
    k = next;
    if (done) break;
  }
  return k > 0.05 && k < 500 ? weibullLaw(k, Math.exp(logMean) * power ** (1 / k)) : undefined;
}

/**
 * A normal law that is drawn again below 0. Its likelihood needs only mean and variance of the sample. One whose middle
 * lies far below 0 is left to other families.
 */
function normalAboveZero({ mean, sd }: SampleSums): Law | undefined {
  const cost = ([middle, logSpread]: readonly number[]): number => {
    const mu = middle! * sd;
    const sigma = Math.exp(logSpread!) * sd;
    return Math.log(sigma * normalCdf(mu / sigma)) + (sd ** 2 + (mean - mu) ** 2) / (2 * sigma ** 2);
  };
  const best = minimise(cost, [mean / sd, 0]);
  const mu = best[0]! * sd;
  const sigma = Math.exp(best[1]!) * sd;
  return mu > -sigma ? boundedNormalLaw(mu, sigma, 0, mu + 10 * sigma) : undefined;
}

const ROUNDS = 300;

/** Expectation and maximisation for two exponential phases, from phases above and below the mean. */
function hyperExponential(sample: ArrayLike<number>, { mean, sd, n }: SampleSums): Law | undefined {
  if (sd <= mean || n < 20) return undefined;
  let portion = 0.2;
  let usual = mean * 0.5;
  let other = mean * 3;
  for (let round = 0; round < ROUNDS; round++) {
    let weight = 0;
    let first = 0;
    let second = 0;
    for (let i = 0; i < n; i++) {
      const x = sample[i]!;
      const b = (portion / other) * Math.exp(-x / other);
      const a = ((1 - portion) / usual) * Math.exp(-x / usual);
      const r = a + b === 0 ? 1 : b / (a + b);
      weight += r;
      second += r * x;
      first += (1 - r) * x;
    }
    if (weight < 1 || weight > n - 1) return undefined;
    const next = { portion: weight / n, usual: first / (n - weight), other: second / weight };
    const still = Math.abs(next.usual - usual) < 1e-7 * usual && Math.abs(next.other - other) < 1e-7 * other;
    ({ portion, usual, other } = next);
    if (still) break;
  }
  if (!(other > usual * 1.2)) return undefined;
  return portion <= 0.5 ? hyperExponentialLaw(usual, other, portion) : hyperExponentialLaw(other, usual, 1 - portion);
}

/** The same for two normal laws of the logarithm with one spread. */
function lognormalMixture(sample: ArrayLike<number>, { logMean, logSd, n }: SampleSums): Law | undefined {
  if (n < 50) return undefined;
  const logs = Float64Array.from({ length: n }, (_, i) => Math.log(sample[i]!));
  let portion = 0.5;
  let low = logMean - logSd;
  let high = logMean + logSd;
  let variance = logSd ** 2 / 2;
  for (let round = 0; round < ROUNDS; round++) {
    let weight = 0;
    let upper = 0;
    let lower = 0;
    let squares = 0;
    for (const log of logs) {
      const odds = ((1 - portion) / portion) * Math.exp(((log - high) ** 2 - (log - low) ** 2) / (2 * variance));
      const r = 1 / (1 + odds);
      weight += r;
      upper += r * log;
      lower += (1 - r) * log;
      squares += r * (log - high) ** 2 + (1 - r) * (log - low) ** 2;
    }
    if (weight < 5 || weight > n - 5) return undefined;
    const next = { portion: weight / n, high: upper / weight, low: lower / (n - weight), variance: squares / n };
    const still = Math.abs(next.high - high) + Math.abs(next.low - low) < 1e-8 * logSd;
    ({ portion, high, low, variance } = next);
    if (variance < 1e-12) return undefined;
    if (still) break;
  }
  const sigma = Math.sqrt(variance);
  if (!(high - low > sigma * 0.5)) return undefined;
  return portion <= 0.5
    ? lognormalMixtureLaw(Math.exp(low), Math.exp(high), portion, sigma)
    : lognormalMixtureLaw(Math.exp(high), Math.exp(low), 1 - portion, sigma);
}

/** ψ(x) for x > 0: recurrence up to 10, then the asymptotic series (Abramowitz and Stegun 6.3.18). */
export function digamma(x: number): number {
  let value = 0;
  let at = x;
  for (; at < 10; at++) value -= 1 / at;
  const f = 1 / at ** 2;
  return (
    value +
    Math.log(at) -
    0.5 / at -
    f * (1 / 12 - f * (1 / 120 - f * (1 / 252 - f * (1 / 240 - f * (1 / 132 - f * (691 / 32_760))))))
  );
}

/** ψ′(x) for x > 0, in the same way (6.4.12). */
export function trigamma(x: number): number {
  let value = 0;
  let at = x;
  for (; at < 12; at++) value += 1 / at ** 2;
  const f = 1 / at ** 2;
  return value + 1 / at + f / 2 + (f / at) * (1 / 6 - f * (1 / 30 - f * (1 / 42 - f * (1 / 30 - f * (5 / 66)))));
}
