import { studentFactor } from '../numeric/special.js';
import type { Estimate } from '../figure-results.js';

/**
 * Mean over replications with Student's t interval, 95 % where nothing else is asked for. Values that do not exist (null) are left out. Below two values
 * there is no interval: the half-width is 0 and `replications` says why it means nothing.
 */
export function estimateOf(values: readonly (number | null)[], confidence = 0.95): Estimate {
  let n = 0;
  let sum = 0;
  for (const value of values) {
    if (value === null) continue;
    n++;
    sum += value;
  }
  if (n === 0) return { mean: 0, halfWidth: 0, low: 0, high: 0, replications: 0 };
  const mean = sum / n;
  if (n === 1) return { mean, halfWidth: 0, low: mean, high: mean, replications: 1 };
  let squares = 0;
  for (const value of values) if (value !== null) squares += (value - mean) * (value - mean);
  const variance = squares / (n - 1);
  const halfWidth = studentFactor(confidence, n - 1) * Math.sqrt(variance / n);
  return { mean, halfWidth, low: mean - halfWidth, high: mean + halfWidth, replications: n };
}

/** Quantile of values in ascending order, with interpolation between neighbours (definition 7); 0 where there are none. */
export function quantileOfSorted(sorted: Float64Array, share: number): number {
  const position = share * (sorted.length - 1);
  const low = Math.floor(position);
  const a = sorted[low] ?? 0;
  const b = sorted[Math.min(low + 1, sorted.length - 1)] ?? 0;
  return a + (position - low) * (b - a);
}

export function sumOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}

export function meanOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : sumOf(values) / values.length;
}

/** Means of lists, element by element; missing ones count as 0. */
export function meanLists(lists: readonly Float64Array[]): number[] {
  const sums = new Float64Array(lists.reduce((longest, list) => Math.max(longest, list.length), 0));
  for (const list of lists) for (let i = 0; i < list.length; i++) sums[i] = sums[i]! + list[i]!;
  const means: number[] = [];
  for (const sum of sums) means.push(sum / lists.length);
  return means;
}
