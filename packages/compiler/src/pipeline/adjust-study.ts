import type { Model, ReplicationPlan, Study } from '@pathway/model';

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
  return {
    ...model,
    studies: model.studies.map((study): Study => ({
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
    })),
  };
}

/** One long run is a single run already, and stays. */
function quickPlan(plan: ReplicationPlan, quick: boolean): ReplicationPlan {
  if (!quick || plan.kind === 'batches') return plan;
  return { kind: 'fixed', times: Math.min(QUICK_REPLICATIONS, plan.kind === 'fixed' ? plan.times : plan.atMost) };
}
