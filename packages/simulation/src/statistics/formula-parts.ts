import type { InputFormula } from '../input/measure-types.js';

/** What a formula is made of, without the parts of these; an indicator that it names is none of them. */
function formulaParts(formula: InputFormula): readonly InputFormula[] {
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
      return formula.argument === undefined ? [] : [formula.argument];
    default:
      return [];
  }
}

/** A formula and all that it is made of. */
export function* partsOf(formula: InputFormula): Generator<InputFormula> {
  yield formula;
  for (const part of formulaParts(formula)) yield* partsOf(part);
}
