import { aimBlocks } from '../document/aims.js';
import { tradeOffBlocks } from '../document/charts.js';
import type { Block } from '../document/blocks.js';
import { pressureBlocks } from '../document/pressure.js';
import { stressBlocks } from '../document/stress.js';
import { blocksAsHtml } from '../html/blocks-html.js';
import type { Html } from '../html/html.js';
import type { StudyResults } from '@pathway/simulation';
import { named } from '../text.js';
import { forEachStudy, type PageContext } from './context.js';

/** The scenarios beside one another by aim. */
export function aimsSection(context: PageContext): Html | undefined {
  const { words, input } = context;
  return studyBlocks(context, words.say`Comparison by aim`, (study) => [
    ...aimBlocks(words, study, input),
    ...tradeOffBlocks(words, study, input, context.ids),
  ]);
}

/** Where each scenario is under pressure. */
export function pressureSection(context: PageContext): Html | undefined {
  const { words } = context;
  return studyBlocks(context, words.say`Pressure points`, (study) => pressureBlocks(words, study));
}

/** The reporting checklist, filled from the model. */
export function stressSection(context: PageContext): Html {
  return blocksAsHtml(context, stressBlocks(context.words, context.input), '');
}

function studyBlocks(
  context: PageContext,
  caption: string,
  blocksOf: (study: StudyResults) => readonly Block[],
): Html | undefined {
  if (context.input.results.every((study) => blocksOf(study).length === 0)) return undefined;
  return forEachStudy(context, (study, level) =>
    blocksAsHtml(context, blocksOf(study), `${caption}, ${named(study.title)}`, level),
  );
}
