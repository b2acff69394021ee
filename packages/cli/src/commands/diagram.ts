import {
  checkLanguage,
  embedFonts,
  fileNames,
  ProjectError,
  rasterise,
  readPrintFonts,
  resolveOutput,
  writeProducts,
} from '@pathway/compiler';
import {
  differenceDiagram,
  type Direction,
  differenceGraph,
  type LaneChoice,
  type PaperName,
  pathwayDiagram,
  type ThemeName,
} from '@pathway/diagram';
import { composeResponses, localiseModel, type Model, nearestText, type Pathway, titleOf } from '@pathway/model';
import { drawingsPdf, languageFor, posterPdf, wallPoster, type Words, wordsOf } from '@pathway/report';
import {
  type DrawingFormat,
  ENDINGS,
  isText,
  noteOf,
  PAPERS,
  refuseToPrint,
  SHEET_NAMES,
  sheetFile,
  sheetsPage,
  sheetsPdf,
  type StagedSheet,
} from '../drawing/drawing-files.js';
import { setInScripts } from '../drawing/scripts.js';
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

export interface DiagramCommandOptions {
  readonly view: DrawnView;
  readonly pathway?: string;
  /** Responses in force: where there are any, drawn is what they change. */
  readonly with: readonly string[];
  /** A group of patients whose journey is drawn. */
  readonly for?: string;
  /** A file of results whose census and load are drawn, and of which study and scenario. */
  readonly results?: string;
  readonly study?: string;
  readonly scenario?: string;
  /** Patients to follow on a page. */
  readonly patients?: number;
  /** Without it, pathways lead down and maps to the right. */
  readonly direction?: Direction;
  readonly lanes: LaneChoice;
  readonly theme: ThemeName;
  /** Without it, what the name of the file in `out` says, else SVG. */
  readonly format?: DrawingFormat;
  /** Paper of a PDF document. */
  readonly paper: PaperName;
  /** Each drawing of a PDF document on one sheet, however small its text becomes. */
  readonly onePage?: boolean;
  /** The typeface within each SVG drawing. */
  readonly embedFont?: boolean;
  /** BCP 47; that of the project, else titles as declared and English words, without it. */
  readonly language?: string;
  /** A poster for the wall: the drawing with owner, legend, targets and sources, on A3. */
  readonly poster?: boolean;
  /** Date on the poster. */
  readonly date?: string;
  readonly out?: string;
}

/** So many patients can be followed on a page without saying how many. */
const PATIENTS = 12;

/** Where drawings go: one file or standard output, or a folder. */
interface Target {
  readonly out: string | undefined;
  readonly toFile: boolean;
  readonly format: DrawingFormat;
}

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
  return drawingsPdf(printed, noteOf(model, words), PAPERS[paper], await readPrintFonts());
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
    return posterPdf(titleOf(pathway), await setInScripts(svg, context), await readPrintFonts(), tag);
  return inFormat(
    model,
    [{ id: pathway.id, title: titleOf(pathway), svg }],
    { format, paper, embedFont },
    words,
    context,
  );
}

function checkDate({ date, poster }: DiagramCommandOptions): void {
  if (date === undefined) return;
  if (poster !== true) throw new ProjectError('A date stands on posters alone.', 'Add --poster, or leave --date out.');
  if (!isDate(date)) throw new ProjectError(`${date} is no date.`, 'Write it as in 2026-01-31.');
}

/** True for a day of the calendar, written as in ISO 8601. */
function isDate(text: string): boolean {
  const moment = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00Z`) : undefined;
  return moment !== undefined && !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text);
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

function targetOf({ out, format: given }: DiagramCommandOptions): Target {
  const ending = out === undefined ? undefined : ENDING.exec(out)?.[1]?.toLowerCase();
  const toFile = out === undefined || ending !== undefined;
  const format = given ?? FORMATS.find((each) => ENDINGS[each] === ending) ?? 'svg';
  if (ending !== undefined && ending !== ENDINGS[format])
    throw new ProjectError(`${out ?? ''} ends in .${ending}, but --format is ${format}.`, 'Leave one of them out.');
  if (out === undefined) refuseToPrint(format);
  return { out, toFile, format };
}

/** Every form of a drawing. */
const FORMATS = ['svg', 'pdf', 'png', 'html', 'mermaid', 'dot', 'drawio', 'excalidraw'] as const;
const ENDING = /\.(svg|pdf|png|html|mmd|dot|drawio|excalidraw)$/i;

/** Views of which one pathway can be named. */
const OF_PATHWAYS: ReadonlySet<DrawnView> = new Set(['pathways', 'overview', 'journey', 'load']);

/** What does not go together. */
function refuse(view: DrawnView, format: DrawingFormat, options: DiagramCommandOptions): void {
  const isOver = options.with.length > 0 || options.poster === true;
  const over = options.with.length > 0 ? '--with' : '--poster';
  if (isOver && (isText(format) || format === 'html'))
    throw new ProjectError(
      `${over} does not go with --format ${format}: that is of pathways as they are.`,
      `Leave ${over} out, or draw as svg, pdf or png.`,
    );
  const given = options.pathway !== undefined ? '--pathway' : isOver ? over : undefined;
  if (given !== undefined && !OF_PATHWAYS.has(view))
    throw new ProjectError(
      `${given} is about pathways, and --view ${view} is of the whole model.`,
      `Leave ${given} or --view out.`,
    );
  if (isOver && view !== 'pathways')
    throw new ProjectError(`${over} does not go with --view ${view}.`, `Leave ${over} or --view out.`);
  if (options.embedFont === true && format !== 'svg')
    throw new ProjectError(
      `--embed-font is about SVG: a drawing as ${format} ${format === 'pdf' || format === 'png' ? 'has its typeface anyway' : 'takes that of its reader'}.`,
      'Add --format svg, or leave it out.',
    );
  const ofPdf = options.onePage === true ? '--one-page' : options.paper === 'a4' ? undefined : '--paper';
  if (ofPdf !== undefined && format !== 'pdf')
    throw new ProjectError(`${ofPdf} is about PDF documents.`, 'Add --format pdf, or leave it out.');
  if (view === 'skills' && (isText(format) || format === 'html'))
    throw new ProjectError(
      `A matrix of skills has no form as ${format}: nothing in it leads anywhere.`,
      'Draw it as svg, pdf or png, or make its page: pathway skills --format html.',
    );
  if (options.patients !== undefined && format !== 'html')
    throw new ProjectError('Patients are followed on a page.', 'Add --format html, or leave --patients out.');
  if (options.scenario !== undefined && view !== 'load' && view !== 'skills')
    throw new ProjectError('--scenario is about --view load and --view skills.', 'Leave it out.');
  if (options.study !== undefined && view !== 'load')
    throw new ProjectError('--study is about --view load.', 'Leave it out.');
}
