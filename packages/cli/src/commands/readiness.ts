import { jsonText, ProjectError, type ReadinessReport, readinessReports } from '@pathway/compiler';
import { createColors } from 'picocolors';
import { nearestText } from '@pathway/model';
import { blocksAsMarkdown, blocksHtml } from '@pathway/report';
import { blocksText } from '../print/blocks-text.js';
import { readinessBlocks } from '../print/readiness-blocks.js';
import { compileForProduct } from '../shell/compiled.js';
import type { Context } from '../shell/context.js';
import { deliver } from '../shell/deliver.js';
import { EXIT } from '../shell/exit-code.js';
import { inLanguage } from '../shell/in-language.js';

export interface ReadinessOptions {
  readonly territory?: string;
  readonly instrument?: string;
  readonly format: 'text' | 'markdown' | 'html' | 'json' | 'svg';
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
  const { territories, instruments = [] } = model;
  const chosen = all.filter(
    ({ territory, instrument }) =>
      isCalled(territory, options.territory, territories) && isCalled(instrument, options.instrument, instruments),
  );
  const [first, ...others] = chosen;
  if (first === undefined) throw notAssessed(options, all);
  if (options.format === 'svg') {
    if (others.length > 0)
      throw new ProjectError(
        'One picture shows one territory by one instrument.',
        `Choose with --territory and --instrument among: ${chosen.map(pairText).join('; ')}.`,
      );
    await deliver(first.picture, options.out, context);
    return EXIT.ok;
  }
  const colours = options.out === undefined ? context.outColours : createColors(false);
  const blocks = chosen.map((each) => readinessBlocks(words, each));
  const texts = {
    text: () => blocks.map((each) => blocksText(each, words, colours)).join('\n'),
    markdown: () => blocksAsMarkdown(words, blocks.flat()),
    html: () => blocksHtml({ words, model, blocks: blocks.flat() }),
    json: () => jsonText(chosen.map(({ picture: _, trendPicture: __, ...report }) => report)),
  };
  await deliver(texts[options.format](), options.out, context);
  return EXIT.ok;
}

interface Named {
  readonly id: string;
  readonly name: string;
  readonly title?: string;
}

/** Whether a title is that of the element which is asked for by its name or title; anything is where nothing is asked for. */
function isCalled(title: string, wanted: string | undefined, elements: readonly Named[]): boolean {
  if (wanted === undefined || wanted === title) return true;
  return elements.some((each) => [each.id, each.name].includes(wanted) && (each.title ?? each.name) === title);
}

function pairText({ territory, instrument }: ReadinessReport): string {
  return `${territory}, ${instrument}`;
}

function notAssessed({ territory, instrument }: ReadinessOptions, all: readonly ReadinessReport[]): ProjectError {
  const wanted = [territory, instrument].filter((each) => each !== undefined);
  const near = wanted.map((each) =>
    nearestText(
      each,
      all.flatMap((of) => [of.territory, of.instrument]),
    ),
  );
  const meant = near.filter((each) => each !== undefined);
  const hint = meant.length === 0 ? '' : `; did you mean ${meant.join(', ')}?`;
  return new ProjectError(
    `No assessment of ${wanted.join(' with ')} is here${hint === '' ? '.' : hint}`,
    `Assessed are: ${all.map(pairText).join('; ')}.`,
  );
}
