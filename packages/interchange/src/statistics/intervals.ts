import { distributionQuantile, normalQuantile, upperGamma } from '@pathway/model';

/** A 95 % interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Two-sided standard normal quantile of 95 %. */
export const Z95 = normalQuantile(0.975);

/** Wilson's interval (1927) for a share of `count` in `of`. */
export function shareInterval(count: number, of: number): Interval {
  if (of === 0) return { low: 0, high: 1 };
  const p = count / of;
  const z2 = Z95 ** 2;
  const middle = (p + z2 / (2 * of)) / (1 + z2 / of);
  const half = (Z95 * Math.sqrt((p * (1 - p)) / of + z2 / (4 * of * of))) / (1 + z2 / of);
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}

/** The exact interval for the mean of a Poisson count (Garwood 1936). */
export function countInterval(count: number): Interval {
  return {
    low: count === 0 ? 0 : gammaQuantile(count, 0.025),
    high: gammaQuantile(count + 1, 0.975),
  };
}

/** Probability of a chi-squared variable above `value`. */
export function chiSquaredTail(value: number, degrees: number): number {
  return degrees > 0 ? upperGamma(degrees / 2, value / 2) : 1;
}

function gammaQuantile(shape: number, p: number): number {
  const law = { family: 'gamma', shape, scale: 1, unit: 1, from: -Infinity, to: Infinity } as const;
  return distributionQuantile(law, p);
}
