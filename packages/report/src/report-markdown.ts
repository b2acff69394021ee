import type { ScenarioResults, StudyResults } from '@pathway/simulation';
import { DURATION_FIGURE, estimated, exactBeside, NUMBER_FIGURE, percent, plain, SHARE_FIGURE } from './figures.js';
import type { ReportInput } from './input.js';
import { numberUses } from './provenance.js';
import { marginText } from './sections/expectations-section.js';
import { findingsSentence, severityWord, worstFirst } from './sections/findings-section.js';
import { lawCounts, settingsOf } from './sections/settings-section.js';
import { countSentence, gradeWords, usedBy } from './sections/sources-section.js';
import {
  argumentText,
  type FigureTable,
  figureTables,
  indicatorTitle,
  kindOf,
  kindOfExpectation,
  singleFigures,
} from './study-view.js';
import { summariseStaffing, summariseStudy, type SummaryPart } from './summary.js';
import { escapeMarkdown, named } from './text.js';
import { formatOrigin, titleOf } from '@pathway/model';

/** A block of Markdown; blocks are separated by an empty line. */
type Block = string;

/**
 * The report's summary and main tables as Markdown (CommonMark with tables), for pull requests and terminals. No
 * drawings and no charts. The same input gives the same text.
 */
export function reportMarkdown(input: ReportInput): string {
  const blocks: Block[] = [
    `# ${escapeMarkdown(named(input.model.title))}`,
    ...input.results.flatMap((study) => studyBlocks(study, input)),
    ...staffingBlocks(input),
    ...sourceBlocks(input),
    ...findingBlocks(input),
    `Language version ${escapeMarkdown(input.model.languageVersion)}, source hash \`${input.model.sourceHash.replace(/[^\w:-]/g, '')}\`.`,
  ];
  return `${blocks.join('\n\n')}\n`;
}

function studyBlocks(study: StudyResults, input: ReportInput): Block[] {
  return [
    `## ${escapeMarkdown(named(study.title))}`,
    ...summariseStudy(study, input).map(partAsMarkdown),
    ...study.scenarios.flatMap(indicatorBlocks),
    ...figureTables(study, input.model).flatMap(argumentBlocks),
    ...expectationBlocks(study, input),
    ...study.scenarios.flatMap(resourceBlocks),
    '### Settings',
    bullets(settingsOf(study).map(([term, value]) => `${escapeMarkdown(term)}: ${escapeMarkdown(value)}`)),
    ...lawBlocks(study),
  ];
}

function partAsMarkdown(part: SummaryPart): Block {
  switch (part.kind) {
    case 'warning':
      return `> **Warning.** ${escapeMarkdown(part.text)}`;
    case 'note':
      return `> **Note.** ${escapeMarkdown(part.text)}`;
    case 'text':
      return escapeMarkdown(part.text);
    case 'list':
      return `${escapeMarkdown(part.lead)}\n\n${bullets(part.items.map(escapeMarkdown))}`;
  }
}

function bullets(items: readonly string[]): Block {
  return items.map((item) => `- ${item}`).join('\n');
}

/** A table; the first column is to the left and the others as `align` says, `r` for right. Cells are plain text. */
function markdownTable(align: string, head: readonly string[], rows: readonly (readonly string[])[]): Block {
  const row = (cells: readonly string[]): string => `| ${cells.map(escapeMarkdown).join(' | ')} |`;
  const rule = `| ${[...align].map((side) => (side === 'r' ? '---:' : '---')).join(' | ')} |`;
  return [row(head), rule, ...rows.map(row)].join('\n');
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
  return [`### Indicators, ${escapeMarkdown(named(scenario.title))}`, markdownTable('lrrr', head, rows)];
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
  return [
    `### ${escapeMarkdown(`${figures.title} against ${named(figures.variable)}`)}`,
    markdownTable(align, head, rows),
  ];
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
  return ['### Expectations', markdownTable('lllrl', head, rows)];
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
  return [`### Resources and staff, ${escapeMarkdown(named(scenario.title))}`, markdownTable('lrrrrr', head, rows)];
}

function lawBlocks(study: StudyResults): Block[] {
  const counts = lawCounts(study);
  if (counts.length === 0) return [];
  const rows = counts.map((each) => [named(each.law), plain(each.checked, 0), plain(each.held, 0)]);
  return [markdownTable('lrr', ['Law', 'Checked', 'Held'], rows)];
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
    return [`### ${escapeMarkdown(named(plan.title))}`, markdownTable('lrrrrrr', head, rows)];
  });
  return blocks.length === 0 ? [] : ['## Staffing', ...summariseStaffing(input.plans).map(partAsMarkdown), ...blocks];
}

function sourceBlocks(input: ReportInput): Block[] {
  const uses = numberUses(input.model);
  const sentence = escapeMarkdown(
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
  const table = rows.length === 0 ? [] : [markdownTable('llll', ['Source', 'Date', 'Grade', 'Used by'], rows)];
  return ['## Sources', sentence, ...table];
}

function findingBlocks(input: ReportInput): Block[] {
  const rows = worstFirst(input.diagnostics).map((each) => [
    each.code,
    severityWord(each.severity),
    named(each.message),
    formatOrigin(each.range),
  ]);
  const table = rows.length === 0 ? [] : [markdownTable('llll', ['Code', 'Severity', 'Finding', 'Place'], rows)];
  return ['## Findings of the checks', findingsSentence(input.diagnostics), ...table];
}
