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
import type { Words } from '../words/words.js';

/** Charts of the scenarios after these are folded away, so that a study of many scenarios stays a page to read. */
const SCENARIOS_SHOWN = 3;

/** Resources and staff in use, simulated, and what is asked of them, exactly. */
export function resourcesSection(context: PageContext): Html | undefined {
  const { words } = context;
  const { say } = words;
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
      : html`${heading(3, say`Offered load`)}
          <p>
            ${say`Units that would be in use on average if nobody ever waited: arrivals × visits × time kept. These figures follow from the model without simulation.`}
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
  const { words } = context;
  const { say } = words;
  if (scenario.resources.length === 0 && scenario.stocks === undefined) return undefined;
  const charts = lines(scenario.resources.map((resource) => resourceFigures(context, scenario, resource, index)));
  return html`${heading(level, named(scenario.title))}
  ${scenario.resources.length === 0 ? undefined : resourceTable(context, scenario)} ${stockTable(context, scenario)}
  ${index < SCENARIOS_SHOWN ? charts : folded(say`Charts, ${named(scenario.title)}`, charts)}`;
}

function resourceTable(context: PageContext, scenario: ScenarioResults): Html {
  const { words } = context;
  const { say } = words;
  const hasOvertime = scenario.resources.some((resource) => resource.overtime !== undefined);
  const numeric = [
    say`Capacity`,
    say`Mean in use`,
    say`Utilisation`,
    say`Mean queue`,
    say`Mean wait`,
    say`Had to wait`,
  ];
  const columns: Column[] = [
    { label: say`Resource or staff` },
    ...[...numeric, ...(hasOvertime ? [say`Overtime`] : [])].map((label) => ({ label, numeric: true })),
  ];
  return table(context.ids, {
    caption: say`Resources and staff, ${named(scenario.title)}`,
    columns,
    rows: scenario.resources.map((resource) => [
      named(resource.title),
      capacityText(words, resource.capacity),
      estimated(words, resource.census, NUMBER_FIGURE),
      resource.utilisation === null ? '–' : estimated(words, resource.utilisation, SHARE_FIGURE),
      estimated(words, resource.queue, NUMBER_FIGURE),
      estimated(words, resource.wait, DURATION_FIGURE),
      estimated(words, resource.waitedShare, SHARE_FIGURE),
      ...(hasOvertime
        ? [resource.overtime === undefined ? '–' : estimated(words, resource.overtime, DURATION_FIGURE)]
        : []),
    ]),
    note: say`Capacity is its mean over the window. Waits are counted where work began in the window; brackets hold 95 % intervals.`,
  });
}

function stockTable(context: PageContext, scenario: ScenarioResults): Html | undefined {
  const { words } = context;
  const { say } = words;
  const { stocks = [] } = scenario;
  if (stocks.length === 0) return undefined;
  const numeric = [
    say`Mean level`,
    say`Lowest`,
    say`Used up`,
    say`Delivered`,
    say`No room`,
    say`Short`,
    say`Mean wait`,
    say`Had to wait`,
  ];
  return table(context.ids, {
    caption: say`Stocks, ${named(scenario.title)}`,
    columns: [{ label: say`Stock` }, ...numeric.map((label) => ({ label, numeric: true }))],
    rows: stocks.map((stock) => [
      named(stock.unit === undefined ? stock.title : `${stock.title} (${stock.unit})`),
      ...[stock.level, stock.lowest, stock.consumed, stock.delivered, stock.refused].map((each) =>
        estimated(words, each, NUMBER_FIGURE),
      ),
      estimated(words, stock.short, SHARE_FIGURE),
      estimated(words, stock.wait, DURATION_FIGURE),
      estimated(words, stock.waitedShare, SHARE_FIGURE),
    ]),
    note: say`Short is the share of time in which someone waits for a delivery. No room counts what was delivered beyond what there is room for.`,
  });
}

function capacityText(words: Words, capacity: number | null): string {
  return capacity === null ? words.say`unlimited` : plain(words, capacity, 2);
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
  const { words } = context;
  const { say } = words;
  if (series.mean.length === 0) return undefined;
  const { factor, word } = timeAxis(words, series.from + series.slot * series.mean.length);
  const data = table(context.ids, {
    caption: say`In use over time: ${of}`,
    columns: [
      say`From (${word})`,
      say`Mean`,
      say`5th percentile`,
      say`95th percentile`,
      say`Capacity`,
      say`Mean queue`,
    ].map((label, column) => ({
      label,
      numeric: column > 0,
    })),
    rows: series.mean.map((mean, slot): readonly HtmlPart[] => [
      plain(words, (series.from + slot * series.slot) / factor, 2),
      fixed(words, mean, 2),
      fixed(words, series.low[slot] ?? Number.NaN, 2),
      fixed(words, series.high[slot] ?? Number.NaN, 2),
      capacityText(words, series.capacity[slot] ?? null),
      fixed(words, series.queue[slot] ?? Number.NaN, 2),
    ]),
  });
  const hasCapacity = series.capacity.some((capacity) => capacity !== null);
  const key = chartKey([
    { mark: 'line', series: index, text: say`mean` },
    { mark: 'band', series: index, text: say`5–95 % of replications` },
    ...(hasCapacity ? [{ mark: 'capacity', series: index, text: say`capacity` } as const] : []),
  ]);
  const drawing = censusOverTimeChart(words, context.ids, say`In use over time: ${of}`, series, index);
  return chartFigure(say`In use over time: ${of}`, drawing, key, folded(say`Numbers`, data));
}

function distributionFigure(
  context: PageContext,
  resource: ResourceResult,
  of: string,
  index: number,
): Html | undefined {
  const { words } = context;
  const { say } = words;
  const shares = resource.censusDistribution;
  if (shares.length === 0) return undefined;
  const data = table(context.ids, {
    caption: say`Share of time with each number in use: ${of}`,
    columns: [{ label: say`In use` }, { label: say`Share of time`, numeric: true }],
    rows: shares.map((share, count) => [String(count), percent(words, share)]),
  });
  const drawing = censusDistributionChart(words, context.ids, say`Census: ${of}`, shares, resource.capacity, index);
  const hasLimit = resource.capacity !== null && resource.capacity < shares.length;
  const key = chartKey([
    { mark: 'bar', series: index, text: say`share of time` },
    ...(hasLimit ? [{ mark: 'capacity', series: index, text: say`capacity` } as const] : []),
  ]);
  return chartFigure(say`Census: ${of}`, drawing, key, folded(say`Numbers`, data));
}

function hourFigures(context: PageContext, hours: NonNullable<ResourceResult['byHourOfWeek']>, of: string): Html {
  const { words } = context;
  const { say } = words;
  const queue = hours.queue.some((value) => value > 0)
    ? weekHeatMap(words, context.ids, { caption: say`Mean waiting by hour of the week: ${of}`, values: hours.queue })
    : undefined;
  return html` ${weekHeatMap(words, context.ids, { caption: say`Mean in use by hour of the week: ${of}`, values: hours.census })}
  ${queue}`;
}

function loadTable(context: PageContext, facts: ModelFacts): Html {
  const { words } = context;
  const { say } = words;
  const scenario = context.input.model.scenarios.find((each) => each.id === facts.scenario);
  const title = named(scenario === undefined ? facts.scenario : titleOf(scenario));
  const labels = [say`Offered load`, say`Capacity`, say`Load over capacity`, say`Requests`, say`Mean time kept`];
  const closed = [say`All busy, lost (Erlang B)`, say`All busy, waiting (Erlang C)`, say`Mean wait (Erlang C)`];
  const loads = table(context.ids, {
    caption: say`Offered load, ${title}`,
    columns: [
      { label: say`Resource or staff` },
      ...[...labels, ...closed].map((label) => ({ label, numeric: true })),
      { label: say`Do the formulas hold?` },
    ],
    rows: facts.loads.map((load) => [
      named(load.title),
      figure(words, load.load, NUMBER_FIGURE),
      capacityText(words, load.capacity),
      load.utilisation === null
        ? '–'
        : html`${percent(words, load.utilisation)}${isOverloaded(load) ? html` <span class="verdict bad">✗ ${say`overloaded`}</span>` : undefined}`,
      figure(words, load.requestRate, { unit: 'rate' }),
      figure(words, load.meanTimeKept, DURATION_FIGURE),
      load.erlangB === undefined ? '–' : figure(words, load.erlangB, SHARE_FIGURE),
      load.erlangC === undefined ? '–' : figure(words, load.erlangC, SHARE_FIGURE),
      load.expectedWait === undefined ? '–' : figure(words, load.expectedWait, DURATION_FIGURE),
      load.poisson ? say`yes: Poisson arrivals, steady demand` : say`no: demand or arrivals vary`,
    ]),
  });
  const limits = facts.limits.map((limit) => html`<li>${named(limit.subject)}: ${named(limit.message)}</li>`);
  return html`${facts.loads.length === 0 ? undefined : loads}${
    limits.length === 0
      ? undefined
      : html` <p class="lead">${say`What could not be computed exactly in ${title}:`}</p>
          <ul>
            ${limits}
          </ul>`
  }`;
}
