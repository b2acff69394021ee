import { DoubleWriter } from './arrays.ts';
import { Grid } from './grid.ts';
import { Doubles, fillDoubles, Ints, newDoubles, newInts, quotient, whole } from './platform.ts';
import { f64, i32 } from './scalars.ts';

/** How long each combination of several counts held, in a dense table that grows with the counts. */
export class JointCensus {
  readonly dimensions: i32;
  readonly values: Ints;
  private sizes: Ints;
  private cells: Doubles;
  private cellCount: i32;
  private last: f64 = 0;

  constructor(dimensions: i32) {
    this.dimensions = dimensions;
    this.values = newInts(dimensions);
    const sizes = newInts(dimensions);
    let total = 1;
    for (let d = 0; d < dimensions; d++) {
      sizes[d] = 16;
      total *= 16;
    }
    this.sizes = sizes;
    this.cellCount = total;
    this.cells = newDoubles(total);
  }

  /**
   * Accounts for the time since the last change; call before a value changes.
   * @returns false where there are more combinations than can be counted
   */
  touch(now: f64): boolean {
    if (now <= this.last) return true;
    let index = 0;
    for (let d = 0; d < this.dimensions; d++) {
      const value = this.values[d]!;
      if (value >= this.sizes[d]!) {
        if (!this.grow(d, value)) return false;
        return this.touch(now);
      }
      index = index * this.sizes[d]! + value;
    }
    this.cells[index] = this.cells[index]! + (now - this.last);
    this.last = now;
    return true;
  }

  reset(now: f64): void {
    fillDoubles(this.cells, 0, 0, this.cellCount);
    this.last = now;
  }

  /** The combinations that had time: how many, then the counts and the time of each. */
  report(to: DoubleWriter): void {
    let filled = 0;
    for (let i = 0; i < this.cellCount; i++) if (this.cells[i]! > 0) filled++;
    to.put(filled);
    for (let i = 0; i < this.cellCount; i++) {
      if (!(this.cells[i]! > 0)) continue;
      let divisor = this.cellCount;
      let rest = i;
      for (let d = 0; d < this.dimensions; d++) {
        divisor = quotient(divisor, this.sizes[d]!);
        const count = quotient(rest, divisor);
        rest -= count * divisor;
        to.put(count);
      }
      to.put(this.cells[i]!);
    }
  }

  private grow(dimension: i32, value: i32): boolean {
    const sizes = newInts(this.dimensions);
    let total: f64 = 1;
    for (let d = 0; d < this.dimensions; d++) {
      let size = this.sizes[d]!;
      if (d === dimension) while (size <= value) size *= 2;
      sizes[d] = size;
      total *= size;
    }
    if (total > 4000000) return false;
    const count = whole(total);
    const cells = newDoubles(count);
    for (let i = 0; i < this.cellCount; i++) {
      if (!(this.cells[i]! > 0)) continue;
      let divisor = this.cellCount;
      let rest = i;
      let index = 0;
      for (let d = 0; d < this.dimensions; d++) {
        divisor = quotient(divisor, this.sizes[d]!);
        const at = quotient(rest, divisor);
        rest -= at * divisor;
        index = index * sizes[d]! + at;
      }
      cells[index] = this.cells[i]!;
    }
    this.sizes = sizes;
    this.cells = cells;
    this.cellCount = count;
    return true;
  }
}

/** What a joint census counts of a facility: units in use, requests that wait, and units that there are. */
export const COUNTS_BUSY: i32 = 0;
export const COUNTS_WAITING: i32 = 1;
export const COUNTS_CAPACITY: i32 = 2;

/** One of the counts of a joint census, as the facility or the site of requests knows it. */
export class JointLink {
  readonly joint: JointCensus;
  readonly dimension: i32;
  /** One of COUNTS_. */
  readonly kind: i32;
  readonly next: JointLink | null;

  constructor(joint: JointCensus, dimension: i32, kind: i32, next: JointLink | null) {
    this.joint = joint;
    this.dimension = dimension;
    this.kind = kind;
    this.next = next;
  }
}

/** Changes one kind of count wherever it is counted together with others. */
export function changeJoints(links: JointLink | null, by: i32, kind: i32, grid: Grid): void {
  let link = links;
  while (link !== null) {
    if (link.kind === kind) {
      if (!link.joint.touch(grid.now)) grid.full = true;
      const values = link.joint.values;
      values[link.dimension] = values[link.dimension]! + by;
    }
    link = link.next;
  }
}

/** A capacity as a joint census counts it: 0 is without end, and one more than there is anything else. */
export function countedCapacity(capacity: f64): i32 {
  return capacity < Infinity ? whole(capacity) + 1 : 0;
}
