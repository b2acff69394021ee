import { titleOf, type Activity, type Model, type Pathway } from '@pathway/model';
import type { DraftNode } from './graph-builder.js';
import type { Lane } from './graph.js';
import { type DrawingWords, ENGLISH } from './words.js';

/** Stands for an organisation where neither the step nor the pathway names one. */
export const NO_ORGANISATION = '';

/** Lanes in the order in which the pathway first comes to them; what nobody is named for comes last. */
export function orderLanes(
  model: Model,
  nodes: readonly DraftNode[],
  { say }: DrawingWords = ENGLISH,
): readonly Lane[] {
  const used = new Set(nodes.map((node) => node.organisation));
  const ids = [...used].filter((id) => id !== NO_ORGANISATION);
  if (ids.length === 0) return [];
  const lanes = ids.map((id): Lane => {
    const organisation = model.organisations.find((each) => each.id === id);
    return organisation === undefined
      ? { id, title: id }
      : { id, title: titleOf(organisation), origin: organisation.origin };
  });
  return used.has(NO_ORGANISATION) ? [...lanes, { id: NO_ORGANISATION, title: say`Not assigned` }] : lanes;
}

/** The organisation of the first activity that has one, where a way through the activities begins. */
export function firstOrganisation(model: Model, pathway: Pathway): string {
  return firstOf(model, pathway.body, pathway.owner) ?? pathway.owner ?? NO_ORGANISATION;
}

function firstOf(model: Model, activities: readonly Activity[], owner: string | undefined): string | undefined {
  for (const activity of activities) {
    const found = ownOrFirstInside(model, activity, owner);
    if (found !== undefined) return found;
  }
  return undefined;
}

function ownOrFirstInside(model: Model, activity: Activity, owner: string | undefined): string | undefined {
  switch (activity.kind) {
    case 'step':
      return activity.organisation ?? owner;
    case 'hold':
      return organisationOfHold(model, activity) ?? firstOf(model, activity.body, owner);
    case 'choose':
    case 'together':
    case 'race':
      return firstOf(
        model,
        activity.branches.flatMap((branch) => branch.body),
        owner,
      );
    case 'repeat':
    case 'gather':
      return firstOf(model, activity.body, owner);
    case 'wait':
    case 'set':
    case 'call':
    case 'release':
    case 'go to':
    case 'finish':
      return undefined;
  }
}

/** Where the first resource that a hold may take stands. */
export function organisationOfHold(model: Model, hold: Extract<Activity, { kind: 'hold' }>): string | undefined {
  for (const target of hold.needs.flatMap((need) => need.of)) {
    if (target.kind !== 'resource') continue;
    const resource = model.resources.find((each) => each.id === target.resource);
    if (resource?.organisation !== undefined) return resource.organisation;
  }
  return undefined;
}
