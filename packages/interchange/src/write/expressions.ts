import { type Expression, expressionText, formatClock, type Schedule, type ScheduleRule } from '@pathway/model';
import { identifier } from './names.js';

const PLAIN = /^[\p{L}_][\p{L}\p{M}\p{N}_]*$/u;

/** What ids of a model are called in a text that is written anew: a file's prefix becomes part of the name. */
export function declaredName(id: string): string {
  return PLAIN.test(id) ? id : identifier(id);
}

/** A name where keywords may stand too, such as after a number: in backquotes where it might be one. */
export function guardedName(id: string): string {
  const name = declaredName(id);
  return /^[a-z]+$/.test(name) ? `\`${name}\`` : name;
}

/** An activity's name: ids of activities begin with their pathway's. */
export function activityName(id: string): string {
  return id.slice(id.lastIndexOf('.') + 1);
}

/** An expression as text that can be read again, with names in the place of ids. */
export function sourceText(expression: Expression): string {
  // A rate is written with a word where a text is read again.
  return expressionText(withNames(expression), { whole: true }).replace(/(\d)\/([A-Za-z]+)/g, '$1 per $2');
}

/** False for what rests on a file or on more weights than a text says; such a value is left out and told. */
export function canBeWritten(expression: Expression): boolean {
  return !holds(expression, (part) => {
    if (part.kind === 'column') return true;
    return part.kind === 'distribution' && Array.isArray(part.weights);
  });
}

function holds(value: unknown, test: (part: Readonly<Record<string, unknown>>) => boolean): boolean {
  if (Array.isArray(value)) return value.some((each) => holds(each, test));
  if (!isRecord(value)) return false;
  return test(value) || Object.entries(value).some(([key, inside]) => key !== 'origin' && holds(inside, test));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function withNames(expression: Expression): Expression {
  switch (expression.kind) {
    case 'reference':
      return { ...expression, to: declaredName(expression.to) };
    case 'state':
      return { ...expression, of: declaredName(expression.of) };
    case 'since':
      return { ...expression, of: activityName(expression.of) };
    case 'waited':
      return expression.of === undefined ? expression : { ...expression, of: activityName(expression.of) };
    case 'unary':
      return { ...expression, operand: withNames(expression.operand) };
    case 'binary':
      return { ...expression, left: withNames(expression.left), right: withNames(expression.right) };
    case 'function':
      return { ...expression, arguments: expression.arguments.map(withNames) };
    case 'distribution':
      return {
        ...expression,
        parameters: Object.fromEntries(
          Object.entries(expression.parameters).map(([name, value]) => [name, withNames(value)]),
        ),
        ...(expression.from && { from: withNames(expression.from) }),
        ...(expression.to && { to: withNames(expression.to) }),
      };
    case 'one of':
      return {
        ...expression,
        options: expression.options.map((each) => ({ ...each, ...(each.share && { share: withNames(each.share) }) })),
      };
    case 'cases':
      return {
        ...expression,
        cases: expression.cases.map((each) => ({ ...each, then: withNames(each.then) })),
        ...(expression.otherwise && { otherwise: withNames(expression.otherwise) }),
      };
    default:
      return expression;
  }
}

/** An amount of people or things: a number, a name, or an expression in parentheses. */
export function amountText(amount: Expression): string {
  const text = sourceText(amount);
  return /^(?:\d[\d.]*|[\p{L}_][\p{L}\p{N}_]*)$/u.test(text) ? text : `(${text})`;
}

/** How much there is over time, as the language writes it. */
export function scheduleText({ rules, otherwise }: Schedule): string {
  const rest = unitsText(otherwise);
  if (rules.length === 0) return rest;
  return [...rules.map(ruleText), `otherwise ${rest}`].join(', ');
}

function unitsText(amount: Schedule['otherwise']): string {
  return amount === 'unlimited' ? amount : sourceText(amount);
}

function ruleText(rule: ScheduleRule): string {
  const { amount, reaches, days, holidays, week, from, to, since, until } = rule;
  return [
    unitsText(amount),
    reaches && `to ${sourceText(reaches)}`,
    holidays === true ? 'on holidays' : days && `on ${days.join(', ')}`,
    week && `in week ${week.number} of ${week.of}`,
    from !== undefined && to !== undefined && `at ${formatClock(from)}-${formatClock(to % 1440)}`,
    since !== undefined && `from ${since}`,
    until !== undefined && `until ${until}`,
  ]
    .filter((part) => typeof part === 'string')
    .join(' ');
}
