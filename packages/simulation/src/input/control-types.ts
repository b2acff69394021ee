import type { StepFunction } from './types.js';
import type { InputExpression } from './expression-types.js';

/**
 * What happens to a run from outside, what is watched in it, and what is done about it. Parts are named by their place in
 * their list. Times are seconds after the start of the clock.
 */
export interface InputControl {
  /** Factors of expressions (`variable`), 1 unless a change says otherwise. */
  readonly variables: number;
  /** Responses that change the ways; instructions `way` look whether one is in force. */
  readonly components: number;
  /** Activities that several others stand for: with which it begins, and with which it ends. */
  readonly standIns: readonly { readonly activity: number; readonly first: number; readonly last: number }[];
  readonly places: readonly InputLevelPlace[];
  readonly signals: readonly InputSignal[];
  readonly recents: readonly InputRecent[];
  readonly triggers: readonly InputTrigger[];
  readonly gauges: readonly InputGauge[];
  readonly responses: readonly InputResponse[];
  readonly changes: readonly InputChange[];
  readonly allowances: readonly InputAllowance[];
  readonly teams: readonly InputTeam[];
  readonly effects: readonly InputEffect[];
  readonly sources: readonly InputSource[];
  readonly dependences: readonly InputDependence[];
  /** Pools that have no units while something fails that they depend on. */
  readonly needs: readonly { readonly pool: number; readonly dependences: readonly number[] }[];
}

interface Titled {
  readonly id: string;
  readonly title: string;
  readonly origin: string;
}

/** Where a scale has a level, the calmest first. */
interface InputLevelPlace {
  readonly scale: string;
  readonly title: string;
  readonly organisation?: string;
  readonly levels: readonly { readonly name: string; readonly title: string }[];
}

/** What can be seen at a moment; shares are 0 to 1, conditions 0 or 1. */
export type InputReading =
  | { readonly op: 'number'; readonly value: number }
  | { readonly op: 'signal'; readonly signal: number }
  | {
      readonly op: 'state';
      readonly measure: 'queue' | 'busy' | 'free' | 'occupancy' | 'capacity';
      readonly facilities: readonly number[];
    }
  /** Requests of these instructions that wait. */
  | { readonly op: 'waiting'; readonly requests: readonly number[] }
  | { readonly op: 'absence'; readonly pools: readonly number[] }
  | { readonly op: 'recent'; readonly recent: number }
  | { readonly op: 'negate' | 'not'; readonly of: InputReading }
  | {
      readonly op: 'operation';
      readonly operator: Extract<InputExpression, { op: 'operation' }>['operator'];
      readonly left: InputReading;
      readonly right: InputReading;
    }
  | {
      readonly op: 'function';
      readonly name: Extract<InputExpression, { op: 'function' }>['name'];
      readonly arguments: readonly InputReading[];
    };

/** A signal looks at earlier ones only. */
interface InputSignal extends Titled {
  /** A reading, or a series; null is not known. */
  readonly reads: InputReading | { readonly at: readonly number[]; readonly value: readonly (number | null)[] };
  /** The time over which it is averaged. */
  readonly window?: number;
  /** The instants at which it is read; at any without them. */
  readonly samples?: readonly number[];
}

/** What was in the last `over` seconds: how many, or the mean wait. */
export interface InputRecent {
  readonly over: number;
  readonly of:
    | { readonly kind: 'arrivals'; readonly cohort?: number }
    | { readonly kind: 'exits'; readonly outcome?: number }
    | { readonly kind: 'starts' | 'completions'; readonly activity: number }
    | { readonly kind: 'wait'; readonly requests: readonly number[] };
}

interface InputTrigger extends Titled {
  /** Absent where an alert fires it. */
  readonly when?: InputReading;
  readonly lasting: number;
  readonly until?: InputReading;
  readonly calm: number;
  readonly sets?: { readonly place: number; readonly level: number };
}

type InputMember = { readonly place: number } | { readonly gauge: number };

interface InputGauge extends Titled {
  readonly place: number;
  readonly scores: readonly {
    readonly value: InputReading;
    readonly points: readonly { readonly points: number; readonly below?: number }[];
  }[];
  readonly thresholds: readonly { readonly level: number; readonly from: number }[];
  readonly worstOf: readonly InputMember[];
  readonly counted: readonly {
    readonly level: number;
    readonly count: number;
    readonly least: number;
    readonly members: readonly InputMember[];
  }[];
  readonly samples?: readonly number[];
}

/** A trigger that is active, or a level at least (`only`: exactly) where a scale has one or of a gauge. */
export type InputCall =
  | { readonly trigger: number }
  | { readonly place: number; readonly level: number; readonly only: boolean }
  | { readonly gauge: number; readonly level: number; readonly only: boolean };

export interface InputResponse extends Titled {
  readonly calls: readonly InputCall[];
  readonly atMost?: number;
  readonly delay: number;
  readonly after: readonly number[];
  readonly changes: readonly number[];
  /** Money for each time that it begins, and per second in force, beside what it adds. */
  readonly cost?: { readonly each: number; readonly perSecond: number };
}

/** Who may stand in for the members of a target, while a change is on and from a level on. */
export interface InputAllowance {
  readonly title: string;
  readonly change: number;
  /** One of the places has the level at least. */
  readonly from?: { readonly places: readonly number[]; readonly level: number };
  readonly pools: readonly number[];
  /** So many of these pools are bound for each so many who stand in; `leads` where they are of those that are replaced. */
  readonly supervision?: {
    readonly pools: readonly number[];
    readonly supervisors: number;
    readonly per: number;
    readonly leads: boolean;
  };
  /** Work done in a time, as a share of what those do who are replaced. */
  readonly speed: number;
}

/** Who must be on duty for each so many units in use: the line of the highest level that one of the places has. */
export interface InputTeam {
  readonly places: readonly number[];
  readonly lines: readonly {
    readonly level: number;
    readonly per: number;
    readonly members: readonly { readonly amount: number; readonly pools: readonly number[] }[];
  }[];
}

/** What is otherwise while an effect lasts or a response is in force. `id` keys its draws. */
export type InputChange = {
  readonly id: string;
  /** For readers: what it is about. */
  readonly title: string;
  /** Seconds from the beginning of a response until it takes effect. */
  readonly lead?: number;
} & (
  | {
      readonly kind: 'loss';
      readonly pools: readonly number[];
      readonly loses: 'units' | 'share' | 'all';
      readonly amount: number;
      /** The whole numbers that a share makes are drawn, so that their mean is right. */
      readonly drawn?: true;
      readonly returnsOver?: number;
    }
  /** `cost` is money per second for all of them, beside what units of the facility cost. */
  | { readonly kind: 'addition'; readonly pool: number; readonly units: number; readonly cost: number }
  | { readonly kind: 'conversion'; readonly conversion: number }
  | { readonly kind: 'factor'; readonly variable: number; readonly value: number }
  | { readonly kind: 'supply'; readonly stock: number; readonly share: number }
  | { readonly kind: 'alert'; readonly trigger: number }
  /** So likely that somebody of the cohort stays away. */
  | { readonly kind: 'thinning'; readonly cohort: number; readonly share: number | StepFunction }
  /** So many more come with each. */
  | { readonly kind: 'multiplication'; readonly cohort: number; readonly more: number }
  | { readonly kind: 'diversion'; readonly cohort: number; readonly share: number; readonly to?: number }
  | { readonly kind: 'pause' | 'cancellation' | 'start'; readonly cohorts: readonly number[] }
  | { readonly kind: 'postponement'; readonly cohort: number; readonly by: InputExpression }
  | { readonly kind: 'source' }
  | { readonly kind: 'substitution' }
  | { readonly kind: 'team'; readonly pool: number; readonly team: number }
  | { readonly kind: 'ways'; readonly component: number; readonly member: number }
);

/** What the world does, from a time on, until another or for as long as is drawn. */
export interface InputEffect extends Titled {
  readonly crisis: string;
  readonly at: number;
  readonly until?: number;
  readonly lasts?: InputExpression;
  readonly changes: readonly number[];
}

/** Further arrivals of a cohort while a change is on. */
export interface InputSource {
  readonly id: string;
  readonly cohort: number;
  readonly change: number;
  /** Groups as of the cohort come, not people one by one. */
  readonly groups?: true;
  readonly arrivals:
    | { readonly kind: 'poisson'; readonly rate: StepFunction }
    | { readonly kind: 'recorded'; readonly at: readonly number[] };
}

/** Things of which none may be lost for longer than a battery bridges. */
export interface InputDependence {
  readonly title: string;
  readonly pools: readonly number[];
  readonly battery: number;
}
