/**
 * What a number measures: the exponents of time, money and length, and the currency where money is involved.
 * Counts, shares and plain numbers have no exponent at all and differ by `kind` only in how they read.
 *
 * Canonical units of every value in a model: time in seconds, money in whole units of its currency
 * (pounds, not pence), lengths in metres, shares as fractions of 1, rates per second.
 */
export interface Dimension {
  readonly time: number;
  readonly money: number;
  /** Present exactly when it is not 0. */
  readonly length?: number;
  /** ISO 4217 code; present exactly when `money` is not 0. */
  readonly currency?: string;
}

export const NUMBER: Dimension = Object.freeze({ time: 0, money: 0 });
export const DURATION: Dimension = Object.freeze({ time: 1, money: 0 });
export const LENGTH: Dimension = Object.freeze({ time: 0, money: 0, length: 1 });
export const SPEED: Dimension = Object.freeze({ time: -1, money: 0, length: 1 });
export const RATE: Dimension = Object.freeze({ time: -1, money: 0 });

/** An amount of money in the given ISO 4217 currency. */
export function moneyDimension(currency: string): Dimension {
  return { time: 0, money: 1, currency };
}

/** True when values of both dimensions may be added, compared or used in each other's place. */
export function sameDimension(a: Dimension, b: Dimension): boolean {
  return a.time === b.time && a.money === b.money && lengthOf(a) === lengthOf(b) && a.currency === b.currency;
}

function lengthOf({ length = 0 }: Dimension): number {
  return length;
}

/** The dimension of a power; undefined where an exponent would not be a whole number. */
export function raiseDimension(dimension: Dimension, exponent: number): Dimension | undefined {
  const time = dimension.time * exponent;
  const money = dimension.money * exponent;
  const length = lengthOf(dimension) * exponent;
  if (![time, money, length].every(Number.isInteger)) return undefined;
  return made(time, money, length, dimension.currency);
}

function made(time: number, money: number, length: number, currency: string | undefined): Dimension {
  return {
    time,
    money,
    ...(length !== 0 && { length }),
    ...(money !== 0 && currency !== undefined && { currency }),
  };
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
  return made(
    a.time + sign * b.time,
    a.money + sign * b.money,
    lengthOf(a) + sign * lengthOf(b),
    a.currency ?? b.currency,
  );
}

/** The dimension in plain words, for messages: "a duration", "money (GBP) per time", "a plain number". */
export function describeDimension(dimension: Dimension): string {
  const { time, money, currency } = dimension;
  const length = lengthOf(dimension);
  if (length === 0 && time === 0 && money === 0) return 'a plain number';
  if (length === 0 && time === 1 && money === 0) return 'a duration';
  if (length === 0 && time === -1 && money === 0) return 'a rate (a number per time)';
  if (length === 0 && time === 0 && money === 1) return `an amount of money (${currency ?? ''})`;
  if (length === 0 && time === -1 && money === 1) return `money per time (${currency ?? ''})`;
  if (length === 1 && time === 0 && money === 0) return 'a length';
  if (length === 1 && time === -1 && money === 0) return 'a speed (a length per time)';
  const parts: string[] = [];
  if (length !== 0) parts.push(length === 1 ? 'length' : `length^${length}`);
  if (money !== 0) parts.push(money === 1 ? (currency ?? 'money') : `${currency ?? 'money'}^${money}`);
  if (time !== 0) parts.push(time === 1 ? 'time' : `time^${time}`);
  return parts.join(' × ');
}
