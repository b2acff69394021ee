import {
  checkLanguage,
  embedFonts,
  fileNames,
  ProjectError,
  rasterise,
  resolveOutput,
  writeProducts,
} from '@pathway/compiler';
import { differenceDiagram, differenceGraph, pathwayDiagram } from '@pathway/diagram';
import { composeResponses, localiseModel, type Model, nearestText, type Pathway, titleOf } from '@pathway/model';
import { drawingsPdf, languageFor, posterPdf, wallPoster, type Words, wordsOf } from '@pathway/report';
import {
  type DrawingFormat,
  ENDINGS,
  noteOf,
  PAPERS,
  SHEET_NAMES,
  sheetFile,
  sheetsPage,
  sheetsPdf,
  type StagedSheet,
} from '../drawing/drawing-files.js';
import { printFontsTelling, setInScripts } from '../drawing/scripts.js';
import {
  type DrawnView,
  type FinishedSheet,
  pathwaysFor,
  sheetsFor,
  skillsSheets,
  viewAskedFor,
} from '../drawing/sheets.js';
import { counted } from '../print/counted.js';
import { compileForProduct } from '../shell/compiled.js';
import type { Context } from '../shell/context.js';
import { deliver } from '../shell/deliver.js';
import { EXIT } from '../shell/exit-code.js';
import { checkDate, type DiagramCommandOptions, refuse, type Target, targetOf } from './diagram-request.js';

/** So many patients can be followed on a page without saying how many. */
const PATIENTS = 12;

/** `pathway diagram`: draws a view of pathways or of the whole model, to standard output, a file or a folder. */
export async function diagram(
  path: string | undefined,
  options: DiagramCommandOptions,
  context: Context,
): Promise<number> {
  if (options.language !== undefined) checkLanguage(options.language);
  checkDate(options);
  const view = viewAskedFor(options.view, options.for, options.results);
  const compiled = await compileForProduct(path, context);
  if (compiled.model === undefined) return EXIT.found;
  const language = options.language ?? compiled.project.config.language;
  if (language !== undefined) checkLanguage(language);
  const model = language === undefined ? compiled.model : localiseModel(compiled.model, language);
  const target = targetOf(options);
  refuse(view, target.format, options);
  const asked = { ...options, view, ...(language !== undefined && { language }) };
  if (options.with.length > 0 || options.poster === true) await drawOver(model, asked, target, context);
  else if (view === 'skills') await drawSkills(model, asked, target, context);
  else await drawSheets(model, asked, target, context);
  return EXIT.ok;
}

type Asked = DiagramCommandOptions;

async function drawSheets(model: Model, asked: Asked, target: Target, context: Context): Promise<void> {
  const { format, out, toFile } = target;
  const { direction, theme, paper, onePage, embedFont, language, pathway, lanes } = asked;
  const words = language === undefined ? undefined : wordsOf(languageFor(language));
  const request = { ...asked, ...(asked.for !== undefined && { group: asked.for }) };
  const sheets = await sheetsFor(model, request, { lanes, words }, context.io.cwd);
  const style = { direction, theme, paper, onePage, embedFont, words, language };
  const names = fileNames(sheets.map(({ id }) => id));
  const fileOf = (sheet: string): string | undefined => {
    const name = names.get(sheet);
    return name === undefined ? undefined : `${name}.${ENDINGS[format]}`;
  };
  const emitter = EMITTERS[asked.view] ?? 'diagram';
  if (format === 'html' || (format === 'pdf' && (toFile || asked.view === 'overview'))) {
    if (format === 'pdf' && asked.view === 'pathways') oneOf(sheets, model);
    const page = async (own: readonly StagedSheet[]): Promise<string | Uint8Array> =>
      format === 'pdf'
        ? sheetsPdf(model, own, style, context)
        : sheetsPage(model, own, { ...style, patients: asked.patients ?? PATIENTS }, context);
    const content = await page(sheets);
    if (toFile) await deliver(content, out, context);
    else await writeDrawings(emitter, [{ path: `${asked.view}.${format}`, content }], out, context);
    return;
  }
  if (toFile) {
    const first =
      asked.view === 'overview' && pathwaysFor(model, pathway).length === 1
        ? sheets[0]
        : oneOf(sheets, model, asked.view);
    if (first === undefined) return;
    if (sheets.length > 1)
      context.warn(
        `${context.errColours.yellow('warning:')} ${counted(sheets.length - 1, 'sheet')} of stages left out: give a folder, or a .pdf or .html file.`,
      );
    await deliver(await contentOf(model, first, format, style, context), out, context);
    return;
  }
  const files = [];
  for (const sheet of sheets)
    files.push({
      path: fileOf(sheet.id) ?? `${sheet.id}.${ENDINGS[format]}`,
      content: await contentOf(model, sheet, format, style, context, fileOf),
    });
  await writeDrawings(emitter, files, out, context);
}

/** Whose earlier files in a folder new ones take the place of: pathways and maps do not replace one another. */
const EMITTERS: Readonly<Partial<Record<DrawnView, string>>> = {
  overview: 'overview',
  journey: 'journey',
  load: 'load',
  crisis: 'map',
  dependencies: 'map',
  resources: 'map',
  territory: 'map',
  breaks: 'breaks',
};

async function contentOf(
  model: Model,
  sheet: StagedSheet,
  format: DrawingFormat,
  style: Parameters<typeof sheetFile>[2],
  context: Context,
  fileOf?: (sheet: string) => string | undefined,
): Promise<string | Uint8Array> {
  if (format === 'pdf') return sheetsPdf(model, [sheet], style, context);
  if (format === 'html') return sheetsPage(model, [sheet], { ...style, patients: 0 }, context);
  return sheetFile(sheet, format, style, context, fileOf);
}

/** The only sheet. @throws ProjectError where there are several, and nobody says which */
function oneOf(sheets: readonly StagedSheet[], model: Model, view: DrawnView = 'pathways'): StagedSheet | undefined {
  const [only, ...others] = sheets;
  if (others.length === 0) return only;
  if (view === 'all')
    throw new ProjectError(
      `There are ${sheets.length} drawings.`,
      'Give a folder with --out, or a .pdf or .html file.',
    );
  throw new ProjectError(
    `There are ${model.pathways.length} pathways: ${model.pathways.map(({ name }) => name).join(', ')}.`,
    'Name one with --pathway, or give a folder with --out.',
  );
}

async function drawSkills(model: Model, asked: Asked, target: Target, context: Context): Promise<void> {
  const { format, out, toFile } = target;
  const words = wordsOf(asked.language === undefined ? undefined : languageFor(asked.language));
  const { scenario, theme } = asked;
  const paper = format === 'pdf' && asked.onePage !== true ? asked.paper : undefined;
  const sheets = skillsSheets(model, { scenario, theme, paper }, words);
  if (sheets.length > 1)
    context.tell(
      `The matrix of skills is too large to be read on one ${SHEET_NAMES[asked.paper]}: it has ${sheets.length} (--one-page draws it on one).`,
    );
  const content = await inFormat(model, sheets, { ...asked, format }, words, context);
  if (toFile) await deliver(content, out, context);
  else await writeDrawings('skills', [{ path: `skills.${format}`, content }], out, context);
}

interface InFormat {
  readonly format: DrawingFormat;
  readonly paper: Asked['paper'];
  readonly embedFont?: boolean | undefined;
}

/** A finished drawing as a file of its format; a PDF document has a page for each where there are several. */
async function inFormat(
  model: Model,
  sheets: readonly [FinishedSheet, ...FinishedSheet[]],
  { format, paper, embedFont = false }: InFormat,
  words: Words | undefined,
  context: Context,
): Promise<string | Uint8Array> {
  const [{ svg }] = sheets;
  if (format === 'png') return rasterise(await setInScripts(svg, context));
  if (format === 'svg') return embedFont ? embedFonts(svg) : svg;
  const printed = [];
  for (const sheet of sheets) printed.push({ ...sheet, svg: await setInScripts(sheet.svg, context) });
  return drawingsPdf(printed, noteOf(model, words), PAPERS[paper], await printFontsTelling(context));
}

/** Differences that responses make, and posters. */
async function drawOver(model: Model, asked: Asked, target: Target, context: Context): Promise<void> {
  const { format, out, toFile } = target;
  const adapted = asked.with.length === 0 ? undefined : adaptedModel(model, asked.with);
  const chosen = pathwaysFor(model, asked.pathway).filter(
    (pathway) => asked.pathway !== undefined || !adapted?.pathways.includes(pathway),
  );
  const [only, ...others] = chosen;
  if (only !== undefined && others.length === 0 && toFile) {
    await deliver(await drawOne({ model, adapted }, only, { ...asked, format }, context), out, context);
    return;
  }
  if (toFile || only === undefined)
    throw new ProjectError(
      `There are ${chosen.length} pathways: ${chosen.map(({ name }) => name).join(', ')}.`,
      'Name one with --pathway, or give a folder with --out.',
    );
  const names = fileNames(chosen.map(({ id }) => id));
  const files = [];
  for (const pathway of chosen)
    files.push({
      path: `${names.get(pathway.id) ?? pathway.id}.${ENDINGS[format]}`,
      content: await drawOne({ model, adapted }, pathway, { ...asked, format }, context),
    });
  await writeDrawings('diagram', files, out, context);
}

/** @param emitter whose earlier files in the folder these take the place of */
async function writeDrawings(
  emitter: string,
  files: readonly { readonly path: string; readonly content: string | Uint8Array }[],
  out: string | undefined,
  context: Context,
): Promise<void> {
  const folder = out ?? '';
  const written = files.map((file) => ({ ...file, emitter }));
  await writeProducts(resolveOutput(folder, context.io.cwd), folder, written, { emitters: [emitter] });
  context.tell(`Wrote ${counted(files.length, 'drawing')} to ${folder}.`);
}

/** A model, and the same with responses in force where some are. */
interface Drawn {
  readonly model: Model;
  readonly adapted: Model | undefined;
}

async function drawOne(
  { model, adapted }: Drawn,
  pathway: Pathway,
  {
    direction: asked,
    lanes,
    theme,
    format,
    paper,
    onePage,
    embedFont,
    language,
    poster,
    date,
  }: DiagramCommandOptions & { readonly format: DrawingFormat },
  context: Context,
): Promise<string | Uint8Array> {
  const tag = language === undefined ? undefined : languageFor(language);
  const words = tag === undefined ? undefined : wordsOf(tag);
  const direction = asked ?? 'down';
  const layout = { direction, theme, lanes, ...(words !== undefined && { words }) };
  if (adapted !== undefined && format === 'pdf' && poster !== true) {
    const graph = differenceGraph(model, adapted, pathway.id, lanes, words);
    const sheet = { id: pathway.id, title: titleOf(pathway), graph };
    return sheetsPdf(model, [sheet], { direction: asked, theme, paper, onePage, words, language }, context);
  }
  const { svg: drawn, warnings } =
    adapted === undefined
      ? await pathwayDiagram(model, pathway.id, layout)
      : await differenceDiagram(model, adapted, pathway.id, layout);
  for (const warning of warnings) context.warn(`${context.errColours.yellow('warning:')} ${warning}`);
  const svg =
    poster === true
      ? wallPoster({
          model,
          pathway,
          svg: drawn,
          ...(date !== undefined && { date }),
          ...(tag !== undefined && { language: tag }),
        })
      : drawn;
  if (poster === true && format === 'pdf')
    return posterPdf(titleOf(pathway), await setInScripts(svg, context), await printFontsTelling(context), tag);
  return inFormat(
    model,
    [{ id: pathway.id, title: titleOf(pathway), svg }],
    { format, paper, embedFont },
    words,
    context,
  );
}

/** The model with these responses in force; what does not go together has been told by its compilation. */
function adaptedModel(model: Model, names: readonly string[]): Model {
  const responses = model.responses ?? [];
  const ids = names.map((wanted) => {
    const found = responses.find(({ id, name }) => id === wanted || name === wanted);
    if (found !== undefined) return found.id;
    const known = responses.map(({ name }) => name);
    const near = nearestText(wanted, known);
    throw new ProjectError(
      `There is no response ${wanted}${near === undefined ? '' : `; did you mean ${near}?`}`,
      `Responses: ${known.join(', ') || 'none'}.`,
    );
  });
  const { model: adapted } = composeResponses(model, ids);
  if (adapted === model)
    throw new ProjectError(
      `${names.join(' and ')} changes no pathway.`,
      'What is done beside pathways has no place in a drawing.',
    );
  return adapted;
}
