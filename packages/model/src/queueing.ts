/**
 * Closed forms of queueing theory. Loads are in Erlang: arrivals per second × mean seconds of service.
 *
 * Sources: Erlang (1917); Kleinrock, Queueing Systems I (1975), chapter 3; the recursion of B is the usual one
 * (Cooper 1981), stable for any load because each step is a division of positive terms.
 */

/** A multi-server queue with Poisson arrivals, exponential service and first come, first served. */
export interface WaitingLine {
  /** Probability that an arrival has to wait; 1 when the load is not below the number of servers. */
  readonly waiting: number;
  /** Mean wait over all arrivals, seconds; Infinity when the queue has no steady state. */
  readonly meanWait: number;
}

/**
 * Erlang's B: the probability that an arrival finds all servers taken when those who do leave (M/G/c/c), which is also
 * P(N = c) / P(N <= c) of a Poisson census N.
 * @throws RangeError for a negative load or a number of servers that is not whole and 0 or more
 */
export function erlangB(load: number, servers: number): number {
  requireLoad(load);
  requireServers(servers);
  let blocked = 1;
  for (let n = 1; n <= servers; n++) blocked = withOneMore(load, n, blocked);
  return blocked;
}

/** Erlang's B for `servers` from that for one fewer. */
function withOneMore(load: number, servers: number, blocked: number): number {
  return (load * blocked) / (servers + load * blocked);
}

/**
 * Erlang's C: the probability that an arrival waits in M/M/c. 1 when the load is at least the number of servers.
 * @throws RangeError as erlangB
 */
export function erlangC(load: number, servers: number): number {
  requireLoad(load);
  requireServers(servers);
  if (load >= servers) return load === 0 ? 0 : 1;
  return waitingFrom(load, servers, erlangB(load, servers));
}

/** Erlang's C from Erlang's B, for a load below the number of servers. */
function waitingFrom(load: number, servers: number, blocked: number): number {
  return (servers * blocked) / (servers - load * (1 - blocked));
}

/**
 * Fewest servers for which the probability of waiting (Erlang's C) is at most `target`; 0 without load. For large loads
 * this is about load + β √load (square-root staffing: Halfin and Whitt 1981).
 * @throws RangeError for a negative load and a target that is not above 0
 */
export function fewestServers(load: number, target: number): number {
  requireLoad(load);
  if (!(target > 0)) throw new RangeError(`A probability to stay below must be above 0, not ${target}.`);
  if (load === 0) return 0;
  let blocked = 1;
  for (let servers = 1; ; servers++) {
    blocked = withOneMore(load, servers, blocked);
    if (servers > load && waitingFrom(load, servers, blocked) <= target) return servers;
  }
}

/**
 * Waiting in M/M/c.
 * @param meanService seconds
 * @throws RangeError as erlangB, and for a mean service time that is not positive
 */
export function waitingLine(load: number, servers: number, meanService: number): WaitingLine {
  if (!(meanService > 0)) throw new RangeError(`A mean service time must be above 0, not ${meanService}.`);
  const waiting = erlangC(load, servers);
  const meanWait = load >= servers ? Number.POSITIVE_INFINITY : (waiting * meanService) / (servers - load);
  return { waiting, meanWait: load === 0 ? 0 : meanWait };
}

/** P(wait > time) in M/M/c, for a time of 0 or more in seconds. */
export function waitingLongerThan(load: number, servers: number, meanService: number, time: number): number {
  const { waiting } = waitingLine(load, servers, meanService);
  return load >= servers ? waiting : waiting * Math.exp((-(servers - load) * time) / meanService);
}

/**
 * Probabilities of 0, 1, 2, … of a Poisson census, up to where less than `neglected` is left in the tail. Built outwards
 * from the mode, so that large loads neither underflow nor lose digits; they add to 1 within rounding.
 */
export function poissonProbabilities(mean: number, neglected = 1e-15): Float64Array {
  requireLoad(mean);
  if (mean === 0) return Float64Array.of(1);
  const mode = Math.floor(mean);
  const above: number[] = [];
  for (let n = mode + 1, weight = 1; ; n++) {
    weight *= mean / n;
    above.push(weight);
    // Beyond n the terms fall at least as fast as a geometric series with this ratio.
    const ratio = mean / (n + 1);
    if ((weight * ratio) / (1 - ratio) < neglected * mean ** 0.5) break;
  }
  const weights = new Float64Array(mode + 1 + above.length);
  for (let n = mode, weight = 1; n >= 0; n--) {
    weights[n] = weight;
    weight *= n / mean;
  }
  weights.set(above, mode + 1);
  let sum = 0;
  for (const weight of weights) sum += weight;
  return weights.map((weight) => weight / sum);
}

function requireLoad(load: number): void {
  if (!(load >= 0 && Number.isFinite(load))) throw new RangeError(`A load must be 0 or more, not ${load}.`);
}

function requireServers(servers: number): void {
  if (!(Number.isInteger(servers) && servers >= 0)) {
    throw new RangeError(`A number of servers must be whole and 0 or more, not ${servers}.`);
  }
}
