import { durationUnit, formatDuration, formatMoney, formatNumber, formatShare, SECONDS } from '@pathway/model';
import type { Estimate, IndicatorUnit } from '@pathway/simulation';

/** One value in the unit that reads best. */
export function figure(value: number, unit: IndicatorUnit, currency?: string): string {
  if (!Number.isFinite(value)) return 'no value';
  switch (unit) {
    case 'duration':
      return formatDuration(value);
    case 'share':
      return formatShare(value);
    case 'money':
      return currency === undefined ? formatNumber(value) : formatMoney(value, currency);
    case 'rate':
      return `${formatNumber(value * SECONDS.d)} per d`;
    case 'count':
    case 'number':
      return formatNumber(value);
  }
}

/** A mean in the unit that reads best; no value where no replication gave one. */
export function meanFigure(estimate: Estimate, unit: IndicatorUnit, currency?: string): string {
  return estimate.replications === 0 ? 'no value' : figure(estimate.mean, unit, currency);
}

/** The 95 % interval of a mean, durations in the unit in which the mean is written; a dash where one replication gives none. */
export function interval(estimate: Estimate, unit: IndicatorUnit, currency?: string): string {
  if (estimate.replications < 2 || !Number.isFinite(estimate.low)) return '–';
  if (unit === 'duration') {
    const written = durationUnit(estimate.mean === 0 ? estimate.high : estimate.mean);
    if (estimate.open === true) return `${formatDuration(estimate.low, { unit: written })} or more`;
    return `${formatDuration(estimate.low, { unit: written })} to ${formatDuration(estimate.high, { unit: written })}`;
  }
  return `${figure(estimate.low, unit, currency)} to ${figure(estimate.high, unit, currency)}`;
}

/** The mean of a difference; shares differ by percentage points, never by per cent. */
export function difference(estimate: Estimate, unit: IndicatorUnit, currency?: string): string {
  if (estimate.replications === 0) return 'no value';
  return differenceFigure(estimate.mean, unit, currency);
}

/** One difference between two values; as `difference`. */
export function differenceFigure(value: number, unit: IndicatorUnit, currency?: string): string {
  return unit === 'share' ? points(value) : figure(value, unit, currency);
}

/** The 95 % interval of a difference; the words for percentage points stand with the difference itself. */
export function differenceInterval(estimate: Estimate, unit: IndicatorUnit, currency?: string): string {
  if (unit !== 'share') return interval(estimate, unit, currency);
  if (estimate.replications < 2 || !Number.isFinite(estimate.low)) return '–';
  return `${formatNumber(estimate.low * 100)} to ${formatNumber(estimate.high * 100)}`;
}

function points(value: number): string {
  const text = formatNumber(value * 100);
  return `${text} percentage point${text === '1' || text === '-1' ? '' : 's'}`;
}
