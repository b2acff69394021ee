import type { Activation } from './crisis/response.js';
import type { Declaration } from './elements.js';
import type { BinaryOperator, Expression, FunctionName } from './expression.js';
import type { Origin } from './origin.js';
import type { Dimension } from './dimension.js';

export type Aim = 'health' | 'experience' | 'cost' | 'staff' | 'equity';

/** A figure defined over the event log that a run writes; the same definition works on a real event log. */
export interface Indicator extends Declaration {
  readonly measure: Measure;
  readonly aim?: Aim;
  /** Reported also for each value of this categorical attribute. */
  readonly by?: string;
  /** `for n from 9 to 16`: one figure for each value, shown as a table. */
  readonly table?: { readonly variable: string; readonly values: readonly number[] };
  readonly dimension: Dimension;
  /** True when a figure is a share of 1 and reads as a percentage. */
  readonly percentage: boolean;
}

/** A moment in a patient's way. */
export type Moment =
  | { readonly kind: 'arrival' }
  | { readonly kind: 'exit' }
  /** When the activity (step or hold) is asked for, when its work begins, when it ends. */
  | { readonly kind: 'activity'; readonly activity: string; readonly at: 'request' | 'start' | 'end' };

/**
 * A measure gives either one observation per patient (durations, waits, costs; read by mean or percentile) or one
 * number per run. `cohorts` limits it to some patients.
 */
export type Measure =
  | { readonly kind: 'time'; readonly from: Moment; readonly to: Moment; readonly cohorts?: readonly string[] }
  /** Waits of the listed steps and holds, or for a resource, role or skill wherever it is asked for. */
  | { readonly kind: 'wait'; readonly of: MeasureTarget; readonly cohorts?: readonly string[] }
  /** Share of observations of an inner measure for which a comparison holds: `share of StrokeBed waiting > 0 min`. */
  | {
      readonly kind: 'share';
      readonly of: Measure;
      readonly operator: '<' | '<=' | '>' | '>=' | '=';
      readonly limit: Expression;
    }
  /** Share of patients who leave with an outcome. */
  | { readonly kind: 'outcome share'; readonly outcome: string; readonly cohorts?: readonly string[] }
  | { readonly kind: 'value'; readonly value: Formula };

export type MeasureTarget =
  | { readonly kind: 'activity'; readonly activity: string }
  /** A resource or a stock. */
  | { readonly kind: 'resource'; readonly resource: string }
  | { readonly kind: 'role'; readonly role: string };

/** Arithmetic over what a run counted; one number per run. */
export type Formula =
  | { readonly kind: 'constant'; readonly value: Expression }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'operation'; readonly operator: BinaryOperator; readonly left: Formula; readonly right: Formula }
  | { readonly kind: 'negate' | 'not'; readonly operand: Formula }
  | { readonly kind: 'function'; readonly name: FunctionName; readonly arguments: readonly Formula[] }
  /** Share of time in which a condition over censuses holds: `P(census(Bed) = n)`. */
  | { readonly kind: 'probability'; readonly condition: Formula }
  /** Units in use at an instant (inside `probability`), or their mean over the window. */
  | { readonly kind: 'census'; readonly resource: string }
  | { readonly kind: 'queue'; readonly target: MeasureTarget }
  /** Share of the available unit-time in use over the window. */
  | { readonly kind: 'utilisation'; readonly target: MeasureTarget }
  /** Unit-seconds in use over the window. */
  | { readonly kind: 'busy time'; readonly target: MeasureTarget }
  /** Seconds of work of people of a role beyond those on duty, over the window. */
  | { readonly kind: 'overtime'; readonly role: string }
  /** Share of the window in which a level, trigger or response is in force. */
  | {
      readonly kind: 'time share';
      readonly of: Activation | { readonly kind: 'response'; readonly response: string };
    }
  | { readonly kind: 'capacity'; readonly target: MeasureTarget }
  /** Mean level of a stock over the window. */
  | { readonly kind: 'level'; readonly stock: string }
  /** How often in the window: arrivals of a cohort, starts or ends of an activity, finishes with an outcome. */
  | { readonly kind: 'count'; readonly of: 'arrivals' | 'starts' | 'completions' | 'exits'; readonly target?: string }
  /** Money spent over the window. */
  | { readonly kind: 'cost'; readonly of: 'steps' | 'staff' | 'resources' | 'all' }
  | { readonly kind: 'duration of window' }
  | {
      readonly kind: 'indicator';
      readonly indicator: string;
      readonly statistic: Statistic;
      readonly argument?: Formula;
    };

export type Statistic = 'mean' | 'sd' | 'minimum' | 'maximum' | 'count' | { readonly percentile: number };

/** A contract: `pathway test` fails when a study shows that it does not hold. */
export interface Expectation {
  readonly id: string;
  readonly origin: Origin;
  /** The contract as text, for messages and reports. */
  readonly text: string;
  readonly indicator: string;
  readonly statistic: Statistic;
  /** Value of the indicator's table variable, where it has one. */
  readonly argument?: number;
  readonly operator: '<' | '<=' | '>' | '>=';
  /** In the indicator's unit; where the figure is compared with another, how much more than that it may be. */
  readonly limit: Expression;
  /** Scenario ids; empty means every scenario in which a study measures it. */
  readonly scenarios: readonly string[];
  readonly against?: ComparedFigure;
}

/** The figure that another one is compared with, for the same patients. */
export interface ComparedFigure {
  readonly indicator: string;
  readonly statistic: Statistic;
  readonly argument?: number;
  readonly scenario: string;
  /** So much of it; all where absent. */
  readonly factor?: Expression;
}
