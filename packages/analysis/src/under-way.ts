import {
  type Activity,
  constantValue,
  distributionCdfBelow,
  distributionMean,
  distributionPartialMoments,
  type Expression,
  type Model,
  type ResolvedDistribution,
  resolveDistribution,
  type Step,
  byId,
} from '@pathway/model';
import type { FlowNode } from './flow-graph/graph.js';
import type { PatientKind } from './patients.js';
import type { Visit } from './traffic.js';

const HOURS = 168;
const HOUR = 3600;

/** Weeks that are looked back hour by hour; what is under way for longer is spread evenly over the hours. */
const MOST_WEEKS = 8;

/** How long something lasts: a law in seconds, or a fixed number of seconds. */
export type Duration = ResolvedDistribution | number;

/**
 * Mean number under way in each hour of a day or a week that repeats, when so many begin in each, evenly within their hour, and
 * each lasts a draw of `duration`: the mean of M(t)/G/∞, m(t) = ∫ λ(t − u) P(S > u) du, averaged over the hours (Eick,
 * Massey and Whitt 1993; as the load that staff is planned for, Jennings, Mandelbaum, Massey and Whitt 1996). The
 * averages need no grid: the starts of an hour are under way in the one `lag` hours later with G(lag + 1) − 2 G(lag) +
 * G(lag − 1), where G(x) = ∫₀ˣ (x − u) P(S > u) du = x E[min(S, x)] − E[min(S, x)²] / 2. Sums over the week are exact.
 */
export function underWay(starts: readonly number[], duration: Duration): number[] {
  const mean = (typeof duration === 'number' ? duration : distributionMean(duration)) / HOUR;
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
  const mean = (typeof duration === 'number' ? duration : distributionMean(duration)) / HOUR;
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
function twiceIntegrated(duration: Duration, hours: number): number {
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
 * How long a visit keeps what it needs: the law of a step's time where it is one draw, also for a hold around that step
 * alone; else its mean.
 */
export function durationOf({ activity, kept }: Visit, kind: PatientKind, model: Model): Duration {
  const mean = kept.reduce<number>((longest, time) => Math.max(longest, time ?? 0), 0);
  const takes = activity.kind === 'step' ? activity.takes : soleStep(activity.body)?.takes;
  return lawWith(mean, takes, kind, model);
}

/** How long a place keeps its patients: the law of a step or a wait where it is one draw, else the mean. */
export function timeOf({ activity, time = 0 }: FlowNode, kind: PatientKind, model: Model): Duration {
  if (activity?.kind === 'step') return lawWith(time, activity.takes, kind, model);
  if (activity?.kind === 'wait') return lawWith(time, activity.duration, kind, model);
  return time;
}

/** The law of a time that has this mean, in seconds; the mean where it is not one draw. */
function lawWith(mean: number, takes: Expression | undefined, kind: PatientKind, model: Model): Duration {
  const law = takes && lawOf(takes, kind, model);
  if (law === undefined || distributionCdfBelow(law, 0) > 0) return mean;
  return Math.abs(distributionMean(law) - mean) <= 1e-9 * mean ? law : mean;
}

function soleStep(body: readonly Activity[]): Step | undefined {
  const [only, ...others] = body;
  if (others.length > 0 || only?.kind !== 'step') return undefined;
  return only.needs.length === 0 && only.when === undefined && only.waits === undefined ? only : undefined;
}

function lawOf(expression: Expression, kind: PatientKind, model: Model, depth = 0): ResolvedDistribution | undefined {
  // Names that lead to each other in a circle are told elsewhere.
  if (depth > 20) return undefined;
  const next = (part: Expression | undefined): ResolvedDistribution | undefined =>
    part && lawOf(part, kind, model, depth + 1);
  switch (expression.kind) {
    case 'distribution': {
      const parts = [...Object.values(expression.parameters), expression.from, expression.to];
      const constant = parts.every((part) => part === undefined || constantValue(part, model) !== undefined);
      return constant ? resolveDistribution(expression, model) : undefined;
    }
    case 'reference':
      return next(byId(model.numbers, expression.to)?.value);
    case 'attribute':
      return next(kind.knowledge.attributes?.find(({ name }) => name === expression.name)?.value);
    case 'cases': {
      const value = kind.values.get(expression.attribute);
      if (value === undefined) return undefined;
      return next(expression.cases.find(({ values }) => values.includes(value))?.then ?? expression.otherwise);
    }
    default:
      return undefined;
  }
}
