import type { Model, StaffGroup } from '@pathway/model';
import { constantValue, meanOfExpression, SECONDS, workingMinutes } from '@pathway/model';

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
