import { formatNumber, SECONDS } from '@pathway/model';
import type { Estimate, IndicatorUnit } from '@pathway/simulation';
import type { Words } from './words/words.js';

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

export const DURATION_FIGURE: FigureKind = Object.freeze({ unit: 'duration' });
export const SHARE_FIGURE: FigureKind = Object.freeze({ unit: 'share' });
export const NUMBER_FIGURE: FigureKind = Object.freeze({ unit: 'number' });
export const COUNT_FIGURE: FigureKind = Object.freeze({ unit: 'count' });

/**
 * The scale in which figures of up to the given size are written: a duration in the unit in which it is at least
 * about 2, a share as a percentage, a rate by the hour, day or year.
 */
export function scaleFor(words: Words, kind: FigureKind, size: number): Scale {
  switch (kind.unit) {
    case 'duration':
      return durationScale(words, Math.abs(size));
    case 'share':
      return { factor: 0.01, suffix: '%' };
    case 'rate':
      return rateScale(words, Math.abs(size));
    case 'money':
      return { factor: 1, suffix: kind.currency ?? '' };
    case 'count':
    case 'number':
      return { factor: 1, suffix: '' };
  }
}

function durationScale({ say }: Words, size: number): Scale {
  if (size >= 2 * SECONDS.d) return { factor: SECONDS.d, suffix: say`d` };
  if (size >= 2 * SECONDS.h) return { factor: SECONDS.h, suffix: say`h` };
  if (size >= 2 * SECONDS.min || size === 0) return { factor: SECONDS.min, suffix: say`min` };
  return { factor: 1, suffix: say`s` };
}

function rateScale({ say }: Words, size: number): Scale {
  if (size * SECONDS.d >= 48) return { factor: 1 / SECONDS.h, suffix: say`per h` };
  if (size * SECONDS.d >= 1 || size === 0) return { factor: 1 / SECONDS.d, suffix: say`per d` };
  return { factor: 1 / SECONDS.year, suffix: say`per year` };
}

/** One value without an interval, to three significant digits. */
export function figure(words: Words, value: number, kind: FigureKind): string {
  if (!Number.isFinite(value)) return words.say`no value`;
  const scale = scaleFor(words, kind, value);
  return withSuffix(typeset(words, formatNumber(value / scale.factor)), scale);
}

/** True when there is an interval to speak of: at least two replications gave a value. */
export function hasInterval(estimate: Estimate): boolean {
  return estimate.replications > 1 && [estimate.mean, estimate.low, estimate.high].every(Number.isFinite);
}

/**
 * A mean with its 95 % interval, `9.1 % (8.8–9.4 %)`, written to the digits that the interval supports. With one
 * replication there is no interval, and the text says so.
 */
export function estimated(words: Words, estimate: Estimate, kind: FigureKind): string {
  if (estimate.replications < 1 || !Number.isFinite(estimate.mean)) return words.say`no value`;
  if (!hasInterval(estimate)) return words.say`${figure(words, estimate.mean, kind)} (one replication, no interval)`;
  return `${estimatedMean(words, estimate, kind)} (${interval(words, estimate, kind)})`;
}

/** The mean alone, to the digits that its interval supports. */
export function estimatedMean(words: Words, estimate: Estimate, kind: FigureKind): string {
  if (estimate.replications < 1 || !Number.isFinite(estimate.mean)) return words.say`no value`;
  if (!hasInterval(estimate)) return figure(words, estimate.mean, kind);
  const scale = scaleFor(words, kind, estimate.mean);
  return withSuffix(fixed(words, estimate.mean / scale.factor, decimals(estimate, scale)), scale);
}

/** An exact value in the unit and to the digits of the simulated one beside it. */
export function exactBeside(words: Words, value: number, estimate: Estimate, kind: FigureKind): string {
  if (!hasInterval(estimate) || !Number.isFinite(value)) return figure(words, value, kind);
  const scale = scaleFor(words, kind, estimate.mean);
  return withSuffix(fixed(words, value / scale.factor, decimals(estimate, scale)), scale);
}

/** The 95 % interval alone, in the unit of its mean: `8.8–9.4 %`, with `to` where a bound is negative, `≥ 8.8 %` without an upper end. */
export function interval(words: Words, estimate: Estimate, kind: FigureKind): string {
  if (!hasInterval(estimate)) return words.say`no interval`;
  const scale = scaleFor(words, kind, estimate.mean);
  const places = decimals(estimate, scale);
  if (estimate.open === true) return `≥\u00a0${withSuffix(fixed(words, estimate.low / scale.factor, places), scale)}`;
  return range(words, estimate.low, estimate.high, scale, places);
}

function range(words: Words, low: number, high: number, scale: Scale, places: number): string {
  const [from, to] = [low, high].map((value) => fixed(words, value / scale.factor, places)) as [string, string];
  return withSuffix(low < 0 ? words.say`${from} to ${to}` : `${from}–${to}`, scale);
}

/**
 * A difference with its sign and interval: `−3.2 percentage points (−3.5 to −2.9)`. Shares differ by percentage
 * points, never by per cent.
 */
export function differed(words: Words, estimate: Estimate, kind: FigureKind): string {
  if (estimate.replications < 1 || !Number.isFinite(estimate.mean)) return words.say`no value`;
  const scale = differenceScale(words, estimate, kind);
  if (!hasInterval(estimate)) {
    const only = signed(typeset(words, formatNumber(estimate.mean / scale.factor)), estimate.mean);
    return words.say`${withUnit(words, only, scale, kind)} (one replication, no interval)`;
  }
  const places = decimalsBesideZero(estimate, scale);
  const part = (value: number): string => signed(fixed(words, value / scale.factor, places), value);
  const between = words.say`${part(estimate.low)} to ${part(estimate.high)}`;
  return `${withUnit(words, part(estimate.mean), scale, kind)} (${between})`;
}

function differenceScale(words: Words, estimate: Estimate, kind: FigureKind): Scale {
  const size = Math.max(Math.abs(estimate.mean), hasInterval(estimate) ? estimate.halfWidth : 0);
  return kind.unit === 'share' ? { factor: 0.01, suffix: '' } : scaleFor(words, kind, size);
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
  const width = (estimate.high - estimate.low) / 2 / scale.factor;
  // What only rounding makes of equal values is no interval.
  const half = width > 1e-9 * Math.abs(estimate.mean / scale.factor) ? width : 0;
  const wanted =
    half > 0 ? -Math.floor(Math.log10(half)) + (leadingDigit(half) === 1 ? 1 : 0) : exactDecimals(estimate, scale);
  return Math.min(6, wanted);
}

/** As decimals, and so many more that an interval beside zero never reads as if it touched it. */
function decimalsBesideZero(estimate: Estimate, scale: Scale): number {
  const places = decimals(estimate, scale);
  if (!excludesZero(estimate)) return places;
  const nearest = Math.min(Math.abs(estimate.low), Math.abs(estimate.high)) / scale.factor;
  return Math.max(places, Math.min(6, Math.ceil(-Math.log10(2 * nearest))));
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
export function fixed(words: Words, value: number, places: number): string {
  if (!Number.isFinite(value)) return words.say`no value`;
  const step = 10 ** Math.max(0, -places);
  const text = step === 1 ? value.toFixed(places) : (Math.round(value / step) * step).toFixed(0);
  return typeset(words, Number(text) === 0 ? text.replace('-', '') : text);
}

function typeset(words: Words, text: string): string {
  return words.digits(text).replace('-', MINUS);
}

function signed(text: string, value: number): string {
  const isZero = !/[1-9]/.test(text);
  return value > 0 && !isZero ? `+${text}` : text;
}

function withSuffix(text: string, scale: Scale): string {
  return scale.suffix === '' ? text : `${text}${NO_BREAK}${scale.suffix}`;
}

/** The unit of a difference: shares differ by percentage points. */
function withUnit(words: Words, text: string, scale: Scale, kind: FigureKind): string {
  return kind.unit === 'share' ? percentagePoints(words, text) : withSuffix(text, scale);
}

/** `3.2 percentage points`, `1 percentage point`, of a number as it is written. */
export function percentagePoints(words: Words, text: string): string {
  const count = /^[+\u2212]?\d+$/.test(text) ? Number(text.replace('+', '').replace(MINUS, '')) : 0.5;
  return words.say`${text} percentage points (${count})`;
}

/** A plain count or an amount of hours: at most `places` decimals, thousands grouped. */
export function plain(words: Words, value: number, places = 1): string {
  if (!Number.isFinite(value)) return words.say`no value`;
  const text = value.toFixed(places);
  const trimmed = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return typeset(words, trimmed === '-0' ? '0' : trimmed);
}

/** A share as a percentage with at most one decimal: `82.5 %`. */
export function percent(words: Words, share: number): string {
  return Number.isFinite(share) ? `${plain(words, share * 100)}${NO_BREAK}%` : words.say`no value`;
}
