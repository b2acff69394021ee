import { momentsUpTo } from './distribution-shapes.js';
import type { PartialMoments, ResolvedDistribution } from './resolved-distribution.js';

/** Share of draws that lie inside the bounds at the first try: 1 without bounds. */
export function boundedShare(distribution: ResolvedDistribution): number {
  return inside(distribution, distribution.to, false).share;
}

/**
 * Partial moments of the draws that survive the bounds, up to x (or below it, `strictly`). Before the division by the
 * surviving share, so that `share` ends at boundedShare.
 */
export function inside(distribution: ResolvedDistribution, x: number, strictly: boolean): PartialMoments {
  const { unit, from, to } = distribution;
  if (x < from) return { share: 0, first: 0, second: 0 };
  const upper = x > to ? momentsUpTo(distribution, to / unit) : momentsUpTo(distribution, x / unit, strictly);
  const lower = momentsUpTo(distribution, from / unit, true);
  return {
    share: Math.max(0, upper.share - lower.share),
    first: (upper.first - lower.first) * unit,
    second: (upper.second - lower.second) * unit ** 2,
  };
}
