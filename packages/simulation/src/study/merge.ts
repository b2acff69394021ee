import type { SimulationInput } from '../input/types.js';
import type { Comparison, ScenarioResults } from '../results.js';
import type {
  ActivityResult,
  CensusSeries,
  Estimate,
  IndicatorResult,
  PathwayFlowResult,
  ResourceResult,
  RunCheck,
  StockResult,
} from '../figure-results.js';
import { censusGrid } from '../statistics/census-grid.js';
import { estimateOf, meanLists, meanOf, quantileOfSorted } from '../statistics/estimate.js';
import { expectationResult, type ScenarioRuns } from './expectations.js';
import { differenceFigure } from '../statistics/difference.js';
import type { PooledFigure } from '../statistics/pooled-figure.js';
import { mergeHistograms } from '../statistics/sample.js';
import { peopleShare } from '../statistics/people-share.js';
import { meanFigure, percentilesOf, pooledPatients, togetherOf } from './patients-figure.js';
import type { ReplicationFacility, ReplicationFigure, ReplicationResult } from './replication.js';
import { mergeTimelines } from './timeline.js';
import { warningsOf } from './warnings.js';

/**
 * The results of a scenario from its replications, in their order.
 * @param others scenarios that expectations of this one are compared with; more do not matter
 */
export function mergeReplications(
  input: SimulationInput,
  title: string,
  results: readonly ReplicationResult[],
  others: readonly ScenarioRuns[] = [],
): ScenarioResults {
  const timeline = mergeTimelines(
    input,
    results.map((each) => each.timeline),
  );
  return {
    scenario: input.scenario,
    title,
    replications: results.length,
    events: results.reduce((sum, result) => sum + result.events, 0),
    indicators: input.indicators.flatMap((_, i) => indicatorResults(input, i, results)),
    resources: input.facilities.flatMap(({ kind }, f) => (kind === 'stock' ? [] : [resourceResult(input, f, results)])),
    ...(input.stocks.length > 0 && { stocks: input.stocks.map((_, s) => stockResult(input, s, results)) }),
    ...(timeline && { timeline }),
    pathways: input.flows.map((_, flow) => flowResult(input, flow, results)),
    activities: input.activities.flatMap((activity, a) =>
      activity.kind === 'step' || activity.kind === 'hold' ? [activityResult(input, a, results)] : [],
    ),
    expectations: input.expectations.map((_, e) => expectationResult({ input, results }, e, others)),
    checks: mergeChecks(results),
    warnings: warningsOf(input, results),
  };
}

/** Each other scenario against the first, paired by replication: the same patients with the same luck. */
export function compareScenarios(
  inputs: readonly SimulationInput[],
  results: readonly (readonly ReplicationResult[])[],
): Comparison[] {
  const base = inputs[0];
  const baseResults = results[0];
  if (base === undefined || baseResults === undefined) return [];
  return inputs.slice(1).map((input, i) => {
    const own = results[i + 1] ?? [];
    const pairs = Math.min(own.length, baseResults.length);
    const indicators = input.indicators.flatMap((indicator, n) => {
      const b = base.indicators.findIndex((each) => each.id === indicator.id);
      if (b < 0) return [];
      return rowsOf(input, n).map((row) => {
        const [x, y] = [
          meanOfRow(input, n, row.index, own.slice(0, pairs)),
          meanOfRow(base, b, row.index, baseResults.slice(0, pairs)),
        ];
        const difference = differenceFigure(x, y).estimate;
        return { indicator: indicator.id, ...row.label, difference };
      });
    });
    return { base: base.scenario, scenario: input.scenario, indicators };
  });
}

function meanOfRow(
  input: SimulationInput,
  indicator: number,
  row: number,
  results: readonly ReplicationResult[],
): PooledFigure {
  return meanFigure(
    input,
    indicator,
    results.map((result) => result.indicators[indicator]?.[row]),
  );
}

interface Row {
  readonly index: number;
  readonly label: { readonly argument?: number; readonly group?: string };
}

/** The rows of an indicator: values of its table, or overall and groups. */
function rowsOf(input: SimulationInput, indicator: number): Row[] {
  const { measure, table, by } = input.indicators[indicator]!;
  if (measure.kind === 'value') {
    return table === undefined
      ? [{ index: 0, label: {} }]
      : table.map((argument, index) => ({ index, label: { argument } }));
  }
  const categories = by === undefined ? [] : (input.attributes[by]?.categories ?? []);
  const groups = categories.map((c, i) => ({ index: i + 1, label: { group: input.categories[c] ?? '' } }));
  return [{ index: 0, label: {} }, ...groups];
}

function indicatorResults(
  input: SimulationInput,
  index: number,
  results: readonly ReplicationResult[],
): IndicatorResult[] {
  const indicator = input.indicators[index]!;
  return rowsOf(input, index).map((row) => {
    const figures = results.flatMap((result) => result.indicators[index]?.[row.index] ?? []);
    const distribution = distributionOf(figures, percentilesOf(input, index));
    const together = togetherOf(input, index, figures);
    return {
      indicator: indicator.id,
      title: indicator.title,
      unit: indicator.unit,
      ...(indicator.currency !== undefined && { currency: indicator.currency }),
      ...(indicator.aim !== undefined && { aim: indicator.aim }),
      ...row.label,
      estimate: meanFigure(input, index, figures).estimate,
      ...(together !== undefined && { together }),
      ...(row.label.group !== undefined && row.index > 1 && { gap: groupGap(input, index, row.index, results) }),
      ...(distribution && { distribution }),
    };
  });
}

/** How much a group's value is more than that of the first group, in the same replications. */
function groupGap(
  input: SimulationInput,
  indicator: number,
  group: number,
  results: readonly ReplicationResult[],
): Estimate {
  const [own, first] = [meanOfRow(input, indicator, group, results), meanOfRow(input, indicator, 1, results)];
  return differenceFigure(own, first).estimate;
}

function distributionOf(
  figures: readonly ReplicationFigure[],
  percentiles: readonly number[],
): IndicatorResult['distribution'] {
  const samples = figures.flatMap((figure) => figure.sample ?? []);
  if (samples.length === 0) return undefined;
  const patients = pooledPatients(figures);
  const minima = samples.flatMap((sample) => sample.minimum ?? []);
  const maxima = samples.flatMap((sample) => sample.maximum ?? []);
  return {
    observationsPerReplication: meanOf(samples.map((sample) => sample.count)),
    sd: patients.deviation().estimate,
    percentiles: percentiles.map((percentile) => ({ percentile, estimate: patients.percentile(percentile).estimate })),
    minimum: minima.length === 0 ? 0 : minima.reduce((a, b) => Math.min(a, b)),
    maximum: maxima.length === 0 ? 0 : maxima.reduce((a, b) => Math.max(a, b)),
    histogram: mergeHistograms(samples.map((sample) => sample.histogram)),
  };
}

function resourceResult(input: SimulationInput, f: number, results: readonly ReplicationResult[]): ResourceResult {
  const facility = input.facilities[f]!;
  const own = results.flatMap((result) => result.facilities[f] ?? []);
  const first = own[0];
  const capacity = first?.capacity ?? null;
  const byHour = first?.byHour;
  return {
    id: facility.id,
    title: facility.title,
    kind: facility.kind === 'staff' ? 'staff' : 'resource',
    capacity: capacity === null ? null : meanOf(own.map((each) => each.capacity ?? 0)),
    census: estimateOf(own.map((each) => each.census)),
    utilisation: capacity === null ? null : estimateOf(own.map((each) => each.utilisation)),
    queue: estimateOf(own.map((each) => each.queue)),
    wait: estimateOf(own.map((each) => each.wait)),
    waitedShare: waitedShareOf(own),
    ...(facility.kind === 'staff' && { overtime: estimateOf(own.map((each) => each.overtime)) }),
    censusDistribution: meanLists(own.map((each) => each.distribution)),
    censusOverTime: seriesOf(input, own),
    ...(byHour && {
      byHourOfWeek: {
        census: meanLists(own.flatMap((each) => each.byHour?.census ?? [])),
        queue: meanLists(own.flatMap((each) => each.byHour?.queue ?? [])),
      },
    }),
  };
}

/** The share of those who asked that had to wait. */
function waitedShareOf(own: readonly Pick<ReplicationFacility, 'waitedShare' | 'waits'>[]): Estimate {
  return peopleShare(own.map(({ waitedShare, waits }) => ({ of: Math.round((waitedShare ?? 0) * waits), over: waits })))
    .estimate;
}

function stockResult(input: SimulationInput, s: number, results: readonly ReplicationResult[]): StockResult {
  const stock = input.stocks[s]!;
  const f = input.pools[stock.pool]!.facility;
  const { id, title } = input.facilities[f]!;
  const own = results.flatMap((result) => result.stocks[s] ?? []);
  const asked = results.flatMap((result) => result.facilities[f] ?? []);
  const grid = censusGrid(input);
  const level = overReplications(
    grid.slots,
    asked.flatMap((each) => each.series.capacity ?? []),
  );
  return {
    id,
    title,
    ...(stock.unit !== undefined && { unit: stock.unit }),
    level: estimateOf(asked.map((each) => each.capacity)),
    lowest: estimateOf(own.map((each) => each.lowest)),
    consumed: estimateOf(own.map((each) => each.consumed)),
    delivered: estimateOf(own.map((each) => each.delivered)),
    refused: estimateOf(own.map((each) => each.refused)),
    short: estimateOf(own.map((each) => each.short)),
    wait: estimateOf(asked.map((each) => each.wait)),
    waitedShare: waitedShareOf(asked),
    levelOverTime: {
      from: 0,
      slot: grid.tick * grid.ticksPerSlot,
      ...level,
    },
  };
}

function seriesOf(input: SimulationInput, own: readonly ReplicationFacility[]): CensusSeries {
  const grid = censusGrid(input);
  const capacities = own.flatMap((each) => each.series.capacity ?? []);
  return {
    from: 0,
    slot: grid.tick * grid.ticksPerSlot,
    ...overReplications(
      grid.slots,
      own.map((each) => each.series.census),
    ),
    capacity: capacities.length === 0 ? new Array<null>(grid.slots).fill(null) : meanLists(capacities),
    queue: meanLists(own.map((each) => each.series.queue)),
  };
}

/** Of each slot, the mean over replications, and what nine tenths of them lie between. */
function overReplications(
  slots: number,
  series: readonly Float64Array[],
): { readonly mean: number[]; readonly low: number[]; readonly high: number[] } {
  const mean: number[] = [];
  const low: number[] = [];
  const high: number[] = [];
  const values = new Float64Array(series.length);
  for (let slot = 0; slot < slots; slot++) {
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += values[i] = series[i]![slot]!;
    if (values.length > 1) values.sort();
    mean.push(values.length === 0 ? 0 : sum / values.length);
    low.push(quantileOfSorted(values, 0.05));
    high.push(quantileOfSorted(values, 0.95));
  }
  return { mean, low, high };
}

function flowResult(input: SimulationInput, index: number, results: readonly ReplicationResult[]): PathwayFlowResult {
  const flow = input.flows[index]!;
  const own = results.flatMap((result) => result.flows[index] ?? []);
  const outcomes = [...input.outcomes, ''].map((outcome, o) => ({
    outcome,
    share: peopleShare(own.map((each) => ({ of: each.outcomes[o] ?? 0, over: each.finished }))).estimate,
  }));
  return {
    pathway: flow.pathway,
    title: flow.title,
    cohort: input.cohorts[flow.cohort]?.id ?? '',
    arrivals: estimateOf(own.map((each) => each.arrivals)),
    finished: estimateOf(own.map((each) => each.finished)),
    inProgressAtEnd: estimateOf(own.map((each) => each.inProgress)),
    timeInPathway: estimateOf(own.map((each) => each.time)),
    outcomes: outcomes.filter((each) => each.share.mean > 0),
  };
}

function activityResult(input: SimulationInput, a: number, results: readonly ReplicationResult[]): ActivityResult {
  const activity = input.activities[a]!;
  const own = results.flatMap((result) => result.activities[a] ?? []);
  // Of people at work in an hour, seconds of an hour in each run.
  const seconds = 3600 / Math.max(1, results.length);
  const roles = new Map<string, number[]>();
  for (const result of results) {
    for (const { activity: other, role, hours } of result.work) {
      if (other !== a) continue;
      const total = roles.get(role) ?? new Array<number>(168).fill(0);
      for (let hour = 0; hour < hours.length; hour++) total[hour] = total[hour]! + hours[hour]! * seconds;
      roles.set(role, total);
    }
  }
  return {
    activity: activity.id,
    title: activity.title,
    starts: estimateOf(own.map((each) => each.starts)),
    completions: estimateOf(own.map((each) => each.completions)),
    wait: estimateOf(own.map((each) => each.wait)),
    duration: estimateOf(own.map((each) => each.duration)),
    ...(roles.size > 0 && { work: [...roles].map(([role, byHourOfWeek]) => ({ role, byHourOfWeek })) }),
  };
}

/** One row a law and subject: means over replications, and whether it held in every one. */
function mergeChecks(results: readonly ReplicationResult[]): RunCheck[] {
  return (results[0]?.checks ?? []).map((first, i) => {
    const all = results.flatMap((result) => result.checks[i] ?? []);
    return {
      law: first.law,
      subject: first.subject,
      left: meanOf(all.map((check) => check.left)),
      right: meanOf(all.map((check) => check.right)),
      holds: all.every((check) => check.holds),
    };
  });
}
