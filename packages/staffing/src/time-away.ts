import type { Expression, Model, StaffGroup } from '@pathway/model';
import { meanOfExpression, quantileOfExpression, SECONDS } from '@pathway/model';
import { contractHours, WORKING_DAYS_PER_WEEK } from './working-time.js';

/** Five working days in each of 52 weeks. */
export const POSSIBLE_DAYS = 260;

/** Working days a year that each person of a group is on leave, on average, for each line of the text. */
export function leaveDaysOf(
  group: StaffGroup,
  model: Model,
): readonly { readonly name: string; readonly daysPerYear: number }[] {
  const perDay = secondsPerDay(group, model);
  return group.leave.map(({ name, perYear }) => ({
    name,
    daysPerYear: perDay > 0 ? (meanOfExpression(perYear, model).value ?? 0) / perDay : 0,
  }));
}

/** Share of the possible working days that leave takes, on average. */
export function leaveOf(group: StaffGroup, model: Model): number {
  return leaveDaysOf(group, model).reduce((sum, { daysPerYear }) => sum + daysPerYear, 0) / POSSIBLE_DAYS;
}

/**
 * The share of working time lost to absence and leave together that is not exceeded with a probability; each line of the
 * text varies by itself. Exact where at most one of them varies; else the laws are added as `STRATA` equally likely values
 * each. Undefined where a line is more than one draw with constants.
 */
export function timeAwayNotExceeded(group: StaffGroup, model: Model, probability: number): number | undefined {
  const perYear = secondsPerDay(group, model) * POSSIBLE_DAYS;
  const parts: readonly (readonly [Expression, number])[] = [
    ...(group.absence === undefined ? [] : [[group.absence, 1] as const]),
    ...(perYear > 0 ? group.leave.map((each) => [each.perYear, perYear] as const) : []),
  ];
  let fixed = 0;
  const drawn: ((p: number) => number)[] = [];
  for (const [expression, unit] of parts) {
    const quantile = (p: number): number | undefined => quantileOfExpression(expression, model, p).value;
    const [low, high] = [quantile(LOWEST), quantile(1 - LOWEST)];
    if (low === undefined || high === undefined) return undefined;
    // Nobody is away for less than no time, whatever a normal law says.
    if (low === high) fixed += Math.max(0, low) / unit;
    else drawn.push((p) => Math.max(0, quantile(p) ?? 0) / unit);
  }
  return fixed + sumNotExceeded(drawn, probability);
}

/** Seconds of work on a day: a fifth of the contract. */
function secondsPerDay(group: StaffGroup, model: Model): number {
  return (contractHours(group, model) / WORKING_DAYS_PER_WEEK) * SECONDS.h;
}

const STRATA = 1000;
const LOWEST = 0.5 / STRATA;
const HALVINGS = 50;

/** What the sum of independent values does not exceed with a probability, from their quantiles. */
function sumNotExceeded(laws: readonly ((p: number) => number)[], probability: number): number {
  const [first, ...others] = laws;
  if (first === undefined) return 0;
  if (others.length === 0) return first(probability);
  const last = others.pop()!;
  const before = others.reduce((sum, law) => {
    const next = strata(law);
    return strata((p) => pairNotExceeded(sum, next, p));
  }, strata(first));
  return pairNotExceeded(before, strata(last), probability);
}

/** Equally likely values of a law, ascending: the middles of equal parts of its probability. */
function strata(law: (p: number) => number): readonly number[] {
  return Array.from({ length: STRATA }, (_, index) => law((index + 0.5) / STRATA));
}

/** The value that the sum of one of each list does not exceed with a probability; both ascending, all pairs equally likely. */
function pairNotExceeded(left: readonly number[], right: readonly number[], probability: number): number {
  let low = left[0]! + right[0]!;
  let high = left.at(-1)! + right.at(-1)!;
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    if (pairsUpTo(left, right, middle) < probability * left.length * right.length) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function pairsUpTo(left: readonly number[], right: readonly number[], most: number): number {
  let count = 0;
  let fitting = right.length;
  for (const value of left) {
    while (fitting > 0 && value + right[fitting - 1]! > most) fitting--;
    count += fitting;
  }
  return count;
}
