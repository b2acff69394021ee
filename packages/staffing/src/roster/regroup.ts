import type { Highs } from 'highs';
import { type Pricing, reducedCost, withinCosts } from './column-generation.js';
import type { ColumnPool } from './columns.js';
import type { CompiledPerson, CompiledRoster } from './compiled.js';
import { dive } from './dive.js';
import type { Effort } from './effort.js';
import { Master } from './master.js';
import type { RosterState } from './roster-state.js';

/** Lines of each person that a part begins with. */
const FIRST_COLUMNS = 40;

export interface Tools {
  readonly highs: Highs;
  readonly roster: CompiledRoster;
  readonly pricing: Pricing;
  readonly pool: ColumnPool;
  readonly effort: Effort;
}

export interface RegroupOptions {
  readonly until: number;
  readonly random: () => number;
  readonly duals: Float64Array;
  /** Smallest difference between two costs. */
  readonly grain: number;
  /** Share of the people decided at one step, and rounds of pricing after it; one by one, and four, where absent. */
  readonly atOnce?: number;
  readonly rounds?: number;
  /** Whether what is undecided when the effort is spent is decided at once, rather than all of it lost. */
  readonly hurries?: boolean;
}

/**
 * Plans some people anew, all of them at once, beside what the others work: column generation over the few, which either
 * proves that nothing can be gained or is dived into. True where the roster became better.
 */
export function regroup(
  state: RosterState,
  people: readonly CompiledPerson[],
  tools: Tools,
  options: RegroupOptions,
): boolean {
  const { roster, pricing, pool, effort } = tools;
  const own = people.map((person) => pool.add(person, state.lines[person.index]!).column);
  const given = state.level.slice();
  for (const column of own) column.rows.forEach((row, at) => (given[row]! -= column.weights[at]!));
  let now = own.reduce((sum, column) => sum + column.cost, 0);
  for (let row = 0; row < roster.rows; row += 1) now += state.rowCost(row, state.level[row]!);
  const cutoff = now - options.grain + 1e-6;
  const master = new Master(tools.highs, roster, people, given, effort);
  try {
    for (const [index, person] of people.entries()) {
      master.add(own[index]!);
      const ranked = pool.of(person).map((column) => [reducedCost(column, options.duals), column] as const);
      ranked.sort(([a], [b]) => a - b);
      for (const [, column] of ranked.slice(0, FIRST_COLUMNS)) master.add(column);
    }
    const placeOf = new Map(people.map((person, index) => [person.index, index]));
    for (let round = 0; round < 30; round += 1) {
      const solved = master.solve();
      const duals = withinCosts(roster, solved.rowDuals);
      const { least, added } = pricing.round(master, people, duals, solved, placeOf);
      let bound = least;
      for (let row = 0; row < roster.rows; row += 1) bound += duals[row]! * (roster.required[row]! - given[row]!);
      if (bound >= cutoff) return false;
      if (added === 0 || effort.over(options.until)) break;
    }
    const found = dive(roster, master, pricing, effort, {
      cutoff,
      until: options.until,
      rounds: options.rounds ?? 4,
      atOnce: options.atOnce ?? 0.01,
      random: options.random,
      ...(options.hurries === true && { hurries: true }),
    });
    if (found === undefined) return false;
    for (const [index, person] of people.entries()) {
      state.clear(person, 0, roster.days);
      state.fill(person, 0, roster.days, found[index]!);
    }
    return true;
  } finally {
    master.dispose();
  }
}
