import type { Declaration } from './elements.js';
import type { Arrivals } from './elements.js';
import type { Expression } from './expression.js';
import type { Origin } from './origin.js';
import type { Schedule } from './schedule.js';

/** The model with some of its declared values changed. */
export interface Scenario extends Declaration {
  /** Scenarios whose changes come first. */
  readonly basedOn: readonly string[];
  readonly overrides: readonly Override[];
}

/** `set ASUBed.count = 12`: what is changed, and to what. */
export interface Override {
  readonly origin: Origin;
  /** The change as text, for reports. */
  readonly text: string;
  readonly target: OverrideTarget;
  readonly value:
    | { readonly kind: 'expression'; readonly expression: Expression }
    | { readonly kind: 'arrivals'; readonly arrivals: Arrivals }
    | { readonly kind: 'schedule'; readonly schedule: Schedule };
}

export type OverrideTarget =
  | { readonly kind: 'number'; readonly id: string }
  | { readonly kind: 'resource'; readonly id: string; readonly property: 'count' | 'cost' }
  | { readonly kind: 'staff'; readonly id: string; readonly property: 'headcount' | 'on duty' | 'absence' | 'contract' }
  | { readonly kind: 'role'; readonly id: string; readonly property: 'cost' }
  | { readonly kind: 'cohort'; readonly id: string; readonly property: 'arrives' | 'priority' }
  | { readonly kind: 'attribute'; readonly cohort: string; readonly name: string }
  | { readonly kind: 'step'; readonly id: string; readonly property: 'takes' | 'within' | 'priority' }
  /** Share of a branch of a `choose`, by the activity's id and the branch's index. */
  | { readonly kind: 'share'; readonly id: string; readonly branch: number };

/** What is simulated, how long and how often. */
export interface Study extends Declaration {
  /** Scenario ids in order; the first is what the others are compared with. */
  readonly scenarios: readonly string[];
  /** Local date and time, ISO without zone: `2026-01-05T00:00`. */
  readonly start: string;
  /** Zone of the calendar; `UTC` when no territory gives one. */
  readonly timezone: string;
  /** ISO dates of the holidays that its territory lists, ascending. */
  readonly holidays?: readonly string[];
  /** Seconds. The clock runs for `warmUp + run`. */
  readonly run: Expression;
  readonly warmUp: Expression;
  readonly replications: ReplicationPlan;
  readonly seed: number;
  /** Ids of the indicators it reports; empty means all. */
  readonly indicators: readonly string[];
  /** Ids of pathways that take part; empty means all that have cohorts. */
  readonly pathways: readonly string[];
}

export type ReplicationPlan =
  | { readonly kind: 'fixed'; readonly times: number }
  | {
      readonly kind: 'precision';
      readonly indicator: string;
      /** Half-width of the 95 % interval, in the indicator's unit. */
      readonly halfWidth: Expression;
      readonly atMost: number;
    };
