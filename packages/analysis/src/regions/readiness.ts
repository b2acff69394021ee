import {
  type AssessmentResult,
  consensusOf,
  type Instrument,
  latestAssessment,
  type Model,
  type Territory,
  titleOf,
} from '@pathway/model';

/** How ready a territory is by one instrument, as its assessments say. */
export interface Readiness {
  readonly territory: Territory;
  readonly instrument: Instrument;
  readonly latest: AssessmentResult;
  /** All assessments, the earliest first; the latest is the last. */
  readonly trend: readonly AssessmentResult[];
  /** What templates require, the greatest gap first; all templates of the project count. */
  readonly requirements: readonly Requirement[];
  /** Other territories, those first whose strengths cover most of the gap. */
  readonly twins: readonly Twin[];
}

/** The most that any template requires of a dimension. */
interface Requirement {
  /** Id of the dimension. */
  readonly dimension: string;
  readonly title: string;
  readonly required: number;
  /** Titles of the templates that require as much. */
  readonly templates: readonly string[];
  /** Absent where raters are split, or nobody rated. */
  readonly agreed?: number;
  /** Points that are missing; all where nothing is agreed. */
  readonly missing: number;
}

/** What two territories can learn from one another. */
interface Twin {
  readonly territory: Territory;
  /** Share of this territory's gap that the other's strengths cover, 0 to 1; and the other way round. */
  readonly helps: number;
  readonly isHelped: number;
  /** Titles of the dimensions in which the other is ahead where this one has a gap. */
  readonly teaches: readonly string[];
}

/** For each territory and instrument with an assessment, in the order of declaration. */
export function readinessOf(model: Model): readonly Readiness[] {
  return (model.instruments ?? []).flatMap((instrument) => {
    const assessed = model.territories.flatMap((territory) => {
      const latest = latestAssessment(model.assessments ?? [], territory.id, instrument.id);
      return latest === undefined ? [] : [{ territory, latest: consensusOf(latest, instrument) }];
    });
    return assessed.map(({ territory, latest }): Readiness => ({
      territory,
      instrument,
      latest,
      trend: trendOf(territory.id, instrument, latest, model),
      requirements: requirementsOf(instrument, latest, model),
      twins: assessed
        .filter((other) => other.territory !== territory)
        .map((other) => twinOf(other.territory, latest, other.latest, instrument, model))
        .toSorted((a, b) => b.helps - a.helps || b.isHelped - a.isHelped),
    }));
  });
}

function trendOf(
  territory: string,
  instrument: Instrument,
  latest: AssessmentResult,
  model: Model,
): readonly AssessmentResult[] {
  const earlier = (model.assessments ?? [])
    .filter((each) => each.territory === territory && each.instrument === instrument.id && each !== latest.assessment)
    .toSorted((a, b) => ((a.date ?? '') < (b.date ?? '') ? -1 : (a.date ?? '') > (b.date ?? '') ? 1 : 0));
  return [...earlier.map((each) => consensusOf(each, instrument)), latest];
}

function requirementsOf(instrument: Instrument, latest: AssessmentResult, model: Model): readonly Requirement[] {
  return instrument.dimensions
    .flatMap((dimension): Requirement[] => {
      const wanted = (model.templates ?? []).flatMap((template) =>
        template.needs.flatMap((need) =>
          need.kind === 'maturity' && need.dimension === dimension.id
            ? [{ points: need.points, template: titleOf(template) }]
            : [],
        ),
      );
      if (wanted.length === 0) return [];
      const required = Math.max(...wanted.map(({ points }) => points));
      const agreed = agreedOn(dimension.id, latest);
      return [
        {
          dimension: dimension.id,
          title: titleOf(dimension),
          required,
          templates: wanted.filter(({ points }) => points === required).map(({ template }) => template),
          ...(agreed !== undefined && { agreed }),
          missing: Math.max(0, required - (agreed ?? instrument.points.low)),
        },
      ];
    })
    .toSorted((a, b) => b.missing - a.missing);
}

function agreedOn(dimension: string, { dimensions }: AssessmentResult): number | undefined {
  return dimensions.find((each) => each.dimension.id === dimension)?.agreed;
}

/**
 * A gap is what lacks to what templates require, or to the highest points where none requires anything; the other covers as
 * much of it as it is ahead. What one's own raters do not agree on is no gap, what the other's do not agree on no strength: the
 * gap is the same whoever it is compared with.
 */
function twinOf(
  territory: Territory,
  own: AssessmentResult,
  other: AssessmentResult,
  instrument: Instrument,
  model: Model,
): Twin {
  const required = new Map(requirementsOf(instrument, own, model).map((each) => [each.dimension, each.required]));
  const target = (dimension: string): number =>
    required.get(dimension) ?? (required.size === 0 ? instrument.points.high : instrument.points.low);
  const covered = (
    of: AssessmentResult,
    by: AssessmentResult,
  ): { readonly share: number; readonly titles: string[] } => {
    let gap = 0;
    let cover = 0;
    const titles: string[] = [];
    for (const dimension of instrument.dimensions) {
      const [low, high] = [agreedOn(dimension.id, of), agreedOn(dimension.id, by)];
      if (low === undefined) continue;
      const lacking = Math.max(0, target(dimension.id) - low);
      gap += lacking;
      if (high === undefined) continue;
      const helped = Math.min(lacking, Math.max(0, high - low));
      cover += helped;
      if (helped > 0) titles.push(titleOf(dimension));
    }
    return { share: gap === 0 ? 0 : cover / gap, titles };
  };
  const mine = covered(own, other);
  return { territory, helps: mine.share, isHelped: covered(other, own).share, teaches: mine.titles };
}
