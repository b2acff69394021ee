import * as laws from '../../engine/laws.js';

/** The engine's numbers of the families. */
const FAMILIES: ReadonlyMap<string, number> = new Map([
  ['exponential', laws.FAMILY_EXPONENTIAL],
  ['uniform', laws.FAMILY_UNIFORM],
  ['triangular', laws.FAMILY_TRIANGULAR],
  ['pert', laws.FAMILY_PERT],
  ['normal', laws.FAMILY_NORMAL],
  ['lognormal', laws.FAMILY_LOGNORMAL],
  ['gamma', laws.FAMILY_GAMMA],
  ['erlang', laws.FAMILY_ERLANG],
  ['weibull', laws.FAMILY_WEIBULL],
  ['beta', laws.FAMILY_BETA],
  ['poisson', laws.FAMILY_POISSON],
  ['binomial', laws.FAMILY_BINOMIAL],
  ['geometric', laws.FAMILY_GEOMETRIC],
]);

/** The engine's number of a family; -1 where there is none of that name. */
export function familyNumber(family: string): number {
  return FAMILIES.get(family) ?? -1;
}

export function familyName(number: number): string {
  return [...FAMILIES].find(([, each]) => each === number)?.[0] ?? '';
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

/** What a distribution lacks, by what the engine's prepareLaw gives for it. */
const PROBLEMS: ReadonlyMap<number, string> = new Map([
  [laws.NEEDS_MEAN, 'needs a mean of at least 0'],
  [laws.NEEDS_ORDERED_ENDS, 'needs its low end at or below its high end'],
  [laws.NEEDS_ORDERED_MODE, 'needs low ≤ mode ≤ high'],
  [laws.NEEDS_SPREAD, 'needs a spread of at least 0'],
  [laws.NEEDS_SIGMA, 'needs a sigma of at least 0'],
  [laws.NEEDS_POSITIVE_MEAN_AND_SPREAD, 'needs a mean above 0 and a spread of at least 0'],
  [laws.NEEDS_SHAPE_AND_SCALE, 'needs a shape above 0 and a scale of at least 0'],
  [laws.NEEDS_STAGES, 'needs at least 1 stage and a mean of at least 0'],
  [laws.NEEDS_POSITIVE_MEAN_AND_POSITIVE_SPREAD, 'needs a mean and a spread above 0'],
  [laws.NEEDS_ALPHA_AND_BETA, 'needs alpha and beta above 0'],
  [laws.NEEDS_MEAN_WITHIN, 'needs a mean between 0 and 1 and sd² below mean × (1 − mean)'],
  [laws.NEEDS_TRIALS, 'needs trials of at least 0 and a probability from 0 to 1'],
  [laws.NEEDS_PROBABILITY, 'needs a probability above 0 and at most 1'],
]);

/** A sentence without its full stop that says why a law does not exist. @param problem what prepareLaw gave */
export function lawProblem(family: string, problem: number, values: readonly number[]): string {
  const what = PROBLEMS.get(problem);
  return what === undefined
    ? `there is no distribution called ${family}`
    : `${family} ${what} (got ${values.join(', ')})`;
}

/** A law by its number in the engine, and the four parameters of its sampler. */
export interface PreparedLaw {
  readonly law: number;
  readonly parameters: readonly number[];
}

/**
 * Turns parameters as written into those of the sampler.
 * @param values in the order of the form in PARAMETER_FORMS
 * @returns a sentence saying what is wrong where the law does not exist
 */
export function prepareLaw(family: string, form: number, values: readonly number[]): PreparedLaw | string {
  const [a = Number.NaN, b = Number.NaN, c = Number.NaN] = values;
  const parameters = new Float64Array(4);
  const law = laws.prepareLaw(familyNumber(family), form, a, b, c, parameters);
  return law < 0 ? lawProblem(family, law, values) : { law, parameters: [...parameters] };
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
