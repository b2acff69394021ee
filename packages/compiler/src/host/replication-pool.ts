import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import {
  runReplicationInChunks,
  SimulationError,
  type ReplicationJob,
  type ReplicationResult,
  type SimulationInput,
} from '@pathway/simulation';
import type { ReplicationAnswer, ReplicationTask } from './replications.worker.js';

/** How often a stop is looked for while replications run, in milliseconds. */
const STOP_CHECK = 100;

/** Runs replications on several cores. */
export interface ReplicationPool {
  /**
   * Runs jobs; the answer is in their order, whichever was first, so that it does not depend on the number of workers.
   * Once `shouldStop` says so no further one is begun, and those that were not done are undefined.
   * @throws SimulationError as the engine does
   */
  run(
    jobs: readonly ReplicationJob[],
    onDone: () => void,
    shouldStop: () => boolean,
  ): Promise<readonly (ReplicationResult | undefined)[]>;
  /** Ends the workers, whatever they do. */
  close(): Promise<void>;
}

/**
 * A pool of worker threads that start when they are first needed. With one worker, and where no built worker stands
 * beside this module, replications run in this thread, chunk by chunk.
 * @param workers how many; all cores but one when absent
 */
export function createReplicationPool(workers = Math.max(1, availableParallelism() - 1)): ReplicationPool {
  const file = new URL('./replications.worker.js', import.meta.url);
  if (workers <= 1 || !existsSync(fileURLToPath(file))) return { run: runHere, close: () => Promise.resolve() };
  const seats: Seat[] = [];
  const numbers = new Map<SimulationInput, number>();
  return {
    run(jobs, onDone, shouldStop) {
      for (const { input } of jobs) if (!numbers.has(input)) numbers.set(input, numbers.size);
      while (seats.length < Math.min(workers, jobs.length)) seats.push({ worker: new Worker(file), holds: new Set() });
      return runOn(seats, jobs, numbers, onDone, shouldStop);
    },
    async close() {
      await Promise.all(seats.map(({ worker }) => worker.terminate()));
    },
  };
}

/** A worker and the numbers of the inputs that it holds. */
interface Seat {
  readonly worker: Worker;
  readonly holds: Set<number>;
}

async function runHere(
  jobs: readonly ReplicationJob[],
  onDone: () => void,
  shouldStop: () => boolean,
): Promise<readonly (ReplicationResult | undefined)[]> {
  const results: (ReplicationResult | undefined)[] = [];
  for (const { input, replication } of jobs) {
    const result = shouldStop() ? undefined : await runReplicationInChunks(input, replication, { shouldStop });
    results.push(result);
    if (result === undefined) continue;
    onDone();
    // A short replication ends within its first chunk; without a pause here Ctrl-C would be heard after all of them.
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  return results;
}

async function runOn(
  seats: Seat[],
  jobs: readonly ReplicationJob[],
  numbers: ReadonlyMap<SimulationInput, number>,
  onDone: () => void,
  shouldStop: () => boolean,
): Promise<readonly (ReplicationResult | undefined)[]> {
  const results = jobs.map((): ReplicationResult | undefined => undefined);
  if (shouldStop()) return results;
  const waiting = jobs.entries();
  let done = 0;
  let stopped = false;
  const serve = async (seat: Seat): Promise<void> => {
    // The seats share one iterator: whoever is free takes the next job.
    for (const [place, job] of waiting) {
      results[place] = await ask(seat, job, numbers.get(job.input) ?? 0);
      done += 1;
      if (stopped) return;
      onDone();
    }
  };
  let timer: NodeJS.Timeout | undefined;
  const stop = new Promise<void>((resolve) => {
    timer = setInterval(() => {
      if (shouldStop()) resolve();
    }, STOP_CHECK);
  });
  try {
    await Promise.race([Promise.all(seats.map(serve)), stop]);
  } finally {
    clearInterval(timer);
    stopped = true;
    // After a stop or a failure some workers are still at work; what they would answer is wanted by nobody.
    if (done < jobs.length) await Promise.all(seats.splice(0).map(({ worker }) => worker.terminate()));
  }
  return [...results];
}

function ask(
  { worker, holds }: Seat,
  { input, replication }: ReplicationJob,
  number: number,
): Promise<ReplicationResult> {
  const task: ReplicationTask = { number, replication, input: holds.has(number) ? undefined : input };
  holds.add(number);
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      worker.off('message', answered).off('error', failed).off('exit', ended);
      act();
    };
    const answered = (answer: ReplicationAnswer): void =>
      settle(() => {
        if ('result' in answer) resolve(answer.result);
        else reject(errorOf(answer.failure));
      });
    const failed = (error: Error): void => settle(() => reject(error));
    const ended = (): void =>
      settle(() => reject(new Error('a worker of the simulation ended before its replication did')));
    worker.on('message', answered).on('error', failed).on('exit', ended);
    worker.postMessage(task);
  });
}

function errorOf({ message, ofTheModel }: { readonly message: string; readonly ofTheModel: boolean }): Error {
  return ofTheModel ? new SimulationError(message) : new Error(message);
}
