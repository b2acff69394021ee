import type { InputCall, InputControl } from './control-types.js';

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
  | { readonly kind: 'renewal'; readonly between: InputExpression; readonly first?: InputExpression }
  | { readonly kind: 'poisson'; readonly rate: StepFunction }
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

type ArithmeticOperator = '+' | '-' | '*' | '/' | '<' | '<=' | '>' | '>=' | '=' | '!=' | 'and' | 'or';

type InputFunction =
  | 'absolute'
  | 'floor'
  | 'ceiling'
  | 'round'
  | 'square root'
  | 'exponential function'
  | 'logarithm'
  | 'greatest'
  | 'least'
  | 'power';

export type InputExpression =
  | { readonly op: 'number'; readonly value: number }
  | { readonly op: 'attribute'; readonly attribute: number }
  | { readonly op: 'negate' | 'not'; readonly of: InputExpression }
  | {
      readonly op: 'operation';
      readonly operator: ArithmeticOperator;
      readonly left: InputExpression;
      readonly right: InputExpression;
    }
  | { readonly op: 'function'; readonly name: InputFunction; readonly arguments: readonly InputExpression[] }
  /** `form` counts the ways in which the family's parameters may be written, see the semantics. */
  | {
      readonly op: 'draw';
      readonly family: string;
      readonly form: number;
      readonly parameters: readonly InputExpression[];
      readonly scale?: number;
      readonly from?: InputExpression;
      readonly to?: InputExpression;
    }
  /** One of the values at random, by weight; from and to draw again. */
  | {
      readonly op: 'pick';
      readonly values: readonly number[];
      readonly weights: readonly InputExpression[];
      readonly scale?: number;
      readonly from?: InputExpression;
      readonly to?: InputExpression;
    }
  /** The value at a place of a list, counted from 0; where there is none, the first or the last. */
  | { readonly op: 'element'; readonly values: readonly number[]; readonly at: InputExpression }
  /** The patient's number in the cohort, modulo `of`. */
  | { readonly op: 'row'; readonly of: number }
  | {
      readonly op: 'match';
      readonly attribute: number;
      readonly cases: readonly { readonly values: readonly number[]; readonly then: InputExpression }[];
      readonly otherwise?: InputExpression;
    }
  | {
      readonly op: 'state';
      readonly measure: 'queue' | 'busy' | 'free' | 'occupancy' | 'capacity';
      readonly facilities: readonly number[];
    }
  /** Time since the moment that a clock remembers, or since arrival without one; not a number before that. */
  | { readonly op: 'since'; readonly clock?: number }
  /** A factor that is 1 unless something from outside changes it. */
  | { readonly op: 'variable'; readonly variable: number }
  /** The wait that a clock remembers; without one, how long the request waits whose priority this is. */
  | { readonly op: 'waited'; readonly clock?: number };

export interface InputNeed {
  readonly amount: InputExpression;
  /** Targets in order of preference. */
  readonly of: readonly number[];
  /** Units are used up; `over time` means that the amount is made with the draws of the step's time. */
  readonly consumes?: 'once' | 'over time';
}

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
