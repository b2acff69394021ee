import { getISO } from 'temporal-polyfill/fns/Calendar';
import * as Day from 'temporal-polyfill/fns/PlainDate';
import * as Local from 'temporal-polyfill/fns/PlainDateTime';
import * as Clock from 'temporal-polyfill/fns/PlainTime';
import * as Moment from 'temporal-polyfill/fns/ZonedDateTime';
import { ModelError } from './model-error.js';
import type { Origin } from './origin.js';
import { WEEKDAYS, type Weekday } from './schedule.js';
import type { Study } from './study.js';

/**
 * The calendar of a run. Time 0 is `start` on the clock of `timezone` (an IANA name); all other times are elapsed
 * seconds since then, so that a day on which clocks change has 23 or 25 hours.
 *
 * A clock time that a change skips means the moment it would have been without the change (01:30 on the day on
 * which 01:00 becomes 02:00 is 02:30); one that comes twice means the first of the two.
 */
export interface StudyCalendar {
  readonly start: string;
  readonly timezone: string;
  /** How far the calendar is asked for; nothing at or after it is listed. */
  readonly horizonSeconds: number;
  /** ISO dates of the holidays of the study's territory; none where it lists none. */
  readonly holidays?: readonly string[];
  /** Where the study was written, for messages. */
  readonly origin?: Origin;
}

/** The calendar of a study that runs for `horizonSeconds`, warm-up included. */
export function calendarOf(study: Study, horizonSeconds: number): StudyCalendar {
  const holidays = study.holidays === undefined ? {} : { holidays: study.holidays };
  return { start: study.start, timezone: study.timezone, horizonSeconds, ...holidays, origin: study.origin };
}

/** The study's start as a moment. Throws ModelError for an unknown zone or a start that its clocks skip. */
function startOf(calendar: StudyCalendar): Moment.Record {
  const { start, timezone, origin, horizonSeconds } = calendar;
  if (!(horizonSeconds >= 0 && Number.isFinite(horizonSeconds))) {
    throw new ModelError(`A study cannot last ${horizonSeconds} s; give it a length of 0 or more.`, origin);
  }
  const local = parseStart(start, origin);
  const zoned = inZone(local, timezone, origin);
  if (!Local.equals(Moment.toPlainDateTime(zoned), local)) {
    throw new ModelError(
      `${start.replace('T', ' ')} does not exist in ${timezone}: clocks skip it; start an hour earlier or later.`,
      origin,
    );
  }
  return zoned;
}

function parseStart(start: string, origin: Origin | undefined): Local.Record {
  try {
    return Local.fromString(start, getISO);
  } catch {
    throw new ModelError(`\`${start}\` is not a date and time; write it like 2026-01-05 00:00.`, origin);
  }
}

function inZone(local: Local.Record, timezone: string, origin: Origin | undefined): Moment.Record {
  try {
    return Local.toZonedDateTime(local, timezone, { disambiguation: 'compatible' });
  } catch {
    throw new ModelError(`\`${timezone}\` is not a time zone; write an IANA name such as "Europe/London".`, origin);
  }
}

/** A day on the local calendar, seen from the study's start. */
export interface LocalDay {
  /** ISO date. */
  readonly date: string;
  /** 0 is Monday. */
  readonly weekdayIndex: number;
  readonly weekday: Weekday;
  /** Elapsed seconds at a clock time, given in seconds after midnight (0 to 86,400); negative before the start. */
  at(secondsAfterMidnight: number): number;
}

const DAY = 86_400;

/** The local days from the one before the study's start to the one after its end, so that shifts over midnight meet both. */
export function localDays(calendar: StudyCalendar): readonly LocalDay[] {
  const key = `${calendar.start} ${calendar.timezone} ${calendar.horizonSeconds}`;
  const known = daysOfCalendars.get(key);
  if (known !== undefined) return known;
  const days = computeLocalDays(calendar);
  // A few calendars are asked for thousands of times (one a timetable); more are not kept, so that memory stays bounded.
  if (daysOfCalendars.size >= 8) daysOfCalendars.clear();
  daysOfCalendars.set(key, days);
  return days;
}

const daysOfCalendars = new Map<string, readonly LocalDay[]>();

function computeLocalDays(calendar: StudyCalendar): LocalDay[] {
  const start = startOf(calendar);
  const zone = start.timeZoneId;
  const end = Moment.addMilliseconds(start, Math.ceil(calendar.horizonSeconds * 1000));
  const last = Day.addDays(Moment.toPlainDate(end), 1);
  const days: LocalDay[] = [];
  let date = Day.subtractDays(Moment.toPlainDate(start), 1);
  let midnight = elapsed(start, Day.toZonedDateTime(date, zone));
  while (Day.compare(date, last) <= 0) {
    const tomorrow = Day.addDays(date, 1);
    const nextMidnight = elapsed(start, Day.toZonedDateTime(tomorrow, zone));
    days.push(localDay(start, date, midnight, nextMidnight));
    date = tomorrow;
    midnight = nextMidnight;
  }
  return days;
}

function localDay(start: Moment.Record, date: Day.Record, midnight: number, nextMidnight: number): LocalDay {
  const weekdayIndex = Day.dayOfWeek(date) - 1;
  const regular = nextMidnight - midnight === DAY;
  return {
    date: Day.toString(date),
    weekdayIndex,
    weekday: WEEKDAYS[weekdayIndex] ?? 'Mon',
    at(seconds) {
      // Only days on which clocks change need to ask the calendar.
      if (regular) return midnight + seconds;
      if (seconds >= DAY) return nextMidnight;
      const time = Clock.addMilliseconds(Clock.create(), Math.round(seconds * 1000));
      return elapsed(
        start,
        Local.toZonedDateTime(Day.toPlainDateTime(date, time), start.timeZoneId, { disambiguation: 'compatible' }),
      );
    },
  };
}

function elapsed(start: Moment.Record, moment: Moment.Record): number {
  return (moment.epochMilliseconds - start.epochMilliseconds) / 1000;
}

/**
 * The moments at which the local clock shows a time on the given days, within the horizon, ascending.
 * @param minutesOfDay minutes after midnight
 * @param days all days when undefined
 * @param dates ISO dates between which the days lie, the first inclusive
 */
export function clockOccurrences(
  minutesOfDay: number,
  days: readonly Weekday[] | undefined,
  calendar: StudyCalendar,
  { since, until }: { readonly since?: string | undefined; readonly until?: string | undefined } = {},
): number[] {
  return localDays(calendar)
    .filter((day) => days === undefined || days.includes(day.weekday))
    .filter(({ date }) => (since === undefined || date >= since) && (until === undefined || date < until))
    .map((day) => day.at(minutesOfDay * 60))
    .filter((time) => time >= 0 && time < calendar.horizonSeconds);
}

/** The local date, weekday and minutes after midnight (with fractions) at an elapsed time. */
export function localTimeAt(
  elapsedSeconds: number,
  calendar: StudyCalendar,
): { readonly date: string; readonly weekday: Weekday; readonly minutes: number } {
  const local = new Date(clockOf(calendar).localMilliseconds(Math.floor(elapsedSeconds * 1000)));
  const seconds = local.getUTCSeconds() + local.getUTCMilliseconds() / 1000;
  return {
    date: local.toISOString().slice(0, 10),
    weekday: WEEKDAYS[(local.getUTCDay() + 6) % 7] ?? 'Mon',
    minutes: local.getUTCHours() * 60 + local.getUTCMinutes() + seconds / 60,
  };
}

/**
 * Writes elapsed times as ISO 8601 with the offset of the study's zone and milliseconds: `2026-01-05T08:30:00.000+01:00`.
 */
export function timestampWriter(calendar: StudyCalendar): (elapsedSeconds: number) => string {
  const clock = clockOf(calendar);
  return (elapsedSeconds) => {
    const milliseconds = Math.round(elapsedSeconds * 1000);
    const offset = clock.offsetMinutes(milliseconds);
    const local = new Date(clock.localMilliseconds(milliseconds));
    const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.round(Math.abs(offset) % 60)];
    const zone = `${offset < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
    return `${local.toISOString().slice(0, -1)}${zone}`;
  };
}

/** What the local clock of a study shows, in milliseconds since the study's start. */
interface LocalClock {
  /** The local time as milliseconds of a clock that is read as if it were in UTC. */
  localMilliseconds(elapsed: number): number;
  /** How far the local clock is ahead of UTC. */
  offsetMinutes(elapsed: number): number;
}

/**
 * The clock of a calendar. Asking the calendar for one moment takes some microseconds and a study of a year asks for
 * tens of thousands, so that it is asked for the changes of clocks within the horizon alone, and for moments outside.
 */
function clockOf(calendar: StudyCalendar): LocalClock {
  const key = `${calendar.start} ${calendar.timezone} ${calendar.horizonSeconds}`;
  const known = clocks.get(key);
  if (known !== undefined) return known;
  const start = startOf(calendar);
  const asked = (elapsed: number): number => Moment.offsetNanoseconds(Moment.addMilliseconds(start, elapsed)) / 60e9;
  const spans = [0, ...clockChanges(calendar)]
    .map((from) => ({ from: from * 1000, offset: asked(from * 1000) }))
    .reverse();
  const horizon = calendar.horizonSeconds * 1000;
  const offsetMinutes = (elapsed: number): number =>
    elapsed >= 0 && elapsed < horizon ? (spans.find(({ from }) => from <= elapsed)?.offset ?? 0) : asked(elapsed);
  const clock: LocalClock = {
    offsetMinutes,
    localMilliseconds: (elapsed) => start.epochMilliseconds + elapsed + offsetMinutes(elapsed) * 60_000,
  };
  // As with the days: a few calendars are asked for often.
  if (clocks.size >= 8) clocks.clear();
  clocks.set(key, clock);
  return clock;
}

const clocks = new Map<string, LocalClock>();

/** The elapsed time at which a date begins, before, within or after the run. @param date ISO */
export function midnightOf(date: string, calendar: StudyCalendar): number {
  const start = startOf(calendar);
  return elapsed(start, Day.toZonedDateTime(Day.fromString(date, getISO), start.timeZoneId));
}

/**
 * The elapsed time of a local date and time, before, within or after the run. Where clocks skip or repeat it, what the
 * calendar says of such times holds.
 * @param local ISO without zone
 */
export function elapsedAt(local: string, calendar: StudyCalendar): number {
  const start = startOf(calendar);
  return elapsed(start, Local.toZonedDateTime(Local.fromString(local, getISO), start.timeZoneId));
}

/** The elapsed times within the horizon at which local clocks go forward or back, ascending; 0 is never among them. */
export function clockChanges(calendar: StudyCalendar): number[] {
  const start = startOf(calendar);
  const changes: number[] = [];
  let moment = Moment.getTimeZoneTransition(start, 'next');
  while (moment !== null) {
    const time = elapsed(start, moment);
    if (time >= calendar.horizonSeconds) break;
    changes.push(time);
    moment = Moment.getTimeZoneTransition(moment, 'next');
  }
  return changes;
}

/** The hour of the local week at an elapsed time: 0 is Monday 00:00 to 01:00, 167 Sunday 23:00 to 24:00. */
export function hourOfWeekAt(elapsedSeconds: number, calendar: StudyCalendar): number {
  const { weekday, minutes } = localTimeAt(elapsedSeconds, calendar);
  return WEEKDAYS.indexOf(weekday) * 24 + Math.floor(minutes / 60);
}
