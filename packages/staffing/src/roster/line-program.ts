import type { CompiledPerson, CompiledRoster, Counter } from './compiled.js';
import { addsOn, countOutside, countsOn, sortOfDay, type Tracked } from './counts.js';
import { LONGEST_WHOLE } from './cuts.js';
import type { Effort } from './effort.js';
import { LabelLines } from './label-lines.js';
import { LineTables } from './line-tables.js';
import { type LineWindow, mostOf, stateBefore, windowLimits, type WindowLimits } from './line-window.js';

/** Most combinations of counts that are followed exactly; beyond them a count is held by prices. */
const MOST_COUNTS = 512;
/** Over long periods of many shift types, most cells of a table of states, counts and time; fewer counts are followed then. */
const MOST_CELLS = 1e6;
/** Tables with more steps than this (days, states, times and actions) are not made: labels take their place. */
const MOST_STEPS = 3e6;

/**
 * The cheapest line of one person over a window of days, exactly, by dynamic programming over the days. A state is what
 * the order of days makes of it (see `runAutomaton`), the counts that are limited, and the working time so far. Small
 * problems are solved by tables of all of them, in which counts whose limits would not be reached are left out, and taken
 * in when they are; large ones by labels.
 */
export class LineProgram {
  /** A lower bound on the cost of the last line, also where a limit could be held only by prices. */
  bound = -Infinity;

  /** Whether the cheapest line is wanted for sure where that takes long, or a good one will do; the bound holds for both. */
  sure = false;

  private readonly tables: LineTables;
  private readonly labels: LabelLines;
  private costs = new Float64Array(0);
  private shiftOf = new Int16Array(0);
  private readonly penalty: Float64Array;
  private readonly multipliers: Float64Array;
  /** Counters of each person that bound before, so that they are followed from the first try. */
  private readonly hot: Uint32Array;
  private tracked: Tracked[] = [];
  private untracked: Counter[] = [];
  private counts = 1;
  private mostCounts = MOST_COUNTS;
  /** How much of the period's limits may be used up by the end of the window. */
  private share = 1;

  constructor(
    private readonly roster: CompiledRoster,
    private readonly effort: Effort,
    /** How many steps a table may have before labels take its place. */
    private readonly mostSteps = MOST_STEPS,
  ) {
    this.tables = new LineTables(effort);
    this.labels = new LabelLines(roster, effort);
    const groups = Math.max(1, ...roster.people.map(({ shape }) => shape.groups * shape.sorts));
    this.penalty = new Float64Array(groups);
    this.multipliers = new Float64Array(Math.max(1, ...roster.people.map((person) => person.shape.counters.length)));
    this.hot = new Uint32Array(roster.people.length);
  }

  /**
   * Writes the cheapest line over days `from` to before `to` into `out` (from its start) and answers its cost at the
   * prices given by slot; Infinity where there is none. The rest of `line` stands.
   */
  solve(
    person: CompiledPerson,
    from: number,
    to: number,
    price: Float64Array,
    line: Int16Array,
    out: Int16Array,
  ): number {
    this.multipliers.fill(0, 0, person.shape.counters.length);
    this.penalty.fill(0);
    this.bound = -Infinity;
    const limits = windowLimits(this.roster, person, from, to, line, this.share);
    if (limits === undefined) {
      this.bound = Infinity;
      return Infinity;
    }
    if (this.isWide(person, from, to, limits)) {
      const window = this.windowOf(person, from, to, price, line, limits);
      if (LabelLines.fits(window)) {
        const value = this.labels.solve(window, out, this.sure);
        this.bound = this.labels.bound;
        return value;
      }
    }
    for (let tries = 0; tries < 16; tries += 1) {
      this.choose(person, from, to, limits);
      const relief = this.setPenalties(person, from, to, line);
      const window = this.windowOf(person, from, to, price, line, limits);
      this.tables.prepare(window, this.tracked, this.counts);
      const value = this.tables.solve(out);
      if (value === Infinity) {
        this.bound = Infinity;
        return Infinity;
      }
      if (value - relief > this.bound) this.bound = value - relief;
      const broken = this.brokenCounter(person, from, to, line, out);
      if (broken < 0) return relief === 0 ? value : value - this.penaltiesOf(person, from, to, out);
      this.follow(person, broken, tries);
    }
    return Infinity;
  }

  /**
   * As `solve`, where nothing is planned yet after the window: of what is limited over the period, and of the least working
   * time, only a share is used.
   */
  solvePart(
    person: CompiledPerson,
    from: number,
    to: number,
    price: Float64Array,
    line: Int16Array,
    out: Int16Array,
    share: number,
  ): number {
    this.share = share;
    try {
      return this.solve(person, from, to, price, line, out);
    } finally {
      this.share = 1;
    }
  }

  /**
   * For each day, state and action (`(day * states + state) * actions + action`) the cost of the cheapest line of the whole
   * period that takes it, and for shifts the cheapest of their group; limits that were not followed by the last `solve` are
   * left out, or held by prices, so that it is a lower bound. Infinity where no line goes through.
   */
  throughArcs(person: CompiledPerson, price: Float64Array, empty: Int16Array): Float64Array {
    const { days } = this.roster;
    const { states, actions } = person.shape.automaton;
    const limits = windowLimits(this.roster, person, 0, days, empty, 1);
    if (limits === undefined) return new Float64Array(days * states * actions).fill(Infinity);
    this.penalty.fill(0);
    const window = this.windowOf(person, 0, days, price, empty, limits);
    if (this.isWide(person, 0, days, limits) && LabelLines.fits(window)) return this.labels.through(window);
    this.choose(person, 0, days, limits);
    this.tables.prepare(window, this.tracked, this.counts);
    return this.tables.through();
  }

  /** Whether tables would be too large. */
  private isWide({ shape }: CompiledPerson, from: number, to: number, limits: WindowLimits): boolean {
    const { states, actions } = shape.automaton;
    return (to - from) * states * actions * (limits.mostUnits + 1) > this.mostSteps;
  }

  /**
   * Has a limit that was broken followed by the next try: among those that were before, instead of them where all
   * together are too many, and by a price where that changes to and fro.
   */
  private follow(person: CompiledPerson, broken: number, tries: number): void {
    const { index, shape } = person;
    const counter = shape.counters[broken]!;
    if (this.counts * (counter.most + 1) <= this.mostCounts) this.hot[index]! |= 1 << broken;
    else if (tries < 4) this.hot[index] = 1 << broken;
    else this.multipliers[broken] = this.multipliers[broken]! * 2 + 4;
  }

  /** Prices of what is limited but not followed, by sort of days and group. Answers what they would take at the limits, by which the bound is less. */
  private setPenalties(person: CompiledPerson, from: number, to: number, line: Int16Array): number {
    const { counters, groups, sorts } = person.shape;
    this.penalty.fill(0);
    let relief = 0;
    for (const [index, counter] of counters.entries()) {
      const multiplier = this.multipliers[index]!;
      if (multiplier === 0) continue;
      const weeks = counter.weekly ? Math.ceil((to - from) / 7) + 1 : 1;
      const outside = counter.weekly ? 0 : countOutside(counter, person, this.roster, from, to, line);
      relief += multiplier * (counter.most - outside) * weeks;
      for (let sort = 0; sort < sorts; sort += 1) {
        const adds = addsOn(counter, sort);
        for (let group = 0; group < groups; group += 1)
          this.penalty[sort * groups + group]! += multiplier * adds[group]!;
      }
    }
    return relief;
  }

  private penaltiesOf({ shape }: CompiledPerson, from: number, to: number, out: Int16Array): number {
    let cost = 0;
    for (let day = 0; day < to - from; day += 1)
      if (out[day]! >= 0)
        cost += this.penalty[sortOfDay(shape, from + day) * shape.groups + shape.groupOf[out[day]!]!]!;
    return cost;
  }

  /** Chooses which counters are followed. */
  private choose(person: CompiledPerson, from: number, to: number, { counters, mostUnits }: WindowLimits): void {
    this.tracked = [];
    this.untracked = [];
    const cellsOfOne = (to - from + 1) * person.shape.automaton.states * (mostUnits + 1);
    this.mostCounts =
      this.roster.days > LONGEST_WHOLE ? Math.max(1, Math.min(MOST_COUNTS, MOST_CELLS / cellsOfOne)) : MOST_COUNTS;
    let combinations = 1;
    for (const { counter, index, left, least } of counters) {
      const fits = combinations * (left + 1) <= this.mostCounts;
      const isHot = (this.hot[person.index]! & (1 << index)) !== 0;
      const wanted = counter.soft !== undefined || counter.kind === 'weekends' || left === 0 || isHot;
      if (wanted && fits) {
        this.tracked.push({ counter, left, place: combinations, least });
        combinations *= left + 1;
      } else if (counter.soft === undefined) this.untracked.push(counter);
    }
    this.counts = combinations;
  }

  /** The window with the cheapest shift of each group on each day, at the prices and the penalties. */
  private windowOf(
    person: CompiledPerson,
    from: number,
    to: number,
    price: Float64Array,
    line: Int16Array,
    limits: WindowLimits,
  ): LineWindow {
    const { groupOf, automaton, groups } = person.shape;
    const { actions } = automaton;
    const { shifts } = this.roster;
    const { penalty } = this;
    const size = (to - from) * actions;
    if (this.costs.length < size) {
      this.costs = new Float64Array(size);
      this.shiftOf = new Int16Array(size);
    }
    const { costs, shiftOf } = this;
    costs.fill(Infinity, 0, size);
    for (let day = from; day < to; day += 1) {
      const at = (day - from) * actions;
      const sort = sortOfDay(person.shape, day) * groups;
      if (person.fixed[day]! < 0) costs[at] = 0;
      shiftOf[at] = -1;
      for (let shift = 0; shift < shifts; shift += 1) {
        const group = groupOf[shift]!;
        if (group < 0) continue;
        const cost = price[day * shifts + shift]! + penalty[sort + group]!;
        if (cost < costs[at + 1 + group]!) {
          costs[at + 1 + group] = cost;
          shiftOf[at + 1 + group] = shift;
        }
      }
    }
    const startState = stateBefore(person, from, line);
    return { roster: this.roster, person, from, to, line, startState, limits, costs, shiftOf };
  }

  /** The first counter not followed that the new line breaks, by its place among the person's counters; -1 for none. */
  private brokenCounter(person: CompiledPerson, from: number, to: number, line: Int16Array, out: Int16Array): number {
    if (this.untracked.length === 0) return -1;
    const { groupOf, counters } = person.shape;
    const { days, problem } = this.roster;
    for (const counter of this.untracked) {
      let count = 0;
      for (let day = 0; day < days; day += 1) {
        if (counter.weekly && (day + problem.firstWeekday) % 7 === 0) count = 0;
        const shift = day >= from && day < to ? out[day - from]! : line[day]!;
        if (shift >= 0 && countsOn(counter, day)) count += counter.adds[groupOf[shift]!]!;
        if (count > mostOf(counter, this.share)) return counters.indexOf(counter);
      }
    }
    return -1;
  }
}
