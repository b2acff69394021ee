import type { Dimension, Formula, Measure } from '@pathway/model';
import { NUMBER, sameDimension } from '@pathway/model';

/** Whether figures of a measure are shares of 1, which read as percentages. */
export function readsAsPercentage(measure: Measure, dimension: Dimension): boolean {
  if (measure.kind === 'share' || measure.kind === 'outcome share') return true;
  return measure.kind === 'value' && sameDimension(dimension, NUMBER) && isShare(measure.value);
}

function isShare(formula: Formula): boolean {
  if (isShareOfTime(formula) || formula.kind === 'utilisation') return true;
  if (formula.kind !== 'operation') return false;
  const { operator, left, right } = formula;
  const sides = [left, right];
  switch (operator) {
    case '+':
    case '-':
      return sides.some(isShare) && sides.every((side) => isShare(side) || side.kind === 'constant');
    case '*':
      return sides.some(isShare) && sides.every((side) => isShare(side) || isWeight(side));
    case '/':
      return isPart(left, right) || sides.every(isShareOfTime) || (isShare(left) && right.kind === 'constant');
    default:
      return false;
  }
}

/** A ratio of two such shares is the share of a part of the time. */
function isShareOfTime(formula: Formula): boolean {
  return formula.kind === 'probability' || formula.kind === 'time share';
}

/** A number that is not a count of something: `utilisation(Bed) * 30` are beds, or days. */
function isWeight(formula: Formula): boolean {
  return formula.kind === 'constant' && formula.value.kind === 'number' && Math.abs(formula.value.value) <= 1;
}

/**
 * Whether all that one side counts is counted by the other one too, each once: `exits(Home) / exits()`. What starts in a window is
 * no part of those who arrive in it: there may be three starts to an arrival.
 */
function isPart(numerator: Formula, denominator: Formula): boolean {
  const [parts, whole] = [countsIn(numerator), countsIn(denominator)];
  if (parts === undefined || whole === undefined || new Set(parts).size < parts.length) return false;
  if (parts.length > 1 && parts.some((part) => !part.includes(' '))) return false;
  return parts.every((part) => whole.includes(part) || whole.includes(part.split(' ')[0] ?? ''));
}

/** What the counts of a sum are of: `exits` of all, `exits Home`; undefined where there is something else in it. */
function countsIn(formula: Formula): string[] | undefined {
  if (formula.kind === 'count') return [formula.target === undefined ? formula.of : `${formula.of} ${formula.target}`];
  if (formula.kind !== 'operation' || formula.operator !== '+') return undefined;
  const [left, right] = [countsIn(formula.left), countsIn(formula.right)];
  return left && right && [...left, ...right];
}
