import type { Highs } from 'highs';
import { type MixBlock, mixBlocks } from './mix-blocks.js';
import { dive } from './mix-dive.js';
import { type MixModel, mixModel } from './mix-model.js';
import { costOfMoves, type MixAnswer, type MixMove, type MixProblem } from './skill-mix.js';

/** What an answer may cost more than its bound, as a share, and still be called best. */
const NEAR = 1e-6;
/** Steps of the simplex method that branching may take in one part. */
const MOST_STEPS = 4000;
/** Parts with more choices than this are left at what diving finds. */
const MOST_CHOICES = 1500;

/**
 * Whole people to work, shift by shift: of least cost, where what nobody covers, pay, and lending and standing in all cost.
 * Parts that nothing joins are solved each for itself: shares of people by a linear programme (HiGHS), whole people by diving
 * from them, and where the part is small by branching until that is proved best. The bound is the sum of the parts' bounds; the work is limited in steps, so that the same problem gives the
 * same answer.
 */
export function coverSkillMix(highs: Highs, problem: MixProblem): MixAnswer {
  const moves: MixMove[] = [];
  let bound = 0;
  for (const block of mixBlocks(problem)) {
    const answer = solvePart(highs, problem, block);
    moves.push(...answer.moves);
    bound += answer.bound;
  }
  const { short, cost } = costOfMoves(problem, moves);
  return { moves, short, cost, bound: Math.min(bound, cost) };
}

interface PartAnswer {
  readonly moves: readonly MixMove[];
  readonly bound: number;
}

function solvePart(highs: Highs, problem: MixProblem, block: MixBlock): PartAnswer {
  const model = mixModel(highs, problem, block);
  const { integrality: _, ...shares } = model.data;
  const solver = highs.createModel();
  try {
    solver.options.set({ output_flag: false, random_seed: 1, presolve: 'off' });
    solver.passModel(shares);
    solver.run();
    const least = solver.getObjectiveValue();
    const moves = movesAt(model, dive(solver, model));
    const cost = costOfPart(problem, block, moves);
    if (cost <= least * (1 + NEAR) || model.choices.length > MOST_CHOICES)
      return { moves, bound: Math.min(least, cost) };
    const branched = branch(highs, model);
    const isBetter = costOfPart(problem, block, branched.moves) < cost;
    return { moves: isBetter ? branched.moves : moves, bound: Math.max(least, branched.bound) };
  } finally {
    solver.dispose();
  }
}

/** The best of a part, as far as the steps go. */
function branch(highs: Highs, model: MixModel): PartAnswer {
  const solver = highs.createModel();
  try {
    solver.options.set({ output_flag: false, random_seed: 1, mip_rel_gap: NEAR });
    solver.passModel(model.data);
    solver.run({
      [highs.constants.callbackType.mipInterrupt]: (event) => {
        if (Number(event.data.mip_total_lp_iterations ?? 0) > MOST_STEPS) event.interrupt();
        return undefined;
      },
    });
    const bound = Number(solver.info.get('mip_dual_bound'));
    return { moves: movesAt(model, solver.getSolution().colValue), bound };
  } finally {
    solver.dispose();
  }
}

function movesAt({ choices }: MixModel, values: ArrayLike<number>): readonly MixMove[] {
  return choices.flatMap((choice, column): MixMove[] => {
    const people = Math.round(values[column] ?? 0);
    return people > 0 ? [{ ...choice, people }] : [];
  });
}

function costOfPart(problem: MixProblem, { needs }: MixBlock, moves: readonly MixMove[]): number {
  return costOfMoves({ ...problem, needs: needs.map((need) => problem.needs[need]!) }, moves).cost;
}
