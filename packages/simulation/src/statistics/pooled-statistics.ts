import { studentCdf, studentFactor } from '../numeric/special.js';
import { estimateOf, sumOf } from './estimate.js';
import { unseenShare } from './people-share.js';
import { meanOfRuns, type PooledFigure, standardError, tProbability } from './pooled-figure.js';
import { type Observations, PooledObservations } from './pooled-observations.js';

/** What statistics of all patients together take of a replication. */
export interface ReplicationSample {
  readonly count: number;
  readonly mean: number;
  /** Sample standard deviation; null below two observations. */
  readonly sd: number | null;
  readonly observations: Observations;
}

/** Ends of an interval, and what a step in the share of patients is worth between them. */
interface Reach {
  readonly low: number;
  readonly high: number;
  readonly open: true | undefined;
  readonly slope: number;
}

/**
 * Statistics of durations of the patients of all replications together. Patients of one replication wait for each other, so
 * replications are clusters.
 */
export class PooledPatients {
  readonly #pool: PooledObservations;

  /** @param samples by replication; undefined where it has none */
  constructor(readonly samples: readonly (ReplicationSample | undefined)[]) {
    this.#pool = new PooledObservations(presentOf(samples).map(({ observations }) => observations));
  }

  /**
   * A percentile. The share of patients up to it is a ratio of sums over replications (W. G. Cochran, "Sampling Techniques",
   * 3rd ed. 1977, chapter 6), and the percentiles at the ends of the share's interval, by Student's t, are the ends of the
   * percentile's (R. S. Woodruff, "Confidence intervals for medians and other position measures", Journal of the American
   * Statistical Association 47, 1952). Among the last few patients that is too short; so it is at least as long as the
   * symmetric interval with the same slope. An end whose share reaches 0 is 0; one whose share reaches 1 is open.
   * @param percentile from 0 to 100
   */
  percentile(percentile: number, confidence = 0.95): PooledFigure {
    const { samples } = this;
    const pool = this.#pool;
    const runs = pool.sizes.length;
    const share = percentile / 100;
    const figure = pool.quantile(share);
    const upTo = pool.atMost(figure);
    const shareUpTo = sumOf(upTo) / pool.size;
    const moves = upTo.map((count, r) => (shareUpTo * pool.sizes[r]! - count) * (runs / pool.size));
    const linear = (slope: number): (number | null)[] =>
      inPlaces(
        samples,
        moves.map((move) => figure + slope * move),
      );
    if (runs < 2) return unknownSpread(linear(0));
    const error = standardError(moves);
    if (this.showsOnlyZero() && unseenShare({ runs, people: pool.size }, confidence) > 1 - share)
      return zeroOrMore(runs, linear(0));
    const reach = (certainty: number): Reach =>
      percentileReach(pool, share, figure, error * studentFactor(certainty, runs - 1));
    const usual = reach(0.95);
    const { slope } = usual;
    const { low, high, open } = confidence === 0.95 ? usual : reach(confidence);
    return {
      estimate: { mean: figure, halfWidth: (high - low) / 2, low, high, replications: runs, ...(open && { open }) },
      values: linear(slope),
      probabilityUpTo: (limit, including) => {
        if (error === 0) return Number(figure < limit || (including && figure === limit));
        const within = sumOf(including ? pool.atMost(limit) : pool.below(limit)) / pool.size;
        const byShare = studentCdf((within - share) / error, runs - 1);
        const bySlope = slope === 0 ? byShare : studentCdf((limit - figure) / (slope * error), runs - 1);
        // As of the interval's ends, whichever says less.
        return Math.abs(byShare - 0.5) < Math.abs(bySlope - 0.5) ? byShare : bySlope;
      },
    };
  }

  /**
   * The mean of the replications' means, each counting alike, as published models have it (A. M. Law, "Simulation Modeling and
   * Analysis", 5th ed. 2015, chapter 9). Where nobody waited, but one in a hundred may, nothing is known of the upper end.
   */
  mean(confidence = 0.95): PooledFigure {
    const alone = meanOfRuns(
      this.samples.map((sample) => (sample === undefined || sample.count === 0 ? null : sample.mean)),
      confidence,
    );
    const runs = this.#pool.sizes.length;
    if (runs > 1 && this.showsOnlyZero() && unseenShare({ runs, people: this.#pool.size }, confidence) > 0.01)
      return zeroOrMore(runs, alone.values);
    return alone;
  }

  /** The mean of all patients of all replications, each patient counting alike. NaN where there are none. */
  meanOfAll(): number {
    const present = presentOf(this.samples);
    return sumOf(present.map(({ count, mean }) => count * mean)) / sumOf(present.map(({ count }) => count));
  }

  /** Whether all that was seen is 0 in runs that are not all alike: of those, who was not seen may differ too. */
  private showsOnlyZero(): boolean {
    const pool = this.#pool;
    const [first, ...others] = this.samples.map((sample) => sample?.count ?? 0);
    if (others.every((count) => count === first)) return false;
    return sumOf(pool.atMost(0)) === pool.size && sumOf(pool.below(0)) === 0;
  }

  /** The standard deviation, with a linearised interval by Student's t. */
  deviation(confidence = 0.95): PooledFigure {
    const { samples } = this;
    const present = presentOf(samples);
    const { size } = this.#pool;
    if (size < 2) return unknownSpread(samples.map(() => null));
    const mean = sumOf(present.map((sample) => sample.count * sample.mean)) / size;
    const squares = present.map(
      (sample) => (sample.count - 1) * (sample.sd ?? 0) ** 2 + sample.count * (sample.mean - mean) ** 2,
    );
    const total = sumOf(squares);
    const figure = Math.sqrt(total / (size - 1));
    if (present.length < 2) return unknownSpread(inPlaces(samples, [figure]));
    const moves = present.map(({ count }, r) => (squares[r]! - (total / size) * count) * (present.length / size));
    const linear = moves.map((move) => (figure === 0 ? 0 : figure + move / (2 * figure)));
    return {
      estimate: estimateOf(linear, confidence),
      values: inPlaces(samples, linear),
      probabilityUpTo: (limit, including) => {
        const error = standardError(moves) / (2 * figure);
        return tProbability(figure, error, present.length - 1, limit, including);
      },
    };
  }
}

/** @param reach half the length of the share's interval */
function percentileReach(pool: PooledObservations, share: number, figure: number, reach: number): Reach {
  if (reach === 0) return { low: figure, high: figure, open: undefined, slope: 0 };
  const [bottom, top] = [Math.max(0, share - reach), Math.min(1, share + reach)];
  const [low, high] = [pool.quantile(bottom), pool.quantile(top)];
  const slope = (high - low) / (top - bottom);
  return {
    low: bottom === 0 ? 0 : Math.max(0, Math.min(low, figure - slope * reach)),
    high: Math.max(high, figure + slope * reach),
    open: top === 1 ? true : undefined,
    slope,
  };
}

/** What is 0 for all who were seen, who are too few to know it of others. */
function zeroOrMore(runs: number, values: PooledFigure['values']): PooledFigure {
  return {
    estimate: { mean: 0, halfWidth: 0, low: 0, high: 0, replications: runs, open: true },
    values,
    probabilityUpTo: (limit) => (limit < 0 ? 0 : 0.5),
  };
}

/** A figure of at most one replication. */
function unknownSpread(values: readonly (number | null)[]): PooledFigure {
  return { estimate: estimateOf(values), values, probabilityUpTo: () => 0.5 };
}

function presentOf(samples: readonly (ReplicationSample | undefined)[]): ReplicationSample[] {
  return samples.flatMap((sample) => (sample === undefined || sample.count === 0 ? [] : [sample]));
}

/** Values of the replications that have observations, in the places of all. */
function inPlaces(samples: readonly (ReplicationSample | undefined)[], values: readonly number[]): (number | null)[] {
  let next = 0;
  return samples.map((sample) => (sample === undefined || sample.count === 0 ? null : values[next++]!));
}
