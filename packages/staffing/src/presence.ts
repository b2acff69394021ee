import type { Model, Shift, StaffGroup, StudyCalendar } from '@pathway/model';
import { WEEKDAYS, weeklyAverage } from '@pathway/model';
import { HOURS_OF_WEEK } from './hours.js';
import { leaveOf } from './time-away.js';
import { absenceOf, contractHours, headcountOf } from './working-time.js';

/** People present in each hour of the week, and whether that is written or only estimated. */
export interface Presence {
  readonly byHour: readonly number[];
  readonly estimated: boolean;
}

/**
 * Presence as written in `on duty`; otherwise an estimate: the group's contract hours less absence and leave, spread evenly over
 * the hours of its shifts (all hours where it names none).
 */
export function presenceOf(group: StaffGroup, model: Model, calendar: StudyCalendar): Presence {
  if (group.onDuty !== undefined) return { byHour: weeklyAverage(group.onDuty, calendar, model), estimated: false };
  const there = Math.max(0, 1 - absenceOf(group, model) - leaveOf(group, model));
  const hours = headcountOf(group, model) * contractHours(group, model) * there;
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
    for (const [day, weekday] of WEEKDAYS.entries()) {
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
