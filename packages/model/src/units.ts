import { CURRENCY_CODES, isCurrency } from './currencies.js';
import { type Dimension, DURATION, LENGTH, NUMBER, RATE, divideDimensions, moneyDimension } from './dimension.js';
import { nearestText } from './edit-distance.js';

/** A unit of the language. A number written in it times `factor` is the value in canonical units. */
export interface Unit {
  /** Canonical spelling: `week` also where `weeks` was written, `/d` where `per day` was. */
  readonly text: string;
  readonly dimension: Dimension;
  readonly factor: number;
  /** True for `%`, whose values read as percentages. */
  readonly percentage: boolean;
}

/**
 * Seconds in a unit of time. A day is 24 h and a year is 365.25 d (the Julian year, the mean of four calendar
 * years); a month has no fixed length and is no unit.
 */
export const SECONDS: Readonly<Record<'s' | 'min' | 'h' | 'd' | 'week' | 'year', number>> = Object.freeze({
  s: 1,
  min: 60,
  h: 3600,
  d: 86_400,
  week: 604_800,
  year: 31_557_600,
});

/** Metres in a unit of length; a mile is the international one. */
const METRES: ReadonlyMap<string, number> = new Map([
  ['m', 1],
  ['km', 1000],
  ['mi', 1609.344],
]);

type TimeUnit = keyof typeof SECONDS;

/** Every accepted spelling of a unit of time, and its canonical form. */
const TIME_SPELLINGS: ReadonlyMap<string, TimeUnit> = new Map([
  ['s', 's'],
  ['min', 'min'],
  ['h', 'h'],
  ['d', 'd'],
  ['week', 'week'],
  ['weeks', 'week'],
  ['wk', 'week'],
  ['year', 'year'],
  ['years', 'year'],
]);

/** After `per` or `/` the singular word reads naturally too: `14 per day`, `34 GBP/hour`. */
const PER_SPELLINGS: ReadonlyMap<string, TimeUnit> = new Map([
  ...TIME_SPELLINGS,
  ['second', 's'],
  ['minute', 'min'],
  ['hour', 'h'],
  ['day', 'd'],
]);

/**
 * Masses and volumes are clinical units: they differ from one another but measure nothing that a plan counts in, so
 * that the language has no dimension for them.
 */
const CLINICAL_UNITS: ReadonlySet<string> = new Set(['kg', 'g', 'mg', 'ug', 'µg', 'l', 'L', 'dl', 'ml', 'mL', 'mmol']);

/**
 * Reads a unit: a duration (`s min h d week year`), `%`, a currency (ISO 4217), a length (`m km mi`), a compound token
 * of these (`GBP/h`, `h/week`, `km/h`), or a rate (`/d`, `per day`). Undefined when the text is no unit.
 */
export function parseUnit(text: string): Unit | undefined {
  if (text === '%') return { text, dimension: NUMBER, factor: 0.01, percentage: true };
  const rate = /^(?:per +|\/)(.+)$/.exec(text)?.[1];
  if (rate !== undefined) return rateUnit(rate);
  const slash = text.indexOf('/');
  return slash < 0 ? simpleUnit(text) : quotient(simpleUnit(text.slice(0, slash)), text.slice(slash + 1));
}

function simpleUnit(text: string): Unit | undefined {
  const time = TIME_SPELLINGS.get(text);
  if (time !== undefined) return { text: time, dimension: DURATION, factor: SECONDS[time], percentage: false };
  const metres = METRES.get(text);
  if (metres !== undefined) return { text, dimension: LENGTH, factor: metres, percentage: false };
  if (isCurrency(text)) return { text, dimension: moneyDimension(text), factor: 1, percentage: false };
  return undefined;
}

function rateUnit(text: string): Unit | undefined {
  const time = PER_SPELLINGS.get(text);
  return time && { text: `/${time}`, dimension: RATE, factor: 1 / SECONDS[time], percentage: false };
}

function quotient(numerator: Unit | undefined, denominator: string): Unit | undefined {
  const time = PER_SPELLINGS.get(denominator);
  if (numerator === undefined || time === undefined) return undefined;
  const dimension = divideDimensions(numerator.dimension, DURATION);
  return (
    dimension && {
      text: `${numerator.text}/${time}`,
      dimension,
      factor: numerator.factor / SECONDS[time],
      percentage: false,
    }
  );
}

/** Slips that no edit distance would lead to the right unit. */
const COMMON_SLIPS: ReadonlyMap<string, string> = new Map([
  ...slips('s', 'sec secs second seconds'),
  ...slips('min', 'm mins minute minutes mn'),
  ...slips('h', 'hr hrs hour hours hs'),
  ...slips('d', 'day days dy dys'),
  ...slips('week', 'w wks'),
  ...slips('year', 'y yr yrs a annum'),
  ...slips('%', 'percent pct pc'),
  ...slips('GBP', '£ pound pounds quid'),
  ...slips('EUR', '€ euro euros'),
  ...slips('USD', '$ dollar dollars'),
]);

function slips(unit: string, texts: string): (readonly [string, string])[] {
  return texts.split(' ').map((text) => [text, unit] as const);
}

/**
 * The unit that a mistyped one most likely means (`mins` → `min`, `GPB` → `GBP`, `gbp/hr` → `GBP/h`), in a form
 * that can stand in its place; undefined when nothing is near. A `month` gets `d`, because months differ in length.
 */
export function suggestUnit(text: string): string | undefined {
  const per = /^(per +|\/)(.+)$/.exec(text);
  if (per !== null) return withPrefix(per[1] ?? '', suggestTime(per[2] ?? ''));
  const slash = text.indexOf('/');
  if (slash < 0) return suggestSimple(text);
  const numerator = text.slice(0, slash);
  const left = simpleUnit(numerator)?.text ?? suggestSimple(numerator);
  const right = suggestTime(text.slice(slash + 1));
  if (left === undefined || left === '%' || right === undefined) return undefined;
  return `${left}/${right}`;
}

function withPrefix(prefix: string, unit: string | undefined): string | undefined {
  return unit === undefined ? undefined : prefix + unit;
}

function suggestTime(text: string): string | undefined {
  const known = PER_SPELLINGS.get(text);
  if (known !== undefined) return known;
  const suggestion = suggestSimple(text);
  return suggestion !== undefined && TIME_SPELLINGS.has(suggestion) ? suggestion : undefined;
}

function suggestSimple(text: string): string | undefined {
  const lower = text.toLowerCase();
  if (/^(month|months|mth|mths|mo)$/.test(lower)) return 'd';
  const slip = COMMON_SLIPS.get(lower);
  if (slip !== undefined) return slip;
  if (CLINICAL_UNITS.has(text)) return undefined;
  if (TIME_SPELLINGS.has(lower)) return TIME_SPELLINGS.get(lower);
  const upper = text.toUpperCase();
  if (isCurrency(upper)) return upper;
  const word = nearestText(lower, ['min', 'week', 'weeks', 'year', 'years', ...COMMON_SLIPS.keys()].filter(isLongWord));
  if (word !== undefined) return COMMON_SLIPS.get(word) ?? TIME_SPELLINGS.get(word) ?? word;
  return nearestCurrency(upper);
}

function isLongWord(word: string): boolean {
  return word.length >= 3;
}

/** Swapped letters are the likeliest slip in a code; otherwise one wrong letter, with the most traded codes first. */
function nearestCurrency(code: string): string | undefined {
  if (code.length < 3 || code.length > 4) return undefined;
  const often = ['EUR', 'GBP', 'USD', 'PLN', 'CHF', 'SEK', 'DKK', 'NOK', 'CZK'];
  const letters = sortedLetters(code);
  return (
    [...often, ...CURRENCY_CODES].find((candidate) => sortedLetters(candidate) === letters) ??
    nearestText(code, [...often, ...CURRENCY_CODES])
  );
}

function sortedLetters(text: string): string {
  return [...text].sort().join('');
}

/** Why a text is no unit, as a full sentence for a message: names months, clinical units and currencies as such. */
export function explainUnknownUnit(text: string): string {
  if (/^(month|months)$/i.test(text)) return 'A month has no fixed length; write days, weeks or years.';
  if (text.split('/').some((part) => CLINICAL_UNITS.has(part))) {
    return `\`${text}\` is a clinical unit; the language counts time, money, people and things, so write the plain number and say in a comment what it measures.`;
  }
  const suggestion = suggestUnit(text);
  if (suggestion !== undefined) return `\`${text}\` is not a unit; did you mean \`${suggestion}\`?`;
  return `\`${text}\` is not a unit; units are s, min, h, d, week, year, m, km, mi, %, currency codes such as GBP, and compounds such as GBP/h or km/h.`;
}
