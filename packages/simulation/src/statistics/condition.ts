import { applyFunction } from '../../engine/evaluator.js';
import type { InputFormula } from '../input/measure-types.js';
import { FUNCTIONS } from '../program/expression-code.js';
import { observableKey, observableOf } from './observables.js';
import { operate, operateColumns } from './operations.js';

/** A value for each combination of counts, or one for all of them. */
type Column = Float64Array | number;

/**
 * A formula over many combinations of counts at once, operation by operation over whole columns: a table of bed numbers
 * asks the same of thousands of combinations, and what does not depend on them is evaluated once.
 * @param columns the counts of each observable by its key, all of the same length
 * @param constant evaluates a part that has no observable in it
 * @returns its value for each combination, or a single one where it is the same for all
 */
export function evaluateCondition(
  formula: InputFormula,
  columns: ReadonlyMap<string, Float64Array>,
  constant: (part: InputFormula) => number,
): Column {
  const go = (part: InputFormula): Column => evaluateCondition(part, columns, constant);
  const observable = observableOf(formula);
  if (observable !== undefined) return columns.get(observableKey(observable)) ?? 0;
  switch (formula.op) {
    case 'operation':
      return combine(formula.operator, go(formula.left), go(formula.right));
    case 'negate':
      return combine('*', -1, go(formula.of));
    case 'not':
      return combine('=', go(formula.of), 0);
    case 'function':
      return applyToColumns(FUNCTIONS.indexOf(formula.name), formula.arguments.map(go));
    default:
      return constant(formula);
  }
}

function combine(operator: string, a: Column, b: Column): Column {
  if (typeof a === 'number' && typeof b === 'number') return operate(operator, a, b);
  const length = typeof a === 'number' ? lengthOf(b) : a.length;
  return operateColumns(operator, spread(a, length), spread(b, length));
}

function applyToColumns(code: number, parts: readonly Column[]): Column {
  const values = new Float64Array(parts.length);
  const length = Math.max(0, ...parts.map(lengthOf));
  const apply = (row: number): number => {
    for (const [i, part] of parts.entries()) values[i] = typeof part === 'number' ? part : part[row]!;
    return applyFunction(code, values, 0, values.length);
  };
  if (parts.every((part) => typeof part === 'number')) return apply(0);
  return Float64Array.from({ length }, (_, row) => apply(row));
}

function spread(column: Column, length: number): Float64Array {
  return typeof column === 'number' ? new Float64Array(length).fill(column) : column;
}

function lengthOf(column: Column): number {
  return typeof column === 'number' ? 0 : column.length;
}
