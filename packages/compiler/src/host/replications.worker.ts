import { parentPort } from 'node:worker_threads';
import { runReplication, SimulationError, type ReplicationResult, type SimulationInput } from '@pathway/simulation';

/** One replication to run. An input comes with the first task that needs it and is kept under its number. */
export interface ReplicationTask {
  readonly number: number;
  readonly input: SimulationInput | undefined;
  readonly replication: number;
}

/** What came of it. Errors lose their class between threads, so that theirs is said. */
export type ReplicationAnswer =
  | { readonly result: ReplicationResult }
  | { readonly failure: { readonly message: string; readonly ofTheModel: boolean } };

const inputs = new Map<number, SimulationInput>();

parentPort?.on('message', (task: ReplicationTask) => {
  if (task.input !== undefined) inputs.set(task.number, task.input);
  parentPort?.postMessage(answerTo(task));
});

function answerTo({ number, replication }: ReplicationTask): ReplicationAnswer {
  try {
    const input = inputs.get(number);
    if (input === undefined) throw new Error('a replication was asked for without its input');
    return { result: runReplication(input, replication) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { failure: { message, ofTheModel: error instanceof SimulationError } };
  }
}
