import {
  checkLanguage,
  fileNames,
  layOutWithDeadline,
  ProjectError,
  rasterise,
  readPrintFonts,
  resolveOutput,
  writeProducts,
} from '@pathway/compiler';
import {
  diagramText,
  type DiagramTextFormat,
  differenceDiagram,
  mapDiagram,
  type MapName,
  mapsOf,
  pathwayDiagram,
  type Direction,
  type LaneChoice,
  type ThemeName,
} from '@pathway/diagram';
import { composeResponses, localiseModel, nearestText, titleOf, type Model, type Pathway } from '@pathway/model';
import { drawingPdf, languageFor, posterPdf, wallPoster, wordsOf } from '@pathway/report';
import { counted } from '../print/counted.js';
import { compileForProduct } from '../shell/compiled.js';
import type { Context } from '../shell/context.js';
import { deliver } from '../shell/deliver.js';
import { EXIT } from '../shell/exit-code.js';
import { pathwaysNamed } from '../shell/named.js';

/** The forms in which a drawing is written. */
export type DrawingFormat = 'svg' | 'pdf' | 'png' | DiagramTextFormat;

/** What files of each format end in. */
const ENDINGS: Readonly<Record<DrawingFormat, string>> = {
  svg: 'svg',
  pdf: 'pdf',
  png: 'png',
  mermaid: 'mmd',
  dot: 'dot',
  drawio: 'drawio',
};

export interface DiagramCommandOptions {
  /** The pathways, or a map of the whole model. */
  readonly view: 'pathways' | MapName;
  readonly pathway?: string;
  /** Responses in force: where there are any, drawn is what they change. */
  readonly with: readonly string[];
  /** Without it, pathways lead down and maps to the right. */
  readonly direction?: Direction;
  readonly lanes: LaneChoice;
  readonly theme: ThemeName;
  /** Without it, what the name of the file in `out` says, else SVG. */
  readonly format?: DrawingFormat;
  /** Paper of a PDF document. */
  readonly paper: 'a4' | 'a3';
  /** BCP 47; that of the project, else titles as declared and English words, without it. */
  readonly language?: string;
  /** A poster for the wall: the drawing with owner, legend, targets and sources, on A3. */
  readonly poster?: boolean;
  /** Date on the poster. */
  readonly date?: string;
  readonly out?: string;
}

/** `pathway diagram`: draws one pathway or map to standard output or a file, or several pathways into a folder. */
export async function diagram(
  path: string | undefined,
  options: DiagramCommandOptions,
  context: Context,
): Promise<number> {
  if (options.language !== undefined) checkLanguage(options.language);
  if (options.date !== undefined && options.poster !== true)
    throw new ProjectError('A date stands on posters alone.', 'Add --poster, or leave --date out.');
  if (options.date !== undefined && !isDate(options.date))
    throw new ProjectError(`${options.date} is no date.`, 'Write it as in 2026-01-31.');
  const compiled = await compileForProduct(path, context);
  if (compiled.model === undefined) return EXIT.found;
  const language = options.language ?? compiled.project.config.language;
  if (language !== undefined) checkLanguage(language);
  const model = language === undefined ? compiled.model : localiseModel(compiled.model, language);
  const { out } = options;
  const ending = out === undefined ? undefined : /\.(svg|pdf|png|mmd|dot|drawio)$/i.exec(out)?.[1]?.toLowerCase();
  const toFile = out === undefined || ending !== undefined;
  const format = options.format ?? formatOf(ending);
  if (isText(format)) refuseForText(format, options);
  if (ending !== undefined && ending !== ENDINGS[format])
    throw new ProjectError(`${out ?? ''} ends in .${ending}, but --format is ${format}.`, 'Leave one of them out.');
  if (out === undefined && (format === 'pdf' || format === 'png'))
    throw new ProjectError(
      `A drawing as ${format} is no text to print here.`,
      `Say where it goes: --out drawing.${format}`,
    );
  if (options.view !== 'pathways') {
    const content = await drawMap(model, options.view, { ...options, format }, context);
    if (toFile) await deliver(content, out, context);
    else await writeDrawings('map', [{ path: `${options.view}.${format}`, content }], out, context);
    return EXIT.ok;
  }
  const adapted = options.with.length === 0 ? undefined : adaptedModel(model, options.with);
  const chosen = chosenPathways(model, options.pathway).filter(
    (pathway) => options.pathway !== undefined || !adapted?.pathways.includes(pathway),
  );
  const [only, ...others] = chosen;
  if (only !== undefined && others.length === 0 && toFile) {
    await deliver(
      await draw(
        { model, adapted },
        only,
        { ...options, ...(language !== undefined && { language }), format },
        context,
      ),
      out,
      context,
    );
    return EXIT.ok;
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
      content: await draw(
        { model, adapted },
        pathway,
        { ...options, ...(language !== undefined && { language }), format },
        context,
      ),
    });
  await writeDrawings('diagram', files, out, context);
  return EXIT.ok;
}

/** @param emitter whose earlier files in the folder these take the place of */
async function writeDrawings(
  emitter: string,
  files: readonly { readonly path: string; readonly content: string | Uint8Array }[],
  out: string,
  context: Context,
): Promise<void> {
  const written = files.map((file) => ({ ...file, emitter }));
  await writeProducts(resolveOutput(out, context.io.cwd), out, written, { emitters: [emitter] });
  context.tell(`Wrote ${counted(files.length, 'drawing')} to ${out}.`);
}

async function drawMap(
  model: Model,
  name: MapName,
  options: DiagramCommandOptions & { readonly format: DrawingFormat },
  context: Context,
): Promise<string | Uint8Array> {
  const { format, paper, theme, direction, language } = options;
  const words = wordsOf(language === undefined ? undefined : languageFor(language));
  const given =
    options.pathway !== undefined
      ? '--pathway'
      : options.with.length > 0
        ? '--with'
        : options.poster === true
          ? '--poster'
          : undefined;
  if (given !== undefined)
    throw new ProjectError(
      `${given} is about pathways, and this map is of the whole model.`,
      `Leave ${given} or --view out.`,
    );
  if (!mapsOf(model).includes(name))
    throw new ProjectError(
      name === 'crisis' ? 'There is no crisis to draw a map of.' : 'Nothing depends on anything here.',
      name === 'crisis'
        ? 'Declare a crisis, a trigger or a response.'
        : 'Say what steps and systems do not work without: depends on Network, consumes 2 Oxygen.',
    );
  const { svg, warnings } = await mapDiagram(model, name, {
    theme,
    layOutWithDeadline,
    ...(direction !== undefined && { direction }),
    ...(language !== undefined && { words }),
  });
  for (const warning of warnings) context.warn(`${context.errColours.yellow('warning:')} ${warning}`);
  const title = name === 'crisis' ? words.say`Crisis map of ${model.title}` : words.say`Dependencies of ${model.title}`;
  return inFormat({ model, svg, title, format, paper });
}

/** A drawing as a file of its format. */
async function inFormat({
  model,
  svg,
  title,
  format,
  paper,
}: Pick<DiagramCommandOptions, 'paper'> & {
  readonly model: Model;
  readonly svg: string;
  readonly title: string;
  readonly format: DrawingFormat;
}): Promise<string | Uint8Array> {
  if (format === 'png') return rasterise(svg);
  if (format === 'svg') return svg;
  const note = `${model.title} · source hash ${model.sourceHash.slice(0, 12)}`;
  return drawingPdf({ title, svg, note }, paper === 'a3' ? 'A3' : 'A4', await readPrintFonts());
}

/** A model, and the same with responses in force where some are. */
interface Drawn {
  readonly model: Model;
  readonly adapted: Model | undefined;
}

async function draw(
  { model, adapted }: Drawn,
  pathway: Pathway,
  {
    direction = 'down',
    lanes,
    theme,
    format,
    paper,
    language,
    poster,
    date,
  }: DiagramCommandOptions & { readonly format: DrawingFormat },
  context: Context,
): Promise<string | Uint8Array> {
  if (isText(format)) return diagramText(model, pathway.id, format, { lanes, direction });
  const words = language === undefined ? undefined : languageFor(language);
  const layout = { direction, theme, lanes };
  const { svg: drawn, warnings } =
    adapted === undefined
      ? await pathwayDiagram(model, pathway.id, { ...layout, ...(words !== undefined && { words: wordsOf(words) }) })
      : await differenceDiagram(model, adapted, pathway.id, layout);
  for (const warning of warnings) context.warn(`${context.errColours.yellow('warning:')} ${warning}`);
  const svg =
    poster === true
      ? wallPoster({
          model,
          pathway,
          svg: drawn,
          ...(date !== undefined && { date }),
          ...(words !== undefined && { language: words }),
        })
      : drawn;
  if (poster === true && format === 'pdf') return posterPdf(titleOf(pathway), svg, await readPrintFonts(), words);
  return inFormat({ model, svg, title: titleOf(pathway), format, paper });
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

function formatOf(ending: string | undefined): DrawingFormat {
  const formats = ['svg', 'pdf', 'png', 'mermaid', 'dot', 'drawio'] as const;
  return formats.find((format) => ENDINGS[format] === ending) ?? 'svg';
}

function isText(format: DrawingFormat): format is DiagramTextFormat {
  return format === 'mermaid' || format === 'dot' || format === 'drawio';
}

/** Text for other tools is of pathways as they are. */
function refuseForText(format: DiagramTextFormat, { view, with: responses, poster }: DiagramCommandOptions): void {
  const given =
    view !== 'pathways' ? '--view' : responses.length > 0 ? '--with' : poster === true ? '--poster' : undefined;
  if (given !== undefined)
    throw new ProjectError(
      `${given} does not go with --format ${format}: that is text of pathways as they are, for other tools.`,
      `Leave ${given} out, or draw as svg, pdf or png.`,
    );
}

function chosenPathways(model: Model, wanted: string | undefined): readonly Pathway[] {
  if (wanted === undefined) {
    if (model.pathways.length === 0)
      throw new ProjectError('There is no pathway to draw.', 'Declare one: pathway MyPathway { … }');
    return model.pathways;
  }
  return pathwaysNamed(model, wanted);
}
