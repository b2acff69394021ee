import { incompleteBeta } from '@pathway/model';
import { chiSquaredTail } from './intervals.js';

/** How much counts of stretches of equal length vary. */
export interface Dispersion {
  /** Variance over mean, given what was expected of each: 1 of a Poisson process. */
  readonly index: number;
  /** Stretches that were counted. */
  readonly stretches: number;
  /** Two-sided p that the index is 1. */
  readonly p: number;
}

/** Fewer stretches say little of how much they vary. */
const FEWEST = 8;

/**
 * The index of dispersion of counts.
 * @param expected of each stretch; those of which nothing is expected are left out
 * @param fitted numbers that were estimated from these counts
 * @returns undefined for fewer than eight stretches more than `fitted`
 */
export function dispersionOf(
  counts: ArrayLike<number>,
  expected: (stretch: number) => number,
  fitted = 1,
): Dispersion | undefined {
  let squares = 0;
  let stretches = 0;
  for (let i = 0; i < counts.length; i++) {
    const mean = expected(i);
    if (mean <= 0) continue;
    squares += (counts[i]! - mean) ** 2 / mean;
    stretches += 1;
  }
  const degrees = stretches - fitted;
  if (stretches < FEWEST || degrees < 1) return undefined;
  const above = chiSquaredTail(squares, degrees);
  return { index: squares / degrees, stretches, p: Math.min(1, 2 * Math.min(above, 1 - above)) };
}

/**
 * p that classes of counts do not differ, from the chi-squared statistic of a Poisson process: where counts of one class vary
 * more than that, classes differ more by chance as well, and the ratio of both has an F distribution (quasi-likelihood;
 * McCullagh and Nelder 1989, section 4.5).
 * @param within how counts vary that are of one class
 */
export function differenceP(squares: number, degrees: number, within: Dispersion | undefined, fitted: number): number {
  if (within === undefined || within.index <= 1) return chiSquaredTail(squares, degrees);
  const rest = within.stretches - fitted;
  const ratio = squares / degrees / within.index;
  return incompleteBeta(rest / (rest + degrees * ratio), rest / 2, degrees / 2);
}
