import type { WorkingRule } from '@pathway/model';
import { dateOf } from './roster-days.js';
import type { RosterTask } from './roster-task.js';
import type { Line, Measure, Sample } from './rule-measures.js';
import { type NamedRule, ruleOn } from './working-rules.js';

/** What stood in place of a rule on some days of a roster, since a response was in force. */
export interface RelaxedLimit {
  readonly limit: number;
  /** The title of the response. */
  readonly by: string;
  /** ISO dates, both inclusive. */
  readonly spans: readonly { readonly from: string; readonly until: string }[];
}

/** How a rule measures, with the limit of each of the rules that may stand in its place. */
export type LimitsOf = (rule: NamedRule) => number;

/**
 * A measure whose samples are judged by the rules of their days: a run by that of each day in it; a rest, or what is counted
 * until something else begins, by that of the day on which it does; a sum by the mean over the days that it is of.
 */
export function measuredByDay(measure: Measure, rule: NamedRule, task: RosterTask, limitsOf: LimitsOf): Measure {
  if (rule.instead === undefined) return measure;
  const { days } = task.roster;
  const named = (each: WorkingRule): NamedRule => ({ ...each, set: rule.set, setId: rule.setId });
  const limits = Array.from({ length: days }, (_, day) => limitsOf(named(ruleOn(rule, day))));
  const breaks = judge(measure, rule, task, limits);
  return {
    ...measure,
    samples: (line) => measure.samples(line).map((sample) => ({ ...sample, breaks: breaks(sample, line) })),
  };
}

function judge(
  { bound, kind }: Measure,
  rule: NamedRule,
  { roster, problem, members }: RosterTask,
  limits: readonly number[],
): (sample: Sample, line: Line) => boolean {
  const isBroken = (value: number, limit: number): boolean =>
    bound === 'most' ? value > limit + 1e-9 : value < limit - 1e-9;
  const mean = (days: readonly number[]): number => days.reduce((sum, day) => sum + limits[day]!, 0) / days.length;
  const all = limits.map((_, day) => day);
  const weekOf = (day: number): number => Math.floor((day + problem.firstWeekday) / 7);
  switch (rule.kind) {
    case 'run':
      if (rule.bound === 'least')
        return ({ value, days: [from = 0] = [] }) => isBroken(value, limits[from + value] ?? Number.NEGATIVE_INFINITY);
      return ({ value, days: [from = 0] = [] }, { before }) => {
        const earlier = from === 0 ? daysBefore(rule.what, before) : 0;
        return limits.some(
          (limit, day) => day >= from && day < from + value - earlier && earlier + day - from + 1 > limit,
        );
      };
    case 'off after nights':
      return ({ value, days: [from = 0] = [] }) => isBroken(value, limits[from + value]!);
    case 'hours':
    case 'night hours':
      if (kind === 'longest night') return ({ value, days: [day = 0] = [] }) => isBroken(value, limits[day]!);
      if (rule.average)
        return ({ value }, { person }) =>
          isBroken(value, mean(all.filter((day) => !members[person]!.leave.includes(day))));
      return ({ value, days: [first = 0] = [] }) =>
        isBroken(value, mean(all.filter((day) => weekOf(day) === weekOf(first))));
    case 'count':
      if (!rule.week) return ({ value }) => isBroken(value, mean(all));
      return ({ value, days: [first = 0] = [] }) =>
        isBroken(value, mean(all.filter((day) => weekOf(day) === weekOf(first))));
    case 'weekends off': {
      const firsts = all.filter(
        (day) => (day + problem.firstWeekday) % 7 === 5 || (day === 0 && problem.firstWeekday === 6),
      );
      const wanted = firsts.reduce((sum, day) => {
        const own = ruleOn(rule, day);
        return sum + (own.kind === 'weekends off' ? own.count / own.of : 0);
      }, 0);
      return ({ value }) => isBroken(value, Math.floor(wanted + 1e-9));
    }
    default:
      return ({ value, days = [] }) => days.some((day) => day < roster.days && isBroken(value, limits[day]!));
  }
}

/** Days of a run that goes on from before the roster. */
function daysBefore(what: 'days' | 'nights' | 'days off', before: Line['before']): number {
  if (before === undefined || what === 'days off') return 0;
  if (what === 'nights') return before.nights;
  return before.last === 'off' ? 0 : before.run;
}

/** What stood in place of a rule, and when. */
export function relaxedLimits(
  { set, setId, instead = [] }: NamedRule,
  task: RosterTask,
  limitsOf: LimitsOf,
): readonly RelaxedLimit[] {
  return instead.map(({ rule, by, days }) => ({
    limit: limitsOf({ ...rule, set, setId }),
    by,
    spans: spansOf(days).map(([from, until]) => ({
      from: dateOf(task.roster, from),
      until: dateOf(task.roster, until),
    })),
  }));
}

function spansOf(days: readonly number[]): readonly (readonly [from: number, until: number])[] {
  const spans: [number, number][] = [];
  for (const day of days) {
    const last = spans.at(-1);
    if (last?.[1] === day - 1) last[1] = day;
    else spans.push([day, day]);
  }
  return spans;
}
