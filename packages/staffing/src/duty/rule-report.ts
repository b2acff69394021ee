import type { Model, WorkingRule } from '@pathway/model';
import type { RosterSolution } from '../roster/solve-roster.js';
import { shiftsOfRest } from './explanation-facts.js';
import { dateOf } from './roster-days.js';
import type { RosterTask } from './roster-task.js';
import { type Line, type Measure, measureOf, type Notice, type RuleKind } from './rule-measures.js';
import { measuredByDay, type RelaxedLimit, relaxedLimits } from './relaxed-measures.js';
import type { NamedRule } from './working-rules.js';

/**
 * A rule of working time, or of how things are shared, against the finished lines, measured without the solver. `limit` and
 * `reached` are days, nights, weekends, requests, or hours, as the kind says; `reached` is the value of the person who comes
 * nearest to the limit or goes beyond, null where nobody's line has what the rule is about.
 */
export interface RuleFinding {
  readonly kind: RuleKind;
  readonly limit: number;
  readonly reached: number | null;
  /** How many people's lines keep it. */
  readonly kept: number;
  /** Pseudonyms of those whose line breaks it. */
  readonly brokenBy: readonly string[];
  /** Where they break it: ISO dates on which it begins, none where it is about the whole roster. */
  readonly breaks: readonly { readonly person: string; readonly dates: readonly string[] }[];
  /** Whether it costs where it is not kept, rather than to hold always. */
  readonly weighed: boolean;
  /** For weekends: at least one in so many. */
  readonly of?: number;
  /** For rest: the titles of the shifts that it is after, and before; of all where there are none. */
  readonly after?: readonly string[];
  readonly before?: readonly string[];
  /** What stood in its place on some days. */
  readonly relaxed?: readonly RelaxedLimit[];
  readonly file: string;
  readonly line: number;
}

/**
 * Each rule of a roster with how near its lines come to it, and who breaks it when; in the order of the rules.
 * @param notices changes of a roster that stood, where this one repairs it
 */
export function ruleReport(
  model: Model,
  task: RosterTask,
  solution: RosterSolution,
  notices: readonly Notice[] = [],
): readonly RuleFinding[] {
  const lines = task.members.map((member, person): Line => {
    const { before } = task.problem.people[person]!;
    return {
      person,
      worked: Array.from(solution.roster[person]!),
      daysThere: task.roster.days - member.leave.length,
      ...(before !== undefined && { before }),
    };
  });
  const measured = (rule: NamedRule): Measure => measureOf(rule, task, model, notices);
  const limitOf = (rule: NamedRule): number => measured(rule).limit;
  return task.rules.map((rule) => {
    const relaxed = relaxedLimits(rule, task, limitOf);
    const finding = findingOf(measuredByDay(measured(rule), rule, task, limitOf), lines, rule, task);
    return relaxed.length === 0 ? finding : { ...finding, relaxed };
  });
}

function findingOf(
  { kind, limit, bound, of, samples }: Measure,
  lines: readonly Line[],
  rule: WorkingRule,
  task: RosterTask,
): RuleFinding {
  const { members, roster } = task;
  let reached: number | null = null;
  const breaks: { readonly person: string; readonly dates: readonly string[] }[] = [];
  for (const line of lines) {
    const broken: number[] = [];
    let isBroken = false;
    for (const sample of samples(line)) {
      const { value, days = [] } = sample;
      if (reached === null || (bound === 'most' ? value > reached : value < reached)) reached = value;
      if (!(sample.breaks ?? (bound === 'most' ? value > limit + 1e-9 : value < limit - 1e-9))) continue;
      isBroken = true;
      broken.push(...days);
    }
    if (isBroken)
      breaks.push({ person: members[line.person]!.id, dates: [...new Set(broken)].map((day) => dateOf(roster, day)) });
  }
  const { file, line } = rule.origin;
  return {
    kind,
    limit,
    reached,
    kept: lines.length - breaks.length,
    brokenBy: breaks.map(({ person }) => person),
    breaks,
    weighed: rule.kind === 'fair' || (rule.kind === 'notice' && !rule.always),
    ...(of === undefined ? {} : { of }),
    ...shiftsOfRest(rule, task),
    file,
    line,
  };
}
