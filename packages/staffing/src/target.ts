import { DURATION, fewestServers, formatDuration, formatShare, parseUnit, sameDimension } from '@pathway/model';
import {
  crewDelay,
  type Crews,
  crewsOf,
  crewWait,
  crewWaitsLonger,
  type TeamLoad,
  workloadPercentile,
} from './team-load.js';

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
 * square-root approximation (load + β √load, Halfin and Whitt 1981). Where a piece of work takes several people at once they
 * count as one server; where sizes differ, Hayward's approximation stands in, and never fewer than the work of one
 * size alone takes.
 * 0 where there is no work.
 * @param loads people at work at once if nobody waited, by how many of them work together; a number where each works alone
 * @param meanService seconds that one piece of work takes
 */
export function coverFor(loads: number | readonly TeamLoad[], target: CoverTarget, meanService: number): number {
  const work = typeof loads === 'number' ? [{ size: 1, load: loads }] : loads;
  const crews = crewsOf(work);
  if (crews.load === 0) return 0;
  if (crews.load * crews.people > MOST_PEOPLE) return Math.ceil(crews.load * crews.people);
  if (target.kind === 'workload') return workloadPercentile(work, target.percentile);
  if (target.kind === 'delay' && crews.peakedness === 1) return fewestServers(crews.load, target.most) * crews.people;
  const together = fewestWith(crews, (units) => isKept(crews, units, target, meanService)) * crews.people;
  const sizes = [...new Set(work.map(({ size }) => size))];
  if (sizes.length === 1) return together;
  // More work never needs fewer people, which the approximation alone does not know where one size is rare.
  const alone = sizes.map((size) =>
    coverFor(
      work.filter((each) => each.size === size),
      target,
      meanService,
    ),
  );
  return Math.max(together, ...alone);
}

function isKept(
  crews: Crews,
  units: number,
  target: Exclude<CoverTarget, { kind: 'workload' }>,
  meanService: number,
): boolean {
  switch (target.kind) {
    case 'delay':
      return crewDelay(crews, units) <= target.most;
    case 'wait':
      return crewWaitsLonger(crews, units, meanService, target.within) <= 1 - target.share;
    case 'mean wait':
      return crewWait(crews, units, meanService) <= target.most;
  }
}

/** Fewest units above the load for which something holds that holds for all greater numbers too. */
function fewestWith({ load, largest }: Crews, holds: (units: number) => boolean): number {
  let low = Math.max(Math.floor(load), largest - 1);
  let high = low + 1;
  while (!holds(high)) {
    low = high;
    high = Math.ceil(load + 2 * (high - load)) + 1;
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
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

/** The probability of delay that so many people give, as {@link coverFor} reckons. */
export function delayAt(loads: readonly TeamLoad[], people: number): number {
  const crews = crewsOf(loads);
  return crewDelay(crews, Math.floor(people / crews.people));
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
