/** A sequence of activities and the number of cases that have it. */
export interface Variant {
  readonly trace: readonly number[];
  readonly count: number;
}

/** Sequences of activities that are alike, counted. */
export class VariantCounter {
  private readonly found = new Map<string, { trace: readonly number[]; count: number }>();

  add(trace: readonly number[], count = 1): void {
    const key = keyOf(trace);
    const known = this.found.get(key);
    if (known === undefined) this.found.set(key, { trace, count });
    else known.count += count;
  }

  get size(): number {
    return this.found.size;
  }

  /** The most frequent first; ties by their activities. */
  list(): Variant[] {
    return [...this.found.entries()]
      .sort(([a, { count: m }], [b, { count: n }]) => n - m || (a < b ? -1 : 1))
      .map(([, variant]) => variant);
  }
}

export function keyOf(trace: readonly number[]): string {
  return trace.map((activity) => String.fromCharCode(activity + 32)).join('');
}

/** Adds up variants that became equal. */
export function merged(variants: readonly Variant[]): Variant[] {
  const counter = new VariantCounter();
  for (const { trace, count } of variants) counter.add(trace, count);
  return counter.list();
}

/** How often one activity directly follows another, begins and ends, over a list of variants. */
export interface DirectlyFollows {
  readonly activities: readonly number[];
  readonly follows: ReadonlyMap<number, ReadonlyMap<number, number>>;
  readonly starts: ReadonlyMap<number, number>;
  readonly ends: ReadonlyMap<number, number>;
}

export function directlyFollows(variants: readonly Variant[]): DirectlyFollows {
  const follows = new Map<number, Map<number, number>>();
  const starts = new Map<number, number>();
  const ends = new Map<number, number>();
  for (const { trace, count } of variants) {
    trace.forEach((activity, i) => {
      const row = follows.get(activity) ?? new Map<number, number>();
      follows.set(activity, row);
      const next = trace[i + 1];
      if (next !== undefined) row.set(next, (row.get(next) ?? 0) + count);
    });
    const [first, last] = [trace[0], trace.at(-1)];
    if (first !== undefined) starts.set(first, (starts.get(first) ?? 0) + count);
    if (last !== undefined) ends.set(last, (ends.get(last) ?? 0) + count);
  }
  return { activities: [...follows.keys()].sort((a, b) => a - b), follows, starts, ends };
}

/** Leaves out what follows an activity less often than `noise` times what follows it most often; so starts and ends. */
export function withoutNoise(graph: DirectlyFollows, noise: number): DirectlyFollows {
  const strong = (row: ReadonlyMap<number, number>): Map<number, number> => {
    const most = Math.max(0, ...row.values());
    return new Map([...row].filter(([, count]) => count >= noise * most));
  };
  // Ending is one of the things that can follow an activity.
  const follows = new Map(
    [...graph.follows].map(([activity, row]) => {
      const most = Math.max(0, ...row.values(), graph.ends.get(activity) ?? 0);
      return [activity, new Map([...row].filter(([, count]) => count >= noise * most))] as const;
    }),
  );
  return { ...graph, follows, starts: strong(graph.starts), ends: strong(graph.ends) };
}

/**
 * Which activities come before which others, at any distance: the cases in which one does, where they are more than the
 * share `noise` of those that have both.
 */
export function eventuallyFollows(
  variants: readonly Variant[],
  noise: number,
): Pick<DirectlyFollows, 'activities' | 'follows'> {
  const before = new Map<number, Map<number, number>>();
  const both = new Map<number, Map<number, number>>();
  const add = (into: Map<number, Map<number, number>>, a: number, b: number, count: number): void => {
    const row = into.get(a) ?? new Map<number, number>();
    into.set(a, row);
    row.set(b, (row.get(b) ?? 0) + count);
  };
  for (const { trace, count } of variants) {
    const first = new Map<number, number>();
    const last = new Map<number, number>();
    trace.forEach((activity, i) => {
      if (!first.has(activity)) first.set(activity, i);
      last.set(activity, i);
    });
    for (const [a, from] of first) {
      for (const [b, to] of last) {
        add(both, a, b, count);
        if (from < to) add(before, a, b, count);
      }
    }
  }
  const activities = [...both.keys()].sort((a, b) => a - b);
  const follows = new Map(
    activities.map((a) => {
      const row = [...(before.get(a) ?? [])].filter(([b, count]) => count > noise * (both.get(a)?.get(b) ?? 0));
      return [a, new Map(row)] as const;
    }),
  );
  return { activities, follows };
}
