import type { InputArrivals, InputExpression, StepFunction } from '@pathway/simulation';
import { expressionText, type ExpressionScope } from '../expressions.js';
import { timeText, wrapped } from '../program-text.js';
import { pythonNumber } from './python.js';

/** How patients of a cohort come, as the body of a function that waits on `env`; none where nobody comes. */
export function arrivalLines(arrivals: InputArrivals, cohort: string, scope: ExpressionScope): string[] | undefined {
  const text = (expression: InputExpression): string => expressionText(expression, scope, 'time');
  const group = 'group' in arrivals ? arrivals.group : undefined;
  const arrive = (indent: string): string[] =>
    group === undefined
      ? [`${indent}${cohort}.arrive()`]
      : [
          `${indent}for _ in range(max(0, rounded(${expressionText(group, scope)}))):`,
          `${indent}    ${cohort}.arrive()`,
        ];
  switch (arrivals.kind) {
    case 'none':
      return undefined;
    case 'renewal':
      return [
        ...(arrivals.first === undefined ? [] : [`yield next_arrival(max(0, ${text(arrivals.first)}))`, ...arrive('')]),
        'while True:',
        `    yield next_arrival(max(0, ${text(arrivals.between)}))`,
        ...arrive('    '),
      ];
    case 'poisson': {
      const [rate = 0] = arrivals.rate.value;
      if (arrivals.rate.value.every((each) => each === 0)) return undefined;
      if (arrivals.rate.value.length === 1) {
        scope.used.add('exponential');
        return ['while True:', `    yield next_arrival(exponential(${timeText(1 / rate)}))`, ...arrive('    ')];
      }
      scope.used.add('times_at_rate');
      const { period } = arrivals.rate;
      const parts = [stepsText(arrivals.rate, scope), ...(period === undefined ? [] : [`period=${timeText(period)}`])];
      return [
        ...wrapped('for time in times_at_rate(', parts, '):'),
        '    yield next_arrival(time - env.now)',
        ...arrive('    '),
      ];
    }
    case 'batch':
      return [
        `for time in ${scope.constant(arrivals.at.map(timeText))}:`,
        '    yield next_arrival(time - env.now)',
        `    for _ in range(max(0, rounded(${expressionText(arrivals.size, scope)}))):`,
        `        ${cohort}.arrive()`,
      ];
    case 'appointments':
      return [
        '# Those who come, at the booked time plus how much they are late.',
        'coming = sorted(',
        `    max(0, booked + ${text(arrivals.deviation)})`,
        `    for booked in ${scope.constant(arrivals.at.map(timeText))}`,
        `    if random.random() < ${expressionText(arrivals.shows, scope)}`,
        ')',
        'for time in coming:',
        '    yield next_arrival(time - env.now)',
        `    ${cohort}.arrive()`,
      ];
    case 'recorded':
      return [
        `for time in ${scope.constant(arrivals.at.map(timeText))}:`,
        '    yield next_arrival(time - env.now)',
        `    ${cohort}.arrive()`,
      ];
  }
}

/** A step function as pairs of a time and a value. */
export function stepsText({ at, value }: StepFunction, scope: ExpressionScope): string {
  const pairs = at.map((time, i) => `(${timeText(time)}, ${pythonNumber(value[i] ?? 0)})`);
  return pairs.length > 12 ? scope.constant(pairs) : `[${pairs.join(', ')}]`;
}
