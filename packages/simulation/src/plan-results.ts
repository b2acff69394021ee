import type { Estimate, IndicatorUnit } from './figure-results.js';

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
