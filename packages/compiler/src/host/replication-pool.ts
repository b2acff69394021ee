import { availableParallelism } from 'node:os';
import {
  inThisThread,
  joinBatches,
  type BatchResult,
  type ExecutionHooks,
  type ReplicationExecutor,
  type ReplicationJob,
  type ReplicationResult,
} from '@pathway/simulation';
import { startReplicationThread, threadsAreThere, type ReplicationThread } from './replication-thread.js';

/** How often a stop is looked for while replications run, in milliseconds. */
const STOP_CHECK = 100;

/** An executor that holds threads or connections, which have to be let go in the end. */
export interface ReplicationPool extends ReplicationExecutor {
  /** Ends what it holds, whatever is still at work. */
  close(): Promise<void>;
}

/**
 * A pool of worker threads. With one worker, and where no built worker stands beside this module, replications run in
 * this thread, chunk by chunk.
 * @param workers how many; one for each core when absent: the thread that gives away the work hardly needs one itself
 * @param ahead whether all start at once, while this thread still prepares their work, not when they are first needed
 */
export function createReplicationPool(workers = availableParallelism(), ahead = false): ReplicationPool {
  if (workers <= 1 || !threadsAreThere()) return { run: inThisThread.run, close: () => Promise.resolve() };
  const threads: ReplicationThread[] = [];
  if (ahead) while (threads.length < Math.min(workers, availableParallelism())) threads.push(startReplicationThread());
  return {
    run(jobs, hooks) {
      const wanted = new Set(jobs.map(({ input }) => input));
      for (const thread of threads) thread.keepOnly(wanted);
      while (threads.length < Math.min(workers, jobs.length)) threads.push(startReplicationThread());
      return runOn(threads, jobs, hooks);
    },
    async close() {
      await Promise.all(threads.map((thread) => thread.terminate()));
    },
  };
}

async function runOn(
  threads: ReplicationThread[],
  jobs: readonly ReplicationJob[],
  { onDone, onResult, shouldStop }: ExecutionHooks,
): Promise<readonly (ReplicationResult | undefined)[]> {
  const results = jobs.map((): ReplicationResult | undefined => undefined);
  if (shouldStop()) return results;
  const waiting = jobs.entries();
  /** What runs in batches have found that are not at their end. */
  const cut = new Map<number, readonly BatchResult[]>();
  let done = 0;
  let stopped = false;
  const serve = async (thread: ReplicationThread): Promise<void> => {
    // The threads share one iterator: whoever is free takes the next job.
    for (const [place, job] of waiting) {
      const batches: BatchResult[] = [];
      if (job.input.batches !== undefined) cut.set(place, batches);
      const result = await thread.run(job, (batch) => {
        if (stopped) return;
        batches.push(batch);
        onDone();
      });
      results[place] = result;
      cut.delete(place);
      done += 1;
      if (stopped) return;
      onResult?.(place, result);
      if (job.input.batches === undefined) onDone();
    }
  };
  let timer: NodeJS.Timeout | undefined;
  const stop = new Promise<void>((resolve) => {
    timer = setInterval(() => {
      if (shouldStop()) resolve();
    }, STOP_CHECK);
  });
  try {
    await Promise.race([Promise.all(threads.map(serve)), stop]);
  } finally {
    clearInterval(timer);
    stopped = true;
    // After a stop or a failure some threads are still at work; what they would answer is wanted by nobody.
    if (done < jobs.length) await Promise.all(threads.splice(0).map((thread) => thread.terminate()));
  }
  for (const [place, [first, ...later]] of cut) if (first !== undefined) results[place] = joinBatches(first, later);
  return [...results];
}
