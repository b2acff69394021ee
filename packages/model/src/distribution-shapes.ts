import type { DistributionShape, PartialMoments } from './resolved-distribution.js';
import { incompleteBeta, logGamma, lowerGamma, normalCdf, normalDensity, upperGamma } from './special-functions.js';

/** Mean and variance of a shape, without unit and bounds. Closed forms for every family. */
export function shapeMoments(shape: DistributionShape): { readonly mean: number; readonly variance: number } {
  switch (shape.family) {
    case 'exponential':
      return { mean: shape.mean, variance: shape.mean ** 2 };
    case 'uniform':
      return { mean: (shape.low + shape.high) / 2, variance: (shape.high - shape.low) ** 2 / 12 };
    case 'triangular': {
      const { low, mode, high } = shape;
      const variance = ((mode - low) ** 2 + (high - mode) ** 2 + (high - low) ** 2) / 36;
      return { mean: (low + mode + high) / 3, variance };
    }
    case 'pert': {
      const width = shape.high - shape.low;
      const inner = betaMoments(...pertParameters(shape));
      return { mean: shape.low + width * inner.mean, variance: width ** 2 * inner.variance };
    }
    case 'normal':
      return { mean: shape.mean, variance: shape.sd ** 2 };
    case 'lognormal': {
      const mean = Math.exp(shape.mu + shape.sigma ** 2 / 2);
      return { mean, variance: mean ** 2 * Math.expm1(shape.sigma ** 2) };
    }
    case 'gamma':
      return { mean: shape.shape * shape.scale, variance: shape.shape * shape.scale ** 2 };
    case 'erlang':
      return { mean: shape.mean, variance: shape.mean ** 2 / shape.stages };
    case 'weibull': {
      const first = Math.exp(logGamma(1 + 1 / shape.shape));
      const second = Math.exp(logGamma(1 + 2 / shape.shape));
      return { mean: shape.scale * first, variance: shape.scale ** 2 * Math.max(0, second - first ** 2) };
    }
    case 'beta':
      return betaMoments(shape.alpha, shape.beta);
    case 'poisson':
      return { mean: shape.mean, variance: shape.mean };
    case 'binomial': {
      const mean = shape.trials * shape.probability;
      return { mean, variance: mean * (1 - shape.probability) };
    }
    case 'geometric':
      return { mean: 1 / shape.probability, variance: (1 - shape.probability) / shape.probability ** 2 };
    case 'empirical':
      return empiricalMoments(shape.values, shape.weights);
  }
}

/** Alpha and beta of the beta law on 0 … 1 behind a PERT estimate (weight 4 on the mode). */
export function pertParameters(shape: {
  readonly low: number;
  readonly mode: number;
  readonly high: number;
}): [alpha: number, beta: number] {
  const width = shape.high - shape.low;
  return [1 + (4 * (shape.mode - shape.low)) / width, 1 + (4 * (shape.high - shape.mode)) / width];
}

function betaMoments(alpha: number, beta: number): { mean: number; variance: number } {
  const sum = alpha + beta;
  return { mean: alpha / sum, variance: (alpha * beta) / (sum ** 2 * (sum + 1)) };
}

function empiricalMoments(values: readonly number[], weights: readonly number[]): { mean: number; variance: number } {
  const mean = values.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), 0);
  const variance = values.reduce((sum, value, i) => sum + (value - mean) ** 2 * (weights[i] ?? 0), 0);
  return { mean, variance };
}

/** The one value of a shape without spread; undefined for any other. */
export function pointValue(shape: DistributionShape): number | undefined {
  switch (shape.family) {
    case 'uniform':
    case 'triangular':
    case 'pert':
      return shape.low === shape.high ? shape.low : undefined;
    case 'normal':
      return shape.sd === 0 ? shape.mean : undefined;
    case 'lognormal':
      return shape.sigma === 0 ? Math.exp(shape.mu) : undefined;
    case 'exponential':
    case 'poisson':
      return shape.mean === 0 ? 0 : undefined;
    default:
      return undefined;
  }
}

/** True for a law on the whole numbers. */
export function isLattice(shape: DistributionShape): boolean {
  return shape.family === 'poisson' || shape.family === 'binomial' || shape.family === 'geometric';
}

/** Partial moments of the draws below x, with those equal to x or (`strictly`) without them. */
export function momentsUpTo(shape: DistributionShape, x: number, strictly = false): PartialMoments {
  if (x === Number.NEGATIVE_INFINITY) return NOTHING;
  if (x === Number.POSITIVE_INFINITY) return everything(shape);
  const point = pointValue(shape);
  if (point !== undefined) return listed([point], [1], x, strictly);
  if (shape.family === 'empirical') return listed(shape.values, shape.weights, x, strictly);
  return isLattice(shape)
    ? latticeMoments(shape, strictly ? Math.ceil(x) - 1 : Math.floor(x))
    : continuousMoments(shape, x);
}

const NOTHING: PartialMoments = Object.freeze({ share: 0, first: 0, second: 0 });

function everything(shape: DistributionShape): PartialMoments {
  const { mean, variance } = shapeMoments(shape);
  return { share: 1, first: mean, second: variance + mean ** 2 };
}

function listed(values: readonly number[], weights: readonly number[], x: number, strictly: boolean): PartialMoments {
  let share = 0;
  let first = 0;
  let second = 0;
  values.forEach((value, i) => {
    if (strictly ? value >= x : value > x) return;
    const weight = weights[i] ?? 0;
    share += weight;
    first += weight * value;
    second += weight * value * value;
  });
  return { share: Math.min(1, share), first, second };
}

function latticeMoments(shape: DistributionShape, k: number): PartialMoments {
  switch (shape.family) {
    case 'poisson': {
      const cdf = (n: number): number => (n < 0 ? 0 : upperGamma(n + 1, shape.mean));
      return factorialMoments(cdf(k), shape.mean * cdf(k - 1), shape.mean ** 2 * cdf(k - 2));
    }
    case 'binomial': {
      const { trials: n, probability: p } = shape;
      const pairs = n * (n - 1) * p ** 2;
      return factorialMoments(
        binomialCdf(k, n, p),
        n * p * binomialCdf(k - 1, n - 1, p),
        pairs * binomialCdf(k - 2, n - 2, p),
      );
    }
    case 'geometric': {
      if (k < 1) return NOTHING;
      const p = shape.probability;
      const beyond = (1 - p) ** k;
      // Without memory: what lies beyond k is k attempts more than a fresh start.
      const total = everything(shape);
      return {
        share: 1 - beyond,
        first: total.first - beyond * (k + 1 / p),
        second: total.second - beyond * (k * k + (2 * k) / p + (2 - p) / p ** 2),
      };
    }
    default:
      throw new TypeError(`${shape.family} is not a law on the whole numbers`);
  }
}

function factorialMoments(share: number, first: number, pairs: number): PartialMoments {
  return { share, first, second: pairs + first };
}

function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  if (k >= n || p === 0) return 1;
  return p === 1 ? 0 : incompleteBeta(1 - p, n - k, k + 1);
}

function continuousMoments(shape: DistributionShape, x: number): PartialMoments {
  switch (shape.family) {
    case 'exponential':
      return gammaMoments(1, shape.mean, x);
    case 'gamma':
      return gammaMoments(shape.shape, shape.scale, x);
    case 'erlang':
      return gammaMoments(shape.stages, shape.mean / shape.stages, x);
    case 'uniform': {
      const { low, high } = shape;
      const end = Math.min(Math.max(x, low), high);
      const width = high - low;
      return {
        share: (end - low) / width,
        first: (end ** 2 - low ** 2) / 2 / width,
        second: (end ** 3 - low ** 3) / 3 / width,
      };
    }
    case 'triangular':
      return triangularMoments(shape, Math.min(Math.max(x, shape.low), shape.high));
    case 'pert': {
      const width = shape.high - shape.low;
      const inner = betaPartial(...pertParameters(shape), (x - shape.low) / width);
      return stretched(inner, width, shape.low);
    }
    case 'beta':
      return betaPartial(shape.alpha, shape.beta, x);
    case 'normal': {
      const z = (x - shape.mean) / shape.sd;
      const share = normalCdf(z);
      const density = normalDensity(z);
      return stretched({ share, first: -density, second: share - z * density }, shape.sd, shape.mean);
    }
    case 'lognormal': {
      if (x <= 0) return NOTHING;
      const { mu, sigma } = shape;
      const z = (Math.log(x) - mu) / sigma;
      return {
        share: normalCdf(z),
        first: Math.exp(mu + sigma ** 2 / 2) * normalCdf(z - sigma),
        second: Math.exp(2 * mu + 2 * sigma ** 2) * normalCdf(z - 2 * sigma),
      };
    }
    case 'weibull': {
      if (x <= 0) return NOTHING;
      const t = (x / shape.scale) ** shape.shape;
      const moment = (k: number): number =>
        shape.scale ** k * Math.exp(logGamma(1 + k / shape.shape)) * lowerGamma(1 + k / shape.shape, t);
      return { share: -Math.expm1(-t), first: moment(1), second: moment(2) };
    }
    default:
      throw new TypeError(`${shape.family} is not a continuous law`);
  }
}

function gammaMoments(shape: number, scale: number, x: number): PartialMoments {
  const t = x / scale;
  return {
    share: lowerGamma(shape, t),
    first: scale * shape * lowerGamma(shape + 1, t),
    second: scale ** 2 * shape * (shape + 1) * lowerGamma(shape + 2, t),
  };
}

function betaPartial(alpha: number, beta: number, x: number): PartialMoments {
  const sum = alpha + beta;
  const mean = alpha / sum;
  return {
    share: incompleteBeta(x, alpha, beta),
    first: mean * incompleteBeta(x, alpha + 1, beta),
    second: ((mean * (alpha + 1)) / (sum + 1)) * incompleteBeta(x, alpha + 2, beta),
  };
}

function triangularMoments(shape: { low: number; mode: number; high: number }, x: number): PartialMoments {
  const { low, mode, high } = shape;
  const width = high - low;
  if (x < mode) {
    const s = x - low;
    const area = width * (mode - low);
    return stretched({ share: s ** 2 / area, first: (2 * s ** 3) / 3 / area, second: s ** 4 / 2 / area }, 1, low);
  }
  const variance = ((mode - low) ** 2 + (high - mode) ** 2 + width ** 2) / 36;
  const mean = (low + mode + high) / 3;
  const r = high - x;
  if (r === 0) return { share: 1, first: mean, second: variance + mean ** 2 };
  const area = width * (high - mode);
  const beyond = stretched(
    { share: r ** 2 / area, first: (2 * r ** 3) / 3 / area, second: r ** 4 / 2 / area },
    -1,
    high,
  );
  return { share: 1 - beyond.share, first: mean - beyond.first, second: variance + mean ** 2 - beyond.second };
}

/** Partial moments of `offset + factor × Z` over the same draws. */
function stretched(of: PartialMoments, factor: number, offset: number): PartialMoments {
  return {
    share: of.share,
    first: offset * of.share + factor * of.first,
    second: offset ** 2 * of.share + 2 * offset * factor * of.first + factor ** 2 * of.second,
  };
}
