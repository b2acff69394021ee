import type { Highs } from 'highs';
import type { Effort } from '../roster/effort.js';
import type { RosterProblem } from '../roster/problem.js';
import type { RosterSolution } from '../roster/solve-roster.js';
import type { ConflictFact, RelaxationFact } from './explanation-facts.js';
import { countsPeople } from './roster-needs.js';
import type { RosterTask, TaskOptions } from './roster-task.js';

/** What an explanation is made from, and how much work may still be done for it. */
export interface Explaining {
  readonly highs: Highs;
  readonly task: RosterTask;
  readonly solution: RosterSolution;
  /** How the task was made. */
  readonly made: TaskOptions;
  readonly seed: number;
  readonly effort: Effort;
}

/** Rules and needs of which all together cannot be kept, and any one less could. */
export interface RosterConflict {
  /** A person for whom it leaves no line; absent where it leaves shifts uncovered. */
  readonly person?: string;
  /** Whether it is proved to be smallest: with little effort the last of its parts may not have been tried. */
  readonly smallest: boolean;
  readonly parts: readonly { readonly sentence: string; readonly place?: string; readonly fact: ConflictFact }[];
}

export interface Relaxation {
  /** `response`: rules that give way while a response is in force. */
  readonly kind: 'rule' | 'response' | 'shifts' | 'leave' | 'set' | 'borrow' | 'close' | 'together';
  readonly sentence: string;
  readonly fact: RelaxationFact;
  /** Where what it relaxes stands. */
  readonly places: readonly string[];
  /** Hours that would still be missing. */
  readonly missingHours: number;
  /** Cost of the roster with it, and of itself. */
  readonly cost: number;
}

/** Needs of people alone: two who are to be together are no shortage, and how deep one is counts once. */
export function ofPeople(task: RosterTask): RosterProblem {
  const needs = task.problem.needs.map((need, row) => (countsPeople(task.needs[row]!) ? need : { ...need, under: 0 }));
  return { ...task.problem, needs };
}
