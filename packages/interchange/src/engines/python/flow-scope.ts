import type { Instruction } from '@pathway/simulation';
import type { ExpressionScope } from '../expressions.js';
import type { SnakeNames } from '../program-text.js';
import type { RequestScope } from '../request-book.js';

/** What the ways of one pathway share with the rest of the program. */
export interface FlowScope extends ExpressionScope, RequestScope {
  readonly names: SnakeNames;
  /** Names of targets by their place. */
  readonly targets: readonly string[];
  readonly measured: ReadonlySet<number>;
  /** Activities at whose requests something is watched. */
  readonly watched: ReadonlySet<number>;
  readonly gathers: boolean;
  /** Definitions that stand before the ways: where patients gather. */
  readonly definitions: string[];
}

/** Stands for what a branch gives back until that is known. */
export const KEPT_IN_BRANCH = '# kept in the branch';

/** The instructions of one kind. */
export type Op<K extends Instruction['op']> = Extract<Instruction, { op: K }>;
