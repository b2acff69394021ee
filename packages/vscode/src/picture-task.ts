import { skillMatrix, skillTable, VIEW_FACTS } from '@pathway/compiler';
import {
  drawnLayout,
  layOutGraph,
  type Sheet,
  sheetsOf,
  type SkillMatrix,
  skillMatrixDrawing,
  viewsOf,
} from '@pathway/diagram';
import { type Model, parseModel } from '@pathway/model';
import { wordsOf } from '@pathway/report';
import { type PictureAnswer, pictureTaskSchema, type View } from './tasks.js';

/** The matrix of skills among the maps: it is a table, and no graph. */
const SKILLS = 'skills';

type Views = NonNullable<PictureAnswer['views']>;

/** Draws a pathway, a sheet of its stages or a map, and tells what else there is to draw. */
export async function doPicture(message: unknown, tell: (answer: PictureAnswer) => void): Promise<void> {
  try {
    const { model: text, view, theme, direction } = pictureTaskSchema.parse(message);
    const model = parseModel(JSON.parse(text));
    const views = listOf(model);
    const matrix = view.kind === 'map' && view.name === SKILLS ? matrixOf(model) : undefined;
    if (matrix !== undefined) {
      tell({ svg: skillMatrixDrawing(matrix, { theme }).svg, views });
      return;
    }
    const sheet = sheetOf(model, view);
    if (sheet === undefined) {
      tell({ error: 'There is nothing to draw in this view any more.', views });
      return;
    }
    const isMap = sheet.graph.arrangement === 'stages';
    const layout = await layOutGraph(sheet.graph, isMap && direction === 'down' ? 'right' : direction);
    tell({ svg: drawnLayout(layout, { theme }).svg, views });
  } catch (error) {
    tell({ error: error instanceof Error ? error.message : String(error) });
  }
}

/** Every view that needs nothing beside the model; of stages, each sheet. */
function listOf(model: Model): Views {
  const views = viewsOf(model, VIEW_FACTS).flatMap(({ view, title }): Views =>
    view.kind === 'overview'
      ? sheetsOf(model, view, VIEW_FACTS).map((sheet, place) => ({
          view: { ...view, sheet: sheet.id },
          title: place === 0 ? title : `– ${sheet.title}`,
        }))
      : [{ view, title }],
  );
  const skills: Views = [{ view: { kind: 'map', name: SKILLS }, title: 'Skills: who can do what' }];
  return matrixOf(model) === undefined ? views : [...views, ...skills];
}

/** Who can do what in the first scenario; undefined where nobody works or nobody has a skill. */
function matrixOf(model: Model): SkillMatrix | undefined {
  const matrix = skillMatrix(model, skillTable(model, model.scenarios[0]?.id), wordsOf(undefined));
  return matrix.skills.length === 0 || matrix.holders.length === 0 ? undefined : matrix;
}

function sheetOf(model: Model, wanted: View): Sheet | undefined {
  if (wanted.kind === 'pathway') return sheetsOf(model, wanted, VIEW_FACTS)[0];
  if (wanted.kind === 'overview') {
    const sheets = sheetsOf(model, { kind: 'overview', id: wanted.id }, VIEW_FACTS);
    return sheets.find(({ id }) => id === wanted.sheet) ?? sheets[0];
  }
  const known = viewsOf(model, VIEW_FACTS).find(({ view }) => view.kind === 'map' && view.name === wanted.name);
  return known === undefined ? undefined : sheetsOf(model, known.view, VIEW_FACTS)[0];
}
