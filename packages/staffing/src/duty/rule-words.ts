import type { Model, Shift, WorkingRule } from '@pathway/model';
import { constantValue, formatNumber, isNightShift, shiftLength, titleOf, workingMinutes } from '@pathway/model';

/** A rule as one would say it: `at most 5 nights in a row`. */
export function ruleInWords(rule: WorkingRule, model: Model): string {
  switch (rule.kind) {
    case 'run':
      return `at ${rule.bound} ${rule.count} ${rule.what} in a row`;
    case 'count':
      return `at most ${rule.count} ${rule.what}${rule.week ? ' a week' : ' in the roster'}`;
    case 'off after nights':
      return `at least ${rule.count} days off after nights`;
    case 'hours':
      return `at most ${hours((constantValue(rule.limit, model) ?? 0) * 7 * 86_400)} per week${rule.average ? ' averaged' : ''}`;
    case 'night hours':
      return rule.average
        ? `nights at most ${hours((constantValue(rule.limit, model) ?? 0) * 86_400)} per day averaged`
        : `nights at most ${hours(constantValue(rule.limit, model) ?? 0)}`;
    case 'rest': {
      const named = (word: string, ids: readonly string[]): string =>
        ids.length === 0 ? '' : ` ${word} ${ids.map((id) => titleFor(id, model)).join(', ')}`;
      return `rest at least ${hours(constantValue(rule.rest, model) ?? 0)}${named('after', rule.after)}${named('before', rule.before)}`;
    }
    case 'weekends off':
      return `weekends off at least ${rule.count} in ${rule.of}`;
    case 'notice':
      return `change ${rule.always ? 'at least ' : ''}${hours(constantValue(rule.notice, model) ?? 0)} before`;
    case 'fair':
      return `share ${rule.what} within ${rule.spread}`;
  }
}

function titleFor(id: string, model: Model): string {
  const shift = model.shifts.find((each) => each.id === id);
  return shift === undefined ? id : titleOf(shift);
}

function hours(seconds: number): string {
  return `${formatNumber(seconds / 3600)} h`;
}

/**
 * A rule one step weaker, or undefined where there is no step to take. Of rest and of the length of nights the step is the
 * next that lets something be worked with these shifts, since less of one would change nothing.
 */
export function relaxed<Rule extends WorkingRule>(
  rule: Rule,
  model: Model,
  shifts: readonly Shift[],
): Rule | undefined {
  switch (rule.kind) {
    case 'run': {
      const count = rule.bound === 'most' ? rule.count + 1 : rule.count - 1;
      return count < 1 ? undefined : { ...rule, count };
    }
    case 'count':
      return { ...rule, count: rule.count + 1 };
    case 'off after nights':
      return rule.count <= 1 ? undefined : { ...rule, count: rule.count - 1 };
    case 'hours':
      return { ...rule, limit: plus(rule.limit, 8 / 168, model) };
    case 'night hours': {
      if (rule.average) return { ...rule, limit: plus(rule.limit, 1 / 24, model) };
      const limit = constantValue(rule.limit, model) ?? 0;
      const longer = shifts
        .filter(isNightShift)
        .map((shift) => workingMinutes(shift, model) * 60)
        .filter((seconds) => seconds > limit);
      return longer.length === 0 ? undefined : { ...rule, limit: duration(Math.min(...longer)) };
    }
    case 'rest': {
      const wanted = constantValue(rule.rest, model) ?? 0;
      const shorter = restsOf(rule, shifts).filter((seconds) => seconds >= 0 && seconds < wanted);
      return shorter.length === 0 ? undefined : { ...rule, rest: duration(Math.max(...shorter)) };
    }
    case 'weekends off':
      return rule.count === 0 ? undefined : { ...rule, of: rule.of + 1 };
    case 'notice':
    case 'fair':
      return undefined;
  }
}

/** Seconds between each two shifts on days in a row that a rule of rest is about; below 0 where they overlap. */
function restsOf(
  { after, before }: Extract<WorkingRule, { kind: 'rest' }>,
  shifts: readonly Shift[],
): readonly number[] {
  const of = (ids: readonly string[]): readonly Shift[] =>
    ids.length === 0 ? shifts : shifts.filter(({ id }) => ids.includes(id));
  return of(after).flatMap((first) =>
    of(before).map((second) => (second.from + 1440 - first.from - shiftLength(first)) * 60),
  );
}

function plus(
  expression: Extract<WorkingRule, { kind: 'rest' }>['rest'],
  more: number,
  model: Model,
): typeof expression {
  return duration(Math.max(0, (constantValue(expression, model) ?? 0) + more));
}

function duration(seconds: number): Extract<WorkingRule, { kind: 'rest' }>['rest'] {
  return { kind: 'number', value: seconds, dimension: { time: 1, money: 0 } };
}
