import { getISO } from 'temporal-polyfill/fns/Calendar';
import * as Instant from 'temporal-polyfill/fns/Instant';
import * as Day from 'temporal-polyfill/fns/PlainDate';
import * as Local from 'temporal-polyfill/fns/PlainDateTime';
import * as Clock from 'temporal-polyfill/fns/PlainTime';
import * as Moment from 'temporal-polyfill/fns/ZonedDateTime';
import { ModelError } from '../../model-error.js';

/** A clock on the wall, for what is read at a time of day. */
export interface LocalClock {
  /** The first moment later than `after` (both as the watch counts, in seconds) at which it shows so many minutes after midnight. */
  next(minutes: number, after: number): number;
  /** What it shows, to the minute: `2026-07-01T14:00`. */
  text(time: number): string;
  /** When it shows a local date and time (ISO without zone); undefined for one that does not exist. */
  timeOf(local: string): number | undefined;
}

/**
 * The clock of a zone. Times that it skips or shows twice are those that the calendar of studies takes.
 * @param timezone IANA name
 * @param zero when the time of the watch is 0, in Unix seconds
 * @throws ModelError for an unknown zone
 */
export function localClock(timezone: string, zero: number): LocalClock {
  const zoned = (time: number): Moment.Record =>
    Instant.toZonedDateTimeISO(Instant.fromEpochMilliseconds(Math.floor((zero + time) * 1000)), timezone);
  try {
    zoned(0);
  } catch {
    throw new ModelError(`\`${timezone}\` is not a time zone; write an IANA name such as "Europe/London".`);
  }
  // The same moment is asked for again and again until it has come.
  const known = new Map<number, { readonly from: number; readonly next: number }>();
  return {
    next(minutes, after) {
      const last = known.get(minutes);
      if (last !== undefined && after >= last.from && after < last.next) return last.next;
      const time = Clock.addMinutes(Clock.create(), minutes);
      let date = Day.subtractDays(Moment.toPlainDate(zoned(after)), 1);
      for (;;) {
        const moment =
          Day.toZonedDateTime(date, { timeZone: timezone, plainTime: time }).epochMilliseconds / 1000 - zero;
        if (moment > after) {
          known.set(minutes, { from: after, next: moment });
          return moment;
        }
        date = Day.addDays(date, 1);
      }
    },
    text: (time) => Local.toString(Moment.toPlainDateTime(zoned(time)), { smallestUnit: 'minute' }),
    timeOf(local) {
      try {
        const moment = Local.toZonedDateTime(Local.fromString(local, getISO), timezone);
        return moment.epochMilliseconds / 1000 - zero;
      } catch {
        return undefined;
      }
    },
  };
}
