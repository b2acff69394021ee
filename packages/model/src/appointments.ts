import { localDays, type StudyCalendar } from './calendar.js';
import type { Arrivals } from './elements.js';
import { type Numbers, originOf, requireConstant } from './evaluate.js';
import { formatNumber } from './format.js';
import { ModelError } from './model-error.js';

/** Arrivals at booked times. */
export type AppointmentArrivals = Extract<Arrivals, { kind: 'appointments' }>;

/** More booked times than this are a slip of a unit. */
const MOST_TIMES = 10_000_000;

/**
 * The booked times of a run in elapsed seconds, ascending, each once for everyone who is booked at it. A session begins
 * at its clock time and counts from there in elapsed time, before its end.
 * @throws ModelError for times between bookings that are not above 0, and numbers of people below 0
 */
export function bookedTimes(arrivals: AppointmentArrivals, calendar: StudyCalendar, numbers: Numbers): number[] {
  const { from, to, days } = arrivals;
  const every = requireConstant(arrivals.every, numbers, 'The time between appointments');
  if (!(every > 0)) {
    throw new ModelError('The time between appointments must be above 0.', originOf(arrivals.every));
  }
  const amount =
    arrivals.amount === undefined ? 1 : requireConstant(arrivals.amount, numbers, 'Those booked at a time');
  if (!(amount >= 0)) {
    const found = formatNumber(amount);
    throw new ModelError(
      `Those booked at a time must be 0 or more, not ${found}.`,
      arrivals.amount && originOf(arrivals.amount),
    );
  }
  const people = Math.round(amount);
  const times: number[] = [];
  const all = localDays(calendar);
  all.forEach((day, i) => {
    if (days !== undefined && !days.includes(day.weekday)) return;
    const begin = day.at(from * 60);
    const end = to > from ? day.at(to * 60) : (all[i + 1]?.at(to * 60) ?? begin);
    if (times.length + ((end - begin) / every) * Math.max(1, people) > MOST_TIMES) {
      throw new ModelError(`There are more than ${MOST_TIMES} appointments in a run.`, originOf(arrivals.every));
    }
    for (let n = 0; begin + n * every < end - 1e-6; n++) {
      const time = begin + n * every;
      if (time < 0 || time >= calendar.horizonSeconds) continue;
      for (let person = 0; person < people; person++) times.push(time);
    }
  });
  return times.sort((a, b) => a - b);
}
