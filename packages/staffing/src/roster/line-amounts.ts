import type { Counter } from './compiled.js';
import { type LineWindow, longestShift, overtimeCost } from './line-window.js';

/** An amount that a line adds up: its working time, a count over the window, or a count of one of its weeks. */
export interface Amount {
  /** Absent for working time. */
  readonly counter?: Counter;
  /** The week of the window for which a weekly counter counts; -1 for the whole window. */
  readonly week: number;
  /** What it costs is linear between these corners, convex, and infinite outside of them. */
  readonly corners: readonly { readonly at: number; readonly cost: number }[];
  /** Least and greatest price that can help: what a unit costs at most. */
  readonly lowest: number;
  readonly highest: number;
  /** What one shift adds to it at most. */
  readonly largest: number;
}

/** Every amount that limits or costs of a line of a window go by. */
export function amountsOf(window: LineWindow, weeks: number): readonly Amount[] {
  const { limits, person } = window;
  const { overtimeCost: each, overtimeFrom } = person.shape;
  const amounts: Amount[] = [];
  if (limits.timeMatters) {
    const { leastUnits, mostUnits, unitsOutside } = limits;
    const bend = Math.max(leastUnits, Math.min(mostUnits, overtimeFrom - unitsOutside));
    const corner = (at: number): Amount['corners'][number] => ({ at, cost: overtimeCost(window, at) });
    amounts.push({
      week: -1,
      corners: [leastUnits, ...(each > 0 ? [bend] : []), mostUnits].map(corner),
      lowest: leastUnits > 0 ? -Infinity : 0,
      highest: Infinity,
      largest: Math.max(1, longestShift(person)),
    });
  }
  for (const { counter, left, possible, least } of limits.counters) {
    const { soft } = counter;
    const corners =
      soft === undefined
        ? [
            { at: 0, cost: 0 },
            { at: left, cost: 0 },
          ]
        : [0, Math.min(possible, Math.max(0, least)), left, possible]
            .sort((a, b) => a - b)
            .map((at) => ({ at, cost: shareCost(at, left, least, soft.cost) }));
    const shared = {
      counter,
      corners,
      lowest: soft === undefined || least <= 0 ? 0 : -soft.cost,
      highest: soft?.cost ?? Infinity,
      largest: counter.kind === 'weekends' ? 1 : Math.max(1, ...counter.adds),
    };
    if (!counter.weekly) amounts.push({ ...shared, week: -1 });
    else for (let week = 0; week < weeks; week += 1) amounts.push({ ...shared, week });
  }
  return amounts;
}

function shareCost(count: number, most: number, least: number, cost: number): number {
  return (Math.max(0, count - most) + Math.max(0, least - count)) * cost;
}

/** The most that a price on an amount takes beyond what the amount costs, and between which amounts it is reached. */
export function reach(
  { corners }: Amount,
  price: number,
): { readonly value: number; readonly low: number; readonly high: number } {
  let value = -Infinity;
  let low = 0;
  let high = 0;
  for (const { at, cost } of corners) {
    const here = price * at - cost;
    if (here > value + 1e-9) {
      value = here;
      low = at;
      high = at;
    } else if (here > value - 1e-9) {
      low = Math.min(low, at);
      high = Math.max(high, at);
    }
  }
  return { value, low, high };
}

/** What an amount costs; Infinity beyond its limits. */
export function costAt({ corners }: Amount, sum: number): number {
  for (let index = 0; index + 1 < corners.length; index += 1) {
    const a = corners[index]!;
    const b = corners[index + 1]!;
    if (sum < a.at || sum > b.at) continue;
    return b.at === a.at ? Math.min(a.cost, b.cost) : a.cost + ((b.cost - a.cost) * (sum - a.at)) / (b.at - a.at);
  }
  return Infinity;
}
