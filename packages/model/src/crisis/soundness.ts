import type { Activity, Branch, Pathway } from '../flow.js';
import { activitiesOf, nestedBodies, walkActivities } from '../walk.js';

/** Why a pathway does not hold together, and where. */
export interface Unsoundness {
  readonly activity: Activity;
  /** Ends a sentence that begins with the activity: `leads to …, which is not there`. */
  readonly reason: string;
}

/**
 * What is unsound in a pathway, as the language forbids it in a text: ways that lead nowhere or into the middle of what keeps
 * something, ends within what others wait for, releases outside of their hold, and activities that nobody reaches.
 */
export function unsoundnessOf(pathway: Pathway): readonly Unsoundness[] {
  const ancestors = new Map<string, readonly Activity[]>();
  for (const walked of walkActivities(pathway.body)) ancestors.set(walked.activity.id, walked.ancestors);
  const entered = enteredPlaces(pathway);
  const unreached: Unsoundness[] = [];
  reached(pathway.body, entered, unreached);
  return [...activitiesOf(pathway).flatMap((activity) => wrongIn(activity, ancestors)), ...unreached];
}

function enteredPlaces(pathway: Pathway): ReadonlySet<string> {
  const goTos = activitiesOf(pathway).flatMap((activity) => (activity.kind === 'go to' ? [activity.to] : []));
  return new Set([...goTos, ...pathway.cohorts.flatMap(({ entry }) => entry ?? [])]);
}

function wrongIn(activity: Activity, ancestors: ReadonlyMap<string, readonly Activity[]>): Unsoundness[] {
  const around = ancestors.get(activity.id) ?? [];
  switch (activity.kind) {
    case 'go to': {
      const target = ancestors.get(activity.to);
      if (target === undefined) return [{ activity, reason: `leads to ${activity.to}, which is not there` }];
      const into = target.find((each) => !around.includes(each) && isClosed(each));
      if (into !== undefined) return [{ activity, reason: `leads into the middle of ${into.id}` }];
      const out = around.find((each) => !target.includes(each) && each.id !== activity.to && isShared(each));
      return out === undefined ? [] : [{ activity, reason: `leaves ${out.id}, for which others wait` }];
    }
    case 'release': {
      const hold = around.find(({ id }) => id === activity.hold);
      return hold === undefined ? [{ activity, reason: 'gives back what no hold around it keeps' }] : [];
    }
    default:
      return [];
  }
}

/** What is entered at its beginning only. */
function isClosed({ kind }: Activity): boolean {
  return ['hold', 'together', 'race', 'gather', 'repeat'].includes(kind);
}

/** What is left at its end only. */
function isShared({ kind }: Activity): boolean {
  return kind === 'together' || kind === 'race' || kind === 'gather';
}

/** Whether the end of a body is reached from its beginning; tells the first of each run of activities that nobody reaches. */
function reached(body: readonly Activity[], entered: ReadonlySet<string>, found: Unsoundness[]): boolean {
  let isReached = true;
  let told = false;
  for (const activity of body) {
    if (!isReached && isEntered(activity, entered)) [isReached, told] = [true, false];
    if (!isReached && !told) {
      told = true;
      found.push({ activity, reason: 'is reached by nobody' });
    }
    const goesOn = continues(activity, entered, found);
    isReached = isReached && goesOn;
  }
  return isReached;
}

function isEntered(activity: Activity, entered: ReadonlySet<string>): boolean {
  return Array.from(walkActivities([activity])).some(({ activity: each }) => entered.has(each.id));
}

/** Whether patients can go on to what follows an activity. */
function continues(activity: Activity, entered: ReadonlySet<string>, found: Unsoundness[]): boolean {
  const ends = nestedBodies(activity).map((body) => reached(body, entered, found));
  switch (activity.kind) {
    case 'finish':
    case 'go to':
      return false;
    case 'choose':
      return !activity.branches.some(takesTheRest) || ends.some(Boolean);
    case 'hold':
      return activity.when !== undefined || ends.some(Boolean);
    case 'together':
      return ends.every(Boolean);
    case 'race':
      return ends.length === 0 || ends.some(Boolean);
    case 'repeat':
      return activity.atMost !== undefined || ends.every(Boolean);
    case 'gather':
      return ends.every(Boolean);
    default:
      return true;
  }
}

function takesTheRest({ when }: Branch): boolean {
  return when.kind === 'otherwise';
}
