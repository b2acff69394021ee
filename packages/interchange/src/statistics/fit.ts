import { DURATION_FAMILIES, estimate } from './estimate.js';
import { constantLaw, empiricalLaw, type Family, type Law, lawQuantile } from './laws.js';
import { type Interval, shareInterval, Z95 } from './intervals.js';
import { meanInterval } from './mean-interval.js';
import { Random } from './random.js';

/** How far a sample lies from a law, and how often samples of that law lie as far. */
export interface Goodness {
  /** Kolmogorov and Smirnov's largest distance between the two distributions, over all of the sample. */
  readonly distance: number;
  /** Anderson and Darling's A², over the part that was tested. */
  readonly andersonDarling: number;
  /** Share of resamples from the law, fitted anew, that lie at least as far. */
  readonly distanceP: number;
  readonly andersonDarlingP: number;
  /** Observations that were tested, and how often resamples were drawn. */
  readonly tested: number;
  readonly resamples: number;
}

/** A law fitted to observations of 0 or more, with all that is said of it. */
export interface Fit {
  /** The law of the observations above 0. */
  readonly law: Law;
  /** Share of observations that are 0; below half a per cent they count as small values. */
  readonly zeroShare: number;
  readonly zeroInterval: Interval;
  readonly count: number;
  readonly mean: number;
  readonly sd: number;
  readonly meanInterval: Interval;
  /** 95 % intervals of the law's parameters, in their order; none for a list of observations. */
  readonly intervals: readonly (Interval | undefined)[];
  /** Akaike's criterion of all families that were tried, the best first, less that of the best. */
  readonly candidates: readonly { readonly family: Family; readonly aic: number }[];
  readonly goodness: Goodness | undefined;
  /** The family that was best and yet did not fit, where observations were taken instead. */
  readonly rejected: Family | undefined;
  /** Shares of the observations above 0 in bins of equal width from 0, and what the law says of each. */
  readonly histogram: readonly {
    readonly from: number;
    readonly to: number;
    readonly observed: number;
    readonly law: number;
  }[];
  /** Means of groups of equal size, each of several observations, and the law's quantiles for them. */
  readonly quantiles: readonly { readonly observed: number; readonly law: number }[];
}

export interface FitOptions {
  readonly families?: readonly Family[];
  readonly seed?: number;
  /** No number that is written comes from fewer observations. */
  readonly threshold?: number;
  /** The best family stays where it lies no further off than this, whatever its p; 0.05 where nothing is said. */
  readonly near?: number;
  /** How a family is estimated, where not by `estimate`. */
  readonly estimator?: (family: Family, sample: ArrayLike<number>) => Law | undefined;
}

/** Larger samples are thinned evenly before laws are fitted to them. */
const MOST_FITTED = 20_000;
const MOST_TESTED = 500;
const RESAMPLES = 99;
const BINS = 24;
/** Observations that stand for all in a list, and points of a picture. */
const MOST_LISTED = 20;
const MOST_POINTS = 40;
const ZEROS_MATTER = 0.005;

/** Where the best family is rejected at this level and lies further off than this, observations are taken instead. */
const REJECTED_BELOW = 0.02;
const TOO_FAR = 0.05;
/** Times 1/√n: what chance alone brings about. */
const CHANCE = 0.5;

/**
 * Fits a law by maximum likelihood in each family and takes the one with the smallest AIC. Goodness of fit comes from a
 * parametric bootstrap (Stute, Gonzáles Manteiga and Presedo Quindimil 1993), since parameters are estimated from the
 * same sample; so do the intervals of the parameters. Where even the best is rejected and lies more than five per cent
 * off, the law is a list of observations, each the mean of a group of at least `threshold`.
 * @returns undefined for fewer observations than the threshold
 */
export function fitLaw(observations: ArrayLike<number>, options: FitOptions = {}): Fit | undefined {
  const { families = DURATION_FAMILIES, seed = 1, threshold = 10, near = TOO_FAR, estimator = estimate } = options;
  const count = observations.length;
  if (count < Math.max(2, threshold)) return undefined;
  const all = describe(observations);
  const { positive, zeros } = thinned(observations);
  const zeroShare = zeros / (zeros + positive.length);
  /** Of the mean of all, where those above 0 follow a law. */
  const intervalBy = ({ draw, mean }: Pick<Law, 'draw' | 'mean'>): Interval =>
    meanInterval(
      { count, ...all },
      (random) => (zeroShare > 0 && random.uniform() < zeroShare ? 0 : draw(random)),
      mean * (1 - zeroShare),
      seed,
    );
  const shared = {
    count,
    mean: all.mean,
    sd: all.sd,
    zeroShare,
    zeroInterval: shareInterval(Math.round(zeroShare * count), count),
  };
  const nothing = {
    intervals: [],
    candidates: [],
    goodness: undefined,
    rejected: undefined,
    histogram: [],
    quantiles: [],
  };
  // A few observations above 0 say something of a few people, so none is said to be.
  if (positive.length < threshold) {
    const none = { mean: 0, sd: 0, meanInterval: { low: 0, high: 0 }, zeroShare: 0 };
    return { ...shared, ...nothing, ...none, law: constantLaw(0) };
  }
  const sample = Float64Array.from(positive).sort();
  if (sample[0] === sample.at(-1)) {
    const law = constantLaw(sample[0]!);
    return { ...shared, ...nothing, law, meanInterval: intervalBy(law) };
  }
  // Where no law is known, what was observed is drawn again.
  const again = { draw: (random: Random) => sample[random.below(sample.length)]!, mean: describe(sample).mean };

  const tried = families.flatMap((family) => {
    const law = estimator(family, sample);
    if (law === undefined) return [];
    let likelihood = 0;
    for (const x of sample) likelihood += law.logDensity(x);
    return Number.isFinite(likelihood) ? [{ family, law, aic: 2 * law.estimated - 2 * likelihood }] : [];
  });
  tried.sort((a, b) => a.aic - b.aic);
  const best = tried[0];
  const groups = groupMeans(sample, threshold, MOST_LISTED);
  const points = groupMeans(sample, threshold, MOST_POINTS);
  if (best === undefined) {
    const law = empiricalLaw(groups);
    return { ...shared, ...nothing, law, meanInterval: intervalBy(again), ...pictureOf(sample, law, points) };
  }
  const candidates = tried.map(({ family, aic }) => ({ family, aic: aic - best.aic }));
  const { goodness, intervals } = judge(best.law, sample, count * (1 - zeroShare), estimator, seed);
  const rejected =
    goodness.distanceP < REJECTED_BELOW &&
    goodness.distance > near + CHANCE / Math.sqrt(sample.length) &&
    groups.length >= 5;
  const law = rejected ? empiricalLaw(groups) : best.law;
  return {
    ...shared,
    law,
    meanInterval: intervalBy(rejected ? again : law),
    intervals: rejected ? [] : intervals,
    candidates,
    goodness,
    rejected: rejected ? best.family : undefined,
    ...pictureOf(sample, law, points),
  };
}

function describe(values: ArrayLike<number>): { mean: number; sd: number } {
  const n = values.length;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i]!;
  const mean = sum / n;
  let squares = 0;
  for (let i = 0; i < n; i++) squares += (values[i]! - mean) ** 2;
  return { mean, sd: n > 1 ? Math.sqrt(squares / (n - 1)) : 0 };
}

/** Observations above 0, and the number of those that are 0; few zeros become half of the smallest value above. */
function thinned(observations: ArrayLike<number>): { positive: number[]; zeros: number } {
  const step = Math.max(1, Math.ceil(observations.length / MOST_FITTED));
  const positive: number[] = [];
  let zeros = 0;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < observations.length; i += step) {
    const value = observations[i]!;
    if (value > 0) {
      positive.push(value);
      least = Math.min(least, value);
    } else zeros += 1;
  }
  if (zeros > 0 && positive.length > 0 && zeros < ZEROS_MATTER * (zeros + positive.length)) {
    for (; zeros > 0; zeros--) positive.push(least / 2);
  }
  return { positive, zeros };
}

function judge(
  law: Law,
  sample: Float64Array,
  total: number,
  estimator: NonNullable<FitOptions['estimator']>,
  seed: number,
): { goodness: Goodness; intervals: (Interval | undefined)[] } {
  const random = new Random(seed);
  const tested = Math.min(sample.length, MOST_TESTED);
  const part = Float64Array.from(
    { length: tested },
    (_, i) => sample[Math.floor(((i + 0.5) * sample.length) / tested)]!,
  );
  // A part taken evenly from the sorted sample lies closer to it than one drawn by chance, so the whole sample's
  // parameters are judged by a part that is drawn.
  const drawn = tested === sample.length ? part : drawnPart(sample, tested, random);
  const own = estimator(law.family, drawn) ?? law;
  const distance = distanceOf(drawn, own);
  const squared = andersonDarling(drawn, own);
  let further = 0;
  let furtherSquared = 0;
  const logs: number[][] = law.parameters.map(() => []);
  let resamples = 0;
  for (let round = 0; round < RESAMPLES; round++) {
    const resample = Float64Array.from({ length: tested }, () => law.draw(random)).sort();
    const again = estimator(law.family, resample);
    if (again === undefined) continue;
    resamples += 1;
    if (distanceOf(resample, again) >= distance) further += 1;
    if (andersonDarling(resample, again) >= squared) furtherSquared += 1;
    again.parameters.forEach(({ value, measures }, i) => logs[i]!.push(scaled(value, measures)));
  }
  const shrink = Math.sqrt(tested / Math.max(tested, total));
  const intervals = law.parameters.map(({ value, measures, name }, i): Interval | undefined => {
    if (resamples < 20 || name === 'stages' || name === 'from' || name === 'to') return undefined;
    const { low, high } = around(scaled(value, measures), describe(logs[i]!).sd * shrink);
    return { low: unscaled(low, measures), high: unscaled(high, measures) };
  });
  return {
    goodness: {
      distance: distanceOf(sample, law),
      andersonDarling: squared,
      distanceP: (further + 1) / (resamples + 1),
      andersonDarlingP: (furtherSquared + 1) / (resamples + 1),
      tested,
      resamples,
    },
    intervals,
  };
}

/** Parameters of laws are above 0, shares below 1: their errors are judged on a logarithmic scale. */
function scaled(value: number, measures: string): number {
  return measures === 'share' ? Math.log(value / (1 - value)) : value > 0 ? Math.log(value) : value;
}

function unscaled(value: number, measures: string): number {
  return measures === 'share' ? 1 / (1 + Math.exp(-value)) : Math.exp(value);
}

function around(middle: number, error: number): Interval {
  return { low: middle - Z95 * error, high: middle + Z95 * error };
}

function drawnPart(sample: Float64Array, size: number, random: Random): Float64Array {
  const pool = Float64Array.from(sample);
  for (let i = 0; i < size; i++) {
    const other = i + random.below(pool.length - i);
    [pool[i], pool[other]] = [pool[other]!, pool[i]!];
  }
  return pool.slice(0, size).sort();
}

/** Kolmogorov and Smirnov's distance of a sorted sample from a law. */
export function distanceOf(sorted: Float64Array, law: Law): number {
  let most = 0;
  for (let i = 0; i < sorted.length; i++) {
    const p = law.cdf(sorted[i]!);
    most = Math.max(most, (i + 1) / sorted.length - p, p - i / sorted.length);
  }
  return most;
}

/** Anderson and Darling's statistic of a sorted sample against a law. */
export function andersonDarling(sorted: Float64Array, law: Law): number {
  const n = sorted.length;
  const p = Float64Array.from(sorted, (x) => Math.min(1 - 1e-15, Math.max(1e-15, law.cdf(x))));
  let sum = 0;
  for (let i = 0; i < n; i++) sum += (2 * i + 1) * (Math.log(p[i]!) + Math.log1p(-p[n - 1 - i]!));
  return -n - sum / n;
}

/** Means of groups of neighbouring observations of a sorted sample, at most `most` groups of at least `smallest`. */
export function groupMeans(sorted: ArrayLike<number>, smallest: number, most: number): number[] {
  const groups = Math.max(1, Math.min(most, Math.floor(sorted.length / Math.max(1, smallest))));
  return Array.from({ length: groups }, (_, g) => {
    const from = Math.floor((g * sorted.length) / groups);
    const to = Math.floor(((g + 1) * sorted.length) / groups);
    let sum = 0;
    for (let i = from; i < to; i++) sum += sorted[i]!;
    return sum / (to - from);
  });
}

function pictureOf(sorted: Float64Array, law: Law, groups: readonly number[]): Pick<Fit, 'histogram' | 'quantiles'> {
  const low = Math.min(0, groups[0]!);
  const start = groups[0]! > 0 && groups[0]! > groups.at(-1)! - groups[0]! ? groups[0]! : low;
  // The longest few would squeeze all others into the first bins.
  const end = groups[Math.floor(groups.length * 0.95)] ?? groups.at(-1)!;
  const width = (end - start) / BINS;
  if (!(width > 0)) return { histogram: [], quantiles: [] };
  const counts = new Array<number>(BINS).fill(0);
  for (const x of sorted) {
    const bin = Math.floor((x - start) / width);
    if (bin >= 0 && bin < BINS) counts[bin]! += 1;
  }
  return {
    histogram: counts.map((counted, bin) => {
      const [from, to] = [start + bin * width, start + (bin + 1) * width];
      return { from, to, observed: counted / sorted.length, law: law.cdf(to) - law.cdf(from) };
    }),
    quantiles: groups.map((observed, g) => ({ observed, law: lawQuantile(law, (g + 0.5) / groups.length) })),
  };
}
