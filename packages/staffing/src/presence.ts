import type { Model, Shift, StaffGroup, StudyCalendar } from '@pathway/model';
import { constantValue, meanOfExpression, SECONDS, weeklyAverage, workingMinutes } from '@pathway/model';
import { HOURS_OF_WEEK } from './hours.js';

/** People present in each hour of the week, and whether that is written or only estimated. */
export interface Presence {
  readonly byHour: readonly number[];
  readonly estimated: boolean;
}

/** A working week of 37.5 hours, where no contract is written. */
const DEFAULT_CONTRACT_HOURS = 37.5;

/** Contract hours a week of a group. */
export function contractHours(group: StaffGroup, model: Model): number {
  const share = group.contract === undefined ? undefined : constantValue(group.contract, model);
  return share === undefined ? DEFAULT_CONTRACT_HOURS : (share * SECONDS.week) / SECONDS.h;
}

/** People in post. */
export function headcountOf(group: StaffGroup, model: Model): number {
  return constantValue(group.headcount, model) ?? 0;
}

/** Share of working time lost to absence, on average. */
export function absenceOf(group: StaffGroup, model: Model): number {
  return group.absence === undefined ? 0 : (meanOfExpression(group.absence, model).value ?? 0);
}

/** What one person of a group gives: hours a week and a shift, and what of them is there for the work. */
export interface WorkingTime {
  readonly contractHours: number;
  readonly absence: number;
  /** Of a shift, on average; a fifth of the contract where the group works none. */
  readonly shiftHours: number;
  readonly lostPerShift: readonly { readonly name: string; readonly hours: number }[];
  /** Hours of a shift in which one can be sent for. */
  readonly productiveHours: number;
}

export function workingTimeOf(group: StaffGroup, model: Model): WorkingTime {
  const contract = contractHours(group, model);
  const own = model.shifts.filter(({ id }) => group.shifts.includes(id));
  const shiftHours =
    own.length === 0
      ? contract / WORKING_DAYS_PER_WEEK
      : own.reduce((sum, shift) => sum + workingMinutes(shift, model) / 60, 0) / own.length;
  const lostPerShift = (group.lostPerShift ?? []).map(({ name, time }) => ({
    name,
    hours: (constantValue(time, model) ?? 0) / SECONDS.h,
  }));
  return {
    contractHours: contract,
    absence: absenceOf(group, model),
    shiftHours,
    lostPerShift,
    productiveHours: Math.max(0, shiftHours - lostPerShift.reduce((sum, { hours }) => sum + hours, 0)),
  };
}

export const WORKING_DAYS_PER_WEEK = 5;

/**
 * Presence as written in `on duty`; otherwise an estimate: the group's contract hours less absence, spread evenly over
 * the hours of its shifts (all hours where it names none).
 */
export function presenceOf(group: StaffGroup, model: Model, calendar: StudyCalendar): Presence {
  if (group.onDuty !== undefined) return { byHour: weeklyAverage(group.onDuty, calendar, model), estimated: false };
  const hours = headcountOf(group, model) * contractHours(group, model) * (1 - absenceOf(group, model));
  const weights = shiftWeights(group, model.shifts);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return { byHour: weights.map((weight) => (hours * weight) / total), estimated: true };
}

/** How much of each hour of the week the group's shifts cover, overlaps counted twice. */
function shiftWeights(group: StaffGroup, shifts: readonly Shift[]): readonly number[] {
  const own = shifts.filter((shift) => group.shifts.includes(shift.id));
  if (own.length === 0) return HOURS_OF_WEEK.map(() => 1);
  const weights = HOURS_OF_WEEK.map(() => 0);
  for (const shift of own) {
    for (const [day, weekday] of WEEK.entries()) {
      if (shift.days !== undefined && !shift.days.includes(weekday)) continue;
      addMinutes(
        weights,
        day * 1440 + shift.from,
        shift.to > shift.from ? shift.to - shift.from : shift.to + 1440 - shift.from,
      );
    }
  }
  return weights;
}

const WEEK = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

/** Adds so many minutes from a minute of the week, as shares of the hours they fall in. */
function addMinutes(weights: number[], from: number, minutes: number): void {
  let at = from;
  let left = minutes;
  while (left > 0) {
    const hour = Math.floor(at / 60) % 168;
    const part = Math.min(left, 60 - (at % 60));
    weights[hour] = (weights[hour] ?? 0) + part / 60;
    at += part;
    left -= part;
  }
}
