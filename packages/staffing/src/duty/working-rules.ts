import type { Model, RosterDeclaration, RuleSet, Shift, WorkingRule } from '@pathway/model';
import { byId, constantValue, isNightShift, shiftLength, titleOf, workingMinutes } from '@pathway/model';
import type { LineLimit, LineRules } from '../roster/problem.js';
import { firstWeekday } from './roster-days.js';

const MINUTES_PER_DAY = 1440;

/** The rules of a roster with all that they extend, each once. */
export function rulesOf(roster: RosterDeclaration, model: Model): readonly NamedRule[] {
  const seen = new Set<string>();
  const collect = (id: string): readonly NamedRule[] => {
    const set: RuleSet | undefined = byId(model.ruleSets ?? [], id);
    if (set === undefined || seen.has(id)) return [];
    seen.add(id);
    return [...set.bases.flatMap(collect), ...set.rules.map((rule) => ({ ...rule, set: titleOf(set) }))];
  };
  return roster.ruleSets.flatMap(collect);
}

/** A rule with the name of the set it stands in. */
export type NamedRule = WorkingRule & { readonly set: string };

interface Worker {
  /** Working time of the person over the roster, less leave. */
  readonly contractMinutes: number;
  readonly leave: readonly number[];
  /** Shifts, by their place, that the person works. */
  readonly shifts: readonly number[];
}

/**
 * Rules as the solver has them; where several say the same kind of thing the strictest holds. Averages leave out days of
 * leave (Directive 2003/88/EC, article 16b).
 */
export function lineRules(
  rules: readonly WorkingRule[],
  shifts: readonly Shift[],
  roster: RosterDeclaration,
  worker: Worker,
  model: Model,
): LineRules {
  const counts = (kind: (rule: WorkingRule) => number | undefined): readonly number[] =>
    rules.map(kind).filter((count) => count !== undefined);
  const run = (what: string, bound: string): readonly number[] =>
    counts((rule) => (rule.kind === 'run' && rule.what === what && rule.bound === bound ? rule.count : undefined));
  const nights = shifts.flatMap((shift, index) => (isNightShift(shift) ? [index] : []));
  const minutesThere = (roster.days - worker.leave.length) * MINUTES_PER_DAY;
  const worksNights = worker.shifts.some((shift) => nights.includes(shift));
  const averages = rules.flatMap((rule) => {
    if (rule.kind === 'hours' && rule.average) return [share(rule, model) * minutesThere];
    // A day of rest in seven is no day of night work, over which its hours would be averaged.
    if (rule.kind === 'night hours' && rule.average && worksNights)
      return [share(rule, model) * minutesThere * (6 / 7)];
    return [];
  });
  const overtime = rules.some((rule) => rule.kind === 'hours' && rule.average);
  const { contractMinutes } = worker;
  return {
    minMinutes: 0,
    maxMinutes: Math.min(...averages, ...(overtime ? [] : [contractMinutes])),
    ...(overtime && { overtime: { beyond: contractMinutes, costPerMinute: OVERTIME_PER_MINUTE } }),
    maxRun: Math.min(roster.days + 1, ...run('days', 'most')),
    minRun: Math.max(1, ...run('days', 'least')),
    minOff: Math.max(1, ...run('days off', 'least')),
    forbidden: tooClose(shifts, rules, model),
    ...(nights.length > 0 && {
      nights: {
        shifts: nights,
        maxRun: Math.min(roster.days + 1, ...run('nights', 'most')),
        minOffAfter: Math.max(0, ...counts((rule) => (rule.kind === 'off after nights' ? rule.count : undefined))),
      },
    }),
    limits: rules.flatMap((rule) => limitOf(rule, roster, shifts, model)),
  };
}

/** Shifts, by their place, that no rule forbids by themselves: a night may be longer than nights are allowed to be. */
export function allowedShifts(
  rules: readonly WorkingRule[],
  shifts: readonly Shift[],
  model: Model,
): readonly number[] {
  const longest = Math.min(
    ...rules.flatMap((rule) =>
      rule.kind === 'night hours' && !rule.average ? [(constantValue(rule.limit, model) ?? 0) / 60] : [],
    ),
  );
  return shifts.flatMap((shift, index) =>
    isNightShift(shift) && workingMinutes(shift, model) > longest ? [] : [index],
  );
}

/** An hour of overtime costs a tenth of what a missing person costs. */
const OVERTIME_PER_MINUTE = 10 / 60;

function share(rule: Extract<WorkingRule, { kind: 'hours' | 'night hours' }>, model: Model): number {
  return constantValue(rule.limit, model) ?? 1;
}

function limitOf(
  rule: WorkingRule,
  roster: RosterDeclaration,
  shifts: readonly Shift[],
  model: Model,
): readonly LineLimit[] {
  if (rule.kind === 'hours' && !rule.average)
    return [{ of: 'minutes', most: share(rule, model) * 7 * MINUTES_PER_DAY, per: 'week' }];
  if (rule.kind === 'count') {
    const counted = shifts.flatMap((shift, index) => (rule.what === 'days' || isNightShift(shift) ? [index] : []));
    return [{ of: 'shifts', shifts: counted, most: rule.count, per: rule.week ? 'week' : 'period' }];
  }
  if (rule.kind !== 'weekends off') return [];
  const weekends = weekendsIn(roster);
  return [{ of: 'weekends', most: weekends - Math.floor((weekends * rule.count) / rule.of) }];
}

/** Weekends that the roster touches. */
function weekendsIn(roster: RosterDeclaration): number {
  const weeks = new Set<number>();
  const first = firstWeekday(roster.from);
  for (let day = 0; day < roster.days; day += 1) if ((day + first) % 7 >= 5) weeks.add(Math.floor((day + first) / 7));
  return weeks.size;
}

/** Pairs of shifts on two days in a row with too little rest between them. */
function tooClose(shifts: readonly Shift[], rules: readonly WorkingRule[], model: Model): LineRules['forbidden'] {
  const rests = rules.flatMap((rule) =>
    rule.kind === 'rest' ? [{ ...rule, minutes: (constantValue(rule.rest, model) ?? 0) / 60 }] : [],
  );
  return shifts.flatMap((first, a) =>
    shifts.flatMap((second, b): [number, number][] => {
      const wanted = rests
        .filter(({ after }) => after.length === 0 || after.includes(first.id))
        .filter(({ before }) => before.length === 0 || before.includes(second.id))
        .map(({ minutes }) => minutes);
      return second.from + MINUTES_PER_DAY - (first.from + shiftLength(first)) < Math.max(0, ...wanted) ? [[a, b]] : [];
    }),
  );
}

/** Minutes of notice that rules ask for: never less than `always`, and if possible `usual`. */
export function noticeOf(
  rules: readonly WorkingRule[],
  model: Model,
): { readonly always: number; readonly usual: number } {
  const longest = (always: boolean): number =>
    Math.max(
      0,
      ...rules.flatMap((rule) =>
        rule.kind === 'notice' && rule.always === always ? [(constantValue(rule.notice, model) ?? 0) / 60] : [],
      ),
    );
  return { always: longest(true), usual: longest(false) };
}
