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
import type { Words } from '../words/words.js';

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
  const { words } = context;
  const { say } = words;
  const results = singleFigures(scenario);
  if (results.length === 0) return undefined;
  const percentiles = [
    ...new Set(results.flatMap((each) => each.distribution?.percentiles.map((entry) => entry.percentile) ?? [])),
  ].sort((a, b) => a - b);
  const hasExact = results.some((each) => each.closedForm !== undefined);
  const columns: Column[] = [
    { label: say`Indicator` },
    { label: say`Mean`, numeric: true },
    { label: say`95 % interval`, numeric: true },
    ...percentiles.map((percentile) => ({ label: `p${percentile}`, numeric: true })),
    { label: say`Replications`, numeric: true },
    ...(hasExact ? [{ label: say`Exact value`, numeric: true }, { label: say`Exact value in the interval?` }] : []),
  ];
  const rows = results.map((each) => [
    indicatorTitle(each),
    estimatedMean(words, each.estimate, kindOf(each)),
    interval(words, each.estimate, kindOf(each)),
    ...percentiles.map((percentile) => percentileCell(words, each, percentile)),
    each.estimate.replications,
    ...(hasExact ? exactCells(words, each) : []),
  ]);
  return table(context.ids, {
    caption: say`Indicators, ${named(scenario.title)}`,
    columns,
    rows,
    note:
      percentiles.length > 0
        ? say`p90 is the value that 90 % of patients do not exceed. A dash: not measured for each patient.`
        : undefined,
  });
}

function percentileCell(words: Words, result: IndicatorResult, percentile: number): string {
  const entry = result.distribution?.percentiles.find((each) => each.percentile === percentile);
  return entry === undefined ? '–' : estimatedMean(words, entry.estimate, kindOf(result));
}

function exactCells(words: Words, result: IndicatorResult): readonly HtmlPart[] {
  if (result.closedForm === undefined) return ['–', '–'];
  return [
    `${exactBeside(words, result.closedForm.value, result.estimate, kindOf(result))} (${words.known(named(result.closedForm.method))})`,
    insideText(words, result),
  ];
}

function insideText(words: Words, result: IndicatorResult): string {
  const { say } = words;
  if (result.closedForm === undefined) return '–';
  const inside = liesInside(result.closedForm.value, result.estimate);
  if (inside === undefined) return say`no interval`;
  return inside ? say`yes` : say`no`;
}

function argumentTable(context: PageContext, figures: FigureTable): Html {
  const { words } = context;
  const { say } = words;
  const methods = [
    ...new Set(figures.scenarios.flatMap((each) => each.rows.map((row) => row.closedForm?.method))),
  ].filter((method) => method !== undefined);
  const columns: Column[] = [
    { label: named(figures.variable) },
    ...figures.scenarios.flatMap((scenario) => [
      { label: say`${scenario.title}, simulated (95 % interval)`, numeric: true },
      ...(hasExactRow(scenario.rows) ? [{ label: say`${scenario.title}, exact`, numeric: true }] : []),
    ]),
  ];
  const rows = figures.arguments.map((argument) => [
    argumentText(words, argument),
    ...figures.scenarios.flatMap((scenario) => {
      const row = scenario.rows.find((each) => each.argument === argument);
      return [
        row === undefined ? '–' : estimated(words, row.estimate, kindOf(row)),
        ...(hasExactRow(scenario.rows) ? [row === undefined ? '–' : exactInTable(words, row)] : []),
      ];
    }),
  ]);
  const data = table(context.ids, {
    caption: say`${figures.title} against ${named(figures.variable)}`,
    columns,
    rows,
    note:
      methods.length > 0
        ? say`Exact values: ${methods.map((method) => words.known(named(method))).join('; ')}. ✗: the exact value lies outside the simulated interval.`
        : undefined,
  });
  const drawing = argumentChart(words, context.ids, {
    title: say`${figures.title} against ${named(figures.variable)}`,
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
    ${chartFigure(say`${figures.title} against ${named(figures.variable)}, with 95 % intervals`, drawing, argumentKey(words, figures), undefined)}
    <div>${data}</div>
  </div>`;
}

function exactInTable(words: Words, row: IndicatorResult): string {
  if (row.closedForm === undefined) return '–';
  const isOutside = liesInside(row.closedForm.value, row.estimate) === false;
  return `${exactBeside(words, row.closedForm.value, row.estimate, kindOf(row))}${isOutside ? ' ✗' : ''}`;
}

function argumentKey(words: Words, figures: FigureTable): Html {
  const { say } = words;
  const entries = figures.scenarios.flatMap((scenario, series): KeyEntry[] => {
    const letter = figures.scenarios.length === 1 ? '' : `${seriesLetter(series)} `;
    const line: KeyEntry = { mark: 'line', series, text: `${letter}${scenario.title}` };
    return hasExactRow(scenario.rows) ? [line, { mark: 'diamond', series, text: `${letter}${say`exact`}` }] : [line];
  });
  return chartKey(entries);
}

function hasExactRow(rows: readonly IndicatorResult[]): boolean {
  return rows.some((row) => row.closedForm !== undefined);
}

function distributions(context: PageContext, study: StudyResults, level: HeadingLevel): Html | undefined {
  const { words } = context;
  const { say } = words;
  const charts = study.scenarios.flatMap((scenario, series) =>
    singleFigures(scenario)
      .filter((each) => each.group === undefined)
      .map((each) => histogramFigure(context, scenario, each, series))
      .filter((each) => each !== undefined),
  );
  if (charts.length === 0) return undefined;
  return html`${heading(level, say`Distributions`)}
    <div class="charts">${lines(charts)}</div>`;
}

function histogramFigure(
  context: PageContext,
  scenario: ScenarioResults,
  result: IndicatorResult,
  series: number,
): Html | undefined {
  const { words } = context;
  const { say } = words;
  const histogram = result.distribution?.histogram;
  if (histogram === undefined || histogram.shares.length === 0) return undefined;
  const caption = `${indicatorTitle(result)}, ${named(scenario.title)}`;
  const rows = histogram.shares.map((share, bin) => [
    words.say`${figure(words, histogram.from + bin * histogram.width, kindOf(result))} to ${figure(words, histogram.from + (bin + 1) * histogram.width, kindOf(result))}`,
    percent(words, share),
  ]);
  const data = table(context.ids, {
    caption: say`${caption}: shares of observations`,
    columns: [{ label: say`From … to below` }, { label: say`Share`, numeric: true }],
    rows,
  });
  const drawing = histogramChart(words, context.ids, {
    title: say`Distribution of ${caption}`,
    kind: kindOf(result),
    valueLabel: indicatorTitle(result),
    histogram,
    series,
  });
  return chartFigure(caption, drawing, undefined, folded(say`Numbers`, data));
}

function comparisons(context: PageContext, study: StudyResults, level: HeadingLevel): Html | undefined {
  const { words } = context;
  const { say } = words;
  const tables = study.comparisons
    .filter((comparison) => comparison.indicators.length > 0)
    .map((comparison) => comparisonTable(context, study, comparison));
  if (tables.length === 0) return undefined;
  return html`${heading(level, say`Differences between scenarios`)}
    <p>
      ${say`Each difference is taken patient by patient with the same luck in both scenarios, replication by replication; brackets hold its 95 % interval.`}
    </p>
    ${lines(tables)}`;
}

function comparisonTable(context: PageContext, study: StudyResults, comparison: Comparison): Html {
  const { words } = context;
  const { say } = words;
  const pair = say`${scenarioTitle(study, comparison.scenario)} minus ${scenarioTitle(study, comparison.base)}`;
  return table(context.ids, {
    caption: pair,
    columns: [{ label: say`Indicator` }, { label: say`Difference`, numeric: true }, { label: say`What it shows` }],
    rows: differencesOf(words, study, comparison, context.input.model).map((each) => [
      each.title,
      differed(words, each.difference, each.kind),
      whatItShows(words, each.difference),
    ]),
  });
}

function whatItShows(words: Words, difference: Parameters<typeof excludesZero>[0]): Html {
  const { say } = words;
  if (isUnchanged(difference)) return html`<span class="verdict">= ${say`the same`}</span>`;
  if (!hasInterval(difference)) return html`<span class="verdict unsure">? ${say`too few replications`}</span>`;
  if (!excludesZero(difference)) return html`<span class="verdict unsure">? ${say`no difference shown`}</span>`;
  return difference.mean > 0
    ? html`<span class="verdict sure">▲ ${say`higher`}</span>`
    : html`<span class="verdict sure">▼ ${say`lower`}</span>`;
}

function patientFlow(context: PageContext, study: StudyResults, level: HeadingLevel): Html | undefined {
  const { words } = context;
  const { say } = words;
  const tables = study.scenarios
    .filter((scenario) => scenario.pathways.length > 0)
    .map((scenario) =>
      table(context.ids, {
        caption: say`Patients, ${named(scenario.title)}`,
        columns: [
          { label: say`Pathway` },
          { label: say`Cohort` },
          ...[say`Arrived`, say`Finished`, say`Still inside at the end`, say`Time in pathway`].map((label) => ({
            label,
            numeric: true,
          })),
          { label: say`Outcomes` },
        ],
        rows: scenario.pathways.map((flow) => flowRow(context, flow)),
        note: say`Counts are means over replications in the window after warm-up.`,
      }),
    );
  if (tables.length === 0) return undefined;
  return html`${heading(level, say`Patients through the pathways`)} ${lines(tables)}`;
}

function flowRow(context: PageContext, flow: PathwayFlowResult): readonly HtmlPart[] {
  const { words } = context;
  const cohort = context.input.model.cohorts.find((each) => each.id === flow.cohort);
  const outcomes = flow.outcomes.map(
    (each) =>
      `${outcomeTitle(words, context.input.model, each.outcome)} ${estimatedMean(words, each.share, SHARE_FIGURE)}`,
  );
  return [
    named(flow.title),
    named(cohort === undefined ? flow.cohort : titleOf(cohort)),
    estimated(words, flow.arrivals, COUNT_FIGURE),
    estimated(words, flow.finished, COUNT_FIGURE),
    estimated(words, flow.inProgressAtEnd, COUNT_FIGURE),
    estimated(words, flow.timeInPathway, DURATION_FIGURE),
    outcomes.length === 0 ? '–' : outcomes.join(', '),
  ];
}

/** The title of an outcome, its name where it has none; an empty outcome is the end of the text. */
function outcomeTitle(words: Words, model: Model, outcome: string): string {
  const { say } = words;
  if (outcome === '') return say`end of the pathway`;
  for (const { body } of model.pathways) {
    for (const { activity } of walkActivities(body)) {
      if (activity.kind === 'finish' && activity.outcome === outcome && activity.title !== undefined)
        return named(activity.title);
    }
  }
  return named(outcome);
}
