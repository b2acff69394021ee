import { type PricesLines, pricesBetween, reducedCost, withinCosts } from './column-generation.js';
import { type Column, columnOf } from './columns.js';
import type { CompiledPerson, CoverRows } from './compiled.js';
import { dive } from './dive.js';
import type { LineProgram } from './line-program.js';
import { Master } from './master.js';
import type { RegroupOptions, Tools } from './regroup.js';
import type { RosterState } from './roster-state.js';

/** Rounds of pricing before the shares of lines are made whole. */
const ROUNDS = 40;

/**
 * Plans a few days of many people anew, all of them at once, beside what stands on the other days: column generation over
 * the days, whose short lines are nearly whole by themselves, and a dive. True where the roster became better.
 */
export function regroupDays(
  state: RosterState,
  people: readonly CompiledPerson[],
  [from, to]: readonly [number, number],
  program: LineProgram,
  tools: Tools,
  options: RegroupOptions,
): boolean {
  const { effort } = tools;
  const pricing = new DaysPricing(state, program, tools, from, to);
  const { rows } = pricing;
  const own = people.map((person) => pricing.columnOf(person, state.lines[person.index]!));
  const given = rows.levels(state);
  let now = 0;
  for (const [row, level] of given.entries()) now += state.rowCost(rows.whole[row]!, level);
  for (const column of own) {
    now += column.cost;
    column.rows.forEach((row, at) => (given[row]! -= column.weights[at]!));
  }
  const cutoff = now - options.grain + 1e-6;
  const master = new Master(tools.highs, rows, people, given, effort);
  try {
    for (const column of own) master.add(column);
    const placeOf = new Map(people.map((person, index) => [person.index, index]));
    for (let round = 0; round < ROUNDS; round += 1) {
      const solved = master.solve();
      const duals = withinCosts(rows, solved.rowDuals);
      const { least, added } = pricing.round(master, people, duals, solved, placeOf);
      let bound = least;
      for (let row = 0; row < rows.rows; row += 1) bound += duals[row]! * (rows.required[row]! - given[row]!);
      if (bound >= cutoff || effort.over(options.until)) return false;
      if (added === 0) break;
    }
    const found = dive(rows, master, pricing, effort, {
      cutoff,
      until: options.until,
      rounds: 8,
      atOnce: 0.01,
      random: options.random,
    });
    if (found === undefined) return false;
    for (const [index, person] of people.entries()) {
      state.clear(person, from, to);
      state.fill(person, from, to, found[index]!, from);
    }
    return true;
  } finally {
    master.dispose();
  }
}

/** The rows that some days touch, by numbers of their own. */
class RowsOfDays implements CoverRows {
  readonly rows: number;
  readonly required: Float64Array;
  readonly under: Float64Array;
  readonly over: Float64Array;
  /** Each row's number in the whole roster, and the other way round; -1 for rows that the days do not touch. */
  readonly whole: readonly number[];
  readonly own: Int32Array;

  constructor({ roster }: RosterState, from: number, to: number) {
    this.own = new Int32Array(roster.rows).fill(-1);
    for (const { start, row } of roster.classes)
      for (let at = start[from * roster.shifts]!; at < start[to * roster.shifts]!; at += 1) this.own[row[at]!] = 0;
    const whole: number[] = [];
    for (let row = 0; row < roster.rows; row += 1) if (this.own[row] === 0) this.own[row] = whole.push(row) - 1;
    this.whole = whole;
    this.rows = whole.length;
    this.required = Float64Array.from(whole, (row) => roster.required[row]!);
    this.under = Float64Array.from(whole, (row) => roster.under[row]!);
    this.over = Float64Array.from(whole, (row) => roster.over[row]!);
  }

  levels({ level }: RosterState): Float64Array {
    return Float64Array.from(this.whole, (row) => level[row]!);
  }
}

/** Prices lines that are as they stand outside of some days. */
class DaysPricing implements PricesLines {
  readonly rows: RowsOfDays;
  private readonly price: Float64Array;
  private readonly out: Int16Array;
  private readonly duals: Float64Array;
  private readonly known = new Map<string, Column>();

  constructor(
    private readonly state: RosterState,
    private readonly program: LineProgram,
    private readonly tools: Tools,
    private readonly from: number,
    private readonly to: number,
  ) {
    this.rows = new RowsOfDays(state, from, to);
    this.price = new Float64Array(state.roster.slots);
    this.out = new Int16Array(state.roster.days);
    this.duals = new Float64Array(state.roster.rows);
  }

  columnOf(person: CompiledPerson, line: Int16Array): Column {
    let key = `${person.index}:`;
    for (let day = this.from; day < this.to; day += 1) key += String.fromCharCode(66 + line[day]!);
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const whole = columnOf(this.state.roster, person, line, this.from, this.to);
    const column = { ...whole, rows: whole.rows.map((row) => this.rows.own[row]!) };
    this.known.set(key, column);
    return column;
  }

  round(
    master: Master,
    people: readonly CompiledPerson[],
    duals: Float64Array,
    own: { readonly rowDuals: Float64Array; readonly personDuals: Float64Array },
    placeOf: ReadonlyMap<number, number>,
  ): { readonly least: number; readonly added: number } {
    const { state, program, from, to, price, out } = this;
    const { roster } = state;
    this.rows.whole.forEach((row, at) => (this.duals[row] = duals[at]!));
    let least = 0;
    let added = 0;
    for (const person of people) {
      const stands = state.lines[person.index]!;
      pricesBetween(roster, person, this.duals, from, to, price);
      this.tools.effort.add(2 * (to - from) * roster.shifts);
      const value = program.solve(person, from, to, price, stands, out);
      if (value === Infinity) {
        // Its own line stays in the plan; nothing is known of what is cheaper.
        least = -Infinity;
        continue;
      }
      const line = stands.slice();
      line.set(out.subarray(0, to - from), from);
      const column = this.columnOf(person, line);
      // What a column costs beside the program's value is the same for all lines of the person: what stands outside.
      least += program.bound + reducedCost(column, duals) - value;
      const helps = reducedCost(column, own.rowDuals) - own.personDuals[placeOf.get(person.index)!]! < -1e-6;
      if (helps && master.add(column)) added += 1;
    }
    return { least, added };
  }
}
