import { type Activity, distributionPartialMoments, type Expression, type Model } from '@pathway/model';
import { type Duration, isSum, lawOfAll, meanOf, type SumOfTimes } from './duration.js';
import type { FlowNode } from './flow-graph/graph.js';
import type { PatientKind } from './patients.js';
import { TimeGrid } from './time-grid.js';
import type { Visit } from './traffic.js';

const HOURS = 168;
const HOUR = 3600;

/** Weeks that are looked back hour by hour; what is under way for longer is spread evenly over the hours. */
const MOST_WEEKS = 8;

/** On which sums of times are added up. */
const grid = new TimeGrid(MOST_WEEKS * HOURS, true);

/**
 * Mean number under way in each hour of a day or a week that repeats, when so many begin in each, evenly within their hour, and
 * each lasts a draw of `duration`: the mean of M(t)/G/∞, m(t) = ∫ λ(t − u) P(S > u) du, averaged over the hours (Eick,
 * Massey and Whitt 1993; as the load that staff is planned for, Jennings, Mandelbaum, Massey and Whitt 1996). The
 * averages need no grid: the starts of an hour are under way in the one `lag` hours later with G(lag + 1) − 2 G(lag) +
 * G(lag − 1), where G(x) = ∫₀ˣ (x − u) P(S > u) du = x E[min(S, x)] − E[min(S, x)²] / 2. Sums over the week are exact.
 */
export function underWay(starts: readonly number[], duration: Duration): number[] {
  const mean = meanOf(duration) / HOUR;
  const all = starts.reduce((sum, each) => sum + each, 0);
  const [first = 0] = starts;
  if (starts.every((each) => each === first)) return starts.map(() => first * mean);
  const hours = starts.length;
  const load = new Array<number>(hours).fill(0);
  const { shares: byLag, rest } = sharesByLag(duration);
  const shares = new Array<number>(hours).fill(0);
  byLag.forEach((share, lag) => (shares[lag % hours] = (shares[lag % hours] ?? 0) + share));
  shares.forEach((share, lag) => {
    if (share === 0) return;
    starts.forEach((each, hour) => {
      const slot = (hour + lag) % hours;
      load[slot] = (load[slot] ?? 0) + each * share;
    });
  });
  return load.map((each) => each + (rest * all) / hours);
}

/**
 * How many of one that begins evenly within an hour are under way so many hours later, averaged over that hour, and what is
 * left after `MOST_WEEKS`, in hours.
 */
export function sharesByLag(duration: Duration): { readonly shares: readonly number[]; readonly rest: number } {
  if (isSum(duration)) return { shares: grid.lagsOf(duration), rest: 0 };
  const mean = meanOf(duration) / HOUR;
  const shares: number[] = [];
  let known = 0;
  let [before, here] = [0, 0];
  for (let lag = 0; lag < MOST_WEEKS * HOURS && mean - known > 1e-12 * mean; lag++) {
    const after = twiceIntegrated(duration, lag + 1);
    const share = Math.min(Math.max(0, after - 2 * here + before), mean - known);
    [before, here] = [here, after];
    known += share;
    shares.push(share);
  }
  return { shares, rest: mean - known };
}

/** G(x) = ∫₀ˣ (x − u) P(S > u) du, in hours. */
function twiceIntegrated(duration: Exclude<Duration, SumOfTimes>, hours: number): number {
  if (typeof duration === 'number') {
    const least = Math.min(duration / HOUR, hours);
    return hours * least - (least * least) / 2;
  }
  const { share, first, second } = distributionPartialMoments(duration, hours * HOUR);
  const mean = first / HOUR + hours * (1 - share);
  const square = second / (HOUR * HOUR) + hours * hours * (1 - share);
  return hours * mean - square / 2;
}

/**
 * How long a visit keeps what it needs: the law of a step's time, also for a hold around steps and waits that follow each other,
 * where all of them are draws, multiples of draws and sums of these; else the mean.
 */
export function durationOf({ activity, kept }: Visit, kind: PatientKind, model: Model): Duration {
  const mean = kept.reduce<number>((longest, time) => Math.max(longest, time ?? 0), 0);
  // What is given back before the end is kept for the times until then.
  for (const times of activity.kind === 'step' ? timesIn([activity]) : timesIn(activity.body)) {
    const found = lawOfAll(times, mean, kind, model);
    if (typeof found !== 'number') return found;
  }
  return mean;
}

/** How long a place keeps its patients: the law of a step or a wait as of `durationOf`, else the mean. */
export function timeOf({ activity, time = 0 }: FlowNode, kind: PatientKind, model: Model): Duration {
  if (activity?.kind === 'step' && activity.takes) return lawOfAll([activity.takes], time, kind, model);
  if (activity?.kind === 'wait' && activity.duration) return lawOfAll([activity.duration], time, kind, model);
  return time;
}

/**
 * The times of activities that everybody does one after the other: those of all of them, and those before each `release`. Without
 * the former where others than these are among them.
 */
function timesIn(body: readonly Activity[]): readonly (readonly Expression[])[] {
  const found: (readonly Expression[])[] = [];
  let times: readonly Expression[] = [];
  for (const activity of body) {
    if (activity.kind === 'step') {
      if (activity.when !== undefined) return found;
      if (activity.takes) times = [...times, activity.takes];
    } else if (activity.kind === 'wait') {
      if (activity.duration === undefined) return found;
      times = [...times, activity.duration];
    } else if (activity.kind === 'release') found.push(times);
    else return found;
  }
  return [times, ...found];
}
