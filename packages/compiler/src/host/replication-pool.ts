import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import {
  runReplicationInChunks,
  SimulationError,
  type ReplicationResult,
  type SimulationInput,
} from '@pathway/simulation';
import type { ReplicationAnswer, ReplicationTask } from './replications.worker.js';

/** How often a stop is looked for while replications run, in milliseconds. */
const STOP_CHECK = 100;

/** What a caller of replications is told and asked. */
export interface ReplicationControl {
  /** A replication is done; how many of them are. */
  readonly onDone?: (done: number) => void;
  readonly shouldStop?: () => boolean;
}

/** Runs replications on several cores. */
export interface ReplicationPool {
  /**
   * Runs the given replications of an input. The answer is in their order, whichever was first, so that it does not
   * depend on the number of workers; where `shouldStop` said so, those that were not done are undefined.
   * @throws SimulationError as the engine does
   */
  run(
    input: SimulationInput,
    replications: readonly number[],
    control?: ReplicationControl,
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
  return {
    run(input, replications, control = {}) {
      while (seats.length < Math.min(workers, replications.length))
        seats.push({ worker: new Worker(file), input: undefined });
      return runOn(seats, input, replications, control);
    },
    async close() {
      await Promise.all(seats.map(({ worker }) => worker.terminate()));
    },
  };
}

/** A worker and the input that it holds. */
interface Seat {
  readonly worker: Worker;
  input: SimulationInput | undefined;
}

async function runHere(
  input: SimulationInput,
  replications: readonly number[],
  { onDone, shouldStop }: ReplicationControl = {},
): Promise<readonly (ReplicationResult | undefined)[]> {
  const results: (ReplicationResult | undefined)[] = [];
  for (const replication of replications) {
    const result =
      shouldStop?.() === true
        ? undefined
        : await runReplicationInChunks(input, replication, shouldStop ? { shouldStop } : {});
    results.push(result);
    if (result !== undefined) onDone?.(results.length);
  }
  return results;
}

async function runOn(
  seats: Seat[],
  input: SimulationInput,
  replications: readonly number[],
  { onDone, shouldStop }: ReplicationControl,
): Promise<readonly (ReplicationResult | undefined)[]> {
  const results = replications.map((): ReplicationResult | undefined => undefined);
  if (shouldStop?.() === true) return results;
  let next = 0;
  let done = 0;
  let stopped = false;
  const serve = async (seat: Seat): Promise<void> => {
    while (next < replications.length && !stopped) {
      const place = next++;
      results[place] = await ask(seat, input, replications[place] ?? place);
      done += 1;
      if (!stopped) onDone?.(done);
    }
  };
  let timer: NodeJS.Timeout | undefined;
  const stop = new Promise<void>((resolve) => {
    timer = setInterval(() => {
      if (shouldStop?.() !== true) return;
      stopped = true;
      resolve();
    }, STOP_CHECK);
  });
  try {
    await Promise.race([Promise.all(seats.map(serve)), stop]);
  } finally {
    clearInterval(timer);
    stopped = true;
    // After a stop or a failure some workers are still at work; what they would answer is wanted by nobody.
    if (done < replications.length) await Promise.all(seats.splice(0).map(({ worker }) => worker.terminate()));
  }
  return [...results];
}

function ask(seat: Seat, input: SimulationInput, replication: number): Promise<ReplicationResult> {
  const { worker } = seat;
  const task: ReplicationTask = { input: seat.input === input ? undefined : input, replication };
  seat.input = input;
  return new Promise((resolve, reject) => {
    const forget = (): void => {
      worker.off('message', answered);
      worker.off('error', failed);
      worker.off('exit', ended);
    };
    const answered = (answer: ReplicationAnswer): void => {
      forget();
      if ('result' in answer) resolve(answer.result);
      else
        reject(
          answer.failure.ofTheModel ? new SimulationError(answer.failure.message) : new Error(answer.failure.message),
        );
    };
    const failed = (error: Error): void => {
      forget();
      reject(error);
    };
    const ended = (): void => {
      forget();
      reject(new Error('a worker of the simulation ended before its replication did'));
    };
    worker.once('message', answered);
    worker.once('error', failed);
    worker.once('exit', ended);
    worker.postMessage(task);
  });
}
