import { formatNumber, SECONDS } from '@pathway/model';
import type { Estimate, IndicatorUnit } from '@pathway/simulation';
import { groupDigits } from './text.js';

/** What a figure measures, and in which currency where it is money. */
export interface FigureKind {
  readonly unit: IndicatorUnit;
  readonly currency?: string | undefined;
}

/** How a figure is written: canonical units per written unit, and the word behind the number (may be empty). */
export interface Scale {
  readonly factor: number;
  readonly suffix: string;
}

const MINUS = '\u2212';
const NO_BREAK = '\u00a0';
/** What shares differ by. */
const POINTS = 'percentage points';

export const DURATION_FIGURE: FigureKind = Object.freeze({ unit: 'duration' });
export const SHARE_FIGURE: FigureKind = Object.freeze({ unit: 'share' });
export const NUMBER_FIGURE: FigureKind = Object.freeze({ unit: 'number' });
export const COUNT_FIGURE: FigureKind = Object.freeze({ unit: 'count' });

/**
 * The scale in which figures of up to the given size are written: a duration in the unit in which it is at least
 * about 2, a share as a percentage, a rate by the hour, day or year.
 */
export function scaleFor(kind: FigureKind, size: number): Scale {
  switch (kind.unit) {
    case 'duration':
      return durationScale(Math.abs(size));
    case 'share':
      return { factor: 0.01, suffix: '%' };
    case 'rate':
      return rateScale(Math.abs(size));
    case 'money':
      return { factor: 1, suffix: kind.currency ?? '' };
    case 'count':
    case 'number':
      return { factor: 1, suffix: '' };
  }
}

function durationScale(size: number): Scale {
  if (size >= 2 * SECONDS.d) return { factor: SECONDS.d, suffix: 'd' };
  if (size >= 2 * SECONDS.h) return { factor: SECONDS.h, suffix: 'h' };
  if (size >= 2 * SECONDS.min || size === 0) return { factor: SECONDS.min, suffix: 'min' };
  return { factor: 1, suffix: 's' };
}

function rateScale(size: number): Scale {
  if (size * SECONDS.d >= 48) return { factor: 1 / SECONDS.h, suffix: 'per h' };
  if (size * SECONDS.d >= 1 || size === 0) return { factor: 1 / SECONDS.d, suffix: 'per d' };
  return { factor: 1 / SECONDS.year, suffix: 'per year' };
}

/** One value without an interval, to three significant digits. */
export function figure(value: number, kind: FigureKind): string {
  if (!Number.isFinite(value)) return 'no value';
  const scale = scaleFor(kind, value);
  return withSuffix(typeset(formatNumber(value / scale.factor)), scale);
}

/** True when there is an interval to speak of: at least two replications gave a value. */
export function hasInterval(estimate: Estimate): boolean {
  return estimate.replications > 1 && [estimate.mean, estimate.low, estimate.high].every(Number.isFinite);
}

/**
 * A mean with its 95 % interval, `9.1 % (8.8–9.4 %)`, written to the digits that the interval supports. With one
 * replication there is no interval, and the text says so.
 */
export function estimated(estimate: Estimate, kind: FigureKind): string {
  if (estimate.replications < 1 || !Number.isFinite(estimate.mean)) return 'no value';
  if (!hasInterval(estimate)) return `${figure(estimate.mean, kind)} (one replication, no interval)`;
  return `${estimatedMean(estimate, kind)} (${interval(estimate, kind)})`;
}

/** The mean alone, to the digits that its interval supports. */
export function estimatedMean(estimate: Estimate, kind: FigureKind): string {
  if (estimate.replications < 1 || !Number.isFinite(estimate.mean)) return 'no value';
  if (!hasInterval(estimate)) return figure(estimate.mean, kind);
  const scale = scaleFor(kind, estimate.mean);
  return withSuffix(fixed(estimate.mean / scale.factor, decimals(estimate, scale)), scale);
}

/** An exact value in the unit and to the digits of the simulated one beside it. */
export function exactBeside(value: number, estimate: Estimate, kind: FigureKind): string {
  if (!hasInterval(estimate) || !Number.isFinite(value)) return figure(value, kind);
  const scale = scaleFor(kind, estimate.mean);
  return withSuffix(fixed(value / scale.factor, decimals(estimate, scale)), scale);
}

/** The 95 % interval alone, in the unit of its mean: `8.8–9.4 %`, with `to` where a bound is negative. */
export function interval(estimate: Estimate, kind: FigureKind): string {
  if (!hasInterval(estimate)) return 'no interval';
  return range(
    estimate.low,
    estimate.high,
    scaleFor(kind, estimate.mean),
    decimals(estimate, scaleFor(kind, estimate.mean)),
  );
}

function range(low: number, high: number, scale: Scale, places: number): string {
  const between = low < 0 ? ' to ' : '–';
  return withSuffix(`${fixed(low / scale.factor, places)}${between}${fixed(high / scale.factor, places)}`, scale);
}

/**
 * A difference with its sign and interval: `−3.2 percentage points (−3.5 to −2.9)`. Shares differ by percentage
 * points, never by per cent.
 */
export function differed(estimate: Estimate, kind: FigureKind): string {
  if (estimate.replications < 1 || !Number.isFinite(estimate.mean)) return 'no value';
  const scale = differenceScale(estimate, kind);
  if (!hasInterval(estimate)) {
    return `${withSuffix(signed(typeset(formatNumber(estimate.mean / scale.factor)), estimate.mean), scale)} (one replication, no interval)`;
  }
  const places = decimals(estimate, scale);
  const part = (value: number): string => signed(fixed(value / scale.factor, places), value);
  return `${withSuffix(part(estimate.mean), scale)} (${part(estimate.low)} to ${part(estimate.high)})`;
}

function differenceScale(estimate: Estimate, kind: FigureKind): Scale {
  const size = Math.max(Math.abs(estimate.mean), hasInterval(estimate) ? estimate.halfWidth : 0);
  return kind.unit === 'share' ? { factor: 0.01, suffix: POINTS } : scaleFor(kind, size);
}

/** Whether the interval of a difference lies on one side of zero. */
export function excludesZero(difference: Estimate): boolean {
  return hasInterval(difference) && (difference.low > 0 || difference.high < 0);
}

/** Whether a closed form's value lies in the interval of what was simulated; undefined without an interval. */
export function liesInside(value: number, estimate: Estimate): boolean | undefined {
  return hasInterval(estimate) ? value >= estimate.low && value <= estimate.high : undefined;
}

/** Digits after the point (tens, hundreds, … below 0) such that the half-width shows one significant digit, two where it begins with a 1. */
function decimals(estimate: Estimate, scale: Scale): number {
  const half = (estimate.high - estimate.low) / 2 / scale.factor;
  const wanted =
    half > 0 ? -Math.floor(Math.log10(half)) + (leadingDigit(half) === 1 ? 1 : 0) : exactDecimals(estimate, scale);
  return Math.min(6, wanted);
}

function exactDecimals(estimate: Estimate, scale: Scale): number {
  const text = formatNumber(estimate.mean / scale.factor);
  return text.split('.')[1]?.length ?? 0;
}

function leadingDigit(value: number): number {
  return Number(value.toExponential(6).charAt(0));
}

/**
 * A number with a fixed count of decimals, thousands grouped, a true minus sign and no negative zero. With -2 places it
 * is rounded to hundreds.
 */
export function fixed(value: number, places: number): string {
  if (!Number.isFinite(value)) return 'no value';
  const step = 10 ** Math.max(0, -places);
  const text = step === 1 ? value.toFixed(places) : (Math.round(value / step) * step).toFixed(0);
  return typeset(Number(text) === 0 ? text.replace('-', '') : text);
}

function typeset(text: string): string {
  return groupDigits(text).replace('-', MINUS);
}

function signed(text: string, value: number): string {
  const isZero = !/[1-9]/.test(text);
  return value > 0 && !isZero ? `+${text}` : text;
}

function withSuffix(text: string, scale: Scale): string {
  const one = /^[+\u2212]?1$/.test(text) && scale.suffix === POINTS;
  return scale.suffix === '' ? text : `${text}${NO_BREAK}${one ? POINTS.slice(0, -1) : scale.suffix}`;
}

/** A plain count or an amount of hours: at most `places` decimals, thousands grouped. */
export function plain(value: number, places = 1): string {
  if (!Number.isFinite(value)) return 'no value';
  const text = value.toFixed(places);
  const trimmed = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return typeset(trimmed === '-0' ? '0' : trimmed);
}

/** A share as a percentage with at most one decimal: `82.5 %`. */
export function percent(share: number): string {
  return Number.isFinite(share) ? `${plain(share * 100)}${NO_BREAK}%` : 'no value';
}
