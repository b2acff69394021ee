import {
  type Hold,
  type Model,
  type Need,
  type NeedTarget,
  type Pathway,
  type Step,
  walkActivities,
} from '@pathway/model';

/** A need where it is written. */
export interface PlacedNeed {
  readonly pathway: Pathway;
  readonly activity: Step | Hold;
  readonly need: Need;
  readonly target: NeedTarget;
}

/** All needs of all pathways in textual order, each alternative by itself. */
export function needsOf(model: Model): PlacedNeed[] {
  return model.pathways.flatMap((pathway) =>
    Array.from(walkActivities(pathway.body), ({ activity }) => activity).flatMap((activity) =>
      activity.kind === 'step' || activity.kind === 'hold'
        ? activity.needs.flatMap((need) => need.of.map((target) => ({ pathway, activity, need, target })))
        : [],
    ),
  );
}

/** Skills with the levels asked for, each pair once, in order of first use. */
export function neededSkills(model: Model): { readonly skill: string; readonly level?: string }[] {
  const found = new Map<string, { readonly skill: string; readonly level?: string }>();
  for (const { target } of needsOf(model)) {
    if (target.kind !== 'skill') continue;
    const { skill, level } = target;
    const key = `${skill} ${level ?? ''}`;
    if (!found.has(key)) found.set(key, { skill, ...(level !== undefined && { level }) });
  }
  return [...found.values()];
}
