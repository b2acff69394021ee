import type {
  BatchReport,
  FindResult,
  PrecisionResult,
  PressureResult,
  RankingResult,
  SensitivityResult,
  WarmUpChoice,
} from './method-results.js';
import type { PlanComparison } from './plan-results.js';
import type {
  ActivityResult,
  Estimate,
  ExpectationResult,
  IndicatorResult,
  PathwayFlowResult,
  ResourceResult,
  RunCheck,
  StockResult,
} from './figure-results.js';
import type { TimelineResult } from './timeline-results.js';

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

export interface RunWarning {
  readonly kind: 'overload' | 'no arrivals' | 'unfinished' | 'uneven' | 'unseen' | 'locked' | 'little' | 'other';
  readonly message: string;
  readonly subject?: string;
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
