import { dotText } from './drawing/dot.js';
import { drawioText } from './drawing/drawio.js';
import { excalidrawText } from './drawing/excalidraw.js';
import { mermaidText } from './drawing/mermaid.js';
import type { PathwayGraph } from './graph/graph.js';
import type { DrawingWords } from './graph/words.js';
import type { Direction, Layout } from './layout/layout.js';
import { layOutGraph, type LayOutInTime } from './pathway-diagram.js';

/** Drawings as text for other tools: Mermaid and Graphviz place things themselves, the others take our places. */
export type DiagramTextFormat = 'mermaid' | 'dot' | 'drawio' | 'excalidraw';

/**
 * A graph as text for another drawing tool. Mermaid has no lanes; Graphviz shows them as clusters.
 * @param graph with every way as it is; long ones are parted where our own places are written
 */
export async function diagramText(
  graph: PathwayGraph,
  format: DiagramTextFormat,
  {
    direction = 'down',
    ...options
  }: { readonly direction?: Direction; readonly words?: DrawingWords } & LayOutInTime = {},
): Promise<string> {
  const placed = (): Promise<Layout> => layOutGraph(graph, direction, options);
  switch (format) {
    case 'mermaid':
      return mermaidText(graph, direction);
    case 'dot':
      return dotText(graph, direction);
    case 'drawio':
      return drawioText(await placed());
    case 'excalidraw':
      return excalidrawText(await placed());
  }
}
