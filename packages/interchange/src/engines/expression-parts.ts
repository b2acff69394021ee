import type { InputExpression, InputFormula } from '@pathway/simulation';

/** An expression and all that it is made of. */
export function partsOf(expression: InputExpression): readonly InputExpression[] {
  const children = (): readonly (InputExpression | undefined)[] => {
    switch (expression.op) {
      case 'negate':
      case 'not':
        return [expression.of];
      case 'operation':
        return [expression.left, expression.right];
      case 'function':
        return expression.arguments;
      case 'draw':
        return [...expression.parameters, expression.from, expression.to];
      case 'pick':
        return [...expression.weights, expression.from, expression.to];
      case 'element':
        return [expression.at];
      case 'match':
        return [...expression.cases.map(({ then }) => then), expression.otherwise];
      default:
        return [];
    }
  };
  return [expression, ...children().flatMap((each) => (each === undefined ? [] : partsOf(each)))];
}

/** Whether a part of a formula is of what responses and costs are, which other engines' programs do not print. */
export function isMoneyOrTime({ op }: InputFormula): boolean {
  return op === 'cost' || op === 'time share' || op === 'activations' || op === 'response cost';
}

/** A formula and all that it is made of. */
export function formulaParts(formula: InputFormula): readonly InputFormula[] {
  const children = (): readonly (InputFormula | undefined)[] => {
    switch (formula.op) {
      case 'operation':
        return [formula.left, formula.right];
      case 'negate':
      case 'not':
        return [formula.of];
      case 'function':
        return formula.arguments;
      case 'probability':
        return [formula.condition];
      case 'indicator':
        return [formula.argument];
      default:
        return [];
    }
  };
  return [formula, ...children().flatMap((each) => (each === undefined ? [] : formulaParts(each)))];
}
