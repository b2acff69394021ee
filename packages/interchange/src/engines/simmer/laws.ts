import type { ToolkitPart } from '../python/laws.js';

/** Laws of probability in R: a program has those that it draws from, by the names that programs in Python have. */
export const R_LAWS: readonly ToolkitPart[] = [
  { name: 'exponential', text: `exponential <- function(mean) if (mean > 0) rexp(1, 1 / mean) else 0` },
  { name: 'uniform', text: `uniform <- function(low, high) runif(1, low, high)` },
  {
    name: 'triangular',
    text: `triangular <- function(low, mode, high) {
  if (high <= low) return(low)
  u <- runif(1)
  peak <- (mode - low) / (high - low)
  if (u < peak) low + sqrt(u * (high - low) * (mode - low)) else high - sqrt((1 - u) * (high - low) * (high - mode))
}`,
  },
  {
    name: 'pert',
    text: `pert <- function(low, mode, high) {
  if (high <= low) return(low)
  a <- 1 + 4 * (mode - low) / (high - low)
  b <- 1 + 4 * (high - mode) / (high - low)
  low + (high - low) * rbeta(1, a, b)
}`,
  },
  { name: 'normal', text: `normal <- function(mean, sd) rnorm(1, mean, sd)` },
  {
    name: 'lognormal',
    text: `# By the mean and standard deviation of the values themselves, not of their logarithms.
lognormal <- function(mean, sd) {
  variance <- log(1 + (sd / mean)^2)
  rlnorm(1, log(mean) - variance / 2, sqrt(variance))
}`,
  },
  { name: 'lognormal_of_logs', text: `lognormal_of_logs <- function(mu, sigma) rlnorm(1, mu, sigma)` },
  { name: 'gamma', text: `gamma <- function(shape, scale) if (scale > 0) rgamma(1, shape, scale = scale) else 0` },
  {
    name: 'gamma_of_mean',
    text: `gamma_of_mean <- function(mean, sd) if (sd > 0) rgamma(1, (mean / sd)^2, scale = sd^2 / mean) else mean`,
  },
  {
    name: 'erlang',
    text: `erlang <- function(stages, mean) if (mean > 0) rgamma(1, stages, scale = mean / stages) else 0`,
  },
  { name: 'weibull', text: `weibull <- function(shape, scale) if (scale > 0) rweibull(1, shape, scale) else 0` },
  {
    name: 'weibull_of_mean',
    text: `# The shape is the one whose standard deviation is so many times the mean, by bisection.
weibull_of_mean <- function(mean, sd) {
  low <- 0.05
  high <- 500
  for (round in 1:200) {
    shape <- sqrt(low * high)
    squared <- exp(lgamma(1 + 2 / shape) - 2 * lgamma(1 + 1 / shape)) - 1
    if (squared > (sd / mean)^2) low <- shape else high <- shape
  }
  rweibull(1, low, mean / base::gamma(1 + 1 / low))
}`,
  },
  { name: 'beta', text: `beta <- function(alpha, beta) rbeta(1, alpha, beta)` },
  {
    name: 'beta_of_mean',
    text: `beta_of_mean <- function(mean, sd) {
  total <- mean * (1 - mean) / sd^2 - 1
  rbeta(1, mean * total, (1 - mean) * total)
}`,
  },
  { name: 'poisson', text: `poisson <- function(mean) rpois(1, mean)` },
  { name: 'binomial', text: `binomial <- function(trials, probability) rbinom(1, round(trials), probability)` },
  {
    name: 'geometric',
    text: `# Attempts up to and including the first success.
geometric <- function(probability) 1 + rgeom(1, probability)`,
  },
  {
    name: 'pick',
    text: `pick <- function(values, weights = NULL) values[sample.int(length(values), 1, prob = weights)]`,
  },
  {
    name: 'within',
    text: `# Draws again until the value lies between the two.
within <- function(draw, low, high) {
  for (attempt in 1:10000) {
    value <- draw()
    if (low <= value && value <= high) return(value)
  }
  stop(sprintf("no draw lies between %g and %g", low, high))
}`,
  },
  {
    name: 'element',
    text: `# The value at a place, counted from 0; the first or last where there is none.
element <- function(values, place) values[min(max(floor(place), 0), length(values) - 1) + 1]`,
  },
];
