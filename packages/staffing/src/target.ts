import {
  erlangC,
  fewestServers,
  formatDuration,
  formatShare,
  parseUnit,
  waitingLine,
  waitingLongerThan,
} from '@pathway/model';
import { DURATION, sameDimension } from '@pathway/model';

/**
 * What the cover of an hour is to keep: how many have to wait at all, how many wait longer than a limit, how long the mean
 * wait is, or how often everybody in need has somebody at once (a percentile of the workload). Times in seconds, shares
 * of 1.
 */
export type CoverTarget =
  | { readonly kind: 'delay'; readonly most: number }
  | { readonly kind: 'wait'; readonly share: number; readonly within: number }
  | { readonly kind: 'mean wait'; readonly most: number }
  | { readonly kind: 'workload'; readonly percentile: number };

export const DELAY_TARGET: CoverTarget = { kind: 'delay', most: 0.2 };

/** Largest load for which a cover is searched; beyond it the load itself is the answer, within a thousandth. */
const MOST_PEOPLE = 100_000;

/**
 * Fewest people on duty that keep a target at a load that stands still. For loads that change, the load of the hour is that of
 * the infinite-server model (modified offered load), to which the stationary formulas are applied: Jennings, Mandelbaum,
 * Massey and Whitt 1996, "Server staffing to meet time-varying demand", with Erlang's C itself in the place of its
 * square-root approximation (load + β √load, Halfin and Whitt 1981). 0 where there is no work.
 * @param load people at work at once if nobody waited
 * @param meanService seconds that one piece of work takes
 */
export function coverFor(load: number, target: CoverTarget, meanService: number): number {
  if (load < 1e-9) return 0;
  if (load > MOST_PEOPLE) return Math.ceil(load);
  switch (target.kind) {
    case 'delay':
      return fewestServers(load, target.most);
    case 'wait':
      return fewestWith(
        load,
        (people) => waitingLongerThan(load, people, meanService, target.within) <= 1 - target.share,
      );
    case 'mean wait':
      return fewestWith(load, (people) => waitingLine(load, people, meanService).meanWait <= target.most);
    case 'workload':
      return poissonQuantile(load, target.percentile);
  }
}

/** Fewest people above the load for which something holds that holds for all greater numbers too. */
function fewestWith(load: number, holds: (people: number) => boolean): number {
  let low = Math.floor(load);
  let high = low + 1;
  while (!holds(high)) {
    low = high;
    high = Math.ceil(load + 2 * (high - load)) + 1;
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (middle > load && holds(middle)) high = middle;
    else low = middle;
  }
  return high;
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
 * Reads `delay 20%`, `wait 90% within 10 min`, `mean wait 5 min` or `workload 95%`; undefined for anything else.
 */
export function parseCoverTarget(text: string): CoverTarget | undefined {
  const words = text.trim().replace(/\s+/g, ' ');
  const [, delay] = /^delay (\S+)$/.exec(words) ?? [];
  if (delay !== undefined) return withShare(delay, (most) => ({ kind: 'delay', most }));
  const [, percentile] = /^workload (\S+)$/.exec(words) ?? [];
  if (percentile !== undefined) return withShare(percentile, (share) => ({ kind: 'workload', percentile: share }));
  const [, share, limit] = /^wait (\S+) within (.+)$/.exec(words) ?? [];
  if (share !== undefined && limit !== undefined) {
    const within = secondsOf(limit);
    return within === undefined ? undefined : withShare(share, (part) => ({ kind: 'wait', share: part, within }));
  }
  const [, mean] = /^mean wait (.+)$/.exec(words) ?? [];
  const most = mean === undefined ? undefined : secondsOf(mean);
  return most === undefined || most <= 0 ? undefined : { kind: 'mean wait', most };
}

/** How a target is written: what {@link parseCoverTarget} reads. */
export function coverTargetText(target: CoverTarget): string {
  switch (target.kind) {
    case 'delay':
      return `delay ${formatShare(target.most)}`;
    case 'wait':
      return `wait ${formatShare(target.share)} within ${formatDuration(target.within)}`;
    case 'mean wait':
      return `mean wait ${formatDuration(target.most)}`;
    case 'workload':
      return `workload ${formatShare(target.percentile)}`;
  }
}

/** The probability of delay that a cover gives at a load, by Erlang's C. */
export function delayAt(load: number, people: number): number {
  return load <= 0 ? 0 : people <= load ? 1 : erlangC(load, Math.floor(people));
}

function withShare(text: string, make: (share: number) => CoverTarget): CoverTarget | undefined {
  const [, number] = /^(\d+(?:\.\d+)?)%$/.exec(text) ?? [];
  const share = Number(number) / 100;
  return share > 0 && share < 1 ? make(share) : undefined;
}

function secondsOf(text: string): number | undefined {
  const [, number, unit] = /^(\d+(?:\.\d+)?) ?([a-z]+)$/.exec(text) ?? [];
  const parsed = unit === undefined ? undefined : parseUnit(unit);
  if (parsed === undefined || !sameDimension(parsed.dimension, DURATION)) return undefined;
  return Number(number) * parsed.factor;
}
