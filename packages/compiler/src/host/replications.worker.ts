import { parentPort } from 'node:worker_threads';
import {
  runReplicationByBatch,
  SimulationError,
  type BatchResult,
  type ReplicationResult,
  type SimulationInput,
} from '@pathway/simulation';

/** One replication to run, or an input to forget. An input comes with the first task that needs it, under its number. */
export type ReplicationTask =
  | { readonly number: number; readonly input: SimulationInput | undefined; readonly replication: number }
  | { readonly forget: number };

/** What came of it, after each of its batches where the input is cut into any. Errors lose their class between threads, so that theirs is said. */
export type ReplicationAnswer =
  | { readonly batch: BatchResult }
  | { readonly result: ReplicationResult }
  | { readonly failure: { readonly message: string; readonly ofTheModel: boolean } };

const inputs = new Map<number, SimulationInput>();

parentPort?.on('message', (task: ReplicationTask) => {
  if ('forget' in task) {
    inputs.delete(task.forget);
    return;
  }
  if (task.input !== undefined) inputs.set(task.number, task.input);
  parentPort?.postMessage(answerTo(task.number, task.replication));
});

function answerTo(number: number, replication: number): ReplicationAnswer {
  try {
    const input = inputs.get(number);
    if (input === undefined) throw new Error('a replication was asked for without its input');
    const onBatch = (batch: BatchResult): void => {
      if (input.batches !== undefined) parentPort?.postMessage({ batch } satisfies ReplicationAnswer);
    };
    return { result: runReplicationByBatch(input, replication, onBatch) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { failure: { message, ofTheModel: error instanceof SimulationError } };
  }
}
