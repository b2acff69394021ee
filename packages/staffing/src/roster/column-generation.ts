import type { Column, ColumnPool } from './columns.js';
import type { CompiledPerson, CompiledRoster, CoverRows } from './compiled.js';
import type { Effort } from './effort.js';
import type { LineProgram } from './line-program.js';
import type { Master } from './master.js';

/** What finds lines that help a master problem. */
export interface PricesLines {
  /**
   * The cheapest line of each person at `duals`; those that would improve the master at its own duals are added.
   * `least` is the sum of the cheapest lines, a part of the Lagrangian bound.
   */
  round(
    master: Master,
    people: readonly CompiledPerson[],
    duals: Float64Array,
    own: { readonly rowDuals: Float64Array; readonly personDuals: Float64Array },
    placeOf: ReadonlyMap<number, number>,
    sure?: boolean,
  ): { readonly least: number; readonly added: number };
}

/** Prices lines of the whole period. */
export class Pricing implements PricesLines {
  private readonly price: Float64Array;
  private readonly out: Int16Array;
  private readonly empty: Int16Array;

  constructor(
    private readonly roster: CompiledRoster,
    private readonly program: LineProgram,
    private readonly pool: ColumnPool,
    private readonly effort: Effort,
    /** Whether the cheapest lines are wanted from the first round on, for a good bound of few rounds. */
    private readonly surely = false,
  ) {
    this.price = new Float64Array(roster.slots);
    this.out = new Int16Array(roster.days);
    this.empty = new Int16Array(roster.days).fill(-1);
  }

  /** Prices by slot for one person at these duals. */
  pricesAt(person: CompiledPerson, duals: Float64Array, price: Float64Array): void {
    pricesBetween(this.roster, person, duals, 0, this.roster.days, price);
  }

  /** What the cheapest lines of all cost when nothing is said about cover. */
  leastAlone(people: readonly CompiledPerson[]): number {
    let least = 0;
    for (const person of people) {
      this.pricesAt(person, new Float64Array(this.roster.rows), this.price);
      this.program.sure = true;
      this.program.solve(person, 0, this.roster.days, this.price, this.empty, this.out);
      this.program.sure = false;
      least += this.program.bound;
    }
    return least;
  }

  round(
    master: Master,
    people: readonly CompiledPerson[],
    duals: Float64Array,
    own: { readonly rowDuals: Float64Array; readonly personDuals: Float64Array },
    placeOf: ReadonlyMap<number, number>,
    sure = false,
  ): { readonly least: number; readonly added: number } {
    let least = 0;
    let added = 0;
    for (const person of people) {
      this.pricesAt(person, duals, this.price);
      this.effort.add(2 * this.roster.slots);
      this.program.sure = sure || this.surely;
      const value = this.program.solve(person, 0, this.roster.days, this.price, this.empty, this.out);
      this.program.sure = false;
      least += this.program.bound;
      if (value === Infinity) continue;
      const { column } = this.pool.add(person, this.out);
      if (
        reducedCost(column, own.rowDuals) - own.personDuals[placeOf.get(person.index)!]! < -1e-6 &&
        master.add(column)
      )
        added += 1;
    }
    return { least, added };
  }
}

/** Prices by slot for one person at these duals, over days `from` to before `to`. */
export function pricesBetween(
  roster: CompiledRoster,
  person: CompiledPerson,
  duals: Float64Array,
  from: number,
  to: number,
  price: Float64Array,
): void {
  const { start, row, weight } = roster.classes[person.coverClass]!;
  for (let slot = from * roster.shifts; slot < to * roster.shifts; slot += 1) {
    let cost = person.cost[slot]!;
    if (cost < Infinity)
      for (let at = start[slot]!; at < start[slot + 1]!; at += 1) cost -= weight[at]! * duals[row[at]!]!;
    price[slot] = cost;
  }
}

/** What a line costs beside what its cover is worth at these duals. */
export function reducedCost(column: Column, duals: Float64Array): number {
  let cost = column.cost;
  for (let at = 0; at < column.rows.length; at += 1) cost -= duals[column.rows[at]!]! * column.weights[at]!;
  return cost;
}

/** Keeps duals where the Lagrangian bound is finite: between minus the cost of too many and the cost of too few. */
export function withinCosts(roster: CoverRows, duals: Float64Array): Float64Array {
  const kept = new Float64Array(duals.length);
  for (let row = 0; row < duals.length; row += 1)
    kept[row] = Math.max(-roster.over[row]!, Math.min(roster.under[row]!, duals[row]!));
  return kept;
}

export interface Bound {
  /** No roster costs less. */
  readonly value: number;
  /** The duals that prove it. */
  readonly duals: Float64Array;
  /** Whether the master has no better line to take in. */
  readonly converged: boolean;
}

/**
 * Column generation over all people: solves the linear master and prices lines in turn, with duals smoothed towards those
 * of the best bound (Wentges 1997), until bound and master meet or the effort is spent. The bound is Lagrangian and holds
 * at every point.
 */
export function generateColumns(
  roster: CompiledRoster,
  master: Master,
  pricing: Pricing,
  effort: Effort,
  until: number,
  onRound?: (bound: number, objective: number) => void,
): Bound {
  const placeOf = new Map(roster.people.map((person, index) => [person.index, index]));
  let value = -Infinity;
  let duals: Float64Array = new Float64Array(roster.rows);
  let smoothing = 0.7;
  /** Whether good lines help no more, so that only the cheapest may. */
  let sure = false;
  let converged = false;
  while (!effort.over(until)) {
    const own = master.solve();
    const inside = withinCosts(roster, own.rowDuals);
    const used = value === -Infinity ? inside : mixed(duals, inside, smoothing);
    const { least, added } = pricing.round(master, roster.people, used, own, placeOf, sure);
    let bound = roster.base + least;
    for (let row = 0; row < roster.rows; row += 1) bound += used[row]! * roster.required[row]!;
    if (bound > value) {
      value = bound;
      duals = used;
    }
    onRound?.(value, master.objective + roster.base);
    if (master.objective + roster.base - value < 1e-3) {
      converged = true;
      break;
    }
    if (added > 0) continue;
    if (smoothing === 0 && sure) {
      converged = true;
      break;
    }
    if (smoothing === 0) sure = true;
    smoothing = smoothing > 0.4 ? 0.3 : 0;
  }
  // Where the effort ended it early, what each costs by themselves may be the better bound.
  const alone = converged ? -Infinity : roster.base + pricing.leastAlone(roster.people);
  return alone > value
    ? { value: alone, duals: new Float64Array(roster.rows), converged }
    : { value, duals, converged };
}

function mixed(a: Float64Array, b: Float64Array, share: number): Float64Array {
  return Float64Array.from(a, (value, index) => share * value + (1 - share) * b[index]!);
}
