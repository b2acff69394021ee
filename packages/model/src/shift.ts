import type { Shift } from './elements.js';
import type { Model } from './model.js';
import { constantValue } from './evaluate.js';

const MINUTES_PER_DAY = 1440;
/** Night time, and how much of it makes a shift a night (Directive 2003/88/EC, article 2: three hours). */
const NIGHT = { from: 23 * 60, to: 30 * 60, least: 180 };

/** Minutes from the start to the end of a shift. */
export function shiftLength({ from, to }: Shift): number {
  return to > from ? to - from : to + MINUTES_PER_DAY - from;
}

/** Minutes of work that a shift counts as: what it declares, else all of it. */
export function workingMinutes(shift: Shift, model: Model): number {
  const declared = shift.workingTime === undefined ? undefined : constantValue(shift.workingTime, model);
  return declared === undefined ? shiftLength(shift) : Math.round(declared / 60);
}

/** Whether at least three hours of a shift lie between 23:00 and 06:00. */
export function isNightShift(shift: Shift): boolean {
  const end = shift.from + shiftLength(shift);
  const shared = (from: number, to: number): number => Math.max(0, Math.min(end, to) - Math.max(shift.from, from));
  return shared(NIGHT.from, NIGHT.to) + shared(0, NIGHT.to - MINUTES_PER_DAY) >= NIGHT.least;
}
