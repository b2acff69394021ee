import { titleOf, walkActivities, type Model } from '@pathway/model';
import type {
  Comparison,
  IndicatorResult,
  PathwayFlowResult,
  ScenarioResults,
  StudyResults,
} from '@pathway/simulation';
import { argumentChart } from '../chart/argument-chart.js';
import { chartFigure, chartKey, type KeyEntry, seriesLetter } from '../chart/frame.js';
import { histogramChart } from '../chart/histogram.js';
import {
  COUNT_FIGURE,
  differed,
  DURATION_FIGURE,
  estimated,
  estimatedMean,
  exactBeside,
  excludesZero,
  figure,
  hasInterval,
  interval,
  liesInside,
  percent,
  SHARE_FIGURE,
} from '../figures.js';
import { heading, type HeadingLevel, type Html, html, type HtmlPart, lines } from '../html/html.js';
import { type Column, folded, table } from '../html/table.js';
import {
  argumentText,
  differencesOf,
  type FigureTable,
  figureTables,
  indicatorTitle,
  isUnchanged,
  kindOf,
  scenarioTitle,
  singleFigures,
} from '../study-view.js';
import { named } from '../text.js';
import { forEachStudy, type PageContext } from './context.js';

/** All measured figures: single ones by scenario, tables with charts, distributions, differences, patient flow. */
export function indicatorsSection(context: PageContext): Html | undefined {
  if (context.input.results.length === 0) return undefined;
  return forEachStudy(context, (study, level) =>
    lines([
      ...study.scenarios.map((scenario) => singleFigureTable(context, scenario)),
      ...figureTables(study, context.input.model).map((figures) => argumentTable(context, figures)),
      distributions(context, study, level),
      comparisons(context, study, level),
      patientFlow(context, study, level),
    ]),
  );
}

function singleFigureTable(context: PageContext, scenario: ScenarioResults): Html | undefined {
  const results = singleFigures(scenario);
  if (results.length === 0) return undefined;
  const percentiles = [
    ...new Set(results.flatMap((each) => each.distribution?.percentiles.map((entry) => entry.percentile) ?? [])),
  ].sort((a, b) => a - b);
  const hasExact = results.some((each) => each.closedForm !== undefined);
  const columns: Column[] = [
    { label: 'Indicator' },
    { label: 'Mean', numeric: true },
    { label: '95 % interval', numeric: true },
    ...percentiles.map((percentile) => ({ label: `p${percentile}`, numeric: true })),
    { label: 'Replications', numeric: true },
    ...(hasExact ? [{ label: 'Exact value', numeric: true }, { label: 'Exact value in the interval?' }] : []),
  ];
  const rows = results.map((each) => [
    indicatorTitle(each),
    estimatedMean(each.estimate, kindOf(each)),
    interval(each.estimate, kindOf(each)),
    ...percentiles.map((percentile) => percentileCell(each, percentile)),
    each.estimate.replications,
    ...(hasExact ? exactCells(each) : []),
  ]);
  return table(context.ids, {
    caption: `Indicators, ${named(scenario.title)}`,
    columns,
    rows,
    note:
      percentiles.length > 0
        ? 'p90 is the value that 90 % of patients do not exceed. A dash: not measured for each patient.'
        : undefined,
  });
}

function percentileCell(result: IndicatorResult, percentile: number): string {
  const entry = result.distribution?.percentiles.find((each) => each.percentile === percentile);
  return entry === undefined ? '–' : estimatedMean(entry.estimate, kindOf(result));
}

function exactCells(result: IndicatorResult): readonly HtmlPart[] {
  if (result.closedForm === undefined) return ['–', '–'];
  return [
    `${exactBeside(result.closedForm.value, result.estimate, kindOf(result))} (${named(result.closedForm.method)})`,
    insideText(result),
  ];
}

function insideText(result: IndicatorResult): string {
  if (result.closedForm === undefined) return '–';
  const inside = liesInside(result.closedForm.value, result.estimate);
  if (inside === undefined) return 'no interval';
  return inside ? 'yes' : 'no';
}

function argumentTable(context: PageContext, figures: FigureTable): Html {
  const methods = [
    ...new Set(figures.scenarios.flatMap((each) => each.rows.map((row) => row.closedForm?.method))),
  ].filter((method) => method !== undefined);
  const columns: Column[] = [
    { label: named(figures.variable) },
    ...figures.scenarios.flatMap((scenario) => [
      { label: `${scenario.title}, simulated (95 % interval)`, numeric: true },
      ...(hasExactRow(scenario.rows) ? [{ label: `${scenario.title}, exact`, numeric: true }] : []),
    ]),
  ];
  const rows = figures.arguments.map((argument) => [
    argumentText(argument),
    ...figures.scenarios.flatMap((scenario) => {
      const row = scenario.rows.find((each) => each.argument === argument);
      return [
        row === undefined ? '–' : estimated(row.estimate, kindOf(row)),
        ...(hasExactRow(scenario.rows) ? [row === undefined ? '–' : exactInTable(row)] : []),
      ];
    }),
  ]);
  const data = table(context.ids, {
    caption: `${figures.title} against ${named(figures.variable)}`,
    columns,
    rows,
    note:
      methods.length > 0
        ? `Exact values: ${methods.map(named).join('; ')}. ✗: the exact value lies outside the simulated interval.`
        : undefined,
  });
  const drawing = argumentChart(context.ids, {
    title: `${figures.title} against ${named(figures.variable)}`,
    kind: figures.kind,
    argumentLabel: named(figures.variable),
    valueLabel: figures.title,
    series: figures.scenarios.map((scenario) => ({
      title: scenario.title,
      points: scenario.rows.map((row) => ({
        argument: row.argument ?? 0,
        estimate: row.estimate,
        exact: row.closedForm?.value,
      })),
    })),
  });
  return html`<div class="beside">
    ${chartFigure(`${figures.title} against ${named(figures.variable)}, with 95 % intervals`, drawing, argumentKey(figures), undefined)}
    <div>${data}</div>
  </div>`;
}

function exactInTable(row: IndicatorResult): string {
  if (row.closedForm === undefined) return '–';
  const isOutside = liesInside(row.closedForm.value, row.estimate) === false;
  return `${exactBeside(row.closedForm.value, row.estimate, kindOf(row))}${isOutside ? ' ✗' : ''}`;
}

function argumentKey(figures: FigureTable): Html {
  const entries = figures.scenarios.flatMap((scenario, series): KeyEntry[] => {
    const letter = figures.scenarios.length === 1 ? '' : `${seriesLetter(series)} `;
    const line: KeyEntry = { mark: 'line', series, text: `${letter}${scenario.title}` };
    return hasExactRow(scenario.rows) ? [line, { mark: 'diamond', series, text: `${letter}exact` }] : [line];
  });
  return chartKey(entries);
}

function hasExactRow(rows: readonly IndicatorResult[]): boolean {
  return rows.some((row) => row.closedForm !== undefined);
}

function distributions(context: PageContext, study: StudyResults, level: HeadingLevel): Html | undefined {
  const charts = study.scenarios.flatMap((scenario, series) =>
    singleFigures(scenario)
      .filter((each) => each.group === undefined)
      .map((each) => histogramFigure(context, scenario, each, series))
      .filter((each) => each !== undefined),
  );
  if (charts.length === 0) return undefined;
  return html`${heading(level, 'Distributions')}
    <div class="charts">${lines(charts)}</div>`;
}

function histogramFigure(
  context: PageContext,
  scenario: ScenarioResults,
  result: IndicatorResult,
  series: number,
): Html | undefined {
  const histogram = result.distribution?.histogram;
  if (histogram === undefined || histogram.shares.length === 0) return undefined;
  const caption = `${indicatorTitle(result)}, ${named(scenario.title)}`;
  const rows = histogram.shares.map((share, bin) => [
    `${figure(histogram.from + bin * histogram.width, kindOf(result))} to ${figure(histogram.from + (bin + 1) * histogram.width, kindOf(result))}`,
    percent(share),
  ]);
  const data = table(context.ids, {
    caption: `${caption}: shares of observations`,
    columns: [{ label: 'From … to below' }, { label: 'Share', numeric: true }],
    rows,
  });
  const drawing = histogramChart(context.ids, {
    title: `Distribution of ${caption}`,
    kind: kindOf(result),
    valueLabel: indicatorTitle(result),
    histogram,
    series,
  });
  return chartFigure(caption, drawing, undefined, folded('Numbers', data));
}

function comparisons(context: PageContext, study: StudyResults, level: HeadingLevel): Html | undefined {
  const tables = study.comparisons
    .filter((comparison) => comparison.indicators.length > 0)
    .map((comparison) => comparisonTable(context, study, comparison));
  if (tables.length === 0) return undefined;
  return html`${heading(level, 'Differences between scenarios')}
    <p>
      Each difference is taken patient by patient with the same luck in both scenarios, replication by replication;
      brackets hold its 95 % interval.
    </p>
    ${lines(tables)}`;
}

function comparisonTable(context: PageContext, study: StudyResults, comparison: Comparison): Html {
  const pair = `${scenarioTitle(study, comparison.scenario)} minus ${scenarioTitle(study, comparison.base)}`;
  return table(context.ids, {
    caption: pair,
    columns: [{ label: 'Indicator' }, { label: 'Difference', numeric: true }, { label: 'What it shows' }],
    rows: differencesOf(study, comparison, context.input.model).map((each) => [
      each.title,
      differed(each.difference, each.kind),
      whatItShows(each.difference),
    ]),
  });
}

function whatItShows(difference: Parameters<typeof excludesZero>[0]): Html {
  if (isUnchanged(difference)) return html`<span class="verdict">= the same</span>`;
  if (!hasInterval(difference)) return html`<span class="verdict unsure">? too few replications</span>`;
  if (!excludesZero(difference)) return html`<span class="verdict unsure">? no difference shown</span>`;
  return difference.mean > 0
    ? html`<span class="verdict sure">▲ higher</span>`
    : html`<span class="verdict sure">▼ lower</span>`;
}

function patientFlow(context: PageContext, study: StudyResults, level: HeadingLevel): Html | undefined {
  const tables = study.scenarios
    .filter((scenario) => scenario.pathways.length > 0)
    .map((scenario) =>
      table(context.ids, {
        caption: `Patients, ${named(scenario.title)}`,
        columns: [
          { label: 'Pathway' },
          { label: 'Cohort' },
          ...['Arrived', 'Finished', 'Still inside at the end', 'Time in pathway'].map((label) => ({
            label,
            numeric: true,
          })),
          { label: 'Outcomes' },
        ],
        rows: scenario.pathways.map((flow) => flowRow(context, flow)),
        note: 'Counts are means over replications in the window after warm-up.',
      }),
    );
  if (tables.length === 0) return undefined;
  return html`${heading(level, 'Patients through the pathways')} ${lines(tables)}`;
}

function flowRow(context: PageContext, flow: PathwayFlowResult): readonly HtmlPart[] {
  const cohort = context.input.model.cohorts.find((each) => each.id === flow.cohort);
  const outcomes = flow.outcomes.map(
    (each) => `${outcomeTitle(context.input.model, each.outcome)} ${estimatedMean(each.share, SHARE_FIGURE)}`,
  );
  return [
    named(flow.title),
    named(cohort === undefined ? flow.cohort : titleOf(cohort)),
    estimated(flow.arrivals, COUNT_FIGURE),
    estimated(flow.finished, COUNT_FIGURE),
    estimated(flow.inProgressAtEnd, COUNT_FIGURE),
    estimated(flow.timeInPathway, DURATION_FIGURE),
    outcomes.length === 0 ? '–' : outcomes.join(', '),
  ];
}

/** The title of an outcome, its name where it has none; an empty outcome is the end of the text. */
function outcomeTitle(model: Model, outcome: string): string {
  if (outcome === '') return 'end of the pathway';
  for (const { body } of model.pathways) {
    for (const { activity } of walkActivities(body)) {
      if (activity.kind === 'finish' && activity.outcome === outcome && activity.title !== undefined)
        return named(activity.title);
    }
  }
  return named(outcome);
}
