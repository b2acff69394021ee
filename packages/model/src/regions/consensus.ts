import type { Assessment, Instrument, MaturityDimension, Rating } from './readiness.js';

/** What raters come to on one dimension. */
export interface Consensus {
  readonly dimension: MaturityDimension;
  /** Points of all raters who rated it, ascending. */
  readonly points: readonly number[];
  readonly ratings: readonly (Rating & { readonly rater: string })[];
  /** Undefined where nobody rated it. */
  readonly median?: number;
  /** The band of neighbouring points, both inclusive, that holds most raters and the median. */
  readonly band?: { readonly low: number; readonly high: number; readonly inside: number };
  /** Whether too many stand outside the band for a median to speak for them. */
  readonly split: boolean;
  /** Median with halves rounded up; undefined where raters are split or nobody rated. */
  readonly agreed?: number;
  /** Name of the stage that the agreed points are in. */
  readonly stage?: string;
  /** Mean distance of the ratings from their median, in points. */
  readonly spread?: number;
}

/** What comes of an assessment: each dimension in the order of its instrument, and how far the raters agree in all. */
export interface AssessmentResult {
  readonly assessment: Assessment;
  readonly instrument: Instrument;
  readonly dimensions: readonly Consensus[];
  /**
   * Krippendorff's alpha of the points as an interval scale (Krippendorff, Content Analysis, 2004, ch. 11): 1 where all agree,
   * 0 where they agree as much as by chance; undefined where fewer than two rated anything, or all points are the same.
   */
  readonly alpha?: number;
}

/**
 * The consensus of the raters. A dimension is split where at least `split.share` of its raters stand outside the band of
 * `split.band` neighbouring points that holds most of them around the median (as in the Delphi use of SCIROCCO);
 * otherwise the median counts, halves rounded up. Of two bands that hold as many the lower one is told.
 */
export function consensusOf(assessment: Assessment, instrument: Instrument): AssessmentResult {
  const dimensions = instrument.dimensions.map((dimension) => consensusOn(dimension, assessment, instrument));
  const alpha = krippendorffAlpha(dimensions.map(({ points }) => points));
  return { assessment, instrument, dimensions, ...(alpha !== undefined && { alpha }) };
}

function consensusOn(dimension: MaturityDimension, { raters }: Assessment, instrument: Instrument): Consensus {
  const ratings = raters.flatMap((rater) =>
    rater.ratings.filter((each) => each.dimension === dimension.id).map((each) => ({ ...each, rater: rater.name })),
  );
  const points = ratings.map((each) => each.points).sort((a, b) => a - b);
  const median = medianOf(points);
  if (median === undefined) return { dimension, points, ratings, split: false };
  const band = bestBand(points, median, instrument);
  // Shares such as a third are no binary fractions.
  const split = points.length - band.inside >= instrument.split.share * points.length - 1e-9;
  const agreed = Math.floor(median + 0.5);
  const stage = instrument.stages.find(({ highest }) => agreed <= highest);
  return {
    dimension,
    points,
    ratings,
    median,
    band,
    split,
    ...(!split && { agreed, ...(stage !== undefined && { stage: stage.title ?? stage.name }) }),
    spread: points.reduce((total, each) => total + Math.abs(each - median), 0) / points.length,
  };
}

/** The middle of ascending numbers, half way between the two middle ones of an even number of them. */
function medianOf(points: readonly number[]): number | undefined {
  const middle = points.length / 2;
  const upper = points[Math.floor(middle)];
  const lower = points[Math.ceil(middle) - 1];
  return upper === undefined || lower === undefined ? undefined : (upper + lower) / 2;
}

function bestBand(
  points: readonly number[],
  median: number,
  { split, points: scale }: Instrument,
): NonNullable<Consensus['band']> {
  const width = split.band - 1;
  let best: NonNullable<Consensus['band']> | undefined;
  const last = Math.max(scale.low, Math.min(Math.floor(median), scale.high - width));
  for (let low = Math.max(scale.low, Math.ceil(median) - width); low <= last; low++) {
    const inside = points.filter((each) => each >= low && each <= low + width).length;
    if (best === undefined || inside > best.inside) best = { low, high: low + width, inside };
  }
  const around = Math.floor(median);
  return best ?? { low: around, high: around, inside: points.filter((each) => each === around).length };
}

/** Over units that were rated at least twice; see `AssessmentResult.alpha`. */
function krippendorffAlpha(units: readonly (readonly number[])[]): number | undefined {
  const paired = units.filter(({ length }) => length > 1);
  const values = paired.flat();
  const count = values.length;
  if (count < 2) return undefined;
  const squares = (list: readonly number[]): number =>
    list.reduce((total, a) => total + list.reduce((sum, b) => sum + (a - b) ** 2, 0), 0);
  const observed = paired.reduce((total, list) => total + squares(list) / (list.length - 1), 0) / count;
  const expected = squares(values) / (count * (count - 1));
  return expected === 0 ? undefined : 1 - observed / expected;
}

/** The latest assessment of a territory with an instrument: by date, else the last one declared. */
export function latestAssessment(
  assessments: readonly Assessment[],
  territory: string,
  instrument: string,
): Assessment | undefined {
  return assessments
    .filter((each) => each.territory === territory && each.instrument === instrument)
    .reduce<Assessment | undefined>(
      (latest, each) => (latest === undefined || (each.date ?? '') >= (latest.date ?? '') ? each : latest),
      undefined,
    );
}
