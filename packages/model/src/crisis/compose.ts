import type { Activity, Hold, Need, Pathway, Step } from '../flow.js';
import { deepFreeze } from '../json.js';
import type { Model } from '../model.js';
import { ModelError } from '../model-error.js';
import type { Origin } from '../origin.js';
import { activitiesOf, replaceActivities, walkActivities } from '../walk.js';
import { clash, needsAnyOf, placeOf, pooled } from './places.js';
import {
  type ChangedProperties,
  isPathwayPatch,
  type PathwayPatch,
  type Patch,
  type Response,
  type ResponseMeasure,
} from './response.js';

/** A place that several activities stand for: what is measured of it, pays for it or leads to it means these. */
export interface StandIn {
  readonly place: string;
  /** Ids, in the order in which they are passed; the first is where the place begins, the last where it ends. */
  readonly activities: readonly string[];
}

/** A patch with the response that it belongs to. */
export interface PatchOf {
  readonly response: Response;
  readonly patch: Patch;
}

export type CompositionProblem =
  /** Both change the same place, and nothing says which has the last word. */
  | { readonly kind: 'conflict'; readonly place: string; readonly first: PatchOf; readonly second: PatchOf }
  /** The place is not there any more when its turn comes; `after` is the patch that took it away, where known. */
  | { readonly kind: 'missing'; readonly place: string; readonly patch: PatchOf; readonly after?: PatchOf };

/** What a set of active responses makes of a model. */
export interface Composition {
  /** The model with its pathways patched, frozen; what no patch touches is the same object as before. */
  readonly model: Model;
  readonly standIns: readonly StandIn[];
  /** What is done beside the pathways, in the order in which the responses compose. */
  readonly measures: readonly { readonly response: string; readonly measure: ResponseMeasure }[];
  /** Empty for a set of responses that go together; patches with a problem are left out. */
  readonly problems: readonly CompositionProblem[];
}

/**
 * The responses in the order in which they are applied: those without a priority first, then from the greatest number to
 * the smallest, which has the last word; equal ones in the order of declaration.
 */
export function compositionOrder(responses: readonly Response[]): readonly Response[] {
  const rank = ({ priority }: Response): number => -(priority ?? Number.POSITIVE_INFINITY);
  return responses
    .map((response, index) => ({ response, index }))
    .sort((a, b) => {
      const [x, y] = [rank(a.response), rank(b.response)];
      return x === y ? a.index - b.index : x - y;
    })
    .map(({ response }) => response);
}

/**
 * What a model's pathways become while these responses are in force. No response gives the model itself; the order of
 * the ids does not matter.
 * @throws ModelError for an unknown response
 */
export function composeResponses(model: Model, responseIds: readonly string[]): Composition {
  const declared = model.responses ?? [];
  for (const id of responseIds) {
    if (declared.some((each) => each.id === id)) continue;
    const known = declared.map((each) => each.id).join(', ');
    throw new ModelError(`There is no response ${id}; ${known === '' ? 'none is declared' : `known are ${known}`}.`);
  }
  const responses = compositionOrder(declared.filter(({ id }) => responseIds.includes(id)));
  const problems: CompositionProblem[] = [...conflictsAmong(responses, model.pathways)];
  const composer = new Composer(model.pathways);
  const measures: { response: string; measure: ResponseMeasure }[] = [];
  for (const response of responses) {
    for (const patch of response.patches) {
      if (isPathwayPatch(patch)) composer.apply({ response, patch }, patch);
      else measures.push({ response: response.id, measure: patch });
    }
  }
  const { pathways } = composer;
  const changed = pathways.some((pathway, i) => pathway !== model.pathways[i]);
  return deepFreeze({
    model: changed ? { ...model, pathways } : model,
    standIns: composer.standIns,
    measures,
    problems: [...problems, ...composer.problems],
  });
}

/** Pairs of patches of different responses that change the same place though neither response comes before the other. */
export function conflictsAmong(
  responses: readonly Response[],
  pathways: readonly Pathway[],
): Extract<CompositionProblem, { kind: 'conflict' }>[] {
  const insides = insideTable(pathways);
  const inside = (outer: string): ReadonlySet<string> => insides.get(outer) ?? NOTHING;
  const found: Extract<CompositionProblem, { kind: 'conflict' }>[] = [];
  for (const [index, one] of responses.entries()) {
    for (const other of responses.slice(index + 1)) {
      if (one.priority !== undefined && other.priority !== undefined && one.priority !== other.priority) continue;
      for (const patch of one.patches) {
        for (const second of other.patches) {
          const place = clash(patch, second, pathways, inside);
          if (place === undefined) continue;
          found.push({
            kind: 'conflict',
            place,
            first: { response: one, patch },
            second: { response: other, patch: second },
          });
        }
      }
    }
  }
  return found;
}

const NOTHING: ReadonlySet<string> = new Set();

/** For each activity, the ids of all that stands inside it. */
function insideTable(pathways: readonly Pathway[]): ReadonlyMap<string, ReadonlySet<string>> {
  const table = new Map<string, Set<string>>();
  for (const { body } of pathways) {
    for (const { activity, ancestors } of walkActivities(body)) {
      for (const { id } of ancestors) {
        const inside = table.get(id) ?? new Set<string>();
        table.set(id, inside.add(activity.id));
      }
    }
  }
  return table;
}

class Composer {
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
    if (lost !== undefined) return this.#miss(of, lost);
    switch (patch.kind) {
      case 'replace':
        return this.#replace(of, patch);
      case 'insert': {
        const anchor = this.#end(patch.place, patch.where === 'before' ? 0 : -1);
        return this.#edit(anchor, (activity) =>
          patch.where === 'before' ? [...patch.with, activity] : [activity, ...patch.with],
        );
      }
      case 'remove':
        return this.#remove(of, patch.place, patch.origin);
      case 'change': {
        const id = this.#end(patch.place, 0);
        const activity = this.#find(id);
        // What leads elsewhere now has no properties any more.
        if (activity === undefined || !isPlaceOfWork(activity)) return this.#miss(of, patch.place);
        return this.#edit(id, () => [withProperties(activity, patch.to)]);
      }
      case 'reroute':
        return this.#reroute(of, patch);
      case 'hold back': {
        const wait = { kind: 'wait', id: patch.id, origin: patch.origin, duration: patch.by } as const;
        return this.#edit(this.#end(patch.place, 0), (activity) => [wait, activity]);
      }
      case 'merge':
        return this.#everywhere(undefined, (activity) =>
          withNeeds(activity, (needs) => needs.map((need) => pooled(need, patch.of))),
        );
      case 'ration':
        return this.#everywhere(of.response.pathway, (activity) =>
          isPlaceOfWork(activity) && needsAnyOf(activity, [patch.target])
            ? { ...activity, priority: patch.by }
            : activity,
        );
    }
  }

  #miss(of: PatchOf, place: string): void {
    const after = this.#takenBy.get(place);
    this.problems.push({ kind: 'missing', place, patch: of, ...(after && { after }) });
  }

  /** One activity takes the place's identity; several stand for it, and whatever leads to the place leads to the first. */
  #replace(of: PatchOf, patch: Extract<PathwayPatch, { kind: 'replace' }>): void {
    const [only, ...others] = patch.with;
    if (only === undefined) return this.#remove(of, patch.place, patch.origin);
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
      return this.#substitute(patch.place, [{ kind: 'go to', id: patch.place, origin, to }]);
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

type PlaceOfWork = Step | Hold;

function isPlaceOfWork(activity: Activity): activity is PlaceOfWork {
  return activity.kind === 'step' || activity.kind === 'hold';
}

function withNeeds(activity: Activity, change: (needs: readonly Need[]) => readonly Need[]): Activity {
  if (!isPlaceOfWork(activity)) return activity;
  const needs = change(activity.needs);
  return needs.every((need, i) => need === activity.needs[i]) ? activity : { ...activity, needs };
}

/** Staff are what is asked for by role or skill, things what is asked for by resource. */
function withProperties(activity: Activity, { staff, things, ...others }: ChangedProperties): Activity {
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
function mentions(activity: Activity, id: string): boolean {
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
function renamedIds(body: readonly Activity[], ids: ReadonlyMap<string, string>): readonly Activity[] {
  const renamed = (activity: Activity): Activity => {
    const id = ids.get(activity.id);
    const own = id === undefined ? activity : { ...activity, id };
    if (own.kind === 'go to') return { ...own, to: ids.get(own.to) ?? own.to };
    if (own.kind === 'release') return { ...own, hold: ids.get(own.hold) ?? own.hold };
    return own;
  };
  return replaceActivities(body, (activity) => [renamed(activity)]);
}
