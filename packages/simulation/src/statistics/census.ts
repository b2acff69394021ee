import { grownDoubles } from '../engine/event-heap.js';
import type { SimulationInput } from '../input/types.js';
import { type CensusGrid, HOURS } from './census-grid.js';
import { JointCensus, type Observable } from './joint-census.js';

interface JointDimension {
  readonly joint: JointCensus;
  readonly dimension: number;
  readonly queue: boolean;
}

/** Units in use, waiting requests and capacity of every facility, integrated over the window. */
export class Census {
  readonly busy: Int32Array;
  readonly waiting: Int32Array;
  readonly capacity: Float64Array;
  readonly busyTime: Float64Array;
  readonly waitingTime: Float64Array;
  readonly capacityTime: Float64Array;
  readonly overTime: Float64Array;
  readonly distribution: Float64Array[];
  readonly series: { readonly busy: Float64Array; readonly waiting: Float64Array; readonly capacity: Float64Array };
  readonly byHour: { readonly busy: Float64Array; readonly waiting: Float64Array };
  readonly joints: readonly JointCensus[];
  readonly grid: CensusGrid;
  readonly #jointsOf: JointDimension[][];
  readonly #last: Float64Array;
  readonly #nextTick: Float64Array;
  readonly #tickIndex: Int32Array;
  /** Integrals of busy, waiting and capacity at the end of the last slot, and of busy and waiting at that of the last tick. */
  readonly #slotMarks: Float64Array;
  readonly #tickMarks: Float64Array;
  readonly #warmUp: number;
  readonly #end: number;

  constructor(input: SimulationInput, grid: CensusGrid, jointObservables: readonly (readonly Observable[])[]) {
    const n = input.facilities.length;
    this.grid = grid;
    this.busy = new Int32Array(n);
    this.waiting = new Int32Array(n);
    this.capacity = new Float64Array(n);
    this.busyTime = new Float64Array(n);
    this.waitingTime = new Float64Array(n);
    this.capacityTime = new Float64Array(n);
    this.overTime = new Float64Array(n);
    this.distribution = input.facilities.map(() => new Float64Array(16));
    const slots = n * this.grid.slots;
    this.series = {
      busy: new Float64Array(slots),
      waiting: new Float64Array(slots),
      capacity: new Float64Array(slots),
    };
    this.byHour = { busy: new Float64Array(n * HOURS), waiting: new Float64Array(n * HOURS) };
    this.joints = jointObservables.map((list) => new JointCensus(list.length));
    this.#jointsOf = input.facilities.map(() => []);
    jointObservables.forEach((list, j) => {
      list.forEach(({ kind, facilities }, dimension) => {
        for (const f of facilities) {
          this.#jointsOf[f]?.push({ joint: this.joints[j]!, dimension, queue: kind === 'queue' });
        }
      });
    });
    this.#last = new Float64Array(n);
    this.#nextTick = new Float64Array(n).fill(Number.POSITIVE_INFINITY);
    this.#tickIndex = new Int32Array(n);
    this.#slotMarks = new Float64Array(n * 3);
    this.#tickMarks = new Float64Array(n * 2);
    this.#warmUp = input.warmUp;
    this.#end = input.warmUp + input.run;
  }

  /** Units taken (above 0) or given back (below). */
  changeBusy(f: number, by: number, now: number): void {
    this.touch(f, now);
    this.busy[f] = this.busy[f]! + by;
    if (this.#jointsOf[f]!.length > 0) this.#changeJoints(f, by, false, now);
  }

  changeWaiting(f: number, by: number, now: number): void {
    this.touch(f, now);
    this.waiting[f] = this.waiting[f]! + by;
    if (this.#jointsOf[f]!.length > 0) this.#changeJoints(f, by, true, now);
  }

  changeCapacity(f: number, to: number, now: number): void {
    this.touch(f, now);
    this.capacity[f] = to;
  }

  /** Accounts for the time since the facility's last change. */
  touch(f: number, now: number): void {
    const last = this.#last[f]!;
    if (now <= last) return;
    if (now > this.#nextTick[f]!) this.#cross(f, now);
    else this.#add(f, now - last);
    this.#last[f] = now;
  }

  /** Forgets what was before: the window begins. */
  begin(now: number): void {
    for (const array of [this.busyTime, this.waitingTime, this.capacityTime, this.overTime]) array.fill(0);
    for (const each of this.distribution) each.fill(0);
    this.#last.fill(now);
    this.#nextTick.fill(this.grid.ticks > 1 ? now + this.grid.tick : Number.MAX_VALUE);
    this.#tickIndex.fill(0);
    for (const joint of this.joints) joint.reset(now);
    this.#slotMarks.fill(0);
    this.#tickMarks.fill(0);
  }

  /** Accounts for everything up to the end of the window. */
  finish(): void {
    for (let f = 0; f < this.busy.length; f++) {
      this.touch(f, this.#end);
      this.#endTick(f);
      this.#endSlot(f, this.grid.slots - 1);
    }
    for (const joint of this.joints) joint.touch(this.#end);
  }

  #add(f: number, time: number): void {
    const busy = this.busy[f]!;
    const waiting = this.waiting[f]!;
    const capacity = this.capacity[f]!;
    this.busyTime[f] = this.busyTime[f]! + busy * time;
    this.waitingTime[f] = this.waitingTime[f]! + waiting * time;
    if (capacity < Number.POSITIVE_INFINITY) {
      this.capacityTime[f] = this.capacityTime[f]! + capacity * time;
      if (busy > capacity) this.overTime[f] = this.overTime[f]! + (busy - capacity) * time;
    }
    let distribution = this.distribution[f]!;
    if (busy >= distribution.length) {
      distribution = grownDoubles(distribution, Math.max(busy + 1, distribution.length * 2));
      this.distribution[f] = distribution;
    }
    distribution[busy] = distribution[busy]! + time;
  }

  /** Accounts for a stretch without change that goes on beyond the end of the tick. */
  #cross(f: number, now: number): void {
    const { tick, ticks, ticksPerSlot } = this.grid;
    const edge = this.#nextTick[f]!;
    this.#add(f, edge - this.#last[f]!);
    this.#endTick(f);
    let index = this.#tickIndex[f]! + 1;
    if (index % ticksPerSlot === 0) this.#endSlot(f, index / ticksPerSlot - 1);
    // The last tick ends with the window, whatever rounding says.
    while (index + 1 < ticks && now > this.#warmUp + (index + 1) * tick) {
      const nextSlot = index - (index % ticksPerSlot) + ticksPerSlot;
      let to = Math.min(nextSlot, ticks - 1, Math.ceil((now - this.#warmUp) / tick) - 1);
      if (to <= index) to = index + 1;
      this.#wholeTicks(f, index, to);
      index = to;
      if (index === nextSlot) this.#endSlot(f, index / ticksPerSlot - 1);
    }
    this.#tickIndex[f] = index;
    this.#nextTick[f] = index + 1 < ticks ? this.#warmUp + (index + 1) * tick : Number.MAX_VALUE;
    const from = this.#warmUp + index * tick;
    if (now > from) this.#add(f, now - from);
  }

  /** Ticks in which nothing changes: one sum for all of them, and no more than that for hours in which nobody is there. */
  #wholeTicks(f: number, from: number, to: number): void {
    const { tick, weekly, hours } = this.grid;
    this.#add(f, (to - from) * tick);
    if (!weekly) return;
    const base = f * HOURS;
    const busy = this.busy[f]! * tick;
    const waiting = this.waiting[f]! * tick;
    if (busy > 0) {
      const byHour = this.byHour.busy;
      for (let i = from; i < to; i++) byHour[base + hours[i]!] = byHour[base + hours[i]!]! + busy;
    }
    if (waiting > 0) {
      const byHour = this.byHour.waiting;
      for (let i = from; i < to; i++) byHour[base + hours[i]!] = byHour[base + hours[i]!]! + waiting;
    }
    this.#markTick(f);
  }

  /** Books what a tick brought to its hour of the week, as the difference of the integrals since its begin. */
  #endTick(f: number): void {
    if (!this.grid.weekly) return;
    const { busy, waiting } = this.byHour;
    const hour = f * HOURS + this.grid.hours[this.#tickIndex[f]!]!;
    busy[hour] = busy[hour]! + (this.busyTime[f]! - this.#tickMarks[f * 2]!);
    waiting[hour] = waiting[hour]! + (this.waitingTime[f]! - this.#tickMarks[f * 2 + 1]!);
    this.#markTick(f);
  }

  #markTick(f: number): void {
    this.#tickMarks[f * 2] = this.busyTime[f]!;
    this.#tickMarks[f * 2 + 1] = this.waitingTime[f]!;
  }

  /** As endTick, for a slot of the series. */
  #endSlot(f: number, slot: number): void {
    const { series } = this;
    const marks = this.#slotMarks;
    const place = f * this.grid.slots + slot;
    const mark = f * 3;
    series.busy[place] = this.busyTime[f]! - marks[mark]!;
    series.waiting[place] = this.waitingTime[f]! - marks[mark + 1]!;
    series.capacity[place] = this.capacityTime[f]! - marks[mark + 2]!;
    marks[mark] = this.busyTime[f]!;
    marks[mark + 1] = this.waitingTime[f]!;
    marks[mark + 2] = this.capacityTime[f]!;
  }

  #changeJoints(f: number, by: number, queue: boolean, now: number): void {
    for (const each of this.#jointsOf[f]!) {
      if (each.queue !== queue) continue;
      each.joint.touch(now);
      each.joint.values[each.dimension] = each.joint.values[each.dimension]! + by;
    }
  }
}
