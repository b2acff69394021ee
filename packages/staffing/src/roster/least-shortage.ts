import type { Highs } from 'highs';
import { Pricing, withinCosts } from './column-generation.js';
import { ColumnPool } from './columns.js';
import { coefficientsOf, compileRoster } from './compiled.js';
import type { Effort } from './effort.js';
import { LineProgram } from './line-program.js';
import { Master } from './master.js';
import type { RosterPerson, RosterProblem } from './problem.js';

export interface LeastShortage {
  /** No roster is short by less, in the costs of the needs. */
  readonly bound: number;
  /** Shares of lines are short by no more; Infinity where the effort was spent before. */
  readonly most: number;
  /** For each need what one person more would save; those above 0 make up the proof. */
  readonly duals: Float64Array;
}

/** Below this a bound proves nothing. */
export const NOTHING = 1e-3;

/**
 * What every roster of a problem is short by at least, whatever it costs otherwise: column generation in which people whose
 * rules, days and abilities are the same share one row, so that a large staff of few kinds takes as long as those kinds.
 * @param isEnough whether what is known ends the work: no roster is short by less than `bound`, and shares of lines are
 *   short by no more than `most`
 */
export function leastShortage(
  highs: Highs,
  problem: RosterProblem,
  effort: Effort,
  isEnough: (found: { readonly bound: number; readonly most: number }) => boolean = () => false,
): LeastShortage {
  const { reduced, counts } = byKind(problem);
  const roster = compileRoster(reduced);
  const program = new LineProgram(roster, effort);
  program.sure = true;
  const pricing = new Pricing(roster, program, new ColumnPool(roster), effort);
  const pool = new ColumnPool(roster);
  const empty = new Int16Array(roster.days).fill(-1);
  const out = new Int16Array(roster.days);
  const price = new Float64Array(roster.slots);
  const master = new Master(highs, roster, roster.people, new Float64Array(roster.rows), effort, counts);
  let bound = 0;
  let most = Infinity;
  let duals: Float64Array = new Float64Array(roster.rows);
  try {
    for (let added = 1; added > 0 && !effort.over();) {
      const own = master.solve();
      const used = withinCosts(roster, own.rowDuals);
      let value = used.reduce((sum, dual, row) => sum + dual * roster.required[row]!, 0);
      added = 0;
      for (const person of roster.people) {
        pricing.pricesAt(person, used, price);
        effort.add(2 * roster.slots);
        const cost = program.solve(person, 0, roster.days, price, empty, out);
        // Whoever has no line at all gives nothing.
        if (cost === Infinity) continue;
        value += program.bound * counts[person.index]!;
        const isBetter = cost - own.personDuals[person.index]! < -1e-6;
        if (isBetter && master.add(pool.add(person, out).column)) added += 1;
      }
      most = master.objective;
      if (value > bound) {
        bound = value;
        duals = used;
      }
      if (master.objective - bound < NOTHING || isEnough({ bound, most: master.objective })) break;
    }
  } finally {
    master.dispose();
  }
  return { bound, most, duals };
}

/** One person of each kind, without wishes and costs that are no shortage, and how many there are of it. */
function byKind(problem: RosterProblem): { readonly reduced: RosterProblem; readonly counts: readonly number[] } {
  const kinds = new Map<string, { readonly first: number; count: number }>();
  const bare = problem.people.map(withoutCosts);
  for (const [index, person] of bare.entries()) {
    const key = JSON.stringify([{ ...person, id: '' }, coefficientsOf(problem, index)]);
    const known = kinds.get(key);
    if (known === undefined) kinds.set(key, { first: index, count: 1 });
    else known.count += 1;
  }
  const chosen = [...kinds.values()];
  const ofChosen = (coefficients: readonly number[] | undefined): { readonly coefficients?: readonly number[] } =>
    coefficients === undefined ? {} : { coefficients: chosen.map(({ first }) => coefficients[first] ?? 0) };
  return {
    counts: chosen.map(({ count }) => count),
    reduced: {
      ...problem,
      people: chosen.map(({ first }) => bare[first]!),
      needs: problem.needs.map((need) => ({
        ...need,
        over: 0,
        ...ofChosen(need.coefficients),
        slots: need.slots.map((slot) => ({ ...slot, ...ofChosen(slot.coefficients) })),
      })),
    },
  };
}

function withoutCosts(person: RosterPerson): RosterPerson {
  const { rules, wishes: _, refusals: _refusals, ...rest } = person;
  const { overtime: _overtime, shares: _shares, ...hard } = rules;
  return { ...rest, wishes: [], rules: hard };
}
