import { type LocalDay, localDays, type StudyCalendar } from './calendar.js';
import type { ArrivalHours, ArrivalProfile, Arrivals } from './elements.js';
import { type Numbers, originOf, requireConstant } from './evaluate.js';
import type { Expression } from './expression.js';
import { formatNumber } from './format.js';
import { ModelError } from './model-error.js';
import { WEEKDAYS, type Weekday } from './schedule.js';

/** Arrivals of a Poisson process whose rate follows the calendar. */
export type RatedArrivals = Extract<Arrivals, { kind: 'rate' | 'table' }>;

/** From `time` (elapsed seconds) on, arrivals come at `rate` per second. */
export interface RateChange {
  readonly time: number;
  readonly rate: number;
}

/** Whether arrivals come at one rate at all times. */
export function isSteadyRate(arrivals: Arrivals): boolean {
  if (arrivals.kind !== 'rate') return false;
  return arrivals.profile === undefined && arrivals.days === undefined && arrivals.hours === undefined;
}

interface Piece {
  readonly begin: number;
  readonly end: number;
  readonly rate: number;
}

const DAY = 86_400;
const MINUTES = 1440;
const FLAT: ArrivalProfile = Object.freeze({ slot: DAY, values: Object.freeze([1]), anchor: 'day' });

/**
 * The rate of a Poisson process as steps along the run: the first at time 0, each other where the rate changes, all
 * within the horizon.
 *
 * `table` gives the rate of each slot, times `scale`. `rate` gives the mean over the days on which it is open; the
 * profile's values are divided by their mean so that this mean is kept: over one day for a profile by day, over the
 * slot time of the open days of a week for one by week, over its whole length for one from the study's start. Within
 * `hours` it is the rate itself. On
 * closed days nobody arrives. Slots of a day or week follow the local clock, so that a day on which clocks change
 * has one slot more or less.
 * @throws ModelError for rates and profile values that are not constant or negative, and profiles without any arrival
 */
export function rateChanges(arrivals: RatedArrivals, calendar: StudyCalendar, numbers: Numbers): RateChange[] {
  const { profile, rates, days } = ratesOf(arrivals, numbers);
  const pieces =
    profile.anchor === 'study'
      ? studyPieces(profile, rates, days, calendar)
      : clockPieces(profile, rates, days, localDays(calendar));
  return steps(pieces, calendar.horizonSeconds);
}

function ratesOf(
  arrivals: RatedArrivals,
  numbers: Numbers,
): { profile: ArrivalProfile; rates: readonly number[]; days: readonly Weekday[] | undefined } {
  if (arrivals.kind === 'table') {
    const { profile, scale } = arrivals;
    checkProfile(profile, scale);
    const factor = scale === undefined ? 1 : atLeastZero(scale, numbers, 'The scale of arrivals');
    return { profile, rates: profile.values.map((value) => value * factor), days: undefined };
  }
  const { profile = FLAT, days, hours, rate } = arrivals;
  if (hours !== undefined) {
    const open = openMinutes(hours, days);
    const perSecond = atLeastZero(rate, numbers, 'The rate of arrivals');
    return { profile: open, rates: open.values.map((value) => value * perSecond), days: undefined };
  }
  checkProfile(profile, rate);
  const mean = profileMean(profile, days);
  if (!(mean > 0)) {
    throw new ModelError(
      'The profile of arrivals is 0 on every open day; give some slot a share above 0.',
      originOf(rate),
    );
  }
  const perSecond = atLeastZero(rate, numbers, 'The rate of arrivals');
  return { profile, rates: profile.values.map((value) => (value / mean) * perSecond), days };
}

/** 1 in each slot of the week within the hours, which begin on the given days, else 0. */
function openMinutes({ from, to }: ArrivalHours, days: readonly Weekday[] | undefined): ArrivalProfile {
  const length = to > from ? to - from : to + MINUTES - from;
  const slot = [from, length].reduce(greatestDivisor, MINUTES);
  const values = new Array<number>((7 * MINUTES) / slot).fill(0);
  WEEKDAYS.forEach((weekday, index) => {
    if (days !== undefined && !days.includes(weekday)) return;
    for (let minute = 0; minute < length; minute += slot)
      values[((index * MINUTES + from + minute) / slot) % values.length] = 1;
  });
  return { slot: slot * 60, values, anchor: 'week' };
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b);
}

function checkProfile({ slot, values }: ArrivalProfile, near: Expression | undefined): void {
  const origin = near && originOf(near);
  if (!(slot > 0 && Number.isFinite(slot)))
    throw new ModelError('A slot of an arrival profile must be longer than 0.', origin);
  if (values.length === 0) throw new ModelError('The profile of arrivals has no values.', origin);
  const wrong = values.findIndex((value) => !(value >= 0 && Number.isFinite(value)));
  if (wrong >= 0) {
    const found = formatNumber(values[wrong] ?? Number.NaN);
    throw new ModelError(`Value ${wrong + 1} of the arrival profile must be 0 or more, not ${found}.`, origin);
  }
}

/** Mean of a profile over the time in which it can bring arrivals. */
function profileMean(profile: ArrivalProfile, days: readonly Weekday[] | undefined): number {
  if (profile.anchor === 'study') return profile.values.reduce((sum, value) => sum + value, 0) / profile.values.length;
  let sum = 0;
  let length = 0;
  const open = WEEKDAYS.map((weekday) => days === undefined || days.includes(weekday));
  open.forEach((isOpen, weekdayIndex) => {
    if (!isOpen) return;
    for (const slot of slotsOfDay(profile, weekdayIndex)) {
      sum += (profile.values[slot.index] ?? 0) * (slot.end - slot.begin);
      length += slot.end - slot.begin;
    }
  });
  return sum / length;
}

/** The parts of slots that lie in a day, as seconds after midnight. */
function slotsOfDay(profile: ArrivalProfile, weekdayIndex: number): { index: number; begin: number; end: number }[] {
  const offset = profile.anchor === 'week' ? weekdayIndex * DAY : 0;
  const slots: { index: number; begin: number; end: number }[] = [];
  const last = Math.ceil((offset + DAY) / profile.slot);
  for (let n = Math.floor(offset / profile.slot); n < last; n++) {
    const begin = Math.max(0, n * profile.slot - offset);
    const end = Math.min(DAY, (n + 1) * profile.slot - offset);
    if (begin < end) slots.push({ index: n % profile.values.length, begin, end });
  }
  return slots;
}

function clockPieces(
  profile: ArrivalProfile,
  rates: readonly number[],
  days: readonly Weekday[] | undefined,
  calendarDays: readonly LocalDay[],
): Piece[] {
  return calendarDays.flatMap((day) => {
    if (days !== undefined && !days.includes(day.weekday)) return [{ begin: day.at(0), end: day.at(DAY), rate: 0 }];
    const slots = slotsOfDay(profile, day.weekdayIndex);
    // A boundary inside an hour that the clock skips falls together with the next one after it.
    let end = day.at(DAY);
    const pieces = slots.reverse().map((slot) => {
      const piece = { begin: Math.min(day.at(slot.begin), end), end, rate: rates[slot.index] ?? 0 };
      end = piece.begin;
      return piece;
    });
    return pieces.reverse();
  });
}

function studyPieces(
  profile: ArrivalProfile,
  rates: readonly number[],
  days: readonly Weekday[] | undefined,
  calendar: StudyCalendar,
): Piece[] {
  const open = localDays(calendar).map((day) => ({
    begin: Math.max(0, day.at(0)),
    end: Math.min(calendar.horizonSeconds, day.at(DAY)),
    isOpen: days === undefined || days.includes(day.weekday),
  }));
  return open.flatMap(({ begin, end, isOpen }) => {
    if (begin >= end) return [];
    if (!isOpen) return [{ begin, end, rate: 0 }];
    const pieces: Piece[] = [];
    for (let n = Math.floor(begin / profile.slot); n * profile.slot < end; n++) {
      const piece = { begin: Math.max(begin, n * profile.slot), end: Math.min(end, (n + 1) * profile.slot) };
      if (piece.begin < piece.end) pieces.push({ ...piece, rate: rates[n % rates.length] ?? 0 });
    }
    return pieces;
  });
}

/** Pieces in ascending order, without those that a change of clocks swallows, and equal neighbours joined. */
function steps(pieces: readonly Piece[], horizon: number): RateChange[] {
  const changes: RateChange[] = [];
  for (const { begin, end, rate } of pieces) {
    if (end <= begin || end <= 0 || begin >= Math.max(horizon, 1e-9)) continue;
    if (changes.at(-1)?.rate !== rate) changes.push({ time: Math.max(0, begin), rate });
  }
  return changes;
}

function atLeastZero(expression: Expression, numbers: Numbers, what: string): number {
  const value = requireConstant(expression, numbers, what);
  if (value >= 0) return value;
  throw new ModelError(`${what} must be 0 or more, not ${formatNumber(value)}.`, originOf(expression));
}
