import type { AttributeKnowledge } from './attribute-knowledge.js';
import { nextSplit, underAssumptions, type Assumptions } from './condition.js';
import {
  distributionCdf,
  distributionCdfBelow,
  distributionMean,
  distributionQuantile,
  distributionVariance,
} from './distributions.js';
import { applyFunction, constantValue, type Numbers } from './evaluate.js';
import type { BinaryExpression, BinaryOperator, Expression, FunctionCall } from './expression.js';
import { lookUpNumber } from './number-table.js';
import type { ResolvedDistribution } from './resolved-distribution.js';
import { resolveDistribution } from './resolve-distribution.js';
import { type Affine, clampedBelow, type Moments, NoClosedForm, ofAffine, rounded } from './draw-moments.js';

/** A moment in canonical units, or why it has no closed form here. */
export type MomentResult =
  { readonly value: number; readonly reason?: undefined } | { readonly value?: undefined; readonly reason: string };

interface Context {
  readonly numbers: Numbers;
  readonly knowledge: AttributeKnowledge;
  readonly assumptions: Assumptions;
  /** Named numbers and attributes being looked into. */
  readonly open: readonly string[];
}

const MOST_COMBINATIONS = 10_000;

const NO_USES: ReadonlySet<string> = new Set();

/**
 * Mean of an expression over patients and chance. Exact for sums, products of independent values, division by a
 * constant, choices by categorical attributes (weighted by their shares), and `abs`, `greatest of`, `least of`,
 * rounding and comparisons of one draw with constants; conditions count as 1 and 0. Each distribution that is written
 * is a draw of its own; an attribute is the same draw wherever it stands.
 * @throws ModelError for impossible parameters and shares
 */
export function meanOfExpression(
  expression: Expression,
  numbers: Numbers,
  knowledge: AttributeKnowledge = {},
): MomentResult {
  return attempt(() => momentsOf(expression, numbers, knowledge).mean);
}

/** Variance of an expression over patients and chance, in canonical units squared; exact where the mean is. */
export function varianceOfExpression(
  expression: Expression,
  numbers: Numbers,
  knowledge: AttributeKnowledge = {},
): MomentResult {
  return attempt(() => momentsOf(expression, numbers, knowledge).variance);
}

/**
 * What the expression does not exceed with a probability, canonical units; exact for constants and for one draw, stretched
 * and moved by constants.
 * @throws ModelError for impossible parameters
 * @throws RangeError for a probability outside 0 … 1
 */
export function quantileOfExpression(expression: Expression, numbers: Numbers, probability: number): MomentResult {
  return attempt(() => {
    const constant = constantValue(expression, numbers);
    if (constant !== undefined) return constant;
    const affine = affineOf(expression, { numbers, knowledge: {}, assumptions: new Map(), open: [] });
    if (affine === undefined) throw new NoClosedForm('it is more than one draw with constants');
    const { draw, factor, offset } = affine;
    return factor * distributionQuantile(draw, factor > 0 ? probability : 1 - probability) + offset;
  });
}

function attempt(compute: () => number): MomentResult {
  try {
    const value = compute();
    return Number.isFinite(value) ? { value } : { reason: 'it has no finite value' };
  } catch (error) {
    if (error instanceof NoClosedForm) return { reason: error.message };
    throw error;
  }
}

/** Mixes the moments over all combinations of the categories that matter. */
function momentsOf(
  expression: Expression,
  numbers: Numbers,
  knowledge: AttributeKnowledge,
): { mean: number; variance: number } {
  let mean = 0;
  let square = 0;
  let within = 0;
  const cases: { weight: number; mean: number }[] = [];
  const visit = (assumptions: Assumptions, weight: number): void => {
    const split = nextSplit(expression, numbers, knowledge, assumptions);
    if (split !== undefined) {
      for (const { value, share } of split.shares) {
        if (share > 0) visit(new Map([...assumptions, [split.attribute, value]]), weight * share);
      }
      return;
    }
    if (cases.length >= MOST_COMBINATIONS)
      throw new NoClosedForm(`it depends on more than ${MOST_COMBINATIONS} combinations of categories`);
    const part = find(expression, { numbers, knowledge, assumptions, open: [] });
    cases.push({ weight, mean: part.mean });
    mean += weight * part.mean;
    within += weight * part.variance;
  };
  visit(new Map(), 1);
  for (const each of cases) square += each.weight * (each.mean - mean) ** 2;
  return { mean, variance: within + square };
}

function find(written: Expression, context: Context): Moments {
  const expression = underAssumptions(written, context.assumptions);
  const constant = constantValue(expression, context.numbers);
  if (constant !== undefined) return { mean: constant, variance: 0, uses: NO_USES };
  switch (expression.kind) {
    case 'distribution': {
      const draw = drawOf(expression, context);
      return { mean: distributionMean(draw), variance: distributionVariance(draw), uses: NO_USES };
    }
    case 'reference':
    case 'attribute': {
      const { value, inner, uses } = lookUp(expression, context);
      const moments = find(value, inner);
      return { ...moments, uses: union(moments.uses, uses) };
    }
    case 'unary': {
      const operand = find(expression.operand, context);
      return { ...operand, mean: expression.operator === '-' ? -operand.mean : 1 - operand.mean };
    }
    case 'binary':
      return ofOperation(expression, context);
    case 'function':
      return ofFunction(expression, context);
    case 'cases':
      throw new NoClosedForm(`nothing is known of ${expression.attribute}, or it has a value that no case names`);
    case 'column':
      throw new NoClosedForm(`${expression.column} comes from a file together with other columns`);
    case 'state':
      throw new NoClosedForm('it depends on the state of the system');
    case 'since':
    case 'waited':
      throw new NoClosedForm('it depends on what happened to the patient before');
    case 'one of':
    case 'category':
      throw new NoClosedForm('it is a category, not a number');
    default:
      throw new NoClosedForm('it has no finite value');
  }
}

function lookUp(
  expression: Extract<Expression, { kind: 'reference' | 'attribute' }>,
  context: Context,
): { value: Expression; inner: Context; uses: ReadonlySet<string> } {
  const isAttribute = expression.kind === 'attribute';
  const name = isAttribute ? expression.name : expression.to;
  const key = `${expression.kind} ${name}`;
  const value = isAttribute
    ? context.knowledge.attributes?.find((each) => each.name === name)?.value
    : lookUpNumber(context.numbers.numbers, name)?.value;
  if (value === undefined) throw new NoClosedForm(`nothing is known of ${name}`);
  if (context.open.includes(key)) throw new NoClosedForm(`${name} depends on itself`);
  return { value, inner: { ...context, open: [...context.open, key] }, uses: isAttribute ? new Set([name]) : NO_USES };
}

function drawOf(expression: Extract<Expression, { kind: 'distribution' }>, context: Context): ResolvedDistribution {
  const parameters = Object.entries(expression.parameters).map(
    ([name, part]) => [name, underAssumptions(part, context.assumptions)] as const,
  );
  const varying = parameters.find(([, part]) => constantValue(part, context.numbers) === undefined);
  if (varying !== undefined)
    throw new NoClosedForm(`the ${varying[0]} of ${expression.family} varies between patients`);
  return resolveDistribution({ ...expression, parameters: Object.fromEntries(parameters) }, context.numbers);
}

function ofOperation(expression: BinaryExpression, context: Context): Moments {
  const { operator } = expression;
  if (isComparison(operator)) return ofComparison(operator, expression, context);
  const left = find(expression.left, context);
  const right = find(expression.right, context);
  const uses = union(left.uses, right.uses);
  const independent = [...left.uses].every((name) => !right.uses.has(name));
  if (!independent) {
    const affine = affineOf(expression, context);
    if (affine !== undefined) return ofAffine(affine);
    throw new NoClosedForm('both sides of an operation depend on the same attribute');
  }
  switch (operator) {
    case '+':
    case '-':
      return {
        mean: operator === '+' ? left.mean + right.mean : left.mean - right.mean,
        variance: left.variance + right.variance,
        uses,
      };
    case '*':
      return product(left, right, uses);
    case '/':
      if (right.variance !== 0) throw new NoClosedForm('it divides by a value that varies');
      return { mean: left.mean / right.mean, variance: left.variance / right.mean ** 2, uses };
    case 'and':
      return chance(left.mean * right.mean, uses);
    default:
      return chance(left.mean + right.mean - left.mean * right.mean, uses);
  }
}

function product(left: Moments, right: Moments, uses: ReadonlySet<string>): Moments {
  const variance = left.variance * right.variance + left.variance * right.mean ** 2 + right.variance * left.mean ** 2;
  return { mean: left.mean * right.mean, variance, uses };
}

function chance(probability: number, uses: ReadonlySet<string>): Moments {
  return { mean: probability, variance: probability * (1 - probability), uses };
}

function isComparison(operator: BinaryOperator): operator is '<' | '<=' | '>' | '>=' | '=' | '!=' {
  return ['<', '<=', '>', '>=', '=', '!='].includes(operator);
}

/** Probability that one draw compares so with a constant. */
function ofComparison(
  operator: '<' | '<=' | '>' | '>=' | '=' | '!=',
  { left, right }: BinaryExpression,
  context: Context,
): Moments {
  const difference = affineOf({ kind: 'binary', operator: '-', left, right }, context);
  if (difference === undefined) throw new NoClosedForm('it compares values of which more than one varies');
  const { draw, factor, offset, uses } = difference;
  const limit = -offset / factor;
  const below = distributionCdfBelow(draw, limit);
  const atMost = distributionCdf(draw, limit);
  const [less, lessOrEqual] = factor > 0 ? [below, atMost] : [1 - atMost, 1 - below];
  const equal = atMost - below;
  const probability = {
    '<': less,
    '<=': lessOrEqual,
    '>': 1 - lessOrEqual,
    '>=': 1 - less,
    '=': equal,
    '!=': 1 - equal,
  }[operator];
  return chance(probability, uses);
}

/** The expression as one draw, stretched and moved; undefined when it is anything else. */
function affineOf(written: Expression, context: Context): Affine | undefined {
  const expression = underAssumptions(written, context.assumptions);
  switch (expression.kind) {
    case 'distribution':
      return { draw: drawOf(expression, context), factor: 1, offset: 0, uses: NO_USES };
    case 'reference':
    case 'attribute': {
      const { value, inner, uses } = lookUp(expression, context);
      const affine = affineOf(value, inner);
      return affine && { ...affine, uses: union(affine.uses, uses) };
    }
    case 'unary': {
      const operand = expression.operator === '-' ? affineOf(expression.operand, context) : undefined;
      return operand && { ...operand, factor: -operand.factor, offset: -operand.offset };
    }
    case 'binary':
      return affineOperation(expression, context);
    default:
      return undefined;
  }
}

function affineOperation({ operator, left, right }: BinaryExpression, context: Context): Affine | undefined {
  const constantOf = (part: Expression): number | undefined =>
    constantValue(underAssumptions(part, context.assumptions), context.numbers);
  const leftConstant = constantOf(left);
  const rightConstant = constantOf(right);
  const varying = leftConstant === undefined ? affineOf(left, context) : affineOf(right, context);
  const constant = leftConstant ?? rightConstant;
  if (varying === undefined || constant === undefined) return undefined;
  const { factor, offset } = varying;
  switch (operator) {
    case '+':
      return { ...varying, offset: offset + constant };
    case '-':
      return leftConstant === undefined
        ? { ...varying, offset: offset - constant }
        : { ...varying, factor: -factor, offset: constant - offset };
    case '*':
      return constant === 0 ? undefined : { ...varying, factor: factor * constant, offset: offset * constant };
    case '/':
      return leftConstant === undefined && constant !== 0
        ? { ...varying, factor: factor / constant, offset: offset / constant }
        : undefined;
    default:
      return undefined;
  }
}

function ofFunction(call: FunctionCall, context: Context): Moments {
  const varying = call.arguments.filter(
    (part) => constantValue(underAssumptions(part, context.assumptions), context.numbers) === undefined,
  );
  const [only] = varying;
  const affine = varying.length === 1 && only !== undefined ? affineOf(only, context) : undefined;
  if (affine === undefined)
    throw new NoClosedForm(`\`${call.name}\` has a closed form here for one draw and constants only`);
  const constants = call.arguments
    .map((part) => constantValue(underAssumptions(part, context.assumptions), context.numbers))
    .filter((value) => value !== undefined);
  switch (call.name) {
    case 'absolute': {
      // |Y| is the greater of Y and 0 twice, less Y; its square is that of Y.
      const plain = ofAffine(affine);
      const mean = 2 * clampedBelow(affine, 0).mean - plain.mean;
      return { mean, variance: Math.max(0, plain.variance + plain.mean ** 2 - mean ** 2), uses: affine.uses };
    }
    case 'greatest':
      return clampedBelow(affine, applyFunction('greatest', constants.length === 0 ? [-Infinity] : constants));
    case 'least': {
      const mirrored = { ...affine, factor: -affine.factor, offset: -affine.offset };
      const moments = clampedBelow(mirrored, -applyFunction('least', constants.length === 0 ? [Infinity] : constants));
      return { ...moments, mean: -moments.mean };
    }
    case 'floor':
      return rounded(affine, Math.floor);
    case 'ceiling':
      return rounded(affine, Math.ceil);
    case 'round':
      return rounded(affine, (value) => applyFunction('round', [value]));
    default:
      throw new NoClosedForm(`\`${call.name}\` of a draw has no closed form here`);
  }
}

function union(a: ReadonlySet<string>, b: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...a, ...b]);
}
