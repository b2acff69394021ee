import { student95 } from '../numeric/special.js';
import type { MorrisPath } from './design.js';

/** What Morris's paths tell of one number. */
export interface ElementaryEffects {
  /** Mean change of the figure over the whole range of the number; near 0 where effects of both signs cancel. */
  readonly mean: number;
  /** Mean of their sizes (F. Campolongo, J. Cariboni and A. Saltelli, Environmental Modelling & Software 22, 2007). */
  readonly meanSize: number;
  /** Half-width of the 95 % interval of the mean size. */
  readonly meanSizeHalfWidth: number;
  /** Standard deviation: large where the effect depends on the other numbers, or is curved. */
  readonly spread: number;
  readonly effects: number;
}

/**
 * Elementary effects of each number, from the figure at the points of each path; paths with a missing figure (null) give
 * the effects of the steps that have both.
 */
export function elementaryEffects(
  numbers: number,
  paths: readonly MorrisPath[],
  figures: readonly (readonly (number | null)[])[],
): ElementaryEffects[] {
  const found: number[][] = Array.from({ length: numbers }, () => []);
  paths.forEach((path, p) => {
    path.steps.forEach(({ number, by }, i) => {
      const before = figures[p]?.[i] ?? null;
      const after = figures[p]?.[i + 1] ?? null;
      if (before !== null && after !== null) found[number]?.push((after - before) / by);
    });
  });
  return found.map((effects) => {
    const sizes = effects.map(Math.abs);
    const n = effects.length;
    return {
      mean: meanOf(effects),
      meanSize: meanOf(sizes),
      meanSizeHalfWidth: n < 2 ? 0 : student95(n - 1) * Math.sqrt(varianceOf(sizes) / n),
      spread: n < 2 ? 0 : Math.sqrt(varianceOf(effects)),
      effects: n,
    };
  });
}

/** Shares of the figure's variance that come from one number. */
export interface SobolIndices {
  /** By the number alone. */
  readonly first: IndexEstimate;
  /** By the number with all that it acts together with. */
  readonly total: IndexEstimate;
}

interface IndexEstimate {
  readonly value: number;
  readonly halfWidth: number;
}

/** Figures of one row of Saltelli's design. */
export interface SaltelliFigures {
  readonly a: number;
  readonly b: number;
  readonly mixed: readonly number[];
}

/**
 * First-order and total indices by the estimators of Saltelli et al. (2010), table 2 (b) and (f), with the variance of all a
 * and b, and 95 % intervals from the spread of the rows' contributions. What all points of a row share, such as the luck of
 * one replication, cancels in both numerators.
 */
export function sobolIndices(numbers: number, rows: readonly SaltelliFigures[]): SobolIndices[] {
  const whole = rows.flatMap(({ a, b }) => [a, b]);
  const variance = varianceOf(whole);
  const mean = meanOf(whole);
  return Array.from({ length: numbers }, (_, i) => {
    const first = rows.map(({ a, b, mixed }) => (b - mean) * ((mixed[i] ?? 0) - a));
    const total = rows.map(({ a, mixed }) => (a - (mixed[i] ?? 0)) ** 2 / 2);
    return { first: indexOf(first, variance), total: indexOf(total, variance) };
  });
}

function indexOf(contributions: readonly number[], variance: number): IndexEstimate {
  const n = contributions.length;
  if (variance === 0 || n === 0) return { value: 0, halfWidth: 0 };
  const halfWidth = n < 2 ? 0 : (student95(n - 1) * Math.sqrt(varianceOf(contributions) / n)) / variance;
  return { value: meanOf(contributions) / variance, halfWidth };
}

function meanOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function varianceOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return values.length < 2 ? 0 : values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}
