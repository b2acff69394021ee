import { parentPort } from 'node:worker_threads';
import { runReplication, SimulationError, type ReplicationResult, type SimulationInput } from '@pathway/simulation';

/** One replication to run. The input comes with the first task that needs it and is kept for the next ones. */
export interface ReplicationTask {
  readonly input: SimulationInput | undefined;
  readonly replication: number;
}

/** What came of it. Errors lose their class between threads, so that theirs is said. */
export type ReplicationAnswer =
  | { readonly result: ReplicationResult }
  | { readonly failure: { readonly message: string; readonly ofTheModel: boolean } };

let current: SimulationInput | undefined;

parentPort?.on('message', (task: ReplicationTask) => {
  current = task.input ?? current;
  parentPort?.postMessage(answerTo(task));
});

function answerTo({ replication }: ReplicationTask): ReplicationAnswer {
  try {
    if (current === undefined) throw new Error('a replication was asked for without an input');
    return { result: runReplication(current, replication) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { failure: { message, ofTheModel: error instanceof SimulationError } };
  }
}
