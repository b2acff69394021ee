import { parseUnit } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { LIMITS } from '../parser/limits.js';
import { isFamily, PAST_MEASURES, STATE_MEASURES } from '../lowering/expressions.js';
import { RECENT_MEASURES } from '../lowering/readings.js';
import { unitText } from '../lowering/unit-text.js';
import { targetOf } from './references.js';

/** The value of an expression in canonical units, where it is fixed; undefined for draws, attributes and states. */
export function constantOf(expression: ast.Expression | undefined): number | undefined {
  return evaluate(expression, new Map(), 0);
}

/**
 * @param known the named numbers met so far, so that each is worked out once, however often and deep it is used; one that
 *   is being worked out is there without a value, which ends a circle
 * @param depth of numbers made of numbers; beyond the limit, which is told elsewhere, nothing is known
 */
function evaluate(
  expression: ast.Expression | undefined,
  known: Map<ast.NumberDeclaration, number | undefined>,
  depth: number,
): number | undefined {
  switch (expression?.$type) {
    case 'NumberLiteral': {
      const text = unitText(expression);
      const unit = text === undefined ? undefined : parseUnit(text);
      if (text !== undefined && unit === undefined) return undefined;
      return unit?.percentage === true ? expression.value / 100 : expression.value * (unit?.factor ?? 1);
    }
    case 'Parenthesised':
      return evaluate(expression.expression, known, depth);
    case 'Negation': {
      const operand = evaluate(expression.operand, known, depth);
      return operand === undefined || expression.operator !== '-' ? undefined : -operand;
    }
    case 'BinaryExpression':
      return calculate(
        expression.operator,
        evaluate(expression.left, known, depth),
        evaluate(expression.right, known, depth),
      );
    case 'Extreme': {
      const values = expression.arguments.map((argument) => evaluate(argument, known, depth));
      const fixed = values.filter((value) => value !== undefined);
      if (fixed.length === 0 || fixed.length < values.length) return undefined;
      return expression.kind === 'greatest' ? Math.max(...fixed) : Math.min(...fixed);
    }
    case 'NameReference': {
      const target = targetOf(expression.target);
      if (!ast.isNumberDeclaration(target) || depth > LIMITS.numberDepth) return undefined;
      if (known.has(target)) return known.get(target);
      known.set(target, undefined);
      const value = evaluate(target.value, known, depth + 1);
      known.set(target, value);
      return value;
    }
    default:
      return undefined;
  }
}

function calculate(
  operator: string | undefined,
  left: number | undefined,
  right: number | undefined,
): number | undefined {
  if (left === undefined || right === undefined) return undefined;
  switch (operator) {
    case '+':
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return right === 0 ? undefined : left / right;
    default:
      return undefined;
  }
}

/** What makes a value differ: from draw to draw, from patient to patient, or over time. */
export type Variation = 'draw' | 'patient' | 'state';

/** What can be seen at a moment. */
const SEEN: readonly string[] = [...STATE_MEASURES, ...RECENT_MEASURES, 'absence'];

/** Everything that an expression varies with; named numbers bring in what they vary with themselves. */
export function variationsOf(expression: ast.Expression | undefined): ReadonlySet<Variation> {
  const found = new Set<Variation>();
  collect(expression, found, new Set(), 0);
  return found;
}

function collect(
  expression: ast.Expression | undefined,
  found: Set<Variation>,
  open: Set<ast.NumberDeclaration>,
  depth: number,
): void {
  if (expression === undefined || depth > LIMITS.numberDepth) return;
  if (
    ast.isOneOf(expression) ||
    ast.isEmpiricalColumn(expression) ||
    (ast.isFunctionCall(expression) && isFamily(expression.function ?? ''))
  ) {
    found.add('draw');
  }
  if (ast.isFunctionCall(expression) && SEEN.some((measure) => measure === expression.function)) {
    found.add('state');
  }
  if (ast.isFunctionCall(expression) && PAST_MEASURES.some((measure) => measure === expression.function)) {
    found.add('patient');
  }
  if (ast.isCases(expression) || ast.isWaitedSoFar(expression)) found.add('patient');
  if (ast.isNameReference(expression)) {
    const target = targetOf(expression.target);
    if (ast.isSignal(target)) found.add('state');
    if (ast.isAttribute(target) || ast.isCategoryOption(target)) found.add('patient');
    if (ast.isNumberDeclaration(target) && !open.has(target)) {
      open.add(target);
      collect(target.value, found, open, depth + 1);
    }
  }
  for (const part of partsOf(expression)) collect(part, found, open, depth);
}

/** The expressions that an expression is made of; the shares of `one of` are no part of its value. */
function partsOf(expression: ast.Expression): readonly (ast.Expression | undefined)[] {
  switch (expression.$type) {
    case 'Parenthesised':
      return [expression.expression];
    case 'Negation':
      return [expression.operand];
    case 'BinaryExpression':
      return [expression.left, expression.right];
    case 'Extreme':
      return expression.arguments;
    case 'Cases':
      return expression.cases.map((each) => each.value);
    case 'FunctionCall':
      return expression.arguments.map((argument) => argument.value);
    default:
      return [];
  }
}
