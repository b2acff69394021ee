import {
  fileNames,
  layOutWithDeadline,
  ProjectError,
  rasterise,
  readPrintFonts,
  resolveOutput,
  writeProducts,
} from '@pathway/compiler';
import { differenceDiagram, pathwayDiagram, type Direction, type ThemeName } from '@pathway/diagram';
import { composeResponses, nearestText, titleOf, type Model, type Pathway } from '@pathway/model';
import { drawingPdf } from '@pathway/report';
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
  readonly out?: string;
}

/** `pathway diagram`: draws one pathway to standard output or a file, or several into a folder. */
export async function diagram(
  path: string | undefined,
  options: DiagramCommandOptions,
  context: Context,
): Promise<number> {
  const { model } = await compileForProduct(path, context);
  if (model === undefined) return EXIT.found;
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
    await deliver(await draw({ model, adapted }, only, { ...options, format }, context), out, context);
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
      content: await draw({ model, adapted }, pathway, { ...options, format }, context),
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
  { direction, theme, format, paper }: DiagramCommandOptions & { readonly format: DrawingFormat },
  context: Context,
): Promise<string | Uint8Array> {
  const layout = { direction, theme, layOutWithDeadline };
  const { svg, warnings } =
    adapted === undefined
      ? await pathwayDiagram(model, pathway.id, layout)
      : await differenceDiagram(model, adapted, pathway.id, layout);
  for (const warning of warnings) context.warn(`${context.errColours.yellow('warning:')} ${warning}`);
  if (format === 'png') return rasterise(svg);
  if (format === 'svg') return svg;
  const note = `${model.title} · source hash ${model.sourceHash.slice(0, 12)}`;
  return drawingPdf({ title: titleOf(pathway), svg, note }, paper === 'a3' ? 'A3' : 'A4', await readPrintFonts());
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
