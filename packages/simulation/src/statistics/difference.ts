import type { Estimate } from '../figure-results.js';
import { selectionProbability } from '../method/ranking.js';
import { meanOf } from './estimate.js';
import { differences } from './paired.js';
import { probabilityByEnds, unseenShare } from './people-share.js';
import { type CountedFigure, meanOfRuns, type PooledFigure } from './pooled-figure.js';

/**
 * What one figure is more than another, or than a share of it, replication by replication: a mean with Student's t interval.
 * Where shares of people differ by the same in all replications, as where nobody died in either, that has no length, and yet both
 * may have been luck. Where each is of nobody or of everybody, the distances of both from the ends of their own intervals are squared
 * and added (R. G. Newcombe, "Interval estimation for the difference between independent proportions", Statistics in Medicine 17,
 * 1998, method 10). Where they are alike in between, nobody of all these people fared otherwise in the other scenario; the share of
 * those who would is at least the size of the difference, and has the interval of a share that nobody was seen of.
 * @param factor the share of the other that is taken off
 */
export function differenceFigure(
  own: PooledFigure,
  other: PooledFigure,
  { factor = 1, confidence = 0.95 }: { readonly factor?: number; readonly confidence?: number } = {},
): PooledFigure {
  const share = (value: number | null): number | null => (value === null ? null : factor * value);
  const values = differences(own.values, factor === 1 ? other.values : other.values.map(share));
  const alone = meanOfRuns(values, confidence);
  const endsAt = sameEverywhere(values) ? endsOfSame(own, other, factor, alone.estimate) : undefined;
  if (endsAt === undefined) return alone;
  const [low, high] = endsAt(confidence);
  return {
    estimate: { ...alone.estimate, halfWidth: (high - low) / 2, low, high },
    values,
    probabilityUpTo: (limit) => probabilityByEnds(endsAt, limit),
  };
}

/**
 * Which of several is best in the mean, and a lower bound of the probability that it is; undefined where fewer than two
 * have values. Ties go to the first.
 */
export function bestOf(
  all: readonly PooledFigure[],
  better: 'lower' | 'higher',
): { readonly place: number; readonly certainty: number } | undefined {
  const sign = better === 'lower' ? 1 : -1;
  const means = all.map(({ values }) => {
    const present = values.filter((value) => value !== null);
    return present.length === 0 ? Number.POSITIVE_INFINITY : sign * meanOf(present);
  });
  const place = means.indexOf(Math.min(...means));
  const own = all[place];
  if (own === undefined || means.filter(Number.isFinite).length < 2) return undefined;
  const others = all.filter((_, i) => i !== place);
  return { place, certainty: selectionProbability(others.map(trailing(own, better)), 0) };
}

/** By how much a figure is worse than the best. */
export function trailing(best: PooledFigure, better: 'lower' | 'higher'): (other: PooledFigure) => PooledFigure {
  return (other) => (better === 'lower' ? differenceFigure(other, best) : differenceFigure(best, other));
}

function sameEverywhere(values: PooledFigure['values']): boolean {
  const [first, ...others] = values.filter((value) => value !== null);
  return first !== undefined && others.length > 0 && others.every((value) => value === first);
}

/** The ends of the interval of a difference that is the same in all replications; undefined where it is no matter of chance. */
function endsOfSame(
  { counted: own, estimate: { mean: x } }: PooledFigure,
  { counted: other, estimate: { mean: y } }: PooledFigure,
  factor: number,
  { mean, replications }: Estimate,
): CountedFigure['endsAt'] | undefined {
  if (own === undefined || other === undefined) return undefined;
  if (![x, y].every((share) => share === 0 || share === 1)) {
    if (mean !== 0 || factor !== 1) return undefined;
    const counted = { runs: replications, people: Math.min(own.people, other.people) };
    return (confidence) => {
      const unseen = unseenShare(counted, confidence);
      return [-unseen, unseen];
    };
  }
  return (confidence) => {
    const [a, b] = [own.endsAt(confidence), other.endsAt(confidence)];
    return [mean - Math.hypot(x - a[0], factor * (b[1] - y)), mean + Math.hypot(a[1] - x, factor * (y - b[0]))];
  };
}
