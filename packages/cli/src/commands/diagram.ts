import { fileNames, layOutWithDeadline, ProjectError, resolveOutput, writeProducts } from '@pathway/compiler';
import { pathwayDiagram, type Direction, type ThemeName } from '@pathway/diagram';
import { nearestText, type Model, type Pathway } from '@pathway/model';
import { counted } from '../print/counted.js';
import { compileForProduct } from '../shell/compiled.js';
import type { Context } from '../shell/context.js';
import { deliver } from '../shell/deliver.js';
import { EXIT } from '../shell/exit-code.js';

export interface DiagramCommandOptions {
  readonly pathway?: string;
  readonly direction: Direction;
  readonly theme: ThemeName;
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
  const chosen = chosenPathways(model, options.pathway);
  const { out } = options;
  const toFile = out === undefined || /\.svg$/i.test(out);
  const [only, ...others] = chosen;
  if (only !== undefined && others.length === 0 && toFile) {
    await deliver(await draw(model, only, options, context), out, context);
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
      path: `${names.get(pathway.id) ?? pathway.id}.svg`,
      content: await draw(model, pathway, options, context),
      emitter: 'diagram',
    });
  await writeProducts(resolveOutput(out, context.io.cwd), out, files, { emitters: ['diagram'] });
  context.tell(`Wrote ${counted(files.length, 'drawing')} to ${out}.`);
  return EXIT.ok;
}

async function draw(
  model: Model,
  pathway: Pathway,
  { direction, theme }: DiagramCommandOptions,
  context: Context,
): Promise<string> {
  const { svg, warnings } = await pathwayDiagram(model, pathway.id, { direction, theme, layOutWithDeadline });
  for (const warning of warnings) context.warn(`${context.errColours.yellow('warning:')} ${warning}`);
  return svg;
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
