import { runAutomaton, type RunAutomaton } from './automaton.js';
import { phasedAutomaton } from './phased-automaton.js';
import { countsIn, sameShift } from './problem.js';
import type { LineLimit, LineRules, OrderRules, RosterPerson, RosterProblem } from './problem.js';
import { type RefusalRow, refusalRows } from './refusals.js';

/** What is wanted at each row, and what one too few or too many there costs. */
export interface CoverRows {
  readonly rows: number;
  readonly required: Float64Array;
  readonly under: Float64Array;
  readonly over: Float64Array;
}

/**
 * A problem laid out in typed arrays. A slot is a day and a shift: `day * shifts + shift`. Rows are those of cover, then
 * those of refused wishes.
 */
export interface CompiledRoster extends CoverRows {
  readonly problem: RosterProblem;
  readonly days: number;
  readonly shifts: number;
  readonly slots: number;
  readonly people: readonly CompiledPerson[];
  /** Rows that a slot counts for, by class of people: `rowOf[rowStart[class][slot] …]` with `weightOf`. */
  readonly classes: readonly CoverClass[];
  /** Cost of wishes when nobody works. */
  readonly base: number;
}

interface CoverClass {
  readonly start: Int32Array;
  readonly row: Int32Array;
  readonly weight: Float64Array;
}

export interface CompiledPerson {
  readonly index: number;
  readonly coverClass: number;
  /** By slot; what working it costs in wishes, or saves; Infinity where it must not be. */
  readonly cost: Float64Array;
  /** For each day: -2 free, -1 off, else the shift that stands: all others cost infinitely much. */
  readonly fixed: Int16Array;
  readonly shape: LineShape;
  /** State of the automaton before day 0. */
  readonly startState: number;
  /** Cost of this person's wishes on an empty line. */
  readonly base: number;
}

/** What lines of people with the same rules have in common. */
interface LineShape {
  /** Its place among the shapes of the problem. */
  readonly number: number;
  readonly automaton: RunAutomaton;
  /** Group of each shift, or -1. */
  readonly groupOf: Int16Array;
  readonly groups: number;
  /** Greatest common divisor of the lengths, in minutes; time is counted in it. */
  readonly unit: number;
  readonly groupUnits: Int32Array;
  readonly minUnits: number;
  readonly maxUnits: number;
  /** Units beyond which each costs so much. */
  readonly overtimeFrom: number;
  readonly overtimeCost: number;
  readonly counters: readonly Counter[];
  /** Whether a counter has a fair share that may be exceeded at a cost. */
  readonly shared: boolean;
  /** By day, of which sort it is: days on which the same is counted. Absent where there is one sort. */
  readonly sortOf: Uint8Array | undefined;
  readonly sorts: number;
}

/** Something counted along a line that must not exceed `most`. */
export interface Counter {
  readonly kind: 'weekends' | 'groups';
  readonly weekly: boolean;
  readonly most: number;
  /** What one shift of the group adds. */
  readonly adds: Int32Array;
  /** Where `most` may be exceeded, what each beyond it, or below `least`, costs. */
  readonly soft?: { readonly least: number; readonly cost: number };
  /** Where it counts on some days only: 1 for those, by day and by sort of days, and what a shift adds on the others. */
  readonly only?: { readonly days: Uint8Array; readonly sorts: Uint8Array; readonly nothing: Int32Array };
}

/** @throws RangeError where a shift, day or person is named that is not there */
export function compileRoster(problem: RosterProblem): CompiledRoster {
  const shifts = problem.shifts.length;
  const slots = problem.days * shifts;
  const shapes = new Map<string, LineShape>();
  const classKeys = new Map<string, number>();
  const classes: CoverClass[] = [];
  const refusals = refusalRows(problem);
  const classOf = (index: number): number => {
    const own = refusals.filter(({ person }) => person === index);
    // Whoever has rows of their own shares them with nobody.
    const key = own.length > 0 ? `${index}` : coefficientsOf(problem, index).join();
    const known = classKeys.get(key);
    if (known !== undefined) return known;
    classKeys.set(key, classes.length);
    classes.push(coverClass(problem, index, slots, own));
    return classes.length - 1;
  };
  const people = problem.people.map((person, index) => {
    const { cost, base } = costsOf(person, problem);
    const shape = shapeOf(person, problem, shapes);
    const last = person.before?.last;
    const lastGroup = typeof last === 'number' ? shape.groupOf[last]! : -1;
    return {
      index,
      coverClass: classOf(index),
      cost,
      fixed: fixedOf(person, problem),
      shape,
      startState: person.before === undefined ? 0 : shape.automaton.stateAfter(person.before, lastGroup),
      base,
    };
  });
  return {
    problem,
    days: problem.days,
    shifts,
    slots,
    people,
    rows: problem.needs.length + refusals.length,
    required: Float64Array.from([...problem.needs, ...refusals], ({ required }) => required),
    under: Float64Array.from([...problem.needs, ...refusals], (row) => ('under' in row ? row.under : 0)),
    over: Float64Array.from([...problem.needs, ...refusals], ({ over }) => over),
    classes,
    base: people.reduce((sum, person) => sum + person.base, 0),
  };
}

/** What a person counts for, need by need: once where it is the same in all slots. */
export function coefficientsOf({ needs }: RosterProblem, person: number): readonly number[] {
  return needs.flatMap((need) => [
    need.coefficients === undefined ? 1 : (need.coefficients[person] ?? 0),
    ...need.slots.flatMap(({ coefficients }) => (coefficients === undefined ? [] : [coefficients[person] ?? 0])),
  ]);
}

function coverClass(
  problem: RosterProblem,
  person: number,
  slots: number,
  refusals: readonly RefusalRow[],
): CoverClass {
  const lists: [number, number][][] = Array.from({ length: slots }, () => []);
  for (const [row, need] of problem.needs.entries()) {
    for (const slot of need.slots) {
      const weight = countsIn(need, slot, person);
      if (weight !== 0) lists[slot.day * problem.shifts.length + slot.shift]?.push([row, weight]);
    }
  }
  for (const { row, weights } of refusals) for (const [slot, weight] of weights) lists[slot]?.push([row, weight]);
  const start = new Int32Array(slots + 1);
  lists.forEach((list, slot) => (start[slot + 1] = start[slot]! + list.length));
  const flat = lists.flat();
  return { start, row: Int32Array.from(flat, ([row]) => row), weight: Float64Array.from(flat, ([, weight]) => weight) };
}

function costsOf(person: RosterPerson, problem: RosterProblem): { cost: Float64Array; base: number } {
  const shifts = problem.shifts.length;
  const cost = new Float64Array(problem.days * shifts).fill(Infinity);
  for (let day = 0; day < problem.days; day += 1) for (const shift of person.shifts) cost[day * shifts + shift] = 0;
  let base = 0;
  for (const wish of person.wishes) {
    const sign = wish.kind === 'on' ? -1 : 1;
    if (wish.kind === 'on') base += wish.weight;
    for (let shift = 0; shift < shifts; shift += 1) {
      if (wish.shift === undefined || wish.shift === sameShift(problem.shifts, shift))
        cost[wish.day * shifts + shift]! += sign * wish.weight;
    }
  }
  for (const away of person.away) {
    for (let shift = 0; shift < shifts; shift += 1) {
      if (away.shift === undefined || away.shift === shift) cost[away.day * shifts + shift] = Infinity;
    }
  }
  for (const { day, shift: stands } of person.fixed) {
    for (let shift = 0; shift < shifts; shift += 1)
      if (sameShift(problem.shifts, shift) !== stands) cost[day * shifts + shift] = Infinity;
  }
  return { cost, base };
}

function fixedOf(person: RosterPerson, problem: RosterProblem): Int16Array {
  const fixed = new Int16Array(problem.days).fill(-2);
  for (const { day, shift } of person.fixed) fixed[day] = shift === 'off' ? -1 : shift;
  return fixed;
}

function shapeOf(person: RosterPerson, problem: RosterProblem, known: Map<string, LineShape>): LineShape {
  // Shifts that stand already are possible even where the person would not be given them.
  const own = new Set(person.shifts);
  if (typeof person.before?.last === 'number') own.add(person.before.last);
  const usable = [...own].sort((a, b) => a - b);
  const key = JSON.stringify([person.rules, usable, person.before?.run ?? 0]);
  const found = known.get(key);
  if (found !== undefined) return found;
  const shape = buildShape(person, problem, usable, known.size);
  known.set(key, shape);
  return shape;
}

function buildShape(
  person: RosterPerson,
  problem: RosterProblem,
  usable: readonly number[],
  number: number,
): LineShape {
  const { rules } = person;
  const unit = usable.map((shift) => problem.shifts[shift]!.minutes).reduce(gcd, 0) || 1;
  const orders: readonly OrderRules[] = [rules, ...(rules.phases ?? [])];
  const forbids = ({ forbidden }: OrderRules, first: number, second: number): boolean =>
    forbidden.some(([a, b]) => a === first && b === second);
  const isNight = (shift: number): boolean => rules.nights?.shifts.includes(shift) === true;
  const limited = [...rules.limits, ...(rules.shares ?? [])].flatMap((limit) =>
    limit.of === 'shifts' ? [limit.shifts ?? []] : [],
  );
  const groupKeys = new Map<string, number>();
  const members: number[] = [];
  const groupOf = new Int16Array(problem.shifts.length).fill(-1);
  for (const shift of usable) {
    const key = JSON.stringify([
      problem.shifts[shift]!.minutes,
      usable.map((other) => orders.map((order) => [forbids(order, shift, other), forbids(order, other, shift)])),
      isNight(shift),
      limited.map((counted) => counted.includes(shift)),
    ]);
    const group = groupKeys.get(key) ?? members.push(shift) - 1;
    groupKeys.set(key, group);
    groupOf[shift] = group;
  }
  const days = problem.days + (person.before?.run ?? 0);
  const night = members.map(isNight);
  const phases = orders.map((order) => ({
    maxRun: order.maxRun,
    minRun: order.minRun,
    minOff: Math.max(1, order.minOff),
    maxNights: order.nights?.maxRun ?? Infinity,
    minOffAfterNights: order.nights?.minOffAfter ?? 0,
    forbidden: members.map((first) => members.map((second) => forbids(order, first, second))),
  }));
  const automaton =
    rules.phases === undefined
      ? runAutomaton({ days, night, ...phases[0]! })
      : phasedAutomaton({ days, night, phases, phaseOf: phaseOfDays(rules.phases, problem.days) });
  const minutesOf = members.map((shift) => problem.shifts[shift]!.minutes);
  const sorted = sortsOfDays(rules.limits, problem);
  const counters = rules.limits.map((limit): Counter => {
    if (limit.of === 'weekends') {
      return { kind: 'weekends', weekly: false, most: limit.most, adds: new Int32Array(members.length) };
    }
    const weekly = limit.per === 'week';
    if (limit.of === 'minutes') {
      const adds = Int32Array.from(minutesOf, (minutes) => minutes / unit);
      return { kind: 'groups', weekly, most: Math.floor(limit.most / unit + 1e-9), adds, ...sorted.only(limit, adds) };
    }
    const adds = Int32Array.from(members, (shift) => (limit.shifts.includes(shift) ? 1 : 0));
    return { kind: 'groups', weekly, most: limit.most, adds, ...sorted.only(limit, adds) };
  });
  for (const { of, shifts, least, most, cost } of rules.shares ?? []) {
    const adds = Int32Array.from(members, (shift) => (of === 'shifts' && shifts?.includes(shift) === true ? 1 : 0));
    counters.push({ kind: of === 'shifts' ? 'groups' : 'weekends', weekly: false, most, adds, soft: { least, cost } });
  }
  const { overtime } = rules;
  return {
    number,
    automaton,
    groupOf,
    groups: members.length,
    unit,
    groupUnits: Int32Array.from(minutesOf, (minutes) => minutes / unit),
    minUnits: Math.max(0, Math.ceil(rules.minMinutes / unit - 1e-9)),
    maxUnits: Math.min(Math.floor(rules.maxMinutes / unit + 1e-9), 1e9),
    overtimeFrom: overtime === undefined ? Infinity : overtime.beyond / unit,
    overtimeCost: overtime === undefined ? 0 : overtime.costPerMinute * unit,
    counters,
    shared: counters.some(({ soft }) => soft !== undefined),
    sortOf: sorted.sortOf,
    sorts: sorted.sorts,
  };
}

/** By day, 0 where the rules of the whole period hold, else the number of the phase from 1 on. */
function phaseOfDays(phases: NonNullable<LineRules['phases']>, days: number): Uint8Array {
  const phaseOf = new Uint8Array(days);
  for (const [index, phase] of phases.entries()) for (const day of phase.days) phaseOf[day] = index + 1;
  return phaseOf;
}

interface SortedDays {
  readonly sortOf: Uint8Array | undefined;
  readonly sorts: number;
  /** What a counter has for a limit of some weeks only. */
  only(limit: LineLimit, adds: Int32Array): Pick<Counter, 'only'>;
}

/** Days by which of the limits of some weeks only hold on them. */
function sortsOfDays(limits: readonly LineLimit[], { days, firstWeekday }: RosterProblem): SortedDays {
  const weeksOf = (limit: LineLimit): readonly number[] | undefined =>
    limit.of === 'weekends' ? undefined : limit.weeks;
  const holdsOn = (weeks: readonly number[], day: number): boolean =>
    weeks.includes(Math.floor((day + firstWeekday) / 7));
  if (limits.every((limit) => weeksOf(limit) === undefined)) return { sortOf: undefined, sorts: 1, only: () => ({}) };
  const keys = Array.from({ length: days }, (_, day) =>
    JSON.stringify(limits.map((limit) => holdsOn(weeksOf(limit) ?? [], day))),
  );
  const distinct = [...new Set(keys)];
  return {
    sortOf: Uint8Array.from(keys, (key) => distinct.indexOf(key)),
    sorts: distinct.length,
    only: (limit, adds) => {
      const weeks = weeksOf(limit);
      if (weeks === undefined) return {};
      const counted = Uint8Array.from(keys, (_, day) => (holdsOn(weeks, day) ? 1 : 0));
      const sorts = Uint8Array.from(distinct, (key) => counted[keys.indexOf(key)]!);
      return { only: { days: counted, sorts, nothing: new Int32Array(adds.length) } };
    },
  };
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}
