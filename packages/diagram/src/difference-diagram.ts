import type { Model } from '@pathway/model';
import { mermaidText } from './drawing/mermaid.js';
import { differenceGraph, wholeDifference } from './graph/difference-graph.js';
import { type Diagram, type DiagramOptions, drawGraph } from './pathway-diagram.js';

/**
 * Draws two versions of a pathway as one: what came is green and has a plus, what went is red, dashed and has a minus, what
 * changed is yellow, has a tilde and says from what to what. What belongs to one version alone has the class `added` or
 * `removed`, so that a page can show either version by itself.
 * @param before the earlier model; undefined where there was none
 * @param after the later model, in which what was renamed carries its earlier id
 * @throws RangeError when neither has the pathway
 */
export async function differenceDiagram(
  before: Model | undefined,
  after: Model,
  pathwayId: string,
  options: DiagramOptions = {},
): Promise<Diagram> {
  return drawGraph(differenceGraph(before, after, pathwayId, options.lanes, options.words), options);
}

/** As `differenceDiagram`, as Mermaid text for comments. */
export function differenceMermaid(before: Model | undefined, after: Model, pathwayId: string): string {
  return mermaidText(wholeDifference(before, after, pathwayId));
}

/** Whether the drawings of two versions of a pathway differ. */
export function drawingsDiffer(before: Model | undefined, after: Model, pathwayId: string): boolean {
  const { nodes, edges } = wholeDifference(before, after, pathwayId);
  return [...nodes, ...edges].some(({ mark }) => mark !== undefined);
}
