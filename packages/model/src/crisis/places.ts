import type { Activity, Need, NeedTarget, Pathway } from '../flow.js';
import { walkActivities } from '../walk.js';
import type { PathwayPatch, Patch, ScarceTarget } from './response.js';

/** What a patch touches of a place: all of it, one of its properties, or the way just before or after it. */
type Aspect = 'whole' | 'gone' | 'before' | 'after' | 'measure' | `property ${string}`;

/** A place that a patch touches; `place` is the id of an activity, cohort or resource. */
interface Touch {
  readonly place: string;
  readonly aspect: Aspect;
}

/** What a patch touches in pathways. Whatever two touches do not share, they may change in either order. */
function touchesOf(patch: Patch, pathways: readonly Pathway[]): readonly Touch[] {
  switch (patch.kind) {
    case 'replace':
      return [{ place: patch.place, aspect: 'whole' }];
    case 'remove':
      return [{ place: patch.place, aspect: 'gone' }];
    case 'insert':
      return [{ place: patch.place, aspect: patch.where }];
    case 'reroute':
      return [{ place: patch.place, aspect: patch.when === undefined ? 'whole' : 'before' }];
    case 'hold back':
      return [{ place: patch.place, aspect: 'before' }];
    case 'change':
      return Object.keys(patch.to).map((property) => ({ place: patch.place, aspect: `property ${property}` as const }));
    case 'merge':
      return placesThatNeed(patch.of, pathways).flatMap((place) =>
        (['staff', 'things'] as const).map((property) => ({ place, aspect: `property ${property}` as const })),
      );
    case 'ration':
      return placesThatNeed([patch.target], pathways).map((place) => ({ place, aspect: 'property priority' }));
    case 'pause':
    case 'cancel':
    case 'start':
      return patch.cohorts.map((place) => ({ place, aspect: 'measure' }));
    case 'postpone':
      return [{ place: patch.cohort, aspect: 'property arrival' }];
    case 'team':
      return [{ place: patch.resource, aspect: 'measure' }];
    default:
      return [];
  }
}

/** The place that two patches of different responses cannot both have their way with; undefined where they can. */
export function clash(
  first: Patch,
  second: Patch,
  pathways: readonly Pathway[],
  inside: (outer: string) => ReadonlySet<string>,
): string | undefined {
  // The same measure twice is the measure once.
  if (first.kind === second.kind && ['pause', 'cancel', 'start'].includes(first.kind)) return undefined;
  const others = touchesOf(second, pathways);
  for (const own of touchesOf(first, pathways)) {
    for (const other of others) {
      if (own.place === other.place && aspectsClash(own.aspect, other.aspect)) return own.place;
      if (isWhole(own.aspect) && inside(own.place).has(other.place)) return other.place;
      if (isWhole(other.aspect) && inside(other.place).has(own.place)) return own.place;
    }
  }
  return undefined;
}

function isWhole(aspect: Aspect): boolean {
  return aspect === 'whole' || aspect === 'gone';
}

/** What stands in the stead of a place keeps its neighbours; what is gone has none, and neither keeps its properties. */
function aspectsClash(a: Aspect, b: Aspect): boolean {
  if (a === b) return true;
  if (isWhole(a) && isWhole(b)) return true;
  const [gone, other] = a === 'gone' ? [true, b] : b === 'gone' ? [true, a] : [false, a];
  if (gone && (other === 'before' || other === 'after')) return true;
  if (isWhole(a)) return b.startsWith('property ');
  return isWhole(b) && a.startsWith('property ');
}

/** Ids of the steps and holds that ask for any of these. */
function placesThatNeed(targets: readonly ScarceTarget[], pathways: readonly Pathway[]): string[] {
  return pathways.flatMap(({ body }) =>
    Array.from(walkActivities(body), ({ activity }) => activity)
      .filter((activity) => needsAnyOf(activity, targets))
      .map(({ id }) => id),
  );
}

/** Whether a step or hold asks for any of these. */
export function needsAnyOf(activity: Activity, targets: readonly ScarceTarget[]): boolean {
  if (activity.kind !== 'step' && activity.kind !== 'hold') return false;
  return activity.needs.some((need) => need.of.some((target) => targets.some((each) => sameTarget(each, target))));
}

/** A need that takes any of the targets where it takes one of them, its own first. */
export function pooled(need: Need, targets: readonly ScarceTarget[]): Need {
  if (!need.of.some((target) => targets.some((each) => sameTarget(each, target)))) return need;
  const others = targets.filter((each) => !need.of.some((target) => sameTarget(each, target)));
  return { ...need, of: [...need.of, ...others] };
}

function sameTarget(a: ScarceTarget, b: NeedTarget): boolean {
  if (a.kind === 'resource') return b.kind === 'resource' && b.resource === a.resource;
  return b.kind === 'role' && b.role === a.role;
}

/** The place that a patch of one place is about. */
export function placeOf(patch: PathwayPatch): string | undefined {
  return 'place' in patch ? patch.place : undefined;
}
