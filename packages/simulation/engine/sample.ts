import { DoubleWriter, grownDoubles } from './arrays.ts';
import { log } from './elementary.ts';
import { Doubles, fillDoubles, newDoubles, whole } from './platform.ts';
import { f64, i32 } from './scalars.ts';

const EXACT: i32 = 65536;
/** Below it a value counts as 0 in the sketch. */
const ZERO: f64 = 1e-9;
/** Logarithm of the ratio of neighbouring bins: (1 + 0.001) / (1 − 0.001). */
const LOG_GAMMA: f64 = log(1.001 / 0.999);

/** Counts by the number of a bin, in an array that spans the numbers that came so far. */
class Bins {
  from: i32 = 0;
  length: i32 = 0;
  counts: Doubles = newDoubles(0);

  clear(): void {
    fillDoubles(this.counts, 0, 0, this.length);
  }

  add(bin: i32): void {
    if (this.length === 0 || bin < this.from || bin >= this.from + this.length) this.reach(bin);
    const at = bin - this.from;
    this.counts[at] = this.counts[at]! + 1;
  }

  /** Makes room for a bin and as much again. */
  private reach(bin: i32): void {
    const from = this.length === 0 ? bin : bin < this.from ? bin - this.length : this.from;
    const end = this.length === 0 ? bin : this.from + this.length;
    const to = bin >= end ? bin + 64 + this.length : end;
    const counts = newDoubles(to - from);
    for (let i = 0; i < this.length; i++) counts[this.from + i - from] = this.counts[i]!;
    this.counts = counts;
    this.from = from;
    this.length = to - from;
  }

  /** Number and count of each bin that is not empty, from the first or the last on. */
  report(to: DoubleWriter, backwards: boolean, sign: f64): void {
    for (let i = 0; i < this.length; i++) {
      const at = backwards ? this.length - 1 - i : i;
      if (this.counts[at]! === 0) continue;
      to.put(sign * (this.from + at));
      to.put(this.counts[at]!);
    }
  }

  /** Bins that are not empty. */
  filled(): i32 {
    let count = 0;
    for (let i = 0; i < this.length; i++) if (this.counts[i]! > 0) count++;
    return count;
  }
}

/**
 * Observations of one run. Up to 65,536 values are kept as they are and quantiles are exact. Beyond that they are folded
 * into a sketch with logarithmic bins (DDSketch: Masson, Rim and Lee, VLDB 2019), whose quantiles are within 0.1 % of
 * the true value, in memory that does not grow with the run. Mean, spread and range are always exact.
 */
export class Sample {
  private count: f64 = 0;
  private mean: f64 = 0;
  private squares: f64 = 0;
  private minimum: f64 = Infinity;
  private maximum: f64 = -Infinity;
  private values: Doubles = newDoubles(16);
  private room: i32 = 16;
  private kept: i32 = 0;
  private folded: boolean = false;
  private zeros: f64 = 0;
  private readonly above: Bins = new Bins();
  private readonly below: Bins = new Bins();

  /** Forgets all observations, and keeps the room for them. */
  clear(): void {
    this.count = 0;
    this.mean = 0;
    this.squares = 0;
    this.minimum = Infinity;
    this.maximum = -Infinity;
    this.kept = 0;
    this.folded = false;
    this.zeros = 0;
    this.above.clear();
    this.below.clear();
  }

  add(value: f64): void {
    this.count += 1;
    const difference = value - this.mean;
    this.mean += difference / this.count;
    this.squares += difference * (value - this.mean);
    if (value < this.minimum) this.minimum = value;
    if (value > this.maximum) this.maximum = value;
    if (this.kept === this.room) this.makeRoom();
    this.values[this.kept] = value;
    this.kept++;
  }

  /**
   * Count, mean, sum of squares, minimum, maximum, how many values and the values; how many bins, and the number and
   * the count of each in the order of their values (see binNumber in statistics/sample.ts).
   */
  report(to: DoubleWriter): void {
    if (this.folded) this.fold();
    to.put(this.count);
    to.put(this.mean);
    to.put(this.squares);
    to.put(this.minimum);
    to.put(this.maximum);
    to.put(this.kept);
    to.putAll(this.values, 0, this.kept);
    to.put(this.below.filled() + this.above.filled() + (this.zeros > 0 ? 1 : 0));
    this.below.report(to, true, -1);
    if (this.zeros > 0) {
      to.put(0);
      to.put(this.zeros);
    }
    this.above.report(to, false, 1);
  }

  private makeRoom(): void {
    if (this.room < EXACT) {
      this.values = grownDoubles(this.values, this.room, this.room * 2, 0);
      this.room = this.room * 2;
      return;
    }
    this.folded = true;
    this.fold();
  }

  /** Bins are numbered by size, from 1 million on; negative values have bins of their own. */
  private fold(): void {
    for (let i = 0; i < this.kept; i++) {
      const value = this.values[i]!;
      const size = Math.abs(value);
      if (size < ZERO) {
        this.zeros += 1;
        continue;
      }
      const bin = 1000000 + whole(Math.ceil(log(size) / LOG_GAMMA));
      if (value > 0) this.above.add(bin);
      else this.below.add(bin);
    }
    this.kept = 0;
  }
}
