import { copyDoubles, copyInts, Doubles, fillDoubles, Ints, newDoubles, newInts, newTable, Table } from './platform.ts';
import { f64, i32 } from './scalars.ts';

/** A copy with more room; the new places hold `fill`. */
export function grownDoubles(array: Doubles, from: i32, to: i32, fill: f64): Doubles {
  const grown = newDoubles(to);
  copyDoubles(array, grown, from);
  if (fill !== 0) fillDoubles(grown, fill, from, to);
  return grown;
}

/** As grownDoubles, for whole numbers; the new places hold 0. */
export function grownInts(array: Ints, from: i32, to: i32): Ints {
  const grown = newInts(to);
  copyInts(array, grown, from);
  return grown;
}

/** As grownDoubles, for objects; the new places must be filled before they are read. */
export function grownTable<T>(array: Table<T>, from: i32, to: i32): Table<T> {
  const grown = newTable<T>(to);
  for (let i = 0; i < from; i++) grown[i] = array[i]!;
  return grown;
}

/** A list of whole numbers that does not change once the program is read. */
export class IntList {
  readonly at: Ints;
  readonly count: i32;

  constructor(at: Ints, count: i32) {
    this.at = at;
    this.count = count;
  }
}

/** Whole numbers, first in first out, in a ring whose length is a power of 2. */
export class IntQueue {
  count: i32 = 0;
  private from: i32 = 0;
  /** None before the first of them: there are many queues, and few of them are used. */
  private room: i32 = 0;
  private items: Ints = newInts(0);

  push(item: i32): void {
    if (this.count === this.room) this.grow();
    this.items[(this.from + this.count) & (this.room - 1)] = item;
    this.count++;
  }

  /** Only while there are any. */
  shift(): i32 {
    const item = this.items[this.from]!;
    this.from = (this.from + 1) & (this.room - 1);
    this.count--;
    return item;
  }

  /** Takes out every item that equals one; the others keep their order. */
  remove(item: i32): void {
    for (let left = this.count; left > 0; left--) {
      const first = this.shift();
      if (first !== item) this.push(first);
    }
  }

  private grow(): void {
    const room = this.room === 0 ? 16 : this.room * 2;
    const grown = newInts(room);
    for (let i = 0; i < this.count; i++) grown[i] = this.items[(this.from + i) & (this.room - 1)]!;
    this.items = grown;
    this.room = room;
    this.from = 0;
  }
}

/** Doubles in the order in which they were written. */
export class DoubleWriter {
  count: i32 = 0;
  items: Doubles = newDoubles(64);
  private room: i32 = 64;

  put(item: f64): void {
    if (this.count === this.room) {
      this.items = grownDoubles(this.items, this.room, this.room * 2, 0);
      this.room = this.room * 2;
    }
    this.items[this.count] = item;
    this.count++;
  }

  putAll(items: Doubles, from: i32, to: i32): void {
    for (let i = from; i < to; i++) this.put(items[i]!);
  }

  clear(): void {
    this.count = 0;
  }
}
