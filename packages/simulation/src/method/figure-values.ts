import type { FigureReference } from '@pathway/model';
import { SimulationError } from '../errors.js';
import type { SimulationInput } from '../input/types.js';
import { meanOfRuns, type PooledFigure } from '../statistics/pooled-figure.js';
import { pooledFigure, pooledStatisticOf } from '../study/patients-figure.js';
import type { ReplicationFigure, ReplicationResult } from '../study/replication.js';

/** One figure: which indicator's, which row's, and how it is read of replications. */
export interface FigureReader {
  readonly indicator: number;
  readonly row: number;
  /** Value of the table's variable in this row. */
  readonly argument?: number;
  /** What a replication found of the row; undefined where it has none. */
  readonly find: (result: ReplicationResult) => ReplicationFigure | undefined;
  /** The figure with its 95 % interval, of what replications found of the row. */
  readonly figureOf: (found: readonly (ReplicationFigure | undefined)[]) => PooledFigure;
}

/**
 * Readers of the figure that a method names, one for each row of a table where it names none. Groups of a breakdown are
 * left out: a method looks at the whole.
 * @throws SimulationError where the input does not measure the indicator, or it has no such row or statistic
 */
export function figureReaders(input: SimulationInput, figure: FigureReference): readonly FigureReader[] {
  const index = input.indicators.findIndex(({ id }) => id === figure.indicator);
  const indicator = input.indicators[index];
  if (indicator === undefined) throw new SimulationError(`There is no indicator ${figure.indicator} in this study.`);
  const table = indicator.measure.kind === 'value' ? indicator.table : undefined;
  const rows = (table ?? [undefined]).map((argument, row) => ({ argument, row }));
  const wanted = figure.argument === undefined ? rows : rows.filter(({ argument }) => argument === figure.argument);
  if (wanted.length === 0) throw new SimulationError(`${figure.indicator} has no row ${figure.argument ?? ''}.`);
  const pooled = pooledStatisticOf(input, index, figure.statistic);
  const valueOf = statisticReader(figure);
  const figureOf: FigureReader['figureOf'] = (found) =>
    pooled === undefined
      ? meanOfRuns(found.map((each) => (each === undefined ? null : valueOf(each))))
      : pooledFigure(input, index, pooled, found);
  return wanted.map(({ argument, row }) => ({
    indicator: index,
    row,
    ...(argument !== undefined && { argument }),
    find: (result) => result.indicators[index]?.[row],
    figureOf,
  }));
}

/** The reader of a figure that is one row. @throws SimulationError where it names a table without a row */
export function figureReader(input: SimulationInput, figure: FigureReference): FigureReader {
  const readers = figureReaders(input, figure);
  const [only, second] = readers;
  if (only === undefined || second !== undefined)
    throw new SimulationError(`${figure.indicator} has several rows; say which one is meant.`);
  return only;
}

/** A statistic that each replication has of its own. */
function statisticReader({ statistic }: FigureReference): (figure: ReplicationFigure) => number | null {
  if (statistic === 'mean') return ({ value }) => value;
  if (statistic === 'count') return ({ sample }) => sample?.count ?? null;
  return ({ sample }) => (typeof statistic === 'string' ? (sample?.[statistic] ?? null) : null);
}
