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
  /** Set when the user interrupted the run: the figures hold for the replications that were done. */
  readonly interrupted: boolean;
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
  readonly pathways: readonly PathwayFlowResult[];
  readonly activities: readonly ActivityResult[];
  readonly expectations: readonly ExpectationResult[];
  readonly checks: readonly RunCheck[];
  /** Plain-word warnings found in the run: overload, nobody arrived, unfinished at the end, locked resources. */
  readonly warnings: readonly RunWarning[];
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
  /** Mean and 10th/90th percentile over replications in equal slots of the window, for a chart. */
  readonly censusOverTime: CensusSeries;
  /** By hour of the week (0 = Monday 00:00 local), mean in use and mean waiting; absent for windows under a week. */
  readonly byHourOfWeek?: { readonly census: readonly number[]; readonly queue: readonly number[] };
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
  readonly estimate: Estimate;
  readonly operator: '<' | '<=' | '>' | '>=';
  readonly limit: number;
  readonly unit: IndicatorUnit;
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
