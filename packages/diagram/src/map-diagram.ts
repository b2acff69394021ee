import type { Model } from '@pathway/model';
import { breaksGraph, type FoundWays } from './breaks/breaks-diagram.js';
import { crisisMapGraph, hasCrisisMap } from './graph/crisis-map.js';
import { dependencyMapGraph, hasDependencyMap, hasResourceMap, resourceMapGraph } from './graph/dependency-map.js';
import type { PathwayGraph } from './graph/graph.js';
import { hasTerritoryMap, type OrganisationFlow, territoryMapGraph } from './graph/territory-map.js';
import type { DrawingWords } from './graph/words.js';
import { type Diagram, type DiagramOptions, drawGraph } from './pathway-diagram.js';

/**
 * The maps of a whole model: what calls for responses and what they change; what steps do not work without; every resource
 * with what uses it; organisations and where patients pass from one to another; where care comes apart between them.
 */
export const MAP_NAMES = ['crisis', 'dependencies', 'resources', 'territory', 'breaks'] as const;
export type MapName = (typeof MAP_NAMES)[number];

const HAS_MAP: Readonly<Record<MapName, (model: Model, facts: MapFacts) => boolean>> = {
  crisis: hasCrisisMap,
  dependencies: hasDependencyMap,
  resources: hasResourceMap,
  territory: hasTerritoryMap,
  breaks: (model, { waysBetween }) => {
    const { ways, lost } = waysBetween(model);
    return ways.length + lost.length > 0;
  },
};

/** What a map needs to know that does not stand in the model itself. */
export interface MapFacts {
  /** Who passes patients to whom, for the territory map; made when it is drawn. */
  readonly flows: (model: Model) => readonly OrganisationFlow[];
  /** The ways between organisations with what breaks on them, for the map of breaks. */
  readonly waysBetween: (model: Model) => FoundWays;
}

/** The maps that there is something to draw on, in the order of their names above. */
export function mapsOf(model: Model, facts: MapFacts): readonly MapName[] {
  return MAP_NAMES.filter((name) => HAS_MAP[name](model, facts));
}

/**
 * What a map shows, before layout.
 * @throws RangeError when there is nothing to draw on it
 */
export function mapGraph(
  model: Model,
  name: MapName,
  { flows, waysBetween }: MapFacts,
  words?: DrawingWords,
): PathwayGraph {
  switch (name) {
    case 'crisis':
      return crisisMapGraph(model, words);
    case 'dependencies':
      return dependencyMapGraph(model, words);
    case 'resources':
      return resourceMapGraph(model, words);
    case 'territory':
      return territoryMapGraph(model, flows(model), words);
    case 'breaks':
      return breaksGraph({ title: model.title, ...waysBetween(model) }, words);
  }
}

/**
 * Draws a map of a model, to the right without another direction; stages side by side.
 * @throws RangeError when there is nothing to draw on it
 */
export async function mapDiagram(
  model: Model,
  name: MapName,
  options: Omit<DiagramOptions, 'lanes'> & MapFacts,
): Promise<Diagram> {
  return drawGraph(mapGraph(model, name, options, options.words), { direction: 'right', ...options });
}
