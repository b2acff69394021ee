import { NUMBER } from './dimension.js';
import { dimensionOf } from './dimension-of.js';
import type { NamedNumber } from './elements.js';
import type { BinaryOperator, Expression, FunctionName } from './expression.js';
import type { Model } from './model.js';
import { ModelError } from './model-error.js';
import { lookUpNumber } from './number-table.js';
import type { Origin } from './origin.js';
import { expressionText } from './expression-text.js';

/** The part of a model in which references to named numbers are looked up. */
export type Numbers = Pick<Model, 'numbers'>;

/**
 * The value of an expression that no patient and no chance changes, in canonical units; comparisons and truth values
 * give 1 or 0. Undefined for draws, attributes, states, categories, unknown names, named numbers that depend on
 * themselves, and results that are no finite number (a division by 0).
 */
export function constantValue(expression: Expression, numbers: Numbers): number | undefined {
  const value = evaluate(expression, numbers.numbers, new Map());
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}

/**
 * As constantValue, for places where nothing but a constant will do.
 * @param what names the place in the message, such as "the count of ASUBed"
 * @throws ModelError at the expression's origin
 */
export function requireConstant(expression: Expression, numbers: Numbers, what: string): number {
  const value = constantValue(expression, numbers);
  if (value !== undefined) return value;
  const text = expressionText(expression);
  throw new ModelError(
    `${what} must be a fixed value, but \`${text}\` ${whyNotConstant(expression, numbers)}.`,
    originOf(expression),
  );
}

/** The first origin written in an expression, in reading order. */
export function originOf(expression: Expression): Origin | undefined {
  if ('origin' in expression) return expression.origin;
  for (const part of partsOf(expression)) {
    const origin = originOf(part);
    if (origin !== undefined) return origin;
  }
  return undefined;
}

/** The expressions directly inside an expression, in reading order. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'unary':
      return [expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    case 'function':
      return expression.arguments;
    case 'distribution':
      return [...Object.values(expression.parameters), ...present(expression.from), ...present(expression.to)];
    case 'one of':
      return expression.options.flatMap((option) => present(option.share));
    case 'cases':
      return [...expression.cases.map((each) => each.then), ...present(expression.otherwise)];
    default:
      return [];
  }
}

/**
 * The same expression with every constant part replaced by its value. A folded number keeps the origin, and its unit
 * where it was a single number; named numbers disappear.
 */
export function foldExpression(expression: Expression, numbers: Numbers): Expression {
  if (expression.kind === 'number' || expression.kind === 'boolean') return expression;
  const value = constantValue(expression, numbers);
  if (value !== undefined) return constantExpression(expression, value, numbers);
  const fold = (part: Expression): Expression => foldExpression(part, numbers);
  switch (expression.kind) {
    case 'unary':
      return { ...expression, operand: fold(expression.operand) };
    case 'binary':
      return { ...expression, left: fold(expression.left), right: fold(expression.right) };
    case 'function':
      return { ...expression, arguments: expression.arguments.map(fold) };
    case 'distribution':
      return {
        ...expression,
        parameters: Object.fromEntries(Object.entries(expression.parameters).map(([name, part]) => [name, fold(part)])),
        ...(expression.from && { from: fold(expression.from) }),
        ...(expression.to && { to: fold(expression.to) }),
      };
    case 'one of':
      return {
        ...expression,
        options: expression.options.map((option) => ({
          ...option,
          ...(option.share && { share: fold(option.share) }),
        })),
      };
    case 'cases':
      return {
        ...expression,
        cases: expression.cases.map((each) => ({ ...each, then: fold(each.then) })),
        ...(expression.otherwise && { otherwise: fold(expression.otherwise) }),
      };
    default:
      return expression;
  }
}

function constantExpression(expression: Expression, value: number, numbers: Numbers): Expression {
  if (isTruthValue(expression, numbers)) return { kind: 'boolean', value: value !== 0 };
  const target = expression.kind === 'reference' ? lookUpNumber(numbers.numbers, expression.to)?.value : undefined;
  const unit = target?.kind === 'number' ? target.unit : undefined;
  const origin = originOf(expression);
  return {
    kind: 'number',
    value,
    dimension: dimensionOf(expression, numbers) ?? NUMBER,
    ...(unit !== undefined && { unit }),
    ...(origin !== undefined && { origin }),
  };
}

/** True for an expression that is true or false rather than a number. */
function isTruthValue(expression: Expression, numbers: Numbers): boolean {
  if (expression.kind === 'boolean') return true;
  if (expression.kind === 'unary') return expression.operator === 'not';
  if (expression.kind === 'binary') return !['+', '-', '*', '/'].includes(expression.operator);
  if (expression.kind !== 'reference') return false;
  const target = lookUpNumber(numbers.numbers, expression.to)?.value;
  return target !== undefined && target.kind !== 'reference' && isTruthValue(target, numbers);
}

/**
 * @param known values of the named numbers met so far, so that each is worked out once, however often and deep it is used;
 *   one that is being worked out is there without a value, which ends a circle
 */
function evaluate(
  expression: Expression,
  numbers: readonly NamedNumber[],
  known: Map<string, number | undefined>,
): number | undefined {
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'boolean':
      return expression.value ? 1 : 0;
    case 'reference': {
      if (known.has(expression.to)) return known.get(expression.to);
      known.set(expression.to, undefined);
      const target = lookUpNumber(numbers, expression.to);
      const value = target && evaluate(target.value, numbers, known);
      known.set(expression.to, value);
      return value;
    }
    case 'unary': {
      const operand = evaluate(expression.operand, numbers, known);
      if (operand === undefined) return undefined;
      return expression.operator === '-' ? -operand : Number(operand === 0);
    }
    case 'binary': {
      const left = evaluate(expression.left, numbers, known);
      const right = evaluate(expression.right, numbers, known);
      return left === undefined || right === undefined ? undefined : applyOperator(expression.operator, left, right);
    }
    case 'function': {
      const values: number[] = [];
      for (const argument of expression.arguments) {
        const value = evaluate(argument, numbers, known);
        if (value === undefined) return undefined;
        values.push(value);
      }
      return applyFunction(expression.name, values);
    }
    default:
      return undefined;
  }
}

/** The value of a binary operation; comparisons and logic give 1 or 0. */
export function applyOperator(operator: BinaryOperator, left: number, right: number): number {
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '<':
      return Number(left < right);
    case '<=':
      return Number(left <= right);
    case '>':
      return Number(left > right);
    case '>=':
      return Number(left >= right);
    case '=':
      return Number(left === right);
    case '!=':
      return Number(left !== right);
    case 'and':
      return Number(left !== 0 && right !== 0);
    case 'or':
      return Number(left !== 0 || right !== 0);
  }
}

/** The value of a function; `round` takes halves away from zero. NaN where arguments are missing or outside its domain. */
export function applyFunction(name: FunctionName, values: readonly number[]): number {
  const [first = Number.NaN, second = Number.NaN] = values;
  switch (name) {
    case 'absolute':
      return Math.abs(first);
    case 'floor':
      return Math.floor(first);
    case 'ceiling':
      return Math.ceil(first);
    case 'round':
      return first < 0 ? -Math.round(-first) : Math.round(first);
    case 'square root':
      return Math.sqrt(first);
    case 'exponential function':
      return Math.exp(first);
    case 'logarithm':
      return Math.log(first);
    case 'greatest':
      return values.length === 0 ? Number.NaN : Math.max(...values);
    case 'least':
      return values.length === 0 ? Number.NaN : Math.min(...values);
    case 'power':
      return first ** second;
  }
}

function whyNotConstant(expression: Expression, numbers: Numbers): string {
  return reasonIn(expression, numbers, []) ?? 'has no finite value (look for a division by 0)';
}

function reasonIn(expression: Expression, numbers: Numbers, open: readonly string[]): string | undefined {
  switch (expression.kind) {
    case 'distribution':
    case 'one of':
      return 'is drawn anew for each patient; write its mean or another fixed value';
    case 'attribute':
      return `depends on the patient's ${expression.name}`;
    case 'cases':
      return `depends on the patient's ${expression.attribute}`;
    case 'state':
      return 'changes while the study runs';
    case 'since':
    case 'waited':
      return 'depends on what happened to the patient before';
    case 'category':
      return 'is a category, not a number';
    case 'reference': {
      if (open.includes(expression.to)) return `depends on itself through ${expression.to}`;
      const target = lookUpNumber(numbers.numbers, expression.to);
      if (target === undefined) return `names ${expression.to}, which is not a declared number`;
      return reasonIn(target.value, numbers, [...open, expression.to]);
    }
    default:
      for (const part of partsOf(expression)) {
        const reason = reasonIn(part, numbers, open);
        if (reason !== undefined) return reason;
      }
      return undefined;
  }
}

function present(expression: Expression | undefined): Expression[] {
  return expression === undefined ? [] : [expression];
}
