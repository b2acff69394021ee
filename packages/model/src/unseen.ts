/**
 * The largest share of replications that may show what none of so many did, with 95 % certainty: the upper end for nothing
 * seen (C. J. Clopper and E. S. Pearson, "The use of confidence or fiducial limits illustrated in the case of the binomial",
 * Biometrika 26, 1934, one-sided), rounded up to whole per cent.
 * @param replications at least 1
 * @returns a share of 1
 */
export function mostUnseen(replications: number): number {
  return Math.ceil(100 * (1 - 0.05 ** (1 / replications))) / 100;
}
