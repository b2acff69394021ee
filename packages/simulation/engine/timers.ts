import { grownDoubles } from './arrays.ts';
import { Doubles, Ints, newDoubles, newInts } from './platform.ts';
import { f64, i32 } from './scalars.ts';

export const TIMER_EFFECT_BEGINS: i32 = 0;
export const TIMER_EFFECT_ENDS: i32 = 1;
export const TIMER_LEAD: i32 = 2;
export const TIMER_DRAW: i32 = 3;
export const TIMER_RETURN: i32 = 4;

/** What is due at some time, in the order in which it was asked for where that is the same. */
export class Timers {
  time: Doubles = newDoubles(16);
  kind: Ints = newInts(16);
  subject: Ints = newInts(16);
  stamp: Ints = newInts(16);
  count: i32 = 0;
  private room: i32 = 16;

  push(time: f64, kind: i32, subject: i32, stamp: i32): void {
    if (this.count === this.room) this.grow();
    this.time[this.count] = time;
    this.kind[this.count] = kind;
    this.subject[this.count] = subject;
    this.stamp[this.count] = stamp;
    this.count++;
  }

  next(): f64 {
    let next: f64 = Infinity;
    for (let i = 0; i < this.count; i++) if (this.time[i]! < next) next = this.time[i]!;
    return next;
  }

  /** The place of the first that is due; -1 for none. */
  due(now: f64): i32 {
    let best = -1;
    for (let i = 0; i < this.count; i++) {
      if (this.time[i]! <= now && (best < 0 || this.time[i]! < this.time[best]!)) best = i;
    }
    return best;
  }

  remove(place: i32): void {
    for (let i = place + 1; i < this.count; i++) {
      this.time[i - 1] = this.time[i]!;
      this.kind[i - 1] = this.kind[i]!;
      this.subject[i - 1] = this.subject[i]!;
      this.stamp[i - 1] = this.stamp[i]!;
    }
    this.count--;
  }

  private grow(): void {
    const room = this.room * 2;
    this.time = grownDoubles(this.time, this.room, room, 0);
    this.kind = grown(this.kind, this.room);
    this.subject = grown(this.subject, this.room);
    this.stamp = grown(this.stamp, this.room);
    this.room = room;
  }
}

function grown(array: Ints, room: i32): Ints {
  const more = newInts(room * 2);
  for (let i = 0; i < room; i++) more[i] = array[i]!;
  return more;
}
