import { parentPort } from 'node:worker_threads';

/** Does the tasks that a thread is sent. */
export function serveTasks(work: (task: unknown, tell: (answer: unknown) => void) => Promise<void>): void {
  parentPort?.on('message', (task: unknown) => void work(task, (answer) => parentPort?.postMessage(answer)));
}
