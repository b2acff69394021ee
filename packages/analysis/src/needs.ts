import {
  activitiesOf,
  type Hold,
  type Model,
  type Need,
  type NeedTarget,
  type Pathway,
  type Step,
} from '@pathway/model';

/** A need where it is written. */
export interface PlacedNeed {
  readonly pathway: Pathway;
  readonly activity: Step | Hold;
  readonly need: Need;
  readonly target: NeedTarget;
}

/** All needs of all pathways in textual order, each alternative by itself. */
export function needsOf(model: Model): readonly PlacedNeed[] {
  const known = needsOfLists.get(model.pathways);
  if (known !== undefined) return known;
  const needs = model.pathways.flatMap((pathway) => needsIn(pathway));
  needsOfLists.set(model.pathways, needs);
  return needs;
}

/** Several checks ask; the lists of a model never change. */
const needsOfLists = new WeakMap<readonly Pathway[], readonly PlacedNeed[]>();
const needsOfPathways = new WeakMap<Pathway, readonly PlacedNeed[]>();

function needsIn(pathway: Pathway): readonly PlacedNeed[] {
  const known = needsOfPathways.get(pathway);
  if (known !== undefined) return known;
  const needs: PlacedNeed[] = [];
  for (const activity of activitiesOf(pathway)) {
    if (activity.kind !== 'step' && activity.kind !== 'hold') continue;
    for (const need of activity.needs) for (const target of need.of) needs.push({ pathway, activity, need, target });
  }
  needsOfPathways.set(pathway, needs);
  return needs;
}

/** What each need may be met with. A hold that takes one of several, the first free or the least busy, has one need. */
export function wantsOf(activity: Step | Hold): readonly (readonly NeedTarget[])[] {
  const wants = activity.needs.map(({ of }) => of);
  return activity.kind === 'step' || activity.policy === 'all' ? wants : [wants.flat()];
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
