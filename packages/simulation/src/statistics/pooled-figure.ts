import type { Estimate } from '../figure-results.js';
import { studentCdf } from '../numeric/special.js';
import { estimateOf, sumOf } from './estimate.js';

/** A figure of all replications together. */
export interface PooledFigure {
  readonly estimate: Estimate;
  /**
   * By replication, the figure and by how much this replication moves it; null where it has none. Their mean is the figure
   * and their spread that of the figure, so that they stand in for figures of single replications wherever such are paired,
   * compared or ranked.
   */
  readonly values: readonly (number | null)[];
  /** Probability that the true figure is at most, or else below, a limit; a half where nothing is known of it. */
  readonly probabilityUpTo: (limit: number, including: boolean) => number;
  /** Of a share of people that is a matter of chance: what tells how much of it is chance. */
  readonly counted?: CountedFigure;
}

/** How many people a share is of, and the ends of its interval of any confidence. */
export interface CountedFigure {
  readonly people: number;
  readonly endsAt: (confidence: number) => readonly [low: number, high: number];
}

/** The mean of a figure that each replication has of its own, each counting alike. */
export function meanOfRuns(values: readonly (number | null)[], confidence?: number): PooledFigure {
  const estimate = estimateOf(values, confidence);
  const present = values.filter((value) => value !== null);
  const error = present.length < 2 ? 0 : standardError(present.map((value) => value - estimate.mean));
  return {
    estimate,
    values,
    probabilityUpTo: (limit, including) =>
      present.length < 2 ? 0.5 : tProbability(estimate.mean, error, present.length - 1, limit, including),
  };
}

/** Probability by Student's t that what was estimated is at most, or else below, a limit. */
export function tProbability(
  figure: number,
  error: number,
  degrees: number,
  limit: number,
  including: boolean,
): number {
  if (!(error > 0)) return Number(figure < limit || (including && figure === limit));
  return studentCdf((limit - figure) / error, degrees);
}

/** Standard error of the mean of values whose mean is 0. */
export function standardError(values: readonly number[]): number {
  if (values.length < 2) return 0;
  return Math.sqrt(sumOf(values.map((value) => value * value)) / (values.length - 1) / values.length);
}
