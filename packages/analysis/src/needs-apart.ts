import { type Activity, type Hold, walkActivities } from '@pathway/model';
import type { Visit } from './traffic.js';

const known = new WeakMap<Activity, boolean>();

/**
 * A visit for each need, where the text gives back some of them before the end, so that they are kept for different times; else
 * the visit itself. How it is divided is the same for all visits of an activity.
 */
export function needsApart(visit: Visit): readonly Visit[] {
  const { activity, amounts, kept } = visit;
  if (activity.kind === 'step' || activity.policy !== 'all' || activity.needs.length < 2) return [visit];
  if (!isReleasedIn(activity)) return [visit];
  return activity.needs.map((need, part) => ({
    ...visit,
    activity: withNeed(activity, part),
    amounts: [amounts[part]],
    kept: [kept[part]],
    part,
  }));
}

const alone = new WeakMap<Hold, Hold[]>();

/** The hold with one of its needs alone; the same object each time. */
function withNeed(hold: Hold, part: number): Hold {
  const own = alone.get(hold) ?? hold.needs.map((need) => ({ ...hold, needs: [need] }));
  alone.set(hold, own);
  return own[part] ?? hold;
}

function isReleasedIn(hold: Hold): boolean {
  const found =
    known.get(hold) ??
    [...walkActivities(hold.body)].some(({ activity }) => activity.kind === 'release' && activity.hold === hold.id);
  known.set(hold, found);
  return found;
}

/** What tells a visit's activity, and its part where it is divided, from others. */
export function keyOfPart(id: string, { part }: Pick<Visit, 'part'>): string {
  return part === undefined ? id : `${id}\n${part}`;
}
