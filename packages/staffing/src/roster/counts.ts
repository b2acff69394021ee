import type { CompiledPerson, CompiledRoster, Counter } from './compiled.js';

/** A counter that is followed, as a digit of the combined count. */
export interface Tracked {
  readonly counter: Counter;
  /** What may still be counted within the window, which is what its digit may reach. */
  readonly left: number;
  readonly place: number;
  /** Below this at the end, each costs; what is beyond `left` costs at once. */
  readonly least: number;
}

/**
 * Where the counts of a state go by an action: each count is a digit of `k`. Kinds of day are weekdays from Monday, and 7 a
 * Sunday on day 0, with 8 more for each further sort of days. -1 where a limit would be exceeded.
 */
export function counted(
  tracked: readonly Tracked[],
  table: number,
  action: number,
  wasOff: boolean,
  k: number,
): number {
  let result = 0;
  const kind = table & 7;
  for (const { counter, left, place } of tracked) {
    let digit = Math.floor(k / place) % (left + 1);
    if (counter.weekly && kind === 0) digit = 0;
    if (action > 0)
      digit += counter.kind === 'weekends' ? weekendBegins(kind, wasOff) : addsOn(counter, table >> 3)[action - 1]!;
    if (digit > left) {
      if (counter.soft === undefined) return -1;
      digit = left;
    }
    result += digit * place;
  }
  return result;
}

/** The sort of a day, by what is counted on it. */
export function sortOfDay({ sortOf }: CompiledPerson['shape'], day: number): number {
  return sortOf === undefined ? 0 : sortOf[day]!;
}

/** What one shift of each group adds on days of a sort. */
export function addsOn({ adds, only }: Counter, sort: number): Int32Array {
  return only === undefined || only.sorts[sort] === 1 ? adds : only.nothing;
}

/** What one shift of each group adds on a day. */
export function addsOfDay({ adds, only }: Counter, day: number): Int32Array {
  return only === undefined || only.days[day] === 1 ? adds : only.nothing;
}

/** Whether a counter counts on a day at all. */
export function countsOn({ only }: Counter, day: number): boolean {
  return only === undefined || only.days[day] === 1;
}

/** What an action costs because it exceeds a fair share; kinds of day as for `counted`. */
export function exceeded(
  tracked: readonly Tracked[],
  table: number,
  action: number,
  wasOff: boolean,
  k: number,
): number {
  let cost = 0;
  if (action === 0) return cost;
  for (const { counter, left, place } of tracked) {
    if (counter.soft === undefined) continue;
    const adds = counter.kind === 'weekends' ? weekendBegins(table & 7, wasOff) : counter.adds[action - 1]!;
    cost += Math.max(0, (Math.floor(k / place) % (left + 1)) + adds - left) * counter.soft.cost;
  }
  return cost;
}

/** What counts cost at the end of a line because they stayed below a fair share. */
export function remained(tracked: readonly Tracked[], k: number): number {
  let cost = 0;
  for (const { counter, left, place, least } of tracked)
    if (counter.soft !== undefined)
      cost += Math.max(0, least - (Math.floor(k / place) % (left + 1))) * counter.soft.cost;
  return cost;
}

/** What a whole line costs because its counts are beyond their fair shares. */
export function unfairness(person: CompiledPerson, roster: CompiledRoster, line: Int16Array): number {
  let cost = 0;
  for (const counter of person.shape.counters) {
    if (counter.soft === undefined) continue;
    const count = countOutside(counter, person, roster, roster.days, roster.days, line);
    cost += Math.max(0, count - counter.most, counter.soft.least - count) * counter.soft.cost;
  }
  return cost;
}

/** 1 where work on this day begins a weekend with work: kinds of day are weekdays, and 7 a Sunday on day 0. */
export function weekendBegins(kind: number, wasOff: boolean): number {
  return kind === 5 || kind === 7 || (kind === 6 && wasOff) ? 1 : 0;
}

/** What the days outside a window count already. */
export function countOutside(
  counter: Counter,
  person: CompiledPerson,
  roster: CompiledRoster,
  from: number,
  to: number,
  line: Int16Array,
): number {
  const { groupOf } = person.shape;
  let count = 0;
  let weekend = false;
  for (let day = 0; day < roster.days; day += 1) {
    const weekday = (day + roster.problem.firstWeekday) % 7;
    if (weekday === 0) weekend = false;
    if (day >= from && day < to) continue;
    const shift = line[day]!;
    if (shift < 0) continue;
    if (counter.kind === 'groups') count += counter.adds[groupOf[shift]!]!;
    else if (weekday >= 5 && !weekend) {
      weekend = true;
      count += 1;
    }
  }
  return count;
}

/** What a window can count at most. */
export function mostInWindow(counter: Counter, roster: CompiledRoster, from: number, to: number): number {
  if (counter.kind === 'weekends') {
    let weekends = 0;
    for (let day = from; day < to; day += 1) {
      const weekday = (day + roster.problem.firstWeekday) % 7;
      if (weekday === 5 || (weekday === 6 && day === from)) weekends += 1;
    }
    return weekends;
  }
  let largest = 0;
  for (const adds of counter.adds) if (adds > largest) largest = adds;
  return largest * (counter.weekly ? Math.min(7, to - from) : to - from);
}
