import { movesOn } from './automaton.js';
import { type CountTable, CountTables } from './count-tables.js';
import { remained, type Tracked } from './counts.js';
import type { Effort } from './effort.js';
import { type LineWindow, longestShift, overtimeCost, statesThatGoOn, tableOfDay } from './line-window.js';

/**
 * The cheapest line of a window by tables of all states, counts that are followed, and times: for each day
 * (`(state * counts + count) * times + time`) what the cheapest beginning of a line costs.
 */
export class LineTables {
  /** Combinations of the counts that are followed. */
  counts = 1;
  private layers = new Float64Array(0);
  private backLayers = new Float64Array(0);
  private low = new Int32Array(0);
  private high = new Int32Array(0);
  private lowNext = new Int32Array(0);
  private highNext = new Int32Array(0);
  private ends = new Int16Array(0);
  private readonly tables = new CountTables();
  private table!: CountTable;
  private tracked: readonly Tracked[] = [];
  private window!: LineWindow;
  private times = 1;

  constructor(private readonly effort: Effort) {}

  /** Makes room for a window and the counts that are followed in it. */
  prepare(window: LineWindow, tracked: readonly Tracked[], counts: number): void {
    const { person, from, to, limits } = window;
    const { states } = person.shape.automaton;
    this.window = window;
    this.tracked = tracked;
    this.counts = counts;
    this.times = limits.mostUnits + 1;
    this.table = this.tables.of(person, tracked, counts);
    const cells = (to - from + 1) * this.size;
    if (cells > this.layers.length) this.layers = new Float64Array(cells + (cells >> 2));
    if (states * counts > this.low.length) {
      this.low = new Int32Array(states * counts);
      this.high = new Int32Array(states * counts);
      this.lowNext = new Int32Array(states * counts);
      this.highNext = new Int32Array(states * counts);
    }
    if (states > this.ends.length) this.ends = new Int16Array(states);
  }

  /** Writes the cheapest line to `out` and answers its cost, with overtime and unfair shares; Infinity where there is none. */
  solve(out: Int16Array): number {
    const end = this.forward();
    if (end < 0) return Infinity;
    const { window, counts, times } = this;
    this.trace(end, out);
    const extra = overtimeCost(window, end % times) + this.shortOfShares(Math.floor(end / times) % counts);
    return this.layers[(window.to - window.from) * this.size + end]! + extra;
  }

  /** As `LineProgram.throughArcs`. */
  through(): Float64Array {
    const { window, counts, times, layers, table } = this;
    const { roster, person, from, to, costs } = window;
    const { groupUnits, automaton } = person.shape;
    const { states, actions, off } = automaton;
    const days = to - from;
    const through = new Float64Array(days * states * actions).fill(Infinity);
    if (this.forward() < 0) return through;
    this.backward();
    const { backLayers } = this;
    for (let day = 0; day < days; day += 1) {
      const { next } = movesOn(automaton, from + day);
      const kind = tableOfDay(roster, person, from + day, from) * actions;
      for (let s = 0; s < states; s += 1) {
        for (let action = 0; action < actions; action += 1) {
          const s2 = next[s * actions + action]!;
          const cost = costs[day * actions + action]!;
          if (s2 < 0 || cost === Infinity) continue;
          const step = action === 0 ? 0 : groupUnits[action - 1]!;
          let least = Infinity;
          for (let k = 0; k < counts; k += 1) {
            const cell = ((kind + action) * 2 + off[s]!) * counts + k;
            const k2 = table.next[cell]!;
            if (k2 < 0) continue;
            const unfair = table.extra === undefined ? 0 : table.extra[cell]!;
            const at = day * this.size + (s * counts + k) * times;
            const then = (day + 1) * this.size + (s2 * counts + k2) * times + step;
            for (let u = 0; u + step < times; u += 1) {
              const value = layers[at + u]! + backLayers[then + u]! + unfair;
              if (value < least) least = value;
            }
          }
          through[(day * states + s) * actions + action] = least + cost;
        }
      }
    }
    this.effort.add(2 * days * this.size * actions);
    return through;
  }

  /** Cells of a day. */
  private get size(): number {
    return this.window.person.shape.automaton.states * this.counts * this.times;
  }

  private shortOfShares(k: number): number {
    return this.table.extra === undefined ? 0 : remained(this.tracked, k);
  }

  /** Fills the layers; answers the best end as an index into the last, or -1. */
  private forward(): number {
    const { window, counts: K, times: U, layers, table, size: Z } = this;
    const { roster, person, from, to, costs, startState: start, limits } = window;
    const { automaton, groupUnits } = person.shape;
    const { states, actions, off } = automaton;
    const { extra } = table;
    const days = to - from;
    const largest = longestShift(person);
    let { low, high, lowNext, highNext } = this;
    high.fill(-1, 0, states * K);
    layers.fill(Infinity, 0, Z);
    if (start < 0) return -1;
    layers[start * K * U] = 0;
    low[start * K] = 0;
    high[start * K] = 0;
    let operations = 0;
    for (let day = 0; day < days; day += 1) {
      const at = day * Z;
      const then = at + Z;
      layers.fill(Infinity, then, then + Z);
      lowNext.fill(0x7fffffff, 0, states * K);
      highNext.fill(-1, 0, states * K);
      const { next } = movesOn(automaton, from + day);
      const kind = tableOfDay(roster, person, from + day, from) * actions;
      const need = limits.leastUnits - (days - day - 1) * largest;
      for (let action = 0; action < actions; action += 1) {
        const cost = costs[day * actions + action]!;
        if (cost === Infinity) continue;
        const step = action === 0 ? 0 : groupUnits[action - 1]!;
        for (let s = 0; s < states; s += 1) {
          const s2 = next[s * actions + action]!;
          if (s2 < 0) continue;
          const rowAt = ((kind + action) * 2 + off[s]!) * K;
          for (let k = 0; k < K; k += 1) {
            let last = high[s * K + k]!;
            if (last < 0) continue;
            const k2 = table.next[rowAt + k]!;
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
    return this.bestEnd();
  }

  private bestEnd(): number {
    const { window, counts: K, times: U, layers, ends, size: Z } = this;
    statesThatGoOn(window, ends);
    const end = (window.to - window.from) * Z;
    let best = Infinity;
    let found = -1;
    for (let s = 0; s < window.person.shape.automaton.states; s += 1) {
      if (ends[s]! < 0) continue;
      for (let k = 0; k < K; k += 1) {
        const base = (s * K + k) * U;
        const unfair = this.shortOfShares(k);
        for (let u = window.limits.leastUnits; u < U; u += 1) {
          const value = layers[end + base + u]!;
          if (value === Infinity) continue;
          const total = value + overtimeCost(window, u) + unfair;
          if (total < best) {
            best = total;
            found = base + u;
          }
        }
      }
    }
    return found;
  }

  private backward(): void {
    const { window, counts: K, times: U, table, size: Z } = this;
    const { roster, person, from, to, costs, limits } = window;
    const { automaton, groupUnits } = person.shape;
    const { states, actions, off } = automaton;
    const { extra } = table;
    const days = to - from;
    if (this.backLayers.length < this.layers.length) this.backLayers = new Float64Array(this.layers.length);
    const back = this.backLayers;
    for (let s = 0; s < states; s += 1)
      for (let k = 0; k < K; k += 1)
        for (let u = 0; u < U; u += 1)
          back[days * Z + (s * K + k) * U + u] =
            u < limits.leastUnits ? Infinity : overtimeCost(window, u) + this.shortOfShares(k);
    for (let day = days - 1; day >= 0; day -= 1) {
      back.fill(Infinity, day * Z, day * Z + Z);
      const { next } = movesOn(automaton, from + day);
      const kind = tableOfDay(roster, person, from + day, from) * actions;
      for (let action = 0; action < actions; action += 1) {
        const cost = costs[day * actions + action]!;
        if (cost === Infinity) continue;
        const step = action === 0 ? 0 : groupUnits[action - 1]!;
        for (let s = 0; s < states; s += 1) {
          const s2 = next[s * actions + action]!;
          if (s2 < 0) continue;
          for (let k = 0; k < K; k += 1) {
            const cell = ((kind + action) * 2 + off[s]!) * K + k;
            const k2 = table.next[cell]!;
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

  private trace(end: number, out: Int16Array): void {
    const { window, counts: K, times: U, layers, table, size: Z } = this;
    const { roster, person, from, to, costs, shiftOf } = window;
    const { automaton, groupUnits } = person.shape;
    const { off, actions } = automaton;
    const { extra } = table;
    let at = end;
    for (let day = to - from - 1; day >= 0; day -= 1) {
      const u2 = at % U;
      const k2 = Math.floor(at / U) % K;
      const s2 = Math.floor(at / (U * K));
      const value = layers[(day + 1) * Z + at]!;
      const { intoStart, into } = movesOn(automaton, from + day);
      const kind = tableOfDay(roster, person, from + day, from) * actions;
      let found = -1;
      for (let pair = intoStart[s2]!; pair < intoStart[s2 + 1]! && found < 0; pair += 1) {
        const s = into[2 * pair]!;
        const action = into[2 * pair + 1]!;
        const step = action === 0 ? 0 : groupUnits[action - 1]!;
        if (u2 < step) continue;
        const cost = costs[day * actions + action]!;
        if (cost === Infinity) continue;
        const rowAt = ((kind + action) * 2 + off[s]!) * K;
        for (let k = 0; k < K; k += 1) {
          if (table.next[rowAt + k] !== k2) continue;
          const cell = (s * K + k) * U + u2 - step;
          const whole = extra === undefined ? cost : cost + extra[rowAt + k]!;
          if (layers[day * Z + cell]! + whole !== value) continue;
          found = cell;
          out[day] = shiftOf[day * actions + action]!;
          break;
        }
      }
      at = found;
    }
  }
}
