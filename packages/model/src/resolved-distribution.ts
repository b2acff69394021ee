/**
 * The law of one draw, with numbers for parameters. One form a family: `lognormal` is always (mu, sigma) of the
 * logarithm, `gamma` always (shape, scale), `erlang` (stages, total mean). `geometric` counts attempts from 1.
 * `weights` of an empirical law add to 1 and go with `values` one by one.
 */
export type DistributionShape =
  | { readonly family: 'exponential'; readonly mean: number }
  | { readonly family: 'uniform'; readonly low: number; readonly high: number }
  | { readonly family: 'triangular' | 'pert'; readonly low: number; readonly mode: number; readonly high: number }
  | { readonly family: 'normal'; readonly mean: number; readonly sd: number }
  | { readonly family: 'lognormal'; readonly mu: number; readonly sigma: number }
  | { readonly family: 'gamma' | 'weibull'; readonly shape: number; readonly scale: number }
  | { readonly family: 'erlang'; readonly stages: number; readonly mean: number }
  | { readonly family: 'beta'; readonly alpha: number; readonly beta: number }
  | { readonly family: 'poisson'; readonly mean: number }
  | { readonly family: 'binomial'; readonly trials: number; readonly probability: number }
  | { readonly family: 'geometric'; readonly probability: number }
  | { readonly family: 'empirical'; readonly values: readonly number[]; readonly weights: readonly number[] };

/**
 * A draw is a draw of the shape times `unit` (1 unless written `in min`), drawn again while it lies outside
 * `from` … `to` (both inclusive; -Infinity and Infinity where not written). Canonical units.
 */
export type ResolvedDistribution = DistributionShape & {
  readonly unit: number;
  readonly from: number;
  readonly to: number;
};

/**
 * What is known of all draws up to a point: their share, and the integrals of x and of x² over them
 * (E[X; X ≤ x] and E[X²; X ≤ x]).
 */
export interface PartialMoments {
  readonly share: number;
  readonly first: number;
  readonly second: number;
}
