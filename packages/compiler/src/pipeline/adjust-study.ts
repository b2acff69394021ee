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
    })),
  };
}

function quickPlan(plan: ReplicationPlan, quick: boolean): ReplicationPlan {
  if (!quick) return plan;
  return { kind: 'fixed', times: Math.min(QUICK_REPLICATIONS, plan.kind === 'fixed' ? plan.times : plan.atMost) };
}
