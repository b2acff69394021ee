import type { CompiledPerson, CompiledRoster, Counter } from './compiled.js';

/** A counter that is followed, as a digit of the combined count. */
export interface Tracked {
  readonly counter: Counter;
  /** What may still be counted within the window, which is what its digit may reach. */
  readonly left: number;
  readonly place: number;
}

/**
 * Where the counts of a state go by an action: each count is a digit of `k`. Kinds of day are weekdays from Monday, and 7 a
 * Sunday on day 0. -1 where a limit would be exceeded.
 */
export function counted(tracked: readonly Tracked[], kind: number, action: number, wasOff: boolean, k: number): number {
  let result = 0;
  for (const { counter, left, place } of tracked) {
    let digit = Math.floor(k / place) % (left + 1);
    if (counter.weekly && kind === 0) digit = 0;
    if (action > 0) digit += counter.kind === 'weekends' ? weekendBegins(kind, wasOff) : counter.adds[action - 1]!;
    if (digit > left) return -1;
    result += digit * place;
  }
  return result;
}

/** 1 where work on this day begins a weekend with work: kinds of day are weekdays, and 7 a Sunday on day 0. */
function weekendBegins(kind: number, wasOff: boolean): number {
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
