import type { Model } from '@pathway/model';
import { dotText } from './drawing/dot.js';
import { drawioText } from './drawing/drawio.js';
import { mermaidText } from './drawing/mermaid.js';
import type { LaneChoice } from './graph/lanes.js';
import { pathwayGraph, wholeGraph } from './graph/pathway-graph.js';
import { layOut } from './layout/lay-out.js';
import type { Direction } from './layout/layout.js';

/** Drawings as text for other tools: Mermaid and Graphviz place things themselves, draw.io takes our places. */
export type DiagramTextFormat = 'mermaid' | 'dot' | 'drawio';

/**
 * A pathway as text for another drawing tool. Mermaid has no lanes; Graphviz shows them as clusters.
 * @throws RangeError when the model has no pathway with that id
 */
export async function diagramText(
  model: Model,
  pathwayId: string,
  format: DiagramTextFormat,
  { lanes = 'organisation', direction = 'down' }: { readonly lanes?: LaneChoice; readonly direction?: Direction } = {},
): Promise<string> {
  switch (format) {
    case 'mermaid':
      return mermaidText(wholeGraph(model, pathwayId, lanes), direction);
    case 'dot':
      return dotText(wholeGraph(model, pathwayId, lanes), direction);
    case 'drawio':
      return drawioText(await layOut(pathwayGraph(model, pathwayId, lanes), direction));
  }
}
