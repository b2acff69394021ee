import {
  runReplicationInChunks,
  SimulationError,
  type BatchResult,
  type ReplicationJob,
  type ReplicationResult,
  type SimulationInput,
} from '@pathway/simulation';
import { startReplicationThread, threadsAreThere, type ReplicationThread } from '../replication-thread.js';

/** Why a replication was stopped from outside. */
type StopReason = 'closing' | 'gone' | 'deadline';

/** What came of a replication on a seat. */
export type SeatAnswer =
  | { readonly result: ReplicationResult }
  | { readonly failure: string; readonly ofTheModel: boolean }
  | StopReason
  | 'memory';

/** One core of a worker: it runs one replication at a time, and can be stopped in the middle of it. */
export interface Seat {
  /**
   * Runs a replication for at most `deadline` seconds, each batch of it where its input is cut into any, and tells of
   * these as they end. Never rejects.
   */
  run(job: ReplicationJob, deadline: number, onBatch: (batch: BatchResult) => void): Promise<SeatAnswer>;
  /** Stops what is running; nothing happens where nothing is. */
  stop(reason: StopReason): void;
  forget(input: SimulationInput): void;
  end(): Promise<void>;
}

/**
 * A seat with a thread of its own, so that a replication that hangs can be ended and the worker's signs of life go on
 * meanwhile. Where no built thread stands beside this module it runs in this thread, chunk by chunk.
 */
export function createSeat(): Seat {
  let thread: ReplicationThread | undefined;
  let stopRunning: (reason: StopReason) => void = () => undefined;
  const end = async (): Promise<void> => {
    const ending = thread;
    thread = undefined;
    await ending?.terminate();
  };
  return {
    async run(job, deadline, onBatch) {
      let reason: StopReason | undefined;
      const stopped = new Promise<StopReason>((resolve) => {
        stopRunning = (why) => {
          reason ??= why;
          resolve(reason);
        };
      });
      const timer = setTimeout(() => stopRunning('deadline'), Math.min(deadline * 1000, 2 ** 31 - 1));
      const batchEnded = (batch: BatchResult): void => {
        if (reason !== undefined) return;
        timer.refresh();
        if (job.input.batches !== undefined) onBatch(batch);
      };
      try {
        if (!threadsAreThere()) {
          const result = await runReplicationInChunks(job.input, job.replication, {
            shouldStop: () => reason !== undefined,
            onBatch: batchEnded,
          });
          // A run in batches that was stopped answers with those that had ended.
          return result === undefined || reason !== undefined ? await stopped : { result };
        }
        thread ??= startReplicationThread();
        const answer = await Promise.race([thread.run(job, batchEnded).then((result) => ({ result })), stopped]);
        if (typeof answer === 'string') await end();
        return answer;
      } catch (error) {
        if (!(error instanceof SimulationError)) await end();
        if (reason !== undefined) return reason;
        return failureOf(error);
      } finally {
        clearTimeout(timer);
        stopRunning = () => undefined;
      }
    },
    stop: (reason) => stopRunning(reason),
    forget: (input) => thread?.forget(input),
    end,
  };
}

function failureOf(error: unknown): SeatAnswer {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ERR_WORKER_OUT_OF_MEMORY') return 'memory';
  const failure = error instanceof Error ? error.message : String(error);
  return { failure, ofTheModel: error instanceof SimulationError };
}
