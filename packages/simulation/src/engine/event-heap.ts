/** Kinds of events at one instant, in the order in which they happen. */
export const CLASS_MARK = -1;
export const CLASS_END = 0;
export const CLASS_CAPACITY = 1;
export const CLASS_PATIENCE = 2;
export const CLASS_ARRIVAL = 3;

const CLASS_SPAN = 2 ** 50;

/**
 * A 4-ary heap of events ordered by time, then class, then order of scheduling. Taking the first event leaves a hole
 * at the root, which the next scheduled event fills: most events cause exactly one other, and so cost one sift.
 */
export class EventHeap {
  #time = new Float64Array(256);
  #key = new Float64Array(256);
  #what = new Int32Array(256);
  #size = 0;
  #counter = 0;
  #hole = false;

  /** Events that are waiting. */
  get size(): number {
    return this.#hole ? this.#size - 1 : this.#size;
  }

  /** Time of the first event; Infinity when there is none. */
  firstTime(): number {
    if (this.#hole) this.#close();
    return this.#size === 0 ? Number.POSITIVE_INFINITY : this.#time[0]!;
  }

  /** Takes the first event out and gives its `what`. Only after firstTime(). */
  take(): number {
    this.#hole = true;
    return this.#what[0]!;
  }

  /** Schedules an event. */
  push(time: number, eventClass: number, what: number): void {
    const key = eventClass * CLASS_SPAN + this.#counter++;
    if (this.#hole) {
      this.#hole = false;
      this.#down(time, key, what);
      return;
    }
    if (this.#size === this.#time.length) this.#grow();
    const times = this.#time;
    const keys = this.#key;
    const whats = this.#what;
    let i = this.#size++;
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

  #close(): void {
    this.#hole = false;
    const last = --this.#size;
    if (last > 0) this.#down(this.#time[last]!, this.#key[last]!, this.#what[last]!);
  }

  /** Puts an event at the root and lets it sink. */
  #down(time: number, key: number, what: number): void {
    const times = this.#time;
    const keys = this.#key;
    const whats = this.#what;
    const size = this.#size;
    let i = 0;
    for (;;) {
      const first = (i << 2) + 1;
      if (first >= size) break;
      const end = first + 4 < size ? first + 4 : size;
      let best = first;
      let bestTime = times[first]!;
      for (let child = first + 1; child < end; child++) {
        const childTime = times[child]!;
        if (childTime < bestTime || (childTime === bestTime && keys[child]! < keys[best]!)) {
          best = child;
          bestTime = childTime;
        }
      }
      if (time < bestTime || (time === bestTime && key < keys[best]!)) break;
      times[i] = bestTime;
      keys[i] = keys[best]!;
      whats[i] = whats[best]!;
      i = best;
    }
    times[i] = time;
    keys[i] = key;
    whats[i] = what;
  }

  #grow(): void {
    const length = this.#time.length * 2;
    this.#time = grownDoubles(this.#time, length);
    this.#key = grownDoubles(this.#key, length);
    this.#what = grownInts(this.#what, length);
  }
}

/** A copy with more room; the new places hold `fill`. */
export function grownDoubles(array: Float64Array, length: number, fill = 0): Float64Array<ArrayBuffer> {
  const grown = new Float64Array(length);
  grown.set(array);
  if (fill !== 0) grown.fill(fill, array.length);
  return grown;
}

/** As grownDoubles, for whole numbers. */
export function grownInts(array: Int32Array, length: number, fill = 0): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(length);
  grown.set(array);
  if (fill !== 0) grown.fill(fill, array.length);
  return grown;
}
