import { studentCdf } from '../numeric/special.js';
import { selectionProbability } from '../method/ranking.js';

/** A figure of one replication after the other; null where a replication has none. */
export type Values = readonly (number | null)[];

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
 * Probability that the true mean of paired differences lies on the better side of 0, by Student's t; 0.5 where all are 0,
 * undefined with fewer than two.
 */
export function certaintyOfBetter(differences: Values, better: 'lower' | 'higher'): number | undefined {
  const present = differences.filter((value) => value !== null);
  const n = present.length;
  if (n < 2) return undefined;
  const sign = better === 'lower' ? -1 : 1;
  const mean = present.reduce((sum, value) => sum + sign * value, 0) / n;
  const variance = present.reduce((sum, value) => sum + (sign * value - mean) ** 2, 0) / (n - 1);
  if (variance === 0) return mean > 0 ? 1 : mean < 0 ? 0 : 0.5;
  return studentCdf(mean / Math.sqrt(variance / n), n - 1);
}

/**
 * Which of several is best in the mean, and a lower bound of the probability that it is; undefined where fewer than two
 * have values. Ties go to the first.
 */
export function bestOf(
  all: readonly Values[],
  better: 'lower' | 'higher',
): { readonly place: number; readonly certainty: number } | undefined {
  const sign = better === 'lower' ? 1 : -1;
  const means = all.map((values) => {
    const present = values.filter((value) => value !== null);
    return present.length === 0
      ? Number.POSITIVE_INFINITY
      : (sign * present.reduce((sum, value) => sum + value, 0)) / present.length;
  });
  const place = means.indexOf(Math.min(...means));
  const own = all[place];
  if (own === undefined || means.filter(Number.isFinite).length < 2) return undefined;
  const others = all.filter((_, i) => i !== place);
  const trailing = others.map((values) =>
    differences(values, own).flatMap((value) => (value === null ? [] : [sign * value])),
  );
  return { place, certainty: selectionProbability(trailing, 0) };
}
