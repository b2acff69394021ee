import type { InputCall } from './control-types.js';
import type { ArithmeticOperator, InputFunction } from './expression-types.js';

export type InputMoment =
  { readonly at: 'arrival' | 'exit' } | { readonly at: 'request' | 'start' | 'end'; readonly activity: number };

export interface InputIndicator {
  readonly id: string;
  readonly title: string;
  readonly unit: 'duration' | 'share' | 'count' | 'money' | 'number' | 'rate';
  readonly currency?: string;
  readonly aim?: string;
  readonly by?: number;
  readonly table?: readonly number[];
  /** Percentiles to report beside the usual ones. */
  readonly percentiles?: readonly number[];
  readonly measure: InputMeasure;
}

type Comparison = '<' | '<=' | '>' | '>=' | '=';

export type InputMeasure =
  | { readonly kind: 'time'; readonly from: number; readonly to: number; readonly cohorts?: readonly number[] }
  /** Waits of these `request` and `try` instructions. */
  | { readonly kind: 'wait'; readonly requests: readonly number[]; readonly cohorts?: readonly number[] }
  | {
      readonly kind: 'share';
      readonly of: InputMeasure;
      readonly operator: Comparison;
      readonly limit: number;
    }
  | { readonly kind: 'outcome share'; readonly outcome: number; readonly cohorts?: readonly number[] }
  | { readonly kind: 'value'; readonly value: InputFormula };

export type InputStatistic = 'mean' | 'sd' | 'minimum' | 'maximum' | 'count' | { readonly percentile: number };

export type InputFormula =
  | { readonly op: 'number'; readonly value: number }
  | { readonly op: 'variable' }
  | {
      readonly op: 'operation';
      readonly operator: ArithmeticOperator;
      readonly left: InputFormula;
      readonly right: InputFormula;
    }
  | { readonly op: 'negate' | 'not'; readonly of: InputFormula }
  | { readonly op: 'function'; readonly name: InputFunction; readonly arguments: readonly InputFormula[] }
  | { readonly op: 'probability'; readonly condition: InputFormula }
  | {
      readonly op: 'census' | 'queue' | 'utilisation' | 'busy time' | 'overtime' | 'capacity';
      readonly facilities: readonly number[];
    }
  /** Share of the window in which what is watched is in force: by its place in the control. */
  | { readonly op: 'time share'; readonly of: InputCall | { readonly response: number } }
  /** How often a response begins in the window. */
  | { readonly op: 'activations'; readonly response: number }
  /** What a response costs: itself and what it brings, beyond what the facilities cost anyway or with `all` of it. */
  | { readonly op: 'response cost'; readonly response: number; readonly of: 'beyond' | 'all' }
  /** Mean requests of these instructions that wait. */
  | { readonly op: 'waiting'; readonly requests: readonly number[] }
  | { readonly op: 'arrivals'; readonly cohorts?: readonly number[] }
  | { readonly op: 'starts' | 'completions'; readonly activities?: readonly number[] }
  /** Seconds that those activities took which ended in the window. */
  | { readonly op: 'time in'; readonly activities: readonly number[] }
  | { readonly op: 'exits'; readonly outcome?: number }
  /** Of these facilities alone, without the cost of steps and of what responses bring, where some are named. */
  | {
      readonly op: 'cost';
      readonly of: 'steps' | 'staff' | 'resources' | 'all';
      readonly facilities?: readonly number[];
    }
  | { readonly op: 'window' }
  | {
      readonly op: 'indicator';
      readonly indicator: number;
      readonly statistic: InputStatistic;
      readonly argument?: InputFormula;
    };

export interface InputExpectation {
  readonly id: string;
  readonly text: string;
  readonly indicator: number;
  readonly statistic: InputStatistic;
  readonly argument?: number;
  readonly operator: '<' | '<=' | '>' | '>=';
  readonly limit: number;
  /** So much of the compared figure of that scenario is taken off before the limit is looked at, replication by replication. */
  readonly against?: { readonly scenario: string; readonly factor: number };
}

/** A figure that the expectation of this id is compared with. */
export interface InputComparedFigure {
  readonly expectation: string;
  readonly indicator: number;
  readonly statistic: InputStatistic;
  readonly argument?: number;
}
