import type { Activity, Pathway, Step } from '../flow.js';
import type { Origin } from '../origin.js';
import { activitiesOf, replaceActivities, walkActivities } from '../walk.js';
import type { CompositionProblem, PatchOf, StandIn } from './composition.js';
import { isPlaceOfWork, mentions, renamedIds, withNeeds, withProperties } from './patched-activities.js';
import { needsAnyOf, placeOf, pooled } from './places.js';
import type { PathwayPatch } from './response.js';

/** Pathways to which patches are applied one after the other. */
export class Patching {
  pathways: readonly Pathway[];
  readonly standIns: StandIn[] = [];
  readonly problems: CompositionProblem[] = [];
  /** What took a place away, by its id. */
  readonly #takenBy = new Map<string, PatchOf>();

  constructor(pathways: readonly Pathway[]) {
    this.pathways = pathways;
  }

  apply(of: PatchOf, patch: PathwayPatch): void {
    const place = placeOf(patch);
    const wanted = patch.kind === 'reroute' ? [patch.place, patch.to] : place === undefined ? [] : [place];
    const lost = wanted.find((id) => !this.#exists(id) && !this.#isWithin(patch, id));
    if (lost !== undefined) {
      this.#miss(of, lost);
      return;
    }
    switch (patch.kind) {
      case 'replace': {
        this.#replace(of, patch);
        return;
      }
      case 'insert': {
        const anchor = this.#end(patch.place, patch.where === 'before' ? 0 : -1);
        this.#edit(anchor, (activity) =>
          patch.where === 'before' ? [...patch.with, activity] : [activity, ...patch.with],
        );
        return;
      }
      case 'remove': {
        this.#remove(of, patch.place, patch.origin);
        return;
      }
      case 'change': {
        const id = this.#end(patch.place, 0);
        const activity = this.#find(id);
        // What leads elsewhere now has no properties any more.
        if (activity === undefined || !isPlaceOfWork(activity)) {
          this.#miss(of, patch.place);
          return;
        }
        this.#edit(id, () => [withProperties(activity, patch.to)]);
        return;
      }
      case 'reroute': {
        this.#reroute(of, patch);
        return;
      }
      case 'hold back': {
        const wait = { kind: 'wait', id: patch.id, origin: patch.origin, duration: patch.by } as const;
        this.#edit(this.#end(patch.place, 0), (activity) => [wait, activity]);
        return;
      }
      case 'merge': {
        this.#everywhere(undefined, (activity) =>
          withNeeds(activity, (needs) => needs.map((need) => pooled(need, patch.of))),
        );
        return;
      }
      case 'ration': {
        this.#everywhere(of.response.pathway, (activity) =>
          isPlaceOfWork(activity) && needsAnyOf(activity, [patch.target])
            ? { ...activity, priority: patch.by }
            : activity,
        );
        return;
      }
    }
  }

  #miss(of: PatchOf, place: string): void {
    const after = this.#takenBy.get(place);
    this.problems.push({ kind: 'missing', place, patch: of, ...(after && { after }) });
  }

  /** One activity takes the place's identity; several stand for it, and whatever leads to the place leads to the first. */
  #replace(of: PatchOf, patch: Extract<PathwayPatch, { kind: 'replace' }>): void {
    const [only, ...others] = patch.with;
    if (only === undefined) {
      this.#remove(of, patch.place, patch.origin);
      return;
    }
    this.#take(of, patch.place, false);
    if (others.length === 0) {
      const [renamed] = renamedIds(patch.with, new Map([[only.id, patch.place]]));
      this.#substitute(patch.place, renamed === undefined ? [] : [renamed]);
      return;
    }
    this.#substitute(patch.place, patch.with);
    this.standIns.push({ place: patch.place, activities: patch.with.map(({ id }) => id) });
    this.#leadElsewhere(patch.place, only.id);
  }

  /** A place that something still names stays as a mark that takes no time. */
  #remove(of: PatchOf, place: string, origin: Origin): void {
    const named = this.#names(place);
    this.#take(of, place, true);
    const activity = this.#find(place);
    const name = activity !== undefined && 'name' in activity ? activity.name : undefined;
    const mark: Step = {
      kind: 'step',
      id: place,
      name: name ?? place.slice(place.indexOf('.') + 1),
      origin,
      needs: [],
      costs: [],
      dependsOn: [],
      remote: false,
    };
    this.#substitute(place, named ? [mark] : []);
  }

  #reroute(of: PatchOf, patch: Extract<PathwayPatch, { kind: 'reroute' }>): void {
    const to = this.#end(patch.to, 0);
    const { origin, when } = patch;
    if (when === undefined) {
      this.#take(of, patch.place, true);
      this.#substitute(patch.place, [{ kind: 'go to', id: patch.place, origin, to }]);
      return;
    }
    const leaves = { kind: 'go to', id: `${patch.id}.to`, origin, to } as const;
    const choice: Activity = {
      kind: 'choose',
      id: patch.id,
      origin,
      by: 'condition',
      branches: [
        { origin, label: 'rerouted', when: { kind: 'condition', condition: when }, body: [leaves] },
        { origin, label: 'otherwise', when: { kind: 'otherwise' }, body: [] },
      ],
    };
    this.#edit(this.#end(patch.place, 0), (activity) => [choice, activity]);
  }

  /** Remembers who took away a place, and all that was inside it. */
  #take(of: PatchOf, place: string, itself: boolean): void {
    const activity = this.#find(place);
    if (itself) this.#takenBy.set(place, of);
    if (activity === undefined) return;
    for (const { activity: each } of walkActivities([activity])) if (each !== activity) this.#takenBy.set(each.id, of);
  }

  #find(id: string): Activity | undefined {
    for (const pathway of this.pathways) {
      for (const { activity } of walkActivities(pathway.body)) if (activity.id === id) return activity;
    }
    return undefined;
  }

  #exists(id: string): boolean {
    return this.#find(id) !== undefined || this.standIns.some(({ place }) => place === id);
  }

  /** Whether a patch leads into what it brings itself. */
  #isWithin(patch: PathwayPatch, id: string): boolean {
    return 'with' in patch && Array.from(walkActivities(patch.with)).some(({ activity }) => activity.id === id);
  }

  /** The activity at which a place begins (0) or ends (-1). */
  #end(place: string, which: 0 | -1): string {
    const stand = this.standIns.find((each) => each.place === place);
    return stand?.activities.at(which) ?? place;
  }

  /** Puts activities in the stead of a place, or of those that stand for it. */
  #substitute(place: string, by: readonly Activity[]): void {
    const index = this.standIns.findIndex((each) => each.place === place);
    const ids = index < 0 ? [place] : (this.standIns[index]?.activities ?? []);
    if (index >= 0) this.standIns.splice(index, 1);
    const [first] = ids;
    this.#editAll((activity) => {
      if (activity.id === first) return by;
      return ids.includes(activity.id) ? [] : [activity];
    });
  }

  #edit(id: string, change: (activity: Activity) => readonly Activity[]): void {
    this.#editAll((activity) => (activity.id === id ? change(activity) : [activity]));
  }

  #editAll(change: (activity: Activity) => readonly Activity[]): void {
    this.pathways = this.pathways.map((pathway) => {
      const body = replaceActivities(pathway.body, change);
      return body === pathway.body ? pathway : { ...pathway, body };
    });
  }

  #everywhere(pathwayId: string | undefined, change: (activity: Activity) => Activity): void {
    this.pathways = this.pathways.map((pathway) => {
      if (pathwayId !== undefined && pathway.id !== pathwayId) return pathway;
      const body = replaceActivities(pathway.body, (activity) => [change(activity)]);
      return body === pathway.body ? pathway : { ...pathway, body };
    });
  }

  /** Whether something leads to a place or counts from it. */
  #names(place: string): boolean {
    return this.pathways.some(
      (pathway) =>
        pathway.cohorts.some(({ entry }) => entry === place) ||
        activitiesOf(pathway).some((activity) => activity.id !== place && mentions(activity, place)),
    );
  }

  #leadElsewhere(place: string, to: string): void {
    this.pathways = this.pathways.map((pathway) => {
      const cohorts = pathway.cohorts.map((each) => (each.entry === place ? { ...each, entry: to } : each));
      const body = replaceActivities(pathway.body, (activity) =>
        activity.kind === 'go to' && activity.to === place ? [{ ...activity, to }] : [activity],
      );
      const entered = cohorts.some((each, i) => each !== pathway.cohorts[i]);
      return body === pathway.body && !entered ? pathway : { ...pathway, body, cohorts };
    });
  }
}
