import type { Activity, Model, Pathway } from '@pathway/model';
import { headOf } from '../write/activity-text.js';
import type { BpmnNode, Meaning } from './process.js';
import type { OpenWay, ProcessBuilder, Surroundings } from './process-builder.js';

/** Branch number of a way that leaves aside from the usual one: it stands after every written branch. */
export const ASIDE = 1_000_000;
/** The organisation of what belongs to none. */
export const NOWHERE = '';

/** What a process of BPMN cannot say, in plain words, each once. */
export type NotSaid = Set<string>;

/** The walk through a pathway as what it meets sees it: open ways come in, and those that are open after it go out. */
export interface ProcessWalk {
  readonly model: Model;
  readonly pathway: Pathway;
  readonly notSaid: NotSaid;
  /** Of the process that is being written: a race has one of its own. */
  readonly builder: ProcessBuilder;
  /** Ways that end early within a branch of `together`, innermost last: they go to its join. */
  readonly leaving: OpenWay[][];
  /** Activities one after another. */
  sequence(activities: readonly Activity[], ends: readonly OpenWay[], around: Surroundings): readonly OpenWay[];
  /** Activities of a branch of the node at which it begins. */
  branch(
    body: readonly Activity[],
    ends: readonly OpenWay[],
    around: Surroundings,
    opener: string,
    branch: number,
  ): readonly OpenWay[];
  /** A node for an activity of which nothing needs more than its name. */
  plain(
    activity: Activity,
    kind: BpmnNode['kind'],
    name: string,
    ends: readonly OpenWay[],
    around: Surroundings,
  ): readonly OpenWay[];
  /** The organisation from which all open ways come; the one around where there are several. */
  placeOf(ends: readonly OpenWay[], around: Surroundings): string;
  /** Title of a declared element; its id where there is none. */
  titleOfElement(id: string): string;
  /** What is written inside goes to a builder of its own, which no way leaves. */
  race(inside: (builder: ProcessBuilder) => void): ProcessBuilder;
}

/** What an activity is in the language, so that its text can be had back. */
export function meaningOf(activity: Activity, lines: readonly string[] = []): Meaning {
  const head = headOf(activity);
  return { is: activity.kind, ...(head !== '' && { head }), ...(lines.length > 0 && { lines }) };
}

/** Documentation without the space around it; none where it is empty. */
export function documented({ documentation }: { readonly documentation?: string }): {
  readonly documentation?: string;
} {
  const text = documentation?.trim();
  return text === undefined || text === '' ? {} : { documentation: text };
}
