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

/** The 95 % interval of a mean, or a dash where one replication gives none. */
export function interval(estimate: Estimate, unit: IndicatorUnit, currency?: string): string {
  if (estimate.replications < 2 || !Number.isFinite(estimate.low)) return '–';
  return `${figure(estimate.low, unit, currency)} to ${figure(estimate.high, unit, currency)}`;
}
