import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Direction, Layout, PathwayGraph } from '@pathway/diagram';
import type { LayoutTask } from './layout.worker.js';

/** How long the layout engine may take for one drawing, in milliseconds. The largest it is given takes a fifth of it. */
const LAYOUT_DEADLINE = 60_000;

/**
 * Places a drawing in a worker, which is ended when its time is up: the engine itself cannot be interrupted.
 * @param deadline milliseconds
 * @returns undefined when the time was up or the worker failed; the simpler drawing is made then
 */
export async function layOutWithDeadline(
  graph: PathwayGraph,
  direction: Direction,
  deadline = LAYOUT_DEADLINE,
): Promise<Layout | undefined> {
  const file = new URL('./layout.worker.js', import.meta.url);
  // Sources that run without a build have no worker beside them.
  if (!existsSync(fileURLToPath(file))) return (await import('@pathway/diagram')).layOut(graph, direction);
  const worker = new Worker(file);
  return new Promise((resolve) => {
    const end = (layout: Layout | undefined): void => {
      clearTimeout(timer);
      resolve(layout);
      void worker.terminate();
    };
    const timer = setTimeout(() => end(undefined), deadline);
    worker.once('message', (layout: Layout) => end(layout));
    worker.once('error', () => end(undefined));
    const task: LayoutTask = { graph, direction };
    worker.postMessage(task);
  });
}
