/**
 * What a number measures: the exponents of time and of money, and the currency where money is involved.
 * Counts, shares and plain numbers have no exponent at all and differ by `kind` only in how they read.
 *
 * Canonical units of every value in a model: time in seconds, money in whole units of its currency
 * (pounds, not pence), shares as fractions of 1, rates per second.
 */
export interface Dimension {
  readonly time: number;
  readonly money: number;
  /** ISO 4217 code; present exactly when `money` is not 0. */
  readonly currency?: string;
}

export const NUMBER: Dimension = Object.freeze({ time: 0, money: 0 });
export const DURATION: Dimension = Object.freeze({ time: 1, money: 0 });
export const RATE: Dimension = Object.freeze({ time: -1, money: 0 });

/** An amount of money in the given ISO 4217 currency. */
export function moneyDimension(currency: string): Dimension {
  return { time: 0, money: 1, currency };
}

/** True when values of both dimensions may be added, compared or used in each other's place. */
export function sameDimension(a: Dimension, b: Dimension): boolean {
  return a.time === b.time && a.money === b.money && a.currency === b.currency;
}

/** The dimension of a product; undefined when it would mix two currencies. */
export function multiplyDimensions(a: Dimension, b: Dimension): Dimension | undefined {
  return combine(a, b, 1);
}

/** The dimension of a quotient; undefined when it would mix two currencies. */
export function divideDimensions(a: Dimension, b: Dimension): Dimension | undefined {
  return combine(a, b, -1);
}

function combine(a: Dimension, b: Dimension, sign: 1 | -1): Dimension | undefined {
  if (a.currency !== undefined && b.currency !== undefined && a.currency !== b.currency) return undefined;
  const time = a.time + sign * b.time;
  const money = a.money + sign * b.money;
  const currency = a.currency ?? b.currency;
  return money !== 0 && currency !== undefined ? { time, money, currency } : { time, money };
}

/** The dimension in plain words, for messages: "a duration", "money (GBP) per time", "a plain number". */
export function describeDimension(dimension: Dimension): string {
  const { time, money, currency } = dimension;
  if (time === 0 && money === 0) return 'a plain number';
  if (time === 1 && money === 0) return 'a duration';
  if (time === -1 && money === 0) return 'a rate (a number per time)';
  if (time === 0 && money === 1) return `an amount of money (${currency ?? ''})`;
  if (time === -1 && money === 1) return `money per time (${currency ?? ''})`;
  const parts: string[] = [];
  if (money !== 0) parts.push(money === 1 ? (currency ?? 'money') : `${currency ?? 'money'}^${money}`);
  if (time !== 0) parts.push(time === 1 ? 'time' : `time^${time}`);
  return parts.join(' × ');
}
