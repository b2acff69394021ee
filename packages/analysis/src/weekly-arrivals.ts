import {
  type Arrivals,
  bookedTimes,
  clockOccurrences,
  type Cohort,
  hourOfWeekAt,
  localDays,
  isSteadyRate,
  meanGroup,
  meanPeople,
  type Model,
  rateChanges,
  requireConstant,
  type StudyCalendar,
} from '@pathway/model';
import { atMostAYear } from './arrival-rate.js';

const HOURS = 168;
const HOUR = 3600;

/** Mean arrivals in each hour of the local week; they add to the mean of a week. */
export function arrivalsByHour(cohort: Cohort, rate: number, model: Model, calendar: StudyCalendar): number[] {
  const { arrivals } = cohort;
  const even = new Array<number>(HOURS).fill(rate * HOUR);
  switch (arrivals?.kind) {
    case 'rate':
    case 'table':
      return isSteadyRate(arrivals)
        ? even
        : ratedByHour(arrivals, model, calendar).map((groups) => groups * (meanGroup(arrivals, model).value ?? 0));
    case 'batch': {
      const year = wholeWeeks(calendar);
      const size = meanPeople(arrivals.size, model).value ?? 0;
      const times = clockOccurrences(arrivals.at, arrivals.days, year);
      return counted(
        times.map((time) => ({ time, size })),
        year,
      );
    }
    case 'appointments': {
      // How early or late people come moves few of them to another hour; on the whole as many come.
      const year = wholeWeeks(calendar);
      const shows = arrivals.shows === undefined ? 1 : requireConstant(arrivals.shows, model, 'The share who come');
      return counted(
        bookedTimes(arrivals, year, model).map((time) => ({ time, size: shows })),
        year,
      );
    }
    case 'recorded': {
      const times = arrivals.times.filter((time) => time >= 0 && time < calendar.horizonSeconds);
      return counted(
        times.map((time) => ({ time, size: 1 })),
        calendar,
      );
    }
    default:
      return even;
  }
}

/** A study of whole weeks, at most a year; a study shorter than a week stays as it is for profiles from its start. */
function wholeWeeks(calendar: StudyCalendar): StudyCalendar {
  const week = HOURS * HOUR;
  const year = atMostAYear(calendar);
  return { ...year, horizonSeconds: Math.max(1, Math.floor(year.horizonSeconds / week)) * week };
}

function ratedByHour(
  arrivals: Extract<Arrivals, { kind: 'rate' | 'table' }>,
  model: Model,
  calendar: StudyCalendar,
): number[] {
  const fromStart = arrivals.profile?.anchor === 'study' && calendar.horizonSeconds < HOURS * HOUR;
  const span = fromStart ? calendar : wholeWeeks(calendar);
  const hours = new Array<number>(HOURS).fill(0);
  const changes = rateChanges(arrivals, span, model);
  let next = 0;
  for (const { hour, begin, end } of localHours(span)) {
    for (let from = begin; from < end;) {
      while ((changes[next]?.time ?? Number.POSITIVE_INFINITY) <= from) next++;
      const to = Math.min(end, changes[next]?.time ?? end);
      hours[hour] = (hours[hour] ?? 0) + (changes[next - 1]?.rate ?? 0) * (to - from);
      from = to;
    }
  }
  return hours.map((sum) => sum / weeksIn(span));
}

/** The hours of the local clock along a study, ascending; one that comes twice is long, one that is skipped absent. */
function localHours(calendar: StudyCalendar): { hour: number; begin: number; end: number }[] {
  return localDays(calendar).flatMap((day) =>
    Array.from({ length: 24 }, (_, hour) => ({
      hour: day.weekdayIndex * 24 + hour,
      begin: Math.max(0, day.at(hour * HOUR)),
      end: Math.min(calendar.horizonSeconds, day.at((hour + 1) * HOUR)),
    })).filter(({ begin, end }) => begin < end),
  );
}

function counted(events: readonly { time: number; size: number }[], calendar: StudyCalendar): number[] {
  const hours = new Array<number>(HOURS).fill(0);
  for (const { time, size } of events) {
    const hour = hourOfWeekAt(time, calendar);
    hours[hour] = (hours[hour] ?? 0) + size;
  }
  return hours.map((sum) => sum / weeksIn(calendar));
}

/** Weeks of a study; one shorter than a week stands for the only one. */
function weeksIn({ horizonSeconds }: StudyCalendar): number {
  return Math.max(1, horizonSeconds / (HOURS * HOUR));
}
