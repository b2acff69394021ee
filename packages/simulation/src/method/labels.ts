import { type FigureReference, formatNumber, formatQuantity, type Model, NUMBER } from '@pathway/model';
import type { SimulationInput } from '../input/types.js';
import type { IndicatorUnit } from '../figure-results.js';
import type { FigureLabel } from '../method-results.js';

/** How results speak of a figure. */
export function labelOf(input: SimulationInput, figure: FigureReference, argument = figure.argument): FigureLabel {
  const indicator = input.indicators.find(({ id }) => id === figure.indicator);
  const { statistic } = figure;
  return {
    indicator: figure.indicator,
    title: indicator?.title ?? figure.indicator,
    statistic: typeof statistic === 'string' ? statistic : `p${statistic.percentile}`,
    ...(argument !== undefined && { argument }),
    unit: statistic === 'count' ? 'count' : (indicator?.unit ?? 'number'),
    ...(indicator?.currency !== undefined && { currency: indicator.currency }),
  };
}

/** A value, or a difference of two, in the figure's unit; shares differ by percentage points. */
export function valueText(value: number, label: Pick<FigureLabel, 'unit' | 'currency'>, difference = false): string {
  if (label.unit === 'share' && difference) {
    const points = formatNumber(value * 100);
    return `${points} percentage point${points === '1' || points === '-1' ? '' : 's'}`;
  }
  return formatQuantity(value, dimensionOf(label.unit, label.currency), { percentage: label.unit === 'share' });
}

function dimensionOf(unit: IndicatorUnit, currency: string | undefined): Model['indicators'][number]['dimension'] {
  switch (unit) {
    case 'duration':
      return { time: 1, money: 0 };
    case 'rate':
      return { time: -1, money: 0 };
    case 'money':
      return { time: 0, money: 1, ...(currency !== undefined && { currency }) };
    default:
      return NUMBER;
  }
}

/** `1 replication`, `5 replications`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `a, b and c`. */
export function listed(words: readonly string[], last: 'and' | 'or' = 'and'): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1) ?? ''}`;
}
