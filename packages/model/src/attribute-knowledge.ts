import type { Attribute } from './elements.js';
import { constantValue, type Numbers } from './evaluate.js';
import type { Expression, OneOf } from './expression.js';
import { formatShare } from './format.js';
import { ModelError } from './model-error.js';

/**
 * What is known of the patients an expression is about: their attributes as declared, and shares of categories that
 * overrule the declaration (inside a branch of `choose by route`, say, where one route is certain).
 */
export interface AttributeKnowledge {
  readonly shares?: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly attributes?: readonly Attribute[];
}

export interface CategoryShare {
  readonly value: string;
  /** 0 to 1. */
  readonly share: number;
}

/** How far shares may miss 1 without being wrong: figures are often rounded to a tenth of a percent. */
const ROUNDING = 0.005;

/**
 * The categories of a `one of` with their shares, which add to exactly 1. Options without a share divide what the
 * others leave equally; shares that miss 100 % by rounding (half a point or less) are scaled.
 * @throws ModelError when a share is negative or not constant, or the shares do not add to 100 %
 */
export function categoryShares(oneOf: OneOf, numbers: Numbers): CategoryShare[] {
  const given = oneOf.options.map((option) =>
    option.share ? shareOf(option.share, option.value, numbers, oneOf) : undefined,
  );
  const sum = given.reduce<number>((total, share) => total + (share ?? 0), 0);
  const open = given.filter((share) => share === undefined).length;
  if (sum > 1 + ROUNDING || (open === 0 && sum < 1 - ROUNDING)) {
    const hint = open === 0 ? 'leave out one share to let it take the rest' : 'nothing is left for the others';
    throw new ModelError(
      `The shares of \`one of\` add to ${formatShare(sum, { digits: 4 })}, not 100%; ${hint}.`,
      oneOf.origin,
    );
  }
  const rest = Math.max(0, 1 - sum) / Math.max(1, open);
  const scale = open === 0 || sum > 1 ? 1 / sum : 1;
  return oneOf.options.map(({ value }, i) => ({ value, share: (given[i] ?? rest / scale) * scale }));
}

function shareOf(share: Expression, value: string, numbers: Numbers, { origin }: OneOf): number {
  const constant = constantValue(share, numbers);
  if (constant !== undefined && constant >= 0) return constant;
  const trouble = constant === undefined ? 'must be a fixed value' : 'must not be negative';
  throw new ModelError(`The share of ${value} ${trouble}.`, origin);
}
