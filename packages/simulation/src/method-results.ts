import type { Estimate, IndicatorUnit } from './figure-results.js';

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
  /** Present where too few patients lie beyond the upper end of the interval to know it; `reached` then says nothing. */
  readonly open?: true;
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
  /** In all, those that confirm it included. */
  readonly replications: number;
  /** Where the search found it: replications not used in the search, from which its verdict and figures are. */
  readonly confirmedBy?: number;
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
