import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { loadSolver, solveRoster, type Progress, type RosterProblem, type RosterSolution } from '@pathway/staffing';
import { ProjectError } from '../project-error.js';
import type { RosterJob, RosterMessage } from './roster.worker.js';

export interface SolvingOptions {
  readonly seed: number;
  readonly effort: number;
  readonly onProgress?: (progress: Progress) => void;
}

/** A roster that is being solved beside everything else. */
export interface Solving {
  readonly solution: Promise<RosterSolution>;
  /** Ends with the best roster so far. */
  stop(): void;
}

/** Solves a roster in a worker, so that it can be interrupted; in place where sources run without a build. */
export function solveInWorker(problem: RosterProblem, options: SolvingOptions): Solving {
  const flag = new Int32Array(new SharedArrayBuffer(4));
  const stop = (): void => void Atomics.store(flag, 0, 1);
  const file = new URL('./roster.worker.js', import.meta.url);
  if (!existsSync(fileURLToPath(file))) {
    const here = async (): Promise<RosterSolution> =>
      solveRoster(await loadSolver(), problem, { ...options, interrupted: () => Atomics.load(flag, 0) === 1 });
    return { solution: here(), stop };
  }
  const { seed, effort } = options;
  const job: RosterJob = { problem, seed, effort, stop: flag.buffer };
  const worker = new Worker(file, { workerData: job });
  const solution = new Promise<RosterSolution>((resolve, reject) => {
    worker.on('message', (message: RosterMessage) => {
      if (message.kind === 'progress') options.onProgress?.(message.progress);
      else resolve(message.solution);
    });
    worker.once('error', reject);
    worker.once('exit', () =>
      reject(new ProjectError('The solver ended without a roster.', 'Try with less --effort.')),
    );
  });
  return { solution, stop };
}
