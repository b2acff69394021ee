import { type Activity, type Model, type Pathway, titleOf } from '@pathway/model';
import type { OpenEnd } from './ends.js';
import type { GraphBuilder, Surroundings } from './graph-builder.js';
import { type LaneChoice, laneOfOrganisation, NO_LANE, organisationOfHold } from './lanes.js';
import type { DrawingWords } from './words.js';

/** A pathway that is walked through, and where its nodes go. */
export interface WalkedPathway {
  readonly model: Model;
  readonly pathway: Pathway;
  readonly words: DrawingWords;
  readonly lanes: LaneChoice;
  readonly builder: GraphBuilder;
}

/** The node at which the cohort comes in that stands at a position among those of a pathway. */
export function startNodeId({ id }: Pick<Pathway, 'id'>, position: number): string {
  return `${id}:start${position + 1}`;
}

/** A start for each cohort: those at the beginning, and those whose patients enter later. */
export function addStarts(
  walked: WalkedPathway,
  around: Surroundings,
): {
  readonly atTheBeginning: readonly OpenEnd[];
  readonly later: readonly { readonly start: string; readonly activity: string }[];
} {
  const cohorts = walked.pathway.cohorts;
  if (cohorts.length === 0) {
    const description = walked.words.say`Start of ${titleOf(walked.pathway)}`;
    const origin = walked.pathway.origin;
    const id = `${walked.pathway.id}:start`;
    walked.builder.add(
      { id, kind: 'start', title: walked.words.say`Start`, description, origin },
      around.organisation,
      around,
      [],
    );
    return { atTheBeginning: [{ from: id, label: '' }], later: [] };
  }
  const atTheBeginning: OpenEnd[] = [];
  const later: { start: string; activity: string }[] = [];
  cohorts.forEach((entry, position) => {
    const cohort = walked.model.cohorts.find((each) => each.id === entry.cohort);
    const title = cohort === undefined ? entry.cohort : titleOf(cohort);
    const id = startNodeId(walked.pathway, position);
    const organisation = organisationOfEntry(walked, entry.entry) ?? around.organisation;
    const origin = cohort?.origin ?? walked.pathway.origin;
    walked.builder.add(
      { id, kind: 'start', title, description: walked.words.say`Start: ${title}`, origin },
      organisation,
      around,
      [],
    );
    if (entry.entry === undefined) atTheBeginning.push({ from: id, label: '' });
    else later.push({ start: id, activity: entry.entry });
  });
  return { atTheBeginning, later };
}

/** The lane of the step or hold at which a cohort enters, where the activity itself names it. */
function organisationOfEntry(walked: WalkedPathway, id: string | undefined): string | undefined {
  const activity = id === undefined ? undefined : findActivity(walked.pathway.body, id);
  if (activity?.kind === 'step') return activity.organisation ?? walked.pathway.owner;
  return activity?.kind === 'hold' ? organisationOfHold(walked.model, activity) : undefined;
}

/** One end for every lane in which a way runs out of the text, so that an end never looks like a handover. */
export function addUnwrittenEnds(walked: WalkedPathway, ends: readonly OpenEnd[], around: Surroundings): void {
  const byLane = new Map<string, { readonly organisation: string; readonly own: OpenEnd[] }>();
  for (const end of ends) {
    const organisation = walked.builder.node(end.from)?.organisation ?? NO_LANE;
    const lane = laneOfOrganisation(walked.model, walked.lanes, organisation);
    const known = byLane.get(lane);
    if (known === undefined) byLane.set(lane, { organisation, own: [end] });
    else known.own.push(end);
  }
  let count = 0;
  for (const { organisation, own } of byLane.values()) {
    const id = `${walked.pathway.id}:end${++count}`;
    const description = walked.words.say`End of ${titleOf(walked.pathway)}`;
    const origin = walked.pathway.origin;
    walked.builder.add(
      { id, kind: 'end', title: walked.words.say`End`, description, origin },
      organisation,
      around,
      own,
    );
  }
}

function findActivity(activities: readonly Activity[], id: string): Activity | undefined {
  for (const activity of activities) {
    if (activity.id === id) return activity;
    const inside = [
      ...('body' in activity ? activity.body : []),
      ...('branches' in activity ? activity.branches.flatMap((branch) => [...branch.body]) : []),
      ...(activity.kind === 'step' || activity.kind === 'hold' ? (activity.waits?.otherwise ?? []) : []),
      ...(activity.kind === 'hold' ? (activity.otherwise ?? []) : []),
    ];
    const found = findActivity(inside, id);
    if (found !== undefined) return found;
  }
  return undefined;
}
