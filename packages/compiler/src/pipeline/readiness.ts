import { type Readiness, readinessOf } from '@pathway/analysis';
import { radarSvg, trendSvg } from '@pathway/diagram';
import { type Words, wordsOf } from '@pathway/report';
import { byId, type Consensus, type Model, titleOf } from '@pathway/model';

/** How ready a territory is, for readers. */
export interface ReadinessReport {
  readonly territory: string;
  readonly instrument: string;
  readonly assessment: string;
  /** ISO date. */
  readonly date?: string;
  readonly raters: number;
  /** Krippendorff's alpha, see `consensusOf`. */
  readonly alpha?: number;
  /** Split dimensions first, then as the instrument has them. */
  readonly dimensions: readonly DimensionReport[];
  readonly requirements: Readiness['requirements'];
  readonly twins: readonly {
    readonly territory: string;
    readonly helps: number;
    readonly isHelped: number;
    readonly teaches: readonly string[];
  }[];
  readonly plan: readonly {
    readonly dimension: string;
    readonly points: number;
    readonly due: string;
    readonly owner: string;
    readonly action?: string;
    readonly isReached: boolean;
  }[];
  /** A radar picture as SVG. */
  readonly picture: string;
  /** How the dimensions went over the years, as SVG; absent where there is one assessment only. */
  readonly trendPicture?: string;
}

export interface DimensionReport {
  readonly title: string;
  readonly split: boolean;
  readonly points: readonly number[];
  readonly median?: number;
  readonly agreed?: number;
  readonly stage?: string;
  /** Share of the raters inside the band. */
  readonly inside?: number;
  /** Mean distance from the median, in points. */
  readonly spread?: number;
  /** What was agreed before, the earliest first; absent entries were split or not rated. */
  readonly trend: readonly { readonly assessment: string; readonly date?: string; readonly agreed?: number }[];
  readonly reasons: readonly { readonly rater: string; readonly points: number; readonly reason: string }[];
}

/** The readiness of each territory that was assessed, by each instrument; the picture has the words. */
export function readinessReports(model: Model, words: Words = wordsOf()): readonly ReadinessReport[] {
  return readinessOf(model).map((readiness) => reportOf(readiness, model, words));
}

function reportOf(readiness: Readiness, model: Model, words: Words): ReadinessReport {
  const { territory, instrument, latest, requirements, twins } = readiness;
  const { assessment, alpha } = latest;
  const dimensions = latest.dimensions.map((each) => dimensionReport(each, readiness));
  return {
    territory: titleOf(territory),
    instrument: titleOf(instrument),
    assessment: titleOf(assessment),
    ...(assessment.date !== undefined && { date: assessment.date }),
    raters: assessment.raters.length,
    ...(alpha !== undefined && { alpha }),
    dimensions: [...dimensions.filter(({ split }) => split), ...dimensions.filter(({ split }) => !split)],
    requirements,
    twins: twins.map((each) => ({ ...each, territory: titleOf(each.territory) })),
    plan: readiness.trend
      .flatMap((each) => each.assessment.improvements)
      .map(({ dimension: id, points, due, owner, action }) => {
        const now = latest.dimensions.find(({ dimension }) => dimension.id === id);
        const organisation = byId(model.organisations, owner);
        return {
          dimension: now === undefined ? id : titleOf(now.dimension),
          points,
          due,
          owner: organisation === undefined ? owner : titleOf(organisation),
          ...(action !== undefined && { action }),
          isReached: now?.agreed !== undefined && now.agreed >= points,
        };
      })
      .toSorted((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0)),
    picture: pictureOf(readiness, words),
    ...(readiness.trend.length > 1 && { trendPicture: trendPictureOf(readiness, words) }),
  };
}

function dimensionReport(consensus: Consensus, { trend }: Readiness): DimensionReport {
  const { dimension, split, points, ratings, median, agreed, stage, band, spread } = consensus;
  return {
    title: titleOf(dimension),
    split,
    points,
    ...(median !== undefined && { median }),
    ...(agreed !== undefined && { agreed }),
    ...(stage !== undefined && { stage }),
    ...(band !== undefined && { inside: band.inside / points.length }),
    ...(spread !== undefined && { spread }),
    trend: trend.slice(0, -1).map(({ assessment, dimensions }) => {
      const before = dimensions.find((each) => each.dimension.id === dimension.id);
      return {
        assessment: titleOf(assessment),
        ...(assessment.date !== undefined && { date: assessment.date }),
        ...(before?.agreed !== undefined && { agreed: before.agreed }),
      };
    }),
    reasons: ratings.flatMap(({ rater, points: given, reason }) =>
      reason === undefined ? [] : [{ rater, points: given, reason }],
    ),
  };
}

function pictureOf({ territory, instrument, latest, trend, requirements }: Readiness, words: Words): string {
  const before = trend.at(-2);
  const radar = {
    title: `${titleOf(territory)}: ${titleOf(latest.assessment)}`,
    points: instrument.points,
    axes: latest.dimensions.map(({ dimension, points, median, split }) => {
      const [low, high] = [points[0], points.at(-1)];
      const earlier = before?.dimensions.find((each) => each.dimension.id === dimension.id)?.median;
      const required = requirements.find((each) => each.dimension === dimension.id)?.required;
      return {
        title: titleOf(dimension),
        split,
        ...(low !== undefined && high !== undefined && median !== undefined && { rated: { low, high, median } }),
        ...(earlier !== undefined && { before: earlier }),
        ...(required !== undefined && { required }),
      };
    }),
  };
  return radarSvg(radar, words);
}

function trendPictureOf({ territory, instrument, latest, trend, requirements }: Readiness, words: Words): string {
  const picture = {
    title: words.say`${titleOf(territory)}: over the years`,
    points: instrument.points,
    times: trend.map(({ assessment }) => assessment.date ?? titleOf(assessment)),
    lines: latest.dimensions.map(({ dimension }) => {
      const all = trend.map((each) => each.dimensions.find((found) => found.dimension.id === dimension.id));
      const required = requirements.find((each) => each.dimension === dimension.id)?.required;
      return {
        title: titleOf(dimension),
        medians: all.map((each) => each?.median),
        split: all.map((each) => each?.split === true),
        ...(required !== undefined && { required }),
      };
    }),
  };
  return trendSvg(picture, words);
}
