import { movesOn } from './automaton.js';
import type { CompiledRoster } from './compiled.js';
import { addsOfDay, weekendBegins } from './counts.js';
import type { Effort } from './effort.js';
import {
  kindOfDay,
  type LineWindow,
  longestShift,
  overtimeCost,
  statesThatGoOn,
  type WindowLimits,
} from './line-window.js';
import { RelaxedLines } from './relaxed-lines.js';

/** Beginnings of lines that are kept for a day, where the cheapest line is wanted for sure, and where a good one will do. */
const MOST_LABELS = { sure: 2000, good: 60 };
/** With so many cheaper labels of a state each is compared. */
const MOST_COMPARED = 40;
/** Rounds in which the prices of limits are looked for. */
const ROUNDS = 12;
/** Keys of labels are whole numbers that a double holds exactly. */
const MOST_KEYS = 2 ** 52;
/** Operations that go with one step from a label. */
const OPERATIONS_PER_STEP = 30;

/**
 * The cheapest line of a window where tables of all states, counts and times would be too large: beginnings of lines
 * (labels) are extended day by day, and only those that may yet become cheaper than the best line known, by a bound from
 * prices on the limits. Exact unless more labels than fit are within reach; the bound holds always.
 */
export class LabelLines {
  /** No line of the last window costs less. */
  bound = -Infinity;
  private readonly relaxed: RelaxedLines;
  private ends = new Int16Array(0);
  private readonly labels = new Labels();
  private line = new Int16Array(0);
  /** Whether labels within reach had to be left out. */
  private crowded = false;

  constructor(
    private readonly roster: CompiledRoster,
    private readonly effort: Effort,
  ) {
    this.relaxed = new RelaxedLines(roster, effort);
  }

  /** Whether the labels of a window have keys. */
  static fits({ person, limits }: LineWindow): boolean {
    const counts = limits.counters.reduce((product, { left }) => product * (left + 1), 1);
    return person.shape.automaton.states * (limits.mostUnits + 1) * counts < MOST_KEYS;
  }

  /**
   * Writes the cheapest line of a window to `out` and answers its cost; Infinity where none was found.
   * @param sure whether a good line will not do
   */
  solve(window: LineWindow, out: Int16Array, sure: boolean): number {
    const { from, to, person } = window;
    const { states } = person.shape.automaton;
    if (this.ends.length < states) this.ends = new Int16Array(states);
    statesThatGoOn(window, this.ends);
    this.bound = -Infinity;
    if (window.startState < 0) {
      this.bound = Infinity;
      return Infinity;
    }
    if (this.line.length < to - from) this.line = new Int16Array(to - from);
    this.relaxed.prepare(window);
    const { bound, cost } = this.relaxed.improve(ROUNDS, this.ends, out);
    this.bound = bound;
    if (bound === Infinity || cost - bound <= 1e-7) return cost;
    if (!sure && cost < Infinity) return cost;
    const most = sure ? MOST_LABELS.sure : MOST_LABELS.good;
    if (cost < Infinity) return this.extend(window, out, cost, most);
    for (let reach = Math.max(1, 0.02 * Math.abs(bound)); reach < 1e12; reach *= 16) {
      const value = this.extend(window, out, bound + reach, most);
      if (value < bound + reach) return value;
      // All that is within reach was looked at, or there is no room to look at more.
      if (this.crowded) break;
    }
    const value = this.extend(window, out, Infinity, most);
    return value < Infinity || !this.crowded ? value : this.extend(window, out, Infinity, 4 * MOST_LABELS.sure);
  }

  /**
   * The cheapest line that costs less than `limit`, or `limit` where there is none. The bound rises to it where all of them
   * were looked at.
   */
  private extend(window: LineWindow, out: Int16Array, limit: number, most: number): number {
    const { from, to, person, limits, startState } = window;
    const { labels, relaxed, ends } = this;
    const { shape } = person;
    const { states, actions, off } = shape.automaton;
    const { groupUnits } = shape;
    const { counters, leastUnits, mostUnits, timeMatters } = limits;
    const days = to - from;
    const largest = longestShift(person);
    const U = timeMatters ? mostUnits + 1 : 1;
    const digits = new Int32Array(counters.length);
    const { rest, amounts, prices } = relaxed;
    const timePrice = timeMatters ? prices[0]! : 0;
    let left = Infinity;
    this.crowded = false;
    labels.begin(startState);
    let steps = 0;
    for (let day = 0; day < days; day += 1) {
      const kind = kindOfDay(this.roster, from + day, from);
      const { next } = movesOn(shape.automaton, from + day);
      const addsOf = counters.map(({ counter }) => addsOfDay(counter, from + day));
      const relief = relaxed.reliefFrom(day + 1);
      const forgets = relaxed.weekOf[day + 1] !== relaxed.weekOf[day];
      const stillLeast = leastUnits - (days - day - 1) * largest;
      const priceOf = counters.map(({ counter }) =>
        amounts.findIndex(({ counter: of, week }) => of === counter && (week < 0 || week === relaxed.weekOf[day])),
      );
      const [first, last] = labels.day(day);
      labels.next();
      for (let label = first; label < last; label += 1) {
        const key = labels.keys[label]!;
        const state = key % states;
        const above = Math.floor(key / states);
        const units = above % U;
        let counts = Math.floor(above / U);
        for (let index = 0; index < digits.length; index += 1) {
          const radix = counters[index]!.left + 1;
          digits[index] = counts % radix;
          counts = Math.floor(counts / radix);
        }
        const cost = labels.costs[label]!;
        for (let action = 0; action < actions; action += 1) {
          const state2 = next[state * actions + action]!;
          if (state2 < 0) continue;
          const onward = rest[(day + 1) * states + state2]!;
          if (onward === Infinity) continue;
          let value = cost + window.costs[day * actions + action]!;
          if (value === Infinity) continue;
          const units2 = timeMatters && action > 0 ? units + groupUnits[action - 1]! : units;
          if (units2 >= U || units2 < stillLeast) continue;
          let key2 = 0;
          let place = 1;
          let potential = timePrice * units2;
          let within = true;
          for (let index = 0; index < digits.length; index += 1) {
            const { counter, left: room } = counters[index]!;
            let digit = digits[index]!;
            if (action > 0)
              digit +=
                counter.kind === 'weekends' ? weekendBegins(kind, off[state] === 1) : addsOf[index]![action - 1]!;
            if (digit > room) {
              if (counter.soft === undefined) {
                within = false;
                break;
              }
              value += (digit - room) * counter.soft.cost;
              digit = room;
            }
            if (counter.weekly && forgets) digit = 0;
            potential += prices[priceOf[index]!]! * digit;
            key2 += digit * place;
            place *= room + 1;
          }
          steps += 1;
          if (!within) continue;
          const bound = value + potential + onward - relief;
          if (bound >= limit - 1e-9) continue;
          labels.add(state2 + states * (units2 + U * key2), value, bound, label, action);
        }
      }
      let dropped = labels.keep(4 * most);
      labels.dropDominated(states, U, counters, leastUnits);
      dropped = Math.min(dropped, labels.keep(most));
      if (dropped < Infinity) {
        this.crowded = true;
        left = Math.min(left, dropped);
      }
    }
    this.effort.add(steps * OPERATIONS_PER_STEP);
    const [first, last] = labels.day(days);
    let best = limit;
    let found = -1;
    for (let label = first; label < last; label += 1) {
      const key = labels.keys[label]!;
      if (ends[key % states]! < 0) continue;
      const above = Math.floor(key / states);
      const units = timeMatters ? above % U : 0;
      let value = labels.costs[label]! + (timeMatters ? overtimeCost(window, units) : 0);
      let counts = Math.floor(above / U);
      for (const { counter, left: room, least } of counters) {
        if (counter.soft !== undefined) value += Math.max(0, least - (counts % (room + 1))) * counter.soft.cost;
        counts = Math.floor(counts / (room + 1));
      }
      if (value < best) {
        best = value;
        found = label;
      }
    }
    this.bound = Math.max(this.bound, Math.min(best, left));
    if (found >= 0) labels.trace(found, days, window.shiftOf, actions, out);
    return best;
  }

  /** As `LineProgram.throughArcs`: the least that a line through each day, state and action costs, at prices on the limits. */
  through(window: LineWindow): Float64Array {
    const { from, to, person, startState } = window;
    const { automaton } = person.shape;
    const { states, actions, off } = automaton;
    const days = to - from;
    const through = new Float64Array(days * states * actions).fill(Infinity);
    this.solve(window, this.line.length < days ? (this.line = new Int16Array(days)) : this.line, false);
    if (startState < 0) return through;
    const { relaxed } = this;
    const relief = relaxed.reliefFrom(0);
    let here = new Float64Array(states).fill(Infinity);
    here[startState] = 0;
    for (let day = 0; day < days; day += 1) {
      const then = new Float64Array(states).fill(Infinity);
      const { next } = movesOn(automaton, from + day);
      for (let s = 0; s < states; s += 1) {
        if (here[s] === Infinity) continue;
        for (let action = 0; action < actions; action += 1) {
          const s2 = next[s * actions + action]!;
          if (s2 < 0) continue;
          const value = here[s]! + relaxed.pricedActions[(day * 2 + off[s]!) * actions + action]!;
          through[(day * states + s) * actions + action] = value + relaxed.rest[(day + 1) * states + s2]! - relief;
          if (value < then[s2]!) then[s2] = value;
        }
      }
      here = then;
    }
    this.effort.add(days * states * actions);
    return through;
  }
}

/** Beginnings of lines by day. Two of a day with the same key can go on alike, and the cheaper stays. */
class Labels {
  keys = new Float64Array(1024);
  costs = new Float64Array(1024);
  private bounds = new Float64Array(1024);
  private parents = new Int32Array(1024);
  private actions = new Int16Array(1024);
  private starts: number[] = [];
  private count = 0;
  private table = new Int32Array(1024);
  private digits = new Float64Array(0);

  begin(state: number): void {
    this.starts = [0];
    this.count = 1;
    this.keys[0] = state;
    this.costs[0] = 0;
    this.parents[0] = -1;
  }

  /** The places of a day's labels. */
  day(day: number): readonly [first: number, last: number] {
    return [this.starts[day]!, this.starts[day + 1] ?? this.count];
  }

  /** Begins the labels of the next day. */
  next(): void {
    this.starts.push(this.count);
    this.table.fill(-1);
  }

  add(key: number, cost: number, bound: number, parent: number, action: number): void {
    const mask = this.table.length - 1;
    let place = (Math.imul(key % 0x7fffffff, 0x9e3779b1) >>> 8) & mask;
    for (let at = this.table[place]!; at >= 0; at = this.table[place]!) {
      if (this.keys[at] === key) {
        if (cost < this.costs[at]!) this.set(at, key, cost, bound, parent, action);
        return;
      }
      place = (place + 1) & mask;
    }
    if (this.count === this.keys.length) this.grow();
    this.table[place] = this.count;
    this.set(this.count, key, cost, bound, parent, action);
    this.count += 1;
    if ((this.count - this.starts.at(-1)!) * 2 > this.table.length) this.rehash(this.table.length * 2);
  }

  /**
   * Leaves out those labels of the last day beside which another one of the same state costs no more and has used up no
   * more of anything, where that can only be better.
   */
  dropDominated(states: number, U: number, counters: WindowLimits['counters'], leastUnits: number): void {
    const first = this.starts.at(-1)!;
    const count = this.count - first;
    const width = counters.length + 2;
    if (this.digits.length < count * width) this.digits = new Float64Array(2 * count * width);
    const { digits } = this;
    for (let label = 0; label < count; label += 1) {
      const key = this.keys[first + label]!;
      const at = label * width;
      digits[at] = key % states;
      const above = Math.floor(key / states);
      digits[at + 1] = above % U;
      let counts = Math.floor(above / U);
      for (let index = 0; index < counters.length; index += 1) {
        const radix = counters[index]!.left + 1;
        digits[at + 2 + index] = counts % radix;
        counts = Math.floor(counts / radix);
      }
    }
    const exact = counters.map(({ counter, least }) => counter.soft !== undefined && least > 0);
    const order = Array.from({ length: count }, (_, label) => label);
    order.sort(
      (a, b) =>
        digits[a * width]! - digits[b * width]! ||
        this.costs[first + a]! - this.costs[first + b]! ||
        digits[a * width + 1]! - digits[b * width + 1]! ||
        a - b,
    );
    const beats = (a: number, b: number): boolean => {
      const own = digits[a * width + 1]!;
      const other = digits[b * width + 1]!;
      if (own > other || (own < other && own < leastUnits)) return false;
      for (let index = 0; index < exact.length; index += 1) {
        const here = digits[a * width + 2 + index]!;
        const there = digits[b * width + 2 + index]!;
        if (exact[index] === true ? here !== there : here > there) return false;
      }
      return true;
    };
    const kept: number[] = [];
    let begin = 0;
    for (const label of order) {
      if (kept.length > begin && digits[kept[begin]! * width] !== digits[label * width]) begin = kept.length;
      let dominated = false;
      const until = Math.min(kept.length, begin + MOST_COMPARED);
      for (let at = begin; at < until && !dominated; at += 1) dominated = beats(kept[at]!, label);
      if (!dominated) kept.push(label);
    }
    this.retain(kept.map((label) => first + label));
  }

  /** Keeps so many of the last day's labels, those with the least bounds; answers the least bound of the others. */
  keep(most: number): number {
    const first = this.starts.at(-1)!;
    if (this.count - first <= most) return Infinity;
    const order = Array.from({ length: this.count - first }, (_, index) => first + index);
    order.sort((a, b) => this.bounds[a]! - this.bounds[b]! || this.keys[a]! - this.keys[b]!);
    const dropped = this.bounds[order[most]!]!;
    this.retain(order.slice(0, most));
    return dropped;
  }

  /** Keeps only these of the last day's labels. */
  private retain(places: readonly number[]): void {
    const first = this.starts.at(-1)!;
    const kept = [...places].sort((a, b) => a - b);
    for (const [index, from] of kept.entries())
      this.set(
        first + index,
        this.keys[from]!,
        this.costs[from]!,
        this.bounds[from]!,
        this.parents[from]!,
        this.actions[from]!,
      );
    this.count = first + kept.length;
  }

  trace(label: number, days: number, shiftOf: Int16Array, actions: number, out: Int16Array): void {
    let at = label;
    for (let day = days - 1; day >= 0; day -= 1) {
      out[day] = shiftOf[day * actions + this.actions[at]!]!;
      at = this.parents[at]!;
    }
  }

  private set(at: number, key: number, cost: number, bound: number, parent: number, action: number): void {
    this.keys[at] = key;
    this.costs[at] = cost;
    this.bounds[at] = bound;
    this.parents[at] = parent;
    this.actions[at] = action;
  }

  private grow(): void {
    const larger = <Kind extends Float64Array | Int32Array | Int16Array>(from: Kind, to: Kind): Kind => {
      to.set(from);
      return to;
    };
    const length = this.keys.length * 2;
    this.keys = larger(this.keys, new Float64Array(length));
    this.costs = larger(this.costs, new Float64Array(length));
    this.bounds = larger(this.bounds, new Float64Array(length));
    this.parents = larger(this.parents, new Int32Array(length));
    this.actions = larger(this.actions, new Int16Array(length));
  }

  private rehash(length: number): void {
    this.table = new Int32Array(length).fill(-1);
    const mask = length - 1;
    for (let at = this.starts.at(-1)!; at < this.count; at += 1) {
      let place = (Math.imul(this.keys[at]! % 0x7fffffff, 0x9e3779b1) >>> 8) & mask;
      while (this.table[place]! >= 0) place = (place + 1) & mask;
      this.table[place] = at;
    }
  }
}
