import { grownDoubles, grownInts } from './arrays.ts';
import { bit, Doubles, Ints, newDoubles, newInts } from './platform.ts';
import { f64, i32 } from './scalars.ts';

/** Kinds of events at one instant, in the order in which they happen. */
export const CLASS_MARK: i32 = -1;
export const CLASS_END: i32 = 0;
export const CLASS_CAPACITY: i32 = 1;
export const CLASS_PATIENCE: i32 = 2;
export const CLASS_ARRIVAL: i32 = 3;

/** What a scheduled number means, besides its subject (a token, a pool, a unit or a cohort). */
export const EVENT_END: i32 = 0;
export const EVENT_PATIENCE: i32 = 1;
export const EVENT_CAPACITY: i32 = 2;
export const EVENT_FAILURE: i32 = 3;
export const EVENT_REPAIR: i32 = 4;
export const EVENT_ARRIVAL: i32 = 5;
export const EVENT_ENTER: i32 = 6;
export const EVENT_WINDOW: i32 = 7;
/** A group may leave; its subject is the number of the place. */
export const EVENT_DEPARTURE: i32 = 8;
/** Units of a pool become units of another, or change back; its subject is the number of the conversion. */
export const EVENT_CONVERSION: i32 = 9;
export const EVENT_DELIVERY: i32 = 14;
export const EVENT_ORDERED: i32 = 15;

/** Scheduled numbers are `subject * KINDS + kind`. */
export const KINDS: i32 = 16;
export const KIND_BITS: i32 = 4;

/** 2⁵⁰ */
const CLASS_SPAN: f64 = 1125899906842624;

/** Places beyond the last event that are looked at as if they held events; they never come. */
const PADDING: i32 = 4;

/**
 * A 4-ary heap of events ordered by time, then class, then order of scheduling. Taking the first event leaves a hole
 * at the root, which the next scheduled event fills: most events cause exactly one other, and so cost one sift. Which
 * of four children comes first is found without branches on their times, which nothing could foresee.
 */
export class EventHeap {
  private time: Doubles = newDoubles(0);
  private key: Doubles = newDoubles(0);
  private what: Ints = newInts(0);
  private room: i32 = 0;
  private size: i32 = 0;
  private counter: f64 = 0;
  private hole: boolean = false;

  constructor() {
    this.grow(256);
  }

  /** Time of the first event; Infinity when there is none. */
  firstTime(): f64 {
    if (this.hole) this.close();
    return this.time[0]!;
  }

  /** Takes the first event out and gives its `what`. Only after firstTime(). */
  take(): i32 {
    this.hole = true;
    return this.what[0]!;
  }

  /** What tells the event just taken from all others; until the next one is scheduled. */
  takenKey(): f64 {
    return this.key[0]!;
  }

  /** Schedules an event; gives what tells it from all others. */
  push(time: f64, eventClass: i32, what: i32): f64 {
    const key = eventClass * CLASS_SPAN + this.counter;
    this.counter += 1;
    if (this.hole) {
      this.hole = false;
      this.down(time, key, what);
    } else {
      this.add(time, key, what);
    }
    return key;
  }

  /** Adds an event at the end and lets it rise. */
  private add(time: f64, key: f64, what: i32): void {
    if (this.size + PADDING === this.room) this.grow(this.room * 2);
    const times = this.time;
    const keys = this.key;
    const whats = this.what;
    let i = this.size;
    this.size = i + 1;
    while (i > 0) {
      const parent = (i - 1) >> 2;
      const other = times[parent]!;
      if (other < time || (other === time && keys[parent]! < key)) break;
      times[i] = other;
      keys[i] = keys[parent]!;
      whats[i] = whats[parent]!;
      i = parent;
    }
    times[i] = time;
    keys[i] = key;
    whats[i] = what;
  }

  private close(): void {
    this.hole = false;
    const last = this.size - 1;
    const time = this.time[last]!;
    const key = this.key[last]!;
    this.size = last;
    this.time[last] = Infinity;
    this.key[last] = Infinity;
    if (last > 0) this.down(time, key, this.what[last]!);
  }

  /** Puts an event at the root and lets it sink. */
  private down(time: f64, key: f64, what: i32): void {
    const times = this.time;
    const keys = this.key;
    const whats = this.what;
    const size = this.size;
    let i = 0;
    let a = 1;
    while (a < size) {
      const timeA = times[a]!;
      const timeB = times[a + 1]!;
      const timeC = times[a + 2]!;
      const timeD = times[a + 3]!;
      let left = a + bit(timeB < timeA);
      let right = a + 2 + bit(timeD < timeC);
      if (timeA === timeB && keys[a + 1]! < keys[a]!) left = a + 1;
      if (timeC === timeD && keys[a + 3]! < keys[a + 2]!) right = a + 3;
      const timeLeft = times[left]!;
      const timeRight = times[right]!;
      let best = left + (right - left) * bit(timeRight < timeLeft);
      if (timeLeft === timeRight && keys[right]! < keys[left]!) best = right;
      const bestTime = times[best]!;
      if (time < bestTime || (time === bestTime && key < keys[best]!)) break;
      times[i] = bestTime;
      keys[i] = keys[best]!;
      whats[i] = whats[best]!;
      i = best;
      a = (i << 2) + 1;
    }
    times[i] = time;
    keys[i] = key;
    whats[i] = what;
  }

  private grow(more: i32): void {
    this.time = grownDoubles(this.time, this.room, more, Infinity);
    this.key = grownDoubles(this.key, this.room, more, Infinity);
    this.what = grownInts(this.what, this.room, more);
    this.room = more;
  }
}
