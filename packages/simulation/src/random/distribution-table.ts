import { exp, log } from '../numeric/elementary.js';
import { weibullScale, weibullShape } from '../numeric/special.js';
import { beta, binomial, geometric, poisson, standardGamma, triangular, weibull } from './samplers.js';
import type { RandomStream } from './stream.js';
import { exponential, standardNormal } from './ziggurat.js';

/** The laws that can be drawn from, each with the parameters that its sampler takes. */
export const LAWS = [
  'exponential', // mean
  'uniform', // low, high
  'triangular', // low, mode, high
  'pert', // low, width, alpha, beta
  'normal', // mean, sd
  'lognormal', // mu, sigma
  'gamma', // shape, scale
  'weibull', // shape, scale
  'beta', // alpha, beta
  'poisson', // mean
  'binomial', // trials, probability
  'geometric', // probability
] as const;
type Law = (typeof LAWS)[number];

/** A law by its place in LAWS, and the parameters of its sampler. */
export interface PreparedLaw {
  readonly law: Law;
  readonly parameters: readonly number[];
}

/** How parameters may be written: the family and the sorted names of its parameters. */
export const PARAMETER_FORMS: Readonly<Record<string, readonly (readonly string[])[]>> = {
  exponential: [['mean'], ['rate']],
  uniform: [['low', 'high']],
  triangular: [['low', 'mode', 'high']],
  pert: [['low', 'mode', 'high']],
  normal: [
    ['mean', 'sd'],
    ['mean', 'variance'],
  ],
  lognormal: [
    ['mu', 'sigma'],
    ['mean', 'sd'],
    ['mean', 'variance'],
  ],
  gamma: [
    ['shape', 'scale'],
    ['mean', 'sd'],
    ['mean', 'variance'],
  ],
  erlang: [['stages', 'mean']],
  weibull: [
    ['shape', 'scale'],
    ['mean', 'sd'],
  ],
  beta: [
    ['alpha', 'beta'],
    ['mean', 'sd'],
  ],
  poisson: [['mean']],
  binomial: [['trials', 'probability']],
  geometric: [['probability']],
};

/**
 * Turns parameters as written into those of the sampler.
 * @param values in the order of the form in PARAMETER_FORMS
 * @returns a sentence saying what is wrong where the law does not exist
 */
export function prepareLaw(family: string, form: number, values: readonly number[]): PreparedLaw | string {
  const [a = Number.NaN, b = Number.NaN, c = Number.NaN] = values;
  const need = (holds: boolean, message: string, law: () => PreparedLaw): PreparedLaw | string =>
    holds ? law() : `${family} ${message} (got ${values.join(', ')})`;
  const spread = form === 2 || (family === 'normal' && form === 1) ? Math.sqrt(b) : b;
  switch (family) {
    case 'exponential': {
      const mean = form === 0 ? a : 1 / a;
      return need(mean >= 0, 'needs a mean of at least 0', () => ({ law: 'exponential', parameters: [mean] }));
    }
    case 'uniform':
      return need(a <= b, 'needs its low end at or below its high end', () => ({ law: 'uniform', parameters: [a, b] }));
    case 'triangular':
      return need(a <= b && b <= c, 'needs low ≤ mode ≤ high', () => ({ law: 'triangular', parameters: [a, b, c] }));
    case 'pert':
      return need(a <= b && b <= c, 'needs low ≤ mode ≤ high', () => {
        const width = c - a;
        const parameters =
          width === 0 ? [a, 0, 1, 1] : [a, width, 1 + (4 * (b - a)) / width, 1 + (4 * (c - b)) / width];
        return { law: 'pert', parameters };
      });
    case 'normal':
      return need(spread >= 0, 'needs a spread of at least 0', () => ({ law: 'normal', parameters: [a, spread] }));
    case 'lognormal': {
      if (form === 0) {
        return need(b >= 0, 'needs a sigma of at least 0', () => ({ law: 'lognormal', parameters: [a, b] }));
      }
      return need(a > 0 && spread >= 0, 'needs a mean above 0 and a spread of at least 0', () => {
        const variance = log(1 + (spread / a) * (spread / a));
        return { law: 'lognormal', parameters: [log(a) - variance / 2, Math.sqrt(variance)] };
      });
    }
    case 'gamma': {
      if (form === 0) {
        return need(a > 0 && b >= 0, 'needs a shape above 0 and a scale of at least 0', () => ({
          law: 'gamma',
          parameters: [a, b],
        }));
      }
      return need(a > 0 && spread >= 0, 'needs a mean above 0 and a spread of at least 0', () =>
        spread === 0
          ? { law: 'normal', parameters: [a, 0] }
          : { law: 'gamma', parameters: [(a / spread) * (a / spread), (spread * spread) / a] },
      );
    }
    case 'erlang':
      return need(a >= 1 && b >= 0, 'needs at least 1 stage and a mean of at least 0', () => ({
        law: 'gamma',
        parameters: [Math.round(a), b / Math.round(a)],
      }));
    case 'weibull': {
      if (form === 0) {
        return need(a > 0 && b >= 0, 'needs a shape above 0 and a scale of at least 0', () => ({
          law: 'weibull',
          parameters: [a, b],
        }));
      }
      return need(a > 0 && b > 0, 'needs a mean and a spread above 0', () => {
        const shape = weibullShape(b / a);
        return { law: 'weibull', parameters: [shape, weibullScale(a, shape)] };
      });
    }
    case 'beta': {
      if (form === 0) {
        return need(a > 0 && b > 0, 'needs alpha and beta above 0', () => ({ law: 'beta', parameters: [a, b] }));
      }
      const size = (a * (1 - a)) / (b * b) - 1;
      return need(a > 0 && a < 1 && size > 0, 'needs a mean between 0 and 1 and sd² below mean × (1 − mean)', () => ({
        law: 'beta',
        parameters: [a * size, (1 - a) * size],
      }));
    }
    case 'poisson':
      return need(a >= 0, 'needs a mean of at least 0', () => ({ law: 'poisson', parameters: [a] }));
    case 'binomial':
      return need(a >= 0 && b >= 0 && b <= 1, 'needs trials of at least 0 and a probability from 0 to 1', () => ({
        law: 'binomial',
        parameters: [Math.round(a), b],
      }));
    case 'geometric':
      return need(a > 0 && a <= 1, 'needs a probability above 0 and at most 1', () => ({
        law: 'geometric',
        parameters: [a],
      }));
    default:
      return `there is no distribution called ${family}`;
  }
}

/**
 * One draw.
 * @param law index into LAWS
 * @param p parameters of the sampler, from index `at`
 */
export function drawLaw(random: RandomStream, law: number, p: Float64Array, at: number): number {
  const a = p[at]!;
  const b = p[at + 1]!;
  switch (law) {
    case 0:
      return a * exponential(random);
    case 1:
      return a + (b - a) * random.uniform();
    case 2:
      return triangular(random, a, b, p[at + 2]!);
    case 3:
      return b === 0 ? a : a + b * beta(random, p[at + 2]!, p[at + 3]!);
    case 4:
      return a + b * standardNormal(random);
    case 5:
      return exp(a + b * standardNormal(random));
    case 6:
      return b * standardGamma(random, a);
    case 7:
      return weibull(random, a, b);
    case 8:
      return beta(random, a, b);
    case 9:
      return poisson(random, a);
    case 10:
      return binomial(random, a, b);
    default:
      return geometric(random, a);
  }
}

/** Walker's alias table of a list of weights: `threshold[i]` in 0 to 1, `other[i]` the column's second value. */
export function aliasTable(weights: readonly number[]): { threshold: number[]; other: number[] } {
  const n = weights.length;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const scaled = weights.map((weight) => (weight * n) / total);
  const threshold = new Array<number>(n).fill(1);
  const other = scaled.map((_, i) => i);
  const small = scaled.flatMap((value, i) => (value < 1 ? [i] : []));
  const large = scaled.flatMap((value, i) => (value >= 1 ? [i] : []));
  while (small.length > 0 && large.length > 0) {
    const low = small.pop()!;
    const high = large.pop()!;
    threshold[low] = scaled[low]!;
    other[low] = high;
    scaled[high] = scaled[high]! + scaled[low]! - 1;
    (scaled[high] < 1 ? small : large).push(high);
  }
  return { threshold, other };
}
