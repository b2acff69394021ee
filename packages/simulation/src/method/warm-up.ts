/** What MSER-5 found in a series. */
export interface Truncation {
  /** Observations to leave out at the beginning; a multiple of the batch size. */
  readonly cut: number;
  /** False where the statistic is least at the latest cut that is allowed: the series is too short, or has no end. */
  readonly settled: boolean;
}

/**
 * Where the transient of a series ends, by MSER-5: K. P. White Jr., "An effective truncation heuristic for bias reduction
 * in simulation output", Simulation 69, 1997; K. W. Franklin and K. P. White Jr., "Stationarity tests and MSER-5", Winter
 * Simulation Conference 2008. The series is cut into batches of five; the cut d (in batches, at most half of them) is the
 * one with the least squared standard error of the mean of what is left, Σ (z − z̄)² / (n − d)².
 */
export function mser5(series: readonly number[], batch = 5): Truncation {
  const means: number[] = [];
  for (let i = 0; i + batch <= series.length; i += batch) {
    let sum = 0;
    for (let k = i; k < i + batch; k++) sum += series[k] ?? 0;
    means.push(sum / batch);
  }
  const n = means.length;
  const most = Math.floor(n / 2);
  let best = 0;
  let least = Number.POSITIVE_INFINITY;
  // From the end, so that mean and squares of what is left are updated and not summed anew (Welford).
  let mean = 0;
  let squares = 0;
  for (let d = n - 1; d >= 0; d--) {
    const count = n - d;
    const value = means[d] ?? 0;
    const difference = value - mean;
    mean += difference / count;
    squares += difference * (value - mean);
    if (d > most) continue;
    const statistic = squares / (count * count);
    if (statistic <= least) {
      least = statistic;
      best = d;
    }
  }
  return { cut: best * batch, settled: n >= 4 && best < most };
}

/**
 * Welch's moving mean (P. D. Welch, in Lavenberg (ed.), "Computer Performance Modeling Handbook", 1983; A. M. Law,
 * "Simulation Modeling and Analysis", 5th ed. 2015, section 9.5.1): each value with its neighbours up to `window` away, fewer
 * near the beginning and the end so that the window stays symmetric.
 */
export function movingMean(series: readonly number[], window: number): number[] {
  return series.map((_, i) => {
    const reach = Math.min(window, i, series.length - 1 - i);
    let sum = 0;
    for (let k = i - reach; k <= i + reach; k++) sum += series[k] ?? 0;
    return sum / (2 * reach + 1);
  });
}
