/** How alike neighbouring batches are. */
export interface BatchCorrelation {
  /** Estimated correlation of neighbouring batch means; 0 on average where they are independent. */
  readonly lag1: number;
  /** Above this the batches are too short for their means to be taken as independent (one-sided, 5 %). */
  readonly limit: number;
  readonly tooShort: boolean;
}

/** 95 % quantile of the standard normal law. */
const NORMAL_95 = 1.6448536269514722;

/**
 * Whether batch means of one long run may be taken as independent, by von Neumann's ratio (G. S. Fishman, "Grouping
 * observations in digital simulation", Management Science 24, 1978; A. M. Law, "Simulation Modeling and Analysis", 5th ed.
 * 2015, section 9.5.3): C = 1 − Σ (x_i − x_{i+1})² / (2 Σ (x_i − x̄)²), which under independence has mean 0 and variance
 * (n − 2) / (n² − 1) and is nearly normal from 8 batches on.
 */
export function batchCorrelation(means: readonly number[]): BatchCorrelation {
  const n = means.length;
  const limit = n < 3 ? 1 : NORMAL_95 * Math.sqrt((n - 2) / (n * n - 1));
  const mean = means.reduce((sum, value) => sum + value, 0) / n;
  const total = means.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  if (n < 3 || total === 0) return { lag1: 0, limit, tooShort: false };
  let steps = 0;
  for (let i = 1; i < n; i++) steps += ((means[i] ?? 0) - (means[i - 1] ?? 0)) ** 2;
  const lag1 = 1 - steps / (2 * total);
  return { lag1, limit, tooShort: lag1 > limit };
}
