import type { RosterDeclaration } from '@pathway/model';

/** Weekdays from Monday, as timetables name them. */
export const WEEK = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

const MILLISECONDS_PER_DAY = 86_400_000;

type Period = Pick<RosterDeclaration, 'from' | 'days'>;

/** The date of a day of a roster. */
export function dateOf(roster: Period, day: number): string {
  return new Date(Date.parse(`${roster.from}T00:00:00Z`) + day * MILLISECONDS_PER_DAY).toISOString().slice(0, 10);
}

/** The day of a date, counted from the roster's first; below 0 or beyond its days where it is not in it. */
export function dayOf(roster: Period, date: string): number {
  return Math.round((Date.parse(`${date}T00:00:00Z`) - Date.parse(`${roster.from}T00:00:00Z`)) / MILLISECONDS_PER_DAY);
}

/** Minutes from the start of the roster to a local date and time such as `2026-12-13T18:00`. */
export function minuteOf(roster: Period, moment: string): number {
  const [date = '', time = '00:00'] = moment.split('T');
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return dayOf(roster, date) * 1440 + hours * 60 + minutes;
}

/** The local date and time of so many minutes after the start of the roster: `2026-12-13T18:00`. */
export function momentOf(roster: Period, minute: number): string {
  return new Date(Date.parse(`${roster.from}T00:00:00Z`) + minute * 60_000).toISOString().slice(0, 16);
}

/** The days of a roster from one date to another, both inclusive; to its end where there is none. */
export function daysBetween(roster: Period, from: string, until: string | undefined): readonly number[] {
  const first = Math.max(0, dayOf(roster, from));
  const last = until === undefined ? roster.days - 1 : Math.min(roster.days - 1, dayOf(roster, until));
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
}

/** 0 for a Monday. */
export function firstWeekday(date: string): number {
  return (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
}

/** The weekday of a day of a roster. */
export function weekdayOf(roster: Period, day: number): (typeof WEEK)[number] {
  return WEEK[(day + firstWeekday(roster.from)) % 7]!;
}
