import type { ModelFacts } from '@pathway/analysis';
import { titleOf } from '@pathway/model';
import type { CensusSeries, ResourceResult, ScenarioResults } from '@pathway/simulation';
import { censusDistributionChart, censusOverTimeChart, timeAxis } from '../chart/census-chart.js';
import { chartFigure, chartKey } from '../chart/frame.js';
import { DURATION_FIGURE, estimated, figure, fixed, NUMBER_FIGURE, percent, plain, SHARE_FIGURE } from '../figures.js';
import { weekHeatMap } from '../html/heat-map.js';
import { heading, type HeadingLevel, type Html, html, type HtmlPart, lines } from '../html/html.js';
import { type Column, folded, table } from '../html/table.js';
import { isOverloaded } from '../overload.js';
import { named } from '../text.js';
import { forEachStudy, type PageContext } from './context.js';

/** Charts of the scenarios after these are folded away, so that a study of many scenarios stays a page to read. */
const SCENARIOS_SHOWN = 3;

/** Resources and staff in use, simulated, and what is asked of them, exactly. */
export function resourcesSection(context: PageContext): Html | undefined {
  const loads = context.input.facts.filter((facts) => facts.loads.length + facts.limits.length > 0);
  const measured = context.input.results.some((study) =>
    study.scenarios.some((each) => each.resources.length > 0 || each.stocks !== undefined),
  );
  if (!measured && loads.length === 0) return undefined;
  const simulated = measured
    ? forEachStudy(context, (study, level) =>
        lines(study.scenarios.map((scenario, index) => scenarioResources(context, scenario, index, level))),
      )
    : undefined;
  const exact =
    loads.length === 0
      ? undefined
      : html`${heading(3, 'Offered load')}
          <p>
            Units that would be in use on average if nobody ever waited: arrivals × visits × time kept. These figures
            follow from the model without simulation.
          </p>
          ${lines(loads.map((facts) => loadTable(context, facts)))}`;
  return lines([simulated, exact]);
}

function scenarioResources(
  context: PageContext,
  scenario: ScenarioResults,
  index: number,
  level: HeadingLevel,
): Html | undefined {
  if (scenario.resources.length === 0 && scenario.stocks === undefined) return undefined;
  const charts = lines(scenario.resources.map((resource) => resourceFigures(context, scenario, resource, index)));
  return html`${heading(level, named(scenario.title))}
  ${scenario.resources.length === 0 ? undefined : resourceTable(context, scenario)} ${stockTable(context, scenario)}
  ${index < SCENARIOS_SHOWN ? charts : folded(`Charts, ${named(scenario.title)}`, charts)}`;
}

function resourceTable(context: PageContext, scenario: ScenarioResults): Html {
  const hasOvertime = scenario.resources.some((resource) => resource.overtime !== undefined);
  const numeric = ['Capacity', 'Mean in use', 'Utilisation', 'Mean queue', 'Mean wait', 'Had to wait'];
  const columns: Column[] = [
    { label: 'Resource or staff' },
    ...[...numeric, ...(hasOvertime ? ['Overtime'] : [])].map((label) => ({ label, numeric: true })),
  ];
  return table(context.ids, {
    caption: `Resources and staff, ${named(scenario.title)}`,
    columns,
    rows: scenario.resources.map((resource) => [
      named(resource.title),
      capacityText(resource.capacity),
      estimated(resource.census, NUMBER_FIGURE),
      resource.utilisation === null ? '–' : estimated(resource.utilisation, SHARE_FIGURE),
      estimated(resource.queue, NUMBER_FIGURE),
      estimated(resource.wait, DURATION_FIGURE),
      estimated(resource.waitedShare, SHARE_FIGURE),
      ...(hasOvertime ? [resource.overtime === undefined ? '–' : estimated(resource.overtime, DURATION_FIGURE)] : []),
    ]),
    note: 'Capacity is its mean over the window. Waits are counted where work began in the window; brackets hold 95 % intervals.',
  });
}

function stockTable(context: PageContext, scenario: ScenarioResults): Html | undefined {
  const { stocks = [] } = scenario;
  if (stocks.length === 0) return undefined;
  const numeric = ['Mean level', 'Lowest', 'Used up', 'Delivered', 'No room', 'Short', 'Mean wait', 'Had to wait'];
  return table(context.ids, {
    caption: `Stocks, ${named(scenario.title)}`,
    columns: [{ label: 'Stock' }, ...numeric.map((label) => ({ label, numeric: true }))],
    rows: stocks.map((stock) => [
      named(stock.unit === undefined ? stock.title : `${stock.title} (${stock.unit})`),
      ...[stock.level, stock.lowest, stock.consumed, stock.delivered, stock.refused].map((each) =>
        estimated(each, NUMBER_FIGURE),
      ),
      estimated(stock.short, SHARE_FIGURE),
      estimated(stock.wait, DURATION_FIGURE),
      estimated(stock.waitedShare, SHARE_FIGURE),
    ]),
    note: 'Short is the share of time in which someone waits for a delivery. No room counts what was delivered beyond what there is room for.',
  });
}

function capacityText(capacity: number | null): string {
  return capacity === null ? 'unlimited' : plain(capacity, 2);
}

function resourceFigures(
  context: PageContext,
  scenario: ScenarioResults,
  resource: ResourceResult,
  index: number,
): Html {
  const of = `${named(resource.title)}, ${named(scenario.title)}`;
  return html`<div class="charts">
      ${overTimeFigure(context, resource.censusOverTime, of, index)} ${distributionFigure(context, resource, of, index)}
    </div>
    ${resource.byHourOfWeek === undefined ? undefined : hourFigures(context, resource.byHourOfWeek, of)}`;
}

function overTimeFigure(context: PageContext, series: CensusSeries, of: string, index: number): Html | undefined {
  if (series.mean.length === 0) return undefined;
  const { factor, word } = timeAxis(series.from + series.slot * series.mean.length);
  const data = table(context.ids, {
    caption: `In use over time: ${of}`,
    columns: [`From (${word})`, 'Mean', '10th percentile', '90th percentile', 'Capacity', 'Mean queue'].map(
      (label, column) => ({
        label,
        numeric: column > 0,
      }),
    ),
    rows: series.mean.map((mean, slot): readonly HtmlPart[] => [
      plain((series.from + slot * series.slot) / factor, 2),
      fixed(mean, 2),
      fixed(series.low[slot] ?? Number.NaN, 2),
      fixed(series.high[slot] ?? Number.NaN, 2),
      capacityText(series.capacity[slot] ?? null),
      fixed(series.queue[slot] ?? Number.NaN, 2),
    ]),
  });
  const hasCapacity = series.capacity.some((capacity) => capacity !== null);
  const key = chartKey([
    { mark: 'line', series: index, text: 'mean' },
    { mark: 'band', series: index, text: '10–90 % of replications' },
    ...(hasCapacity ? [{ mark: 'capacity', series: index, text: 'capacity' } as const] : []),
  ]);
  const drawing = censusOverTimeChart(context.ids, `In use over time: ${of}`, series, index);
  return chartFigure(`In use over time: ${of}`, drawing, key, folded('Numbers', data));
}

function distributionFigure(
  context: PageContext,
  resource: ResourceResult,
  of: string,
  index: number,
): Html | undefined {
  const shares = resource.censusDistribution;
  if (shares.length === 0) return undefined;
  const data = table(context.ids, {
    caption: `Share of time with each number in use: ${of}`,
    columns: [{ label: 'In use' }, { label: 'Share of time', numeric: true }],
    rows: shares.map((share, count) => [String(count), percent(share)]),
  });
  const drawing = censusDistributionChart(context.ids, `Census: ${of}`, shares, resource.capacity, index);
  const hasLimit = resource.capacity !== null && resource.capacity < shares.length;
  const key = chartKey([
    { mark: 'bar', series: index, text: 'share of time' },
    ...(hasLimit ? [{ mark: 'capacity', series: index, text: 'capacity' } as const] : []),
  ]);
  return chartFigure(`Census: ${of}`, drawing, key, folded('Numbers', data));
}

function hourFigures(context: PageContext, hours: NonNullable<ResourceResult['byHourOfWeek']>, of: string): Html {
  const queue = hours.queue.some((value) => value > 0)
    ? weekHeatMap(context.ids, { caption: `Mean waiting by hour of the week: ${of}`, values: hours.queue })
    : undefined;
  return html` ${weekHeatMap(context.ids, { caption: `Mean in use by hour of the week: ${of}`, values: hours.census })}
  ${queue}`;
}

function loadTable(context: PageContext, facts: ModelFacts): Html {
  const scenario = context.input.model.scenarios.find((each) => each.id === facts.scenario);
  const title = named(scenario === undefined ? facts.scenario : titleOf(scenario));
  const labels = ['Offered load', 'Capacity', 'Load over capacity', 'Requests', 'Mean time kept'];
  const closed = ['All busy, lost (Erlang B)', 'All busy, waiting (Erlang C)', 'Mean wait (Erlang C)'];
  const loads = table(context.ids, {
    caption: `Offered load, ${title}`,
    columns: [
      { label: 'Resource or staff' },
      ...[...labels, ...closed].map((label) => ({ label, numeric: true })),
      { label: 'Do the formulas hold?' },
    ],
    rows: facts.loads.map((load) => [
      named(load.title),
      figure(load.load, NUMBER_FIGURE),
      capacityText(load.capacity),
      load.utilisation === null
        ? '–'
        : html`${percent(load.utilisation)}${isOverloaded(load) ? html` <span class="verdict bad">✗ overloaded</span>` : undefined}`,
      figure(load.requestRate, { unit: 'rate' }),
      figure(load.meanTimeKept, DURATION_FIGURE),
      load.erlangB === undefined ? '–' : figure(load.erlangB, SHARE_FIGURE),
      load.erlangC === undefined ? '–' : figure(load.erlangC, SHARE_FIGURE),
      load.expectedWait === undefined ? '–' : figure(load.expectedWait, DURATION_FIGURE),
      load.poisson ? 'yes: Poisson arrivals, steady demand' : 'no: demand or arrivals vary',
    ]),
  });
  const limits = facts.limits.map((limit) => html`<li>${named(limit.subject)}: ${named(limit.message)}</li>`);
  return html`${facts.loads.length === 0 ? undefined : loads}${
    limits.length === 0
      ? undefined
      : html` <p class="lead">What could not be computed exactly in ${title}:</p>
          <ul>
            ${limits}
          </ul>`
  }`;
}
