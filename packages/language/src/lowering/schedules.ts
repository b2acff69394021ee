import type { Expression, Schedule, ScheduleRule, Weekday } from '@pathway/model';
import { WEEKDAYS } from '@pathway/model';
import type * as ast from '../generated/ast.js';
import { lowerExpression, MISSING } from './expressions.js';
import type { LoweringContext } from './lowering-context.js';

/** Minutes after midnight of a clock time as written. */
export function minutesOf(time: string): number {
  const [hours = '0', minutes = '0'] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
}

/** The weekdays of `Mon-Fri, Sun`, in the order of the week; a range may run over the weekend (`Sat-Mon`). */
export function lowerDays(days: ast.Days): readonly Weekday[] {
  const chosen = new Set<Weekday>();
  for (const range of days.ranges) {
    const first = WEEKDAYS.indexOf(range.from);
    const last = WEEKDAYS.indexOf(range.to ?? range.from);
    for (let day = first; ; day = (day + 1) % 7) {
      chosen.add(WEEKDAYS[day] ?? 'Mon');
      if (day === last) break;
    }
  }
  return WEEKDAYS.filter((day) => chosen.has(day));
}

/** A timetable. A line without any condition is what holds otherwise; without such a line it is 0. */
export function lowerSchedule(schedule: ast.Schedule, context: LoweringContext): Schedule {
  const rules: ScheduleRule[] = [];
  let otherwise: Expression | 'unlimited' | undefined;
  for (const rule of schedule.rules) {
    const amount = rule.unlimited ? 'unlimited' : lowerExpression(rule.amount, context);
    if (isUnconditional(rule)) {
      otherwise ??= amount;
      continue;
    }
    rules.push({
      amount,
      ...(rule.reaches === undefined ? {} : { reaches: lowerExpression(rule.reaches, context) }),
      ...(rule.holidays ? { holidays: true as const } : {}),
      ...(rule.week === undefined || rule.cycle === undefined ? {} : { week: { number: rule.week, of: rule.cycle } }),
      ...(rule.days === undefined ? {} : { days: lowerDays(rule.days) }),
      ...(rule.from === undefined ? {} : { from: minutesOf(rule.from), to: minutesOf(rule.to ?? rule.from) }),
      ...(rule.since === undefined ? {} : { since: rule.since }),
      ...(rule.until === undefined ? {} : { until: rule.until }),
    });
  }
  return { rules, otherwise: otherwise ?? MISSING };
}

function isUnconditional(rule: ast.ScheduleRule): boolean {
  return rule.otherwise || !hasConditions(rule);
}

/** Whether a line of a timetable holds at some times only. */
export function hasConditions(rule: ast.ScheduleRule): boolean {
  if (rule.holidays) return true;
  return [rule.days, rule.week, rule.from, rule.since, rule.until].some((condition) => condition !== undefined);
}
