import { type Activity, activitiesOf, byId, type Model, type Pathway, type Step, type Wait } from '@pathway/model';
import { areOneHouse, withParents } from '../organisations.js';
import { placeOf } from '../stations.js';

/** Patients who go on from a step of one organisation to a step of another. */
export interface Crossing {
  readonly from: PlacedStep;
  readonly to: PlacedStep;
  /** Steps of the first organisation that hand over to the second, on whatever way patients come to it. */
  readonly handovers: readonly Step[];
  /** Where patients wait between the two, outside of everything that keeps a place for them. */
  readonly waits: readonly Wait[];
}

export interface PlacedStep {
  readonly step: Step;
  readonly organisation: string;
}

/** Somebody on the way: the last step, and what has happened since the organisation of that step took over. */
interface Visit {
  readonly at: PlacedStep;
  readonly handovers: readonly Step[];
  readonly waits: readonly Wait[];
}

/** By the last step. */
type Visits = ReadonlyMap<string, Visit>;

const NOBODY: Visits = new Map();
/** Pathways that call one another on many ways are not followed without end. */
const MOST_CALLS = 5000;

/**
 * Every pair of steps of different organisations between which patients can go directly, each once, in the order of the
 * text. Parts of one organisation are not different. Calls are followed, `go to` too; a step without an organisation is
 * passed over.
 */
export function crossingsOf(model: Model): readonly Crossing[] {
  const called = new Set(
    model.pathways.flatMap((each) => activitiesOf(each).map((a) => (a.kind === 'call' ? a.pathway : ''))),
  );
  const begins = model.pathways.filter(({ id, cohorts }) => cohorts.length > 0 || !called.has(id));
  const walk = new Walk(model);
  for (const pathway of begins) walk.follow(pathway);
  return [...walk.found.values()];
}

class Walk {
  readonly found = new Map<string, Crossing>();
  /** Who comes to an activity by `go to`. */
  readonly #jumps = new Map<string, Visits>();
  readonly #calls: string[] = [];
  #holds = 0;
  #followed = 0;

  constructor(readonly model: Model) {}

  /** The ways through a pathway; whoever goes back by `go to` is met in the next round, until nobody new is met. */
  follow(pathway: Pathway): void {
    for (let known = ''; known !== this.#state();) {
      known = this.#state();
      this.#body(pathway.body, NOBODY, pathway);
    }
  }

  #state(): string {
    const jumps = [...this.#jumps].map(([to, visits]) => [to, ...Array.from(visits.values(), stateOf)]);
    return JSON.stringify([this.found.size, jumps]);
  }

  #body(body: readonly Activity[] | undefined, incoming: Visits, pathway: Pathway): Visits {
    return body === undefined
      ? NOBODY
      : body.reduce((visits, activity) => this.#activity(activity, visits, pathway), incoming);
  }

  #activity(activity: Activity, before: Visits, pathway: Pathway): Visits {
    const incoming = union(before, this.#jumps.get(activity.id) ?? NOBODY);
    const passing = 'when' in activity ? incoming : NOBODY;
    switch (activity.kind) {
      case 'step':
        return union(
          this.#step(activity, incoming, pathway),
          passing,
          this.#body(activity.waits?.otherwise, incoming, pathway),
        );
      case 'hold': {
        this.#holds += 1;
        const inside = this.#body(activity.body, incoming, pathway);
        this.#holds -= 1;
        const without = [activity.otherwise, activity.waits?.otherwise];
        return union(inside, passing, ...without.map((each) => this.#body(each, incoming, pathway)));
      }
      case 'choose': {
        const isComplete =
          activity.by !== 'condition' || activity.branches.some(({ when }) => when.kind === 'otherwise');
        const ways = activity.branches.map(({ body }) => this.#body(body, incoming, pathway));
        return union(...ways, isComplete ? NOBODY : incoming);
      }
      case 'together':
      case 'race':
        return union(...activity.branches.map(({ body }) => this.#body(body, incoming, pathway)));
      case 'repeat': {
        const once = this.#body(activity.body, incoming, pathway);
        return union(once, this.#body(activity.body, union(incoming, once), pathway));
      }
      case 'gather':
        return this.#body(activity.body, incoming, pathway);
      case 'wait':
        return this.#holds > 0 ? incoming : waiting(activity, incoming);
      case 'call':
        return this.#called(activity.pathway, incoming);
      case 'go to':
        this.#jumps.set(activity.to, union(this.#jumps.get(activity.to) ?? NOBODY, incoming));
        return NOBODY;
      case 'finish':
        return NOBODY;
      case 'release':
      case 'set':
        return incoming;
    }
  }

  #called(id: string, incoming: Visits): Visits {
    const called = byId(this.model.pathways, id);
    if (called === undefined || this.#calls.includes(id) || this.#followed >= MOST_CALLS) return incoming;
    this.#followed += 1;
    this.#calls.push(id);
    const after = this.#body(called.body, incoming, called);
    this.#calls.pop();
    return after;
  }

  #step(step: Step, incoming: Visits, pathway: Pathway): Visits {
    const organisation = placeOf(step, pathway);
    if (organisation === undefined) return incoming;
    const at = { step, organisation };
    const own = step.handover === undefined ? [] : [step];
    if (incoming.size === 0) return asVisits({ at, handovers: own, waits: [] });
    const arrived = Array.from(incoming.values(), (visit) => {
      const stays = areOneHouse(visit.at.organisation, organisation, this.model);
      if (!stays) this.#cross(visit, at);
      return asVisits({ at, handovers: stays ? [...new Set([...visit.handovers, ...own])] : own, waits: [] });
    });
    return union(...arrived);
  }

  #cross({ at: from, ...visit }: Visit, to: PlacedStep): void {
    const key = `${from.step.id} ${to.step.id}`;
    const handovers = visit.handovers.filter((step) => handsOverTo(step, to.organisation, this.model));
    const known = this.found.get(key);
    this.found.set(key, {
      from,
      to,
      handovers: known === undefined ? handovers : common(known.handovers, handovers),
      waits: [...new Set([...(known?.waits ?? []), ...visit.waits])],
    });
  }
}

/** Whether a step hands over to an organisation, or to one that it is part of or that is part of it. */
function handsOverTo(step: Step, organisation: string, model: Model): boolean {
  return (step.handover?.to ?? []).some(
    (to) => withParents(organisation, model).includes(to) || withParents(to, model).includes(organisation),
  );
}

function waiting(wait: Wait, visits: Visits): Visits {
  return new Map(
    Array.from(visits, ([key, visit]) => [key, { ...visit, waits: [...new Set([...visit.waits, wait])] }] as const),
  );
}

function asVisits(visit: Visit): Visits {
  return new Map([[visit.at.step.id, visit]]);
}

/** Of several ways to one place what is said on all of them counts, and every wait. */
function union(...all: readonly Visits[]): Visits {
  const [only, ...others] = all.filter(({ size }) => size > 0);
  if (only === undefined || others.length === 0) return only ?? NOBODY;
  const merged = new Map(only);
  for (const visits of others) {
    for (const [key, visit] of visits) {
      const known = merged.get(key);
      merged.set(
        key,
        known === undefined
          ? visit
          : {
              at: visit.at,
              handovers: common(known.handovers, visit.handovers),
              waits: [...new Set([...known.waits, ...visit.waits])],
            },
      );
    }
  }
  return merged;
}

function common(a: readonly Step[], b: readonly Step[]): readonly Step[] {
  return a.filter((step) => b.includes(step));
}

function stateOf({ at, handovers, waits }: Visit): unknown {
  return [at.step.id, handovers.length, waits.length];
}
