import { cutsOf, LONGEST_WHOLE } from './cuts.js';
import type { CompiledPerson, CompiledRoster } from './compiled.js';
import type { Effort } from './effort.js';
import type { LineProgram } from './line-program.js';
import type { RosterState } from './roster-state.js';

export interface SearchOptions {
  /** Spend up to here, in units of effort. */
  readonly until: number;
  readonly random: () => number;
  /** Temperatures of the annealing, in costs. */
  readonly hot: number;
  readonly cold: number;
  /** Ends when a roster costs no more than this. */
  readonly goal?: number;
  /** Dual prices of the cover rows: what one more person there is worth in the best plan of all. */
  readonly duals?: Float64Array;
  /** People and days that may change; all of them where absent. */
  readonly movable?: readonly CompiledPerson[];
  readonly onBetter?: (state: RosterState) => void;
}

/**
 * Builds a roster from nothing: one person after another, in random order, gets the line that is cheapest beside those
 * before. Long periods are built in parts. Answers the people for whom no line holds all rules; theirs stay empty.
 */
export function construct(
  state: RosterState,
  program: LineProgram,
  effort: Effort,
  random: () => number,
): readonly CompiledPerson[] {
  const { roster } = state;
  const price = new Float64Array(roster.slots);
  const out = new Int16Array(roster.days);
  const stuck: CompiledPerson[] = [];
  const cuts = roster.days <= LONGEST_WHOLE ? [0, roster.days] : cutsOf(roster.problem, PART);
  for (const person of shuffled(roster.people, random)) {
    effort.add(roster.slots);
    state.prices(person, 0, roster.days, price);
    const built = EAGERNESS.some((eager) => buildLine(state, program, person, { cuts, price, out, eager }));
    if (!built) stuck.push(person);
  }
  return stuck;
}

/** Days of a part: short, since there is one for each person and the work grows with its square. */
const PART = 14;
/** How much earlier than in proportion the parts of a long line may use up what the period allows, tried in turn. */
const EAGERNESS = [1, 1.05, 0.97, 1.15];

interface Building {
  readonly cuts: readonly number[];
  readonly price: Float64Array;
  readonly out: Int16Array;
  readonly eager: number;
}

/** For each day, on how many before it somebody can work at all: who is on leave has less time for their hours. */
function daysThere({ days, shifts }: CompiledRoster, person: CompiledPerson): Float64Array {
  const there = new Float64Array(days + 1);
  for (let day = 0; day < days; day += 1) {
    let any = 0;
    for (let shift = 0; shift < shifts && any === 0; shift += 1)
      if (person.cost[day * shifts + shift]! < Infinity) any = 1;
    there[day + 1] = there[day]! + any;
  }
  return there;
}

/** One line, a part after the other; false, and an empty line, where a part could not go on from those before. */
function buildLine(state: RosterState, program: LineProgram, person: CompiledPerson, building: Building): boolean {
  const { cuts, price, out, eager } = building;
  const { days } = state.roster;
  const there = daysThere(state.roster, person);
  for (let index = 0; index + 1 < cuts.length; index += 1) {
    const from = cuts[index]!;
    const to = cuts[index + 1]!;
    const share = to === days ? 1 : Math.min(0.999, (there[to]! / there[days]!) * eager);
    const line = state.lines[person.index]!;
    if (program.solvePart(person, from, to, price, line, out, share) === Infinity) {
      state.clear(person, 0, days);
      return false;
    }
    state.fill(person, from, to, out);
  }
  return true;
}

function shuffled<T>(items: readonly T[], random: () => number): readonly T[] {
  return items
    .map((item) => [random(), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);
}

/**
 * Large-neighbourhood search: a few people give up a window of days, and get it back one after another, each by the exact
 * program for one line, beside what the others work; worse rosters are accepted as in annealing. With dual prices, all but
 * the last see what cover is worth in the long run rather than what it is short of now. The best roster found is in
 * `state` afterwards.
 */
export function searchNeighbourhoods(
  state: RosterState,
  program: LineProgram,
  effort: Effort,
  options: SearchOptions,
): void {
  const { roster } = state;
  const { random, hot, cold } = options;
  const movable = options.movable ?? roster.people;
  const from = effort.spent;
  const best = state.lines.map((line) => line.slice());
  let bestCost = state.cost;
  const price = new Float64Array(roster.slots);
  const out = new Int16Array(roster.days);
  const saved = new Int16Array(8 * roster.days);
  const goal = options.goal ?? -Infinity;
  const windows = windowsOf(roster);
  let temperature = hot;
  for (let round = 0; bestCost > goal + 1e-6; round += 1) {
    if (round % 16 === 0) {
      if (effort.over(options.until)) break;
      const share = Math.min(1, (effort.spent - from) / Math.max(1e-9, options.until - from));
      temperature = hot * Math.pow(cold / hot, share);
    }
    effort.add(500);
    const [a, b] = windows(random);
    const steered = options.duals !== undefined && random() < 0.7;
    const chosen = choose(movable, steered ? 2 + Math.floor(random() * 6) : fewer(random()), random);
    const before = state.cost;
    for (const [place, person] of chosen.entries()) {
      saved.set(state.lines[person.index]!.subarray(a, b), place * roster.days);
      state.clear(person, a, b);
    }
    const noise = chosen.length === 1 ? temperature : random() < 0.5 ? 0 : temperature * 0.5;
    let filled = 0;
    for (const [place, person] of chosen.entries()) {
      state.prices(person, a, b, price);
      if (steered && place < chosen.length - 1) steer(price, person, state, options.duals, a, b);
      if (noise > 0 && !(steered && place === chosen.length - 1))
        disturb(price, a * roster.shifts, b * roster.shifts, noise, random);
      if (program.solve(person, a, b, price, state.lines[person.index]!, out) === Infinity) break;
      state.fill(person, a, b, out);
      filled += 1;
    }
    const accepted = filled === chosen.length && state.cost <= before - temperature * Math.log(1 - random() + 1e-12);
    if (!accepted) {
      for (const [place, person] of chosen.entries()) {
        if (place < filled) state.clear(person, a, b);
        state.fill(person, a, b, saved, place * roster.days);
      }
    } else if (state.cost < bestCost - 1e-6) {
      bestCost = state.cost;
      for (const [index, line] of state.lines.entries()) best[index]!.set(line);
      options.onBetter?.(state);
    }
  }
  state.copyFrom(best);
}

/** Replaces the price of cover that is short by its dual, which spares it for those who can give it more cheaply. */
function steer(
  price: Float64Array,
  person: CompiledPerson,
  state: RosterState,
  duals: Float64Array,
  from: number,
  to: number,
): void {
  const { roster, level } = state;
  const { start, row, weight } = roster.classes[person.coverClass]!;
  for (let slot = from * roster.shifts; slot < to * roster.shifts; slot += 1) {
    let cost = person.cost[slot]!;
    if (cost === Infinity) continue;
    for (let at = start[slot]!; at < start[slot + 1]!; at += 1) {
      const r = row[at]!;
      cost += weight[at]! * (level[r]! < roster.required[r]! ? -duals[r]! : roster.over[r]!);
    }
    price[slot] = cost;
  }
}

function disturb(price: Float64Array, from: number, to: number, noise: number, random: () => number): void {
  for (let slot = from; slot < to; slot += 1) if (price[slot]! < Infinity) price[slot]! += (random() - 0.5) * noise;
}

function fewer(draw: number): number {
  return draw < 0.15 ? 1 : draw < 0.55 ? 2 : draw < 0.8 ? 3 : 4;
}

function choose(people: readonly CompiledPerson[], wanted: number, random: () => number): readonly CompiledPerson[] {
  const chosen: CompiledPerson[] = [];
  while (chosen.length < Math.min(wanted, people.length)) {
    const person = people[Math.floor(random() * people.length)]!;
    if (!chosen.includes(person)) chosen.push(person);
  }
  return chosen;
}

/** Windows of one to four weeks, or of so many, that cut no weekend, and no week where something is limited by week. */
export function windowsOf(roster: CompiledRoster): (random: () => number, weeks?: number) => readonly [number, number] {
  const { days, problem } = roster;
  const weekly = roster.people.some((person) => person.shape.counters.some((counter) => counter.weekly));
  const weekday = (day: number): number => (day + problem.firstWeekday) % 7;
  const cuts = (day: number): boolean => day > 0 && day < days && (weekly ? weekday(day) !== 0 : weekday(day) === 6);
  const drawn = (draw: number): number => (draw < 0.35 ? 1 : draw < 0.7 ? 2 : draw < 0.88 ? 3 : 4);
  return (random, wanted) => {
    const weeks = wanted ?? drawn(random());
    const length = Math.max(4, weeks * 7 + Math.floor(random() * 7) - 3);
    if (length >= days) return [0, days];
    let from = Math.floor(random() * (days - length + 1));
    let to = from + length;
    while (cuts(from)) from -= 1;
    while (cuts(to)) to += 1;
    return [from, to];
  };
}
