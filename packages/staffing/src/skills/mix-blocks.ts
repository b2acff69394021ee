import type { MixProblem } from './skill-mix.js';

/** A part of a problem that nothing joins to the rest: some people and tasks on some turns. */
export interface MixBlock {
  readonly matches: readonly number[];
  readonly needs: readonly number[];
  readonly turns: readonly number[];
}

/**
 * Parts that can be solved each for itself: people and tasks belong together where matches or supervision join them, turns
 * where a need of theirs is filled by several.
 */
export function mixBlocks({ pools, tasks, turns, matches, needs }: MixProblem): readonly MixBlock[] {
  const people = new Parts(pools.length + tasks.length);
  for (const { pool, task, supervision } of matches) {
    people.join(pool, pools.length + task);
    for (const by of supervision?.by ?? []) people.join(pool, by);
  }
  const matchesOf = grouped(matches, ({ pool }) => people.of(pool));
  const needsOf = grouped(needs, ({ task }) => people.of(pools.length + task));
  return [...needsOf].flatMap(([part, own]) => {
    const joined = new Parts(turns.length);
    for (const need of own) for (const turn of needs[need]!.turns) joined.join(needs[need]!.turns[0]!, turn);
    const turnsOf = grouped(turns, (_, turn) => joined.of(turn));
    const filled = grouped(own, (need) => joined.of(needs[need]!.turns[0]!));
    return [...filled].map(([first, places]) => ({
      matches: matchesOf.get(part) ?? [],
      needs: places.map((place) => own[place]!),
      turns: turnsOf.get(first)!,
    }));
  });
}

/** The places of values by the part that they belong to. */
function grouped<Value>(
  values: readonly Value[],
  partOf: (value: Value, index: number) => number,
): ReadonlyMap<number, readonly number[]> {
  const found = new Map<number, number[]>();
  for (const [index, value] of values.entries()) {
    const part = partOf(value, index);
    const list = found.get(part);
    if (list === undefined) found.set(part, [index]);
    else list.push(index);
  }
  return found;
}

/** Disjoint sets, called by the smallest number in them (path halving). */
class Parts {
  private readonly parent: Int32Array;

  constructor(count: number) {
    this.parent = Int32Array.from({ length: count }, (_, index) => index);
  }

  of(item: number): number {
    const { parent } = this;
    let at = item;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!;
      at = parent[at]!;
    }
    return at;
  }

  join(a: number, b: number): void {
    const [x, y] = [this.of(a), this.of(b)];
    if (x !== y) this.parent[Math.max(x, y)] = Math.min(x, y);
  }
}
