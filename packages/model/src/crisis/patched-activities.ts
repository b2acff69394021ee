import type { Activity, Hold, Need, Step } from '../flow.js';
import { replaceActivities } from '../walk.js';
import type { ChangedProperties } from './response.js';

type PlaceOfWork = Step | Hold;

/** Steps and holds ask for people and things. */
export function isPlaceOfWork(activity: Activity): activity is PlaceOfWork {
  return activity.kind === 'step' || activity.kind === 'hold';
}

/** A step or hold with other needs; anything else as it is. */
export function withNeeds(activity: Activity, change: (needs: readonly Need[]) => readonly Need[]): Activity {
  if (!isPlaceOfWork(activity)) return activity;
  const needs = change(activity.needs);
  return needs.every((need, i) => need === activity.needs[i]) ? activity : { ...activity, needs };
}

/** Staff are what is asked for by role or skill, things what is asked for by resource. */
export function withProperties(activity: Activity, { staff, things, ...others }: ChangedProperties): Activity {
  if (!isPlaceOfWork(activity)) return activity;
  const isStaff = (need: Need): boolean => need.of.some(({ kind }) => kind !== 'resource');
  const needs =
    staff === undefined && things === undefined
      ? activity.needs
      : [...(staff ?? activity.needs.filter(isStaff)), ...(things ?? activity.needs.filter((need) => !isStaff(need)))];
  if (activity.kind === 'step') {
    const { freesFirst: _, moves: __, ...ofSteps } = others;
    return { ...activity, ...ofSteps, needs };
  }
  const { priority, waits, preempts, freesFirst, moves } = others;
  return {
    ...activity,
    ...(priority && { priority }),
    ...(waits && { waits }),
    ...(preempts && { preempts }),
    ...(freesFirst && { freesFirst }),
    ...(moves && { moves }),
    needs,
  };
}

/** Whether anything in an activity names another one, whatever stands inside it left out. */
export function mentions(activity: Activity, id: string): boolean {
  const { kind } = activity;
  if (kind === 'go to') return activity.to === id;
  if (kind === 'step' && activity.within?.of === id) return true;
  return namesIn(activity, id);
}

/** Conditions and times that ask for the patient's past at an activity, or for the queue there. */
function namesIn(value: unknown, id: string): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some((each) => namesIn(each, id));
  const record: Readonly<Record<string, unknown>> = { ...value };
  const asks = ['since', 'waited', 'state'].includes(String(record.kind)) && record.of === id;
  return asks || Object.entries(record).some(([key, part]) => key !== 'origin' && namesIn(part, id));
}

/** The same activities under other ids, wherever these are named among them. */
export function renamedIds(body: readonly Activity[], ids: ReadonlyMap<string, string>): readonly Activity[] {
  const renamed = (activity: Activity): Activity => {
    const id = ids.get(activity.id);
    const own = id === undefined ? activity : { ...activity, id };
    if (own.kind === 'go to') return { ...own, to: ids.get(own.to) ?? own.to };
    if (own.kind === 'release') return { ...own, hold: ids.get(own.hold) ?? own.hold };
    return own;
  };
  return replaceActivities(body, (activity) => [renamed(activity)]);
}
