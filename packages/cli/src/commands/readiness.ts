import { jsonText, ProjectError, readinessReports } from '@pathway/compiler';
import { createColors } from 'picocolors';
import { blocksAsMarkdown } from '@pathway/report';
import { blocksText } from '../print/blocks-text.js';
import { readinessBlocks } from '../print/readiness-blocks.js';
import { compileForProduct } from '../shell/compiled.js';
import type { Context } from '../shell/context.js';
import { deliver } from '../shell/deliver.js';
import { EXIT } from '../shell/exit-code.js';
import { inLanguage } from '../shell/in-language.js';

export interface ReadinessOptions {
  readonly territory?: string;
  readonly format: 'text' | 'markdown' | 'json' | 'svg';
  /** BCP 47; that of the project, else English, without it. */
  readonly language?: string;
  readonly out?: string;
}

/** `pathway readiness`: what raters agree upon, where they are split, what is required, who could teach, and the plan. */
export async function readiness(
  path: string | undefined,
  options: ReadinessOptions,
  context: Context,
): Promise<number> {
  const compiled = await compileForProduct(path, context);
  if (compiled.model === undefined) return EXIT.found;
  const { model, words } = inLanguage(compiled.model, options.language ?? compiled.project.config.language);
  const all = readinessReports(model, words);
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
      : options.format === 'markdown'
        ? blocksAsMarkdown(
            words,
            chosen.flatMap((each) => readinessBlocks(words, each)),
          )
        : chosen.map((each) => blocksText(readinessBlocks(words, each), words, colours)).join('\n');
  await deliver(text, options.out, context);
  return EXIT.ok;
}
