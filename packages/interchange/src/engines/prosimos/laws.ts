import {
  type Distribution,
  DISTRIBUTION_FORMS,
  type DistributionFamily,
  distributionCdf,
  distributionMean,
  distributionVariance,
  type Expression,
  type ResolvedDistribution,
  resolveDistribution,
} from '@pathway/model';
import type { InputExpression } from '@pathway/simulation';
import { UnsaidError } from './conditions.js';

/** A law as Prosimos has it: durations in seconds. */
export interface ProsimosLaw {
  readonly distribution_name: 'fix' | 'expon' | 'norm' | 'uniform' | 'lognorm' | 'gamma';
  readonly distribution_params: readonly { readonly value: number }[];
}

/** A law, and what is otherwise in it than in the model. */
export interface WrittenLaw {
  readonly law: ProsimosLaw;
  readonly otherwise?: string;
}

/** Where nothing bounds a law from above. */
const NO_BOUND = 1e12;

/** Fewer draws below 0 than this are not worth a word. */
const RARE = 1e-6;

type Draw = Extract<InputExpression, { op: 'draw' }>;

/** A value that is always the same. */
export function fixed(value: number): ProsimosLaw {
  return law('fix', Math.max(0, value));
}

/** The law of a draw whose parameters are numbers. @throws UnsaidError where they are not */
export function lawOf(draw: Draw): WrittenLaw {
  const resolved = resolvedDraw(draw);
  const { unit, from, to } = resolved;
  const [low, high] = [Math.max(0, from), Number.isFinite(to) ? to : NO_BOUND];
  const shape: ResolvedDistribution = { ...resolved, from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  const [mean, variance] = [distributionMean(shape), distributionVariance(shape)];
  if (variance === 0) return { law: fixed(mean) };
  switch (resolved.family) {
    case 'exponential':
      // Where it is drawn again below a bound, it begins there anew.
      return { law: law('expon', mean + low, low, high) };
    case 'uniform': {
      const [least, most] = [resolved.low * unit, resolved.high * unit];
      return { law: law('uniform', Math.max(low, least), Math.min(high, most)), ...negative(resolved) };
    }
    case 'normal':
      return { law: law('norm', mean, Math.sqrt(variance), low, high), ...negative(resolved) };
    case 'lognormal':
      return { law: law('lognorm', mean, variance, low, high) };
    case 'gamma':
    case 'erlang':
      return { law: law('gamma', mean, variance, low, high) };
    default: {
      const otherwise = `the ${resolved.family} law is a gamma law with the same mean and standard deviation`;
      return { law: gammaOf(distributionMean(resolved), distributionVariance(resolved)), otherwise };
    }
  }
}

/** A gamma law of a mean and a variance; fixed without spread. */
export function gammaOf(mean: number, variance: number): ProsimosLaw {
  return variance > 0 && mean > 0 ? law('gamma', mean, variance, 0, NO_BOUND) : fixed(mean);
}

/** Mean and variance of a draw. @throws UnsaidError where its parameters are no numbers */
export function momentsOf(draw: Draw): { readonly mean: number; readonly variance: number } {
  const resolved = resolvedDraw(draw);
  return { mean: distributionMean(resolved), variance: distributionVariance(resolved) };
}

function law(name: ProsimosLaw['distribution_name'], ...values: readonly number[]): ProsimosLaw {
  return { distribution_name: name, distribution_params: values.map((value) => ({ value })) };
}

/** Draws below 0 count as 0 in our runs, and are drawn again by Prosimos. */
function negative(resolved: ResolvedDistribution): { readonly otherwise?: string } {
  const isRare = resolved.from >= 0 || distributionCdf(resolved, 0) < RARE;
  return isRare ? {} : { otherwise: 'draws below 0 are drawn again instead of counted as 0' };
}

function resolvedDraw({ family, form, parameters, scale, from, to }: Draw): ResolvedDistribution {
  if (!isFamily(family)) throw new UnsaidError(`law called ${family}`);
  const names = DISTRIBUTION_FORMS[family][form]?.parameters.map(({ name }) => name) ?? [];
  const distribution: Distribution = {
    kind: 'distribution',
    family,
    parameters: Object.fromEntries(parameters.map((each, i) => [names[i] ?? '', literal(each)])),
    dimension: PLAIN,
    ...(scale !== undefined && { scale }),
    ...(from !== undefined && { from: literal(from) }),
    ...(to !== undefined && { to: literal(to) }),
  };
  return resolveDistribution(distribution, { numbers: [] });
}

const PLAIN = { time: 0, money: 0 };

function isFamily(family: string): family is DistributionFamily {
  return Object.hasOwn(DISTRIBUTION_FORMS, family);
}

function literal(expression: InputExpression): Expression {
  if (expression.op !== 'number') throw new UnsaidError('laws whose parameters vary');
  return { kind: 'number', value: expression.value, dimension: PLAIN };
}
