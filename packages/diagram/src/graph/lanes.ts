import { titleOf, type Activity, type Model, type Pathway, type Step, capitalised, sectorText } from '@pathway/model';
import { type DraftNode, JOIN } from './graph-builder.js';
import type { GraphEdge, Lane } from './graph.js';
import { type DrawingWords, ENGLISH } from './words.js';

/** Stands for a lane where nothing names one: no organisation, no setting, nobody who works. */
export const NO_LANE = '';

/** Which lanes a drawing has: by who is responsible, by the sector of that, by who does the work; or none. */
export type LaneChoice = 'organisation' | 'setting' | 'role' | 'none';

/** The organisation, or the sector, of an organisation's lane; roles and drawings without lanes do not part ends. */
export function laneOfOrganisation(model: Model, choice: LaneChoice, organisation: string): string {
  if (choice === 'organisation') return organisation;
  if (choice !== 'setting') return NO_LANE;
  return model.organisations.find(({ id }) => id === organisation)?.sector ?? NO_LANE;
}

/** The lane of every node, by its id, in the order of the nodes. */
export function laneKeys(
  model: Model,
  choice: LaneChoice,
  nodes: readonly DraftNode[],
  edges: readonly GraphEdge[],
): readonly string[] {
  if (choice !== 'role') return nodes.map(({ organisation }) => laneOfOrganisation(model, choice, organisation));
  const lanes = new Map(nodes.flatMap(({ id, worker }) => (worker === undefined ? [] : [[id, worker] as const])));
  // What is taken stands with the work that it is taken for.
  for (const { id, kind } of [...nodes].reverse()) {
    const lane = kind === 'take' ? lanes.get(edges.find(({ from }) => from === id)?.to ?? '') : undefined;
    if (lane !== undefined) lanes.set(id, lane);
  }
  // What is no work stands with what comes before it, else with what follows; what joins ways, where they parted.
  const joins = new Set(nodes.filter(({ kind }) => kind === 'join').map(({ id }) => id));
  for (const { from, to, kind } of edges) {
    const lane = lanes.get(joins.has(to) ? forkOf(to) : from);
    if (kind === 'flow' && lane !== undefined && !lanes.has(to)) lanes.set(to, lane);
  }
  for (const { from, to } of [...edges].reverse()) {
    const lane = lanes.get(to);
    if (lane !== undefined && !lanes.has(from)) lanes.set(from, lane);
  }
  return nodes.map(({ id }) => lanes.get(id) ?? NO_LANE);
}

/** The fork at which the ways part that a join brings together. */
function forkOf(join: string): string {
  return join.slice(0, -JOIN.length);
}

/** Whose work a step is: the first role or skill that it asks for. */
export function workerOf(step: Step): string {
  for (const target of step.needs.flatMap(({ of }) => of)) {
    if (target.kind === 'role') return target.role;
    if (target.kind === 'skill') return target.skill;
  }
  return NO_LANE;
}

/** Lanes in the order in which the pathway first comes to them; what nobody is named for comes last. */
export function orderLanes(
  model: Model,
  choice: LaneChoice,
  keys: readonly string[],
  words: DrawingWords = ENGLISH,
): readonly Lane[] {
  const { say } = words;
  const used = new Set(keys);
  const ids = [...used].filter((id) => id !== NO_LANE);
  if (ids.length === 0) return [];
  const declared =
    choice === 'organisation' ? model.organisations : choice === 'role' ? [...model.roles, ...model.skills] : [];
  const lanes = ids.map((id): Lane => {
    const found = declared.find((each) => each.id === id);
    return found === undefined
      ? { id, title: capitalised(choice === 'setting' ? sectorText(words, id) : id) }
      : { id, title: titleOf(found), origin: found.origin };
  });
  const unnamed = choice === 'role' ? say`Nobody at work` : say`Not assigned`;
  return used.has(NO_LANE) ? [...lanes, { id: NO_LANE, title: unnamed }] : lanes;
}

/** The organisation of the first activity that has one, where a way through the activities begins. */
export function firstOrganisation(model: Model, pathway: Pathway): string {
  return firstOf(model, pathway.body, pathway.owner) ?? pathway.owner ?? NO_LANE;
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
