import { parentPort } from 'node:worker_threads';
import { layOut, type Direction, type PathwayGraph } from '@pathway/diagram';

/** One drawing to place; the answer is its layout. */
export interface LayoutTask {
  readonly graph: PathwayGraph;
  readonly direction: Direction;
}

parentPort?.once('message', (task: LayoutTask) => {
  void layOut(task.graph, task.direction).then((layout) => parentPort?.postMessage(layout));
});
