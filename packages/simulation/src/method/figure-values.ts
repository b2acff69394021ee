import type { FigureReference } from '@pathway/model';
import { SimulationError } from '../errors.js';
import type { SimulationInput } from '../input/types.js';
import { percentilesOf, type ReplicationFigure, type ReplicationResult } from '../study/replication.js';

/** One figure of every replication: which indicator's, which row's, and how it is read. */
export interface FigureReader {
  readonly indicator: number;
  readonly row: number;
  /** Value of the table's variable in this row. */
  readonly argument?: number;
  /** The figure of a replication; null where it has none. */
  readonly read: (result: ReplicationResult) => number | null;
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
  const valueOf = statisticReader(input, index, figure);
  return wanted.map(({ argument, row }) => ({
    indicator: index,
    row,
    ...(argument !== undefined && { argument }),
    read: (result) => {
      const found = result.indicators[index]?.[row];
      return found === undefined ? null : valueOf(found);
    },
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

function statisticReader(
  input: SimulationInput,
  indicator: number,
  { statistic }: FigureReference,
): (figure: ReplicationFigure) => number | null {
  if (statistic === 'mean') return ({ value }) => value;
  if (statistic === 'count') return ({ sample }) => sample?.count ?? null;
  if (typeof statistic === 'string') return ({ sample }) => sample?.[statistic] ?? null;
  const place = percentilesOf(input, indicator).indexOf(statistic.percentile);
  return ({ sample }) => sample?.percentiles[place] ?? null;
}
