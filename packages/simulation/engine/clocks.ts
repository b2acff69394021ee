import { Doubles } from './platform.ts';
import { f64, i32 } from './scalars.ts';

/** Follows a step function through time. */
export class StepCursor {
  private readonly at: Doubles;
  private readonly values: Doubles;
  private readonly count: i32;
  /** Infinity where it does not begin anew. */
  private readonly period: f64;
  private cycle: f64 = 0;
  private index: i32 = 0;

  constructor(at: Doubles, values: Doubles, count: i32, period: f64) {
    this.at = at;
    this.values = values;
    this.count = count;
    this.period = period;
  }

  /** The value that holds now. */
  value(): f64 {
    return this.values[this.index]!;
  }

  /** When the next piece begins; Infinity when this one lasts for ever. */
  nextTime(): f64 {
    const start = this.cycle === 0 ? 0 : this.cycle * this.period;
    if (this.index + 1 < this.count) return start + this.at[this.index + 1]!;
    return this.period === Infinity ? this.period : (this.cycle + 1) * this.period;
  }

  advance(): void {
    if (this.index + 1 < this.count) {
      this.index++;
    } else {
      this.index = 0;
      this.cycle += 1;
    }
  }

  /** The smallest value that holds from now until a time, which does not count itself. */
  leastUntil(time: f64): f64 {
    let least = this.value();
    let cycle = this.cycle;
    let index = this.index;
    for (;;) {
      if (index + 1 < this.count) {
        index++;
      } else {
        if (this.period === Infinity) return least;
        index = 0;
        cycle += 1;
      }
      const start = cycle === 0 ? 0 : cycle * this.period;
      if (start + this.at[index]! >= time) return least;
      if (this.values[index]! < least) least = this.values[index]!;
    }
    return NaN;
  }

  /** The largest value that it ever has. */
  most(): f64 {
    let most: f64 = 0;
    for (let i = 0; i < this.count; i++) if (this.values[i]! > most) most = this.values[i]!;
    return most;
  }
}

/**
 * Times of a Poisson process with piecewise constant rate, by inversion of the cumulative rate: exact, and one unit
 * exponential for each arrival, whatever the rates are.
 */
export class PoissonClock {
  private readonly cursor: StepCursor;
  private time: f64 = 0;

  constructor(rate: StepCursor) {
    this.cursor = rate;
  }

  /** The arrival that comes after this much cumulative rate, or Infinity when none comes before the end. */
  next(exposure: f64, end: f64): f64 {
    let left = exposure;
    for (;;) {
      const rate = this.cursor.value();
      const edge = this.cursor.nextTime();
      const gain = rate * (edge - this.time);
      if (rate > 0 && gain >= left) {
        this.time += left / rate;
        return this.time;
      }
      if (edge >= end) return Infinity;
      left -= gain;
      this.time = edge;
      this.cursor.advance();
    }
    return NaN;
  }
}
