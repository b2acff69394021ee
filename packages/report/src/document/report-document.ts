import type { ScenarioResults, StudyResults } from '@pathway/simulation';
import { formatOrigin, titleOf } from '@pathway/model';
import {
  differed,
  DURATION_FIGURE,
  estimated,
  exactBeside,
  NUMBER_FIGURE,
  percent,
  plain,
  SHARE_FIGURE,
} from '../figures.js';
import { expectationTexts } from '../expectation-texts.js';
import type { ReportInput } from '../input.js';
import { numberUses } from '../provenance.js';
import { findingsSentence, severityWord, worstFirst } from '../sections/findings-section.js';
import { lawCounts, settingsOf } from '../sections/settings-section.js';
import { countSentence, gradeWords, usedBy } from '../sections/sources-section.js';
import {
  argumentText,
  differencesOf,
  scenarioTitle,
  type FigureTable,
  figureTables,
  indicatorTitle,
  kindOf,
  kindOfExpectation,
  singleFigures,
} from '../study-view.js';
import { summariseStaffing, summariseStudy } from '../summary.js';
import { named } from '../text.js';
import { methodBlocks } from './method-blocks.js';
import { IdSource } from '../html/html.js';
import { chartBlocks, coverBlocks, tradeOffBlocks } from './charts.js';
import { budgetOfStudy } from '../budget/budget-blocks.js';
import { aimBlocks } from './aims.js';
import { type Block, heading, list, paragraph, tableOf } from './blocks.js';
import { crisisDayBlocks } from './crisis-days.js';
import { planBlocks, reliefBlocks } from './plans.js';
import { pressureBlocks } from './pressure.js';
import { stressBlocks } from './stress.js';
import { timelineBlocks } from '../timeline/timeline-blocks.js';
import type { Words } from '../words/words.js';

/**
 * The report's summary and main tables as a sequence of blocks of plain text, for every form that is no web page:
 * Markdown and print. Drawings stand where a form can show them.
 */
export function reportDocument(words: Words, input: ReportInput): readonly Block[] {
  const ids = new IdSource();
  return [
    heading(1, named(input.model.title)),
    ...input.results.flatMap((study) => answerBlocks(words, study, input)),
    ...pathwayBlocks(input),
    ...input.results.flatMap((study) => studyBlocks(words, study, input, ids)),
    ...staffingBlocks(words, input, ids),
    ...sourceBlocks(words, input),
    ...findingBlocks(words, input),
    heading(2, words.say`Reporting checklist (STRESS-DES)`),
    ...stressBlocks(words, input),
    { kind: 'provenance', languageVersion: input.model.languageVersion, sourceHash: input.model.sourceHash },
  ];
}

/** The drawings, each with the title of its pathway; a form without drawings leaves the heading out too. */
function pathwayBlocks(input: ReportInput): Block[] {
  return input.model.pathways.flatMap((pathway): Block[] => {
    const sheets = input.sheets?.[pathway.id];
    if (sheets !== undefined) return sheets.map(({ title, svg }) => ({ kind: 'drawing', title: named(title), svg }));
    const svg = input.diagrams[pathway.id];
    return svg === undefined ? [] : [{ kind: 'drawing', title: titleOf(pathway), svg }];
  });
}

/** What a study asked and what came of it. */
function answerBlocks(words: Words, study: StudyResults, input: ReportInput): Block[] {
  return [heading(2, named(study.title)), ...summariseStudy(words, study, input)];
}

/** Scenarios beside one another on upright paper. */
const COLUMNS = 3;

/** Content under a heading, and no heading where there is none. */
function headed(level: 2 | 3, title: string, content: readonly Block[]): Block[] {
  return content.length === 0 ? [] : [heading(level, title), ...content];
}

function studyBlocks(words: Words, study: StudyResults, input: ReportInput, ids: IdSource): Block[] {
  const { say } = words;
  return [
    heading(2, say`Figures: ${named(study.title)}`),
    ...headed(3, words.say`Plans compared`, planBlocks(words, study)),
    ...headed(3, words.say`Comparison by aim`, aimBlocks(words, study, input, COLUMNS)),
    ...tradeOffBlocks(words, study, input, ids),
    ...headed(3, words.say`Who pays, and who gains`, budgetOfStudy(words, study, input)),
    ...headed(3, words.say`What was in force when`, timelineBlocks(words, study, ids)),
    ...headed(3, words.say`Pressure points`, [...reliefBlocks(words, study), ...pressureBlocks(words, study)]),
    ...headed(3, words.say`Distributions and census`, chartBlocks(words, study, ids)),
    ...headed(3, say`Differences between scenarios`, differenceBlocks(words, study, input)),
    ...study.scenarios.flatMap((scenario) => indicatorBlocks(words, scenario)),
    ...figureTables(study, input.model).flatMap((figures) => argumentBlocks(words, figures)),
    ...expectationBlocks(words, study, input),
    ...methodBlocks(words, study),
    ...study.scenarios.flatMap((scenario) => resourceBlocks(words, scenario)),
    ...study.scenarios.flatMap((scenario) => stockBlocks(words, scenario)),
    heading(3, say`Settings`),
    list(settingsOf(words, study).map(([term, value]) => `${term}: ${value}`)),
    ...lawBlocks(words, study),
  ];
}

/** What each other scenario differs by from the first, paired, with intervals; rows of tables stand with these. */
function differenceBlocks(words: Words, study: StudyResults, input: ReportInput): Block[] {
  const { say } = words;
  return study.comparisons.flatMap((comparison): Block[] => {
    const rows = differencesOf(words, study, comparison, input.model)
      .filter(({ argument }) => argument === undefined)
      .map((each) => [each.title, differed(words, each.difference, each.kind)]);
    if (rows.length === 0) return [];
    const pair = say`${scenarioTitle(study, comparison.scenario)} minus ${scenarioTitle(study, comparison.base)}`;
    return [tableOf('lr', [pair, say`Difference`], rows)];
  });
}

function indicatorBlocks(words: Words, scenario: ScenarioResults): Block[] {
  const { say } = words;
  const results = singleFigures(scenario);
  if (results.length === 0) return [];
  const rows = results.map((each) => [
    indicatorTitle(each),
    estimated(words, each.estimate, kindOf(each)),
    each.closedForm === undefined
      ? '–'
      : `${exactBeside(words, each.closedForm.value, each.estimate, kindOf(each))} (${words.known(named(each.closedForm.method))})`,
    plain(words, each.estimate.replications, 0),
  ]);
  const head = [say`Indicator`, say`Mean (95 % interval)`, say`Exact value`, say`Replications`];
  return [heading(3, say`Indicators, ${named(scenario.title)}`), tableOf('lrrr', head, rows)];
}

function argumentBlocks(words: Words, figures: FigureTable): Block[] {
  const { say } = words;
  const head = [named(figures.variable), ...figures.scenarios.flatMap(({ title }) => [title, say`${title}, exact`])];
  const rows = figures.arguments.map((argument) => [
    argumentText(words, argument),
    ...figures.scenarios.flatMap((scenario) => {
      const row = scenario.rows.find((each) => each.argument === argument);
      if (row === undefined) return ['–', '–'];
      const exact =
        row.closedForm === undefined ? '–' : exactBeside(words, row.closedForm.value, row.estimate, kindOf(row));
      return [estimated(words, row.estimate, kindOf(row)), exact];
    }),
  ]);
  const align = `r${'r'.repeat(head.length - 1)}`;
  return [heading(3, say`${figures.title} against ${named(figures.variable)}`), tableOf(align, head, rows)];
}

function expectationBlocks(words: Words, study: StudyResults, input: ReportInput): Block[] {
  const { say } = words;
  const rows = study.scenarios.flatMap((scenario) =>
    scenario.expectations.map((result) => {
      const { simulated, margin } = expectationTexts(words, result, kindOfExpectation(input.model, result));
      return [named(result.text), named(scenario.title), words.known(result.verdict), simulated, margin];
    }),
  );
  if (rows.length === 0) return [];
  const head = [say`Expectation`, say`Scenario`, say`Verdict`, say`Simulated (95 % interval)`, say`Margin`];
  return [heading(3, say`Expectations`), tableOf('lllrl', head, rows)];
}

function resourceBlocks(words: Words, scenario: ScenarioResults): Block[] {
  const { say } = words;
  if (scenario.resources.length === 0) return [];
  const rows = scenario.resources.map((resource) => [
    named(resource.title),
    resource.capacity === null ? say`unlimited` : plain(words, resource.capacity, 2),
    estimated(words, resource.census, NUMBER_FIGURE),
    resource.utilisation === null ? '–' : estimated(words, resource.utilisation, SHARE_FIGURE),
    estimated(words, resource.queue, NUMBER_FIGURE),
    estimated(words, resource.wait, DURATION_FIGURE),
  ]);
  const head = [
    say`Resource or staff`,
    say`Capacity`,
    say`Mean in use`,
    say`Utilisation`,
    say`Mean queue`,
    say`Mean wait`,
  ];
  return [heading(3, say`Resources and staff, ${named(scenario.title)}`), tableOf('lrrrrr', head, rows)];
}

function stockBlocks(words: Words, { title, stocks = [] }: ScenarioResults): Block[] {
  const { say } = words;
  if (stocks.length === 0) return [];
  const rows = stocks.map((stock) => [
    named(stock.unit === undefined ? stock.title : `${stock.title} (${stock.unit})`),
    ...[stock.level, stock.lowest, stock.consumed, stock.delivered].map((each) =>
      estimated(words, each, NUMBER_FIGURE),
    ),
    estimated(words, stock.short, SHARE_FIGURE),
    estimated(words, stock.wait, DURATION_FIGURE),
  ]);
  const head = [say`Stock`, say`Mean level`, say`Lowest`, say`Used up`, say`Delivered`, say`Short`, say`Mean wait`];
  return [heading(3, say`Stocks, ${named(title)}`), tableOf('lrrrrrr', head, rows)];
}

function lawBlocks(words: Words, study: StudyResults): Block[] {
  const { say } = words;
  const counts = lawCounts(study);
  if (counts.length === 0) return [];
  const rows = counts.map((each) => [
    words.known(named(each.law)),
    plain(words, each.checked, 0),
    plain(words, each.held, 0),
  ]);
  return [tableOf('lrr', [say`Law`, say`Checked`, say`Held`], rows)];
}

function staffingBlocks(words: Words, input: ReportInput, ids: IdSource): Block[] {
  const { say } = words;
  const seen = new Set<string>();
  const blocks = input.plans.flatMap((plan) => {
    if (plan.roles.length === 0) return crisisDayBlocks(words, plan, input.model);
    const rows = plan.roles.map((role) => [
      named(role.title),
      plain(words, role.workHoursPerWeek),
      plain(words, role.coverHoursPerWeek),
      role.headcount === null ? '–' : plain(words, role.headcount.existing),
      role.headcount === null ? '–' : plain(words, role.headcount.needed),
      role.wisn === null ? '–' : plain(words, role.wisn.required, 2),
      role.headcount === null ? '–' : percent(words, role.headcount.absence),
    ]);
    const head = [
      say`Role`,
      say`Work, h a week`,
      say`Cover, h a week`,
      say`In post`,
      say`Needed`,
      say`Needed (WISN)`,
      say`Absence`,
    ];
    return [
      heading(3, named(plan.title)),
      tableOf('lrrrrrr', head, rows),
      ...coverBlocks(words, plan, ids, seen),
      ...crisisDayBlocks(words, plan, input.model),
    ];
  });
  return blocks.length === 0 ? [] : [heading(2, say`Staffing`), ...summariseStaffing(words, input.plans), ...blocks];
}

function sourceBlocks(words: Words, input: ReportInput): Block[] {
  const { say } = words;
  const uses = numberUses(input.model);
  const sentence = paragraph(
    countSentence(
      words,
      uses,
      uses.filter((use) => use.sources.length === 0),
    ),
  );
  const rows = input.model.sources.map((source) => [
    named(titleOf(source)),
    source.date ?? '–',
    gradeWords(words, source.grade),
    usedBy(words, source, uses),
  ]);
  const table = rows.length === 0 ? [] : [tableOf('llll', [say`Source`, say`Date`, say`Grade`, say`Used by`], rows)];
  return [heading(2, say`Sources`), sentence, ...table];
}

function findingBlocks(words: Words, input: ReportInput): Block[] {
  const { say } = words;
  const rows = worstFirst(input.diagnostics).map((each) => [
    each.code,
    severityWord(words, each.severity),
    named(each.message),
    formatOrigin(each.range),
  ]);
  const table = rows.length === 0 ? [] : [tableOf('llll', [say`Code`, say`Severity`, say`Finding`, say`Place`], rows)];
  return [heading(2, say`Findings of the checks`), paragraph(findingsSentence(words, input.diagnostics)), ...table];
}
