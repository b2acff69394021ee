import type { Model, Shift, WorkingRule } from '@pathway/model';
import { constantValue, shiftLength } from '@pathway/model';
import type { RosterSolution } from '../roster/solve-roster.js';
import { nightsOf, type RosterTask } from './roster-task.js';
import { rulesOf } from './working-rules.js';

/**
 * A rule of working time against the finished lines, measured without the solver. `limit` and `reached` are days, nights,
 * weekends, or hours, as the kind says; `reached` is the value of the person who comes nearest to the limit or goes beyond,
 * null where nobody's line has what the rule is about.
 */
export interface RuleFinding {
  readonly kind: RuleKind;
  readonly limit: number;
  readonly reached: number | null;
  /** Pseudonyms of those whose line breaks it. */
  readonly brokenBy: readonly string[];
  /** For weekends: at least one in so many. */
  readonly of?: number;
  readonly file: string;
  readonly line: number;
}

export const RULE_KINDS = [
  'most days in a row',
  'fewest days in a row',
  'most nights in a row',
  'fewest nights in a row',
  'fewest days off in a row',
  'fewest days off after nights',
  'most hours a week',
  'most hours a week on average',
  'least rest',
  'fewest weekends off',
] as const;

type RuleKind = (typeof RULE_KINDS)[number];

/** One person's line, as the measures read it. */
interface Line {
  readonly person: string;
  /** For each day an index of a shift, -1 for a day off. */
  readonly worked: readonly number[];
  /** Days of the roster without those of leave, over which an average is taken (Directive 2003/88/EC, article 16b). */
  readonly daysThere: number;
}

interface Measure {
  readonly kind: RuleKind;
  readonly limit: number;
  /** Whether more than the limit breaks it, or less. */
  readonly bound: 'most' | 'least';
  readonly of?: number;
  /** Undefined where the line has nothing of it. */
  readonly measured: (line: Line) => number | undefined;
}

/** Each rule of a roster with how near its lines come to it, and who breaks it; in the order of the rules. */
export function ruleReport(model: Model, task: RosterTask, solution: RosterSolution): readonly RuleFinding[] {
  const lines = task.members.map((member, index): Line => ({
    person: member.id,
    worked: Array.from(solution.roster[index]!),
    daysThere: task.roster.days - member.leave.length,
  }));
  return rulesOf(task.roster, model).flatMap((rule) => {
    const measure = measureOf(rule, task, model);
    return measure === undefined ? [] : [findingOf(measure, lines, rule)];
  });
}

function findingOf(
  { kind, limit, bound, of, measured }: Measure,
  lines: readonly Line[],
  rule: WorkingRule,
): RuleFinding {
  let reached: number | null = null;
  const brokenBy: string[] = [];
  for (const line of lines) {
    const value = measured(line);
    if (value === undefined) continue;
    if (reached === null || (bound === 'most' ? value > reached : value < reached)) reached = value;
    if (bound === 'most' ? value > limit + 1e-9 : value < limit - 1e-9) brokenBy.push(line.person);
  }
  const { file, line } = rule.origin;
  return { kind, limit, reached, brokenBy, ...(of === undefined ? {} : { of }), file, line };
}

/** Undefined for a kind of rule that is measured elsewhere. */
function measureOf(rule: WorkingRule, task: RosterTask, model: Model): Measure | undefined {
  const nights = nightsOf(task);
  const isNight = (shift: number): boolean => nights[shift] === true;
  const hoursOf = (shift: number): number => (shift < 0 ? 0 : task.problem.shifts[shift]!.minutes / 60);
  switch (rule.kind) {
    case 'run': {
      const inRun = {
        days: (shift: number): boolean => shift >= 0,
        nights: isNight,
        'days off': (shift: number): boolean => shift < 0,
      }[rule.what];
      const { bound, count, what } = rule;
      return {
        kind: runKind(bound, what),
        limit: count,
        bound,
        measured: ({ worked }) => extreme(runsOf(worked, inRun, bound === 'most'), bound),
      };
    }
    case 'off after nights':
      return {
        kind: 'fewest days off after nights',
        limit: rule.count,
        bound: 'least',
        measured: ({ worked }) => extreme(offAfterNights(worked, isNight), 'least'),
      };
    case 'hours': {
      const limit = ((constantValue(rule.limit, model) ?? 1) * 7 * 86_400) / 3600;
      if (rule.average)
        return {
          kind: 'most hours a week on average',
          limit,
          bound: 'most',
          measured: ({ worked, daysThere }) =>
            daysThere === 0 ? undefined : worked.reduce((sum, shift) => sum + hoursOf(shift), 0) / (daysThere / 7),
        };
      return {
        kind: 'most hours a week',
        limit,
        bound: 'most',
        measured: ({ worked }) => Math.max(...hoursByWeek(worked, task.problem.firstWeekday, hoursOf)),
      };
    }
    case 'rest':
      return {
        kind: 'least rest',
        limit: (constantValue(rule.rest, model) ?? 0) / 3600,
        bound: 'least',
        measured: ({ worked }) => extreme(rests(worked, task, rule), 'least'),
      };
    case 'weekends off':
      return {
        kind: 'fewest weekends off',
        limit: Math.floor((weekendsIn(task).size * rule.count) / rule.of),
        bound: 'least',
        of: weekendsIn(task).size,
        measured: ({ worked }) => weekendsIn(task).size - weekendsIn(task, worked).size,
      };
    default:
      return undefined;
  }
}

function runKind(bound: 'most' | 'least', what: 'days' | 'nights' | 'days off'): RuleKind {
  if (bound === 'most') return what === 'nights' ? 'most nights in a row' : 'most days in a row';
  if (what === 'days off') return 'fewest days off in a row';
  return what === 'nights' ? 'fewest nights in a row' : 'fewest days in a row';
}

function extreme(values: readonly number[], bound: 'most' | 'least'): number | undefined {
  if (values.length === 0) return undefined;
  return bound === 'most' ? Math.max(...values) : Math.min(...values);
}

/** Lengths of runs; those that touch the first or last day may be longer than they look, and count only where asked. */
function runsOf(worked: readonly number[], inRun: (shift: number) => boolean, atEnds: boolean): readonly number[] {
  const lengths: number[] = [];
  let from = 0;
  for (let day = 0; day <= worked.length; day += 1) {
    if (day < worked.length && inRun(worked[day]!)) continue;
    const isWhole = from > 0 && day < worked.length;
    if (day > from && (atEnds || isWhole)) lengths.push(day - from);
    from = day + 1;
  }
  return lengths;
}

function offAfterNights(worked: readonly number[], isNight: (shift: number) => boolean): readonly number[] {
  const lengths: number[] = [];
  for (let day = 1; day < worked.length; day += 1) {
    if (worked[day]! >= 0 || !isNight(worked[day - 1]!)) continue;
    let end = day;
    while (end < worked.length && worked[end]! < 0) end += 1;
    if (end < worked.length) lengths.push(end - day);
  }
  return lengths;
}

function hoursByWeek(
  worked: readonly number[],
  firstWeekday: number,
  hoursOf: (shift: number) => number,
): readonly number[] {
  const weeks: number[] = [];
  for (const [day, shift] of worked.entries()) {
    const week = Math.floor((day + firstWeekday) / 7);
    weeks[week] = (weeks[week] ?? 0) + hoursOf(shift);
  }
  return weeks;
}

/** Hours between shifts on two days in a row that a rule is about. */
function rests(
  worked: readonly number[],
  { shifts }: RosterTask,
  { after, before }: Extract<WorkingRule, { kind: 'rest' }>,
): readonly number[] {
  const isMeant = (named: readonly string[], { id }: Shift): boolean => named.length === 0 || named.includes(id);
  return worked.flatMap((shift, day) => {
    const [first, second] = [shifts[shift], shifts[worked[day + 1] ?? -1]];
    return first === undefined || second === undefined || !isMeant(after, first) || !isMeant(before, second)
      ? []
      : [(second.from + 1440 - first.from - shiftLength(first)) / 60];
  });
}

/** Weekends by their week: those that the roster touches, or those with work on them. */
function weekendsIn({ roster, problem }: RosterTask, worked?: readonly number[]): ReadonlySet<number> {
  const weeks = new Set<number>();
  for (let day = 0; day < roster.days; day += 1) {
    const at = day + problem.firstWeekday;
    if (at % 7 >= 5 && (worked === undefined || worked[day]! >= 0)) weeks.add(Math.floor(at / 7));
  }
  return weeks;
}
