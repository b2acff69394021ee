import {
  differenceGraph,
  drawingsDiffer,
  drawnLayout,
  layOutGraph,
  type Layout,
  type LoadFigures,
  mapsOf,
  parseGroup,
  type PathwayGraph,
  type Sheet,
  sheetsOf,
  skillMatrixDrawing,
  type ThemeName,
  type View,
} from '@pathway/diagram';
import { activitiesOf, composeResponses, type Model } from '@pathway/model';
import { wordsOf } from '@pathway/report';
import { skillMatrix, skillTable, VIEW_FACTS } from '../../src/index.js';

/** A drawing of some view: of a graph with its layout, or finished. */
export interface Drawing {
  /** `overview/UrgentCare-stage-2`: fit for a file. */
  readonly name: string;
  readonly svg: string;
  readonly layout?: Layout;
}

export interface NamedGraph {
  readonly name: string;
  readonly graph: PathwayGraph;
}

/** Every drawing that there is of a model, in a fixed order: all views that the command draws, and every response's changes. */
export async function everyDrawing(model: Model, theme: ThemeName = 'light'): Promise<readonly Drawing[]> {
  const drawings: Drawing[] = [];
  for (const { name, graph } of everyGraph(model)) {
    const layout = await layOutGraph(graph, graph.arrangement === 'stages' ? 'right' : 'down');
    drawings.push({ name, layout, svg: drawnLayout(layout, { theme }).svg });
  }
  const skills = skillsDrawing(model, theme);
  return skills === undefined ? drawings : [...drawings, { name: 'skills', svg: skills }];
}

/** The graphs of every view but that of skills, which is a table. */
function everyGraph(model: Model): readonly NamedGraph[] {
  return [
    ...model.pathways.flatMap(({ id }) => [...graphsOfPathway(model, id), ...graphsInStages(model, id)]),
    ...graphsOfMaps(model),
    ...differencesOf(model),
  ];
}

/** A pathway whole, as the journey of a group, and with the load of a simulation. */
export function graphsOfPathway(model: Model, id: string): readonly NamedGraph[] {
  const views: readonly View[] = [
    { kind: 'pathway', id },
    ...journeyOf(model, id),
    { kind: 'load', id, figures: figuresOf(model) },
  ];
  return views.flatMap((view) => named(view.kind, sheetsOf(model, view, VIEW_FACTS)));
}

/** The sheets of a pathway in stages. */
export function graphsInStages(model: Model, id: string): readonly NamedGraph[] {
  return named('overview', sheetsOf(model, { kind: 'overview', id }, VIEW_FACTS));
}

/** Every map of a whole model. */
export function graphsOfMaps(model: Model): readonly NamedGraph[] {
  return mapsOf(model, VIEW_FACTS).flatMap((name) => named('map', sheetsOf(model, { kind: 'map', name }, VIEW_FACTS)));
}

function named(view: string, sheets: readonly Sheet[]): readonly NamedGraph[] {
  return sheets.map(({ id, graph }) => ({ name: `${view}/${id}`, graph }));
}

/** The journey of those with the first value of the first attribute that has values. */
function journeyOf(model: Model, id: string): readonly View[] {
  const pathway = model.pathways.find((each) => each.id === id);
  const cohorts = model.cohorts.filter((each) => pathway?.cohorts.some(({ cohort }) => cohort === each.id) === true);
  const [attribute] = cohorts.flatMap(({ attributes }) => attributes.filter(({ categories }) => categories.length > 0));
  const [value] = attribute?.categories ?? [];
  if (attribute === undefined || value === undefined) return [];
  return [{ kind: 'journey', id, group: parseGroup(`${attribute.name} = ${value}`, model, id) }];
}

/** Figures as a simulation finds them, of every size from none to many. */
function figuresOf(model: Model): LoadFigures {
  const hour = 3600;
  const estimate = (mean: number): LoadFigures['activities'][number]['wait'] => ({
    mean,
    halfWidth: mean / 7,
    replications: 20,
  });
  return {
    title: 'Every place with another load',
    replications: 20,
    runLength: 1000 * hour,
    activities: model.pathways.flatMap(activitiesOf).map(({ id }, index) => ({
      activity: id,
      starts: estimate(index % 11 === 10 ? 0 : 400 + 37 * (index % 5)),
      wait: { ...estimate([0, 0.1, 1.3, 8, 47][index % 5]! * hour), ...(index % 11 === 10 && { replications: 0 }) },
      duration: estimate((1 + (index % 7)) * hour),
    })),
    resources: model.resources.map(({ id, name, title = name }, index) => ({
      id,
      title,
      census: estimate(3),
      utilisation: estimate(0.05 + 0.13 * (index % 7)),
    })),
  };
}

/** What each response changes, and all that are there together where they go together. */
function differencesOf(model: Model): readonly NamedGraph[] {
  return (model.responses ?? []).flatMap((response) => {
    const { model: adapted } = composeResponses(model, [response.id]);
    return model.pathways
      .filter(({ id }) => drawingsDiffer(model, adapted, id))
      .map(({ id }) => ({ name: `difference/${response.id}-${id}`, graph: differenceGraph(model, adapted, id) }));
  });
}

function skillsDrawing(model: Model, theme: ThemeName): string | undefined {
  const words = wordsOf(undefined);
  const matrix = skillMatrix(model, skillTable(model, model.scenarios[0]?.id), words);
  return matrix.skills.length === 0 || matrix.holders.length === 0
    ? undefined
    : skillMatrixDrawing(matrix, { theme, words }).svg;
}
