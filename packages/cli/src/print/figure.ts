import { formatDuration, formatMoney, formatNumber, formatShare, SECONDS } from '@pathway/model';
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

/** The 95 % interval of a mean, or a dash where one replication gives none. */
export function interval(estimate: Estimate, unit: IndicatorUnit, currency?: string): string {
  if (estimate.replications < 2 || !Number.isFinite(estimate.low)) return '–';
  return `${figure(estimate.low, unit, currency)} to ${figure(estimate.high, unit, currency)}`;
}
