import {
  type AttributeKnowledge,
  constantValue,
  distributionPartialMoments,
  type Expression,
  meanOfExpression,
  type Model,
  type ResolvedDistribution,
  resolveDistribution,
  underAssumptions,
} from '@pathway/model';
import type { PatientClass } from './patient-classes.js';

/** A time `factor × draw + offset`, or always `offset` where there is no draw. Seconds. */
export interface DurationLaw {
  readonly draw?: ResolvedDistribution;
  readonly factor: number;
  readonly offset: number;
  readonly mean: number;
}

/** Mean seconds that an expression gives for patients of a class, or why that has no closed form. */
export function meanDuration(
  expression: Expression | undefined,
  patients: PatientClass,
  model: Model,
): ReturnType<typeof meanOfExpression> {
  if (expression === undefined) return { value: 0 };
  return meanOfExpression(expression, model, patients.knowledge);
}

/**
 * The law of a time for patients of a class, where it is one draw, stretched and shifted; else its mean stands for it.
 * @param mean of the expression, seconds
 */
export function durationLaw(expression: Expression, patients: PatientClass, model: Model, mean: number): DurationLaw {
  const affine = affineOf(expression, patients.knowledge, patients, model, 0);
  if (affine !== undefined && affine.factor > 0 && affine.offset >= 0) return { ...affine, mean };
  return { factor: 1, offset: mean, mean };
}

type Affine = Omit<DurationLaw, 'mean'>;

function affineOf(
  written: Expression,
  knowledge: AttributeKnowledge,
  patients: PatientClass,
  model: Model,
  depth: number,
): Affine | undefined {
  if (depth > 50) return undefined;
  const expression = underAssumptions(written, patients.assumptions);
  const inside = (part: Expression): Affine | undefined => affineOf(part, knowledge, patients, model, depth + 1);
  const constant = constantValue(expression, model);
  if (constant !== undefined) return { factor: 1, offset: constant };
  switch (expression.kind) {
    case 'distribution':
      return Object.values(expression.parameters).every((each) => constantValue(each, model) !== undefined)
        ? { draw: resolveDistribution(expression, model), factor: 1, offset: 0 }
        : undefined;
    case 'attribute': {
      const value = knowledge.attributes?.find(({ name }) => name === expression.name)?.value;
      return value && inside(value);
    }
    case 'reference': {
      const value = model.numbers.find(({ id }) => id === expression.to)?.value;
      return value && inside(value);
    }
    case 'binary': {
      const [left, right] = [constantValue(expression.left, model), constantValue(expression.right, model)];
      if (expression.operator === '+' && (left ?? right) !== undefined) {
        const other = inside(left === undefined ? expression.left : expression.right);
        return other && { ...other, offset: other.offset + (left ?? right ?? 0) };
      }
      if (expression.operator === '*' && (left ?? right) !== undefined) {
        const other = inside(left === undefined ? expression.left : expression.right);
        return other && scaled(other, left ?? right ?? 1);
      }
      if (expression.operator === '/' && right !== undefined) {
        const other = inside(expression.left);
        return other && scaled(other, 1 / right);
      }
      return undefined;
    }
    default:
      return undefined;
  }
}

function scaled(affine: Affine, by: number): Affine {
  return { ...affine, factor: affine.factor * by, offset: affine.offset * by };
}

/** ∫₀ˣ P(S > t) dt = E[min(S, x)], for times S ≥ 0 (what a draw has below 0 counts as 0). */
export function expectedWithin(law: DurationLaw, x: number): number {
  if (x <= law.offset || law.draw === undefined) return Math.max(0, Math.min(x, law.offset));
  const u = (x - law.offset) / law.factor;
  const [upTo, negative] = [distributionPartialMoments(law.draw, u), distributionPartialMoments(law.draw, 0)];
  return law.offset + law.factor * (upTo.first - negative.first + u * (1 - upTo.share));
}

/** ∫₀ˣ E[min(S, t)] dt. */
export function expectedWithinIntegral(law: DurationLaw, x: number): number {
  const { offset, factor, draw } = law;
  if (x <= 0) return 0;
  if (x <= offset) return x ** 2 / 2;
  const beyond = x - offset;
  const early = offset ** 2 / 2 + offset * beyond;
  if (draw === undefined) return early;
  const u = beyond / factor;
  const [upTo, negative] = [distributionPartialMoments(draw, u), distributionPartialMoments(draw, 0)];
  const inner =
    u * (upTo.first - negative.first) - (upTo.second - negative.second) / 2 + (u ** 2 / 2) * (1 - upTo.share);
  return early + factor ** 2 * inner;
}
