import type { PathwayGraph } from '../graph/graph.js';
import { layOutWithElk } from './elk-layout.js';
import type { Direction, Layout } from './layout.js';
import { layOutStages } from './stage-layout.js';
import { layOutSimply } from './simple-layout.js';

/** Above so many nodes the simpler drawing is made at once: the layout engine's time grows faster than the graph. */
export const LARGEST_FOR_ELK = 400;

const LONGEST_REASON = 160;

/**
 * Places everything in a graph. Which way it goes depends on the graph alone, never on time: large graphs, and
 * those at which the engine fails, get the simpler drawing and a warning that says so.
 */
export async function layOut(graph: PathwayGraph, direction: Direction = 'down'): Promise<Layout> {
  if (graph.nodes.length > LARGEST_FOR_ELK) {
    const reason = `it has ${graph.nodes.length} nodes, more than ${LARGEST_FOR_ELK}`;
    return layOutSimply(graph, direction, [`${graph.title} is drawn in the simpler way: ${reason}.`]);
  }
  try {
    return await (graph.arrangement === 'stages' ? layOutStages : layOutWithElk)(graph, direction);
  } catch (error) {
    const reason = shortReason(error);
    return layOutSimply(graph, direction, [
      `${graph.title} is drawn in the simpler way, because its layout failed: ${reason}`,
    ]);
  }
}

/** The first line of an error, cut: the engine's messages carry its whole program. */
function shortReason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const line = (text.split('\n')[0] ?? '').trim();
  return line.length > LONGEST_REASON ? `${line.slice(0, LONGEST_REASON)}…` : line;
}
