import { budgetOfStudy } from '../budget/budget-blocks.js';
import { aimBlocks } from '../document/aims.js';
import { tradeOffBlocks } from '../document/charts.js';
import type { Block } from '../document/blocks.js';
import { planBlocks, reliefBlocks } from '../document/plans.js';
import { pressureBlocks } from '../document/pressure.js';
import { stressBlocks } from '../document/stress.js';
import { timeAxis } from '../chart/census-chart.js';
import { blocksAsHtml } from '../html/blocks-html.js';
import { type Html, lines } from '../html/html.js';
import { folded, table } from '../html/table.js';
import { eventRows, timelineBlocks } from '../timeline/timeline-blocks.js';
import { scenariosWithTimeline, type WithTimeline } from '../timeline/timeline-parts.js';
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

/** Who pays, who is paid and what care costs in each scenario, and whose money moves. */
export function budgetSection(context: PageContext): Html | undefined {
  const { words, input } = context;
  return studyBlocks(context, words.say`Who pays, and who gains`, (study) => budgetOfStudy(words, study, input));
}

/** Each crisis without and with each plan and combination of plans. */
export function plansSection(context: PageContext): Html | undefined {
  const { words } = context;
  return studyBlocks(context, words.say`Plans compared`, (study) => planBlocks(words, study));
}

/** What was in force when, as a strip for each scenario, and the course of one replication. */
export function timelineSection(context: PageContext): Html | undefined {
  const { words, input, ids } = context;
  const caption = words.say`What was in force when`;
  if (input.results.every((study) => scenariosWithTimeline(study).length === 0)) return undefined;
  return forEachStudy(context, (study, level) =>
    lines([
      blocksAsHtml(context, timelineBlocks(words, study, ids), `${caption}, ${named(study.title)}`, level),
      ...scenariosWithTimeline(study).map((scenario) => courseOf(context, study, scenario)),
    ]),
  );
}

/** What began and ended in the first replication of a scenario, folded away. */
function courseOf({ words, ids }: PageContext, study: StudyResults, scenario: WithTimeline): Html | undefined {
  const { say } = words;
  const { factor, word } = timeAxis(words, study.runLength);
  const rows = eventRows(words, scenario.timeline, factor);
  if (rows.length === 0) return undefined;
  const caption = say`What began and ended in the first replication: ${named(scenario.title)}`;
  const head = [say`Time after warm-up (${word})`, say`Kind`, say`What`, ''];
  return folded(caption, table(ids, { caption, columns: head.map((label) => ({ label })), rows }));
}

/** Where each scenario is under pressure. */
export function pressureSection(context: PageContext): Html | undefined {
  const { words } = context;
  return studyBlocks(context, words.say`Pressure points`, (study) => [
    ...reliefBlocks(words, study),
    ...pressureBlocks(words, study),
  ]);
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
