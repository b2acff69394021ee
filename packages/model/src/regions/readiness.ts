import type { Declaration, Titles } from '../elements.js';
import type { Origin } from '../origin.js';

/** By what the readiness of a place is judged. */
export interface Instrument extends Declaration {
  /** Whole points, both inclusive. */
  readonly points: { readonly low: number; readonly high: number };
  /** Raters are split where at least `share` of them stand outside the best band of `band` neighbouring points. */
  readonly split: { readonly share: number; readonly band: number };
  /** Names of medians, the lowest first; the last one reaches the highest points. */
  readonly stages: readonly {
    readonly name: string;
    readonly title?: string;
    readonly titles?: Titles;
    readonly highest: number;
  }[];
  readonly dimensions: readonly MaturityDimension[];
  readonly url?: string;
}

/** `id` is `Instrument.Dimension`. */
export interface MaturityDimension {
  readonly id: string;
  readonly name: string;
  readonly title?: string;
  readonly titles?: Titles;
  readonly documentation?: string;
  readonly origin: Origin;
  /** What a number of points means. */
  readonly anchors: readonly { readonly points: number; readonly text: string }[];
}

/** What raters say of a territory, each alone. */
export interface Assessment extends Declaration {
  readonly territory: string;
  readonly instrument: string;
  /** ISO date. */
  readonly date?: string;
  readonly raters: readonly Rater[];
  readonly improvements: readonly Improvement[];
}

export interface Rater {
  /** A pseudonym, as written. */
  readonly name: string;
  readonly title?: string;
  readonly organisation?: string;
  readonly ratings: readonly Rating[];
  readonly origin: Origin;
}

export interface Rating {
  /** Id of the dimension. */
  readonly dimension: string;
  readonly points: number;
  readonly reason?: string;
  readonly origin: Origin;
}

/** What is to become better, by when, and by whose work. */
export interface Improvement {
  readonly dimension: string;
  readonly points: number;
  /** ISO date. */
  readonly due: string;
  readonly owner: string;
  readonly action?: string;
  readonly origin: Origin;
}
