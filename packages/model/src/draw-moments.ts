import {
  distributionCdf,
  distributionCdfBelow,
  distributionMean,
  distributionPartialMoments,
  distributionQuantile,
  distributionVariance,
} from './distributions.js';
import type { ResolvedDistribution } from './resolved-distribution.js';

/** Mean and variance of a random value, and the attributes of the patient that it depends on. */
export interface Moments {
  readonly mean: number;
  readonly variance: number;
  readonly uses: ReadonlySet<string>;
}

/** `factor × draw + offset`, a single draw. */
export interface Affine {
  readonly draw: ResolvedDistribution;
  readonly factor: number;
  readonly offset: number;
  readonly uses: ReadonlySet<string>;
}

/** Says why there is no closed form; caught where a moment was asked for. */
export class NoClosedForm extends Error {}

/** Moments of a draw, stretched and moved. */
export function ofAffine({ draw, factor, offset, uses }: Affine): Moments {
  return { mean: factor * distributionMean(draw) + offset, variance: factor ** 2 * distributionVariance(draw), uses };
}

/** Moments of the greater of Y and a constant. */
export function clampedBelow({ draw, factor, offset, uses }: Affine, least: number): Moments {
  if (least === -Infinity) return ofAffine({ draw, factor, offset, uses });
  const whole = {
    share: 1,
    first: distributionMean(draw),
    second: distributionVariance(draw) + distributionMean(draw) ** 2,
  };
  const limit = (least - offset) / factor;
  const part = distributionPartialMoments(draw, limit);
  const kept =
    factor > 0 ? { share: 1 - part.share, first: whole.first - part.first, second: whole.second - part.second } : part;
  const mean = least * (1 - kept.share) + factor * kept.first + offset * kept.share;
  const second =
    least ** 2 * (1 - kept.share) +
    factor ** 2 * kept.second +
    2 * factor * offset * kept.first +
    offset ** 2 * kept.share;
  return { mean, variance: Math.max(0, second - mean ** 2), uses };
}

const MOST_ROUNDED_VALUES = 100_000;

const NEGLIGIBLE = 1e-13;

/** Sums over the whole numbers that rounding can give, out to tails of probability 1e-13. */
export function rounded({ draw, factor, offset, uses }: Affine, round: (value: number) => number): Moments {
  const ends = [NEGLIGIBLE, 1 - NEGLIGIBLE].map((p) => factor * distributionQuantile(draw, p) + offset);
  const low = Math.floor(Math.min(...ends)) - 1;
  const high = Math.ceil(Math.max(...ends)) + 1;
  if (!(high - low <= MOST_ROUNDED_VALUES)) throw new NoClosedForm('it rounds to more than 100,000 different values');
  // The chance of a whole number is that of the draws which round to it; where rounding jumps depends on its kind.
  const upTo = (value: number, included: boolean): number => {
    const limit = (value - offset) / factor;
    if (factor > 0) return included ? distributionCdf(draw, limit) : distributionCdfBelow(draw, limit);
    return 1 - (included ? distributionCdfBelow(draw, limit) : distributionCdf(draw, limit));
  };
  const jump = (n: number): number => {
    // P(round(Y) ≤ n), from the largest values that still round to n.
    if (round(n + 0.75) === n) return upTo(n + 1, false);
    if (round(n + 0.25) === n) return upTo(n + 0.5, round(n + 0.5) === n);
    return upTo(n, true);
  };
  let mean = 0;
  let second = 0;
  let before = 0;
  for (let n = low; n <= high; n++) {
    const reached = n === high ? 1 : jump(n);
    mean += n * (reached - before);
    second += n * n * (reached - before);
    before = reached;
  }
  return { mean, variance: Math.max(0, second - mean ** 2), uses };
}
