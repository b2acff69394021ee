import type { Model, ReplicationPlan, Study, Template } from '@pathway/model';

/** What the user asks to be run otherwise than a study says. */
export interface StudyAdjustments {
  readonly replications?: number;
  readonly seed?: number;
  /** At most `QUICK_REPLICATIONS`, for a first look. */
  readonly quick?: boolean;
}

/** Replications of a first look: enough to see an interval, and how wide it is. */
export const QUICK_REPLICATIONS = 5;

/** Paths of Morris and samples of Sobol in a first look. */
const QUICK_SIZES = { 'one at a time': 1, Morris: 4, Sobol: 16 } as const;

/** The model with its studies as the user asks for them. */
export function adjustStudies(model: Model, adjustments: StudyAdjustments): Model {
  const { replications, seed, quick } = adjustments;
  if (replications === undefined && seed === undefined && quick !== true) return model;
  const adjusted = (study: Study): Study => ({
    ...study,
    seed: seed ?? study.seed,
    replications:
      replications === undefined
        ? quickPlan(study.replications, quick === true)
        : { kind: 'fixed', times: replications },
    ...(study.sensitivities !== undefined && {
      sensitivities: study.sensitivities.map((each) =>
        quick === true ? { ...each, size: Math.min(each.size, QUICK_SIZES[each.method]) } : each,
      ),
    }),
  });
  return {
    ...model,
    studies: model.studies.map(adjusted),
    ...(model.templates !== undefined && { templates: model.templates.map((each) => withStudies(each, adjusted)) }),
  };
}

/** A template with its studies changed, so that what is deployed later has them. */
function withStudies(template: Template, change: (study: Study) => Study): Template {
  const { studies } = template.parts;
  return studies === undefined ? template : { ...template, parts: { ...template.parts, studies: studies.map(change) } };
}

/** One long run is a single run already, and stays. */
function quickPlan(plan: ReplicationPlan, quick: boolean): ReplicationPlan {
  if (!quick || plan.kind === 'batches') return plan;
  return { kind: 'fixed', times: Math.min(QUICK_REPLICATIONS, plan.kind === 'fixed' ? plan.times : plan.atMost) };
}
