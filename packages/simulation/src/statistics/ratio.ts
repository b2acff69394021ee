import { studentFactor } from '../numeric/special.js';
import type { Estimate } from '../figure-results.js';

/**
 * The ratio of two means over paired values, with Fieller's interval: all c for which the paired t test of x − c y = 0 does
 * not reject (E. C. Fieller, Journal of the Royal Statistical Society B 16, 1954), so that it agrees with such tests. Not
 * symmetric: `halfWidth` is half its length.
 * @returns undefined with fewer than two pairs, or where the mean of y may be 0, so that there is no bounded interval
 */
export function ratioOf(pairs: readonly (readonly [x: number, y: number])[], confidence = 0.95): Estimate | undefined {
  const n = pairs.length;
  if (n < 2) return undefined;
  const x = pairs.reduce((sum, pair) => sum + pair[0], 0) / n;
  const y = pairs.reduce((sum, pair) => sum + pair[1], 0) / n;
  const moment = (of: (dx: number, dy: number) => number): number =>
    pairs.reduce((sum, pair) => sum + of(pair[0] - x, pair[1] - y), 0) / ((n - 1) * n);
  const t2 = studentFactor(confidence, n - 1) ** 2;
  // The ends solve a c² − 2 b c + d = 0.
  const a = y * y - t2 * moment((_, dy) => dy * dy);
  if (a <= 0) return undefined;
  const b = x * y - t2 * moment((dx, dy) => dx * dy);
  const d = x * x - t2 * moment((dx) => dx * dx);
  const root = Math.sqrt(Math.max(0, b * b - a * d));
  const [low, high] = [(b - root) / a, (b + root) / a];
  return { mean: x / y, halfWidth: (high - low) / 2, low, high, replications: n };
}
