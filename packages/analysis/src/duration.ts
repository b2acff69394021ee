import {
  byId,
  constantValue,
  distributionCdfBelow,
  distributionMean,
  type Expression,
  type Model,
  type ResolvedDistribution,
  resolveDistribution,
} from '@pathway/model';
import type { PatientKind } from './patients.js';

/** A law, in seconds, or a fixed number of seconds. */
type Time = ResolvedDistribution | number;

/** Times that follow each other, each drawn for itself; none of them is itself such a sum. */
export interface SumOfTimes {
  readonly kind: 'sum';
  readonly parts: readonly Time[];
}

/** How long something lasts. */
export type Duration = Time | SumOfTimes;

/** The mean, in seconds. */
export function meanOf(duration: Duration): number {
  return partsOf(duration).reduce<number>(
    (sum, part) => sum + (typeof part === 'number' ? part : distributionMean(part)),
    0,
  );
}

/** The times that follow each other in a duration: itself, where it is no sum. */
function partsOf(duration: Duration): readonly Time[] {
  return isSum(duration) ? duration.parts : [duration];
}

export function isSum(duration: Duration): duration is SumOfTimes {
  return typeof duration === 'object' && 'parts' in duration;
}

/** Equal for equal times; of laws, some reach to infinity. */
export function textOf(duration: Duration): string {
  return JSON.stringify(duration, (_, value: unknown) => (typeof value === 'number' ? `${value}` : value));
}

/**
 * The law of times that follow each other, each drawn for itself, where each is a draw, a multiple of one, or a sum of
 * these; else their mean.
 * @param mean what they come to on average, in seconds; a law with another mean is not theirs
 */
export function lawOfAll(expressions: readonly Expression[], mean: number, kind: PatientKind, model: Model): Duration {
  const reader = new LawReader(kind, model);
  const parts: Time[] = [];
  for (const expression of expressions) {
    const own = reader.read(expression);
    if (own === undefined) return mean;
    parts.push(...own);
  }
  const laws = parts.filter((part) => typeof part !== 'number');
  if (laws.some((law) => distributionCdfBelow(law, 0) > 0)) return mean;
  const fixed = parts.reduce<number>((sum, part) => sum + (typeof part === 'number' ? part : 0), 0);
  const all = fixed === 0 ? laws : [...laws, fixed];
  const [only, ...others] = all;
  if (only === undefined || laws.length === 0) return mean;
  const found: Duration = others.length === 0 ? only : { kind: 'sum', parts: all };
  return Math.abs(meanOf(found) - mean) <= 1e-9 * mean ? found : mean;
}

class LawReader {
  /** Attributes are drawn once, so that two times that are the same attribute do not vary each for itself. */
  private readonly seen = new Set<string>();

  constructor(
    private readonly kind: PatientKind,
    private readonly model: Model,
  ) {}

  /** The draws and numbers that an expression adds up; undefined where it is no sum of these. */
  read(expression: Expression, depth = 0): readonly Time[] | undefined {
    // Names that lead to each other in a circle are told elsewhere.
    if (depth > 20) return undefined;
    const next = (part: Expression | undefined): readonly Time[] | undefined => part && this.read(part, depth + 1);
    const constant = constantValue(expression, this.model);
    if (constant !== undefined) return constant >= 0 ? [constant] : undefined;
    switch (expression.kind) {
      case 'distribution': {
        const parts = [...Object.values(expression.parameters), expression.from, expression.to];
        const isKnown = parts.every((part) => part === undefined || constantValue(part, this.model) !== undefined);
        return isKnown ? [resolveDistribution(expression, this.model)] : undefined;
      }
      case 'binary': {
        const { operator, left, right } = expression;
        if (operator === '+') {
          const own = next(left);
          const other = own && next(right);
          return other && [...own, ...other];
        }
        const [times, factor] = [constantValue(left, this.model), constantValue(right, this.model)];
        if (operator === '*') return times === undefined ? scaled(next(left), factor) : scaled(next(right), times);
        return operator === '/' && factor ? scaled(next(left), 1 / factor) : undefined;
      }
      case 'reference':
        return next(byId(this.model.numbers, expression.to)?.value);
      case 'attribute': {
        if (this.seen.has(expression.name)) return undefined;
        this.seen.add(expression.name);
        return next(this.kind.knowledge.attributes?.find(({ name }) => name === expression.name)?.value);
      }
      case 'cases': {
        const value = this.kind.values.get(expression.attribute);
        if (value === undefined) return undefined;
        return next(expression.cases.find(({ values }) => values.includes(value))?.then ?? expression.otherwise);
      }
      default:
        return undefined;
    }
  }
}

function scaled(times: readonly Time[] | undefined, factor: number | undefined): readonly Time[] | undefined {
  if (factor === undefined || !(factor > 0)) return undefined;
  return times?.map((time) =>
    typeof time === 'number'
      ? time * factor
      : { ...time, unit: time.unit * factor, from: time.from * factor, to: time.to * factor },
  );
}
