import type { OfferedLoad } from './facts.js';
import type { Request } from './offered-load.js';

/** Stations of which more is asked than they have, by work that nothing else can do. */
export interface Overload {
  readonly stations: readonly OfferedLoad[];
  readonly load: number;
  readonly capacity: number;
}

/** Work for the same stations, any of which can do it. */
interface Work {
  readonly able: readonly string[];
  readonly load: number;
}

/** More sets of stations than a text that people read would ask for. */
const MOST_SETS = 400;

/**
 * The sets of stations for which there is at least as much work as they have capacity, counting only what no station
 * outside the set can do, the smallest sets first. Without such a set nothing needs to wait for ever (Adan and Weiss 2012: with first come, first served
 * and no such set, a system of servers who can each do some of the work is stable). Where no work has alternatives, each
 * set is one station.
 * @param loads all stations whose load is known; a set with any other is not looked at
 * @param capacityOf null where there is no limit
 */
export function overloadsOf(
  loads: readonly OfferedLoad[],
  requests: readonly Request[],
  capacityOf: (load: OfferedLoad) => number | null = ({ capacity }) => capacity,
): Overload[] {
  const known = new Map(loads.map((load) => [load.id, load]));
  const found: Overload[] = [];
  const works = worksOf(requests);
  for (const set of setsOf(works)) {
    const stations = [...set].flatMap((id) => known.get(id) ?? []);
    const capacities = stations.map(capacityOf);
    if (stations.length < set.size || capacities.includes(null)) continue;
    const capacity = capacities.reduce<number>((sum, each) => sum + (each ?? 0), 0);
    let load = 0;
    for (const work of works) if (work.able.every((id) => set.has(id))) load += work.load;
    if (load > 0 && load >= capacity) found.push({ stations, load, capacity });
  }
  return found;
}

function worksOf(requests: readonly Request[]): readonly Work[] {
  const found = new Map<string, Work>();
  for (const { able, rate, amount = 0, kept = 0 } of requests) {
    const key = [...able].sort().join('\n');
    found.set(key, { able, load: (found.get(key)?.load ?? 0) + rate * amount * kept });
  }
  return [...found.values()];
}

/** Those who can do some work, and of those who share some of it all together; the smallest first. */
function setsOf(works: readonly Work[]): readonly ReadonlySet<string>[] {
  const sets = new Map<string, ReadonlySet<string>>();
  for (const { able } of works) {
    const joined = [...sets.values()].filter((set) => able.some((id) => set.has(id)));
    for (const set of [new Set<string>(), ...joined].slice(0, MOST_SETS - sets.size)) {
      const union = new Set([...set, ...able]);
      sets.set([...union].sort().join('\n'), union);
    }
  }
  return [...sets.values()].sort((a, b) => a.size - b.size);
}
