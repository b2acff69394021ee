import { applyFunction } from '../engine/evaluator.js';
import type { InputFormula } from '../input/types.js';
import { FUNCTIONS } from '../program/expression-code.js';
import { observableKey } from './collectors.js';
import { operate } from './operations.js';

/** A condition over counts, in the order of the names it was compiled for. */
export type CountCondition = (counts: readonly number[]) => number;

/**
 * A formula as a function of counts. What does not depend on them is evaluated once, so that a table of bed numbers
 * over thousands of combinations costs little more than the comparisons themselves.
 * @param names keys of the observables, in the order of the counts
 * @param constant evaluates a part that has no observable in it
 */
export function compileCondition(
  formula: InputFormula,
  names: readonly string[],
  constant: (part: InputFormula) => number,
): CountCondition {
  const compile = (part: InputFormula): CountCondition => compileCondition(part, names, constant);
  switch (formula.op) {
    case 'census':
    case 'queue': {
      const place = names.indexOf(observableKey(formula.op, formula.facilities));
      return (counts) => counts[place] ?? 0;
    }
    case 'operation':
      return compileOperation(formula.operator, formula.left, formula.right, compile);
    case 'negate': {
      const of = compile(formula.of);
      return (counts) => -of(counts);
    }
    case 'not': {
      const of = compile(formula.of);
      return (counts) => Number(of(counts) === 0);
    }
    case 'function': {
      const parts = formula.arguments.map(compile);
      const values = new Float64Array(parts.length);
      const code = FUNCTIONS.indexOf(formula.name);
      return (counts) => {
        for (const [index, part] of parts.entries()) values[index] = part(counts);
        return applyFunction(code, values, 0, values.length);
      };
    }
    default: {
      const value = constant(formula);
      return () => value;
    }
  }
}

function compileOperation(
  operator: string,
  left: InputFormula,
  right: InputFormula,
  compile: (part: InputFormula) => CountCondition,
): CountCondition {
  const a = compile(left);
  const b = compile(right);
  // A conjunction whose first part fails is settled, and most combinations fail it.
  if (operator === 'and') return (counts) => (a(counts) === 0 ? 0 : operate('and', 1, b(counts)));
  return (counts) => operate(operator, a(counts), b(counts));
}
