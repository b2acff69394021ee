import type { Arrivals } from './elements.js';
import { NUMBER } from './dimension.js';
import { constantValue, type Numbers } from './evaluate.js';
import type { DistributionFamily, Expression } from './expression.js';
import { meanOfExpression, type MomentResult, quantileOfExpression } from './moments.js';
import { lookUpNumber } from './number-table.js';

const COUNTING: readonly DistributionFamily[] = ['poisson', 'binomial', 'geometric'];
/** No sum has more terms. */
const MOST_PEOPLE = 10_000;
const ROUNDING: readonly string[] = ['floor', 'ceiling', 'round'];

/** How many come together at an arrival, as it is written; undefined where people come one by one. */
export function groupOf(arrivals: Arrivals | undefined): Expression | undefined {
  return arrivals !== undefined && 'group' in arrivals ? arrivals.group : undefined;
}

/**
 * Mean number of people who come together at an arrival, 1 where they come one by one.
 * @throws ModelError for impossible parameters
 */
export function meanGroup(arrivals: Arrivals | undefined, numbers: Numbers): MomentResult {
  const group = groupOf(arrivals);
  return group === undefined ? { value: 1 } : meanPeople(group, numbers);
}

/**
 * Mean number of people in a group or a daily batch of such a size. As in a run, sizes are rounded, and count as 0 below that:
 * where a size may have fractions or be negative, there is a mean only where one draw decides it.
 * @throws ModelError for impossible parameters
 */
export function meanPeople(size: Expression, numbers: Numbers): MomentResult {
  const constant = constantValue(size, numbers);
  if (constant !== undefined) return { value: Math.max(0, Math.round(constant)) };
  if (isCount(size, numbers)) return meanOfExpression(size, numbers);
  const lowest = quantileOfExpression(size, numbers, 0).value;
  if (lowest !== undefined && lowest >= -0.5)
    return meanOfExpression({ kind: 'function', name: 'round', arguments: [size] }, numbers);
  return meanAboveZero(size, numbers);
}

/** Mean of a size that may be negative: the sum of the probabilities of 1 or more, 2 or more and so on, after rounding. */
function meanAboveZero(size: Expression, numbers: Numbers): MomentResult {
  let mean = 0;
  for (let people = 1; people <= MOST_PEOPLE; people++) {
    const least: Expression = { kind: 'number', value: people - 0.5, dimension: NUMBER };
    const { value } = meanOfExpression({ kind: 'binary', operator: '>=', left: size, right: least }, numbers);
    if (value === undefined) break;
    mean += value;
    if (value <= 1e-12) return { value: mean };
  }
  return { reason: 'it may be below 0 or have fractions, which are rounded' };
}

/** Whether every value is a whole number, 0 or more: of sums and products of such numbers, as far as their form shows it. */
function isCount(expression: Expression, numbers: Numbers, open: readonly string[] = []): boolean {
  const constant = constantValue(expression, numbers);
  if (constant !== undefined) return Number.isInteger(constant) && constant >= 0;
  switch (expression.kind) {
    case 'distribution':
      if ((expression.scale ?? 1) !== 1) return false;
      return expression.family === 'empirical'
        ? (expression.values ?? []).every((value) => Number.isInteger(value) && value >= 0)
        : COUNTING.includes(expression.family);
    case 'reference': {
      const number = open.includes(expression.to) ? undefined : lookUpNumber(numbers.numbers, expression.to);
      return number !== undefined && isCount(number.value, numbers, [...open, expression.to]);
    }
    case 'binary':
      return (
        (expression.operator === '+' || expression.operator === '*') &&
        isCount(expression.left, numbers, open) &&
        isCount(expression.right, numbers, open)
      );
    case 'function': {
      const [only] = expression.arguments;
      if (!ROUNDING.includes(expression.name) || only === undefined) return false;
      return (quantileOfExpression(only, numbers, 0).value ?? -1) >= 0;
    }
    default:
      return false;
  }
}
