import type { InputFormula, InputIndicator } from '../input/measure-types.js';

/** What a formula counts of what. */
interface CountedFormula {
  readonly of: InputFormula;
  readonly over: InputFormula;
}

/** Counts of people and of what they do. */
const COUNTS: readonly InputFormula['op'][] = ['arrivals', 'starts', 'completions', 'exits'];

/** What is counted of what, where a formula is such a share: `exits(Home) / exits()`. Undefined where it is another. */
export function countedShare(formula: InputFormula, indicators: readonly InputIndicator[]): CountedFormula | undefined {
  if (formula.op === 'indicator') {
    const measure = indicators[formula.indicator]?.measure;
    const isAlone = formula.statistic === 'mean' && formula.argument === undefined;
    return isAlone && measure?.kind === 'value' ? countedShare(measure.value, indicators) : undefined;
  }
  if (formula.op !== 'operation' || formula.operator !== '/') return undefined;
  return isCount(formula.left) && isCount(formula.right) ? { of: formula.left, over: formula.right } : undefined;
}

function isCount(formula: InputFormula): boolean {
  if (formula.op === 'operation') return formula.operator === '+' && isCount(formula.left) && isCount(formula.right);
  return COUNTS.includes(formula.op);
}
