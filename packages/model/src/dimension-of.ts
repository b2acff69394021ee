import {
  type Dimension,
  divideDimensions,
  DURATION,
  multiplyDimensions,
  NUMBER,
  raiseDimension,
  sameDimension,
} from './dimension.js';
import type { Attribute } from './elements.js';
import type { BinaryExpression, Expression, FunctionCall } from './expression.js';
import type { Model } from './model.js';
import { lookUpNumber } from './number-table.js';

interface Names {
  readonly numbers: Model['numbers'];
  readonly attributes: readonly Attribute[];
  /** What the names met so far have; one that is being resolved has nothing yet, so that a circle ends. */
  readonly known: Map<string, Dimension | undefined>;
}

/**
 * The dimension of an expression's value. Undefined where it has none: truth values, categories, unknown names,
 * numbers that depend on themselves, and sums or comparisons of unlike dimensions.
 * @param attributes those of the cohort that the expression is about
 */
export function dimensionOf(
  expression: Expression,
  numbers: Pick<Model, 'numbers'>,
  attributes: readonly Attribute[] = [],
): Dimension | undefined {
  return find(expression, { numbers: numbers.numbers, attributes, known: new Map() });
}

function find(expression: Expression, names: Names): Dimension | undefined {
  switch (expression.kind) {
    case 'number':
    case 'distribution':
      return expression.dimension;
    case 'reference':
      return named(lookUpNumber(names.numbers, expression.to)?.value, `number ${expression.to}`, names);
    case 'attribute': {
      const attribute = names.attributes.find((each) => each.name === expression.name);
      return named(attribute?.value, `attribute ${expression.name}`, names);
    }
    case 'unary':
      return expression.operator === '-' ? find(expression.operand, names) : undefined;
    case 'binary':
      return ofOperation(expression, names);
    case 'function':
      return ofFunction(expression, names);
    case 'cases':
      return common(
        [...expression.cases.map((each) => each.then), ...(expression.otherwise ? [expression.otherwise] : [])],
        names,
      );
    case 'column':
      return expression.dimension;
    case 'state':
      return NUMBER;
    case 'since':
    case 'waited':
      return DURATION;
    case 'category':
    case 'boolean':
    case 'one of':
      return undefined;
  }
}

function named(value: Expression | undefined, key: string, names: Names): Dimension | undefined {
  if (value === undefined || names.known.has(key)) return names.known.get(key);
  names.known.set(key, undefined);
  const dimension = find(value, names);
  names.known.set(key, dimension);
  return dimension;
}

function ofOperation(expression: BinaryExpression, names: Names): Dimension | undefined {
  const left = find(expression.left, names);
  const right = find(expression.right, names);
  if (left === undefined || right === undefined) return undefined;
  switch (expression.operator) {
    case '+':
    case '-':
      return sameDimension(left, right) ? left : undefined;
    case '*':
      return multiplyDimensions(left, right);
    case '/':
      return divideDimensions(left, right);
    default:
      return undefined;
  }
}

function ofFunction(call: FunctionCall, names: Names): Dimension | undefined {
  const [first, second] = call.arguments;
  switch (call.name) {
    case 'greatest':
    case 'least':
      return common(call.arguments, names);
    case 'exponential function':
    case 'logarithm':
      return NUMBER;
    case 'square root':
      return first && raised(find(first, names), 0.5);
    case 'power':
      return first && second && raised(find(first, names), second.kind === 'number' ? second.value : Number.NaN);
    default:
      return first && find(first, names);
  }
}

function raised(dimension: Dimension | undefined, exponent: number): Dimension | undefined {
  if (dimension === undefined) return undefined;
  return sameDimension(dimension, NUMBER) ? NUMBER : raiseDimension(dimension, exponent);
}

function common(expressions: readonly Expression[], names: Names): Dimension | undefined {
  const [first, ...rest] = expressions.map((each) => find(each, names));
  if (first === undefined) return undefined;
  return rest.every((each) => each !== undefined && sameDimension(each, first)) ? first : undefined;
}
