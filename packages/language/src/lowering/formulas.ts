import type { AstNode } from 'langium';
import type { Expression, Formula } from '@pathway/model';
import { NUMBER } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { FUNCTIONS, lowerExpression } from './expressions.js';
import type { LoweringContext } from './lowering-context.js';
import { lowerStatistic, measureTarget } from './measure-parts.js';

/** What an indicator's `value` can count; each is called like a function. */
export const FORMULA_FUNCTIONS = [
  'P',
  'census',
  'queue',
  'utilisation',
  'busyTime',
  'overtime',
  'capacity',
  'level',
  'arrivals',
  'starts',
  'completions',
  'exits',
  'cost',
  'window',
  'mean',
  'median',
  'percentile',
] as const;

const ZERO: Expression = Object.freeze({ kind: 'number', value: 0, dimension: NUMBER });
const COSTS = ['steps', 'staff', 'resources', 'all'] as const;

/** Arithmetic over what a run counts. Plain values stay expressions; calls become counts, loads and probabilities. */
export function lowerFormula(node: ast.Expression | undefined, context: LoweringContext): Formula {
  if (node === undefined) return { kind: 'constant', value: ZERO };
  switch (node.$type) {
    case 'Parenthesised':
      return lowerFormula(node.expression, context);
    case 'BinaryExpression':
      return {
        kind: 'operation',
        operator: node.operator,
        left: lowerFormula(node.left, context),
        right: lowerFormula(node.right, context),
      };
    case 'Negation':
      return { kind: node.operator === '-' ? 'negate' : 'not', operand: lowerFormula(node.operand, context) };
    case 'Extreme':
      return {
        kind: 'function',
        name: node.kind,
        arguments: node.arguments.map((each) => lowerFormula(each, context)),
      };
    case 'FunctionCall':
      return lowerCall(node, context);
    case 'NameReference':
      return lowerName(node, context);
    default:
      return { kind: 'constant', value: lowerExpression(node, context) };
  }
}

function lowerName(node: ast.NameReference, context: LoweringContext): Formula {
  const target = node.target.ref;
  if (ast.isTableVariable(target)) return { kind: 'variable', name: target.name };
  if (ast.isIndicator(target)) return { kind: 'indicator', indicator: context.idOf(target), statistic: 'mean' };
  return { kind: 'constant', value: lowerExpression(node, context) };
}

function lowerCall(node: ast.FunctionCall, context: LoweringContext): Formula {
  const argument = node.arguments[0]?.value;
  const target = ast.isNameReference(argument) ? argument.target.ref : undefined;
  switch (node.function) {
    case 'P':
      return { kind: 'probability', condition: lowerFormula(argument, context) };
    case 'census':
    case 'busy':
      return { kind: 'census', resource: context.idOf(target) };
    case 'occupancy':
      return occupancy(node, target, context);
    case 'level':
      return { kind: 'level', stock: context.idOf(target) };
    case 'queue':
    case 'utilisation':
    case 'capacity':
      return { kind: node.function, target: measureTarget(target, context) };
    case 'busyTime':
      return { kind: 'busy time', target: measureTarget(target, context) };
    case 'overtime':
      return { kind: 'overtime', role: context.idOf(target) };
    case 'arrivals':
    case 'starts':
    case 'completions':
    case 'exits':
      return { kind: 'count', of: node.function, ...countTarget(target, context) };
    case 'cost': {
      const word = ast.isNameReference(argument) ? argument.target.$refText : 'all';
      return { kind: 'cost', of: COSTS.find((each) => each === word) ?? 'all' };
    }
    case 'window':
      return { kind: 'duration of window' };
    case 'mean':
    case 'median':
    case 'percentile':
      return indicatorCall(node, target, context);
    default:
      return ordinaryFunction(node, context);
  }
}

/**
 * The share of what there is that is in use. Over the whole window it is time in use over time there; at an instant
 * (`P(occupancy(Bed) > 85%)`) nothing is in use where nothing is there.
 */
function occupancy(node: AstNode, target: ast.NamedValue | undefined, context: LoweringContext): Formula {
  const of = measureTarget(target, context);
  if (!isOfAnInstant(node)) return { kind: 'utilisation', target: of };
  const one: Formula = { kind: 'constant', value: { kind: 'number', value: 1, dimension: NUMBER } };
  return {
    kind: 'operation',
    operator: '/',
    left: { kind: 'census', resource: context.idOf(target) },
    right: { kind: 'function', name: 'greatest', arguments: [{ kind: 'capacity', target: of }, one] },
  };
}

/** Whether a formula stands in a `P(…)`. */
function isOfAnInstant(node: AstNode): boolean {
  for (let each = node.$container; each !== undefined; each = each.$container)
    if (ast.isFunctionCall(each) && each.function === 'P') return true;
  return false;
}

function countTarget(target: ast.NamedValue | undefined, context: LoweringContext): { target?: string } {
  if (target === undefined) return {};
  if (ast.isFinish(target)) return { target: target.name };
  if (ast.isStep(target) || ast.isHold(target)) return { target: context.activityId(target) };
  return { target: context.idOf(target) };
}

/** `mean(Delay)`, `median(Delay)`, `percentile(Delay, 90)`; for an indicator with a table `mean(Delay, 12)`. */
function indicatorCall(node: ast.FunctionCall, target: ast.NamedValue | undefined, context: LoweringContext): Formula {
  const second = node.arguments[1]?.value;
  const statistic =
    node.function === 'percentile' && ast.isNumberLiteral(second)
      ? { percentile: second.value }
      : lowerStatistic(node.function);
  const argument = node.function === 'percentile' ? node.arguments[2]?.value : second;
  return {
    kind: 'indicator',
    indicator: context.idOf(target),
    statistic,
    ...(argument === undefined ? {} : { argument: lowerFormula(argument, context) }),
  };
}

function ordinaryFunction(node: ast.FunctionCall, context: LoweringContext): Formula {
  const name = FUNCTIONS.get(node.function);
  if (name === undefined) return { kind: 'constant', value: lowerExpression(node, context) };
  return { kind: 'function', name, arguments: node.arguments.map((each) => lowerFormula(each.value, context)) };
}
