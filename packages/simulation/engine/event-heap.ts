import { grownDoubles } from './arrays.ts';
import { TRIPLE } from './event-order.ts';
import { copyTriple, Doubles, leastOfFour, newDoubles, quotient, setEvent, whatOf } from './platform.ts';
import { f64, i32, i8 } from './scalars.ts';

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

/** Events beyond the last that are looked at as if there were any; they never come. */
const PADDING: i32 = 4;

/** What they have as their time: no two side by side are equal, so that comparing them takes no second look. */
function paddingAt(place: i32): f64 {
  return place > 0 && place % (4 * TRIPLE) === 0 ? NaN : Infinity;
}

/**
 * A 4-ary heap of events ordered by time, then class, then order of scheduling. Taking the first event leaves a hole
 * at the root, which the next scheduled event fills: most events cause exactly one other, and so cost one sift. Which
 * of four children comes first is found without branches on their times, which nothing could foresee.
 */
export class EventHeap {
  private events: Doubles = newDoubles(0);
  /** Place after the last event. */
  private end: i32 = 0;
  /** Places that are to be filled: the root's, or none. */
  private holes: i8 = 0;
  /** Events that there is room for. */
  private room: i32 = 0;
  private counter: f64 = 0;

  constructor() {
    this.grow(256);
  }

  /** Time of the first event; Infinity when there is none. */
  // @inline
  firstTime(): f64 {
    if (this.holes > 0) this.close();
    return this.events[0]!;
  }

  /** Takes the first event out and gives its `what`. Only after firstTime(). */
  // @inline
  take(): i32 {
    this.holes = 1;
    return whatOf(this.events, 0);
  }

  /** What tells the event just taken from all others; until the next one is scheduled. */
  takenKey(): f64 {
    return this.events[1]!;
  }

  /** Schedules an event; gives what tells it from all others. */
  push(time: f64, eventClass: i32, what: i32): f64 {
    const key = eventClass * CLASS_SPAN + this.counter;
    this.schedule(time, key, what);
    return key;
  }

  /** As push, for the end of a token's work or rest. */
  // @inline
  pushEnd(time: f64, token: i32): f64 {
    const key = this.counter;
    this.schedule(time, key, token * KINDS + EVENT_END);
    return key;
  }

  // @inline
  private schedule(time: f64, key: f64, what: i32): void {
    this.counter += 1;
    if (this.holes > 0) {
      this.holes = 0;
      this.down(time, key, what);
    } else {
      this.add(time, key, what);
    }
  }

  /** Adds an event at the end and lets it rise. */
  private add(time: f64, key: f64, what: i32): void {
    if (this.end + PADDING * TRIPLE >= this.room * TRIPLE) this.grow(this.room * 2);
    const events = this.events;
    let hole = this.end;
    this.end = hole + TRIPLE;
    while (hole > 0) {
      const parent = quotient(hole - TRIPLE, 4 * TRIPLE) * TRIPLE;
      const other = events[parent]!;
      if (other < time || (other === time && events[parent + 1]! < key)) break;
      copyTriple(events, parent, hole);
      hole = parent;
    }
    setEvent(events, hole, time, key, what);
  }

  private close(): void {
    const last = this.end - TRIPLE;
    const events = this.events;
    const time = events[last]!;
    const key = events[last + 1]!;
    const what = whatOf(events, last);
    this.holes = 0;
    this.end = last;
    setEvent(events, last, paddingAt(last), Infinity, 0);
    if (last > 0) this.down(time, key, what);
  }

  /** Puts an event at the root and lets it sink. */
  // @inline
  private down(time: f64, key: f64, what: i32): void {
    const events = this.events;
    const end = this.end;
    let hole = 0;
    let first = TRIPLE;
    while (first < end) {
      const least = leastOfFour(events, first);
      const other = events[least]!;
      if (other >= time) {
        if (other > time) break;
        if (key < events[least + 1]!) break;
      }
      copyTriple(events, least, hole);
      hole = least;
      first = (least << 2) + TRIPLE;
    }
    setEvent(events, hole, time, key, what);
  }

  private grow(more: i32): void {
    const events = grownDoubles(this.events, this.end, more * TRIPLE, 0);
    for (let at = this.end; at < more * TRIPLE; at += TRIPLE) setEvent(events, at, paddingAt(at), Infinity, 0);
    this.events = events;
    this.room = more;
  }
}
