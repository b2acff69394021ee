import type { Instruction, SimulationInput } from '@pathway/simulation';

/** What is known of requests all over a program. */
export interface RequestScope {
  readonly input: SimulationInput;
  /** Activities by their place, as texts with their quotes. */
  readonly activities: readonly string[];
  /** Names of what is asked for at an instruction, by instruction. */
  readonly sites: Map<number, string>;
  /** Sites that are not called by their activity: its text. */
  readonly activityOfSite: Map<string, string>;
}

type Asking = Extract<Instruction, { op: 'request' | 'try' }>;

/** How what is asked for on the ways of one pathway is called, and what it is kept as. */
export class RequestBook {
  readonly #slots = new Map<number, { readonly name: string; readonly need: number }>();

  constructor(readonly scope: RequestScope) {}

  /** Names a request, what its units are kept as, and what is given back when they are there. */
  enter(
    { activity, needs, pending, slot }: Asking,
    at: number,
  ): { readonly site: string; readonly slot: string; readonly leaving: readonly string[] } {
    const site = this.#site(activity, at);
    const name = this.#slots.get(slot)?.name ?? site;
    needs.forEach((_, i) => {
      if (!this.#slots.has(slot + i)) this.#slots.set(slot + i, { name, need: i });
    });
    return { site, slot: name, leaving: this.slotNames(pending) };
  }

  /** Slots by name, each once; those that nothing was taken into have none. */
  slotNames(slots: readonly number[]): string[] {
    return [...new Set(slots.flatMap((slot) => this.#slots.get(slot)?.name ?? []))];
  }

  /** What a slot is called, and which need of its request it keeps. */
  slot(slot: number): { readonly name: string; readonly need: number } | undefined {
    return this.#slots.get(slot);
  }

  #site(activity: number, at: number): string {
    const { sites, activities, activityOfSite } = this.scope;
    const known = sites.get(at);
    if (known !== undefined) return known;
    const base = activities[activity]?.slice(1, -1) ?? '';
    const taken = new Set(sites.values());
    let name = base;
    for (let n = 2; taken.has(name); n++) name = `${base} ${n}`;
    sites.set(at, name);
    if (name !== base) activityOfSite.set(name, activities[activity] ?? '');
    return name;
  }
}

/** What counters of repetitions are called. */
export class RoundNames {
  readonly #names = new Map<string, string>();

  constructor(readonly activities: readonly string[]) {}

  /** A name without quotes. */
  of({ activity, copy }: Extract<Instruction, { op: 'rounds' | 'again' }>): string {
    const key = `${activity} ${copy}`;
    let name = this.#names.get(key);
    if (name === undefined) {
      const base = this.activities[activity]?.slice(1, -1) ?? '';
      name = copy === 0 ? base : `${base} ${copy + 1}`;
      this.#names.set(key, name);
    }
    return name;
  }
}
