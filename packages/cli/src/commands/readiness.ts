import { jsonText, ProjectError, readinessReports } from '@pathway/compiler';
import { createColors } from 'picocolors';
import { readinessText } from '../print/readiness-text.js';
import { compileForProduct } from '../shell/compiled.js';
import type { Context } from '../shell/context.js';
import { deliver } from '../shell/deliver.js';
import { EXIT } from '../shell/exit-code.js';

export interface ReadinessOptions {
  readonly territory?: string;
  readonly format: 'text' | 'json' | 'svg';
  readonly out?: string;
}

/** `pathway readiness`: what raters agree upon, where they are split, what is required, who could teach, and the plan. */
export async function readiness(
  path: string | undefined,
  options: ReadinessOptions,
  context: Context,
): Promise<number> {
  const { model } = await compileForProduct(path, context);
  if (model === undefined) return EXIT.found;
  const all = readinessReports(model);
  if (all.length === 0)
    throw new ProjectError(
      'No territory of this project was assessed.',
      'Write: assessment NAME of TERRITORY using SciroccoExchange { rater … { … } }',
    );
  const named = model.territories.find(({ id, name }) => id === options.territory || name === options.territory);
  const title = named?.title ?? named?.name ?? options.territory;
  const chosen = title === undefined ? all : all.filter(({ territory }) => territory === title);
  const [first, ...others] = chosen;
  if (first === undefined)
    throw new ProjectError(
      `${options.territory ?? ''} was not assessed.`,
      `Assessed are: ${[...new Set(all.map(({ territory }) => territory))].join(', ')}.`,
    );
  if (options.format === 'svg') {
    if (others.length > 0)
      throw new ProjectError('One picture shows one territory.', 'Choose with --territory, and use one instrument.');
    await deliver(first.picture, options.out, context);
    return EXIT.ok;
  }
  const colours = options.out === undefined ? context.outColours : createColors(false);
  const text =
    options.format === 'json'
      ? jsonText(chosen.map(({ picture: _, ...report }) => report))
      : chosen.map((each) => readinessText(each, colours)).join('\n');
  await deliver(text, options.out, context);
  return EXIT.ok;
}
