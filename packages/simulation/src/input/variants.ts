import {
  type Activity,
  composeResponses,
  formatOrigin,
  isPathwayPatch,
  type Model,
  type Pathway,
  type Response,
} from '@pathway/model';
import { SimulationError } from '../errors.js';
import { blocksAround } from './flow-blocks.js';

/** What stands in the stead of a place while responses are in force. */
export interface PlaceWays {
  readonly component: number;
  /** Distinct ways, the first of which is that without any response. */
  readonly ways: readonly (readonly Activity[])[];
  /** By set of the component's responses (a bit for each), the way that is taken. */
  readonly bySet: readonly number[];
}

/** What the responses at hand make of the ways, place by place. */
export interface Variants {
  /** Responses whose changes have to do with each other, in the order of declaration. */
  readonly components: readonly (readonly string[])[];
  readonly places: ReadonlyMap<string, PlaceWays>;
  /** Blocks around the activities that responses bring, outermost first. */
  readonly around: ReadonlyMap<string, readonly string[]>;
  /** Places that several activities stand for: where it begins, and where it ends. */
  readonly standIns: readonly { readonly place: string; readonly activities: readonly string[] }[];
}

/** As many responses may change the same places; each set of them is looked at. */
const MOST_TOGETHER = 10;

/**
 * The ways of the patients under each set of responses that can be in force, compared place by place: whatever a response
 * does not touch stays one and the same.
 * @throws SimulationError where too many responses change the same places
 */
export function variantsOf(model: Model, responseIds: readonly string[]): Variants {
  const responses = (model.responses ?? []).filter(
    ({ id, patches }) => responseIds.includes(id) && patches.some(isPathwayPatch),
  );
  const components = componentsOf(model, responses);
  const places = new Map<string, PlaceWays>();
  const around = new Map<string, readonly string[]>();
  const standIns = new Map<string, { place: string; activities: readonly string[] }>();
  components.forEach((ids, component) => {
    if (ids.length > MOST_TOGETHER) {
      const first = responses.find(({ id }) => id === ids[0]);
      throw new SimulationError(
        `${ids.length} responses change the same places (${ids.join(', ')}); at most ${MOST_TOGETHER} can be simulated ` +
          'together: bring some of them together, or let fewer be at hand in one scenario.',
        first && formatOrigin(first.origin),
      );
    }
    const owners = ownersOf(responses.filter(({ id }) => ids.includes(id)));
    const sets = Array.from({ length: 2 ** ids.length }, (_, set) => ids.filter((__, bit) => (set & (2 ** bit)) !== 0));
    const versions = new Map<string, (readonly Activity[] | undefined)[]>();
    sets.forEach((inForce, set) => {
      const composed = composeResponses(model, inForce);
      for (const each of composed.standIns) standIns.set(`${each.place} ${each.activities.join(' ')}`, each);
      const firsts = new Map(composed.standIns.map(({ place, activities }) => [activities[0] ?? '', place]));
      for (const pathway of composed.model.pathways) {
        for (const [id, blocks] of blocksAround(pathway.body)) if (!around.has(id)) around.set(id, blocks);
        collectBodies(pathway, firsts, (key, body) => {
          const list = versions.get(key) ?? new Array<readonly Activity[] | undefined>(sets.length).fill(undefined);
          list[set] = body;
          versions.set(key, list);
        });
      }
    });
    for (const list of versions.values()) comparePlaces(list, owners, component, places);
  });
  return { components, places, around, standIns: [...standIns.values()] };
}

/** Responses that touch the same places, and so have to be looked at together. */
function componentsOf(model: Model, responses: readonly Response[]): string[][] {
  const touched = responses.map(({ id }) => touchedBy(model, id));
  const bringing = responses.map(({ patches }) => patches.some((patch) => 'with' in patch));
  const sweeping = responses.map(({ patches }) => patches.some(({ kind }) => kind === 'merge' || kind === 'ration'));
  const group = responses.map((_, i) => i);
  responses.forEach((_, i) => {
    responses.forEach((__, k) => {
      if (k <= i) return;
      const shared = [...touched[i]!].some((place) => touched[k]!.has(place));
      // Whoever pools or rations also changes what others bring.
      const sweeps = (sweeping[i]! && bringing[k]!) || (sweeping[k]! && bringing[i]!);
      if (!shared && !sweeps) return;
      const [from, to] = [group[k]!, group[i]!];
      group.forEach((each, n) => {
        if (each === from) group[n] = to;
      });
    });
  });
  const ids = new Map<number, string[]>();
  responses.forEach(({ id }, i) => {
    const list = ids.get(group[i]!);
    if (list === undefined) ids.set(group[i]!, [id]);
    else list.push(id);
  });
  return [...ids.values()];
}

/** The places at which one response alone changes something. */
function touchedBy(model: Model, id: string): ReadonlySet<string> {
  const response = (model.responses ?? []).find((each) => each.id === id);
  const owners = ownersOf(response === undefined ? [] : [response]);
  const places = new Map<string, PlaceWays>();
  const versions = new Map<string, (readonly Activity[] | undefined)[]>();
  [[], [id]].forEach((inForce, set) => {
    const composed = composeResponses(model, inForce);
    const firsts = new Map(composed.standIns.map(({ place, activities }) => [activities[0] ?? '', place]));
    for (const pathway of composed.model.pathways) {
      collectBodies(pathway, firsts, (key, body) => {
        const list = versions.get(key) ?? [undefined, undefined];
        list[set] = body;
        versions.set(key, list);
      });
    }
  });
  for (const list of versions.values()) comparePlaces(list, owners, 0, places);
  return new Set(places.keys());
}

/** For each activity that a patch puts into a body, the place that it belongs to. */
function ownersOf(responses: readonly Response[]): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  for (const patch of responses.flatMap(({ patches }) => patches)) {
    if ('with' in patch) for (const { id } of patch.with) owners.set(id, patch.place);
    if (patch.kind === 'reroute' || patch.kind === 'hold back') owners.set(patch.id, patch.place);
  }
  return owners;
}

/** All bodies of a pathway, by what they belong to; whoever goes to a place goes there, whatever stands for it. */
function collectBodies(
  pathway: Pathway,
  firsts: ReadonlyMap<string, string>,
  take: (key: string, body: readonly Activity[]) => void,
): void {
  const visit = (key: string, body: readonly Activity[]): void => {
    take(
      key,
      body.map((activity) => {
        const to = activity.kind === 'go to' ? firsts.get(activity.to) : undefined;
        return activity.kind === 'go to' && to !== undefined ? { ...activity, to } : activity;
      }),
    );
    for (const activity of body)
      for (const [part, inside] of partsOf(activity)) visit(`${activity.id}/${part}`, inside);
  };
  visit(`pathway ${pathway.id}`, pathway.body);
}

/** The bodies inside an activity, by what they are to it. */
function partsOf(activity: Activity): readonly (readonly [string, readonly Activity[]])[] {
  const waits = 'waits' in activity ? ([['waits', activity.waits.otherwise]] as const) : [];
  switch (activity.kind) {
    case 'step':
      return [
        ...waits,
        ...(activity.fallbacks ?? []).map(({ workaround }, i) => [`workaround ${i}`, workaround ?? []] as const),
      ];
    case 'hold':
      return [['body', activity.body], ['otherwise', activity.otherwise ?? []], ...waits];
    case 'choose':
    case 'together':
    case 'race':
      return activity.branches.map(({ body }, i) => [`branch ${i}`, body] as const);
    case 'repeat':
    case 'gather':
      return [['body', activity.body]];
    default:
      return [];
  }
}

/** Finds the places of a body whose ways differ between sets of responses. @param versions of the body, by set */
function comparePlaces(
  versions: readonly (readonly Activity[] | undefined)[],
  owners: ReadonlyMap<string, string>,
  component: number,
  places: Map<string, PlaceWays>,
): void {
  const base = versions.find((each) => each !== undefined) ?? [];
  const ids = new Set(base.map(({ id }) => id));
  const segments = versions.map((version) => (version === undefined ? undefined : segmentsOf(version, ids, owners)));
  for (const activity of base) {
    const ways: (readonly Activity[])[] = [[activity]];
    const signatures = [signatureOf([activity])];
    const bySet = segments.map((segment) => {
      if (segment === undefined) return 0;
      const way = segment.get(activity.id) ?? [];
      const signature = signatureOf(way);
      const known = signatures.indexOf(signature);
      if (known >= 0) return known;
      signatures.push(signature);
      return ways.push(way) - 1;
    });
    if (ways.length > 1) places.set(activity.id, { component, ways, bySet });
  }
}

/** A version of a body by the places of the text: what stands at each, with what was put before and after it. */
function segmentsOf(
  version: readonly Activity[],
  ids: ReadonlySet<string>,
  owners: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly Activity[]> {
  const segments = new Map<string, Activity[]>();
  let last = [...ids][0] ?? '';
  for (const activity of version) {
    const owner = ids.has(activity.id) ? activity.id : owners.get(activity.id);
    if (owner !== undefined && ids.has(owner)) last = owner;
    const list = segments.get(last);
    if (list === undefined) segments.set(last, [activity]);
    else list.push(activity);
  }
  return segments;
}

/** Two ways with the same signature differ at most in bodies inside, which are compared by themselves. */
function signatureOf(way: readonly Activity[]): string {
  return JSON.stringify(way, (key, value: unknown) => {
    if (key === 'origin' || key === 'documentation' || key === 'sources') return undefined;
    return Array.isArray(value) && (key === 'body' || key === 'otherwise' || key === 'workaround') ? [] : value;
  });
}
