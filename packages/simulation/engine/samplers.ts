import { exp, log } from './elementary.ts';
import { RandomStream } from './random.ts';
import { f64 } from './scalars.ts';
import { logGamma } from './special.ts';
import { exponential, normalAt, standardNormal } from './ziggurat.ts';

/** 1 / 3 */
const ONE_THIRD: f64 = 0.3333333333333333;

/**
 * Gamma with mean `shape`, scale 1 (Marsaglia and Tsang, ACM TOMS 26(3), 2000; a shape below 1 by their boost).
 * @param shape above 0
 */
export function standardGamma(random: RandomStream, shape: f64): f64 {
  if (shape < 1) {
    // By logarithms, so that a very small shape does not round the uniform's power to 0 too early.
    const boosted = standardGamma(random, shape + 1);
    return boosted * exp(log(random.uniform()) / shape);
  }
  if (shape === 1) return exponential(random);
  return gammaAbove(random, gammaSize(shape), gammaSpread(shape));
}

/** What gammaAbove takes for a shape. */
export function gammaSize(shape: f64): f64 {
  return shape - ONE_THIRD;
}

export function gammaSpread(shape: f64): f64 {
  return 1 / Math.sqrt(9 * gammaSize(shape));
}

/** As standardGamma, for a shape above 1. @param d, c gammaSize and gammaSpread of the shape */
export function gammaAbove(random: RandomStream, d: f64, c: f64): f64 {
  for (;;) {
    const x = standardNormal(random);
    const t = 1 + c * x;
    if (t <= 0) continue;
    const v = t * t * t;
    const u = random.uniform();
    const square = x * x;
    if (u < 1 - 0.0331 * square * square) return d * v;
    if (log(u) < 0.5 * square + d * (1 - v + log(v))) return d * v;
  }
  return NaN;
}

/** As gammaAbove, by the block in hand; NaN where it takes more than that. */
// @inline
export function gammaAt(random: RandomStream, d: f64, c: f64): f64 {
  const x = normalAt(random, 0);
  const t = 1 + c * x;
  if (!(t > 0)) return NaN;
  const square = x * x;
  return random.uniformAt(2) < 1 - 0.0331 * square * square ? d * (t * t * t) : NaN;
}

/** Beta on 0 to 1, from two gammas. */
export function beta(random: RandomStream, a: f64, b: f64): f64 {
  const x = standardGamma(random, a);
  const y = standardGamma(random, b);
  return x === 0 && y === 0 ? (random.uniform() * (a + b) < a ? 1 : 0) : x / (x + y);
}

/** Triangular by inversion. */
export function triangular(random: RandomStream, low: f64, mode: f64, high: f64): f64 {
  const width = high - low;
  if (width === 0) return low;
  const u = random.uniform();
  const cut = (mode - low) / width;
  return u < cut ? low + Math.sqrt(u * width * (mode - low)) : high - Math.sqrt((1 - u) * width * (high - mode));
}

/** Poisson: products of uniforms below a mean of 10, transformed rejection PTRS above (Hörmann, 1993). */
export function poisson(random: RandomStream, mean: f64): f64 {
  if (mean <= 0) return 0;
  if (mean < 10) {
    const limit = exp(-mean);
    let product = random.uniform();
    let count: f64 = 0;
    while (product > limit) {
      product *= random.uniform();
      count++;
    }
    return count;
  }
  const root = Math.sqrt(mean);
  const b = 0.931 + 2.53 * root;
  const a = -0.059 + 0.02483 * b;
  const inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
  const vr = 0.9277 - 3.6224 / (b - 2);
  const logMean = log(mean);
  for (;;) {
    const u = random.uniform() - 0.5;
    const v = random.uniform();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= vr) return k;
    if (k < 0 || (us < 0.013 && v > us)) continue;
    if (log(v) + log(inverseAlpha) - log(a / (us * us) + b) <= k * logMean - mean - logGamma(k + 1)) return k;
  }
  return NaN;
}

/** Binomial: inversion for a small mean, transformed rejection BTRS otherwise (Hörmann, 1993). */
export function binomial(random: RandomStream, trials: f64, probability: f64): f64 {
  if (trials <= 0 || probability <= 0) return 0;
  if (probability >= 1) return trials;
  if (probability > 0.5) return trials - binomial(random, trials, 1 - probability);
  const odds = probability / (1 - probability);
  if (trials * probability < 10) {
    for (;;) {
      let term = exp(trials * log(1 - probability));
      let u = random.uniform();
      let k: f64 = 0;
      while (u > term && k <= trials) {
        u -= term;
        k++;
        term *= (odds * (trials - k + 1)) / k;
      }
      if (k <= trials) return k;
    }
  }
  const spread = Math.sqrt(trials * probability * (1 - probability));
  const b = 1.15 + 2.53 * spread;
  const a = -0.0873 + 0.0248 * b + 0.01 * probability;
  const c = trials * probability + 0.5;
  const vr = 0.92 - 4.2 / b;
  const alpha = (2.83 + 5.1 / b) * spread;
  const mode = Math.floor((trials + 1) * probability);
  const top = logGamma(mode + 1) + logGamma(trials - mode + 1);
  for (;;) {
    const u = random.uniform() - 0.5;
    let v = random.uniform();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + c);
    if (k < 0 || k > trials) continue;
    if (us >= 0.07 && v <= vr) return k;
    v = log((v * alpha) / (a / (us * us) + b));
    if (v <= top - logGamma(k + 1) - logGamma(trials - k + 1) + (k - mode) * log(odds)) return k;
  }
  return NaN;
}

/** Attempts up to and including the first success, by inversion. */
export function geometric(random: RandomStream, probability: f64): f64 {
  if (probability >= 1) return 1;
  return Math.floor(log(random.uniform()) / log(1 - probability)) + 1;
}

/** Weibull by inversion. */
export function weibull(random: RandomStream, shape: f64, scale: f64): f64 {
  return scale * exp(log(exponential(random)) / shape);
}
