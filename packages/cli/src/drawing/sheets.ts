import { ProjectError, readLoadFigures, readTextFile, skillMatrix, skillTable, VIEW_FACTS } from '@pathway/compiler';
import {
  type DiagramOptions,
  GroupError,
  type MapName,
  mapsOf,
  type PaperName,
  parseGroup,
  sheetsOf,
  type SkillMatrix,
  skillMatrixDrawing,
  skillMatrixPages,
  stagesOfView,
  type View,
  type ViewName,
  viewsOf,
} from '@pathway/diagram';
import type { Model, Pathway } from '@pathway/model';
import type { Words } from '@pathway/report';
import { resolve } from 'node:path';
import type { StagedSheet } from './drawing-files.js';
import { pathwaysNamed, scenarioNamed } from '../shell/named.js';

/** What is drawn: a view of pathways or of the whole model, all of them, or the matrix of skills. */
export type DrawnView = ViewName | 'all' | 'skills';

/** What options ask of a view. */
export interface ViewRequest {
  readonly view: DrawnView;
  readonly pathway?: string;
  /** A group of patients, for a journey. */
  readonly group?: string;
  /** A file of results, for census and load. */
  readonly results?: string;
  readonly study?: string;
  readonly scenario?: string;
}

/** A drawing that is no graph. */
export interface FinishedSheet {
  readonly id: string;
  readonly title: string;
  readonly svg: string;
}

/** The view that options mean: a group asks for a journey, results for census and load. */
export function viewAskedFor(view: DrawnView, group: string | undefined, results: string | undefined): DrawnView {
  const meant = view !== 'pathways' ? view : group !== undefined ? 'journey' : results !== undefined ? 'load' : view;
  if (group !== undefined && meant !== 'journey')
    throw new ProjectError(
      `--for does not go with --view ${view}.`,
      'It draws the journey of one group: --view journey.',
    );
  if (results !== undefined && meant !== 'load')
    throw new ProjectError(`--results does not go with --view ${view}.`, 'They are drawn with --view load.');
  if (meant === 'journey' && group === undefined)
    throw new ProjectError('Whose journey?', 'Say of which patients: --for "age >= 75, route = rehab".');
  if (meant === 'load' && results === undefined)
    throw new ProjectError(
      'Census and load come from results of a simulation.',
      'Make and name them: pathway simulate --format json --out results.json, then --results results.json.',
    );
  return meant;
}

/** The sheets of the graphs that a view shows, in order. @throws ProjectError where there is nothing to show */
export async function sheetsFor(
  model: Model,
  request: ViewRequest,
  { lanes, words }: Pick<DiagramOptions, 'lanes'> & { readonly words?: Words | undefined },
  cwd: string,
): Promise<readonly StagedSheet[]> {
  const options = { ...VIEW_FACTS, ...(lanes !== undefined && { lanes }), ...(words !== undefined && { words }) };
  const views = await viewsFor(model, request, cwd);
  return views.flatMap((view) =>
    sheetsOf(model, view, options).map((sheet): StagedSheet =>
      view.kind === 'map' || view.kind === 'overview'
        ? sheet
        : { ...sheet, inStages: () => stagesOfView(model, view, options) },
    ),
  );
}

/** Maps on which there is nothing: what to declare. */
const NOTHING: Readonly<Record<MapName, readonly [message: string, advice: string]>> = {
  crisis: ['There is no crisis to draw a map of.', 'Declare a crisis, a trigger or a response.'],
  dependencies: [
    'Nothing depends on anything here.',
    'Say what steps and systems do not work without: depends on Network, consumes 2 Oxygen.',
  ],
  resources: ['Nothing uses anything here.', 'Say what steps use: uses 1 CT, or hold 1 Bed { … }.'],
  territory: ['Fewer than two organisations do anything here.', 'Say where steps are done: at Ambulance, at Hospital.'],
  breaks: [
    'There are no breaks to draw: no way leads from one organisation to another.',
    'Say where steps are done, `at HomeTeam`, and which organisation owns each pathway.',
  ],
};

async function viewsFor(model: Model, request: ViewRequest, cwd: string): Promise<readonly View[]> {
  const { view } = request;
  switch (view) {
    case 'all':
      return viewsOf(model, VIEW_FACTS).map(({ view: each }) => each);
    case 'skills':
      return [];
    case 'crisis':
    case 'dependencies':
    case 'resources':
    case 'territory':
    case 'breaks':
      if (!mapsOf(model, VIEW_FACTS).includes(view)) throw new ProjectError(...NOTHING[view]);
      return [{ kind: 'map', name: view }];
    case 'pathways':
      return pathwaysFor(model, request.pathway).map(({ id }) => ({ kind: 'pathway', id }));
    case 'overview':
      return pathwaysFor(model, request.pathway).map(({ id }) => ({ kind: 'overview', id }));
    case 'journey':
      return pathwaysFor(model, request.pathway).map(({ id }) => ({
        kind: 'journey',
        id,
        group: groupFor(request.group ?? '', model, id),
      }));
    case 'load': {
      const file = request.results ?? '';
      const text = await readTextFile(resolve(cwd, file), file);
      if (text === undefined)
        throw new ProjectError(
          `There is no file ${file}.`,
          'Make it: pathway simulate --format json --out results.json',
        );
      const figures = readLoadFigures(text, file, model, request);
      return pathwaysFor(model, request.pathway).map(({ id }) => ({ kind: 'load', id, figures }));
    }
  }
}

function groupFor(text: string, model: Model, pathway: string): ReturnType<typeof parseGroup> {
  try {
    return parseGroup(text, model, pathway);
  } catch (error) {
    if (error instanceof GroupError) throw new ProjectError(error.message, error.advice);
    throw error;
  }
}

/** The pathways of a name, or all. @throws ProjectError where there is none */
export function pathwaysFor(model: Model, wanted: string | undefined): readonly Pathway[] {
  if (wanted !== undefined) return pathwaysNamed(model, wanted);
  if (model.pathways.length === 0)
    throw new ProjectError('There is no pathway to draw.', 'Declare one: pathway MyPathway { … }');
  return model.pathways;
}

/**
 * Who can do what in a scenario, drawn; on several sheets where it cannot be read on one of that paper.
 * @throws ProjectError where nobody works or no skill is declared
 */
export function skillsSheets(
  model: Model,
  { scenario, theme, paper }: { scenario?: string | undefined; theme: 'light' | 'dark'; paper?: PaperName | undefined },
  words: Words,
): readonly [FinishedSheet, ...FinishedSheet[]] {
  const chosen = scenario === undefined ? model.scenarios[0] : scenarioNamed(model, scenario);
  const matrix = skillMatrix(model, skillTable(model, chosen?.id), words);
  if (matrix.skills.length === 0 || matrix.holders.length === 0)
    throw new ProjectError(
      'There is no matrix of skills to draw: nobody has a skill.',
      'Declare skills, roles that have them, and staff.',
    );
  const sheet = (part: SkillMatrix, place: number): FinishedSheet => ({
    id: place === 0 ? 'skills' : `skills-${place + 1}`,
    title: `${words.say`Skills`}: ${part.title}`,
    ...skillMatrixDrawing(part, { theme, words }),
  });
  const [first = matrix, ...others] = paper === undefined ? [matrix] : skillMatrixPages(matrix, paper, words);
  return [sheet(first, 0), ...others.map((part, place) => sheet(part, place + 1))];
}
