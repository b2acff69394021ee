import type { InputNeed } from './types.js';
import type { InputExpression } from './expression-types.js';

/**
 * Instructions that stand for others at the same activity while responses are in force count visits with them.
 */
interface CountsWith {
  readonly visits?: number;
}

/**
 * The program. Control goes to the next instruction unless one says otherwise. `copy` tells apart the copies of an
 * activity that calls made.
 */
export type Instruction = CountsWith &
  /** Waits for all needs at once and puts them into slots from `slot`; then gives back what `pending` still keeps. */
  (
    | {
        readonly op: 'request';
        readonly activity: number;
        readonly copy: number;
        readonly needs: readonly InputNeed[];
        readonly slot: number;
        readonly pending: readonly number[];
        readonly priority?: InputExpression;
        readonly patience?: { readonly limit: InputExpression; readonly to: number };
        /** Takes what it lacks from work that may be interrupted and has a larger number of priority. */
        readonly preempts?: true;
        /** How long staff that it takes must stay on duty. */
        readonly fits?: InputExpression;
      }
    /** As request, but never waits: goes on at `to` when it got them, at the next instruction when not. */
    | {
        readonly op: 'try';
        readonly activity: number;
        readonly copy: number;
        readonly needs: readonly InputNeed[];
        readonly slot: number;
        readonly pending: readonly number[];
        readonly to: number;
      }
    /** Goes to the option with the smallest queue + busy − capacity, the first of equals. */
    | {
        readonly op: 'least busy';
        readonly activity: number;
        readonly options: readonly { readonly facilities: readonly number[]; readonly to: number }[];
      }
    /** A hold's work begins and ends; its register remembers when. */
    | { readonly op: 'begin'; readonly activity: number; readonly register: number }
    | {
        readonly op: 'work';
        readonly activity: number;
        readonly copy: number;
        readonly takes: InputExpression;
        /** What remains of work that began before the clock: its draws have a name of their own. */
        readonly remaining?: true;
        readonly costs: readonly InputExpression[];
        /** How it gives way: the request that it asks again, and what becomes of the work. */
        readonly gives?: {
          readonly request: number;
          readonly interruption?: 'resumes' | 'restarts';
          /** Where whoever is interrupted goes on, without the work. */
          readonly leaves?: number;
          readonly handedOver?: true;
          /** The `depends` that says what becomes of it when something is lost. */
          readonly depends?: number;
        };
      }
    /** Waits until the next of these instants, or goes on at once where it is one. */
    | { readonly op: 'until'; readonly activity: number; readonly at: readonly number[] }
    | {
        readonly op: 'set';
        readonly activity: number;
        readonly copy: number;
        readonly attribute: number;
        readonly value: InputExpression;
      }
    /** Without a register: the end of the work before it. */
    | { readonly op: 'end'; readonly activity: number; readonly register?: number }
    | { readonly op: 'give back'; readonly slots: readonly number[] }
    /** Gives back a slot of the token so many forks up. */
    | { readonly op: 'release'; readonly up: number; readonly slot: number }
    | { readonly op: 'jump'; readonly to: number }
    /** Goes on at the place that belongs to the set of a component's responses in force, a bit for each of them. */
    | { readonly op: 'way'; readonly component: number; readonly to: readonly number[] }
    /** Goes on where all of these are there, else at the place of the first that is not, or waits without one. */
    | {
        readonly op: 'depends';
        readonly activity: number;
        readonly on: readonly { readonly dependence: number; readonly to?: number }[];
      }
    | {
        readonly op: 'unless';
        readonly activity: number;
        readonly copy: number;
        readonly condition: InputExpression;
        readonly to: number;
      }
    | {
        readonly op: 'share';
        readonly activity: number;
        readonly copy: number;
        readonly branches: readonly { readonly share: InputExpression; readonly to: number }[];
        readonly otherwise: number;
      }
    | {
        readonly op: 'match';
        readonly activity: number;
        readonly attribute: number;
        readonly branches: readonly { readonly values: readonly number[]; readonly to: number }[];
        readonly otherwise: number;
      }
    /** With `race`, the first branch to end abandons the others. */
    | {
        readonly op: 'fork';
        readonly activity: number;
        readonly branches: readonly number[];
        readonly then: number;
        readonly race?: true;
      }
    /**
     * Waits for a group, which runs from the next instruction to its `join`; its members then go on at `then`. Groups
     * leave with `size` members or `after` the first came, or at multiples of `every` with `most` at most.
     */
    | {
        readonly op: 'gather';
        readonly activity: number;
        readonly copy: number;
        readonly size?: number;
        readonly after?: InputExpression;
        readonly every?: number;
        readonly most?: number;
        readonly then: number;
      }
    | { readonly op: 'join' }
    /** Asks, beside what goes on, for as much of a target as a slot keeps, to be exchanged for it. */
    | {
        readonly op: 'seek';
        readonly activity: number;
        readonly copy: number;
        readonly target: number;
        readonly slot: number;
        readonly priority?: InputExpression;
      }
    /** Withdraws what `seek` asked for a slot. */
    | { readonly op: 'stay'; readonly slot: number }
    /** Begins counting rounds; goes to `to` when there is none to make. */
    | {
        readonly op: 'rounds';
        readonly activity: number;
        readonly copy: number;
        readonly register: number;
        readonly times?: InputExpression;
        readonly to: number;
      }
    /** After a round: goes to `to` for another one, at its time. */
    | {
        readonly op: 'again';
        readonly activity: number;
        readonly copy: number;
        readonly register: number;
        readonly until?: InputExpression;
        readonly again?: InputExpression;
        readonly every?: InputExpression;
        readonly to: number;
      }
    | { readonly op: 'finish'; readonly outcome: number }
    | { readonly op: 'exit' }
  );
