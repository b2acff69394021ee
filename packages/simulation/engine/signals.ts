import { grownDoubles } from './arrays.ts';
import { StepCursor } from './clocks.ts';
import { Doubles, newDoubles } from './platform.ts';
import { f64, i32 } from './scalars.ts';

/*
 * What is watched in a run: moments of the last hours, instants that are known in advance, signals.
 */

/** What was in the last hours: moments with a value each (a wait, or 1 where they are only counted). */
export class Recent {
  readonly over: f64;
  /** Cohort, activity's outcome that count; -1 for all. */
  readonly cohort: i32;
  readonly outcome: i32;
  /** Whether it reads the mean of the values, not how many there are. */
  readonly isMean: boolean;
  /** Whether something was added since it was looked at. */
  changed: boolean = false;
  private times: Doubles = newDoubles(16);
  private values: Doubles = newDoubles(16);
  private from: i32 = 0;
  private count: i32 = 0;
  private room: i32 = 16;
  private sum: f64 = 0;

  constructor(over: f64, cohort: i32, outcome: i32, isMean: boolean) {
    this.over = over;
    this.cohort = cohort;
    this.outcome = outcome;
    this.isMean = isMean;
  }

  add(value: f64, now: f64): void {
    if (this.count === this.room) this.grow();
    const at = (this.from + this.count) & (this.room - 1);
    this.times[at] = now;
    this.values[at] = value;
    this.count++;
    this.sum += value;
    this.changed = true;
  }

  /** Forgets what is over: whatever lies in the last `over` seconds remains, the instant before them excluded. */
  forget(now: f64): void {
    while (this.count > 0 && this.times[this.from]! + this.over <= now) {
      this.sum -= this.values[this.from]!;
      this.from = (this.from + 1) & (this.room - 1);
      this.count--;
    }
    if (this.count === 0) this.sum = 0;
    this.changed = false;
  }

  /** How many there are, or their mean, which nobody knows where there are none. */
  value(): f64 {
    if (!this.isMean) return this.count;
    return this.count === 0 ? NaN : this.sum / this.count;
  }

  /** When the first of them is forgotten. */
  next(): f64 {
    return this.count === 0 ? Infinity : this.times[this.from]! + this.over;
  }

  private grow(): void {
    const times = newDoubles(this.room * 2);
    const values = newDoubles(this.room * 2);
    for (let i = 0; i < this.count; i++) {
      times[i] = this.times[(this.from + i) & (this.room - 1)]!;
      values[i] = this.values[(this.from + i) & (this.room - 1)]!;
    }
    this.times = times;
    this.values = values;
    this.room = this.room * 2;
    this.from = 0;
  }
}

/** Instants that are known in advance, one after the other. */
export class Instants {
  private readonly at: Doubles;
  private readonly count: i32;
  private index: i32 = 0;

  constructor(at: Doubles, count: i32) {
    this.at = at;
    this.count = count;
  }

  next(): f64 {
    return this.index < this.count ? this.at[this.index]! : Infinity;
  }

  /** Whether now is one of them, which is then over. */
  take(now: f64): boolean {
    let taken = false;
    while (this.next() <= now) {
      taken = this.next() === now;
      this.index++;
    }
    return taken;
  }
}

/** A mean over time is looked at, while it changes of itself, so many times in its window. */
const LOOKS_IN_A_WINDOW: f64 = 60;

/** Something that is watched. NaN is not known. */
export class Signal {
  /** Code of its reading; -1 where it is a series. */
  readonly code: i32;
  readonly steps: StepCursor | null;
  /** The time over which it is averaged; 0 for none. */
  readonly window: f64;
  /** The instants at which it is read; null for always. */
  readonly samples: Instants | null;
  value: f64 = NaN;
  /** Values from moments on, or samples, as far back as the mean reaches. */
  private times: Doubles = newDoubles(16);
  private values: Doubles = newDoubles(16);
  private count: i32 = 0;
  private room: i32 = 16;

  constructor(code: i32, steps: StepCursor | null, window: f64, samples: Instants | null) {
    this.code = code;
    this.steps = steps;
    this.window = window;
    this.samples = samples;
  }

  /** Takes in what it reads at an instant. */
  see(value: f64, now: f64): void {
    if (this.window <= 0) this.value = value;
    else if (this.samples !== null) this.sample(value, now);
    else this.average(value, now);
  }

  /** When it changes of itself. */
  next(now: f64): f64 {
    const steps = this.steps;
    let next: f64 = steps === null ? Infinity : steps.nextTime();
    const samples = this.samples;
    if (samples !== null) next = Math.min(next, samples.next());
    else if (this.window > 0 && this.count > 1) {
      const step = this.window / LOOKS_IN_A_WINDOW;
      next = Math.min(next, (Math.floor(now / step) + 1) * step);
    }
    return next;
  }

  private sample(value: f64, now: f64): void {
    let first = 0;
    while (first < this.count && !(this.times[first]! > now - this.window)) first++;
    this.drop(first);
    if (!isNaN(value)) this.remember(value, now);
    let sum: f64 = 0;
    for (let i = 0; i < this.count; i++) sum += this.values[i]!;
    this.value = this.count === 0 ? NaN : sum / this.count;
  }

  private average(value: f64, now: f64): void {
    const last: f64 = this.count === 0 ? NaN : this.values[this.count - 1]!;
    if (last !== value && !(isNaN(last) && isNaN(value))) this.remember(value, now);
    const from = now - this.window;
    let first = this.count - 1;
    while (first > 0 && this.times[first]! > from) first--;
    if (first > 0) this.drop(first);
    let area: f64 = 0;
    let known: f64 = 0;
    for (let i = 0; i < this.count; i++) {
      if (isNaN(this.values[i]!)) continue;
      const begin = this.times[i]! > from ? this.times[i]! : from;
      const length = (i + 1 < this.count ? this.times[i + 1]! : now) - begin;
      area += this.values[i]! * length;
      known += length;
    }
    this.value = known > 0 ? area / known : value;
  }

  private drop(first: i32): void {
    if (first <= 0) return;
    for (let i = first; i < this.count; i++) {
      this.times[i - first] = this.times[i]!;
      this.values[i - first] = this.values[i]!;
    }
    this.count -= first;
  }

  private remember(value: f64, now: f64): void {
    if (this.count === this.room) {
      this.times = grownDoubles(this.times, this.room, this.room * 2, 0);
      this.values = grownDoubles(this.values, this.room, this.room * 2, 0);
      this.room = this.room * 2;
    }
    this.times[this.count] = now;
    this.values[this.count] = value;
    this.count++;
  }
}
