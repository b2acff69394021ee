import type { DistributionFamily } from './expression.js';

/**
 * What a parameter measures: what a draw measures (`draw`), its square (`variance`), its inverse (`rate`), a plain
 * number, or a plain number between 0 and 1.
 */
export type ParameterDimension = 'draw' | 'variance' | 'rate' | 'number' | 'probability';

export interface DistributionParameter {
  readonly name: string;
  readonly dimension: ParameterDimension;
}

/** One way to give a distribution's parameters. A positional form may be written without names, in this order. */
export interface DistributionForm {
  readonly parameters: readonly DistributionParameter[];
  readonly positional: boolean;
}

/**
 * The parameter forms of each family; the first may be written without names. `lognormal(mu, sigma)` and
 * `beta(alpha, beta)` draw plain numbers, which `in min` turns into durations. `geometric` counts the attempts up to
 * and including the first success. `empirical` takes a list of observations and has no named parameters.
 */
export const DISTRIBUTION_FORMS: Readonly<Record<DistributionFamily, readonly DistributionForm[]>> = Object.freeze({
  exponential: [positional('mean'), named('rate:rate')],
  uniform: [positional('low', 'high')],
  triangular: [positional('low', 'mode', 'high')],
  pert: [positional('low', 'mode', 'high')],
  normal: [positional('mean', 'sd'), named('mean', 'variance:variance')],
  lognormal: [positional('mu:number', 'sigma:number'), named('mean', 'sd'), named('mean', 'variance:variance')],
  gamma: [positional('shape:number', 'scale'), named('mean', 'sd'), named('mean', 'variance:variance')],
  erlang: [positional('stages:number', 'mean')],
  weibull: [positional('shape:number', 'scale'), named('mean', 'sd')],
  beta: [positional('alpha:number', 'beta:number'), named('mean:probability', 'sd:number')],
  poisson: [positional('mean:number')],
  binomial: [positional('trials:number', 'probability:probability')],
  geometric: [positional('probability:probability')],
  empirical: [{ positional: true, parameters: [] }],
});

/** The form with exactly these parameter names, in any order; undefined when the family has none such. */
export function findDistributionForm(
  family: DistributionFamily,
  names: readonly string[],
): DistributionForm | undefined {
  return DISTRIBUTION_FORMS[family].find(
    ({ parameters }) =>
      parameters.length === names.length && parameters.every((parameter) => names.includes(parameter.name)),
  );
}

/** The forms of a family as they are written, for messages: "lognormal(mu, sigma) or lognormal(mean …, sd …)". */
export function describeForms(family: DistributionFamily): string {
  if (family === 'empirical') return 'empirical(value, value, …)';
  const forms = DISTRIBUTION_FORMS[family].map((form) => {
    const parameters = form.parameters.map(({ name }) => (form.positional ? name : `${name} …`));
    return `${family}(${parameters.join(', ')})`;
  });
  return forms.join(' or ');
}

function positional(...parameters: string[]): DistributionForm {
  return { parameters: parameters.map(parameter), positional: true };
}

function named(...parameters: string[]): DistributionForm {
  return { parameters: parameters.map(parameter), positional: false };
}

/** `name` measures what a draw measures; `name:dimension` something else. */
function parameter(text: string): DistributionParameter {
  const [name = '', dimension = 'draw'] = text.split(':');
  return { name, dimension: isParameterDimension(dimension) ? dimension : 'draw' };
}

function isParameterDimension(text: string): text is ParameterDimension {
  return ['draw', 'variance', 'rate', 'number', 'probability'].includes(text);
}
