import {
  calendarOf,
  type Cohort,
  constantValue,
  hourOfWeekAt,
  meanOfExpression,
  type Model,
  rateChanges,
  type RatedArrivals,
  type Study,
  type StudyCalendar,
} from '@pathway/model';
import { HOURS_OF_WEEK } from './hourly.js';

/** How patients of a cohort come, in the long run. */
export interface ArrivalFlow {
  /** Mean arrivals per second. */
  readonly rate: number;
  /** Mean arrivals in each hour of the week, 0 = Monday 00:00 local. */
  readonly byHour: Float64Array;
  /** A Poisson process of constant rate. */
  readonly poisson: boolean;
  /** The same rate at all times. */
  readonly steady: boolean;
}

const HOUR = 3600;
const WEEK = HOURS_OF_WEEK * HOUR;
/** 2026-01-05 is a Monday; UTC changes no clocks. */
const A_WEEK: StudyCalendar = { start: '2026-01-05T00:00', timezone: 'UTC', horizonSeconds: WEEK };
const LONGEST_LOOK = 26 * WEEK;

/** The calendar over which averages are taken: a study's first half year, or one plain week where there is no study. */
export function referenceCalendar(model: Model, study: Study | undefined): StudyCalendar {
  if (study === undefined) return A_WEEK;
  const length = (constantValue(study.run, model) ?? WEEK) + (constantValue(study.warmUp, model) ?? 0);
  return calendarOf(study, Math.min(LONGEST_LOOK, Math.max(HOUR, length)));
}

/**
 * The arrivals of a cohort. Rates by day or week are read off one plain week. A profile that is counted from the start of a
 * study follows that study: its mean is taken over the run, and hours of the week that the run does not meet have none.
 * @returns why they cannot be computed, where they cannot
 * @throws ModelError for impossible rates and profiles
 */
export function arrivalFlow(cohort: Cohort, model: Model, calendar: StudyCalendar): ArrivalFlow | { reason: string } {
  const { arrivals } = cohort;
  if (arrivals === undefined) return { rate: 0, byHour: new Float64Array(HOURS_OF_WEEK), poisson: true, steady: true };
  switch (arrivals.kind) {
    case 'every': {
      const mean = meanOfExpression(arrivals.between, model, { attributes: cohort.attributes });
      if (mean.value === undefined)
        return { reason: `the mean time between arrivals has no closed form: ${mean.reason}` };
      if (!(mean.value > 0)) return { reason: 'the mean time between arrivals is not above 0' };
      const { between } = arrivals;
      const poisson =
        between.kind === 'distribution' &&
        between.family === 'exponential' &&
        between.from === undefined &&
        between.to === undefined;
      return level(1 / mean.value, poisson);
    }
    case 'rate':
    case 'table':
      return ratedFlow(arrivals, model, calendar);
    case 'batch': {
      const size = meanOfExpression(arrivals.size, model, { attributes: cohort.attributes });
      if (size.value === undefined) return { reason: `the mean size of a batch has no closed form: ${size.reason}` };
      const byHour = new Float64Array(HOURS_OF_WEEK);
      for (let day = 0; day < 7; day++) {
        const weekday = (['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const)[day];
        if (weekday === undefined || arrivals.days?.includes(weekday) === false) continue;
        byHour[day * 24 + Math.floor(arrivals.at / 60)] = size.value;
      }
      return { rate: sum(byHour) / WEEK, byHour, poisson: false, steady: false };
    }
    case 'recorded': {
      const times = arrivals.times.filter((time) => time < calendar.horizonSeconds);
      const byHour = new Float64Array(HOURS_OF_WEEK);
      const weeks = Math.max(1, calendar.horizonSeconds / WEEK);
      const index = hourIndex(calendar);
      for (const time of times) {
        const hour = index(time);
        byHour[hour] = (byHour[hour] ?? 0) + 1 / weeks;
      }
      return { rate: times.length / calendar.horizonSeconds, byHour, poisson: false, steady: false };
    }
  }
}

function level(rate: number, poisson: boolean): ArrivalFlow {
  return { rate, byHour: new Float64Array(HOURS_OF_WEEK).fill(rate * HOUR), poisson, steady: true };
}

function ratedFlow(arrivals: RatedArrivals, model: Model, studyCalendar: StudyCalendar): ArrivalFlow {
  const fromStart = arrivals.profile?.anchor === 'study';
  const calendar = fromStart ? studyCalendar : A_WEEK;
  const changes = rateChanges(arrivals, calendar, model);
  const [only] = changes;
  if (changes.length === 1 && only !== undefined) return level(only.rate, true);
  const { horizonSeconds } = calendar;
  const byHour = new Float64Array(HOURS_OF_WEEK);
  const index = hourIndex(calendar);
  const weeks = Math.max(1, horizonSeconds / WEEK);
  let total = 0;
  changes.forEach(({ time, rate }, i) => {
    const end = changes[i + 1]?.time ?? horizonSeconds;
    total += rate * (end - time);
    for (let begin = time; begin < end;) {
      const stop = Math.min(end, (Math.floor(begin / HOUR + 1e-9) + 1) * HOUR);
      const hour = index(begin);
      byHour[hour] = (byHour[hour] ?? 0) + (rate * (stop - begin)) / weeks;
      begin = stop;
    }
  });
  return { rate: total / horizonSeconds, byHour, poisson: false, steady: false };
}

/** The hour of the week at an elapsed time; the calendar is asked once a week, as clocks change but twice a year. */
function hourIndex(calendar: StudyCalendar): (elapsed: number) => number {
  const firstHours = new Map<number, number>();
  const startMinutes = Number(calendar.start.slice(14, 16));
  return (elapsed) => {
    const day = Math.floor(elapsed / (24 * HOUR));
    let first = firstHours.get(day);
    if (first === undefined) {
      first = hourOfWeekAt(day * 24 * HOUR, calendar);
      firstHours.set(day, first);
    }
    const hours = Math.floor((elapsed - day * 24 * HOUR + startMinutes * 60) / HOUR + 1e-9);
    return (first + hours) % HOURS_OF_WEEK;
  };
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
