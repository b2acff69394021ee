import type { CompiledPerson, CompiledRoster, Counter } from './compiled.js';
import { counted, countOutside, exceeded, mostInWindow, remained, type Tracked } from './counts.js';
import type { Effort } from './effort.js';
import { LONGEST_WHOLE } from './cuts.js';

/** Most combinations of counts that are followed exactly; beyond them a count is held by prices. */
const MOST_COUNTS = 512;
/** Over long periods of many shift types, most cells of a table of states, counts and time; fewer counts are followed then. */
const MOST_CELLS = 1e6;

/**
 * The cheapest line of one person over a window of days, exactly, by dynamic programming over the days. A state is what
 * the order of days makes of it (see `runAutomaton`), the counts that are limited, and the working time so far. Counts
 * whose limits would not be reached are left out, and taken in when they are.
 */
export class LineProgram {
  /** A lower bound on the cost of the last line, also where a limit could be held only by prices. */
  bound = -Infinity;

  private layers = new Float64Array(0);
  private backLayers = new Float64Array(0);
  private low = new Int32Array(0);
  private high = new Int32Array(0);
  private lowNext = new Int32Array(0);
  private highNext = new Int32Array(0);
  private ends = new Int16Array(0);
  private readonly groupCost: Float64Array;
  private readonly groupShift: Int16Array;
  private readonly penalty: Float64Array;
  private readonly multipliers: Float64Array;
  /** Counters of each person that bound before, so that they are followed from the first try. */
  private readonly hot: Uint32Array;
  private readonly tables = new Map<string, Int32Array>();
  private tracked: Tracked[] = [];
  private untracked: Counter[] = [];
  private table: Int32Array = new Int32Array(0);
  /** Beside the table, what the step costs for exceeding fair shares; undefined where there are none. */
  private extra: Float64Array | undefined;
  private readonly extras = new Map<string, Float64Array>();
  private K = 1;
  private U = 1;
  private lowestEnd = 0;
  /** How much of the period's limits may be used up by the end of the window. */
  private share = 1;
  private mostCounts = MOST_COUNTS;
  private unitsOutside = 0;

  constructor(
    private readonly roster: CompiledRoster,
    private readonly effort: Effort,
  ) {
    const groups = Math.max(1, ...roster.people.map((person) => person.shape.groups));
    this.groupCost = new Float64Array(roster.days * groups);
    this.groupShift = new Int16Array(roster.days * groups);
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
    const { shape } = person;
    this.multipliers.fill(0, 0, shape.counters.length);
    this.bound = -Infinity;
    for (let tries = 0; tries < 16; tries += 1) {
      if (!this.prepare(person, from, to, line)) return Infinity;
      const relief = this.setPenalties(person, from, to, line);
      this.setCosts(person, from, to, price);
      const end = this.forward(person, from, to, line);
      if (end < 0) {
        this.bound = Infinity;
        return Infinity;
      }
      const overtime = this.endCost(person, end % this.U) + this.shortOfShares(Math.floor(end / this.U) % this.K);
      const value = this.layers[(to - from) * this.size(person) + end]! + overtime;
      if (value - relief > this.bound) this.bound = value - relief;
      this.trace(person, from, to, end, out);
      const broken = this.brokenCounter(person, from, to, line, out);
      if (broken < 0) return relief === 0 ? value : this.costOf(from, to, price, out) + overtime;
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

  /** What a limit allows by the end of the window. */
  private mostOf(counter: Counter): number {
    return counter.weekly || this.share === 1 ? counter.most : Math.ceil(counter.most * this.share);
  }

  /**
   * Has a limit that was broken followed by the next try: among those that were before, instead of them where all
   * together are too many, and by a price where that changes to and fro.
   */
  private follow(person: CompiledPerson, broken: number, tries: number): void {
    const { index, shape } = person;
    const counter = shape.counters[broken]!;
    if (this.K * (counter.most + 1) <= this.mostCounts) this.hot[index]! |= 1 << broken;
    else if (tries < 4) this.hot[index] = 1 << broken;
    else this.multipliers[broken] = this.multipliers[broken]! * 2 + 4;
  }

  /** Prices of what is limited but not followed. Answers what they would take at the limits, by which the bound is less. */
  private setPenalties(person: CompiledPerson, from: number, to: number, line: Int16Array): number {
    const { counters, groups } = person.shape;
    this.penalty.fill(0);
    let relief = 0;
    for (const [index, counter] of counters.entries()) {
      const multiplier = this.multipliers[index]!;
      if (multiplier === 0) continue;
      const weeks = counter.weekly ? Math.ceil((to - from) / 7) + 1 : 1;
      const outside = counter.weekly ? 0 : countOutside(counter, person, this.roster, from, to, line);
      relief += multiplier * (counter.most - outside) * weeks;
      for (let group = 0; group < groups; group += 1) this.penalty[group]! += multiplier * counter.adds[group]!;
    }
    return relief;
  }

  /**
   * For each day, state and action (`(day * states + state) * actions + action`) the cost of the cheapest line of the whole
   * period that takes it, and for shifts the cheapest of their group; limits that were not followed by the last `solve` are
   * left out, so that it is a lower bound. Infinity where no line goes through.
   */
  throughArcs(person: CompiledPerson, price: Float64Array, empty: Int16Array): Float64Array {
    const { days } = this.roster;
    const { automaton, groupUnits } = person.shape;
    const { states, actions, next, off } = automaton;
    const through = new Float64Array(days * states * actions).fill(Infinity);
    this.penalty.fill(0);
    if (!this.prepare(person, 0, days, empty)) return through;
    this.setCosts(person, 0, days, price);
    if (this.forward(person, 0, days, empty) < 0) return through;
    this.backward(person, days);
    const { K, U, layers, backLayers, table, extra } = this;
    const Z = this.size(person);
    for (let day = 0; day < days; day += 1) {
      const kind = this.weekdayRow(day, 0) * actions;
      for (let s = 0; s < states; s += 1) {
        for (let action = 0; action < actions; action += 1) {
          const s2 = next[s * actions + action]!;
          const cost = this.actionCost(person, day, day, action);
          if (s2 < 0 || cost === Infinity) continue;
          const step = action === 0 ? 0 : groupUnits[action - 1]!;
          let least = Infinity;
          for (let k = 0; k < K; k += 1) {
            const cell = ((kind + action) * 2 + off[s]!) * K + k;
            const k2 = table[cell]!;
            if (k2 < 0) continue;
            const unfair = extra === undefined ? 0 : extra[cell]!;
            const at = day * Z + (s * K + k) * U;
            const then = (day + 1) * Z + (s2 * K + k2) * U + step;
            for (let u = 0; u + step < U; u += 1) {
              const value = layers[at + u]! + backLayers[then + u]! + unfair;
              if (value < least) least = value;
            }
          }
          through[(day * states + s) * actions + action] = least + cost;
        }
      }
    }
    this.effort.add(2 * days * Z * actions);
    return through;
  }

  private shortOfShares(k: number): number {
    return this.extra === undefined ? 0 : remained(this.tracked, k);
  }

  private size(person: CompiledPerson): number {
    return person.shape.automaton.states * this.K * this.U;
  }

  private endCost(person: CompiledPerson, units: number): number {
    const { overtimeFrom, overtimeCost } = person.shape;
    return overtimeCost === 0 ? 0 : Math.max(0, units + this.unitsOutside - overtimeFrom) * overtimeCost;
  }

  /** Sizes of the state space for a window; false where what stands outside it leaves no line. */
  private prepare(person: CompiledPerson, from: number, to: number, line: Int16Array): boolean {
    const { shape } = person;
    const { days, shifts } = this.roster;
    let outside = 0;
    for (let day = 0; day < days; day += 1) {
      if (day >= from && day < to) continue;
      const shift = line[day]!;
      if (shift >= 0) outside += shape.groupUnits[shape.groupOf[shift]!]!;
    }
    this.unitsOutside = outside;
    let largest = 0;
    for (const units of shape.groupUnits) if (units > largest) largest = units;
    const most = (to - from) * largest;
    const { share } = this;
    const atMost = (share === 1 ? shape.maxUnits : Math.ceil(shape.maxUnits * share)) - outside;
    // By the end of a part a shift less than its share will do: the next part has room for it.
    const least = share === 1 ? shape.minUnits : Math.floor(shape.minUnits * share) - largest;
    this.lowestEnd = Math.max(0, least - outside);
    if (atMost < 0 || this.lowestEnd > most) return false;
    const timeMatters = atMost < most || this.lowestEnd > 0 || shape.overtimeCost > 0;
    this.U = timeMatters ? Math.min(atMost, most) + 1 : most + 1;
    if (this.lowestEnd >= this.U) return false;
    this.tracked = [];
    this.untracked = [];
    const cellsOfOne = (to - from + 1) * shape.automaton.states * this.U;
    this.mostCounts = days > LONGEST_WHOLE ? Math.max(1, Math.min(MOST_COUNTS, MOST_CELLS / cellsOfOne)) : MOST_COUNTS;
    let combinations = 1;
    for (const [index, counter] of shape.counters.entries()) {
      const counts = counter.weekly ? 0 : countOutside(counter, person, this.roster, from, to, line);
      const possible = mostInWindow(counter, this.roster, from, to);
      if (counter.soft !== undefined) {
        const most = Math.max(0, Math.min(possible, Math.floor(counter.most) - counts));
        const least = counter.soft.least - counts;
        if ((most < possible || least > 0) && combinations * (most + 1) <= this.mostCounts) {
          this.tracked.push({ counter, left: most, place: combinations, least });
          combinations *= most + 1;
        }
        continue;
      }
      const left = this.mostOf(counter) - counts;
      if (left < 0) return false;
      if (left >= possible) continue;
      const wanted = counter.kind === 'weekends' || left === 0 || (this.hot[person.index]! & (1 << index)) !== 0;
      if (wanted && combinations * (left + 1) <= this.mostCounts) {
        this.tracked.push({ counter, left, place: combinations, least: 0 });
        combinations *= left + 1;
      } else {
        this.untracked.push(counter);
      }
    }
    this.K = combinations;
    this.table = this.tableFor(person);
    const states = shape.automaton.states;
    const cells = (to - from + 1) * states * this.K * this.U;
    if (cells > this.layers.length) this.layers = new Float64Array(cells + (cells >> 2));
    if (states * this.K > this.low.length) {
      this.low = new Int32Array(states * this.K);
      this.high = new Int32Array(states * this.K);
      this.lowNext = new Int32Array(states * this.K);
      this.highNext = new Int32Array(states * this.K);
    }
    if (states > this.ends.length) this.ends = new Int16Array(states);
    return shifts > 0;
  }

  /** Where counts go: by kind of day, action, whether the day before was off, and count; -1 beyond a limit. */
  private tableFor(person: CompiledPerson): Int32Array {
    const { automaton } = person.shape;
    const { K, tracked } = this;
    const parts = tracked.map(({ counter, left }) => `${person.shape.counters.indexOf(counter)}:${left}`);
    const key = `${person.shape.number} ${parts.join(' ')}`;
    this.extra = this.extras.get(key);
    const known = this.tables.get(key);
    if (known !== undefined) return known;
    const shared = tracked.some(({ counter }) => counter.soft !== undefined);
    const extra = shared ? new Float64Array(8 * automaton.actions * 2 * K) : undefined;
    const table = new Int32Array(8 * automaton.actions * 2 * K);
    for (let kind = 0; kind < 8; kind += 1)
      for (let action = 0; action < automaton.actions; action += 1)
        for (let off = 0; off < 2; off += 1)
          for (let k = 0; k < K; k += 1) {
            const cell = ((kind * automaton.actions + action) * 2 + off) * K + k;
            table[cell] = counted(tracked, kind, action, off === 1, k);
            if (extra !== undefined) extra[cell] = exceeded(tracked, kind, action, off === 1, k);
          }
    this.tables.set(key, table);
    if (extra !== undefined) this.extras.set(key, extra);
    this.extra = extra;
    return table;
  }

  private weekdayRow(day: number, from: number): number {
    const weekday = (day + this.roster.problem.firstWeekday) % 7;
    // A Sunday that begins the period begins its weekend; a Monday that begins the window has nothing to forget.
    if (day === 0 && weekday === 6) return 7;
    return weekday === 0 && day === from ? 1 : weekday;
  }

  private setCosts(person: CompiledPerson, from: number, to: number, price: Float64Array): void {
    const { groups, groupOf } = person.shape;
    const { shifts } = this.roster;
    const { groupCost, groupShift, penalty } = this;
    for (let day = from; day < to; day += 1) {
      const at = (day - from) * groups;
      groupCost.fill(Infinity, at, at + groups);
      for (let shift = 0; shift < shifts; shift += 1) {
        const group = groupOf[shift]!;
        if (group < 0) continue;
        const cost = price[day * shifts + shift]! + penalty[group]!;
        if (cost < groupCost[at + group]!) {
          groupCost[at + group] = cost;
          groupShift[at + group] = shift;
        }
      }
    }
  }

  private actionCost(person: CompiledPerson, day: number, at: number, action: number): number {
    if (action === 0) return person.fixed[day]! >= 0 ? Infinity : 0;
    return this.groupCost[at * person.shape.groups + action - 1]!;
  }

  /** Fills the layers; answers the best end as an index into the last, or -1. */
  private forward(person: CompiledPerson, from: number, to: number, line: Int16Array): number {
    const { automaton, groupUnits } = person.shape;
    const { states, actions, next, off } = automaton;
    const { K, U, layers, table, extra } = this;
    const Z = states * K * U;
    let largest = 0;
    for (const units of groupUnits) if (units > largest) largest = units;
    let { low, high, lowNext, highNext } = this;
    high.fill(-1, 0, states * K);
    layers.fill(Infinity, 0, Z);
    const start = this.stateBefore(person, from, line);
    if (start < 0) return -1;
    layers[start * K * U] = 0;
    low[start * K] = 0;
    high[start * K] = 0;
    let operations = 0;
    for (let day = from; day < to; day += 1) {
      const at = (day - from) * Z;
      const then = at + Z;
      layers.fill(Infinity, then, then + Z);
      lowNext.fill(0x7fffffff, 0, states * K);
      highNext.fill(-1, 0, states * K);
      const kind = this.weekdayRow(day, from) * actions;
      const need = this.lowestEnd - (to - day - 1) * largest;
      for (let action = 0; action < actions; action += 1) {
        const cost = this.actionCost(person, day, day - from, action);
        if (cost === Infinity) continue;
        const step = action === 0 ? 0 : groupUnits[action - 1]!;
        for (let s = 0; s < states; s += 1) {
          const s2 = next[s * actions + action]!;
          if (s2 < 0) continue;
          const rowAt = ((kind + action) * 2 + off[s]!) * K;
          for (let k = 0; k < K; k += 1) {
            let last = high[s * K + k]!;
            if (last < 0) continue;
            const k2 = table[rowAt + k]!;
            if (k2 < 0) continue;
            let first = low[s * K + k]!;
            if (first + step < need) first = need - step;
            if (last + step >= U) last = U - 1 - step;
            if (first > last) continue;
            const source = at + (s * K + k) * U;
            const target = then + (s2 * K + k2) * U + step;
            const whole = extra === undefined ? cost : cost + extra[rowAt + k]!;
            for (let u = first; u <= last; u += 1) {
              const value = layers[source + u]! + whole;
              if (value < layers[target + u]!) layers[target + u] = value;
            }
            operations += last - first + 6;
            const cell = s2 * K + k2;
            if (first + step < lowNext[cell]!) lowNext[cell] = first + step;
            if (last + step > highNext[cell]!) highNext[cell] = last + step;
          }
        }
      }
      [low, lowNext] = [lowNext, low];
      [high, highNext] = [highNext, high];
    }
    this.effort.add(operations);
    this.statesThatGoOn(person, to, line);
    const end = (to - from) * Z;
    let best = Infinity;
    let found = -1;
    for (let s = 0; s < states; s += 1) {
      if (this.ends[s]! < 0) continue;
      for (let k = 0; k < K; k += 1) {
        const base = (s * K + k) * U;
        const unfair = this.shortOfShares(k);
        for (let u = this.lowestEnd; u < U; u += 1) {
          const value = layers[end + base + u]!;
          if (value === Infinity) continue;
          const total = value + this.endCost(person, u) + unfair;
          if (total < best) {
            best = total;
            found = base + u;
          }
        }
      }
    }
    return found;
  }

  private backward(person: CompiledPerson, days: number): void {
    const { automaton, groupUnits } = person.shape;
    const { states, actions, next, off } = automaton;
    const { K, U, table, extra } = this;
    const Z = states * K * U;
    if (this.backLayers.length < this.layers.length) this.backLayers = new Float64Array(this.layers.length);
    const back = this.backLayers;
    for (let s = 0; s < states; s += 1)
      for (let k = 0; k < K; k += 1)
        for (let u = 0; u < U; u += 1)
          back[days * Z + (s * K + k) * U + u] =
            u < this.lowestEnd ? Infinity : this.endCost(person, u) + this.shortOfShares(k);
    for (let day = days - 1; day >= 0; day -= 1) {
      back.fill(Infinity, day * Z, day * Z + Z);
      const kind = this.weekdayRow(day, 0) * actions;
      for (let action = 0; action < actions; action += 1) {
        const cost = this.actionCost(person, day, day, action);
        if (cost === Infinity) continue;
        const step = action === 0 ? 0 : groupUnits[action - 1]!;
        for (let s = 0; s < states; s += 1) {
          const s2 = next[s * actions + action]!;
          if (s2 < 0) continue;
          for (let k = 0; k < K; k += 1) {
            const cell = ((kind + action) * 2 + off[s]!) * K + k;
            const k2 = table[cell]!;
            if (k2 < 0) continue;
            const whole = extra === undefined ? cost : cost + extra[cell]!;
            const at = day * Z + (s * K + k) * U;
            const then = (day + 1) * Z + (s2 * K + k2) * U + step;
            for (let u = 0; u + step < U; u += 1) {
              const value = back[then + u]! + whole;
              if (value < back[at + u]!) back[at + u] = value;
            }
          }
        }
      }
    }
  }

  private stateBefore(person: CompiledPerson, from: number, line: Int16Array): number {
    const { automaton, groupOf } = person.shape;
    let state = person.startState;
    for (let day = 0; day < from && state >= 0; day += 1) {
      const shift = line[day]!;
      state = automaton.next[state * automaton.actions + (shift < 0 ? 0 : 1 + groupOf[shift]!)]!;
    }
    return state;
  }

  /** Marks in `ends` the states from which what stands after the window may follow. */
  private statesThatGoOn(person: CompiledPerson, to: number, line: Int16Array): void {
    const { automaton, groupOf } = person.shape;
    const { ends } = this;
    for (let s = 0; s < automaton.states; s += 1) ends[s] = s;
    for (let day = to; day < this.roster.days; day += 1) {
      const shift = line[day]!;
      const action = shift < 0 ? 0 : 1 + groupOf[shift]!;
      let only = -1;
      let several = false;
      for (let s = 0; s < automaton.states; s += 1) {
        if (ends[s]! < 0) continue;
        const then = automaton.next[ends[s]! * automaton.actions + action]!;
        ends[s] = then;
        if (then < 0) continue;
        if (only < 0) only = then;
        else if (only !== then) several = true;
      }
      if (!several) return;
    }
  }

  private trace(person: CompiledPerson, from: number, to: number, end: number, out: Int16Array): void {
    const { automaton, groupUnits, groups } = person.shape;
    const { intoStart, into, off, actions } = automaton;
    const { K, U, layers, table, extra, groupShift } = this;
    const Z = this.size(person);
    let at = end;
    for (let day = to - 1; day >= from; day -= 1) {
      const u2 = at % U;
      const k2 = Math.floor(at / U) % K;
      const s2 = Math.floor(at / (U * K));
      const value = layers[(day - from + 1) * Z + at]!;
      const kind = this.weekdayRow(day, from) * actions;
      let found = -1;
      for (let pair = intoStart[s2]!; pair < intoStart[s2 + 1]! && found < 0; pair += 1) {
        const s = into[2 * pair]!;
        const action = into[2 * pair + 1]!;
        const step = action === 0 ? 0 : groupUnits[action - 1]!;
        if (u2 < step) continue;
        const cost = this.actionCost(person, day, day - from, action);
        if (cost === Infinity) continue;
        const rowAt = ((kind + action) * 2 + off[s]!) * K;
        for (let k = 0; k < K; k += 1) {
          if (table[rowAt + k] !== k2) continue;
          const cell = (s * K + k) * U + u2 - step;
          const whole = extra === undefined ? cost : cost + extra[rowAt + k]!;
          if (layers[(day - from) * Z + cell]! + whole !== value) continue;
          found = cell;
          out[day - from] = action === 0 ? -1 : groupShift[(day - from) * groups + action - 1]!;
          break;
        }
      }
      at = found;
    }
  }

  private costOf(from: number, to: number, price: Float64Array, out: Int16Array): number {
    let cost = 0;
    for (let day = from; day < to; day += 1) {
      const shift = out[day - from]!;
      if (shift >= 0) cost += price[day * this.roster.shifts + shift]!;
    }
    return cost;
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
        if (shift >= 0) count += counter.adds[groupOf[shift]!]!;
        if (count > this.mostOf(counter)) return counters.indexOf(counter);
      }
    }
    return -1;
  }
}
