import type { Highs } from 'highs';
import { Effort } from '../roster/effort.js';
import { leastShortage } from '../roster/least-shortage.js';
import type { RosterSolution } from '../roster/solve-roster.js';
import { type Explaining, ofPeople, type Relaxation, type RosterConflict } from './explaining.js';
import { lineRelaxations } from './line-relaxations.js';
import { missingHours } from './missing-work.js';
import { conflictOfNeeds, conflictOfPerson } from './roster-conflicts.js';
import { relaxationsOf } from './roster-relaxations.js';
import type { RosterTask, TaskOptions } from './roster-task.js';

export type { Relaxation, RosterConflict } from './explaining.js';

/** Why people are missing and what would help: published as a part of `docs/schemas/roster.schema.json`. */
export interface RosterExplanation {
  /** Hours of work on shifts that nobody does. */
  readonly missingHours: number;
  readonly conflicts: readonly RosterConflict[];
  /** The cheapest first. */
  readonly relaxations: readonly Relaxation[];
}

export interface ExplainOptions {
  readonly seed: number;
  /**
   * How much work may be done for what would help; a unit is about a second of one processor core. Why people are missing
   * may take as much again, and no less than 30 units, so that it does not depend on how hard a roster was sought.
   */
  readonly effort: number;
  readonly interrupted?: () => boolean;
  /** How the task was made. */
  readonly made: TaskOptions;
}

/** Conflicts of single people that are told. */
const MOST_PEOPLE = 5;
/** Units that may be spent on why at least: a ward of 39 people and nine rules takes twelve. */
const LEAST_FOR_WHY = 30;

/**
 * Says why a roster is short: smallest sets of rules and needs that cannot all be kept, by leaving out one after another
 * (deletion filter, Chinneck and Dravnieks 1991) under a bound on the shortage, and what would help most cheaply, each solved
 * for before it is offered.
 * @throws RangeError for an effort that is not above 0
 */
export function explainRoster(
  highs: Highs,
  task: RosterTask,
  solution: RosterSolution,
  { seed, effort, interrupted, made }: ExplainOptions,
): RosterExplanation {
  const explaining: Explaining = { highs, task, solution, made, seed, effort: new Effort(effort, interrupted) };
  const forWhy = new Effort(Math.max(LEAST_FOR_WHY, effort), interrupted);
  const why: Explaining = { ...explaining, effort: forWhy };
  const missing = missingHours(task, solution.roster);
  const people = solution.withoutLine
    .slice(0, MOST_PEOPLE)
    .map((person) => ({ person, found: conflictOfPerson(why, person) }));
  const whole = missing > 0 ? leastShortage(highs, ofPeople(task), forWhy) : undefined;
  const shortage = whole === undefined ? undefined : conflictOfNeeds(why, whole);
  const relaxations = [
    ...people.flatMap(({ person, found }) => lineRelaxations(explaining, person, found)),
    ...(whole === undefined ? [] : relaxationsOf(explaining, missing, whole.bound)),
  ];
  return {
    missingHours: missing,
    conflicts: [...people.map(({ found }) => found.conflict), ...(shortage === undefined ? [] : [shortage])],
    relaxations: relaxations.sort((one, other) => one.cost - other.cost),
  };
}
