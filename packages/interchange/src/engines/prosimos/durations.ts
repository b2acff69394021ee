import type { InputExpression } from '@pathway/simulation';
import type { CaseAttributes } from './case-attributes.js';
import { shares } from './case-attributes.js';
import { ALWAYS, both, type Condition, UnsaidError } from './conditions.js';
import { fixed, gammaOf, lawOf, momentsOf, type ProsimosLaw, type WrittenLaw } from './laws.js';

/** How long something takes, for whom, and for what share of them. */
export interface Duration {
  readonly when: Condition;
  readonly laws: readonly { readonly share: number; readonly law: ProsimosLaw }[];
}

/** Durations by who they are for, and what is otherwise in them than in the model. */
export interface Durations {
  readonly durations: readonly Duration[];
  readonly otherwise: readonly string[];
  /** Attributes whose values are drawn here. */
  readonly attributes: readonly number[];
}

/**
 * A time as laws of Prosimos: one that depends on attributes is one law for each case. An attribute that is a time is
 * drawn where it is needed.
 * @throws UnsaidError for what has no law there
 */
export function durationsOf(takes: InputExpression, attributes: CaseAttributes): Durations {
  const otherwise = new Set<string>();
  const used = new Set<number>();
  const leaves = attributes.expanded(takes, ALWAYS).flatMap((leaf) => {
    if (leaf.of.op !== 'attribute') return [leaf];
    used.add(leaf.of.attribute);
    return attributes
      .leavesOf(leaf.of.attribute)
      .map(({ when, of }) => ({ when: both(leaf.when, when), of }))
      .filter(({ when }) => when.length > 0);
  });
  const durations = leaves.map(({ when, of }): Duration => {
    if (of.op === 'pick') return { when, laws: shares(of).map(({ value, share }) => ({ share, law: fixed(value) })) };
    const written = writtenLaw(of);
    if (written.otherwise !== undefined) otherwise.add(written.otherwise);
    return { when, laws: [{ share: 1, law: written.law }] };
  });
  return { durations, otherwise: [...otherwise], attributes: [...used] };
}

/** The law of a time that depends on nothing. @throws UnsaidError where it depends on something */
export function writtenLaw(expression: InputExpression): WrittenLaw {
  const constant = constantOf(expression);
  if (constant !== undefined) return { law: fixed(constant) };
  if (expression.op === 'draw') return lawOf(expression);
  const scaled = scaledDraw(expression);
  if (scaled !== undefined) return lawOf(scaled);
  const { mean, variance } = moments(expression);
  return {
    law: gammaOf(mean, variance),
    otherwise: 'a time that is reckoned from draws is a gamma law with the same mean and standard deviation',
  };
}

type Draw = Extract<InputExpression, { op: 'draw' }>;

/** A draw times a number, as a draw. */
function scaledDraw(expression: InputExpression): Draw | undefined {
  if (expression.op !== 'operation' || !['*', '/'].includes(expression.operator)) return undefined;
  const { operator, left, right } = expression;
  const [a, b] = [constantOf(left), constantOf(right)];
  const draw = operator === '*' && left.op === 'number' ? right : left;
  const factor = b === undefined ? (operator === '*' ? a : undefined) : operator === '*' ? b : 1 / b;
  if (draw.op !== 'draw' || factor === undefined || !(factor > 0)) return undefined;
  const times = (bound: InputExpression): InputExpression => {
    const value = constantOf(bound);
    return value === undefined ? bound : { op: 'number', value: value * factor };
  };
  return {
    ...draw,
    scale: (draw.scale ?? 1) * factor,
    ...(draw.from !== undefined && { from: times(draw.from) }),
    ...(draw.to !== undefined && { to: times(draw.to) }),
  };
}

/** A value without chance; what only something from outside changes is as it is without it. */
export function constantOf(expression: InputExpression): number | undefined {
  switch (expression.op) {
    case 'number':
      return expression.value;
    case 'variable':
      return 1;
    case 'negate': {
      const value = constantOf(expression.of);
      return value === undefined ? undefined : -value;
    }
    case 'operation': {
      const [a, b] = [constantOf(expression.left), constantOf(expression.right)];
      if (a === undefined || b === undefined) return undefined;
      if (expression.operator === '+') return a + b;
      if (expression.operator === '-') return a - b;
      if (expression.operator === '*') return a * b;
      return expression.operator === '/' ? a / b : undefined;
    }
    default:
      return undefined;
  }
}

/** Mean and variance of sums and multiples of independent draws. */
function moments(expression: InputExpression): { readonly mean: number; readonly variance: number } {
  const constant = constantOf(expression);
  if (constant !== undefined) return { mean: constant, variance: 0 };
  if (expression.op === 'draw') return momentsOf(expression);
  if (expression.op === 'operation') {
    const { operator, left, right } = expression;
    if (operator === '+' || operator === '-') {
      const [a, b] = [moments(left), moments(right)];
      return { mean: operator === '+' ? a.mean + b.mean : a.mean - b.mean, variance: a.variance + b.variance };
    }
    const factor = operator === '*' ? (constantOf(left) ?? constantOf(right)) : inverse(constantOf(right));
    if (factor !== undefined && (operator === '*' || operator === '/')) {
      const of = moments(operator === '*' && constantOf(left) !== undefined ? right : left);
      return { mean: of.mean * factor, variance: of.variance * factor ** 2 };
    }
  }
  throw new UnsaidError('times but laws, their sums and multiples');
}

function inverse(value: number | undefined): number | undefined {
  return value === undefined ? undefined : 1 / value;
}
