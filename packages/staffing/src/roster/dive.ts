import { type PricesLines, withinCosts } from './column-generation.js';
import type { CoverRows } from './compiled.js';
import type { Effort } from './effort.js';
import type { Master } from './master.js';

export interface DiveOptions {
  /** Gives up when the rest cannot cost less than this in the master's objective. */
  readonly cutoff: number;
  readonly until: number;
  /** Rounds of pricing after each step. */
  readonly rounds: number;
  /** Share of the people that may be decided at one step. */
  readonly atOnce: number;
  readonly random?: () => number;
  /** Whether all that is undecided is decided at once when the effort is spent; gives up where absent. */
  readonly hurries?: boolean;
}

/**
 * Makes a whole plan of a master's shares: decides the line with the largest share, prices again for the others, and so
 * on. Answers a line for each person of the master, or nothing where the cutoff ended it. The master is as before then,
 * with more columns.
 */
export function dive(
  roster: CoverRows,
  master: Master,
  pricing: PricesLines,
  effort: Effort,
  options: DiveOptions,
): readonly Int16Array[] | undefined {
  const placeOf = new Map(master.people.map((person, index) => [person.index, index]));
  const decided = new Map<number, number>();
  let hurried = false;
  try {
    while (decided.size < master.people.length) {
      const open = master.people.filter((person) => !decided.has(person.index));
      let solved = master.solve();
      for (let round = 0; round < options.rounds && !effort.over(options.until); round += 1) {
        const { added } = pricing.round(master, open, withinCosts(roster, solved.rowDuals), solved, placeOf);
        if (added === 0 || effort.over(options.until)) break;
        solved = master.solve();
      }
      const late = effort.over(options.until);
      if (master.objective >= options.cutoff || (late && options.hurries !== true)) return undefined;
      if (!decide(master, solved.shares, decided, options, late)) return undefined;
      hurried ||= late;
    }
    if (hurried) {
      master.solve();
      if (master.objective >= options.cutoff) return undefined;
    }
    return master.people.map((person) => master.columns[decided.get(person.index)!]!.line);
  } finally {
    for (const column of decided.values()) master.fix(column, false);
  }
}

/** @param all whether everybody's line is decided, the surest first, and not only those that are sure or as many as may be at once */
function decide(
  master: Master,
  shares: Float64Array,
  decided: Map<number, number>,
  options: DiveOptions,
  all: boolean,
): boolean {
  const candidates: { readonly column: number; readonly share: number; readonly rank: number }[] = [];
  for (let column = 0; column < shares.length; column += 1) {
    const share = shares[column]!;
    if (share < 0.01 || decided.has(master.columns[column]!.person)) continue;
    const shake = options.random === undefined || share > 0.99 ? 0 : (options.random() - 0.5) * 0.4;
    candidates.push({ column, share, rank: share + shake });
  }
  candidates.sort((a, b) => b.rank - a.rank || a.column - b.column);
  const most = Math.max(1, Math.ceil((master.people.length - decided.size) * options.atOnce));
  let done = 0;
  for (const { column, share } of candidates) {
    const { person } = master.columns[column]!;
    if (decided.has(person)) continue;
    if (!all && done > 0 && share < 0.999 && (share < 0.7 || done >= most)) break;
    decided.set(person, column);
    master.fix(column, true);
    done += 1;
  }
  return done > 0;
}
