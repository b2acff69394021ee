import type { PathwayGraph } from '../graph/graph.js';
import { measureQuality } from '../quality.js';
import { layOutBlocks } from './blocks/block-layout.js';
import { freeTexts } from './free-texts.js';
import type { Direction, Layout } from './layout.js';
import { layOutSimply } from './simple-layout.js';

/** Above so many nodes a map is drawn the simpler way at once: the time of its layout grows faster than the map. */
export const LARGEST_FOR_ELK = 400;

const LONGEST_REASON = 160;

/**
 * Places everything in a graph: a pathway by its blocks, a map by its stages. Which way it goes depends on the graph
 * alone, never on time: large maps, and graphs at which the layout fails, get the simpler drawing and a warning.
 */
export async function layOut(graph: PathwayGraph, direction: Direction = 'down'): Promise<Layout> {
  const isMap = graph.arrangement === 'stages';
  if (isMap && graph.nodes.length > LARGEST_FOR_ELK) {
    const reason = `it has ${graph.nodes.length} nodes, more than ${LARGEST_FOR_ELK}`;
    return layOutSimply(graph, direction, [`${graph.title} is drawn in the simpler way: ${reason}.`]);
  }
  try {
    if (!isMap) return layOutFlow(graph, direction);
    // The engine for maps is larger than all the rest, and is loaded when one is drawn.
    const { layOutStages } = await import('./stage-layout.js');
    return await layOutStages(graph, direction);
  } catch (error) {
    const reason = shortReason(error);
    return layOutSimply(graph, direction, [
      `${graph.title} is drawn in the simpler way, because its layout failed: ${reason}`,
    ]);
  }
}

/**
 * Blocks give the layout of a pathway. Two versions in one drawing need not be blocks any more, so that theirs is looked at:
 * texts of ways move to where nothing lies, and it is drawn on the grid where something else would lie on something.
 */
function layOutFlow(graph: PathwayGraph, direction: Direction): Layout {
  const blocks = layOutBlocks(graph, direction);
  if (!graph.nodes.some(({ mark }) => mark !== undefined)) return blocks;
  const layout = freeTexts(blocks);
  const { edgesThroughNodes, nodeOverlaps, labelsOnNodes } = measureQuality(layout);
  return edgesThroughNodes + nodeOverlaps + labelsOnNodes === 0 ? layout : freeTexts(layOutSimply(graph, direction));
}

/** The first line of an error, cut: the engine's messages carry its whole program. */
function shortReason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const line = (text.split('\n')[0] ?? '').trim();
  return line.length > LONGEST_REASON ? `${line.slice(0, LONGEST_REASON)}…` : line;
}
