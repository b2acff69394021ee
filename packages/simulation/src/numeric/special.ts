import { exp, log } from '../../engine/elementary.js';
import { logGamma } from '../../engine/special.js';

/**
 * Regularised incomplete beta function I_x(a, b), by Lentz's continued fraction (Numerical Recipes, section 6.4).
 * @param x within 0 to 1
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * log(x) + b * log(1 - x));
  if (x < (a + 1) / (a + b + 2)) return (front * betaFraction(x, a, b)) / a;
  return 1 - (front * betaFraction(1 - x, b, a)) / b;
}

function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const guard = (value: number): number => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / guard(1 - ((a + b) * x) / (a + 1));
  let result = d;
  for (let m = 1; m <= 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / guard(1 + even * d);
    c = guard(1 + even / c);
    result *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / guard(1 + odd * d);
    c = guard(1 + odd / c);
    const factor = d * c;
    result *= factor;
    if (Math.abs(factor - 1) < 1e-15) break;
  }
  return result;
}

/** Probability that Student's t with `degrees` of freedom is at most `t`. */
export function studentCdf(t: number, degrees: number): number {
  const tail = 0.5 * incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5);
  return t >= 0 ? 1 - tail : tail;
}

/**
 * Quantile of Student's t: bisection on the distribution function until the interval no longer shrinks.
 * @param probability strictly between 0 and 1
 * @param degrees of freedom, at least 1
 */
export function studentQuantile(probability: number, degrees: number): number {
  if (probability === 0.5) return 0;
  if (probability < 0.5) return -studentQuantile(1 - probability, degrees);
  let low = 0;
  let high = 1;
  while (studentCdf(high, degrees) < probability) high *= 2;
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (studentCdf(middle, degrees) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * Quantile of the beta distribution: bisection on the distribution function until the interval no longer shrinks.
 * @param probability strictly between 0 and 1
 */
export function betaQuantile(probability: number, a: number, b: number): number {
  let [low, high] = [0, 1];
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (incompleteBeta(middle, a, b) < probability) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

const cached = new Map<string, number>();

/** Half-width factor of a two-sided interval of this confidence with so many degrees of freedom. */
export function studentFactor(confidence: number, degrees: number): number {
  const key = `${confidence} ${degrees}`;
  let value = cached.get(key);
  if (value === undefined) {
    value = studentQuantile(0.5 + confidence / 2, degrees);
    cached.set(key, value);
  }
  return value;
}

/** Half-width factor of a two-sided 95 % interval with so many degrees of freedom. */
export function student95(degrees: number): number {
  return studentFactor(0.95, degrees);
}
