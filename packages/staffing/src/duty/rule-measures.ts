import type { Model, Shift, WorkingRule } from '@pathway/model';
import { constantValue, shiftLength } from '@pathway/model';
import { isMissed } from '../roster/evaluate-roster.js';
import type { EarlierDays } from '../roster/problem.js';
import { exactShares } from './fair-shares.js';
import { nightsOf, type RosterTask } from './roster-task.js';

export const RULE_KINDS = [
  'most days in a row',
  'fewest days in a row',
  'most nights in a row',
  'fewest nights in a row',
  'fewest days off in a row',
  'fewest days off after nights',
  'most nights a week',
  'most days a week',
  'most nights in the roster',
  'most hours a week',
  'most hours a week on average',
  'longest night',
  'most hours a day with nights on average',
  'least rest',
  'fewest weekends off',
  'fair nights',
  'fair weekends',
  'fair refusals',
  'least notice',
  'usual notice',
] as const;

export type RuleKind = (typeof RULE_KINDS)[number];

/** A change of a roster that stood: how long before its shift it was known, in minutes. */
export interface Notice {
  /** By their place among the members. */
  readonly person: number;
  readonly day: number;
  readonly minutes: number;
}

/** One person's line, as the measures read it. */
export interface Line {
  readonly person: number;
  /** For each day an index of a shift, -1 for a day off. */
  readonly worked: readonly number[];
  /** Days of the roster without those of leave, over which an average is taken (Directive 2003/88/EC, article 16b). */
  readonly daysThere: number;
  readonly before?: EarlierDays;
}

/** Something in a line that a rule is about: a run, a week, a rest. */
export interface Sample {
  readonly value: number;
  /** Where it begins; absent where it is about the whole roster. */
  readonly days?: readonly number[];
  /** Whether it breaks the rule, where the limit alone does not say. */
  readonly breaks?: boolean;
}

export interface Measure {
  readonly kind: RuleKind;
  readonly limit: number;
  /** Whether more than the limit breaks it, or less. */
  readonly bound: 'most' | 'least';
  readonly of?: number;
  readonly samples: (line: Line) => readonly Sample[];
}

/** How a rule is measured on finished lines. */
export function measureOf(rule: WorkingRule, task: RosterTask, model: Model, notices: readonly Notice[]): Measure {
  const nights = nightsOf(task);
  const isNight = (shift: number): boolean => nights[shift] === true;
  const hoursOf = (shift: number): number => (shift < 0 ? 0 : task.problem.shifts[shift]!.minutes / 60);
  const { firstWeekday } = task.problem;
  /**
   * Whoever normally works nights (Directive 2003/88/EC, article 2(4)): nights are among their shifts, whether or not this
   * roster has any for them, or they work one nevertheless.
   */
  const isNightWorker = ({ person, worked }: Line): boolean =>
    [...task.problem.people[person]!.shifts, ...worked].some(isNight);
  const hoursIn = ({ worked }: Line): number => worked.reduce((sum, shift) => sum + hoursOf(shift), 0);
  switch (rule.kind) {
    case 'run': {
      const { bound, count, what } = rule;
      const inRun = {
        days: (shift: number): boolean => shift >= 0,
        nights: isNight,
        'days off': (shift: number): boolean => shift < 0,
      }[what];
      return {
        kind: runKind(bound, what),
        limit: count,
        bound,
        samples: (line) => runsOf(line, inRun, bound === 'most', what),
      };
    }
    case 'count': {
      const counts = (shift: number): number => (rule.what === 'days' ? (shift >= 0 ? 1 : 0) : isNight(shift) ? 1 : 0);
      const kind =
        rule.what === 'days' ? 'most days a week' : rule.week ? 'most nights a week' : 'most nights in the roster';
      const whole = ({ worked }: Line): number => worked.reduce((sum, shift) => sum + counts(shift), 0);
      return {
        kind,
        limit: rule.count,
        bound: 'most',
        samples: (line) => (rule.week ? byWeek(line.worked, firstWeekday, counts) : [{ value: whole(line) }]),
      };
    }
    case 'off after nights':
      return {
        kind: 'fewest days off after nights',
        limit: rule.count,
        bound: 'least',
        samples: ({ worked }) => offAfterNights(worked, isNight),
      };
    case 'hours': {
      const limit = ((constantValue(rule.limit, model) ?? 1) * 7 * 86_400) / 3600;
      if (rule.average)
        return {
          kind: 'most hours a week on average',
          limit,
          bound: 'most',
          samples: (line) => (line.daysThere === 0 ? [] : [{ value: hoursIn(line) / (line.daysThere / 7) }]),
        };
      return {
        kind: 'most hours a week',
        limit,
        bound: 'most',
        samples: ({ worked }) => byWeek(worked, firstWeekday, hoursOf),
      };
    }
    case 'night hours': {
      const value = constantValue(rule.limit, model) ?? 0;
      if (!rule.average)
        return {
          kind: 'longest night',
          limit: value / 3600,
          bound: 'most',
          samples: ({ worked }) =>
            worked.flatMap((shift, day) => (isNight(shift) ? [{ value: hoursOf(shift), days: [day] }] : [])),
        };
      return {
        kind: 'most hours a day with nights on average',
        limit: value * 24,
        bound: 'most',
        // A day of rest in seven is no day of night work, over which its hours would be averaged.
        samples: (line) =>
          line.daysThere === 0 || !isNightWorker(line) ? [] : [{ value: hoursIn(line) / (line.daysThere * (6 / 7)) }],
      };
    }
    case 'rest':
      return {
        kind: 'least rest',
        limit: (constantValue(rule.rest, model) ?? 0) / 3600,
        bound: 'least',
        samples: ({ worked }) => rests(worked, task, rule),
      };
    case 'weekends off': {
      const all = weekendsIn(task);
      return {
        kind: 'fewest weekends off',
        limit: Math.floor((all.size * rule.count) / rule.of),
        bound: 'least',
        of: all.size,
        samples: ({ worked }) => {
          const taken = weekendsIn(task, worked);
          return [{ value: all.size - taken.size, days: [...taken.values()] }];
        },
      };
    }
    case 'notice':
      return {
        kind: rule.always ? 'least notice' : 'usual notice',
        limit: (constantValue(rule.notice, model) ?? 0) / 3600,
        bound: 'least',
        samples: ({ person }) =>
          notices
            .filter((notice) => notice.person === person)
            .map(({ day, minutes }) => ({ value: minutes / 60, days: [day] })),
      };
    case 'fair':
      return rule.what === 'refusals' ? refusals(rule.spread, task) : shares(rule.what, rule.spread, task);
  }
}

function refusals(spread: number, task: RosterTask): Measure {
  return {
    kind: 'fair refusals',
    limit: spread,
    bound: 'most',
    samples: ({ person, worked }) => {
      const { wishes } = task.problem.people[person]!;
      const line = Int16Array.from(worked);
      const refused = wishes.filter((wish) => isMissed(task.problem, wish, line)).map(({ day }) => day);
      return wishes.length === 0 ? [] : [{ value: refused.length, days: refused }];
    },
  };
}

/** How far somebody's nights or weekends are from their share; a part of one more or less is nobody's fault. */
function shares(what: 'nights' | 'weekends', spread: number, task: RosterTask): Measure {
  const people = task.members.map(({ contractMinutes }, index) => ({
    contractMinutes,
    shifts: task.problem.people[index]!.shifts,
  }));
  const needs = task.problem.needs.map((need, index) => ({ need, label: task.needs[index]! }));
  const exact = exactShares(what, people, needs, task.shifts, task.roster.from);
  const nights = nightsOf(task);
  return {
    kind: what === 'nights' ? 'fair nights' : 'fair weekends',
    limit: spread,
    bound: 'most',
    samples: ({ person, worked }) => {
      const share = exact[person]!;
      const days =
        what === 'nights'
          ? worked.flatMap((shift, day) => (nights[shift] === true ? [day] : []))
          : [...weekendsIn(task, worked).values()];
      const { least, most } = share.within(spread);
      const breaks = days.length > most || days.length < least;
      return share.takesPart ? [{ value: Math.abs(days.length - share.share), days, breaks }] : [];
    },
  };
}

function runKind(bound: 'most' | 'least', what: 'days' | 'nights' | 'days off'): RuleKind {
  if (bound === 'most') return what === 'nights' ? 'most nights in a row' : 'most days in a row';
  if (what === 'days off') return 'fewest days off in a row';
  return what === 'nights' ? 'fewest nights in a row' : 'fewest days in a row';
}

/** Runs, each where it begins; those that touch the first or last day may be longer than they look, and count only where asked. */
function runsOf(
  { worked, before }: Line,
  inRun: (shift: number) => boolean,
  atEnds: boolean,
  what: 'days' | 'nights' | 'days off',
): readonly Sample[] {
  const runs: Sample[] = [];
  const earlier =
    before === undefined || what === 'days off' ? 0 : what === 'nights' ? before.nights : workedBefore(before);
  let from = 0;
  for (let day = 0; day <= worked.length; day += 1) {
    if (day < worked.length && inRun(worked[day]!)) continue;
    const isWhole = from > 0 && day < worked.length;
    if (day > from && (atEnds || isWhole))
      runs.push({ value: day - from + (from === 0 && atEnds ? earlier : 0), days: [from] });
    from = day + 1;
  }
  return runs;
}

function workedBefore({ last, run }: EarlierDays): number {
  return last === 'off' ? 0 : run;
}

function offAfterNights(worked: readonly number[], isNight: (shift: number) => boolean): readonly Sample[] {
  const runs: Sample[] = [];
  for (let day = 1; day < worked.length; day += 1) {
    if (worked[day]! >= 0 || !isNight(worked[day - 1]!)) continue;
    let end = day;
    while (end < worked.length && worked[end]! < 0) end += 1;
    if (end < worked.length) runs.push({ value: end - day, days: [day] });
  }
  return runs;
}

/** A sum over each week from Monday. */
function byWeek(
  worked: readonly number[],
  firstWeekday: number,
  valueOf: (shift: number) => number,
): readonly Sample[] {
  const weeks: { value: number; readonly days: readonly number[] }[] = [];
  for (const [day, shift] of worked.entries()) {
    const week = Math.floor((day + firstWeekday) / 7);
    weeks[week] ??= { value: 0, days: [day] };
    weeks[week].value += valueOf(shift);
  }
  return weeks;
}

/** Hours between shifts on two days in a row that a rule is about, on the day of the second. */
function rests(
  worked: readonly number[],
  { shifts }: RosterTask,
  { after, before }: Extract<WorkingRule, { kind: 'rest' }>,
): readonly Sample[] {
  const isMeant = (named: readonly string[], { id }: Shift): boolean => named.length === 0 || named.includes(id);
  return worked.flatMap((shift, day) => {
    const [first, second] = [shifts[shift], shifts[worked[day + 1] ?? -1]];
    return first === undefined || second === undefined || !isMeant(after, first) || !isMeant(before, second)
      ? []
      : [{ value: (second.from + 1440 - first.from - shiftLength(first)) / 60, days: [day + 1] }];
  });
}

/** Weekends by their week, each with its first day: those that the roster touches, or those with work on them. */
function weekendsIn({ roster, problem }: RosterTask, worked?: readonly number[]): ReadonlyMap<number, number> {
  const weeks = new Map<number, number>();
  for (let day = 0; day < roster.days; day += 1) {
    const at = day + problem.firstWeekday;
    const week = Math.floor(at / 7);
    if (at % 7 >= 5 && !weeks.has(week) && (worked === undefined || worked[day]! >= 0)) weeks.set(week, day);
  }
  return weeks;
}
