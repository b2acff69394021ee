import type { SimulationInput } from '../input/types.js';
import { type ReplicationResult, runReplicationInChunks } from './replication.js';

/** One replication of one input: the smallest piece of work that is given away. */
export interface ReplicationJob {
  readonly input: SimulationInput;
  /** From 0; with the input's seed it decides all random numbers. */
  readonly replication: number;
}

/** What an executor tells, and asks, while it works. */
export interface ExecutionHooks {
  /**
   * Called after each replication that was done, in whatever order they are done, and in a run in batches after each of
   * these.
   */
  readonly onDone: () => void;
  /** Called with each result as soon as it is there, for first figures; an executor may leave it out. */
  readonly onResult?: (place: number, result: ReplicationResult) => void;
  /** Asked again and again; once it says so no further replication is begun. */
  readonly shouldStop: () => boolean;
}

/**
 * Runs replications: in this thread, on the cores of a machine, or on many machines. A replication depends on its job
 * alone, so that whoever calls gets the same results from each executor.
 */
export interface ReplicationExecutor {
  /**
   * Runs jobs in any order and at once, and answers in their order; undefined stands for those that were not done
   * because of a stop; of a run in batches the answer then has those that had ended. Jobs that share an input share the object, which is how an executor knows it.
   * @throws SimulationError as the engine does
   */
  readonly run: (
    jobs: readonly ReplicationJob[],
    hooks: ExecutionHooks,
  ) => Promise<readonly (ReplicationResult | undefined)[]>;
}

/** Milliseconds of work after which others get a turn. A pause costs one or two, more than many a replication. */
const TURN = 20;

/** Runs replications one after the other in this thread, giving way to others between chunks of events. */
export const inThisThread: ReplicationExecutor = {
  async run(jobs, { onDone, onResult, shouldStop }) {
    const results: (ReplicationResult | undefined)[] = [];
    let began = performance.now();
    for (const [place, { input, replication }] of jobs.entries()) {
      const inBatches = input.batches !== undefined;
      const result = shouldStop()
        ? undefined
        : await runReplicationInChunks(input, replication, { shouldStop, ...(inBatches && { onBatch: onDone }) });
      results.push(result);
      if (result === undefined) continue;
      onResult?.(place, result);
      if (!inBatches) onDone();
      // A short replication ends within its first chunk; without a pause a stop would be heard after all of them.
      if (performance.now() - began < TURN) continue;
      await new Promise<void>((resolve) => {
        setTimeout(resolve, 0);
      });
      began = performance.now();
    }
    return results;
  },
};
