import { normalCdf } from '@pathway/model';
import type { AttributeValues } from '../log/case-attributes.js';
import { readsLikeText } from '../log/personal.js';
import { estimate } from './estimate.js';
import { fitLaw, type Fit } from './fit.js';
import { type Interval, shareInterval } from './intervals.js';
import { boundedNormalLaw, type Family, type Law } from './laws.js';
import { minimise } from './minimise.js';

/** What an attribute of the cases is like, without any value that fewer than the threshold have. */
export type AttributeMix =
  | {
      readonly kind: 'categories';
      readonly name: string;
      readonly options: readonly { readonly value: string; readonly share: number; readonly interval: Interval }[];
      /** Rare values, merged into the last option, `other`, or left out where that would be rare too. */
      readonly merged: number;
      readonly known: number;
      readonly unknown: number;
    }
  | {
      readonly kind: 'number';
      readonly name: string;
      readonly fit: Fit;
      readonly known: number;
      readonly unknown: number;
    }
  | { readonly kind: 'left out'; readonly name: string; readonly why: string };

/** Whole numbers with no more different values than this are categories. */
const FEW_VALUES = 12;
const MOST_OPTIONS = 60;
/** Whole numbers of which more than this share are different number the cases. */
const NUMBERED = 0.9;
/** Ages and scores come in steps, which no smooth law follows closely. */
const NEAR = 0.15;
/** An attribute that changes in a larger share of its cases describes events, not patients. */
const CHANGES = 0.01;
const OTHER = 'other';

/**
 * Describes an attribute of `cases` cases. Values that fewer than `threshold` have are merged or left out; one with values that
 * read like free text or names is left out, unless it was `asked` for.
 */
export function attributeMix(
  attribute: AttributeValues,
  cases: number,
  { threshold, seed, asked }: { readonly threshold: number; readonly seed: number; readonly asked: boolean },
): AttributeMix {
  const { name, known, changing, numbers, categories } = attribute;
  const leftOut = (why: string): AttributeMix => ({ kind: 'left out', name, why });
  if (known < threshold) return leftOut(`fewer than ${threshold} cases have it`);
  if (changing > CHANGES * known) return leftOut('it changes within a case');
  if (numbers !== undefined && (categories === undefined || categories.length > FEW_VALUES)) {
    const values: number[] = [];
    for (let one = 0; one < cases; one++) if (!Number.isNaN(numbers(one))) values.push(numbers(one));
    if (areNumbered(values)) return leftOut('almost every case has a whole number of its own: an identifier');
    const fit = fitNumbers(values, threshold, seed);
    if (fit === undefined) return leftOut(`fewer than ${threshold} cases have it`);
    return { kind: 'number', name, fit, known, unknown: cases - known };
  }
  if (categories === undefined) return leftOut('it has too many different values: an identifier or free text');
  const mix = mixOf(name, categories, known, cases, threshold);
  if (mix === undefined) return leftOut(`no value is shared by ${threshold} cases`);
  if (!asked && mix.options.some(({ value }) => readsLikeText(value)))
    return leftOut('its values read like free text or names of people; where they are neither, ask for it by name');
  return mix;
}

/** Whether numbers are whole and hardly ever the same. */
function areNumbered(values: readonly number[]): boolean {
  return values.every(Number.isInteger) && new Set(values).size > NUMBERED * values.length;
}

function mixOf(
  name: string,
  categories: readonly { readonly value: string; readonly cases: number }[],
  known: number,
  cases: number,
  threshold: number,
): (AttributeMix & { readonly kind: 'categories' }) | undefined {
  const ranked = [...categories].sort((a, b) => b.cases - a.cases || (a.value < b.value ? -1 : 1));
  const kept = ranked.filter((each) => each.cases >= threshold).slice(0, MOST_OPTIONS);
  const count = (list: readonly { readonly cases: number }[]): number =>
    list.reduce((sum, each) => sum + each.cases, 0);
  const rest = known - count(kept);
  if (kept.length === 0) return undefined;
  // A rest of a few would say of whom it consists; it joins those of whom nothing is known.
  const named = rest < threshold ? known - rest : known;
  const options = [...kept, ...(named < known || rest === 0 ? [] : [{ value: OTHER, cases: rest }])];
  return {
    kind: 'categories',
    name,
    options: options.map(({ value, cases: having }) => ({
      value,
      share: having / named,
      interval: shareInterval(having, named),
    })),
    merged: ranked.length - kept.length,
    known: named,
    unknown: cases - named,
  };
}

/** A law between the mean of the smallest values of `threshold` cases and that of the largest, so that neither is one. */
function fitNumbers(values: readonly number[], threshold: number, seed: number): Fit | undefined {
  const sorted = Float64Array.from(values).sort();
  if (sorted.length < 2 * threshold) return undefined;
  const meanOf = (part: Float64Array): number => part.reduce((sum, value) => sum + value, 0) / part.length;
  const from = meanOf(sorted.subarray(0, threshold));
  const to = meanOf(sorted.subarray(sorted.length - threshold));
  const inside = sorted.map((value) => Math.min(to, Math.max(from, value)));
  const positive = from > 0;
  const families: Family[] = positive ? ['normal', 'lognormal', 'gamma', 'weibull', 'exponential'] : ['normal'];
  const estimator = (family: Family, sample: ArrayLike<number>): Law | undefined =>
    family === 'normal' ? normalBetween(sample, from, to) : estimate(family, sample);
  return positive
    ? fitLaw(inside, { families, seed, threshold, near: NEAR, estimator })
    : shifted(inside, from, (moved, low) =>
        fitLaw(moved, {
          families,
          seed,
          threshold,
          near: NEAR,
          estimator: (_, sample) => normalBetween(sample, from - low, to - low),
        }),
      );
}

/** Values at or below 0 are fitted moved up, since a fit of durations takes 0 for a class of its own. */
function shifted(
  values: Float64Array,
  from: number,
  fit: (moved: Float64Array, low: number) => Fit | undefined,
): Fit | undefined {
  const low = from - 1;
  const found = fit(
    values.map((value) => value - low),
    low,
  );
  if (found === undefined) return undefined;
  const back = (value: number): number => value + low;
  const { law } = found;
  return {
    ...found,
    mean: back(found.mean),
    meanInterval: { low: back(found.meanInterval.low), high: back(found.meanInterval.high) },
    law: {
      ...law,
      mean: back(law.mean),
      parameters: law.parameters.map((each) => (each.name === 'sd' ? each : { ...each, value: back(each.value) })),
      cdf: (x) => law.cdf(x - low),
      logDensity: (x) => law.logDensity(x - low),
      draw: (random) => back(law.draw(random)),
    },
    intervals: found.intervals.map((each, i) =>
      each === undefined || law.parameters[i]?.name === 'sd' ? each : { low: back(each.low), high: back(each.high) },
    ),
    histogram: found.histogram.map((bin) => ({ ...bin, from: back(bin.from), to: back(bin.to) })),
    quantiles: found.quantiles.map((each) => ({ observed: back(each.observed), law: back(each.law) })),
  };
}

function normalBetween(sample: ArrayLike<number>, from: number, to: number): Law | undefined {
  const values = Array.from(sample);
  let mean = 0;
  for (const x of values) mean += x / values.length;
  let variance = 0;
  for (const x of values) variance += (x - mean) ** 2 / values.length;
  const sd = Math.sqrt(variance);
  if (!(sd > 0)) return undefined;
  const best = minimise(
    ([middle, logSpread]) => {
      const [mu, sigma] = [mean + middle! * sd, Math.exp(logSpread!) * sd];
      const inside = normalCdf((to - mu) / sigma) - normalCdf((from - mu) / sigma);
      return Math.log(sigma * inside) + (variance + (mean - mu) ** 2) / (2 * sigma ** 2);
    },
    [0, 0],
  );
  const mu = mean + best[0]! * sd;
  const sigma = Math.exp(best[1]!) * sd;
  // Far outside the bounds, or almost flat, the law would be drawn again for ever; a list of values does better.
  if (!(mu > from - sigma && mu < to + sigma && sigma < 5 * (to - from))) return undefined;
  return boundedNormalLaw(mu, sigma, from, to);
}
