import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import {
  SimulationError,
  type BatchResult,
  type ReplicationJob,
  type ReplicationResult,
  type SimulationInput,
} from '@pathway/simulation';
import type { ReplicationAnswer, ReplicationTask } from './replications.worker.js';

const FILE = new URL('./replications.worker.js', import.meta.url);

/** Whether a built worker stands beside this module; where sources run as they are there is none. */
export function threadsAreThere(): boolean {
  return existsSync(fileURLToPath(FILE));
}

/** A thread that runs one replication at a time. */
export interface ReplicationThread {
  /**
   * Runs one replication; the thread may be asked again once it has answered.
   * @param onBatch called with what each batch found as soon as that has ended, where the input is cut into any
   * @throws SimulationError as the engine does; Error when the thread ends before it answers
   */
  run(job: ReplicationJob, onBatch?: (batch: BatchResult) => void): Promise<ReplicationResult>;
  /** Forgets an input, whose jobs are all done. */
  forget(input: SimulationInput): void;
  /** Forgets all inputs but these. */
  keepOnly(wanted: ReadonlySet<SimulationInput>): void;
  /** Ends the thread, whatever it does. */
  terminate(): Promise<void>;
}

/** Starts a thread. It keeps the inputs that it has been sent, so that each travels to it once. */
export function startReplicationThread(): ReplicationThread {
  const worker = new Worker(FILE);
  const numbers = new Map<SimulationInput, number>();
  let next = 0;
  const forget = (input: SimulationInput): void => {
    const number = numbers.get(input);
    if (number === undefined) return;
    numbers.delete(input);
    worker.postMessage({ forget: number } satisfies ReplicationTask);
  };
  return {
    run({ input, replication }, onBatch) {
      const known = numbers.get(input);
      const number = known ?? next++;
      numbers.set(input, number);
      return ask(worker, { number, replication, input: known === undefined ? input : undefined }, onBatch);
    },
    forget,
    keepOnly(wanted) {
      for (const input of [...numbers.keys()]) if (!wanted.has(input)) forget(input);
    },
    async terminate() {
      await worker.terminate();
    },
  };
}

function ask(
  worker: Worker,
  task: ReplicationTask,
  onBatch?: (batch: BatchResult) => void,
): Promise<ReplicationResult> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      worker.off('message', answered).off('error', failed).off('exit', ended);
      act();
    };
    const answered = (answer: ReplicationAnswer): void => {
      if ('batch' in answer) {
        onBatch?.(answer.batch);
        return;
      }
      settle(() => {
        if ('result' in answer) resolve(answer.result);
        else reject(errorOf(answer.failure));
      });
    };
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
