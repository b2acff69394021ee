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
import { differenceDiagram, pathwayDiagram, type Direction, type ThemeName } from '@pathway/diagram';
import { composeResponses, localiseModel, nearestText, titleOf, type Model, type Pathway } from '@pathway/model';
import { drawingPdf, languageFor, posterPdf, wallPoster, wordsOf } from '@pathway/report';
import { counted } from '../print/counted.js';
import { compileForProduct } from '../shell/compiled.js';
import type { Context } from '../shell/context.js';
import { deliver } from '../shell/deliver.js';
import { EXIT } from '../shell/exit-code.js';

/** The forms in which a drawing is written. */
export type DrawingFormat = 'svg' | 'pdf' | 'png';

export interface DiagramCommandOptions {
  readonly pathway?: string;
  /** Responses in force: where there are any, drawn is what they change. */
  readonly with: readonly string[];
  readonly direction: Direction;
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

/** `pathway diagram`: draws one pathway to standard output or a file, or several into a folder. */
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
  const adapted = options.with.length === 0 ? undefined : adaptedModel(model, options.with);
  const chosen = chosenPathways(model, options.pathway).filter(
    (pathway) => options.pathway !== undefined || !adapted?.pathways.includes(pathway),
  );
  const { out } = options;
  const ending = out === undefined ? undefined : /\.(svg|pdf|png)$/i.exec(out)?.[1]?.toLowerCase();
  const toFile = out === undefined || ending !== undefined;
  const format = options.format ?? formatOf(ending);
  if (ending !== undefined && ending !== format)
    throw new ProjectError(`${out ?? ''} ends in .${ending}, but --format is ${format}.`, 'Leave one of them out.');
  if (out === undefined && format !== 'svg')
    throw new ProjectError(
      `A drawing as ${format} is no text to print here.`,
      `Say where it goes: --out drawing.${format}`,
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
      path: `${names.get(pathway.id) ?? pathway.id}.${format}`,
      content: await draw(
        { model, adapted },
        pathway,
        { ...options, ...(language !== undefined && { language }), format },
        context,
      ),
      emitter: 'diagram',
    });
  await writeProducts(resolveOutput(out, context.io.cwd), out, files, { emitters: ['diagram'] });
  context.tell(`Wrote ${counted(files.length, 'drawing')} to ${out}.`);
  return EXIT.ok;
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
    direction,
    theme,
    format,
    paper,
    language,
    poster,
    date,
  }: DiagramCommandOptions & { readonly format: DrawingFormat },
  context: Context,
): Promise<string | Uint8Array> {
  const words = language === undefined ? undefined : languageFor(language);
  const layout = { direction, theme, layOutWithDeadline };
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
  if (format === 'png') return rasterise(svg);
  if (format === 'svg') return svg;
  if (poster === true) return posterPdf(titleOf(pathway), svg, await readPrintFonts(), words);
  const note = `${model.title} · source hash ${model.sourceHash.slice(0, 12)}`;
  return drawingPdf({ title: titleOf(pathway), svg, note }, paper === 'a3' ? 'A3' : 'A4', await readPrintFonts());
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
  return ending === 'pdf' || ending === 'png' ? ending : 'svg';
}

function chosenPathways(model: Model, wanted: string | undefined): readonly Pathway[] {
  if (wanted === undefined) {
    if (model.pathways.length === 0)
      throw new ProjectError('There is no pathway to draw.', 'Declare one: pathway MyPathway { … }');
    return model.pathways;
  }
  const found = model.pathways.filter(({ id, name }) => id === wanted || name === wanted);
  if (found.length > 0) return found;
  const names = model.pathways.map(({ name }) => name);
  const near = nearestText(wanted, names);
  throw new ProjectError(
    `There is no pathway ${wanted}${near === undefined ? '' : `; did you mean ${near}?`}`,
    `Pathways: ${names.join(', ') || 'none'}.`,
  );
}
