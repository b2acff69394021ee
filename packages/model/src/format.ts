import { isCurrency, minorDigits } from './currencies.js';
import { type Dimension, DURATION, sameDimension } from './dimension.js';
import { parseUnit, SECONDS } from './units.js';

/** How many significant digits a number shows (3 when absent); more digits before the point are never cut. */
export interface NumberFormat {
  readonly digits?: number;
}

/** A duration or quantity may be asked for in a certain unit of the language. */
export interface QuantityFormat extends NumberFormat {
  readonly unit?: string;
  /** A plain number that reads as a percentage. */
  readonly percentage?: boolean;
}

/**
 * A number with at most `digits` significant digits, no trailing zeros, `.` as the point and no grouping; the integer
 * part is kept whole. Not-a-number reads `–`, infinite values `∞` and `-∞`.
 */
export function formatNumber(value: number, format: NumberFormat = {}): string {
  if (Number.isNaN(value)) return '–';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '-∞';
  const digits = format.digits ?? 3;
  if (Math.abs(value) >= 1e21) return value.toExponential(Math.max(0, digits - 1));
  if (value === 0) return '0';
  const exponent = Number(value.toExponential(digits - 1).split('e')[1]);
  const text = value.toFixed(Math.min(100, Math.max(0, digits - 1 - exponent)));
  const trimmed = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return trimmed === '-0' ? '0' : trimmed;
}

const DURATION_UNITS = ['d', 'h', 'min', 's'] as const;

/**
 * A duration in one unit: the largest of `d`, `h`, `min`, `s` of which it is at least one, where an exact whole
 * number of the next smaller unit is preferred up to 99 (`90 min` rather than `1.5 h`, `36 h` rather than `1.5 d`).
 */
export function formatDuration(seconds: number, format: QuantityFormat = {}): string {
  if (format.unit !== undefined) return `${formatNumber(seconds / durationFactor(format.unit), format)} ${format.unit}`;
  if (!Number.isFinite(seconds)) return formatNumber(seconds);
  return inUnit(seconds, durationUnit(seconds), format);
}

/** The unit in which formatDuration writes a duration. */
export function durationUnit(seconds: number): (typeof DURATION_UNITS)[number] {
  const size = Math.abs(seconds);
  if (size === 0) return 'min';
  const index = DURATION_UNITS.findIndex((unit) => size >= SECONDS[unit] * (1 - 1e-9));
  if (index < 0) return 's';
  const unit = DURATION_UNITS[index] ?? 's';
  const smaller = DURATION_UNITS[index + 1];
  if (smaller === undefined || isWhole(size / SECONDS[unit])) return unit;
  const count = size / SECONDS[smaller];
  return isWhole(count) && count <= 99 ? smaller : unit;
}

function isWhole(value: number): boolean {
  return Math.abs(value - Math.round(value)) < 1e-9;
}

function inUnit(seconds: number, unit: (typeof DURATION_UNITS)[number], format: NumberFormat): string {
  return `${formatNumber(seconds / SECONDS[unit], format)} ${unit}`;
}

function durationFactor(unit: string): number {
  const parsed = parseUnit(unit);
  if (parsed === undefined || !sameDimension(parsed.dimension, DURATION))
    throw new RangeError(`${unit} is not a unit of time`);
  return parsed.factor;
}

/** An amount of money as `34.50 GBP`: with the minor unit's decimals below 1,000, whole from there on. */
export function formatMoney(value: number, currency: string, format: NumberFormat = {}): string {
  if (format.digits !== undefined || !Number.isFinite(value)) return `${formatNumber(value, format)} ${currency}`;
  const decimals = isCurrency(currency) ? minorDigits(currency) : 2;
  const whole = Math.abs(value) >= 1000 || Number.isInteger(value);
  const text = value.toFixed(whole ? 0 : decimals);
  return `${/^-0(\.0*)?$/.test(text) ? text.slice(1) : text} ${currency}`;
}

/** A share of 1 as a percentage: `12.3%`. */
export function formatShare(share: number, format: NumberFormat = {}): string {
  return `${formatNumber(share * 100, format)}%`;
}

/** Any value in canonical units, in the unit that reads best for its dimension. */
export function formatQuantity(value: number, dimension: Dimension, format: QuantityFormat = {}): string {
  if (format.unit !== undefined) return inWrittenUnit(value, format.unit, format);
  if (format.percentage === true) return formatShare(value, format);
  const { time, money, length = 0, currency = '' } = dimension;
  if (length !== 0) {
    const factors = [power('m', length), power(currency, money), power('s', time)].filter((text) => text !== '');
    return `${formatNumber(value, format)} ${factors.join(' ')}`;
  }
  if (time === 0 && money === 0) return formatNumber(value, format);
  if (time === 1 && money === 0) return formatDuration(value, format);
  if (time === 0 && money === 1) return formatMoney(value, currency, format);
  if (time === -1 && money === 0) return rate(value, format);
  if (time === -1 && money === 1) return `${formatMoney(value * SECONDS.h, currency, format)}/h`;
  const factors = [power(currency, money), power('s', time)].filter((text) => text !== '');
  return `${formatNumber(value, format)} ${factors.join(' ')}`;
}

/** A rate per day where at least one a day happens, else per week or year, whichever gives at least one. */
function rate(perSecond: number, format: NumberFormat): string {
  const size = Math.abs(perSecond);
  const unit = (['d', 'week', 'year'] as const).find((each) => size * SECONDS[each] >= 1 - 1e-9) ?? 'year';
  const chosen = size === 0 ? 'd' : unit;
  return `${formatNumber(perSecond * SECONDS[chosen], format)} per ${chosen === 'd' ? 'day' : chosen}`;
}

function inWrittenUnit(value: number, unit: string, format: NumberFormat): string {
  const parsed = parseUnit(unit);
  if (parsed === undefined) throw new RangeError(`${unit} is not a unit`);
  const number = formatNumber(value / parsed.factor, format);
  return parsed.percentage || unit.startsWith('/') ? number + unit : `${number} ${unit}`;
}

function power(symbol: string, exponent: number): string {
  if (exponent === 0) return '';
  return exponent === 1 ? symbol : `${symbol}^${exponent}`;
}
