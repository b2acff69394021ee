import { formatNumber, SECONDS } from '@pathway/model';
import type { Fit } from '../statistics/fit.js';
import type { Interval } from '../statistics/intervals.js';
import type { Law } from '../statistics/laws.js';

const DIGITS = 3;

/** A number with three significant digits, without an exponent. */
export function number(value: number): string {
  return formatNumber(value, { digits: DIGITS });
}

/** A duration in the unit that reads best, three significant digits. */
export function duration(seconds: number): string {
  const size = Math.abs(seconds);
  const unit = size === 0 ? 'min' : size < 90 ? 's' : size < 90 * 60 ? 'min' : size < 48 * 3600 ? 'h' : 'd';
  return `${number(seconds / SECONDS[unit])} ${unit}`;
}

export function percent(share: number): string {
  return `${number(share * 100)}%`;
}

/** `1,050`. */
export function count(value: number): string {
  return String(Math.round(value)).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A p value; what is smaller than a resample could tell is not spelled out. */
export function pText(p: number): string {
  return p < 0.001 ? 'p < 0.001' : `p ${number(p)}`;
}

export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** How a drawn value is written: as a duration, or as a plain number. */
export type WriteValue = (value: number) => string;

export function between({ low, high }: Interval, write: WriteValue): string {
  return `${write(low)} to ${write(high)}`;
}

/**
 * A law as an expression of the language. Mixtures of two scales are one draw times a scale that is itself drawn; zeros
 * are a draw of 0 or 1 before it.
 */
export function lawText({ law, zeroShare }: Pick<Fit, 'law' | 'zeroShare'>, write: WriteValue): string {
  const text = shapeText(law, write);
  return zeroShare > 0 ? `binomial(1, ${probability(1 - zeroShare)}) * ${text}` : text;
}

function shapeText(law: Law, write: WriteValue): string {
  const [a = 0, b = 0, c = 0, d = 0] = law.parameters.map(({ value }) => value);
  switch (law.family) {
    case 'constant':
      return write(a);
    case 'exponential':
      return `exponential(${write(a)})`;
    case 'gamma':
    case 'lognormal':
      return `${law.family}(mean ${write(a)}, sd ${write(b)})`;
    case 'erlang':
      return `erlang(${number(a)}, ${write(b)})`;
    case 'weibull':
      return `weibull(${number(a)}, ${write(b)})`;
    case 'normal':
      return `normal(${signed(a, write)}, ${write(b)}) from ${signed(c, write)} to ${signed(d, write)}`;
    case 'hyper-exponential':
      return `${scaleText(a, b, c, write)} * exponential(1)`;
    case 'lognormal mixture':
      return `${scaleText(a, b, c, write)} * lognormal(0, ${number(d)})`;
    case 'empirical':
      return `empirical(${law.parameters.map(({ value }) => signed(value, write)).join(', ')})`;
  }
}

/** The usual scale, or with some probability another one. */
function scaleText(usual: number, other: number, share: number, write: WriteValue): string {
  const step = `${other < usual ? '-' : '+'} ${write(Math.abs(other - usual))}`;
  return `(${write(usual)} ${step} * binomial(1, ${probability(share)}))`;
}

function signed(value: number, write: WriteValue): string {
  return value < 0 ? `-${write(-value)}` : write(value);
}

function probability(share: number): string {
  return number(Math.min(1, Math.max(0, share)));
}

/** What is said of a fit beside its law, a line each. */
export function fitLines(fit: Fit, write: WriteValue): string[] {
  const { law, goodness, candidates, intervals, rejected } = fit;
  const zeros = fit.zeroShare > 0 ? `; ${percent(fit.zeroShare)} (${between(fit.zeroInterval, percent)}) at once` : '';
  const observed = `${count(fit.count)} observed: mean ${write(fit.mean)} (${between(fit.meanInterval, write)}), sd ${write(fit.sd)}${zeros}.`;
  if (law.family === 'constant') return [`${observed} No spread.`];
  const test =
    goodness === undefined
      ? ''
      : `distance ${number(goodness.distance)}, ${pText(goodness.distanceP)} (Kolmogorov-Smirnov), ${pText(goodness.andersonDarlingP)} (Anderson-Darling)`;
  if (law.family === 'empirical')
    return [
      observed,
      rejected === undefined
        ? 'No family fits; each value is the mean of a group of equal size.'
        : `No family fits (${rejected} is nearest: ${test}); each value is the mean of a group of equal size.`,
    ];
  const next = candidates[1];
  const lead = next === undefined ? '' : `, before ${next.family} by ${number(next.aic)} of AIC`;
  const errors = law.parameters.flatMap(({ name, measures }, i) => {
    const interval = intervals[i];
    if (interval === undefined) return [];
    const how = measures === 'draw' ? write : measures === 'share' ? percent : number;
    return [`${name} ${between(interval, how)}`];
  });
  return [observed, `${law.family}${lead}: ${[...errors, test].filter((text) => text !== '').join('; ')}.`];
}
