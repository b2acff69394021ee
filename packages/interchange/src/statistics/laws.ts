import { logGamma, lowerGamma, normalCdf } from '@pathway/model';
import type { Random } from './random.js';

export type Family =
  | 'constant'
  | 'exponential'
  | 'gamma'
  | 'erlang'
  | 'lognormal'
  | 'weibull'
  | 'normal'
  | 'hyper-exponential'
  | 'lognormal mixture'
  | 'empirical';

/** A number that a law is written with; `draw` measures what a draw measures, `share` lies between 0 and 1. */
interface LawParameter {
  readonly name: string;
  readonly measures: 'draw' | 'number' | 'share';
  readonly value: number;
}

/** A continuous law of positive numbers, with what is needed to judge it and to write it. */
export interface Law {
  readonly family: Family;
  /** The numbers that it is written with, in order. */
  readonly parameters: readonly LawParameter[];
  /** How many numbers were estimated, for AIC. */
  readonly estimated: number;
  readonly mean: number;
  readonly sd: number;
  logDensity(x: number): number;
  cdf(x: number): number;
  draw(random: Random): number;
}

const draw = (name: string, value: number): LawParameter => ({ name, measures: 'draw', value });
const plain = (name: string, value: number): LawParameter => ({ name, measures: 'number', value });
const share = (name: string, value: number): LawParameter => ({ name, measures: 'share', value });

export function exponentialLaw(mean: number): Law {
  return {
    family: 'exponential',
    parameters: [draw('mean', mean)],
    estimated: 1,
    mean,
    sd: mean,
    logDensity: (x) => -Math.log(mean) - x / mean,
    cdf: (x) => (x <= 0 ? 0 : -Math.expm1(-x / mean)),
    draw: (random) => mean * random.exponential(),
  };
}

export function gammaLaw(shape: number, mean: number): Law {
  const scale = mean / shape;
  const constant = -logGamma(shape) - shape * Math.log(scale);
  return {
    family: 'gamma',
    parameters: [draw('mean', mean), draw('sd', mean / Math.sqrt(shape))],
    estimated: 2,
    mean,
    sd: mean / Math.sqrt(shape),
    logDensity: (x) => constant + (shape - 1) * Math.log(x) - x / scale,
    cdf: (x) => lowerGamma(shape, x / scale),
    draw: (random) => scale * random.gamma(shape),
  };
}

/** Gamma with a whole number of stages. The stages are chosen, not estimated on a scale, and not counted for AIC. */
export function erlangLaw(stages: number, mean: number): Law {
  return {
    ...gammaLaw(stages, mean),
    family: 'erlang',
    parameters: [plain('stages', stages), draw('mean', mean)],
    estimated: 1,
  };
}

export function lognormalLaw(mu: number, sigma: number): Law {
  const mean = Math.exp(mu + sigma ** 2 / 2);
  const sd = mean * Math.sqrt(Math.expm1(sigma ** 2));
  const constant = -Math.log(sigma * Math.sqrt(2 * Math.PI));
  return {
    family: 'lognormal',
    parameters: [draw('mean', mean), draw('sd', sd)],
    estimated: 2,
    mean,
    sd,
    logDensity: (x) => constant - Math.log(x) - (Math.log(x) - mu) ** 2 / (2 * sigma ** 2),
    cdf: (x) => (x <= 0 ? 0 : normalCdf((Math.log(x) - mu) / sigma)),
    draw: (random) => Math.exp(mu + sigma * random.normal()),
  };
}

export function weibullLaw(shape: number, scale: number): Law {
  const first = Math.exp(logGamma(1 + 1 / shape));
  const second = Math.exp(logGamma(1 + 2 / shape));
  return {
    family: 'weibull',
    parameters: [plain('shape', shape), draw('scale', scale)],
    estimated: 2,
    mean: scale * first,
    sd: scale * Math.sqrt(Math.max(0, second - first ** 2)),
    logDensity: (x) => Math.log(shape / scale) + (shape - 1) * Math.log(x / scale) - (x / scale) ** shape,
    cdf: (x) => (x <= 0 ? 0 : -Math.expm1(-((x / scale) ** shape))),
    draw: (random) => scale * random.exponential() ** (1 / shape),
  };
}

/** Normal, drawn again outside `from` … `to`. */
export function boundedNormalLaw(mu: number, sigma: number, from: number, to: number): Law {
  const below = normalCdf((from - mu) / sigma);
  const inside = normalCdf((to - mu) / sigma) - below;
  const density = (z: number): number => (Number.isFinite(z) ? Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI) : 0);
  const [low, high] = [(from - mu) / sigma, (to - mu) / sigma];
  const tilt = (density(low) - density(high)) / inside;
  const times = (z: number): number => (Number.isFinite(z) ? z * density(z) : 0);
  const variance = sigma ** 2 * (1 + (times(low) - times(high)) / inside - tilt ** 2);
  const constant = -Math.log(sigma * Math.sqrt(2 * Math.PI) * inside);
  return {
    family: 'normal',
    parameters: [draw('mean', mu), draw('sd', sigma), draw('from', from), draw('to', to)],
    estimated: 2,
    mean: mu + sigma * tilt,
    sd: Math.sqrt(Math.max(0, variance)),
    logDensity: (x) => (x < from || x > to ? Number.NEGATIVE_INFINITY : constant - (x - mu) ** 2 / (2 * sigma ** 2)),
    cdf: (x) => Math.min(1, Math.max(0, (normalCdf((x - mu) / sigma) - below) / inside)),
    draw(random) {
      for (;;) {
        const x = mu + sigma * random.normal();
        if (x >= from && x <= to) return x;
      }
    },
  };
}

/** With probability `share` exponential with mean `other`, else with mean `usual`. */
export function hyperExponentialLaw(usual: number, other: number, portion: number): Law {
  const mean = (1 - portion) * usual + portion * other;
  const second = 2 * ((1 - portion) * usual ** 2 + portion * other ** 2);
  return {
    family: 'hyper-exponential',
    parameters: [draw('usual', usual), draw('other', other), share('share', portion)],
    estimated: 3,
    mean,
    sd: Math.sqrt(second - mean ** 2),
    logDensity: (x) =>
      Math.log(((1 - portion) / usual) * Math.exp(-x / usual) + (portion / other) * Math.exp(-x / other)),
    cdf: (x) => (x <= 0 ? 0 : -(1 - portion) * Math.expm1(-x / usual) - portion * Math.expm1(-x / other)),
    draw: (random) => (random.uniform() < portion ? other : usual) * random.exponential(),
  };
}

/** With probability `share` lognormal with median `other`, else with median `usual`; the same spread of the logarithm. */
export function lognormalMixtureLaw(usual: number, other: number, portion: number, sigma: number): Law {
  const parts = [
    { weight: 1 - portion, mu: Math.log(usual) },
    { weight: portion, mu: Math.log(other) },
  ];
  const mean = parts.reduce((sum, { weight, mu }) => sum + weight * Math.exp(mu + sigma ** 2 / 2), 0);
  const second = parts.reduce((sum, { weight, mu }) => sum + weight * Math.exp(2 * mu + 2 * sigma ** 2), 0);
  const constant = 1 / (sigma * Math.sqrt(2 * Math.PI));
  return {
    family: 'lognormal mixture',
    parameters: [draw('usual', usual), draw('other', other), share('share', portion), plain('sigma', sigma)],
    estimated: 4,
    mean,
    sd: Math.sqrt(Math.max(0, second - mean ** 2)),
    logDensity(x) {
      const log = Math.log(x);
      const density = parts.reduce(
        (sum, { weight, mu }) => sum + weight * Math.exp(-((log - mu) ** 2) / (2 * sigma ** 2)),
        0,
      );
      return Math.log(density * constant) - log;
    },
    cdf: (x) =>
      x <= 0 ? 0 : parts.reduce((sum, { weight, mu }) => sum + weight * normalCdf((Math.log(x) - mu) / sigma), 0),
    draw: (random) => Math.exp((random.uniform() < portion ? parts[1]!.mu : parts[0]!.mu) + sigma * random.normal()),
  };
}

export function constantLaw(value: number): Law {
  return {
    family: 'constant',
    parameters: [draw('value', value)],
    estimated: 1,
    mean: value,
    sd: 0,
    logDensity: (x) => (x === value ? 0 : Number.NEGATIVE_INFINITY),
    cdf: (x) => (x >= value ? 1 : 0),
    draw: () => value,
  };
}

/** Each of the values with the same probability. */
export function empiricalLaw(values: readonly number[]): Law {
  const sorted = [...values].sort((a, b) => a - b);
  const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
  return {
    family: 'empirical',
    parameters: sorted.map((value, i) => draw(`value ${i + 1}`, value)),
    estimated: sorted.length,
    mean,
    sd: Math.sqrt(sorted.reduce((sum, value) => sum + (value - mean) ** 2, 0) / sorted.length),
    logDensity: () => Number.NaN,
    cdf: (x) => sorted.filter((value) => value <= x).length / sorted.length,
    draw: (random) => sorted[random.below(sorted.length)]!,
  };
}

/** The smallest x with cdf(x) ≥ p, by halving, for 0 < p < 1. */
export function lawQuantile(law: Law, p: number): number {
  let high = Math.max(law.mean, Number.MIN_VALUE);
  while (law.cdf(high) < p && high < Number.MAX_VALUE / 4) high *= 2;
  let low = Math.min(0, law.mean - 10 * law.sd);
  for (let i = 0; i < 100 && high - low > 1e-12 * Math.abs(high); i++) {
    const middle = (low + high) / 2;
    if (law.cdf(middle) < p) low = middle;
    else high = middle;
  }
  return high;
}
