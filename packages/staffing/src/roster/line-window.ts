import { movesOn } from './automaton.js';
import type { CompiledPerson, CompiledRoster, Counter } from './compiled.js';
import { countOutside, mostInWindow, sortOfDay } from './counts.js';

/** Days of one person's line that are to be filled, with what stands around them. Days of a window are counted from 0. */
export interface LineWindow {
  readonly roster: CompiledRoster;
  readonly person: CompiledPerson;
  /** First day, and the day after the last, of the period. */
  readonly from: number;
  readonly to: number;
  /** The whole line; only what stands outside of the window is looked at. */
  readonly line: Int16Array;
  readonly startState: number;
  readonly limits: WindowLimits;
  /** By day and action (`day * actions + action`) what the cheapest shift of it costs; Infinity where none may be worked. */
  readonly costs: Float64Array;
  /** That shift, or -1 for a day off. */
  readonly shiftOf: Int16Array;
}

/** What the days outside a window leave of a person's limits to the days inside. */
export interface WindowLimits {
  /** Working time outside; all times are in the units of the person's shape. */
  readonly unitsOutside: number;
  readonly leastUnits: number;
  /** At most, by the limit and by what the window can hold. */
  readonly mostUnits: number;
  /** Whether some line of the window could take more or less time than is allowed, or pay for it. */
  readonly timeMatters: boolean;
  /** Counters whose limits the window could exceed. */
  readonly counters: readonly WindowCounter[];
}

interface WindowCounter {
  readonly counter: Counter;
  /** Its place among the counters of the person's shape. */
  readonly index: number;
  /** What may be counted yet: in the window, or in each of its weeks. */
  readonly left: number;
  /** What the window, or a week of it, can count at most. */
  readonly possible: number;
  /** Fair shares: below this at the end each costs. */
  readonly least: number;
}

/**
 * The limits of a window; undefined where what stands outside of it leaves no line.
 * @param share how much of the period's limits may be used up by the end of the window
 */
export function windowLimits(
  roster: CompiledRoster,
  person: CompiledPerson,
  from: number,
  to: number,
  line: Int16Array,
  share: number,
): WindowLimits | undefined {
  const { shape } = person;
  let outside = 0;
  for (let day = 0; day < roster.days; day += 1) {
    if (day >= from && day < to) continue;
    const shift = line[day]!;
    if (shift >= 0) outside += shape.groupUnits[shape.groupOf[shift]!]!;
  }
  const largest = longestShift(person);
  const possible = (to - from) * largest;
  const atMost = (share === 1 ? shape.maxUnits : Math.ceil(shape.maxUnits * share)) - outside;
  // By the end of a part a shift less than its share will do: the next part has room for it.
  const atLeast = share === 1 ? shape.minUnits : Math.floor(shape.minUnits * share) - largest;
  const leastUnits = Math.max(0, atLeast - outside);
  const mostUnits = Math.min(atMost, possible);
  if (atMost < 0 || leastUnits > mostUnits) return undefined;
  const counters: WindowCounter[] = [];
  for (const [index, counter] of shape.counters.entries()) {
    const counts = counter.weekly ? 0 : countOutside(counter, person, roster, from, to, line);
    const most = mostInWindow(counter, roster, from, to);
    if (counter.soft !== undefined) {
      const left = Math.max(0, Math.min(most, Math.floor(counter.most) - counts));
      const least = counter.soft.least - counts;
      if (left < most || least > 0) counters.push({ counter, index, left, possible: most, least });
      continue;
    }
    const left = mostOf(counter, share) - counts;
    if (left < 0) return undefined;
    if (left < most) counters.push({ counter, index, left, possible: most, least: 0 });
  }
  const timeMatters = atMost < possible || leastUnits > 0 || shape.overtimeCost > 0;
  return { unitsOutside: outside, leastUnits, mostUnits, timeMatters, counters };
}

/** Units of the longest shift that a person may work. */
export function longestShift({ shape }: CompiledPerson): number {
  let largest = 0;
  for (const units of shape.groupUnits) if (units > largest) largest = units;
  return largest;
}

/** What a limit allows by the end of a window that may use such a share of the period's. */
export function mostOf(counter: Counter, share: number): number {
  return counter.weekly || share === 1 ? counter.most : Math.ceil(counter.most * share);
}

/** What overtime costs where a window has so many units. */
export function overtimeCost({ person, limits }: LineWindow, units: number): number {
  const { overtimeFrom, overtimeCost: each } = person.shape;
  return each === 0 ? 0 : Math.max(0, units + limits.unitsOutside - overtimeFrom) * each;
}

/** The state of a person's rules before a day, by what stands before it; -1 where that breaks one. */
export function stateBefore(person: CompiledPerson, day: number, line: Int16Array): number {
  const { automaton, groupOf } = person.shape;
  let state = person.startState;
  for (let before = 0; before < day && state >= 0; before += 1) {
    const shift = line[before]!;
    state = movesOn(automaton, before).next[state * automaton.actions + (shift < 0 ? 0 : 1 + groupOf[shift]!)]!;
  }
  return state;
}

/** Marks in `ends` with -1 the states at the end of a window from which what stands after it cannot follow. */
export function statesThatGoOn({ roster, person, to, line }: LineWindow, ends: Int16Array): void {
  const { automaton, groupOf } = person.shape;
  for (let s = 0; s < automaton.states; s += 1) ends[s] = s;
  for (let day = to; day < roster.days; day += 1) {
    const shift = line[day]!;
    const action = shift < 0 ? 0 : 1 + groupOf[shift]!;
    const { next } = movesOn(automaton, day);
    let only = -1;
    let several = false;
    for (let s = 0; s < automaton.states; s += 1) {
      if (ends[s]! < 0) continue;
      const then = next[ends[s]! * automaton.actions + action]!;
      ends[s] = then;
      if (then < 0) continue;
      if (only < 0) only = then;
      else if (only !== then) several = true;
    }
    if (!several) return;
  }
}

/**
 * The kind of a day for counters: its weekday from Monday, and 7 for a Sunday that begins the period, which begins its
 * weekend. A Monday that begins the window has nothing to forget, and counts as a Tuesday.
 */
export function kindOfDay(roster: CompiledRoster, day: number, from: number): number {
  const weekday = (day + roster.problem.firstWeekday) % 7;
  if (day === 0 && weekday === 6) return 7;
  return weekday === 0 && day === from ? 1 : weekday;
}

/** The part of the count tables for a day: its kind, and among which days it is where something is counted on some only. */
export function tableOfDay(roster: CompiledRoster, { shape }: CompiledPerson, day: number, from: number): number {
  return kindOfDay(roster, day, from) + 8 * sortOfDay(shape, day);
}
