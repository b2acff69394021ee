import type { Estimate } from '../figure-results.js';
import type { InputStatistic } from '../input/measure-types.js';
import type { SimulationInput } from '../input/types.js';
import { countedShare } from '../statistics/counted-share.js';
import { peopleShare } from '../statistics/people-share.js';
import { meanOfRuns, type PooledFigure } from '../statistics/pooled-figure.js';
import { PooledPatients } from '../statistics/pooled-statistics.js';
import type { ReplicationFigure } from './replication.js';

/** A statistic of all replications together; of others each replication has its own. */
export type PooledStatistic = 'mean' | 'sd' | { readonly percentile: number };

/** Percentiles that every result has. */
const PERCENTILES = [5, 10, 25, 50, 75, 90, 95, 99];

/** Percentiles reported for an indicator: the usual ones, and those that an expectation or a method speaks of. */
export function percentilesOf(input: SimulationInput, indicator: number): number[] {
  const extra = input.expectations.flatMap((e) =>
    e.indicator === indicator && typeof e.statistic === 'object' ? [e.statistic.percentile] : [],
  );
  const own = input.indicators[indicator]?.percentiles ?? [];
  return [...new Set([...PERCENTILES, ...extra, ...own])].sort((a, b) => a - b);
}

/** The statistic if more is known of it than a figure of each replication: of patients, or of how many there were. */
export function pooledStatisticOf(
  input: SimulationInput,
  indicator: number,
  statistic: InputStatistic,
): PooledStatistic | undefined {
  const measure = input.indicators[indicator]?.measure;
  if (measure === undefined) return undefined;
  if (statistic === 'mean') return measure.kind !== 'value' || countedIn(input, indicator) ? 'mean' : undefined;
  if (!isTimed(input, indicator)) return undefined;
  return statistic === 'sd' || typeof statistic === 'object' ? statistic : undefined;
}

/** The patients of all replications. @param figures by replication; undefined where it has none */
export function pooledPatients(figures: readonly (ReplicationFigure | undefined)[]): PooledPatients {
  return new PooledPatients(figures.map((figure) => figure?.sample && { ...figure.sample, mean: figure.value ?? 0 }));
}

/**
 * A statistic of all replications together.
 * @param figures of the indicator, by replication; undefined where it has none
 */
export function pooledFigure(
  input: SimulationInput,
  indicator: number,
  statistic: PooledStatistic,
  figures: readonly (ReplicationFigure | undefined)[],
  confidence?: number,
): PooledFigure {
  if (statistic === 'mean' && !isTimed(input, indicator))
    return peopleShare(
      figures.map((figure) => figure?.people),
      confidence,
    );
  const patients = pooledPatients(figures);
  if (statistic === 'mean') return patients.mean(confidence);
  return statistic === 'sd' ? patients.deviation(confidence) : patients.percentile(statistic.percentile, confidence);
}

/** An indicator's mean: of all patients, a ratio of sums, or else of the replications. @param figures by replication */
export function meanFigure(
  input: SimulationInput,
  indicator: number,
  figures: readonly (ReplicationFigure | undefined)[],
): PooledFigure {
  const pooled = pooledStatisticOf(input, indicator, 'mean');
  return pooled === undefined
    ? meanOfRuns(figures.map((figure) => figure?.value ?? null))
    : pooledFigure(input, indicator, pooled, figures);
}

/** An indicator's mean with its 95 % interval, from what replications found of one of its rows. */
export function estimateOfFigures(
  input: SimulationInput,
  indicator: number,
  figures: readonly (ReplicationFigure | undefined)[],
): Estimate {
  return meanFigure(input, indicator, figures).estimate;
}

/** What a value counts of what, where it is such a share; undefined where it is none. */
export function countedIn({ indicators }: SimulationInput, indicator: number): ReturnType<typeof countedShare> {
  const { measure, unit } = indicators[indicator]!;
  return measure.kind === 'value' && unit === 'share' ? countedShare(measure.value, indicators) : undefined;
}

/** Whether a value is a share of the time of the window, which lies within 0 and 1 in each replication. */
export function isShareOfTime({ indicators }: SimulationInput, indicator: number): boolean {
  const measure = indicators[indicator]?.measure;
  return measure?.kind === 'value' && (measure.value.op === 'probability' || measure.value.op === 'time share');
}

/** Whether nothing was left to chance in any replication, so that all are alike, seen or not. */
export function areWithoutChance(results: readonly { readonly hasDrawn: boolean }[]): boolean {
  return results.every(({ hasDrawn }) => !hasDrawn);
}

/**
 * What all patients of all replications have together, each counting alike, where that is further than a tenth from the mean of
 * the replications: where there are more patients in runs in which they wait longer, or shorter. Undefined elsewhere.
 */
export function togetherOf(
  input: SimulationInput,
  indicator: number,
  figures: readonly (ReplicationFigure | undefined)[],
): number | undefined {
  const { mean } = meanFigure(input, indicator, figures).estimate;
  const people = figures.flatMap((figure) => figure?.people ?? []);
  const together = isTimed(input, indicator)
    ? pooledPatients(figures).meanOfAll()
    : people.reduce((sum, { of }) => sum + of, 0) / people.reduce((sum, { over }) => sum + over, 0);
  return Math.abs(together - mean) > 0.1 * Math.max(Math.abs(together), Math.abs(mean)) ? together : undefined;
}

/** Whether each observation is a time or a wait of somebody, which replications keep. */
function isTimed({ indicators }: SimulationInput, indicator: number): boolean {
  const kind = indicators[indicator]?.measure.kind;
  return kind === 'time' || kind === 'wait';
}
