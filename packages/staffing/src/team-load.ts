/** Work of an hour that takes so many people at once. */
export interface TeamLoad {
  /** People that one piece of the work takes together; 1 where each works alone. */
  readonly size: number;
  /** People at work on it at once if nobody waited. */
  readonly load: number;
}

/** The work of an hour in the units that it is done by, for formulas of queues in which each customer takes one server. */
export interface Crews {
  /** People in one unit: the greatest number that divides every size. */
  readonly people: number;
  /** Units at work at once if nobody waited. */
  readonly load: number;
  /**
   * Variance over mean of the units at work if nobody waited: Σ k² ρ / Σ k ρ over sizes k with ρ pieces of work at once. 1 where
   * every piece takes one unit.
   */
  readonly peakedness: number;
  /** Units that the largest piece of work takes: fewer can never do it. */
  readonly largest: number;
}

/** Loads smaller than this are none. */
const NOTHING = 1e-9;

/** What an hour asks for as units of people who always work together. */
export function crewsOf(loads: readonly TeamLoad[]): Crews {
  const present = loads.filter(({ load }) => load >= NOTHING).map(({ size, load }) => ({ size: sizeOf(size), load }));
  if (present.length === 0) return { people: 1, load: 0, peakedness: 1, largest: 0 };
  const sizes = present.map(({ size }) => size);
  const people = sizes.every((size) => Number.isInteger(size)) ? sizes.reduce(greatestCommonDivisor) : 1;
  const load = present.reduce((sum, each) => sum + each.load, 0) / people;
  // Sizes that are means of other numbers can be below 1, and then say nothing of people at once.
  const spread = present.reduce((sum, each) => sum + (Math.max(1, each.size / people) * each.load) / people, 0);
  const peakedness = spread / load;
  return {
    people,
    load,
    peakedness: peakedness < 1 + NOTHING ? 1 : peakedness,
    largest: Math.max(...sizes.map((size) => Math.ceil(size / people - NOTHING))),
  };
}

/**
 * The number of people at work that is not exceeded with the given probability if nobody waits: a percentile of the sum of
 * size × Poisson count over the sizes (the census of an infinite-server model: Eick, Massey and Whitt 1993), by Panjer's
 * recursion for compound Poisson laws (1981).
 */
export function workloadPercentile(loads: readonly TeamLoad[], probability: number): number {
  const { people, load, peakedness } = crewsOf(loads);
  if (load === 0) return 0;
  if (peakedness === 1) return poissonQuantile(load, probability) * people;
  const rates = new Map<number, number>();
  for (const { size, load: at } of loads) {
    if (at < NOTHING) continue;
    const units = Math.max(1, Math.round(sizeOf(size) / people));
    rates.set(units, (rates.get(units) ?? 0) + at / people / units);
  }
  const mean = [...rates].reduce((sum, [units, rate]) => sum + units * rate, 0);
  const last = Math.ceil(mean + 40 * Math.sqrt(mean * peakedness) + 40 * Math.max(...rates.keys()));
  // Begun with any number, since the sum of all says afterwards what 1 is; made smaller before it grows beyond what fits.
  const weights = [1];
  for (let n = 1; n <= last; n++) {
    let weight = 0;
    for (const [units, rate] of rates) if (units <= n) weight += (units * rate * weights[n - units]!) / n;
    weights.push(weight);
    if (weight > 1e200) for (const [k, value] of weights.entries()) weights[k] = value * 1e-200;
  }
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  let sum = 0;
  const found = weights.findIndex((weight) => (sum += weight) >= (probability - 1e-12) * all);
  return found * people;
}

/**
 * The smallest number that a Poisson count with this mean does not exceed with the given probability: the census of an
 * infinite-server model at any moment, whatever its rates (Eick, Massey and Whitt 1993).
 */
export function poissonQuantile(mean: number, probability: number): number {
  if (mean <= 0) return 0;
  // From B(s) = P(N = s) / P(N <= s), upwards: P(N <= s) = P(N <= s + 1) (1 - B(s + 1)).
  const logAt = (n: number): number => n * Math.log(mean) - mean - logFactorial(n);
  let count = Math.max(0, Math.floor(mean - 12 * Math.sqrt(mean)));
  let sum = 0;
  for (let n = count; ; n += 1) {
    sum += Math.exp(logAt(n));
    count = n;
    if (sum >= probability - 1e-12 || n > mean + 40 * Math.sqrt(mean) + 40) return count;
  }
}

function logFactorial(n: number): number {
  if (n < 2) return 0;
  if (n < 64) {
    let sum = 0;
    for (let k = 2; k <= n; k += 1) sum += Math.log(k);
    return sum;
  }
  // Stirling's series; its error is below 1e-12 from 64 on.
  return n * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI * n) + 1 / (12 * n) - 1 / (360 * n ** 3);
}

/**
 * Erlang's B for any number of servers of 0 or more: its continuation 1 / B(x, a) = ∫ e^(−u) (1 + u/a)^x du from 0 on
 * (Jagerman 1974), by the trapezoidal rule in v = ln u, then the recursion upwards.
 */
export function erlangBContinued(load: number, servers: number): number {
  const whole = Math.floor(servers);
  const part = servers - whole;
  let blocked = 1;
  if (part > 0) {
    // The integrand vanishes like e^v to the left and like exp(−e^v) to the right; at this step the rule is exact to 12 digits.
    let sum = 0;
    for (let v = -40; v <= 5; v += STEP) sum += Math.exp(v - Math.exp(v)) * (1 + Math.exp(v) / load) ** part;
    blocked = 1 / (sum * STEP);
  }
  for (let n = 1; n <= whole; n++) blocked = (load * blocked) / (n + part + load * blocked);
  return blocked;
}

const STEP = 0.125;

/**
 * Probability that a piece of work waits, with so many units on duty: Erlang's C, for work of several sizes with load and units
 * divided by the peakedness (Hayward's approximation: Fredericks 1980). 1 where the units do not suffice in the long run,
 * or for the largest piece.
 */
export function crewDelay({ load, peakedness, largest }: Crews, units: number): number {
  if (load === 0) return 0;
  if (units < largest || units <= load) return 1;
  const blocked = erlangBContinued(load / peakedness, units / peakedness);
  return (units * blocked) / (units - load * (1 - blocked));
}

/** Mean wait of a piece of work in seconds, likewise. @param meanService seconds that a piece of work takes */
export function crewWait(crews: Crews, units: number, meanService: number): number {
  const delay = crewDelay(crews, units);
  if (delay === 0) return 0;
  const { load, peakedness } = crews;
  return units <= load || units < crews.largest
    ? Number.POSITIVE_INFINITY
    : (delay * meanService * peakedness) / (units - load);
}

/** Probability that a piece of work waits longer than a time in seconds, likewise. */
export function crewWaitsLonger(crews: Crews, units: number, meanService: number, time: number): number {
  const delay = crewDelay(crews, units);
  const { load, peakedness, largest } = crews;
  if (units <= load || units < largest) return delay;
  return delay * Math.exp((-(units - load) * time) / (meanService * peakedness));
}

/** A size that is whole but for rounding, as a mean over starts is, as a whole number. */
function sizeOf(size: number): number {
  const whole = Math.round(size);
  return Math.abs(size - whole) < 1e-6 ? whole : size;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
