import { grownDoubles } from '../engine/event-heap.js';
import type { SimulationInput } from '../input/types.js';
import { JointCensus, type Observable } from './joint-census.js';

const HOURS = 168;

/** Slots of the census series, and the hour of the week of each tick. */
export interface CensusGrid {
  readonly tick: number;
  readonly ticksPerSlot: number;
  readonly slots: number;
  /** Hour of the week (0 = Monday 00:00 local) in which each tick begins; empty for windows under a week. */
  readonly hours: Int16Array;
  /** Time that the window has in each hour of the week. */
  readonly hourTime: Float64Array;
}

/** Ticks of 15 minutes for windows up to two days, else of an hour; at most 192 slots. */
export function censusGrid(input: SimulationInput): CensusGrid {
  const tick = input.run <= 2 * 86_400 ? 900 : 3600;
  const ticks = Math.max(1, Math.ceil(input.run / tick - 1e-9));
  const ticksPerSlot = Math.max(1, Math.ceil(ticks / 192));
  const weekly = input.run >= 7 * 86_400;
  const hours = new Int16Array(weekly ? ticks : 0);
  const hourTime = new Float64Array(HOURS);
  for (let i = 0; i < hours.length; i++) {
    const hour = hourOfWeek(input, input.warmUp + i * tick);
    hours[i] = hour;
    hourTime[hour] = hourTime[hour]! + Math.min(tick, input.run - i * tick);
  }
  return { tick, ticksPerSlot, slots: Math.ceil(ticks / ticksPerSlot), hours, hourTime };
}

/** Local hour of the week at an instant. */
export function hourOfWeek(input: SimulationInput, time: number): number {
  let anchor = input.week[0] ?? { at: 0, hour: 0 };
  for (const each of input.week) {
    if (each.at > time) break;
    anchor = each;
  }
  const hour = Math.floor(anchor.hour + (time - anchor.at) / 3600 + 1e-9);
  return ((hour % HOURS) + HOURS) % HOURS;
}

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
  /** Integrals of busy, waiting and capacity at the last tick. */
  readonly #marks: Float64Array;
  readonly #tick: number;
  readonly #ticks: number;
  readonly #warmUp: number;
  readonly #end: number;

  constructor(input: SimulationInput, jointObservables: readonly (readonly Observable[])[]) {
    const n = input.facilities.length;
    this.grid = censusGrid(input);
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
    this.#marks = new Float64Array(n * 3);
    this.#tick = this.grid.tick;
    this.#ticks = Math.max(1, Math.ceil(input.run / this.#tick - 1e-9));
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
    this.#nextTick.fill(this.#ticks > 1 ? now + this.#tick : Number.MAX_VALUE);
    this.#tickIndex.fill(0);
    for (const joint of this.joints) joint.reset(now);
    this.#marks.fill(0);
  }

  /** Accounts for everything up to the end of the window. */
  finish(): void {
    for (let f = 0; f < this.busy.length; f++) {
      this.touch(f, this.#end);
      this.#endTick(f);
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

  /** Books what a tick brought, as the difference of the integrals since the one before. */
  #endTick(f: number): void {
    const tick = this.#tickIndex[f]!;
    const slot = f * this.grid.slots + Math.floor(tick / this.grid.ticksPerSlot);
    const { series, byHour } = this;
    const mark = f * 3;
    const busy = this.busyTime[f]! - this.#marks[mark]!;
    const waiting = this.waitingTime[f]! - this.#marks[mark + 1]!;
    series.busy[slot] = series.busy[slot]! + busy;
    series.waiting[slot] = series.waiting[slot]! + waiting;
    series.capacity[slot] = series.capacity[slot]! + (this.capacityTime[f]! - this.#marks[mark + 2]!);
    if (this.grid.hours.length > 0) {
      const hour = f * HOURS + this.grid.hours[tick]!;
      byHour.busy[hour] = byHour.busy[hour]! + busy;
      byHour.waiting[hour] = byHour.waiting[hour]! + waiting;
    }
    this.#marks[mark] = this.busyTime[f]!;
    this.#marks[mark + 1] = this.waitingTime[f]!;
    this.#marks[mark + 2] = this.capacityTime[f]!;
  }

  #cross(f: number, now: number): void {
    let last = this.#last[f]!;
    while (now > this.#nextTick[f]!) {
      const edge = this.#nextTick[f]!;
      this.#add(f, edge - last);
      last = edge;
      this.#endTick(f);
      const index = this.#tickIndex[f]! + 1;
      this.#tickIndex[f] = index;
      // The last tick ends with the window, whatever rounding says.
      this.#nextTick[f] = index + 1 < this.#ticks ? this.#warmUp + (index + 1) * this.#tick : Number.MAX_VALUE;
    }
    this.#add(f, now - last);
  }

  #changeJoints(f: number, by: number, queue: boolean, now: number): void {
    for (const each of this.#jointsOf[f]!) {
      if (each.queue !== queue) continue;
      each.joint.touch(now);
      each.joint.values[each.dimension] = each.joint.values[each.dimension]! + by;
    }
  }
}
