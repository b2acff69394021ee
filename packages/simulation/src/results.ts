/**
 * What a study's simulation found. Plain JSON; published as `docs/schemas/results.schema.json`.
 * Times in seconds, money in whole currency units, shares as fractions of 1. Nothing depends on the clock, the
 * machine or the number of workers.
 */
export interface StudyResults {
  readonly format: 'pathway-results';
  readonly formatVersion: 1;
  readonly languageVersion: string;
  readonly sourceHash: string;
  readonly study: string;
  readonly title: string;
  readonly seed: number;
  /** Local start of the clock, as in the study. */
  readonly start: string;
  readonly timezone: string;
  readonly runLength: number;
  readonly warmUp: number;
  readonly scenarios: readonly ScenarioResults[];
  /** Each other scenario against the first, with the same patients. */
  readonly comparisons: readonly Comparison[];
  /** Aims for which the study has no figure; groups of a `by` are figures of equity. Absent where it measures all. */
  readonly unmeasured?: readonly string[];
  /** Set when the user interrupted the run: the figures hold for the replications that were done. */
  readonly interrupted: boolean;
  /** How often the study was repeated, and why so often: a sentence for readers. */
  readonly replicationsExplained?: string;
  readonly warmUpChoice?: WarmUpChoice;
  readonly batches?: BatchReport;
  readonly ranking?: RankingResult;
  readonly sensitivities?: readonly SensitivityResult[];
  readonly found?: FindResult;
  /** For each crisis of which a scenario without responses and one with some are compared. */
  readonly plans?: readonly PlanComparison[];
  readonly pressure?: readonly PressureResult[];
}

/** A crisis without a plan beside the same crisis with each plan: the same patients with the same luck. */
export interface PlanComparison {
  /** The scenario without responses. */
  readonly without: string;
  /** The scenario in which nothing happens, where the study has one. */
  readonly usual?: string;
  readonly alternatives: readonly {
    readonly scenario: string;
    readonly title: string;
    readonly responses: readonly { readonly id: string; readonly title: string }[];
  }[];
  /** Indicators about which something is promised, the others, then what comes of waiting. */
  readonly figures: readonly PlanFigure[];
  /** Sets of plans that do not go together, and were not run. */
  readonly leftOut: readonly {
    /** Titles. */
    readonly responses: readonly string[];
    readonly between: readonly string[];
    readonly place: string;
  }[];
}

/** One figure of a crisis without and with each plan. */
export interface PlanFigure {
  /**
   * An indicator; the time that all patients together waited for steps and holds; people who left with an outcome: what
   * comes of waiting, where the text says it.
   */
  readonly kind: 'indicator' | 'waiting' | 'outcome';
  /** The indicator, or the outcome. */
  readonly id: string;
  readonly title: string;
  readonly argument?: number;
  readonly unit: IndicatorUnit;
  readonly currency?: string;
  readonly aim?: string;
  /** Absent where nothing says which way is better. */
  readonly better?: 'lower' | 'higher';
  readonly usual?: Estimate;
  readonly without: Estimate;
  /** In the order of the alternatives. */
  readonly values: readonly {
    readonly scenario: string;
    readonly estimate: Estimate;
    /** Its value less that without a plan, paired by replication. */
    readonly difference: Estimate;
    /** Probability that it is better than no plan, by Student's t; absent without a better side or with one replication. */
    readonly certainty?: number;
  }[];
  /** Which one is best, no plan included, with a lower bound of the probability that it is (Bonferroni, paired). */
  readonly best?: { readonly scenario: string; readonly certainty: number };
}

/** How much one more unit would help at each place where there is too little, the most helpful first. */
export interface PressureResult extends FigureLabel {
  readonly scenario: string;
  readonly better: 'lower' | 'higher';
  /** Of each place, and in all. */
  readonly replications: number;
  readonly runs: number;
  /** Places that are used much or waited for; those that were not run again are the rest. */
  readonly near: number;
  readonly points: readonly PressurePoint[];
  readonly complete: boolean;
  readonly explained: string;
}

export interface PressurePoint {
  /** The resource, the group of staff, or the step that asks for several things together. */
  readonly id: string;
  /** Of things together, as many as the step asks for: `1 Ambulance + 2 Paramedic`. */
  readonly title: string;
  readonly kind: 'resource' | 'staff' | 'together';
  /** Of one resource or group. */
  readonly utilisation: Estimate | null;
  readonly queue: Estimate;
  /** What one more unit changes, paired by replication: in the figure of the ranking, and in every figure with a better side. */
  readonly difference: Estimate;
  /** Probability that it makes the figure better. */
  readonly certainty?: number;
  readonly figures: readonly {
    readonly indicator: string;
    readonly title: string;
    readonly argument?: number;
    readonly unit: IndicatorUnit;
    readonly currency?: string;
    readonly better: 'lower' | 'higher';
    readonly difference: Estimate;
  }[];
}

/** A figure that a method looked at. */
export interface FigureLabel {
  readonly indicator: string;
  readonly title: string;
  /** `mean`, `p90`, …: how the indicator is read. */
  readonly statistic: string;
  readonly argument?: number;
  readonly unit: IndicatorUnit;
  readonly currency?: string;
}

/** How precise a figure was to be, and is. */
export interface PrecisionResult extends FigureLabel {
  /** Half-width of the 95 % interval, in the figure's unit or, when `relative`, as a share of the figure. */
  readonly wanted: number;
  readonly reached: number;
  readonly relative: boolean;
  readonly met: boolean;
}

/** How the warm-up was chosen from pilot runs. */
export interface WarmUpChoice {
  readonly method: 'MSER-5';
  /** Seconds; the longest that any scenario's resources and people need. */
  readonly warmUp: number;
  /** False where a series did not settle within the first half of the pilot runs. */
  readonly settled: boolean;
  /** Replications of each scenario from which it was chosen; each as long as the study's run. */
  readonly pilots: number;
  /** The series that needed longest, for a picture: units in use and requests waiting, mean over the pilots. */
  readonly scenario: string;
  readonly subject: string;
  readonly title: string;
  /** Seconds of a value of the series. */
  readonly slot: number;
  readonly series: readonly number[];
  readonly movingMean: readonly number[];
}

/** The check that the batches of a long run may stand for independent runs. */
export interface BatchReport {
  readonly batches: number;
  /** Seconds. */
  readonly length: number;
  readonly correlations: readonly (FigureLabel & {
    readonly scenario: string;
    readonly lag1: number;
    readonly limit: number;
    readonly tooShort: boolean;
  })[];
}

/** Which scenario is best, by KN++. */
export interface RankingResult extends FigureLabel {
  readonly best: 'least' | 'greatest';
  readonly certainty: number;
  readonly indifference: number;
  /** False where the replications ran out, or the run was stopped, before one was left. */
  readonly decided: boolean;
  /** Estimated probability that the first of the order is best, or as good within the indifference (a lower bound). */
  readonly probability: number;
  /** From the best on: those still in play by their means, then those that were left out by theirs. */
  readonly order: readonly {
    readonly scenario: string;
    readonly title: string;
    readonly estimate: Estimate;
    /** Its value less that of the first, paired; absent for the first. */
    readonly behind?: Estimate;
    /** Replications after which it could no longer be best. */
    readonly leftOutAfter?: number;
  }[];
  readonly explained: string;
}

/** How much each uncertain number changes a figure. */
export interface SensitivityResult extends FigureLabel {
  readonly scenario: string;
  readonly method: 'one at a time' | 'Morris' | 'Sobol';
  /** Paths or samples; 1 for one at a time. */
  readonly size: number;
  /** Replications in all. */
  readonly runs: number;
  /** The figure with every number as declared; absent where the method does not look at that. */
  readonly base?: Estimate;
  /** The number that matters most first. */
  readonly numbers: readonly NumberSensitivity[];
  readonly complete: boolean;
  readonly explained: string;
}

export interface NumberSensitivity {
  readonly number: string;
  readonly title: string;
  /** Ends of the range, or the 5th and 95th percentile of a distribution, as they read. */
  readonly low: string;
  readonly high: string;
  /** One at a time: the figure at both ends and the paired difference between them. */
  readonly atLow?: Estimate;
  readonly atHigh?: Estimate;
  readonly swing?: Estimate;
  /** Morris: change of the figure over the range. */
  readonly effect?: {
    readonly mean: number;
    readonly meanSize: number;
    readonly meanSizeHalfWidth: number;
    readonly spread: number;
  };
  /** Sobol: shares of the figure's variance, with the half-width of their 95 % intervals. */
  readonly shares?: {
    readonly first: number;
    readonly firstHalfWidth: number;
    readonly total: number;
    readonly totalHalfWidth: number;
  };
}

/** The least capacities with which every expectation holds. */
export interface FindResult {
  readonly scenario: string;
  readonly objective: 'cost' | 'units';
  readonly currency?: string;
  readonly certainty: number;
  readonly levers: readonly { readonly text: string; readonly low: number; readonly high: number }[];
  readonly answer?: FoundPoint;
  /** In the order in which they were looked at. */
  readonly tried: readonly FoundPoint[];
  /** How many combinations there are in all. */
  readonly combinations: number;
  readonly monotone: 'holds' | 'assumed' | 'not assumed';
  readonly explained: string;
  readonly complete: boolean;
}

export interface FoundPoint {
  readonly values: readonly number[];
  /** Units, or money per second. */
  readonly objective: number;
  readonly replications: number;
  readonly verdict: 'meets' | 'fails' | 'not decided';
  /** Probability that every expectation holds here (a lower bound). */
  readonly probability: number;
  readonly expectations: readonly {
    readonly text: string;
    readonly unit: IndicatorUnit;
    readonly estimate: Estimate;
    readonly limit: number;
    readonly probability: number;
  }[];
}

/** A mean over replications with its 95 % confidence interval (Student's t over replications). */
export interface Estimate {
  readonly mean: number;
  readonly halfWidth: number;
  readonly low: number;
  readonly high: number;
  /** Replications that gave a value. */
  readonly replications: number;
}

export interface ScenarioResults {
  readonly scenario: string;
  readonly title: string;
  readonly replications: number;
  /** Events processed in all replications. */
  readonly events: number;
  readonly indicators: readonly IndicatorResult[];
  readonly resources: readonly ResourceResult[];
  /** Absent where nothing is used up. */
  readonly stocks?: readonly StockResult[];
  /** Absent where nothing is watched or changed from outside. */
  readonly timeline?: TimelineResult;
  readonly pathways: readonly PathwayFlowResult[];
  readonly activities: readonly ActivityResult[];
  readonly expectations: readonly ExpectationResult[];
  readonly checks: readonly RunCheck[];
  /** For `replicate until`: each precision that was asked for. */
  readonly precisions?: readonly PrecisionResult[];
  /** Plain-word warnings found in the run: overload, nobody arrived, unfinished at the end, locked resources. */
  readonly warnings: readonly RunWarning[];
}

/** What was in force when, over the window. */
export interface TimelineResult {
  /** Seconds after the warm-up at which the series begin, and how long each of their values holds. */
  readonly from: number;
  readonly slot: number;
  readonly levels: readonly {
    readonly scale: string;
    readonly title: string;
    /** The calmest first. */
    readonly levels: readonly (TimelineState & { readonly level: string; readonly title: string })[];
  }[];
  readonly responses: readonly (TimelineState & { readonly id: string; readonly title: string })[];
  readonly effects: readonly (TimelineState & {
    readonly id: string;
    readonly title: string;
    readonly crisis: string;
  })[];
  /** People whose arrival an effect or a response changed. */
  readonly people: readonly {
    readonly id: string;
    readonly title: string;
    readonly what:
      'stayed away' | 'came besides' | 'diverted' | 'waited outside' | 'turned away' | 'postponed' | 'concerned';
    readonly people: Estimate;
  }[];
  /** What began and ended in the first replication, in order; the first 400 of it. */
  readonly events: readonly TimelineEvent[];
}

interface TimelineState {
  /** Share of the window. */
  readonly share: Estimate;
  /** How often it began. */
  readonly times: Estimate;
  /** Mean share of each slot. */
  readonly series: readonly number[];
}

export interface TimelineEvent {
  /** Seconds after the warm-up. */
  readonly time: number;
  /** A `system` that work depends on began to fail, or is back. */
  readonly kind: 'effect' | 'trigger' | 'level' | 'response' | 'measure' | 'system';
  readonly title: string;
  readonly began: boolean;
}

export interface RunWarning {
  readonly kind: 'overload' | 'no arrivals' | 'unfinished' | 'locked' | 'little' | 'other';
  readonly message: string;
  readonly subject?: string;
}

export type IndicatorUnit = 'duration' | 'share' | 'count' | 'money' | 'number' | 'rate';

/** One figure, or one row of a table, or one group of a breakdown. */
export interface IndicatorResult {
  readonly indicator: string;
  readonly title: string;
  readonly unit: IndicatorUnit;
  readonly currency?: string;
  readonly aim?: string;
  /** Value of the table's variable. */
  readonly argument?: number;
  /** Category of the `by` attribute. */
  readonly group?: string;
  readonly estimate: Estimate;
  /** Of a group: its value less that of the first group, paired by replication. */
  readonly gap?: Estimate;
  /** For measures with one observation per patient; percentiles are means over replications with intervals. */
  readonly distribution?: {
    readonly observationsPerReplication: number;
    readonly sd: Estimate;
    readonly percentiles: readonly { readonly percentile: number; readonly estimate: Estimate }[];
    readonly minimum: number;
    readonly maximum: number;
    /** Shares of observations in equal bins, for a histogram: bin i covers [from + i·width, from + (i+1)·width). */
    readonly histogram: { readonly from: number; readonly width: number; readonly shares: readonly number[] };
  };
  /** The exact value where a closed form holds, and which one. */
  readonly closedForm?: { readonly value: number; readonly method: string };
}

/** A resource, or the people of a staff group; busy and waiting over the window after warm-up. */
export interface ResourceResult {
  readonly id: string;
  readonly title: string;
  readonly kind: 'resource' | 'staff';
  /** Mean capacity over the window; null when unlimited. */
  readonly capacity: number | null;
  readonly census: Estimate;
  readonly utilisation: Estimate | null;
  readonly queue: Estimate;
  /** Waits whose work began in the window. */
  readonly wait: Estimate;
  readonly waitedShare: Estimate;
  readonly overtime?: Estimate;
  /** Share of time with n in use, n = 0, 1, …; mean over replications. */
  readonly censusDistribution: readonly number[];
  /** Mean and 5th/95th percentile over replications in equal slots of the window, for a chart. */
  readonly censusOverTime: CensusSeries;
  /** By hour of the week (0 = Monday 00:00 local), mean in use and mean waiting; absent for windows under a week. */
  readonly byHourOfWeek?: { readonly census: readonly number[]; readonly queue: readonly number[] };
}

/** Something that is used up and delivered, over the window after warm-up. Amounts are in its own unit. */
export interface StockResult {
  readonly id: string;
  readonly title: string;
  readonly unit?: string;
  /** Mean level over time, and the lowest one. */
  readonly level: Estimate;
  readonly lowest: Estimate;
  readonly consumed: Estimate;
  readonly delivered: Estimate;
  /** Delivered where there was no room for it. */
  readonly refused: Estimate;
  /** Share of time in which someone waited for it. */
  readonly short: Estimate;
  /** Waits of those who asked for it. */
  readonly wait: Estimate;
  readonly waitedShare: Estimate;
  /** Level in equal slots of the window, for a chart. */
  readonly levelOverTime: {
    readonly from: number;
    readonly slot: number;
    readonly mean: readonly number[];
    readonly low: readonly number[];
    readonly high: readonly number[];
  };
}

export interface CensusSeries {
  /** Seconds after the end of warm-up of the first slot's start, and the slot's length. */
  readonly from: number;
  readonly slot: number;
  readonly mean: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
  readonly capacity: readonly (number | null)[];
  readonly queue: readonly number[];
}

export interface PathwayFlowResult {
  readonly pathway: string;
  readonly title: string;
  readonly cohort: string;
  readonly arrivals: Estimate;
  readonly finished: Estimate;
  readonly inProgressAtEnd: Estimate;
  readonly timeInPathway: Estimate;
  readonly outcomes: readonly { readonly outcome: string; readonly share: Estimate }[];
}

export interface ActivityResult {
  readonly activity: string;
  readonly title: string;
  readonly starts: Estimate;
  readonly completions: Estimate;
  readonly wait: Estimate;
  readonly duration: Estimate;
  /** Staff-seconds by role and hour of the week (168 values, mean per week), for the staffing need. */
  readonly work?: readonly { readonly role: string; readonly byHourOfWeek: readonly number[] }[];
}

export interface ExpectationResult {
  readonly expectation: string;
  readonly text: string;
  readonly verdict: 'holds' | 'fails' | 'not decided';
  /** The figure; where it is compared with another, what it is more than the share of that, paired by replication. */
  readonly estimate: Estimate;
  readonly operator: '<' | '<=' | '>' | '>=';
  readonly limit: number;
  readonly unit: IndicatorUnit;
  readonly against?: ComparedResult;
}

/** What the figure of an `expect` was compared with, over the replications of both. */
export interface ComparedResult {
  readonly scenario: string;
  readonly title: string;
  /** So much of the compared figure was taken off. */
  readonly factor: number;
  readonly figure: Estimate;
  readonly compared: Estimate;
  /** The one over the other, with Fieller's interval; absent where the compared figure may be 0. */
  readonly ratio?: Estimate;
}

/** A law that every run must obey, with what was found: Little's law, conservation of patients. */
export interface RunCheck {
  readonly law: string;
  readonly subject: string;
  readonly left: number;
  readonly right: number;
  readonly holds: boolean;
}

export interface Comparison {
  readonly base: string;
  readonly scenario: string;
  readonly indicators: readonly {
    readonly indicator: string;
    readonly argument?: number;
    readonly group?: string;
    /** scenario − base, paired by replication. */
    readonly difference: Estimate;
  }[];
}
