import { exp, expBetween, log } from './elementary.ts';
import { Doubles } from './platform.ts';
import { RandomStream } from './random.ts';
import {
  beta,
  binomial,
  gammaAbove,
  gammaAt,
  gammaSize,
  gammaSpread,
  geometric,
  poisson,
  standardGamma,
  triangular,
  weibull,
} from './samplers.ts';
import { f64, i32 } from './scalars.ts';
import { weibullScale, weibullShape } from './special.ts';
import { exponential, exponentialAt, normalAt, standardNormal } from './ziggurat.ts';

/** Stands for a number that is not drawn. */
export const LAW_CONSTANT: i32 = -1;
/** The laws that can be drawn from, each with the parameters that its sampler takes; first those of `drawAtOnce`. */
const LAW_EXPONENTIAL: i32 = 0; // mean
const LAW_UNIFORM: i32 = 1; // low, high
const LAW_NORMAL: i32 = 2; // mean, sd
const LAW_LOGNORMAL: i32 = 3; // mu, sigma
const LAW_GAMMA: i32 = 4; // shape, scale, and what gammaAbove takes
const LAW_TRIANGULAR: i32 = 5; // low, mode, high
const LAW_PERT: i32 = 6; // low, width, alpha, beta
const LAW_WEIBULL: i32 = 7; // shape, scale
const LAW_BETA: i32 = 8; // alpha, beta
const LAW_POISSON: i32 = 9; // mean
const LAW_BINOMIAL: i32 = 10; // trials, probability
const LAW_GEOMETRIC: i32 = 11; // probability

/** Families as they are written; forms count the ways in which a family's parameters may be given. */
export const FAMILY_EXPONENTIAL: i32 = 0;
export const FAMILY_UNIFORM: i32 = 1;
export const FAMILY_TRIANGULAR: i32 = 2;
export const FAMILY_PERT: i32 = 3;
export const FAMILY_NORMAL: i32 = 4;
export const FAMILY_LOGNORMAL: i32 = 5;
export const FAMILY_GAMMA: i32 = 6;
export const FAMILY_ERLANG: i32 = 7;
export const FAMILY_WEIBULL: i32 = 8;
export const FAMILY_BETA: i32 = 9;
export const FAMILY_POISSON: i32 = 10;
export const FAMILY_BINOMIAL: i32 = 11;
export const FAMILY_GEOMETRIC: i32 = 12;

/** What prepareLaw gives where the law does not exist: no such family, or what its parameters lack. */
const NO_SUCH_FAMILY: i32 = -1;
export const NEEDS_MEAN: i32 = -2;
export const NEEDS_ORDERED_ENDS: i32 = -3;
export const NEEDS_ORDERED_MODE: i32 = -4;
export const NEEDS_SPREAD: i32 = -5;
export const NEEDS_SIGMA: i32 = -6;
export const NEEDS_POSITIVE_MEAN_AND_SPREAD: i32 = -7;
export const NEEDS_SHAPE_AND_SCALE: i32 = -8;
export const NEEDS_STAGES: i32 = -9;
export const NEEDS_POSITIVE_MEAN_AND_POSITIVE_SPREAD: i32 = -10;
export const NEEDS_ALPHA_AND_BETA: i32 = -11;
export const NEEDS_MEAN_WITHIN: i32 = -12;
export const NEEDS_TRIALS: i32 = -13;
export const NEEDS_PROBABILITY: i32 = -14;

function law(which: i32, into: Doubles, a: f64, b: f64, c: f64, d: f64): i32 {
  into[0] = a;
  into[1] = b;
  into[2] = c;
  into[3] = d;
  return which;
}

function pert(into: Doubles, low: f64, mode: f64, high: f64): i32 {
  const width = high - low;
  if (width === 0) return law(LAW_PERT, into, low, 0, 1, 1);
  return law(LAW_PERT, into, low, width, 1 + (4 * (mode - low)) / width, 1 + (4 * (high - mode)) / width);
}

function lognormal(into: Doubles, mean: f64, spread: f64): i32 {
  const variance = log(1 + (spread / mean) * (spread / mean));
  return law(LAW_LOGNORMAL, into, log(mean) - variance / 2, Math.sqrt(variance), 0, 0);
}

function gammaOf(into: Doubles, shape: f64, scale: f64): i32 {
  return law(LAW_GAMMA, into, shape, scale, gammaSize(shape), gammaSpread(shape));
}

function gamma(into: Doubles, mean: f64, spread: f64): i32 {
  if (spread === 0) return law(LAW_NORMAL, into, mean, 0, 0, 0);
  return gammaOf(into, (mean / spread) * (mean / spread), (spread * spread) / mean);
}

function weibullOf(into: Doubles, mean: f64, spread: f64): i32 {
  const shape = weibullShape(spread / mean);
  return law(LAW_WEIBULL, into, shape, weibullScale(mean, shape), 0, 0);
}

/**
 * Turns parameters as written into those of the sampler.
 * @param family one of FAMILY_…
 * @param form in which its parameters are given
 * @param a, b, c parameters in the order of the form; NaN for those that it does not have
 * @param into receives the sampler's parameters, four of them
 * @returns one of LAW_…, or below 0 what is wrong
 */
export function prepareLaw(family: i32, form: i32, a: f64, b: f64, c: f64, into: Doubles): i32 {
  const squared = form === 2 || (family === FAMILY_NORMAL && form === 1);
  const spread = squared ? Math.sqrt(b) : b;
  switch (family) {
    case FAMILY_EXPONENTIAL: {
      const mean = form === 0 ? a : 1 / a;
      return mean >= 0 ? law(LAW_EXPONENTIAL, into, mean, 0, 0, 0) : NEEDS_MEAN;
    }
    case FAMILY_UNIFORM:
      return a <= b ? law(LAW_UNIFORM, into, a, b, 0, 0) : NEEDS_ORDERED_ENDS;
    case FAMILY_TRIANGULAR:
      return a <= b && b <= c ? law(LAW_TRIANGULAR, into, a, b, c, 0) : NEEDS_ORDERED_MODE;
    case FAMILY_PERT:
      return a <= b && b <= c ? pert(into, a, b, c) : NEEDS_ORDERED_MODE;
    case FAMILY_NORMAL:
      return spread >= 0 ? law(LAW_NORMAL, into, a, spread, 0, 0) : NEEDS_SPREAD;
    case FAMILY_LOGNORMAL:
      if (form === 0) return b >= 0 ? law(LAW_LOGNORMAL, into, a, b, 0, 0) : NEEDS_SIGMA;
      return a > 0 && spread >= 0 ? lognormal(into, a, spread) : NEEDS_POSITIVE_MEAN_AND_SPREAD;
    case FAMILY_GAMMA:
      if (form === 0) return a > 0 && b >= 0 ? gammaOf(into, a, b) : NEEDS_SHAPE_AND_SCALE;
      return a > 0 && spread >= 0 ? gamma(into, a, spread) : NEEDS_POSITIVE_MEAN_AND_SPREAD;
    case FAMILY_ERLANG: {
      const stages = Math.round(a);
      return a >= 1 && b >= 0 ? gammaOf(into, stages, b / stages) : NEEDS_STAGES;
    }
    case FAMILY_WEIBULL:
      if (form === 0) return a > 0 && b >= 0 ? law(LAW_WEIBULL, into, a, b, 0, 0) : NEEDS_SHAPE_AND_SCALE;
      return a > 0 && b > 0 ? weibullOf(into, a, b) : NEEDS_POSITIVE_MEAN_AND_POSITIVE_SPREAD;
    case FAMILY_BETA: {
      if (form === 0) return a > 0 && b > 0 ? law(LAW_BETA, into, a, b, 0, 0) : NEEDS_ALPHA_AND_BETA;
      const size = (a * (1 - a)) / (b * b) - 1;
      if (!(a > 0 && a < 1 && size > 0)) return NEEDS_MEAN_WITHIN;
      return law(LAW_BETA, into, a * size, (1 - a) * size, 0, 0);
    }
    case FAMILY_POISSON:
      return a >= 0 ? law(LAW_POISSON, into, a, 0, 0, 0) : NEEDS_MEAN;
    case FAMILY_BINOMIAL:
      return a >= 0 && b >= 0 && b <= 1 ? law(LAW_BINOMIAL, into, Math.round(a), b, 0, 0) : NEEDS_TRIALS;
    case FAMILY_GEOMETRIC:
      return a > 0 && a <= 1 ? law(LAW_GEOMETRIC, into, a, 0, 0, 0) : NEEDS_PROBABILITY;
    default:
      return NO_SUCH_FAMILY;
  }
}

/**
 * One draw.
 * @param which one of LAW_…
 * @param p parameters of the sampler, from index `at`
 */
export function drawLaw(random: RandomStream, which: i32, p: Doubles, at: i32): f64 {
  const a = p[at]!;
  const b = p[at + 1]!;
  switch (which) {
    case LAW_EXPONENTIAL:
      return a * exponential(random);
    case LAW_UNIFORM:
      return a + (b - a) * random.uniform();
    case LAW_TRIANGULAR:
      return triangular(random, a, b, p[at + 2]!);
    case LAW_PERT:
      return b === 0 ? a : a + b * beta(random, p[at + 2]!, p[at + 3]!);
    case LAW_NORMAL:
      return a + b * standardNormal(random);
    case LAW_LOGNORMAL:
      return exp(a + b * standardNormal(random));
    case LAW_GAMMA:
      return b * (a > 1 ? gammaAbove(random, p[at + 2]!, p[at + 3]!) : standardGamma(random, a));
    case LAW_WEIBULL:
      return weibull(random, a, b);
    case LAW_BETA:
      return beta(random, a, b);
    case LAW_POISSON:
      return poisson(random, a);
    case LAW_BINOMIAL:
      return binomial(random, a, b);
    default:
      return geometric(random, a);
  }
}

/**
 * As drawLaw for an address, where the first words of its first block are enough, which they nearly always are for the
 * laws that times are mostly drawn from; NaN where they are not.
 */
// @inline
export function drawAtOnce(
  random: RandomStream,
  who: i32,
  whose: i32,
  what: i32,
  visit: i32,
  which: i32,
  p: Doubles,
  at: i32,
): f64 {
  if (which > LAW_GAMMA) return NaN;
  random.firstBlock(who, whose, what, visit);
  const a = p[at]!;
  const b = p[at + 1]!;
  if (which === LAW_LOGNORMAL) {
    const x = a + b * normalAt(random, 0);
    const size = Math.abs(x);
    return size > 1.04 && size < 700 ? expBetween(x) : NaN;
  }
  if (which === LAW_EXPONENTIAL) return a * exponentialAt(random, 0);
  if (which === LAW_GAMMA) return a > 1 ? b * gammaAt(random, p[at + 2]!, p[at + 3]!) : NaN;
  return which === LAW_NORMAL ? a + b * normalAt(random, 0) : a + (b - a) * random.uniformAt(0);
}

/** One draw for an address, by those who make no other from there. */
export function drawFor(
  random: RandomStream,
  who: i32,
  whose: i32,
  what: i32,
  visit: i32,
  which: i32,
  p: Doubles,
  at: i32,
): f64 {
  const drawn = drawAtOnce(random, who, whose, what, visit, which, p, at);
  if (!isNaN(drawn)) return drawn;
  random.begin(who, whose, what, visit);
  return drawLaw(random, which, p, at);
}
