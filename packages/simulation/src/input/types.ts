import type { InputControl } from './control-types.js';
import type { Instruction } from './instruction-types.js';
import type { InputExpression } from './expression-types.js';
import type { InputComparedFigure, InputExpectation, InputIndicator, InputMoment } from './measure-types.js';

/**
 * The simulation input: everything that the engine reads, as plain JSON. Times are seconds after the start of the clock,
 * money whole currency units, shares fractions of 1. Other parts of the input are named by their place in their list.
 * Published as docs/schemas/simulation-input.schema.json.
 */
export interface SimulationInput {
  readonly format: 'pathway-simulation-input';
  readonly formatVersion: 1;
  readonly languageVersion: string;
  readonly sourceHash: string;
  readonly study: string;
  readonly scenario: string;
  readonly title: string;
  readonly seed: number;
  /** Local start of the clock, ISO without zone. */
  readonly start: string;
  readonly timezone: string;
  readonly warmUp: number;
  readonly run: number;
  /**
   * So many equal parts of the run's window have results of their own, each as if it were the window; absent for one
   * window and one result.
   */
  readonly batches?: number;
  /**
   * All that is read of the results: these indicators, by their places and without their groups, and the expectations or
   * not. What is not read is not counted, and the results have nothing about resources. Absent for everything.
   */
  readonly reads?: { readonly indicators: readonly number[]; readonly expectations: boolean };
  /** Where in the local week the clock is: piecewise, `hour` is hours after Monday 00:00 at `at`. */
  readonly week: readonly { readonly at: number; readonly hour: number }[];
  /** Assumptions that the compiler made explicit, for reports. */
  readonly notes: readonly string[];
  /** All values of categorical attributes; an attribute holds the place of its value in this list. */
  readonly categories: readonly string[];
  readonly attributes: readonly { readonly name: string; readonly categories: readonly number[] }[];
  readonly facilities: readonly InputFacility[];
  readonly pools: readonly InputPool[];
  /** Pools that are used up and filled again. */
  readonly stocks: readonly InputStock[];
  /** Units of one pool that become units of another; absent for none. */
  readonly conversions?: readonly InputConversion[];
  /** Crises, triggers and responses, and what work depends on; absent where there is none of it. */
  readonly control?: InputControl;
  readonly targets: readonly InputTarget[];
  readonly cohorts: readonly InputCohort[];
  readonly flows: readonly InputFlow[];
  /** Patients who are there at time 0, in the order in which they take their places. */
  readonly present: readonly InputPresent[];
  readonly activities: readonly InputActivity[];
  readonly outcomes: readonly string[];
  /** Times that a patient's clocks remember: when an activity ended last, how long its last request waited. */
  readonly clocks?: readonly { readonly activity?: number; readonly of: 'end' | 'wait' }[];
  /** Places that a patient's token keeps: units taken, and counters of repetitions. */
  readonly slots: number;
  readonly registers: number;
  readonly instructions: readonly Instruction[];
  readonly moments: readonly InputMoment[];
  readonly indicators: readonly InputIndicator[];
  readonly expectations: readonly InputExpectation[];
  /** Figures that expectations of this or another scenario are compared with; absent for none. */
  readonly compared?: readonly InputComparedFigure[];
}

/** A resource, staff group or stock as reports know it; its units are in one pool or, for named people, one pool each. */
export interface InputFacility {
  readonly id: string;
  readonly title: string;
  readonly kind: 'resource' | 'staff' | 'stock';
  readonly role?: string;
  /** Money per second and unit. */
  readonly cost: number;
  readonly origin: string;
}

/** Units that cannot be told apart. */
export interface InputPool {
  readonly id: string;
  readonly facility: number;
  readonly capacity: 'unlimited' | StepFunction;
  readonly breakdown?: { readonly every: InputExpression; readonly lasts: InputExpression };
}

/** A pool whose units are used up: its capacity is the level. */
export interface InputStock {
  readonly pool: number;
  /** What is counted, for readers. */
  readonly unit?: string;
  /** Room for so many units; of a delivery no more is kept. */
  readonly most?: number;
  /** So much at each of these times. */
  readonly deliveries: readonly { readonly at: readonly number[]; readonly amount: InputExpression }[];
  /** Ordered when the level falls below a limit and nothing is on order, and there so long after. */
  readonly orders: readonly {
    readonly below: number;
    readonly amount: InputExpression;
    readonly after: InputExpression;
  }[];
}

/** So many units of a pool become units of another at `at`, in use or as soon as they are free; back at `until`. */
export interface InputConversion {
  readonly pool: number;
  readonly to: number;
  readonly units: number;
  /** Absent where a response begins and ends it. */
  readonly at?: number;
  readonly until?: number;
}

/** A function that is constant between the instants `at`; `at[0]` is 0. With `period` it begins anew after that time. */
export interface StepFunction {
  readonly at: readonly number[];
  readonly value: readonly number[];
  readonly period?: number;
}

/** What can be asked for: a resource, a role somewhere, a skill. Free members of the lowest rank are taken first. */
export interface InputTarget {
  readonly name: string;
  readonly members: readonly { readonly pool: number; readonly rank: number }[];
  /** Allowances of the control by which others may stand in, in their order. */
  readonly standIns?: readonly number[];
}

export interface InputCohort {
  readonly id: string;
  readonly title: string;
  readonly origin: string;
  readonly priority: InputExpression;
  readonly arrivals: InputArrivals;
  readonly attributes: readonly { readonly attribute: number; readonly value: InputExpression }[];
  /** Where its patients begin. */
  readonly entries: readonly { readonly flow: number; readonly instruction: number }[];
}

export type InputArrivals =
  | { readonly kind: 'none' }
  /** `group`: how many come together each time; absent where they come alone. */
  | {
      readonly kind: 'renewal';
      readonly between: InputExpression;
      readonly first?: InputExpression;
      readonly group?: InputExpression;
    }
  | { readonly kind: 'poisson'; readonly rate: StepFunction; readonly group?: InputExpression }
  | { readonly kind: 'batch'; readonly size: InputExpression; readonly at: readonly number[] }
  /** Booked times, one a person; each comes with probability `shows`, so long after the time (or before it). */
  | {
      readonly kind: 'appointments';
      readonly at: readonly number[];
      readonly shows: InputExpression;
      readonly deviation: InputExpression;
    }
  | { readonly kind: 'recorded'; readonly at: readonly number[] };

/** A cohort's way through a pathway. */
export interface InputFlow {
  readonly pathway: string;
  readonly title: string;
  readonly cohort: number;
}

/** So many patients of a flow's cohort who begin at an instruction of their own, which leads to their place. */
export interface InputPresent {
  readonly flow: number;
  readonly instruction: number;
  readonly count: number;
}

export interface InputActivity {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly origin: string;
}

export interface InputNeed {
  readonly amount: InputExpression;
  /** Targets in order of preference. */
  readonly of: readonly number[];
  /** Units are used up; `over time` means that the amount is made with the draws of the step's time. */
  readonly consumes?: 'once' | 'over time';
}
