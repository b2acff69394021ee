import {
  type AttributeKnowledge,
  type Expression,
  meanOfExpression,
  type MomentResult,
  type Numbers,
} from '@pathway/model';

/**
 * The chance that a condition holds for a patient of whom `knowledge` is known. `and` and `or` are settled by the first
 * side that decides them, so that two conditions on one attribute that are certain either way need no independence.
 */
export function chanceOf(condition: Expression, numbers: Numbers, knowledge: AttributeKnowledge): MomentResult {
  if (condition.kind === 'unary' && condition.operator === 'not') {
    const inner = chanceOf(condition.operand, numbers, knowledge);
    return inner.value === undefined ? inner : { value: 1 - inner.value };
  }
  if (condition.kind === 'binary' && (condition.operator === 'and' || condition.operator === 'or')) {
    const deciding = condition.operator === 'and' ? 0 : 1;
    const left = chanceOf(condition.left, numbers, knowledge);
    if (left.value === deciding) return left;
    const right = chanceOf(condition.right, numbers, knowledge);
    if (right.value === deciding) return right;
    if (left.value === 1 - deciding) return right;
    if (right.value === 1 - deciding) return left;
  }
  const result = meanOfExpression(condition, numbers, knowledge);
  if (result.value === undefined) return result;
  // Rounding must not make a probability leave 0 … 1, nor a certainty miss it.
  if (result.value < 1e-13) return { value: 0 };
  return { value: result.value > 1 - 1e-13 ? 1 : result.value };
}
