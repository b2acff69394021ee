import type { ComparedResult, Estimate, StudyResults } from '@pathway/simulation';
import { titleOf } from '@pathway/model';
import { kindUnit } from './units.js';
import { reportDocument } from '../document/report-document.js';
import type { ReportInput } from '../input.js';
import { differencesOf, indicatorTitle, kindOf, kindOfExpectation, scenarioTitle } from '../study-view.js';
import { named } from '../text.js';
import { methodSheets } from './method-sheets.js';
import { staffingSheets } from './staffing-sheets.js';
import { type Cell, type Sheet, sheetNames, tableSheet, type Workbook } from './workbook.js';
import { type Words, wordsOf } from '../words/words.js';

/**
 * Results and staffing as a workbook: a summary in words, then one table a sheet with numbers that can be computed with.
 * @returns the bytes of an XLSX file; the same input gives the same bytes
 */
export async function reportWorkbook(input: ReportInput): Promise<Uint8Array> {
  const { writeWorkbook } = await import('./write-workbook.js');
  return writeWorkbook(workbookOf(input));
}

/** The workbook as plain values. */
export function workbookOf(input: ReportInput): Workbook {
  const words = wordsOf(input.language);
  const sheets = [
    summarySheet(words, input),
    ...input.results.flatMap((study) => studySheets(words, study, input)),
    ...staffingSheets(words, input),
    sourcesSheet(words, input),
  ];
  const names = sheetNames(sheets.map(({ name }) => name));
  return { sheets: sheets.map((sheet, i) => ({ ...sheet, name: names[i] ?? sheet.name })) };
}

function summarySheet(words: Words, input: ReportInput): Sheet {
  const { say } = words;
  const rows = reportDocument(words, input).flatMap((block): Cell[][] => {
    switch (block.kind) {
      case 'heading':
        return [[], [{ value: block.text, bold: true }]];
      case 'text':
        return [[{ value: block.text, wrap: true }]];
      case 'warning':
        return [[{ value: `${say`Warning.`} ${block.text}`, wrap: true }]];
      case 'note':
        return [[{ value: `${say`Note.`} ${block.text}`, wrap: true }]];
      case 'list':
        return [
          ...(block.lead === '' ? [] : [[{ value: block.lead, wrap: true }]]),
          ...block.items.map((item) => [{ value: `– ${item}`, wrap: true }]),
        ];
      case 'provenance':
        return [[], [{ value: say`Language version ${block.languageVersion}, source hash ${block.sourceHash}` }]];
      case 'table':
      case 'code':
      case 'chart':
      case 'drawing':
        return [];
    }
  });
  return { name: say`Summary`, widths: [110], frozenRows: 0, frozenColumns: 0, rows };
}

function studySheets(words: Words, study: StudyResults, input: ReportInput): Sheet[] {
  return [
    indicatorSheet(words, study),
    differenceSheet(words, study, input),
    expectationSheet(words, study, input),
    resourceSheet(words, study),
    ...methodSheets(words, study),
  ].filter((sheet) => sheet.rows.length > 1);
}

function estimateHead({ say }: Words): readonly string[] {
  return [say`Mean`, say`Low`, say`High`, say`Replications`];
}

/** An estimate in the written unit, with its 95 % interval. */
function estimateCells(estimate: Estimate, factor: number, format: string): Cell[] {
  const scaled = (value: number): Cell => ({ value: value / factor, format });
  const hasInterval = estimate.replications > 1;
  return [
    scaled(estimate.mean),
    hasInterval ? scaled(estimate.low) : {},
    hasInterval && estimate.open !== true ? scaled(estimate.high) : {},
    { value: estimate.replications },
  ];
}

function indicatorSheet(words: Words, study: StudyResults): Sheet {
  const { say } = words;
  const percentiles = [10, 50, 90, 95];
  const head = [
    say`Scenario`,
    say`Indicator`,
    say`At`,
    say`Unit`,
    ...estimateHead(words),
    ...percentiles.map((each) => say`${each}th percentile`),
    say`Exact`,
    say`Exact by`,
  ];
  const rows = study.scenarios.flatMap((scenario) =>
    scenario.indicators.map((result): Cell[] => {
      const { unit, factor, format } = kindUnit(words, kindOf(result), result.estimate.mean);
      return [
        { value: named(scenario.title) },
        { value: indicatorTitle(result) },
        result.argument === undefined ? {} : { value: result.argument },
        { value: unit },
        ...estimateCells(result.estimate, factor, format),
        ...percentiles.map((wanted): Cell => {
          const found = result.distribution?.percentiles.find(({ percentile }) => percentile === wanted);
          return found === undefined ? {} : { value: found.estimate.mean / factor, format };
        }),
        result.closedForm === undefined ? {} : { value: result.closedForm.value / factor, format },
        { value: result.closedForm === undefined ? undefined : words.known(named(result.closedForm.method)) },
      ];
    }),
  );
  return tableSheet(say`Indicators ${named(study.title)}`, head, rows, [24, 40, 8, 12]);
}

function differenceSheet(words: Words, study: StudyResults, input: ReportInput): Sheet {
  const { say } = words;
  const rows = study.comparisons.flatMap((comparison) =>
    differencesOf(words, study, comparison, input.model).map((each): Cell[] => {
      const { unit, factor, format } = kindUnit(words, each.kind, each.difference.mean);
      const measured = each.kind.unit === 'share' ? say`percentage points` : unit;
      const [scale, shown] = each.kind.unit === 'share' ? [0.01, '0.00'] : [factor, format];
      return [
        { value: scenarioTitle(study, comparison.scenario) },
        { value: scenarioTitle(study, comparison.base) },
        { value: each.title },
        { value: measured },
        ...estimateCells(each.difference, scale, shown),
      ];
    }),
  );
  return tableSheet(
    say`Differences ${named(study.title)}`,
    [say`Scenario`, say`Against`, say`Indicator`, say`Unit`, ...estimateHead(words)],
    rows,
    [24, 24, 40, 16],
  );
}

/** What a figure was compared with: the difference from so much of it is what the columns before are about. */
function comparedCells(against: ComparedResult | undefined, factor: number, format: string): Cell[] {
  if (against === undefined) return [];
  return [
    { value: named(against.title) },
    { value: against.factor, format: '0.0%' },
    { value: against.compared.mean / factor, format },
  ];
}

function expectationSheet(words: Words, study: StudyResults, input: ReportInput): Sheet {
  const { say } = words;
  const plainColumns = 6 + estimateHead(words).length;
  const rows = study.scenarios.flatMap((scenario) =>
    scenario.expectations.map((result): Cell[] => {
      const { unit, factor, format } = kindUnit(words, kindOfExpectation(input.model, result), result.limit);
      return [
        { value: named(scenario.title) },
        { value: named(result.text), wrap: true },
        { value: words.known(result.verdict) },
        { value: unit },
        { value: result.operator },
        { value: result.limit / factor, format },
        ...estimateCells(result.estimate, factor, format),
        ...comparedCells(result.against, factor, format),
      ];
    }),
  );
  return tableSheet(
    say`Expectations ${named(study.title)}`,
    [
      ...[say`Scenario`, say`Expectation`, say`Verdict`, say`Unit`, say`Must be`, say`Limit`, ...estimateHead(words)],
      ...(rows.some((row) => row.length > plainColumns) ? [say`Compared with`, say`Share of it`, say`Its mean`] : []),
    ],
    rows,
    [24, 40, 14, 12, 8],
  );
}

function resourceSheet(words: Words, study: StudyResults): Sheet {
  const { say } = words;
  const rows = study.scenarios.flatMap((scenario) =>
    scenario.resources.map((resource): Cell[] => [
      { value: named(scenario.title) },
      { value: named(resource.title) },
      resource.capacity === null ? { value: say`unlimited` } : { value: resource.capacity, format: '0.00' },
      { value: resource.census.mean, format: '0.00' },
      { value: resource.utilisation?.mean, format: '0.0%' },
      { value: resource.queue.mean, format: '0.00' },
      { value: resource.wait.mean / 60, format: '0.0' },
      { value: resource.waitedShare.mean, format: '0.0%' },
      { value: resource.overtime === undefined ? undefined : resource.overtime.mean / 3600, format: '0.0' },
    ]),
  );
  const head = [
    say`Scenario`,
    say`Resource or staff`,
    say`Capacity`,
    say`Mean in use`,
    say`Utilisation`,
    say`Mean waiting`,
    say`Mean wait, min`,
    say`Share that waited`,
    say`Overtime, h`,
  ];
  return tableSheet(say`Resources ${named(study.title)}`, head, rows, [24, 36]);
}

function sourcesSheet(words: Words, input: ReportInput): Sheet {
  const { say } = words;
  const rows = input.model.sources.map((source): Cell[] => [
    { value: named(titleOf(source)), wrap: true },
    { value: source.date },
    { value: source.grade },
    { value: source.url === undefined ? undefined : named(source.url) },
    { value: source.note === undefined ? undefined : named(source.note), wrap: true },
  ]);
  return tableSheet(
    say`Sources`,
    [say`Source`, say`Date`, say`Grade`, say`Address`, say`Note`],
    rows,
    [60, 12, 8, 40, 50],
  );
}
