import type { Expression } from './expression.js';

export type Weekday = 'Mon' | 'Tue' | 'Wed' | 'Thu' | 'Fri' | 'Sat' | 'Sun';
export const WEEKDAYS: readonly Weekday[] = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/**
 * One line of a timetable: this much on these days, between these clock times, within these dates.
 * Clock times are minutes after midnight, local time; `to` before or equal to `from` runs past midnight and
 * belongs to the day on which it starts. Dates are ISO (`2026-03-01`), `since` inclusive, `until` exclusive.
 */
export interface ScheduleRule {
  readonly amount: Expression | 'unlimited';
  /** The amount at `until` of a ramp, which begins with `amount` at `since`; between them the amount stays whole. */
  readonly reaches?: Expression;
  readonly days?: readonly Weekday[];
  /** Only on the holidays that the study's territory lists. */
  readonly holidays?: true;
  /**
   * Only in week `number` of each `of` weeks. Weeks begin on Monday; the first is that of `since`, without one that in
   * which the study begins.
   */
  readonly week?: { readonly number: number; readonly of: number };
  readonly from?: number;
  readonly to?: number;
  readonly since?: string;
  readonly until?: string;
}

/** How much there is, over time. The first rule that matches an instant holds there; else `otherwise`. */
export interface Schedule {
  readonly rules: readonly ScheduleRule[];
  readonly otherwise: Expression | 'unlimited';
}

/** Minutes after midnight as `HH:MM`. */
export function formatClock(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  return `${String(hours).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
