import type { Reading, RecentReading, StateReading } from '@pathway/model';
import { DURATION, NUMBER } from '@pathway/model';
import * as ast from '../generated/ast.js';
import { FUNCTIONS, lowerExpression, STATE_MEASURES } from './expressions.js';
import type { LoweringContext } from './lowering-context.js';

/** What was in the last hours or days, by the word that asks for it; the second argument says how long. */
export const RECENT_MEASURES: readonly RecentReading[] = ['arrivals', 'starts', 'completions', 'exits', 'wait'];

const STATES: readonly StateReading[] = [...STATE_MEASURES, 'absence'];

/** What can be seen at a moment, for signals, gauges and triggers. Plain values stay expressions. */
export function lowerReading(node: ast.Expression | undefined, context: LoweringContext): Reading {
  if (node === undefined) return { kind: 'constant', value: { kind: 'number', value: 0, dimension: NUMBER } };
  switch (node.$type) {
    case 'Parenthesised':
      return lowerReading(node.expression, context);
    case 'BinaryExpression': {
      const [left, right] = [lowerReading(node.left, context), lowerReading(node.right, context)];
      return { kind: 'operation', operator: node.operator, left, right };
    }
    case 'Negation':
      return { kind: node.operator === '-' ? 'negate' : 'not', operand: lowerReading(node.operand, context) };
    case 'Extreme':
      return {
        kind: 'function',
        name: node.kind,
        arguments: node.arguments.map((each) => lowerReading(each, context)),
      };
    case 'FunctionCall':
      return lowerCall(node, context);
    case 'NameReference': {
      const target = node.target.ref;
      if (ast.isSignal(target)) return { kind: 'signal', signal: context.idOf(target) };
      return { kind: 'constant', value: lowerExpression(node, context) };
    }
    default:
      return { kind: 'constant', value: lowerExpression(node, context) };
  }
}

function lowerCall(node: ast.FunctionCall, context: LoweringContext): Reading {
  const [first, ...others] = node.arguments.map((argument) => argument.value);
  const target = ast.isNameReference(first) ? first.target.ref : undefined;
  const of = idOfTarget(target, context);
  const state = STATES.find((each) => each === node.function);
  if (state !== undefined) return { kind: 'state', measure: state, of: of ?? '' };
  const recent = RECENT_MEASURES.find((each) => each === node.function);
  if (recent !== undefined) {
    const over = target === undefined ? first : others[0];
    return {
      kind: 'recent',
      measure: recent,
      ...(of !== undefined && { of }),
      over: over === undefined ? { kind: 'number', value: 0, dimension: DURATION } : lowerExpression(over, context),
    };
  }
  const name = FUNCTIONS.get(node.function);
  if (name === undefined) return { kind: 'constant', value: lowerExpression(node, context) };
  return { kind: 'function', name, arguments: node.arguments.map((each) => lowerReading(each.value, context)) };
}

function idOfTarget(target: ast.NamedValue | undefined, context: LoweringContext): string | undefined {
  if (target === undefined) return undefined;
  if (ast.isFinish(target)) return target.name;
  return ast.isStep(target) || ast.isHold(target) ? context.activityId(target) : context.idOf(target);
}
