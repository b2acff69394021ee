/**
 * A figure (`mean`) with its 95 % confidence interval: of what is observed of patients, and of ratios, of all replications
 * together; of others, the mean over replications with Student's t. The interval of a percentile or share need not be symmetric.
 */
export interface Estimate {
  readonly mean: number;
  readonly halfWidth: number;
  readonly low: number;
  readonly high: number;
  /** Replications that gave a value. */
  readonly replications: number;
  /** Present where too few patients lie beyond the upper end to know it: the true figure may be higher than `high`. */
  readonly open?: true;
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
  /**
   * What all patients of all replications have together, each patient counting alike, where that is further than a tenth from the
   * mean of the replications, each of which counts alike.
   */
  readonly together?: number;
  /** Of a group: its value less that of the first group, paired by replication. */
  readonly gap?: Estimate;
  /** For measures with one observation per patient: of the patients of all replications together. */
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
  /** By hour of the week (0 = Monday 00:00 local), mean in use and mean waiting; 0 in an hour that the window does not have, absent for windows under a week. */
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
  /** Staff-seconds by role in each hour of the week (168 values, means over the times that it comes), for the staffing need; absent for windows under a week. */
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
