import {
  type AttributeKnowledge,
  type BinaryExpression,
  constantValue,
  type Expression,
  meanOfExpression,
  type Model,
} from '@pathway/model';
import { attributesIn } from './attributes-in.js';

/** More cells than this are not summed: an editor waits for the answer. */
const MOST_CELLS = 10_000;

/**
 * Probability that a condition holds for a patient of whom this is known. Beyond the closed forms of the model it is
 * exact for `and`, `or` and `not` over comparisons of numbers of the patient with constants, also of one and the same
 * number (`age < 18 or age >= 65`): the thresholds cut each number's range into cells, whose probabilities are added.
 * @returns undefined where it does not follow from the text, or is not from 0 to 1
 * @throws ModelError for impossible parameters and shares
 */
export function probabilityOf(expression: Expression, model: Model, knowledge: AttributeKnowledge): number | undefined {
  const value = meanOfExpression(expression, model, knowledge).value ?? overCells(expression, model, knowledge);
  return value === undefined || value < 0 || value > 1 + 1e-12 ? undefined : Math.min(1, value);
}

type Comparison = '<' | '<=' | '>' | '>=' | '=' | '!=';

/** Whether a condition holds in a cell, given as one place for each number of the patient. */
type Test = (cell: readonly number[]) => boolean;

/** A number of the patient, with the constants that it is compared with, ascending. */
interface Axis {
  readonly name: string;
  readonly thresholds: { readonly value: number; readonly written: Expression }[];
}

function overCells(expression: Expression, model: Model, knowledge: AttributeKnowledge): number | undefined {
  const axes: Axis[] = [];
  if (!collectAxes(expression, axes, model, knowledge)) return undefined;
  const roots = axes.map(({ name }) => attributesIn({ kind: 'attribute', name }, model, knowledge.attributes ?? []));
  const shared = roots.some((a, i) => roots.some((b, j) => i < j && [...a].some((name) => b.has(name))));
  if (shared || axes.length === 0) return undefined;
  for (const { thresholds } of axes) thresholds.sort((a, b) => a.value - b.value);
  if (axes.reduce((cells, { thresholds }) => cells * (2 * thresholds.length + 1), 1) > MOST_CELLS) return undefined;
  const test = testOf(expression, axes, model, knowledge);
  const chances = axes.map((axis) => cellsOf(axis, model, knowledge));
  const sum = (cell: readonly number[], weight: number): number | undefined => {
    if (cell.length === axes.length) return test?.(cell) === true ? weight : 0;
    const side = chances[cell.length];
    return side?.reduce<number | undefined>((total, chance, place) => {
      const part = chance > 0 ? sum([...cell, place], weight * chance) : 0;
      return total === undefined || part === undefined ? undefined : total + part;
    }, 0);
  };
  return test === undefined ? undefined : sum([], 1);
}

/** Notes every number that is compared; false where a part is neither such a comparison nor certain. */
function collectAxes(expression: Expression, axes: Axis[], model: Model, knowledge: AttributeKnowledge): boolean {
  if (expression.kind === 'unary' && expression.operator === 'not')
    return collectAxes(expression.operand, axes, model, knowledge);
  if (expression.kind === 'binary' && (expression.operator === 'and' || expression.operator === 'or'))
    return (
      collectAxes(expression.left, axes, model, knowledge) && collectAxes(expression.right, axes, model, knowledge)
    );
  const leaf = comparisonOf(expression, model);
  if (leaf === undefined) return certain(expression, model, knowledge) !== undefined;
  const axis = axes.find(({ name }) => name === leaf.name) ?? { name: leaf.name, thresholds: [] };
  if (!axes.includes(axis)) axes.push(axis);
  if (!axis.thresholds.some(({ value }) => value === leaf.value))
    axis.thresholds.push({ value: leaf.value, written: leaf.written });
  return true;
}

function testOf(
  expression: Expression,
  axes: readonly Axis[],
  model: Model,
  knowledge: AttributeKnowledge,
): Test | undefined {
  if (expression.kind === 'unary' && expression.operator === 'not') {
    const operand = testOf(expression.operand, axes, model, knowledge);
    return operand && ((cell) => !operand(cell));
  }
  if (expression.kind === 'binary' && (expression.operator === 'and' || expression.operator === 'or')) {
    const left = testOf(expression.left, axes, model, knowledge);
    const right = testOf(expression.right, axes, model, knowledge);
    if (left === undefined || right === undefined) return undefined;
    return expression.operator === 'and' ? (cell) => left(cell) && right(cell) : (cell) => left(cell) || right(cell);
  }
  const leaf = comparisonOf(expression, model);
  if (leaf === undefined) {
    const known = certain(expression, model, knowledge);
    return known === undefined ? undefined : () => known;
  }
  const place = axes.findIndex(({ name }) => name === leaf.name);
  const threshold = axes[place]?.thresholds.findIndex(({ value }) => value === leaf.value) ?? -1;
  return (cell) => compares(leaf.operator, (cell[place] ?? 0) - (2 * threshold + 1));
}

function compares(operator: Comparison, difference: number): boolean {
  switch (operator) {
    case '<':
      return difference < 0;
    case '<=':
      return difference <= 0;
    case '>':
      return difference > 0;
    case '>=':
      return difference >= 0;
    case '=':
      return difference === 0;
    case '!=':
      return difference !== 0;
  }
}

function certain(expression: Expression, model: Model, knowledge: AttributeKnowledge): boolean | undefined {
  const { value } = meanOfExpression(expression, model, knowledge);
  return value === 0 ? false : value === 1 ? true : undefined;
}

const MIRRORED: Readonly<Record<Comparison, Comparison>> = {
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
  '=': '=',
  '!=': '!=',
};

interface Leaf {
  readonly name: string;
  readonly operator: Comparison;
  readonly value: number;
  readonly written: Expression;
}

/** A comparison of a number of the patient with a constant, the number on the left. */
function comparisonOf(expression: Expression, model: Model): Leaf | undefined {
  if (expression.kind !== 'binary' || !isComparison(expression.operator)) return undefined;
  const { left, right, operator } = expression;
  if (left.kind === 'attribute') {
    const value = constantValue(right, model);
    return value === undefined ? undefined : { name: left.name, operator, value, written: right };
  }
  if (right.kind !== 'attribute') return undefined;
  const value = constantValue(left, model);
  return value === undefined ? undefined : { name: right.name, operator: MIRRORED[operator], value, written: left };
}

function isComparison(operator: BinaryExpression['operator']): operator is Comparison {
  return Object.hasOwn(MIRRORED, operator);
}

/** Probabilities below the first threshold, of it, between it and the second, and so on; undefined where unknown. */
function cellsOf({ name, thresholds }: Axis, model: Model, knowledge: AttributeKnowledge): number[] | undefined {
  const chances: number[] = [];
  let before = 0;
  for (const { written } of thresholds) {
    for (const operator of ['<', '<='] as const) {
      const left = { kind: 'attribute', name } as const;
      const { value } = meanOfExpression({ kind: 'binary', operator, left, right: written }, model, knowledge);
      if (value === undefined) return undefined;
      chances.push(Math.max(0, value - before));
      before = Math.max(before, value);
    }
  }
  return [...chances, Math.max(0, 1 - before)];
}
