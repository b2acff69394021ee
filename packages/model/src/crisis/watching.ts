import type { Declaration, Titles } from '../elements.js';
import type { BinaryOperator, Expression, FunctionName } from '../expression.js';
import type { Origin } from '../origin.js';

/** Ordered levels of strain, the calmest first. */
export interface Scale extends Declaration {
  readonly levels: readonly {
    readonly name: string;
    readonly title?: string;
    readonly titles?: Titles;
    readonly origin: Origin;
  }[];
}

/** A level of a scale, at one organisation or everywhere. */
export interface LevelReference {
  readonly scale: string;
  readonly level: string;
  readonly organisation?: string;
}

/**
 * A value that an operator can see at a moment, with what it is made of. Shares are 0 to 1, times seconds, comparisons
 * and conditions true or false.
 */
export type Reading =
  | { readonly kind: 'constant'; readonly value: Expression }
  | { readonly kind: 'operation'; readonly operator: BinaryOperator; readonly left: Reading; readonly right: Reading }
  | { readonly kind: 'negate' | 'not'; readonly operand: Reading }
  | { readonly kind: 'function'; readonly name: FunctionName; readonly arguments: readonly Reading[] }
  | { readonly kind: 'signal'; readonly signal: string }
  /** Of a resource, role, stock, step or hold (its id) as it is now. */
  | { readonly kind: 'state'; readonly measure: StateReading; readonly of: string }
  /**
   * What was in the last `over` seconds: people who arrived (of a cohort), starts and ends of an activity, finishes with
   * an outcome, or the mean wait of those whose wait for an activity, resource or role ended then.
   */
  | { readonly kind: 'recent'; readonly measure: RecentReading; readonly of?: string; readonly over: Expression };

/** `absence` is the share of the people of a role who should be on duty and are not. */
export type StateReading = 'queue' | 'busy' | 'free' | 'occupancy' | 'capacity' | 'level' | 'absence';
export type RecentReading = 'arrivals' | 'starts' | 'completions' | 'exits' | 'wait';

export interface Signal extends Declaration {
  /** What it is counted in, for readers. */
  readonly unit?: string;
  readonly reads:
    | {
        readonly kind: 'series';
        /** The file and its column, as written: whoever watches it while it grows reads it again. */
        readonly file: string;
        readonly column: string;
        readonly values: readonly number[];
        /** Seconds for which each value holds, from the start of the study on. */
        readonly slot?: number;
        /** Instead: local date and time from which each value holds, ascending, ISO without zone. */
        readonly times?: readonly string[];
        /** The column of the times. */
        readonly dated?: string;
      }
    | { readonly kind: 'measure'; readonly value: Reading };
  /** Its mean over so many seconds before: of its samples where it is sampled, else over time. */
  readonly averagedOver?: Expression;
  /** Minutes after midnight at which it is read; else at every moment. */
  readonly sampledAt?: number;
}

/** An organisation's level on the gauge's scale, or another gauge of that scale. */
export type GaugeMember =
  { readonly kind: 'organisation'; readonly organisation: string } | { readonly kind: 'gauge'; readonly gauge: string };

/** The level of a scale, from points or from the levels of others: the highest that any of its rules gives. */
export interface Gauge extends Declaration {
  readonly scale: string;
  readonly organisation?: string;
  readonly sampledAt?: number;
  /** Each gives the points of the first line whose limit its value is below; their sum is the score. */
  readonly scores: readonly {
    readonly value: Reading;
    readonly points: readonly { readonly points: number; readonly below?: Expression }[];
    readonly origin: Origin;
  }[];
  /** The levels from so many points on. */
  readonly thresholds: readonly { readonly level: string; readonly from: number; readonly origin: Origin }[];
  /** The highest level of any of these. */
  readonly worstOf: readonly GaugeMember[];
  /** A level where so many of its members have at least another one. */
  readonly counted: readonly {
    readonly level: string;
    readonly count: number;
    readonly members: readonly GaugeMember[];
    readonly least: string;
    readonly origin: Origin;
  }[];
}

/** What a message of the Common Alerting Protocol 1.2 must say. An empty list asks for nothing. */
export interface AlertFilter {
  readonly categories: readonly string[];
  /** Texts of which one stands in the event, small and capital letters alike. */
  readonly events: readonly string[];
  readonly severities: readonly string[];
  readonly urgencies: readonly string[];
  readonly certainties: readonly string[];
  /** Alert or Update; what a Cancel or an All-Clear ends is said by the message itself. */
  readonly messageTypes: readonly string[];
  /** Territories, of which one must lie in the alert's area. */
  readonly territories: readonly string[];
}

/**
 * A state machine: at rest; pending while `when` holds and has not yet held for `lasting`; active until `until` has held
 * for `calm`. One that an alert fires is active from a matching message to its end.
 */
export interface Trigger extends Declaration {
  /** The level that there is at least while it is active; the highest that any trigger or gauge sets holds. */
  readonly sets?: LevelReference;
  readonly fires:
    | { readonly kind: 'condition'; readonly when: Reading; readonly lasting?: Expression }
    | { readonly kind: 'alert'; readonly filter: AlertFilter };
  readonly until?: Reading;
  readonly calm?: Expression;
}
