import type { RosterProblem } from './problem.js';

/** Longer periods are built in parts, and bounded by blocks. */
export const LONGEST_WHOLE = 63;
/** Days of a block: long enough for runs and weekends, short enough to be priced as a whole. */
const BLOCK = 28;

/** Days on which a long period is cut, each a Monday, about so many days apart: from 0 on, and the day after its last. */
export function cutsOf(problem: Pick<RosterProblem, 'days' | 'firstWeekday'>, length = BLOCK): readonly number[] {
  const monday = (7 - problem.firstWeekday) % 7;
  const cuts = [0];
  for (let day = monday + length; day + length / 2 <= problem.days; day += length) cuts.push(day);
  return [...cuts, problem.days];
}
