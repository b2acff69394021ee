/**
 * Who of those on duty covers which work, shift by shift, as plain values. Turns are shifts on days, in their order; pools,
 * tasks and turns are numbered by their place in the lists.
 */
export interface MixProblem {
  readonly turns: readonly MixTurn[];
  readonly pools: readonly MixPool[];
  readonly tasks: readonly MixTask[];
  readonly matches: readonly MixMatch[];
  readonly needs: readonly MixNeed[];
  /** What each hour costs that nobody covers, in the money of the pools. */
  readonly shortCost: number;
  /** What each hour costs that somebody is lent or stands in, beside pay. */
  readonly disruptionCost: number;
}

interface MixTurn {
  readonly id: string;
  /** Hours of work. */
  readonly hours: number;
}

/** People who are alike. */
export interface MixPool {
  readonly id: string;
  /** How many of them are on duty, by turn. */
  readonly onDuty: readonly number[];
  /** Money an hour. */
  readonly cost: number;
}

/** A role or skill that is wanted at a place. */
interface MixTask {
  readonly id: string;
}

/** That people of a pool may do a task. */
export interface MixMatch {
  readonly pool: number;
  readonly task: number;
  /** Work done per time of one person, with ways and slower work taken off. */
  readonly speed: number;
  readonly kind: 'own' | 'lent' | 'substitute';
  /** The first turn that they can work: before it they are being trained. */
  readonly from?: number;
  /** Those who name the same object share its supervisors. */
  readonly supervision?: MixSupervision;
}

/** At most `ratio` stand in for each of those of some pools who are on duty and not lent elsewhere. One object for each rule. */
export interface MixSupervision {
  readonly ratio: number;
  readonly by: readonly number[];
}

/** So many people wanted for a task over some hours, which those on duty on any of some turns fill. */
export interface MixNeed {
  readonly task: number;
  readonly required: number;
  readonly hours: number;
  readonly turns: readonly number[];
}

/** So many of a match on a turn. */
export interface MixMove {
  readonly match: number;
  readonly turn: number;
  readonly people: number;
}

export interface MixAnswer {
  readonly moves: readonly MixMove[];
  /** Work that nobody does at each need, in people. */
  readonly short: readonly number[];
  readonly cost: number;
  /** Nothing costs less. */
  readonly bound: number;
}

/** Costs nothing to tell apart. */
const EQUAL = 1e-9;

/** What moves come to, straight from the problem: what is short at each need and what all costs. */
export function costOfMoves(
  problem: MixProblem,
  moves: readonly MixMove[],
): { readonly short: readonly number[]; readonly cost: number } {
  const { matches, turns: all, pools, needs } = problem;
  const work = new Map<string, number>();
  let cost = 0;
  for (const { match, turn, people } of moves) {
    const { pool, task, speed, kind } = matches[match]!;
    const { hours } = all[turn]!;
    const key = `${task} ${turn}`;
    work.set(key, (work.get(key) ?? 0) + people * speed);
    cost += people * hours * (pools[pool]!.cost + (kind === 'own' ? 0 : problem.disruptionCost));
  }
  const short = needs.map(({ task, required, turns }) => {
    const left = turns.reduce((rest, turn) => rest - (work.get(`${task} ${turn}`) ?? 0), required);
    return left < EQUAL ? 0 : left;
  });
  for (const [index, { hours }] of needs.entries()) cost += short[index]! * hours * problem.shortCost;
  return { short, cost };
}
