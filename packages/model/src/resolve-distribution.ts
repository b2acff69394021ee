import { describeForms, findDistributionForm } from './distribution-forms.js';
import { requireConstant, type Numbers } from './evaluate.js';
import type { Distribution } from './expression.js';
import { expressionText } from './expression-text.js';
import { formatNumber, formatQuantity } from './format.js';
import { ModelError } from './model-error.js';
import type { DistributionShape, ResolvedDistribution } from './resolved-distribution.js';
import { boundedShare } from './bounded.js';
import { logGamma } from './special-functions.js';

/** Fewer draws than this inside `from … to` would mean drawing again for longer than any run should take. */
const SMALLEST_SHARE = 1e-6;

/**
 * The numeric law of a declared distribution: parameters computed and checked, every form brought to the one that
 * ResolvedDistribution names.
 * @throws ModelError for parameters that no such distribution has, parameters that are not constant, and bounds that
 *   leave less than one draw in a million
 */
export function resolveDistribution(distribution: Distribution, numbers: Numbers): ResolvedDistribution {
  const { scale: unit = 1, from, to } = distribution;
  const shape = resolveShape(new Parameters(distribution, numbers));
  const low =
    from === undefined ? Number.NEGATIVE_INFINITY : requireConstant(from, numbers, 'The lower bound of a draw');
  const high = to === undefined ? Number.POSITIVE_INFINITY : requireConstant(to, numbers, 'The upper bound of a draw');
  const resolved = { ...shape, unit, from: low, to: high };
  checkBounds(resolved, distribution);
  return resolved;
}

function checkBounds(resolved: ResolvedDistribution, written: Distribution): void {
  const { unit, from, to } = resolved;
  if (!(unit > 0 && Number.isFinite(unit))) {
    throw new ModelError(`The unit of \`${expressionText(written)}\` must be above 0.`, written.origin);
  }
  if (from === -Infinity && to === Infinity) return;
  const show = (value: number): string => formatQuantity(value, written.dimension);
  if (from > to) {
    throw new ModelError(`The bounds run from ${show(from)} down to ${show(to)}; swap them.`, written.origin);
  }
  if (boundedShare(resolved) < SMALLEST_SHARE) {
    const range = `${from === -Infinity ? '' : `from ${show(from)} `}${to === Infinity ? '' : `to ${show(to)}`}`.trim();
    throw new ModelError(
      `Fewer than one draw in a million of \`${expressionText(written)}\` lies ${range}; widen the bounds or change the parameters.`,
      written.origin,
    );
  }
}

/** The parameters of one distribution by name, with checks that speak in its words. */
class Parameters {
  readonly distribution: Distribution;
  private readonly numbers: Numbers;

  constructor(distribution: Distribution, numbers: Numbers) {
    this.distribution = distribution;
    this.numbers = numbers;
    const names = Object.keys(distribution.parameters);
    if (findDistributionForm(distribution.family, names) === undefined) {
      const given = names.length === 0 ? 'without parameters' : `with ${names.join(', ')}`;
      throw new ModelError(
        `${distribution.family} ${given} is not defined; write ${describeForms(distribution.family)}.`,
        distribution.origin,
      );
    }
  }

  has(name: string): boolean {
    return this.distribution.parameters[name] !== undefined;
  }

  value(name: string): number {
    const parameter = this.distribution.parameters[name];
    if (parameter === undefined)
      throw new ModelError(`${this.distribution.family} lacks its ${name}.`, this.distribution.origin);
    return requireConstant(parameter, this.numbers, `The ${name} of ${this.distribution.family}`);
  }

  /** A parameter that must satisfy a condition, which the message states as "must be …". */
  checked(name: string, holds: (value: number) => boolean, demand: string): number {
    const value = this.value(name);
    return holds(value) ? value : this.fail(`its ${name} must be ${demand}, not ${this.show(name)}`);
  }

  positive(name: string): number {
    return this.checked(name, (value) => value > 0, 'above 0');
  }

  atLeastZero(name: string): number {
    return this.checked(name, (value) => value >= 0, '0 or more');
  }

  /** Standard deviation, from `sd` or the root of `variance`. */
  spread(): number {
    return this.has('variance') ? Math.sqrt(this.atLeastZero('variance')) : this.atLeastZero('sd');
  }

  /** Standard deviation for families that cannot be without spread. */
  positiveSpread(): number {
    const sd = this.spread();
    if (sd > 0) return sd;
    return this.fail(
      `its ${this.has('variance') ? 'variance' : 'sd'} must be above 0; write the mean alone for a fixed value`,
    );
  }

  show(name: string): string {
    const parameter = this.distribution.parameters[name];
    return parameter === undefined ? name : expressionText(parameter);
  }

  fail(what: string): never {
    throw new ModelError(
      `\`${expressionText(this.distribution)}\` is not possible: ${what}.`,
      this.distribution.origin,
    );
  }
}

function resolveShape(given: Parameters): DistributionShape {
  const { family } = given.distribution;
  switch (family) {
    case 'exponential':
      return { family, mean: given.has('rate') ? 1 / given.positive('rate') : given.positive('mean') };
    case 'uniform': {
      const low = given.value('low');
      const high = given.value('high');
      if (low > high) given.fail(`low (${given.show('low')}) is above high (${given.show('high')}); swap them`);
      return { family, low, high };
    }
    case 'triangular':
    case 'pert':
      return threePoints(family, given);
    case 'normal':
      return { family, mean: given.value('mean'), sd: given.spread() };
    case 'lognormal':
      return lognormal(given);
    case 'gamma':
      return gamma(given);
    case 'erlang': {
      const whole = (value: number): boolean => Number.isInteger(value) && value >= 1;
      return { family, stages: given.checked('stages', whole, 'a whole number from 1'), mean: given.positive('mean') };
    }
    case 'weibull':
      return weibull(given);
    case 'beta':
      return beta(given);
    case 'poisson':
      return { family, mean: given.atLeastZero('mean') };
    case 'binomial': {
      const whole = (value: number): boolean => Number.isInteger(value) && value >= 0;
      const trials = given.checked('trials', whole, 'a whole number from 0');
      return { family, trials, probability: given.checked('probability', (p) => p >= 0 && p <= 1, 'from 0% to 100%') };
    }
    case 'geometric':
      return { family, probability: given.checked('probability', (p) => p > 0 && p <= 1, 'above 0% and at most 100%') };
    case 'empirical':
      return empirical(given);
  }
}

function threePoints(family: 'triangular' | 'pert', given: Parameters): DistributionShape {
  const low = given.value('low');
  const mode = given.value('mode');
  const high = given.value('high');
  if (low > high) given.fail(`low (${given.show('low')}) is above high (${given.show('high')}); swap them`);
  if (mode < low || mode > high) {
    given.fail(
      `the mode (${given.show('mode')}) must lie from low (${given.show('low')}) to high (${given.show('high')})`,
    );
  }
  return { family, low, mode, high };
}

function lognormal(given: Parameters): DistributionShape {
  if (given.has('mu')) return { family: 'lognormal', mu: given.value('mu'), sigma: given.atLeastZero('sigma') };
  const mean = given.positive('mean');
  const logVariance = Math.log1p((given.spread() / mean) ** 2);
  return { family: 'lognormal', mu: Math.log(mean) - logVariance / 2, sigma: Math.sqrt(logVariance) };
}

function gamma(given: Parameters): DistributionShape {
  if (given.has('shape')) return { family: 'gamma', shape: given.positive('shape'), scale: given.positive('scale') };
  const mean = given.positive('mean');
  const variance = given.positiveSpread() ** 2;
  return { family: 'gamma', shape: mean ** 2 / variance, scale: variance / mean };
}

/** With mean and sd, the shape is found from the coefficient of variation, which falls as the shape grows. */
function weibull(given: Parameters): DistributionShape {
  if (given.has('shape')) return { family: 'weibull', shape: given.positive('shape'), scale: given.positive('scale') };
  const mean = given.positive('mean');
  const target = Math.log1p((given.positiveSpread() / mean) ** 2);
  const spreadOf = (shape: number): number => logGamma(1 + 2 / shape) - 2 * logGamma(1 + 1 / shape);
  let low = 0.05;
  let high = 1000;
  if (target > spreadOf(low) || target < spreadOf(high))
    given.fail('no Weibull shape from 0.05 to 1000 has this sd for this mean');
  for (let i = 0; i < 200 && high - low > 1e-15 * high; i++) {
    const middle = (low + high) / 2;
    if (spreadOf(middle) > target) low = middle;
    else high = middle;
  }
  const shape = (low + high) / 2;
  return { family: 'weibull', shape, scale: mean / Math.exp(logGamma(1 + 1 / shape)) };
}

function beta(given: Parameters): DistributionShape {
  if (given.has('alpha')) return { family: 'beta', alpha: given.positive('alpha'), beta: given.positive('beta') };
  const mean = given.checked('mean', (value) => value > 0 && value < 1, 'between 0 and 1');
  const variance = given.positiveSpread() ** 2;
  const sum = (mean * (1 - mean)) / variance - 1;
  if (sum <= 0) given.fail(`its sd must be below ${formatNumber(Math.sqrt(mean * (1 - mean)))} for this mean`);
  return { family: 'beta', alpha: mean * sum, beta: (1 - mean) * sum };
}

function empirical(given: Parameters): DistributionShape {
  const { values = [], weights } = given.distribution;
  if (values.length === 0) given.fail('it has no observations');
  if (!values.every(Number.isFinite)) given.fail('every observation must be a finite number');
  const raw = weights ?? values.map(() => 1);
  if (raw.length !== values.length) given.fail(`it has ${values.length} observations but ${raw.length} weights`);
  const total = raw.reduce((sum, weight) => sum + weight, 0);
  if (!raw.every((weight) => weight >= 0) || !(total > 0 && Number.isFinite(total))) {
    given.fail('weights must be 0 or more, and not all 0');
  }
  return { family: 'empirical', values, weights: raw.map((weight) => weight / total) };
}
