import {
  type Activity,
  composeResponses,
  compositionOrder,
  formatOrigin,
  isPathwayPatch,
  type Model,
  type Pathway,
  type Response,
  walkActivities,
  withInside,
} from '@pathway/model';
import { SimulationError } from '../errors.js';
import { blocksAround } from './flow-blocks.js';

/** Which way is taken: a number of a way, or what decides further by whether a response is in force. */
export type Decision = number | DecisionNode;

export interface DecisionNode {
  /** Of the responses that change ways, by its place among them. */
  readonly response: number;
  readonly no: Decision;
  readonly yes: Decision;
}

/** What stands in the stead of a place while responses are in force. */
export interface PlaceWays {
  /** Distinct ways, the first of which is that without any response. */
  readonly ways: readonly (readonly Activity[])[];
  readonly decision: DecisionNode;
}

/** What the responses at hand make of the ways, place by place. */
export interface Variants {
  /** Responses that change ways, in the order of declaration. */
  readonly responses: readonly string[];
  readonly places: ReadonlyMap<string, PlaceWays>;
  /** Blocks around the activities that responses bring, outermost first. */
  readonly around: ReadonlyMap<string, readonly string[]>;
  /** Places that several activities stand for: where it begins, and where it ends. */
  readonly standIns: readonly { readonly place: string; readonly activities: readonly string[] }[];
}

/** Different ways that one place may have. */
const MOST_WAYS = 1024;

/**
 * The ways of the patients while responses are in force, place by place: whatever a response does not touch stays one and
 * the same, and only the responses that have to do with a place are looked at together there.
 * @throws SimulationError where one place becomes too many different ways
 */
export function variantsOf(model: Model, responseIds: readonly string[]): Variants {
  return new VariantFinder(model, responseIds).find();
}

/** A model with some responses in force. */
interface Composed {
  readonly bodies: ReadonlyMap<string, readonly Activity[]>;
  readonly standIns: readonly { readonly place: string; readonly activities: readonly string[] }[];
}

/** What a place is after some responses, and the first set of them that makes it so. */
interface State {
  readonly set: readonly string[];
  readonly way: readonly Activity[] | undefined;
}

class VariantFinder {
  readonly #model: Model;
  readonly #responses: readonly Response[];
  /** In the order in which they compose. */
  readonly #order: readonly string[];
  readonly #composed = new Map<string, Composed>();
  readonly #around = new Map<string, readonly string[]>();
  readonly #standIns = new Map<string, { place: string; activities: readonly string[] }>();
  /** What each body belongs to, and the first version of it, which the others are ways of. */
  readonly #keys = new WeakMap<readonly Activity[], string>();
  readonly #bodies = new Map<string, readonly Activity[]>();
  readonly #owners: ReadonlyMap<string, string>;
  readonly #places = new Map<string, PlaceWays>();

  constructor(model: Model, responseIds: readonly string[]) {
    this.#model = model;
    this.#responses = (model.responses ?? []).filter(
      ({ id, patches }) => responseIds.includes(id) && patches.some(isPathwayPatch),
    );
    this.#order = compositionOrder(this.#responses).map(({ id }) => id);
    this.#owners = ownersOf(this.#responses);
  }

  find(): Variants {
    if (this.#responses.length > 0) {
      this.#findTouched();
      this.#findBrought();
    }
    return {
      responses: this.#responses.map(({ id }) => id),
      places: this.#places,
      around: this.#around,
      standIns: [...this.#standIns.values()],
    };
  }

  /** Places of the text at which responses change something. */
  #findTouched(): void {
    const base = this.#compose([]);
    const touching = new Map<string, { body: string; by: string[] }>();
    for (const { id } of this.#responses) {
      const { bodies } = this.#compose([id]);
      for (const [body, activities] of base.bodies) {
        const version = bodies.get(body);
        if (version === undefined || version === activities) continue;
        const segments = segmentsOf(version, new Set(activities.map((each) => each.id)), this.#owners);
        for (const activity of activities) {
          if (signatureOf(segments.get(activity.id) ?? []) === signatureOf([activity])) continue;
          const known = touching.get(activity.id);
          if (known === undefined) touching.set(activity.id, { body, by: [id] });
          else known.by.push(id);
        }
      }
    }
    for (const [place, { body, by }] of touching) {
      this.#decide(place, body, base.bodies.get(body) ?? [], this.#withInfluences(by));
    }
  }

  /** Places within what responses bring, which others may change in their turn. */
  #findBrought(): void {
    const seen = new Set(this.#compose([]).bodies.keys());
    for (let found = true; found;) {
      found = false;
      for (const [key, { bodies }] of [...this.#composed]) {
        for (const [body, activities] of bodies) {
          if (seen.has(body)) continue;
          seen.add(body);
          found = true;
          const ids = this.#withInfluences(key === '' ? [] : key.split(' '));
          for (const { id } of activities) this.#decide(id, body, activities, ids);
        }
      }
    }
  }

  /** Responses with all others that may change what they make of a place, in the order in which they compose. */
  #withInfluences(ids: readonly string[]): readonly string[] {
    const all = new Set(ids);
    for (let size = -1; size !== all.size;) {
      size = all.size;
      for (const each of this.#responses) {
        if (this.#responses.some((other) => all.has(other.id) && influences(each, other))) all.add(each.id);
      }
    }
    return this.#order.filter((id) => all.has(id));
  }

  #compose(ids: readonly string[]): Composed {
    const key = ids.join(' ');
    const known = this.#composed.get(key);
    if (known !== undefined) return known;
    const { model, standIns } = composeResponses(this.#model, ids);
    const firsts = new Map(standIns.map(({ place, activities }) => [activities[0] ?? '', place]));
    const bodies = new Map<string, readonly Activity[]>();
    for (const pathway of model.pathways) {
      for (const [id, blocks] of blocksAround(pathway.body)) if (!this.#around.has(id)) this.#around.set(id, blocks);
      collectBodies(pathway, firsts, (body, activities, written) => {
        bodies.set(body, activities);
        this.#keys.set(written, body);
        if (!this.#bodies.has(body)) this.#bodies.set(body, activities);
      });
    }
    for (const each of standIns) this.#standIns.set(`${each.place} ${each.activities.join(' ')}`, each);
    const composed = { bodies, standIns };
    this.#composed.set(key, composed);
    return composed;
  }

  /**
   * Finds the ways of a place under each set of some responses. These are put in force one after the other as they
   * compose, and sets that make the same of the place so far go on as one.
   */
  #decide(place: string, body: string, base: readonly Activity[], responses: readonly string[]): void {
    const ids = new Set(base.map(({ id }) => id));
    const stateOf = (set: readonly string[]): State => {
      const version = this.#compose(set).bodies.get(body);
      return { set, way: version && (segmentsOf(version, ids, this.#owners).get(place) ?? []) };
    };
    let states: readonly State[] = [stateOf([])];
    const steps: (readonly (readonly [no: number, yes: number])[])[] = [];
    for (const response of responses) {
      const next = new Map<string, number>();
      const reached: State[] = [];
      const number = (state: State): number => {
        const key = this.#contentOf(state);
        const known = next.get(key);
        if (known !== undefined) return known;
        next.set(key, reached.push(state) - 1);
        return reached.length - 1;
      };
      steps.push(states.map((state) => [number(state), number(stateOf([...state.set, response]))] as const));
      if (reached.length > MOST_WAYS) this.#refuse(place, responses);
      states = reached;
    }
    const own = base.find(({ id }) => id === place);
    const ways: (readonly Activity[])[] = own === undefined ? [] : [[own]];
    const signatures = ways.map((way) => signatureOf(way));
    let decisions = states.map(({ way }): Decision => {
      if (way === undefined) return 0;
      const signature = signatureOf(way);
      const known = signatures.indexOf(signature);
      if (known >= 0) return known;
      signatures.push(signature);
      return ways.push(way) - 1;
    });
    for (let i = responses.length - 1; i >= 0; i--) {
      const response = this.#responses.findIndex(({ id }) => id === responses[i]);
      const later = decisions;
      decisions = (steps[i] ?? []).map(([a, b]): Decision => {
        const [no = 0, yes = 0] = [later[a], later[b]];
        return no === yes ? no : { response, no, yes };
      });
    }
    const [decision = 0] = decisions;
    if (typeof decision === 'number') return;
    this.#places.set(place, { ways: ways.map((way) => way.map((each) => this.#withFirstBodies(each))), decision });
  }

  /** An activity with the first version of each body inside it, in which every place has its own ways. */
  #withFirstBodies(activity: Activity): Activity {
    return withInside(activity, (inside) => {
      const first = this.#bodies.get(this.#keys.get(inside) ?? '') ?? inside;
      return first.map((each) => this.#withFirstBodies(each));
    });
  }

  /** All that later responses may change of what a place is now. */
  #contentOf({ set, way }: State): string {
    if (way === undefined) return '';
    const { standIns } = this.#compose(set);
    const ids = new Set(way.map(({ id }) => id));
    const here = standIns.filter(({ activities }) => activities.some((id) => ids.has(id)));
    return JSON.stringify([way, here], (key, value: unknown) => (key === 'origin' ? undefined : value));
  }

  #refuse(place: string, ids: readonly string[]): never {
    const first = this.#responses.find(({ id }) => id === ids[0]);
    throw new SimulationError(
      `${ids.length} responses (${ids.join(', ')}) make more than ${MOST_WAYS} different ways of ${place} together: bring ` +
        'some of them together, or let fewer be at hand in one scenario.',
      first && formatOrigin(first.origin),
    );
  }
}

/** Whether what a response does depends on another one: it pools or rations what that asks for, or names what that brings. */
function influences(response: Response, other: Response): boolean {
  if (response === other) return false;
  if (response.patches.some(({ kind }) => kind === 'merge' || kind === 'ration')) return true;
  const brought = other.patches.flatMap((patch) =>
    'with' in patch ? Array.from(walkActivities(patch.with), ({ activity }) => activity.id) : [],
  );
  return response.patches.some(
    (patch) =>
      ('place' in patch && brought.includes(patch.place)) || (patch.kind === 'reroute' && brought.includes(patch.to)),
  );
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
  take: (key: string, body: readonly Activity[], written: readonly Activity[]) => void,
): void {
  const visit = (key: string, body: readonly Activity[]): void => {
    take(
      key,
      body.map((activity) => {
        const to = activity.kind === 'go to' ? firsts.get(activity.to) : undefined;
        return activity.kind === 'go to' && to !== undefined ? { ...activity, to } : activity;
      }),
      body,
    );
    for (const activity of body)
      for (const [part, inside] of partsOf(activity)) visit(`${writtenAs(activity)}/${part}`, inside);
  };
  visit(`pathway ${pathway.id}`, pathway.body);
}

/** What stands at a place, told from what a replacement of the same identity brings, whose inside is another one. */
function writtenAs(activity: Activity): string {
  const name = 'name' in activity ? (activity.name ?? '') : '';
  return `${activity.id} ${name} ${formatOrigin(activity.origin)}`;
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

/** A version of a body by the places of the text: what stands at each, with what was put before and after it. */
function segmentsOf(
  version: readonly Activity[],
  ids: ReadonlySet<string>,
  owners: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly Activity[]> {
  const segments = new Map<string, Activity[]>();
  let last = [...ids][0] ?? '';
  for (const activity of version) {
    let owner: string | undefined = activity.id;
    while (owner !== undefined && !ids.has(owner)) owner = owners.get(owner);
    if (owner !== undefined) last = owner;
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
