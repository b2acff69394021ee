import type { PooledFigure } from './pooled-figure.js';

/** A figure of one replication after the other; null where a replication has none. */
type Values = readonly (number | null)[];

/** What only the order of adding makes of equal sums, as a share of their size. */
const ROUNDING = 1e-12;

/**
 * The values of one less those of another, replication by replication; null where either is missing. What differs by rounding
 * alone does not differ.
 */
export function differences(own: Values, other: Values): (number | null)[] {
  return Array.from({ length: Math.min(own.length, other.length) }, (_, r) => {
    const [x, y] = [own[r] ?? null, other[r] ?? null];
    if (x === null || y === null) return null;
    return Math.abs(x - y) <= ROUNDING * Math.max(Math.abs(x), Math.abs(y)) ? 0 : x - y;
  });
}

/**
 * Probability that a true difference lies on the better side of 0; 0.5 where there is none in any replication, undefined with fewer
 * than two.
 */
export function certaintyOfBetter(
  { values, estimate, probabilityUpTo }: PooledFigure,
  better: 'lower' | 'higher',
): number | undefined {
  if (estimate.replications < 2) return undefined;
  if (values.every((value) => value === null || value === 0)) return 0.5;
  return better === 'lower' ? probabilityUpTo(0, false) : 1 - probabilityUpTo(0, true);
}
