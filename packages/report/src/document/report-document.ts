import type { ScenarioResults, StudyResults } from '@pathway/simulation';
import { formatOrigin, titleOf } from '@pathway/model';
import { DURATION_FIGURE, estimated, exactBeside, NUMBER_FIGURE, percent, plain, SHARE_FIGURE } from '../figures.js';
import type { ReportInput } from '../input.js';
import { numberUses } from '../provenance.js';
import { marginText } from '../sections/expectations-section.js';
import { findingsSentence, severityWord, worstFirst } from '../sections/findings-section.js';
import { lawCounts, settingsOf } from '../sections/settings-section.js';
import { countSentence, gradeWords, usedBy } from '../sections/sources-section.js';
import {
  argumentText,
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
import { type Block, heading, list, paragraph, type TableBlock } from './blocks.js';

/**
 * The report's summary and main tables as a sequence of blocks of plain text, for every form that is no web page:
 * Markdown and print. Drawings stand where a form can show them.
 */
export function reportDocument(input: ReportInput): readonly Block[] {
  return [
    heading(1, named(input.model.title)),
    ...input.results.flatMap((study) => studyBlocks(study, input)),
    ...pathwayBlocks(input),
    ...staffingBlocks(input),
    ...sourceBlocks(input),
    ...findingBlocks(input),
    { kind: 'provenance', languageVersion: input.model.languageVersion, sourceHash: input.model.sourceHash },
  ];
}

/** The drawings, each with the title of its pathway; a form without drawings leaves the heading out too. */
function pathwayBlocks(input: ReportInput): Block[] {
  return input.model.pathways.flatMap((pathway): Block[] => {
    const svg = input.diagrams[pathway.id];
    return svg === undefined ? [] : [{ kind: 'drawing', title: titleOf(pathway), svg }];
  });
}

function studyBlocks(study: StudyResults, input: ReportInput): Block[] {
  return [
    heading(2, named(study.title)),
    ...summariseStudy(study, input),
    ...study.scenarios.flatMap(indicatorBlocks),
    ...figureTables(study, input.model).flatMap(argumentBlocks),
    ...expectationBlocks(study, input),
    ...methodBlocks(study),
    ...study.scenarios.flatMap(resourceBlocks),
    ...study.scenarios.flatMap(stockBlocks),
    heading(3, 'Settings'),
    list(settingsOf(study).map(([term, value]) => `${term}: ${value}`)),
    ...lawBlocks(study),
  ];
}

function indicatorBlocks(scenario: ScenarioResults): Block[] {
  const results = singleFigures(scenario);
  if (results.length === 0) return [];
  const rows = results.map((each) => [
    indicatorTitle(each),
    estimated(each.estimate, kindOf(each)),
    each.closedForm === undefined
      ? '–'
      : `${exactBeside(each.closedForm.value, each.estimate, kindOf(each))} (${named(each.closedForm.method)})`,
    plain(each.estimate.replications, 0),
  ]);
  const head = ['Indicator', 'Mean (95 % interval)', 'Exact value', 'Replications'];
  return [heading(3, `Indicators, ${named(scenario.title)}`), tableBlock('lrrr', head, rows)];
}

function argumentBlocks(figures: FigureTable): Block[] {
  const head = [named(figures.variable), ...figures.scenarios.flatMap(({ title }) => [title, `${title}, exact`])];
  const rows = figures.arguments.map((argument) => [
    argumentText(argument),
    ...figures.scenarios.flatMap((scenario) => {
      const row = scenario.rows.find((each) => each.argument === argument);
      if (row === undefined) return ['–', '–'];
      const exact = row.closedForm === undefined ? '–' : exactBeside(row.closedForm.value, row.estimate, kindOf(row));
      return [estimated(row.estimate, kindOf(row)), exact];
    }),
  ]);
  const align = `r${'r'.repeat(head.length - 1)}`;
  return [heading(3, `${figures.title} against ${named(figures.variable)}`), tableBlock(align, head, rows)];
}

function expectationBlocks(study: StudyResults, input: ReportInput): Block[] {
  const rows = study.scenarios.flatMap((scenario) =>
    scenario.expectations.map((result) => {
      const kind = kindOfExpectation(input.model, result);
      const measured = estimated(result.estimate, kind);
      return [named(result.text), named(scenario.title), result.verdict, measured, marginText(result, kind)];
    }),
  );
  if (rows.length === 0) return [];
  const head = ['Expectation', 'Scenario', 'Verdict', 'Simulated (95 % interval)', 'Margin'];
  return [heading(3, 'Expectations'), tableBlock('lllrl', head, rows)];
}

function resourceBlocks(scenario: ScenarioResults): Block[] {
  if (scenario.resources.length === 0) return [];
  const rows = scenario.resources.map((resource) => [
    named(resource.title),
    resource.capacity === null ? 'unlimited' : plain(resource.capacity, 2),
    estimated(resource.census, NUMBER_FIGURE),
    resource.utilisation === null ? '–' : estimated(resource.utilisation, SHARE_FIGURE),
    estimated(resource.queue, NUMBER_FIGURE),
    estimated(resource.wait, DURATION_FIGURE),
  ]);
  const head = ['Resource or staff', 'Capacity', 'Mean in use', 'Utilisation', 'Mean queue', 'Mean wait'];
  return [heading(3, `Resources and staff, ${named(scenario.title)}`), tableBlock('lrrrrr', head, rows)];
}

function stockBlocks({ title, stocks = [] }: ScenarioResults): Block[] {
  if (stocks.length === 0) return [];
  const rows = stocks.map((stock) => [
    named(stock.unit === undefined ? stock.title : `${stock.title} (${stock.unit})`),
    ...[stock.level, stock.lowest, stock.consumed, stock.delivered].map((each) => estimated(each, NUMBER_FIGURE)),
    estimated(stock.short, SHARE_FIGURE),
    estimated(stock.wait, DURATION_FIGURE),
  ]);
  const head = ['Stock', 'Mean level', 'Lowest', 'Used up', 'Delivered', 'Short', 'Mean wait'];
  return [heading(3, `Stocks, ${named(title)}`), tableBlock('lrrrrrr', head, rows)];
}

function lawBlocks(study: StudyResults): Block[] {
  const counts = lawCounts(study);
  if (counts.length === 0) return [];
  const rows = counts.map((each) => [named(each.law), plain(each.checked, 0), plain(each.held, 0)]);
  return [tableBlock('lrr', ['Law', 'Checked', 'Held'], rows)];
}

function staffingBlocks(input: ReportInput): Block[] {
  const blocks = input.plans.flatMap((plan) => {
    if (plan.roles.length === 0) return [];
    const rows = plan.roles.map((role) => [
      named(role.title),
      plain(role.workHoursPerWeek),
      plain(role.coverHoursPerWeek),
      role.headcount === null ? '–' : plain(role.headcount.existing),
      role.headcount === null ? '–' : plain(role.headcount.needed),
      role.wisn === null ? '–' : plain(role.wisn.required, 2),
      role.headcount === null ? '–' : percent(role.headcount.absence),
    ]);
    const head = ['Role', 'Work, h a week', 'Cover, h a week', 'In post', 'Needed', 'Needed (WISN)', 'Absence'];
    return [heading(3, named(plan.title)), tableBlock('lrrrrrr', head, rows)];
  });
  return blocks.length === 0 ? [] : [heading(2, 'Staffing'), ...summariseStaffing(input.plans), ...blocks];
}

function sourceBlocks(input: ReportInput): Block[] {
  const uses = numberUses(input.model);
  const sentence = paragraph(
    countSentence(
      uses,
      uses.filter((use) => use.sources.length === 0),
    ),
  );
  const rows = input.model.sources.map((source) => [
    named(titleOf(source)),
    source.date ?? '–',
    gradeWords(source.grade),
    usedBy(source, uses),
  ]);
  const table = rows.length === 0 ? [] : [tableBlock('llll', ['Source', 'Date', 'Grade', 'Used by'], rows)];
  return [heading(2, 'Sources'), sentence, ...table];
}

function findingBlocks(input: ReportInput): Block[] {
  const rows = worstFirst(input.diagnostics).map((each) => [
    each.code,
    severityWord(each.severity),
    named(each.message),
    formatOrigin(each.range),
  ]);
  const table = rows.length === 0 ? [] : [tableBlock('llll', ['Code', 'Severity', 'Finding', 'Place'], rows)];
  return [heading(2, 'Findings of the checks'), paragraph(findingsSentence(input.diagnostics)), ...table];
}

/** A table; the first column is to the left and the others as `align` says, `r` for right. */
function tableBlock(align: string, head: readonly string[], rows: readonly (readonly string[])[]): TableBlock {
  return { kind: 'table', align: Array.from(align, (side) => (side === 'r' ? 'right' : 'left')), head, rows };
}
