import { presenceOf } from '@pathway/analysis';
import {
  byId,
  constantValue,
  expressionText,
  formatClock,
  formatNumber,
  type Model,
  type Schedule,
  type ScheduleRule,
  type Shift,
  shiftLength,
  type StaffGroup,
  titleOf,
  WEEKDAYS,
} from '@pathway/model';
import { attempt } from './local-values.js';

const DAY = 1440;

/**
 * How many of a group are on duty, in a line: on each of its shifts, with the least and the most where that differs in the
 * course of a shift or a week; without shifts as its timetable says.
 */
export function onDutyWords(model: Model, group: StaffGroup): string {
  const presence = attempt(() => presenceOf(group, model));
  const shifts = group.shifts.flatMap((id) => byId(model.shifts, id) ?? []);
  if (presence === undefined || (presence.estimated && shifts.length === 0)) return 'not said';
  const { schedule, estimated } = presence;
  if (shifts.length === 0) return scheduleWords(schedule);
  const lines = shifts.map((shift) => {
    const amounts = amountsDuring(schedule, shift, model);
    const count = amounts === undefined ? 'by the calendar' : rangeWords(amounts);
    return `${titleOf(shift)} ${formatClock(shift.from)}–${formatClock(shift.to)}: ${count}`;
  });
  return `${lines.join('<br>')}${estimated ? '<br>estimated from headcount, contract and absence' : ''}`;
}

function rangeWords(amounts: readonly number[]): string {
  const [least, most] = [Math.min(...amounts), Math.max(...amounts)];
  return least === most ? formatNumber(least) : `${formatNumber(least)}–${formatNumber(most)}`;
}

/** A timetable as it is written. */
function scheduleWords({ rules, otherwise }: Schedule): string {
  const parts = rules.map(({ amount, from, to }) =>
    from === undefined || to === undefined
      ? amountWords(amount)
      : `${amountWords(amount)} at ${formatClock(from)}–${formatClock(to)}`,
  );
  const rest = amountWords(otherwise);
  return [...parts, parts.length > 0 ? `otherwise ${rest}` : rest].join(', ');
}

function amountWords(amount: Schedule['otherwise']): string {
  return amount === 'unlimited' ? amount : expressionText(amount);
}

/** Whether a rule depends on more than the day of the week and the time of day. */
function isDated({ holidays, week, since, until, reaches }: ScheduleRule): boolean {
  return [holidays, week, since, until, reaches].some((each) => each !== undefined);
}

/**
 * Every amount that a timetable gives in the course of a shift, over a week; undefined where dates decide, or where there
 * is no limit or no constant.
 */
function amountsDuring({ rules, otherwise }: Schedule, shift: Shift, model: Model): readonly number[] | undefined {
  if (otherwise === 'unlimited' || rules.some(isDated)) return undefined;
  const found = new Set<number>();
  for (const [day, name] of WEEKDAYS.entries()) {
    if (shift.days?.includes(name) === false) continue;
    const begin = day * DAY + shift.from;
    // What is there changes only where a rule begins or ends.
    const changes = rules
      .flatMap(({ from = 0, to = 0 }) => [from, to])
      .flatMap((at) => [at + day * DAY, at + (day + 1) * DAY]);
    for (const at of [begin, ...changes.filter((each) => each > begin && each < begin + shiftLength(shift))]) {
      const written = rules.find((rule) => holdsAt(rule, at))?.amount ?? otherwise;
      const amount = written === 'unlimited' ? undefined : constantValue(written, model);
      if (amount === undefined) return undefined;
      found.add(amount);
    }
  }
  return found.size === 0 ? undefined : [...found];
}

/** Whether a rule holds at a minute of the week; one that runs past midnight belongs to the day on which it starts. */
function holdsAt({ days, from = 0, to = DAY }: ScheduleRule, minute: number): boolean {
  const length = to > from ? to - from : to + DAY - from;
  return WEEKDAYS.some((name, day) => {
    if (days?.includes(name) === false) return false;
    const since = (minute - day * DAY - from + 14 * DAY) % (7 * DAY);
    return since < length;
  });
}
