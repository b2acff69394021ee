import { type Interval, Z95 } from './intervals.js';
import { Random } from './random.js';

/** Enough for the 2.5 % that lie beyond either end. */
const RESAMPLES = 399;
/** Observations of a resample; larger samples need fewer corrections. */
const MOST_DRAWN = 500;

/** Observations, as what is said of all of them. */
export interface Sample {
  readonly count: number;
  readonly mean: number;
  /** Of the sample, with count − 1. */
  readonly sd: number;
}

/**
 * A 95 % interval of the mean of what a sample was drawn from. Times of care are skewed: the mean of a few of them hardly
 * shows the rare long ones, so that an interval from the normal law, or from Student's, misses in up to a quarter of samples
 * of 10 to 30, nearly always since the true mean is longer. So the distribution of (mean − true mean) / standard error is taken from
 * resamples whose true mean is known (the bootstrap-t; Hall 1988, Efron and Tibshirani 1993, chapter 12). Beyond 500 observations
 * its distance from the normal law is that of 500, less as the square root of their number (its first Edgeworth term).
 * @param draw one observation of what is taken for the truth, and `truth` its mean
 */
export function meanInterval(
  { count, mean, sd }: Sample,
  draw: (random: Random) => number,
  truth: number,
  seed: number,
): Interval {
  if (!(sd > 0)) return { low: mean, high: mean };
  const random = new Random(seed);
  const size = Math.min(count, MOST_DRAWN);
  const ratios: number[] = [];
  for (let round = 0; round < RESAMPLES; round++) {
    // Deviations from the truth lose no digits where all lie far from 0.
    let sum = 0;
    let squares = 0;
    for (let i = 0; i < size; i++) {
      const x = draw(random) - truth;
      sum += x;
      squares += x * x;
    }
    const spread = Math.sqrt(Math.max(0, squares - (sum * sum) / size) / (size - 1));
    // A resample of equal values says nothing of its error.
    if (spread > 0) ratios.push(sum / size / (spread / Math.sqrt(size)));
  }
  ratios.sort((a, b) => a - b);
  const error = sd / Math.sqrt(count);
  const end = (share: number, normal: number): number => {
    const place = Math.round(share * (ratios.length + 1)) - 1;
    const own = ratios[Math.min(ratios.length - 1, Math.max(0, place))] ?? normal;
    return normal + (own - normal) * Math.sqrt(size / count);
  };
  return { low: mean - end(0.975, Z95) * error, high: mean - end(0.025, -Z95) * error };
}
