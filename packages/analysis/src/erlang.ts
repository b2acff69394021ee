/**
 * Closed forms of queueing theory. Loads are offered loads in erlangs (mean units in use if nobody waited), rates per
 * second, times in seconds. All functions are pure and give finite numbers for finite input inside their domain.
 */

/** Probabilities of a Poisson variable from 0 on, until what is left out has probability below `tolerance`. */
export interface PoissonTable {
  /** P(N = n) for n = 0, 1, … */
  readonly probabilities: readonly number[];
  readonly mean: number;
}

const DEFAULT_TOLERANCE = 1e-16;

/**
 * The number in use in a system where nobody waits (M/G/∞): Poisson with the offered load as mean, whatever the law of
 * the time in use. The recursion starts at the mode, so that no load is too large for it.
 * @throws RangeError for a mean below 0 or not finite
 */
export function poissonTable(mean: number, tolerance = DEFAULT_TOLERANCE): PoissonTable {
  if (!(mean >= 0 && Number.isFinite(mean))) throw new RangeError(`a Poisson mean must be 0 or more, not ${mean}`);
  if (mean === 0) return { mean, probabilities: [1] };
  const mode = Math.floor(mean);
  // Weights relative to the mode, downwards and upwards until they no longer matter, then scaled to add to 1.
  const up = [1];
  for (let n = mode + 1, weight = 1; weight > tolerance / 100; n++) up.push((weight *= mean / n));
  const down: number[] = [];
  for (let n = mode, weight = 1; n > 0; n--) down.push((weight *= n / mean));
  const weights = [...down.reverse(), ...up];
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return { mean, probabilities: weights.map((weight) => weight / total) };
}

/** P(N = n) for a Poisson variable; 0 for negative or broken n. */
export function poissonProbability(n: number, mean: number): number {
  if (!Number.isInteger(n) || n < 0) return 0;
  return poissonTable(mean).probabilities[n] ?? 0;
}

/**
 * Erlang's loss formula B(n, a): the share of arrivals that find all n units taken and leave. Equals
 * P(N = n) / P(N ≤ n) for a Poisson census N of mean a. Stable recursion B(n) = aB(n−1) / (n + aB(n−1)) (Erlang 1917).
 * @param units whole number, 0 or more
 * @throws RangeError outside the domain
 */
export function erlangB(units: number, load: number): number {
  checkDomain(units, load);
  let blocked = 1;
  for (let n = 1; n <= units; n++) blocked = (load * blocked) / (n + load * blocked);
  return load === 0 && units > 0 ? 0 : blocked;
}

/**
 * Erlang's delay formula C(n, a): the share of arrivals to M/M/n that have to wait; 1 where the load reaches the units.
 * C = nB / (n − a(1 − B)).
 */
export function erlangC(units: number, load: number): number {
  checkDomain(units, load);
  if (load >= units) return 1;
  const blocked = erlangB(units, load);
  return (units * blocked) / (units - load * (1 - blocked));
}

function checkDomain(units: number, load: number): void {
  if (!Number.isInteger(units) || units < 0) throw new RangeError(`units must be a whole number, not ${units}`);
  if (!(load >= 0 && Number.isFinite(load))) throw new RangeError(`a load must be 0 or more, not ${load}`);
}

/** A queue with Poisson arrivals, exponential service and first come, first served (M/M/c). */
export interface DelaySystem {
  readonly units: number;
  /** Arrivals per second. */
  readonly arrivalRate: number;
  /** Seconds. */
  readonly meanService: number;
}

/** Mean wait in M/M/c, seconds, over all arrivals; Infinity where the load reaches the units. */
export function meanWait({ units, arrivalRate, meanService }: DelaySystem): number {
  const load = arrivalRate * meanService;
  return load >= units ? Number.POSITIVE_INFINITY : (erlangC(units, load) * meanService) / (units - load);
}

/** P(wait > t) in M/M/c: C exp(−(c − a) t / s). 1 where the load reaches the units. */
export function waitTail({ units, arrivalRate, meanService }: DelaySystem, time: number): number {
  const load = arrivalRate * meanService;
  if (time < 0 || load >= units) return 1;
  return erlangC(units, load) * Math.exp((-(units - load) * time) / meanService);
}

/**
 * The wait that a share p of arrivals to M/M/c does not exceed, seconds.
 * @param p from 0 to below 1
 */
export function waitPercentile(system: DelaySystem, p: number): number {
  if (!(p >= 0 && p < 1)) throw new RangeError(`a percentile needs a share from 0 to below 1, not ${p}`);
  const load = system.arrivalRate * system.meanService;
  if (load >= system.units) return Number.POSITIVE_INFINITY;
  const delayed = erlangC(system.units, load);
  if (1 - p >= delayed) return 0;
  return (Math.log(delayed / (1 - p)) * system.meanService) / (system.units - load);
}

/** Beds for one class only and beds that several classes share. */
export interface PooledUnits {
  /** Offered load of each class. */
  readonly loads: readonly [number, number];
  /** Units kept for each class. */
  readonly dedicated: readonly [number, number];
  /** Units open to both, used once one's own are taken. */
  readonly pooled: number;
}

/**
 * The share of arrivals of each class that find their own and the shared units taken, where patients move to their own
 * units as these come free: the state is the two censuses, independent Poisson variables limited to
 * (x₁ − d₁)⁺ + (x₂ − d₂)⁺ ≤ p (product form of a loss network, Kelly 1991; insensitive to the law of the stay).
 * A class is turned away in the states where one more of it would leave that set.
 */
export function pooledBlocking({ loads, dedicated, pooled }: PooledUnits): [number, number] {
  const [first, second] = [0, 1].map((i) => unitWeights(loads[i] ?? 0, (dedicated[i] ?? 0) + pooled));
  const over = (count: number, own: number): number => Math.max(0, count - own);
  let all = 0;
  const full: [number, number] = [0, 0];
  first?.forEach((w1, x1) => {
    second?.forEach((w2, x2) => {
      const shared = over(x1, dedicated[0]) + over(x2, dedicated[1]);
      if (shared > pooled) return;
      const weight = w1 * w2;
      all += weight;
      if (shared < pooled) return;
      if (x1 >= dedicated[0]) full[0] += weight;
      if (x2 >= dedicated[1]) full[1] += weight;
    });
  });
  return [full[0] / all, full[1] / all];
}

/** Poisson weights 0 … most, scaled to a largest weight of 1 so that none overflows. */
function unitWeights(load: number, most: number): number[] {
  const logs = [0];
  for (let n = 1; n <= most; n++) logs.push((logs[n - 1] ?? 0) + Math.log(load / n));
  const largest = Math.max(...logs);
  return logs.map((log) => Math.exp(log - largest));
}
