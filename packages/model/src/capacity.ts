import { type LocalDay, localDays, midnightOf, type StudyCalendar } from './calendar.js';
import { type Numbers, originOf, requireConstant } from './evaluate.js';
import type { Expression } from './expression.js';
import { formatNumber } from './format.js';
import { ModelError } from './model-error.js';
import type { Schedule, ScheduleRule } from './schedule.js';

/** From `time` (elapsed seconds) on there are `amount`; Infinity where the schedule says unlimited. */
export interface CapacityChange {
  readonly time: number;
  readonly amount: number;
}

interface Interval {
  readonly begin: number;
  readonly end: number;
}

/**
 * A schedule as steps along the run: the first at time 0, each other where the amount changes, all within the
 * horizon. At every instant the first rule that matches holds, else `otherwise`. On a ramp the amount follows the
 * straight line in whole numbers: each is there from the instant at which the line reaches it.
 * @throws ModelError for amounts that are not constant or negative, and for a calendar that cannot be
 */
export function capacityChanges(schedule: Schedule, calendar: StudyCalendar, numbers: Numbers): CapacityChange[] {
  const otherwise =
    schedule.otherwise === 'unlimited' ? Number.POSITIVE_INFINITY : amountOf(schedule.otherwise, numbers);
  const horizon = calendar.horizonSeconds;
  const days = localDays(calendar);
  const rules = schedule.rules.map((rule) => ({
    amounts: amountsOf(rule, calendar, numbers),
    intervals: intervalsOf(rule, days, calendar),
    next: 0,
  }));
  const times = new Set([0]);
  for (const { amounts, intervals } of rules) {
    for (const { begin, end } of intervals) times.add(begin).add(end);
    for (const { time } of amounts) if (time > 0) times.add(time);
  }
  const changes: CapacityChange[] = [];
  for (const time of [...times].filter((each) => each === 0 || each < horizon).sort((a, b) => a - b)) {
    for (const rule of rules) while (ended(rule.intervals[rule.next], time)) rule.next++;
    const rule = rules.find((each) => begun(each.intervals[each.next], time));
    const amount = rule?.amounts.findLast((each) => each.time <= time)?.amount ?? otherwise;
    if (changes.at(-1)?.amount !== amount) changes.push({ time, amount });
  }
  return changes;
}

/** The amount of a rule over time: one for all time, or the steps of its ramp. */
function amountsOf(rule: ScheduleRule, calendar: StudyCalendar, numbers: Numbers): CapacityChange[] {
  const amount = rule.amount === 'unlimited' ? Number.POSITIVE_INFINITY : amountOf(rule.amount, numbers);
  const always = [{ time: Number.NEGATIVE_INFINITY, amount }];
  // A ramp begins with a number: without a limit nothing can be reached in steps.
  if (rule.reaches === undefined || rule.amount === 'unlimited') return always;
  const reaches = amountOf(rule.reaches, numbers);
  const { since, until } = rule;
  if (since === undefined || until === undefined || !(since < until)) {
    throw new ModelError(
      'A ramp needs the date on which it begins and the later one on which it ends: `10 to 14 from 2026-03-01 until 2026-03-15`.',
      originOf(rule.amount),
    );
  }
  if (Math.abs(reaches - amount) > MOST_STEPS) {
    throw new ModelError(`A ramp has at most ${MOST_STEPS} steps.`, originOf(rule.amount));
  }
  const begin = midnightOf(since, calendar);
  const length = midnightOf(until, calendar) - begin;
  const step = reaches < amount ? -1 : 1;
  for (let n = step > 0 ? Math.floor(amount) + 1 : Math.ceil(amount) - 1; (reaches - n) * step >= 0; n += step) {
    always.push({ time: begin + ((n - amount) / (reaches - amount)) * length, amount: n });
  }
  return always;
}

const MOST_STEPS = 100_000;

function ended(interval: Interval | undefined, time: number): boolean {
  return interval !== undefined && interval.end <= time;
}

function begun(interval: Interval | undefined, time: number): boolean {
  return interval !== undefined && interval.begin <= time;
}

/** When a rule matches, ascending and cut at 0 and the horizon. */
function intervalsOf(rule: ScheduleRule, days: readonly LocalDay[], calendar: StudyCalendar): Interval[] {
  const from = (rule.from ?? 0) * 60;
  const to = (rule.to ?? 24 * 60) * 60;
  const holidays = new Set(rule.holidays === undefined ? [] : calendar.holidays);
  const firstWeek = weekOf(rule.since ?? calendar.start.slice(0, 10));
  const intervals: Interval[] = [];
  days.forEach((day, i) => {
    if (!matchesDate(rule, day, firstWeek)) return;
    if (rule.holidays !== undefined && !holidays.has(day.date)) return;
    const tomorrow = days[i + 1];
    const end = to > from ? day.at(to) : (tomorrow?.at(to) ?? Number.POSITIVE_INFINITY);
    const cut = { begin: Math.max(0, day.at(from)), end: Math.min(calendar.horizonSeconds, end) };
    if (cut.begin < cut.end) intervals.push(cut);
  });
  return intervals;
}

/** ISO dates compare as text. */
function matchesDate({ days, since, until, week }: ScheduleRule, day: LocalDay, firstWeek: number): boolean {
  if (days !== undefined && !days.includes(day.weekday)) return false;
  if (week !== undefined && modulo(weekOf(day.date) - firstWeek, week.of) !== week.number - 1) return false;
  return (since === undefined || day.date >= since) && (until === undefined || day.date < until);
}

/** Number of the week, Monday to Sunday, in which a date lies; consecutive weeks have consecutive numbers. */
function weekOf(date: string): number {
  // 1970-01-01 was a Thursday.
  return Math.floor((Date.parse(`${date}T00:00Z`) / 86_400_000 + 3) / 7);
}

function modulo(value: number, divisor: number): number {
  return ((value % divisor) + divisor) % divisor;
}

function amountOf(expression: Expression, numbers: Numbers): number {
  const amount = requireConstant(expression, numbers, 'An amount in a timetable');
  if (amount >= 0) return amount;
  throw new ModelError(
    `An amount in a timetable must be 0 or more, not ${formatNumber(amount)}.`,
    originOf(expression),
  );
}

/** Mean amount over the run, weighted by time; Infinity when it is ever unlimited. For a run without length, the first. */
export function meanCapacity(schedule: Schedule, calendar: StudyCalendar, numbers: Numbers): number {
  const changes = capacityChanges(schedule, calendar, numbers);
  if (calendar.horizonSeconds === 0) return changes[0]?.amount ?? 0;
  return integral(changes, 0, calendar.horizonSeconds) / calendar.horizonSeconds;
}

/**
 * Mean amount in each hour of the local week over the run; hour 0 begins on Monday at 00:00. A run shorter than eight
 * days is looked at for eight, so that every hour of the week is met whole.
 * @returns 168 amounts
 */
export function weeklyAverage(schedule: Schedule, calendar: StudyCalendar, numbers: Numbers): number[] {
  const horizonSeconds = Math.max(calendar.horizonSeconds, 8 * 86_400);
  const longer = { ...calendar, horizonSeconds };
  const changes = capacityChanges(schedule, longer, numbers);
  const amounts = new Array<number>(168).fill(0);
  const lengths = new Array<number>(168).fill(0);
  const cursor = { index: 0 };
  for (const day of localDays(longer)) {
    for (let hour = 0; hour < 24; hour++) {
      const begin = Math.max(0, day.at(hour * 3600));
      const end = Math.min(horizonSeconds, day.at((hour + 1) * 3600));
      if (begin >= end) continue;
      const slot = day.weekdayIndex * 24 + hour;
      amounts[slot] = (amounts[slot] ?? 0) + integral(changes, begin, end, cursor);
      lengths[slot] = (lengths[slot] ?? 0) + end - begin;
    }
  }
  return amounts.map((amount, i) => amount / (lengths[i] ?? 1));
}

/**
 * Mean amount in each hour of the local clock from a date on; an hour that clocks skip, or before the start of the calendar, has
 * what comes next.
 * @returns 24 amounts a day
 */
export function hourlyAmounts(
  schedule: Schedule,
  calendar: StudyCalendar,
  numbers: Numbers,
  from: string,
  days: number,
): number[] {
  // Days before a calendar starts are those of one that starts with them.
  const start = from < calendar.start.slice(0, 10) ? `${from}T00:00` : calendar.start;
  const begun = { ...calendar, start };
  const longer = { ...begun, horizonSeconds: Math.max(1, midnightOf(from, begun) + (days + 1) * 86_400) };
  const changes = capacityChanges(schedule, longer, numbers);
  return localDays(longer)
    .filter(({ date }) => date >= from)
    .slice(0, days)
    .flatMap((day) =>
      Array.from({ length: 24 }, (_, hour) => {
        const begin = Math.max(0, day.at(hour * 3600));
        const end = Math.max(begin + 1, day.at((hour + 1) * 3600));
        return integral(changes, begin, end) / (end - begin);
      }),
    );
}

/** Amount × seconds between two times. The cursor remembers where the last call began, for calls in ascending order. */
function integral(changes: readonly CapacityChange[], begin: number, end: number, cursor = { index: 0 }): number {
  while ((changes[cursor.index + 1]?.time ?? Number.POSITIVE_INFINITY) <= begin) cursor.index++;
  let sum = 0;
  for (let i = cursor.index; i < changes.length; i++) {
    const { time, amount } = changes[i] ?? { time: end, amount: 0 };
    if (time >= end) break;
    const length = Math.min(end, changes[i + 1]?.time ?? end) - Math.max(begin, time);
    if (length > 0) sum += amount * length;
  }
  return sum;
}
