/** A moment of a log: seconds since 1970-01-01 00:00, and how many minutes the clock was ahead of UTC, where it says so. */
export interface Moment {
  /** Seconds on the clock of the log as it is written. */
  readonly wall: number;
  readonly offset: number | undefined;
}

/** How dates with the day or the month first are read. */
export type DateOrder = 'day-first' | 'month-first';

const YEAR_FIRST =
  /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?)? ?(Z|[+-]\d{2}:?\d{2})?$/i;
const YEAR_LAST =
  /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?)? ?(Z|[+-]\d{2}:?\d{2})?$/i;
const EPOCH = /^\d{9,13}(?:\.\d+)?$/;

/**
 * Reads times as event logs have them: ISO 8601 (`2014-10-22T11:15:41.000+02:00`), the same with `/`, `.` or a space,
 * dates with the day or the month first if `order` says which, and seconds or milliseconds since 1970.
 * @returns undefined for what is none, and `'order'` for a date that needs `order` to be read
 */
export function parseTimestamp(text: string, order: DateOrder | undefined): Moment | 'order' | undefined {
  const trimmed = text.trim();
  const quick = readQuickly(trimmed);
  if (quick !== undefined) return quick;
  const first = YEAR_FIRST.exec(trimmed);
  if (first !== null) return momentOf([first[1], first[3], first[4]], first.slice(5));
  const last = YEAR_LAST.exec(trimmed);
  if (last !== null) {
    const [, one = '', separator, two = '', year] = last;
    // A date with full stops has the day first wherever it is written so.
    const chosen = order ?? (separator === '.' ? 'day-first' : undefined);
    if (chosen === undefined) return 'order';
    const [day, month] = chosen === 'day-first' ? [one, two] : [two, one];
    return momentOf([year, month, day], last.slice(5));
  }
  if (!EPOCH.test(trimmed)) return undefined;
  const value = Number(trimmed);
  return { wall: value >= 1e11 ? value / 1000 : value, offset: 0 };
}

let knownDate = '';
let knownDay = 0;

/** The form that most logs have, without a regular expression: `YYYY-MM-DD hh:mm:ss`, perhaps with thousandths. */
function readQuickly(text: string): Moment | undefined {
  if (text.length !== 19 && !(text.length === 23 && text.charCodeAt(19) === 46)) return undefined;
  if (text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58) return undefined;
  const date = text.slice(0, 10);
  if (date !== knownDate) {
    const found = YEAR_FIRST.exec(date);
    const day = found === null ? undefined : dayNumber(Number(found[1]), Number(found[3]), Number(found[4]));
    if (day === undefined) return undefined;
    knownDate = date;
    knownDay = day;
  }
  const hours = twoDigits(text, 11);
  const minutes = twoDigits(text, 14);
  const seconds = twoDigits(text, 17);
  if (!(hours < 24 && minutes < 60 && seconds < 60)) return undefined;
  const fraction = text.length === 23 ? Number(text.slice(20)) / 1000 : 0;
  if (!(fraction >= 0)) return undefined;
  const separator = text.charCodeAt(10);
  if (separator !== 32 && separator !== 84) return undefined;
  return { wall: knownDay * 86_400 + hours * 3600 + minutes * 60 + seconds + fraction, offset: undefined };
}

function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

function momentOf(
  [year, month, day]: readonly (string | undefined)[],
  [hours = '0', minutes = '0', seconds = '0', fraction = '', zone]: readonly (string | undefined)[],
): Moment | undefined {
  const date = dayNumber(Number(year), Number(month), Number(day));
  const time = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  if (date === undefined || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 60) return undefined;
  return { wall: date * 86_400 + time + Number(`0.${fraction || '0'}`), offset: offsetOf(zone) };
}

function offsetOf(zone: string | undefined): number | undefined {
  if (zone === undefined) return undefined;
  if (zone.toUpperCase() === 'Z') return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))];
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

/** Days since 1970-01-01 of a date that exists in the years 1900 to 2200. */
function dayNumber(year: number, month: number, day: number): number | undefined {
  if (!(year >= 1900 && year <= 2200 && month >= 1 && month <= 12 && day >= 1)) return undefined;
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() / 86_400_000 : undefined;
}

/** The ISO date on which a clock shows this many seconds since 1970. */
export function isoDate(wall: number): string {
  return new Date(Math.floor(wall / 86_400) * 86_400_000).toISOString().slice(0, 10);
}
