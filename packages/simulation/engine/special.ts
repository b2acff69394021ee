import { exp, log } from './elementary.ts';
import { Doubles, newDoubles } from './platform.ts';
import { f64 } from './scalars.ts';

/*
 * Lanczos' approximation with g = 7 and nine terms (Godfrey's coefficients): relative error below 1e-14 for
 * positive arguments.
 */
const LANCZOS_0: f64 = 0.99999999999980993;
const LANCZOS: Doubles = lanczos();

function lanczos(): Doubles {
  const c = newDoubles(9);
  c[1] = 676.5203681218851;
  c[2] = -1259.1392167224028;
  c[3] = 771.32342877765313;
  c[4] = -176.61502916214059;
  c[5] = 12.507343278686905;
  c[6] = -0.13857109526572012;
  c[7] = 9.9843695780195716e-6;
  c[8] = 1.5056327351493116e-7;
  return c;
}

const HALF_LOG_TWO_PI: f64 = 0.91893853320467274178;

/** Logarithm of the gamma function for x > 0. */
export function logGamma(x: f64): f64 {
  if (x < 0.5) return logGamma(x + 1) - log(x);
  const z = x - 1;
  let sum = LANCZOS_0;
  for (let i = 1; i < 9; i++) sum += LANCZOS[i]! / (z + i);
  const t = z + 7.5;
  return HALF_LOG_TWO_PI + (z + 0.5) * log(t) - t + log(sum);
}

/** Gamma function for x > 0. */
function gammaFunction(x: f64): f64 {
  return exp(logGamma(x));
}

/** Second moment of a Weibull distribution of this shape over the square of its mean. */
function momentRatio(shape: f64): f64 {
  return exp(logGamma(1 + 2 / shape) - 2 * logGamma(1 + 1 / shape));
}

/** Shape of a Weibull distribution with the given coefficient of variation, by bisection; used for mean/sd forms. */
export function weibullShape(coefficientOfVariation: f64): f64 {
  const target = 1 + coefficientOfVariation * coefficientOfVariation;
  let low: f64 = 0.05;
  let high: f64 = 1000;
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (momentRatio(middle) > target) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Scale of a Weibull distribution with this mean and shape. */
export function weibullScale(mean: f64, shape: f64): f64 {
  return mean / gammaFunction(1 + 1 / shape);
}
