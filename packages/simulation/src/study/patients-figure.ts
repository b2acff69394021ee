import type { InputStatistic } from '../input/measure-types.js';
import type { SimulationInput } from '../input/types.js';
import { type PooledFigure, PooledPatients } from '../statistics/pooled-statistics.js';
import type { ReplicationFigure } from './replication.js';

/** A statistic of the patients of all replications together; of others each replication has its own. */
export type PooledStatistic = 'sd' | { readonly percentile: number };

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

/** The statistic if it is one of all patients: of an indicator that is measured for each of them. */
export function pooledStatisticOf(
  input: SimulationInput,
  indicator: number,
  statistic: InputStatistic,
): PooledStatistic | undefined {
  const kind = input.indicators[indicator]?.measure.kind;
  if (kind !== 'time' && kind !== 'wait') return undefined;
  return statistic === 'sd' || typeof statistic === 'object' ? statistic : undefined;
}

/** The patients of all replications. @param figures by replication; undefined where it has none */
export function pooledPatients(figures: readonly (ReplicationFigure | undefined)[]): PooledPatients {
  return new PooledPatients(figures.map((figure) => figure?.sample && { ...figure.sample, mean: figure.value ?? 0 }));
}

/** A statistic of the patients of all replications. @param figures by replication; undefined where it has none */
export function pooledFigure(
  figures: readonly (ReplicationFigure | undefined)[],
  statistic: PooledStatistic,
  confidence?: number,
): PooledFigure {
  const patients = pooledPatients(figures);
  return statistic === 'sd' ? patients.deviation(confidence) : patients.percentile(statistic.percentile, confidence);
}
