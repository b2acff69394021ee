import { exp, log } from '../../engine/elementary.js';
import type { Observations } from './pooled-observations.js';

const ACCURACY = 0.001;
const GAMMA = (1 + ACCURACY) / (1 - ACCURACY);
const LOG_GAMMA = log(GAMMA);

/** More different values than this are passed on by their bins, so that what is kept of a replication stays small. */
const MOST_VALUES = 4096;

/** A bin of a sketch by its number, and how many values lie in it. */
interface SketchBin {
  readonly bin: number;
  readonly count: number;
}

/** What the engine keeps of observations. */
interface SampleRecord {
  readonly count: number;
  readonly mean: number;
  /** Sum of squared differences from the mean. */
  readonly squares: number;
  readonly minimum: number;
  readonly maximum: number;
  /** All values in the order in which they came, or none once there is a sketch. */
  readonly values: Float64Array;
  /** In the order of the values. */
  readonly sketch: readonly SketchBin[];
}

/**
 * Observations of one run. Up to 65,536 values are kept as they are and quantiles are exact. Beyond that they are folded
 * into a sketch with logarithmic bins (DDSketch: Masson, Rim and Lee, VLDB 2019), whose quantiles are within 0.1 % of
 * the true value, in memory that does not grow with the run. Mean, spread and range are always exact.
 */
export class Sample {
  readonly #record: SampleRecord;

  constructor(record: SampleRecord) {
    this.#record = record;
  }

  get count(): number {
    return this.#record.count;
  }

  get mean(): number {
    return this.#record.mean;
  }

  get minimum(): number {
    return this.#record.minimum;
  }

  get maximum(): number {
    return this.#record.maximum;
  }

  /** Sample standard deviation; NaN below two observations. */
  get sd(): number {
    return this.count < 2 ? Number.NaN : Math.sqrt(this.#record.squares / (this.count - 1));
  }

  /** True while quantiles are exact. */
  get exact(): boolean {
    return this.#record.sketch.length === 0;
  }

  /**
   * Quantiles at ascending shares from 0 to 1, interpolated between neighbours (definition 7 of Hyndman and Fan, The
   * American Statistician, 1996). NaN without observations.
   */
  quantiles(shares: readonly number[]): number[] {
    if (this.count === 0) return shares.map(() => Number.NaN);
    if (!this.exact) return this.#sketchQuantiles(shares);
    const sorted = this.#record.values.slice().sort();
    return shares.map((share) => {
      const position = share * (sorted.length - 1);
      const low = Math.floor(position);
      const a = sorted[low]!;
      const b = sorted[Math.min(low + 1, sorted.length - 1)]!;
      return a + (position - low) * (b - a);
    });
  }

  /**
   * The observations in ascending order: as they are up to 4,096 different values, else in the sketch's bins, within 0.1 %
   * of the true values.
   */
  observations(): Observations {
    const { values, sketch } = this.#record;
    const valueOf = (bin: number): number => this.#within(middleOf(bin));
    if (!this.exact) {
      const counts = Float64Array.from(sketch, ({ count }) => count);
      return counted(
        Float64Array.from(sketch, ({ bin }) => valueOf(bin)),
        counts,
      );
    }
    const sorted = values.slice().sort();
    const exact = counted(sorted);
    return exact.values.length <= MOST_VALUES ? exact : counted(sorted.map((value) => valueOf(binOf(value))));
  }

  #within(value: number): number {
    return Math.min(this.maximum, Math.max(this.minimum, value));
  }

  /** Counts in equal bins from a round number on, at most 60 of them with a width from a ladder of round widths. */
  histogram(durations: boolean): SampleHistogram {
    const range = this.count === 0 ? 0 : this.maximum - this.minimum;
    const ladder = durations ? DURATION_WIDTHS : NUMBER_WIDTHS;
    let step = ladder.findIndex((width) => range / width <= 50);
    if (step < 0) step = ladder.length - 1;
    const width = ladder[step]!;
    const from = this.count === 0 ? 0 : Math.floor(this.minimum / width) * width;
    const bins = Math.max(1, Math.min(1000, Math.floor((this.maximum - from) / width) + 1));
    const counts = new Array<number>(this.count === 0 ? 0 : bins).fill(0);
    const add = (value: number, n: number): void => {
      const bin = Math.min(bins - 1, Math.max(0, Math.floor((value - from) / width)));
      counts[bin] = counts[bin]! + n;
    };
    for (const value of this.#record.values) add(value, 1);
    for (const { bin, count } of this.#record.sketch) add(middleOf(bin), count);
    return { from, step, durations, counts };
  }

  #sketchQuantiles(shares: readonly number[]): number[] {
    return shares.map((share) => {
      const rank = share * (this.count - 1);
      let seen = 0;
      for (const { bin, count } of this.#record.sketch) {
        seen += count;
        if (seen > rank) return this.#within(middleOf(bin));
      }
      return this.maximum;
    });
  }
}

const OFFSET = 1_000_000;

/** Bins are numbered by size: negative values, then (nearly) 0, then positive ones. */
function middleOf(bin: number): number {
  if (bin === 0) return 0;
  const size = (2 * exp((Math.abs(bin) - OFFSET) * LOG_GAMMA)) / (GAMMA + 1);
  return bin > 0 ? size : -size;
}

/** Below it a value counts as 0. */
const ZERO = 1e-9;

/** The bin of a value, as the engine has it. */
function binOf(value: number): number {
  const size = Math.abs(value);
  if (size < ZERO) return 0;
  return Math.sign(value) * (OFFSET + Math.ceil(log(size) / LOG_GAMMA));
}

/** Neighbours of the same value are taken together. @param each how often each was observed; once where it is not said */
function counted(ascending: Float64Array, each?: Float64Array): Observations {
  const values = new Float64Array(ascending.length);
  const counts = new Float64Array(ascending.length);
  let kept = 0;
  ascending.forEach((value, i) => {
    const count = each?.[i] ?? 1;
    if (kept > 0 && values[kept - 1] === value) counts[kept - 1] = counts[kept - 1]! + count;
    else {
      values[kept] = value;
      counts[kept++] = count;
    }
  });
  const own = { values: values.slice(0, kept), counts: counts.slice(0, kept) };
  return own.counts.every((count) => count === 1) ? { values: own.values } : own;
}

/** Each width divides the next, so that histograms of several runs can be put together exactly. */
const DURATION_WIDTHS: readonly number[] = ladder([1, 5, 15, 60, 300, 900, 3600, 10_800, 21_600, 43_200, 86_400]);
const NUMBER_WIDTHS: readonly number[] = ladder([1e-3, 5e-3, 1e-2, 5e-2, 0.1, 0.5, 1]);

function ladder(start: readonly number[]): number[] {
  const widths = [...start];
  for (let i = 0; i < 40; i++) widths.push(widths[widths.length - 1]! * (i % 2 === 0 ? 5 : 2));
  return widths;
}

/** `step` is a place in the ladder of widths. */
export interface SampleHistogram {
  readonly from: number;
  readonly step: number;
  readonly durations: boolean;
  readonly counts: readonly number[];
}

/** One histogram of all, in the widest of their bins, as shares. */
export function mergeHistograms(parts: readonly SampleHistogram[]): {
  readonly from: number;
  readonly width: number;
  readonly shares: readonly number[];
} {
  const filled = parts.filter((part) => part.counts.length > 0);
  const first = filled[0];
  if (first === undefined) return { from: 0, width: 1, shares: [] };
  const widths = first.durations ? DURATION_WIDTHS : NUMBER_WIDTHS;
  const width = widths[Math.max(...filled.map((part) => part.step))]!;
  const from = Math.min(...filled.map((part) => Math.floor(part.from / width + 1e-9))) * width;
  const shares: number[] = [];
  let total = 0;
  for (const part of filled) {
    const own = widths[part.step]!;
    part.counts.forEach((count, i) => {
      const bin = Math.floor((part.from + (i + 0.5) * own - from) / width);
      while (shares.length <= bin) shares.push(0);
      shares[bin] = shares[bin]! + count;
      total += count;
    });
  }
  return { from, width, shares: shares.map((count) => count / total) };
}
