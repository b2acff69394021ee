import type { Model, RosterDeclaration, RuleSet, Shift, WorkingRule } from '@pathway/model';
import { byId, constantValue } from '@pathway/model';
import type { LineLimit, LineRules } from '../roster/problem.js';

const MINUTES_PER_DAY = 1440;
/** Night time, and how much of it makes a shift a night (Directive 2003/88/EC, article 2: three hours). */
const NIGHT = { from: 23 * 60, to: 30 * 60, least: 180 };

/** Minutes from the start to the end of a shift; all of them count as work. */
export function lengthOf({ from, to }: Shift): number {
  return to > from ? to - from : to + MINUTES_PER_DAY - from;
}

/** Whether at least three hours of a shift lie between 23:00 and 06:00. */
export function isNight(shift: Shift): boolean {
  const end = shift.from + lengthOf(shift);
  const shared = (from: number, to: number): number => Math.max(0, Math.min(end, to) - Math.max(shift.from, from));
  return shared(NIGHT.from, NIGHT.to) + shared(0, NIGHT.to - MINUTES_PER_DAY) >= NIGHT.least;
}

/** The rules of a roster with all that they extend, each once. */
export function rulesOf(roster: RosterDeclaration, model: Model): readonly WorkingRule[] {
  const seen = new Set<string>();
  const collect = (id: string): readonly WorkingRule[] => {
    const set: RuleSet | undefined = byId(model.ruleSets ?? [], id);
    if (set === undefined || seen.has(id)) return [];
    seen.add(id);
    return [...set.bases.flatMap(collect), ...set.rules];
  };
  return roster.ruleSets.flatMap(collect);
}

/**
 * Rules as the solver has them; where several say the same kind of thing the strictest holds.
 * @param contractMinutes working time of the person over the roster, less leave
 */
export function lineRules(
  rules: readonly WorkingRule[],
  shifts: readonly Shift[],
  roster: RosterDeclaration,
  contractMinutes: number,
  model: Model,
): LineRules {
  const counts = (kind: (rule: WorkingRule) => number | undefined): readonly number[] =>
    rules.map(kind).filter((count) => count !== undefined);
  const run = (what: string, bound: string): readonly number[] =>
    counts((rule) => (rule.kind === 'run' && rule.what === what && rule.bound === bound ? rule.count : undefined));
  const nights = shifts.flatMap((shift, index) => (isNight(shift) ? [index] : []));
  const averages = rules.flatMap((rule) =>
    rule.kind === 'hours' && rule.average ? [share(rule, model) * roster.days * MINUTES_PER_DAY] : [],
  );
  const rest = Math.max(
    0,
    ...rules.flatMap((rule) => (rule.kind === 'rest' ? [(constantValue(rule.rest, model) ?? 0) / 60] : [])),
  );
  const most = Math.max(contractMinutes, Math.min(...averages));
  return {
    minMinutes: 0,
    maxMinutes: averages.length === 0 ? contractMinutes : Math.min(most, ...averages),
    ...(averages.length > 0 && { overtime: { beyond: contractMinutes, costPerMinute: OVERTIME_PER_MINUTE } }),
    maxRun: Math.min(roster.days + 1, ...run('days', 'most')),
    minRun: Math.max(1, ...run('days', 'least')),
    minOff: Math.max(1, ...run('days off', 'least')),
    forbidden: tooClose(shifts, rest),
    ...(nights.length > 0 && {
      nights: {
        shifts: nights,
        maxRun: Math.min(roster.days + 1, ...run('nights', 'most')),
        minOffAfter: Math.max(0, ...counts((rule) => (rule.kind === 'off after nights' ? rule.count : undefined))),
      },
    }),
    limits: rules.flatMap((rule) => limitOf(rule, roster, model)),
  };
}

/** An hour of overtime costs a tenth of what a missing person costs. */
const OVERTIME_PER_MINUTE = 10 / 60;

function share(rule: Extract<WorkingRule, { kind: 'hours' }>, model: Model): number {
  return constantValue(rule.limit, model) ?? 1;
}

function limitOf(rule: WorkingRule, roster: RosterDeclaration, model: Model): readonly LineLimit[] {
  if (rule.kind === 'hours' && !rule.average)
    return [{ of: 'minutes', most: share(rule, model) * 7 * MINUTES_PER_DAY, per: 'week' }];
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

/** 0 for a Monday. */
export function firstWeekday(date: string): number {
  return (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;
}

/** Pairs of shifts on two days in a row with too little rest between them. */
function tooClose(shifts: readonly Shift[], rest: number): LineRules['forbidden'] {
  return shifts.flatMap((first, a) =>
    shifts.flatMap((second, b): [number, number][] =>
      second.from + MINUTES_PER_DAY - (first.from + lengthOf(first)) < rest ? [[a, b]] : [],
    ),
  );
}
