import { constantValue, type Expression, meanOfExpression, type Model, partsOf } from '@pathway/model';

/**
 * An expression for the mean of another one, as a patient's attributes are known: draws give way to their means.
 * Undefined where the mean of a draw does not follow, such as that of the greatest of two.
 */
export function meanTime(expression: Expression, model: Model): Expression | undefined {
  const { value } = meanOfExpression(expression, model);
  if (value !== undefined) return { kind: 'number', value, dimension: { time: 1, money: 0 } };
  const go = (part: Expression): Expression | undefined => meanTime(part, model);
  if (!isDrawn(expression, model)) return expression;
  switch (expression.kind) {
    case 'reference': {
      const number = model.numbers.find(({ id }) => id === expression.to);
      return number && go(number.value);
    }
    case 'unary': {
      const operand = expression.operator === '-' ? go(expression.operand) : undefined;
      return operand && { ...expression, operand };
    }
    case 'binary': {
      const [left, right] = [go(expression.left), go(expression.right)];
      const linear = ['+', '-', '*'].includes(expression.operator);
      const divided = expression.operator === '/' && !isDrawn(expression.right, model);
      return left && right && (linear || divided) ? { ...expression, left, right } : undefined;
    }
    case 'distribution': {
      const bounded = expression.from !== undefined || expression.to !== undefined;
      const mean = expression.parameters.mean;
      if (mean === undefined || bounded || isDrawn(mean, model)) return undefined;
      const scale = expression.scale ?? 1;
      if (scale === 1) return mean;
      const factor: Expression = { kind: 'number', value: scale, dimension: { time: 0, money: 0 } };
      return { kind: 'binary', operator: '*', left: mean, right: factor };
    }
    case 'cases': {
      const cases = expression.cases.flatMap(({ values, then }) => {
        const mean = go(then);
        return mean === undefined ? [] : [{ values, then: mean }];
      });
      const otherwise = expression.otherwise && go(expression.otherwise);
      const known = cases.length === expression.cases.length;
      if (!known || (expression.otherwise !== undefined && otherwise === undefined)) return undefined;
      return { ...expression, cases, ...(otherwise && { otherwise }) };
    }
    default:
      return undefined;
  }
}

/** Whether chance decides any part of a value. */
function isDrawn(expression: Expression, model: Model, open: readonly string[] = []): boolean {
  if (expression.kind === 'distribution' || expression.kind === 'one of') return true;
  if (constantValue(expression, model) !== undefined) return false;
  if (expression.kind === 'reference' && !open.includes(expression.to)) {
    const number = model.numbers.find(({ id }) => id === expression.to);
    return number !== undefined && isDrawn(number.value, model, [...open, expression.to]);
  }
  return partsOf(expression).some((part) => isDrawn(part, model, open));
}
