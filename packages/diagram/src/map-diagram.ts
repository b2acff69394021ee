import type { Model } from '@pathway/model';
import { crisisMapGraph, hasCrisisMap } from './graph/crisis-map.js';
import { dependencyMapGraph, hasDependencyMap } from './graph/dependency-map.js';
import { type Diagram, type DiagramOptions, drawGraph } from './pathway-diagram.js';

/** The maps of a whole model: what calls for responses and what they change; what steps do not work without. */
const MAP_NAMES = ['crisis', 'dependencies'] as const;
export type MapName = (typeof MAP_NAMES)[number];

/** The maps that there is something to draw on, the crisis map first. */
export function mapsOf(model: Model): readonly MapName[] {
  return MAP_NAMES.filter((name) => (name === 'crisis' ? hasCrisisMap(model) : hasDependencyMap(model)));
}

/**
 * Draws a map of a model, to the right without another direction; stages side by side.
 * @throws RangeError when there is nothing to draw on it
 */
export async function mapDiagram(
  model: Model,
  name: MapName,
  options: Omit<DiagramOptions, 'lanes'> = {},
): Promise<Diagram> {
  const graph = name === 'crisis' ? crisisMapGraph(model, options.words) : dependencyMapGraph(model, options.words);
  return drawGraph(graph, { direction: 'right', ...options });
}
