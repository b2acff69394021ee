import { parentPort, workerData } from 'node:worker_threads';
import { loadSolver, solveRoster, type Progress, type RosterProblem, type RosterSolution } from '@pathway/staffing';

/** One roster to solve. */
export interface RosterJob {
  readonly problem: RosterProblem;
  readonly seed: number;
  readonly effort: number;
  /** One integer in shared memory; 1 asks to end with what there is. */
  readonly stop: SharedArrayBuffer;
}

export type RosterMessage =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'solution'; readonly solution: RosterSolution };

/** Solves what the thread was started for, and tells how far it is and what came of it. */
async function solve({ problem, seed, effort, stop }: RosterJob): Promise<void> {
  const flag = new Int32Array(stop);
  const send = (message: RosterMessage): void => parentPort?.postMessage(message);
  const highs = await loadSolver();
  let told = -Infinity;
  const solution = solveRoster(highs, problem, {
    seed,
    effort,
    interrupted: () => Atomics.load(flag, 0) === 1,
    onProgress: (progress) => {
      if (progress.spent - told < 0.2) return;
      told = progress.spent;
      send({ kind: 'progress', progress });
    },
  });
  send({ kind: 'solution', solution });
}

// A failure is not caught: it ends the thread, which tells it to whoever started it.
void solve(workerData as RosterJob);
