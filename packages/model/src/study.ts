import type { Declaration } from './elements.js';
import type { Arrivals } from './elements.js';
import type { Expression } from './expression.js';
import type { Statistic } from './measurement.js';
import type { Origin } from './origin.js';
import type { Schedule } from './schedule.js';

/** The model with some of its declared values changed. */
export interface Scenario extends Declaration {
  /** Scenarios whose changes come first. */
  readonly basedOn: readonly string[];
  readonly overrides: readonly Override[];
  /** Units of one resource that become units of another; absent for none. */
  readonly conversions?: readonly Conversion[];
  /** Crises that happen, in order; absent for none. */
  readonly crises?: readonly string[];
  /** Responses that are at hand, in order; absent for none. */
  readonly responses?: readonly string[];
}

/** `convert 4 ASUBed to RehabBed from day 20 for 10 d`: units that are in use change when they become free. */
export interface Conversion {
  readonly origin: Origin;
  /** As written, for reports. */
  readonly text: string;
  readonly amount: Expression;
  /** Whose units they were, and whose they become. */
  readonly resource: string;
  readonly target: string;
  /** From the beginning where absent. */
  readonly begins?: StudyMoment;
  /** To the end where neither is there; `lasts` counts from where it begins, in seconds. */
  readonly ends?: StudyMoment;
  readonly lasts?: Expression;
}

/** A local date and time, ISO without zone, or so many days of 24 hours after the warm-up. */
export type StudyMoment =
  { readonly kind: 'date'; readonly at: string } | { readonly kind: 'day'; readonly day: number };

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
  /** True when the warm-up is chosen from pilot runs, and `warmUp` is 0. */
  readonly automaticWarmUp?: boolean;
  readonly replications: ReplicationPlan;
  /** Patients who are there when the clock starts, in the order in which they take their places; absent for none. */
  readonly present?: readonly PresentPatients[];
  readonly seed: number;
  /** Ids of the indicators it reports; empty means all. */
  readonly indicators: readonly string[];
  /** Ids of pathways that take part; empty means all that have cohorts. */
  readonly pathways: readonly string[];
  /** Plans of which every set that goes together is compared too. */
  readonly plans?: readonly PlanSets[];
  /** What is varied: each scenario is replaced by one for each combination of values. */
  readonly varied?: readonly Variation[];
  readonly ranking?: Ranking;
  readonly sensitivities?: readonly Sensitivity[];
  readonly pressure?: readonly PressurePoints[];
  readonly find?: Find;
}

/** So many patients of a cohort at a step or hold; `remaining` is the time that its first step takes them. */
export interface PresentPatients {
  readonly count: Expression;
  readonly cohort: string;
  /** Activity id. */
  readonly at: string;
  readonly remaining?: Expression;
  readonly origin: Origin;
}

export type ReplicationPlan =
  | { readonly kind: 'fixed'; readonly times: number }
  | { readonly kind: 'precision'; readonly targets: readonly PrecisionTarget[]; readonly atMost: number }
  /** One long run after one warm-up, its window cut into batches of equal length. */
  | { readonly kind: 'batches'; readonly batches: number };

/** One figure of a study's results: a statistic of an indicator, or of a row of its table. */
export interface FigureReference {
  readonly indicator: string;
  readonly statistic: Statistic;
  /** Value of the indicator's table variable, where it has one; every row where absent. */
  readonly argument?: number;
}

export interface PrecisionTarget extends FigureReference {
  /** Half-width of the 95 % interval: in the indicator's unit, or as a share of the figure when `relative`. */
  readonly halfWidth: Expression;
  readonly relative: boolean;
}

/** `vary Bed.count over 8, 10`: what is set, and to what. */
export interface Variation {
  readonly origin: Origin;
  /** What is varied, as text: `Bed.count`. */
  readonly text: string;
  readonly target: OverrideTarget;
  readonly values: readonly { readonly text: string; readonly value: Override['value'] }[];
}

/** `with each set of MoreBeds, EarlierHome in NoPlan`: a scenario for each of these alone and each of their combinations. */
export interface PlanSets {
  readonly origin: Origin;
  /** Response ids. */
  readonly responses: readonly string[];
  /** Scenarios with a crisis and without responses to which they are added; absent for all such scenarios of the study. */
  readonly scenarios?: readonly string[];
  /** Sets that are run for each of these scenarios; more are an error. */
  readonly most: number;
}

/** Selection of the best scenario. */
export interface Ranking extends FigureReference {
  readonly origin: Origin;
  readonly best: 'least' | 'greatest';
  /** Probability with which the best is to be found where it leads by the indifference at least, 0 to 1. */
  readonly certainty: Expression;
  /** A difference that does not matter, in the indicator's unit. */
  readonly indifference: Expression;
}

/** How much the uncertain numbers change a figure. */
export interface Sensitivity extends FigureReference {
  readonly origin: Origin;
  readonly method: 'one at a time' | 'Morris' | 'Sobol';
  /** Paths of Morris, samples of Sobol. */
  readonly size: number;
  /** The first scenario of the study where absent. */
  readonly scenario?: string;
}

/** How much one more unit would help where there is too little: each such place is run again with one more. */
export interface PressurePoints extends FigureReference {
  readonly origin: Origin;
  /** The first scenario of the study where absent. */
  readonly scenario?: string;
  /** Places that are run again. */
  readonly most: number;
}

/** The search for the least capacities with which every expectation holds. */
export interface Find {
  readonly origin: Origin;
  readonly levers: readonly Lever[];
  readonly objective: 'cost' | 'units';
  /** The first scenario of the study where absent. */
  readonly scenario?: string;
  /** Probability with which each expectation is to hold, 0 to 1. */
  readonly certainty: Expression;
}

/** A whole number that can be chosen: units of a resource, or people of a group. */
export interface Lever {
  readonly origin: Origin;
  readonly text: string;
  readonly target: OverrideTarget;
  readonly low: number;
  readonly high: number;
}
