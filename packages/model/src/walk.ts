import type { Activity, Pathway, Step } from './flow.js';
import type { Model } from './model.js';

export interface WalkedActivity {
  readonly activity: Activity;
  /** The activities around it, outermost first. */
  readonly ancestors: readonly Activity[];
}

/** All activities of a body and of the bodies inside them, in textual order, each before what it contains. */
export function* walkActivities(
  body: readonly Activity[],
  ancestors: readonly Activity[] = [],
): Generator<WalkedActivity, void, undefined> {
  for (const activity of body) {
    yield { activity, ancestors };
    for (const nested of nestedBodies(activity)) yield* walkActivities(nested, [...ancestors, activity]);
  }
}

/**
 * The bodies directly inside an activity: its own, those of its branches, then the ways of those who find nothing
 * free (`else` of a hold), of those who give up waiting, and the workarounds of a step.
 */
export function nestedBodies(activity: Activity): readonly (readonly Activity[])[] {
  const givingUp = 'waits' in activity ? [activity.waits.otherwise] : [];
  switch (activity.kind) {
    case 'step':
      return [...givingUp, ...workaroundsOf(activity)];
    case 'hold':
      return [activity.body, ...(activity.otherwise === undefined ? [] : [activity.otherwise]), ...givingUp];
    case 'choose':
    case 'together':
    case 'race':
      return activity.branches.map((branch) => branch.body);
    case 'repeat':
    case 'gather':
      return [activity.body];
    default:
      return [];
  }
}

function workaroundsOf({ fallbacks }: Step): readonly (readonly Activity[])[] {
  return (fallbacks ?? []).flatMap(({ workaround }) => (workaround === undefined ? [] : [workaround]));
}

const activitiesOfPathways = new WeakMap<Pathway, readonly Activity[]>();

/** All activities of a pathway in textual order; those of called pathways are not among them. */
export function activitiesOf(pathway: Pathway): readonly Activity[] {
  const known = activitiesOfPathways.get(pathway);
  if (known !== undefined) return known;
  const activities: Activity[] = [];
  collectActivities(pathway.body, activities);
  // Only what is frozen cannot change afterwards.
  if (Object.isFrozen(pathway)) activitiesOfPathways.set(pathway, activities);
  return activities;
}

function collectActivities(body: readonly Activity[], found: Activity[]): void {
  for (const activity of body) {
    found.push(activity);
    for (const nested of nestedBodies(activity)) collectActivities(nested, found);
  }
}

/** The activity with an id, wherever it stands in the model. */
export function findActivity(model: Pick<Model, 'pathways'>, id: string): Activity | undefined {
  for (const pathway of model.pathways) {
    for (const { activity } of walkActivities(pathway.body)) if (activity.id === id) return activity;
  }
  return undefined;
}

/**
 * A copy of a body in which every activity went through `change`, the inner ones first. Activities that neither
 * they nor their insides changed are the same objects as before.
 */
export function mapActivities(
  body: readonly Activity[],
  change: (activity: Activity) => Activity,
): readonly Activity[] {
  return replaceActivities(body, (activity) => [change(activity)]);
}

/** As mapActivities, with any number of activities in the stead of each. */
export function replaceActivities(
  body: readonly Activity[],
  change: (activity: Activity) => readonly Activity[],
): readonly Activity[] {
  const changed = body.flatMap((activity) =>
    change(withInside(activity, (inside) => replaceActivities(inside, change))),
  );
  return changed.length === body.length && changed.every((activity, i) => activity === body[i]) ? body : changed;
}

/** An activity with other bodies directly inside it, those of nestedBodies; the same object where none changed. */
export function withInside(activity: Activity, map: (body: readonly Activity[]) => readonly Activity[]): Activity {
  switch (activity.kind) {
    case 'step':
      return withWorkarounds(withWaits(activity, map), map);
    case 'hold': {
      const hold = withWaits(activity, map);
      const body = map(hold.body);
      const otherwise = hold.otherwise && map(hold.otherwise);
      return body === hold.body && otherwise === hold.otherwise
        ? hold
        : { ...hold, body, ...(otherwise && { otherwise }) };
    }
    case 'choose':
      return withBranches(activity, activity.branches, map);
    case 'together':
      return withBranches(activity, activity.branches, map);
    case 'race':
      return withBranches(activity, activity.branches, map);
    case 'gather':
    case 'repeat': {
      const body = map(activity.body);
      return body === activity.body ? activity : { ...activity, body };
    }
    default:
      return activity;
  }
}

function withWaits<T extends Extract<Activity, { kind: 'step' | 'hold' }>>(
  activity: T,
  map: (body: readonly Activity[]) => readonly Activity[],
): T {
  if (activity.waits === undefined) return activity;
  const otherwise = map(activity.waits.otherwise);
  return otherwise === activity.waits.otherwise ? activity : { ...activity, waits: { ...activity.waits, otherwise } };
}

function withWorkarounds(step: Step, map: (body: readonly Activity[]) => readonly Activity[]): Step {
  const { fallbacks } = step;
  if (fallbacks === undefined) return step;
  const changed = fallbacks.map((fallback) => {
    const workaround = fallback.workaround && map(fallback.workaround);
    return workaround === fallback.workaround ? fallback : { ...fallback, ...(workaround && { workaround }) };
  });
  return changed.every((fallback, i) => fallback === fallbacks[i]) ? step : { ...step, fallbacks: changed };
}

function withBranches<
  B extends { readonly body: readonly Activity[] },
  T extends Activity & { readonly branches: readonly B[] },
>(activity: T, branches: readonly B[], map: (body: readonly Activity[]) => readonly Activity[]): T {
  const changed = branches.map((branch) => {
    const body = map(branch.body);
    return body === branch.body ? branch : { ...branch, body };
  });
  return changed.every((branch, i) => branch === branches[i]) ? activity : { ...activity, branches: changed };
}
