import type { Model } from '@pathway/model';
import type { PathwayGraph, Sheet } from '../graph/graph.js';
import type { LaneChoice } from '../graph/lanes.js';
import { wholeGraph } from '../graph/pathway-graph.js';
import { type DrawingWords, ENGLISH } from '../graph/words.js';
import { MAP_NAMES, type MapFacts, mapGraph, type MapName, mapsOf } from '../map-diagram.js';
import { journeyGraph } from './journey.js';
import { type LoadFigures, loadGraph } from './load.js';
import { hasStages, journeySheets, loadSheets, overviewSheets } from './overview.js';
import type { PatientGroup } from './patient-group.js';

/** What can be drawn of one pathway: all of it, its stages, the way of one group, or it with what a simulation found. */
const PATHWAY_VIEWS = ['pathways', 'overview', 'journey', 'load'] as const;

/** Every view of a model by its name: those of pathways, then the maps of the whole model. */
export const VIEW_NAMES = [...PATHWAY_VIEWS, ...MAP_NAMES] as const;
export type ViewName = (typeof VIEW_NAMES)[number];

/** A view of one model. */
export type View =
  | { readonly kind: 'pathway'; readonly id: string }
  | { readonly kind: 'overview'; readonly id: string }
  | { readonly kind: 'journey'; readonly id: string; readonly group: PatientGroup }
  | { readonly kind: 'load'; readonly id: string; readonly figures: LoadFigures }
  | { readonly kind: 'map'; readonly name: MapName };

function mapTitle({ say }: DrawingWords, name: MapName): string {
  switch (name) {
    case 'crisis':
      return say`Crisis map`;
    case 'dependencies':
      return say`Dependency map`;
    case 'resources':
      return say`Map of resources`;
    case 'territory':
      return say`Map of organisations`;
    case 'breaks':
      return say`Breaks between organisations`;
  }
}

/** The views that need nothing beside the model, with what readers call them: pathways, overviews of large ones, maps. */
export function viewsOf(
  model: Model,
  facts: MapFacts,
  words: DrawingWords = ENGLISH,
): readonly { readonly view: Extract<View, { kind: 'pathway' | 'overview' | 'map' }>; readonly title: string }[] {
  return [
    ...model.pathways.map(({ id, name, title = name }) => ({ view: { kind: 'pathway', id } as const, title })),
    ...model.pathways
      .filter(({ id }) => hasStages(model, id))
      .map(({ id, name, title = name }) => ({
        view: { kind: 'overview', id } as const,
        title: words.say`${title}: stages`,
      })),
    ...mapsOf(model, facts).map((name) => ({ view: { kind: 'map', name } as const, title: mapTitle(words, name) })),
  ];
}

/**
 * The sheets of a view, the first of them the one to begin with.
 * @throws RangeError when the model has no such pathway, or there is nothing to draw on the map
 */
export function sheetsOf(
  model: Model,
  view: View,
  {
    lanes = 'organisation',
    words,
    ...facts
  }: { readonly lanes?: LaneChoice; readonly words?: DrawingWords } & MapFacts,
): readonly Sheet[] {
  const one = (id: string, graph: PathwayGraph): readonly Sheet[] => [{ id, title: graph.title, graph }];
  switch (view.kind) {
    case 'pathway':
      return one(view.id, wholeGraph(model, view.id, lanes, words));
    case 'overview':
      return overviewSheets(model, view.id, lanes, words);
    case 'journey':
      return one(view.id, journeyGraph(model, view.id, view.group, lanes, words));
    case 'load':
      return one(view.id, loadGraph(model, view.id, view.figures, lanes, words));
    case 'map':
      return one(view.name, mapGraph(model, view.name, facts, words));
  }
}

/**
 * A view of one pathway in stages: a drawing of about nine nodes, then a sheet for each stage; none for maps.
 * @throws RangeError when the model has no such pathway
 */
export function stagesOfView(
  model: Model,
  view: View,
  { lanes = 'organisation', words }: { readonly lanes?: LaneChoice; readonly words?: DrawingWords },
): readonly Sheet[] {
  switch (view.kind) {
    case 'pathway':
    case 'overview':
      return overviewSheets(model, view.id, lanes, words);
    case 'journey':
      return journeySheets(model, view.id, view.group, lanes, words);
    case 'load':
      return loadSheets(model, view.id, view.figures, lanes, words);
    case 'map':
      return [];
  }
}
