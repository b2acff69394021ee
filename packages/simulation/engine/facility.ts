import { DoubleWriter, grownDoubles } from './arrays.ts';
import { Grid } from './grid.ts';
import {
  changeJoints,
  countedCapacity,
  COUNTS_BUSY,
  COUNTS_CAPACITY,
  COUNTS_WAITING,
  JointLink,
} from './joint-census.ts';
import { beginLine, Doubles, fillDoubles, newDoubles, quotient, unsigned, whole } from './platform.ts';
import { f64, i32 } from './scalars.ts';

/** Numbers in use that there is room for at first; as many as lie in one line of the processor's fastest memory. */
const ROOM: i32 = 7;

/** Later than any tick: there is no further edge to cross. */
const NEVER: f64 = 1.7976931348623157e308;

/**
 * A resource or staff group: units in use, waiting requests and capacity, integrated over the window, and its waits. Where
 * nobody reads the integrals it is not counted: then its last change lies after every other, so that there is no time to
 * account for.
 */
export class Facility {
  // Each part lies in a line of the processor's fastest memory: first what every change reads and writes.
  private last: f64 = Infinity;
  private nextTick: f64 = Infinity;
  private readonly grid: Grid;
  busy: i32 = 0;
  waiting: i32 = 0;
  /** The time with each number in use. */
  private distribution: Doubles;
  /** As capacity, but 0 where that has no end. */
  private limit: f64 = 0;
  busyTime: f64 = 0;
  capacityTime: f64 = 0;
  /** Service time by patients' own clocks, cut at the window, for Little's law. */
  serviceByGrant: f64 = 0;

  // What those who wait are counted in.
  private distributionRoom: i32 = ROOM;
  joints: JointLink | null = null;
  /** Its role among those of staff; -1 for resources. */
  readonly role: i32;
  /** Requests met. */
  waits: i32 = 0;
  waitingTime: f64 = 0;
  /** Time in which anyone waits. */
  shortTime: f64 = 0;
  /** Requests that waited, and their waiting time. */
  waited: f64 = 0;
  waitSum: f64 = 0;
  /** Waiting time as serviceByGrant. */
  waitingByRequest: f64 = 0;
  requestsServed: f64 = 0;

  // What the end of a tick or a slot reads and writes.
  private tickIndex: i32 = 0;
  /** The tick with which the next slot of the series begins. */
  private slotTick: i32 = 0;
  readonly index: i32;
  /** Whether somebody reads its integrals. */
  private readonly counted: boolean;
  /** Integrals at the end of the last slot and of the last tick. */
  private slotBusy: f64 = 0;
  private slotWaiting: f64 = 0;
  private slotCapacity: f64 = 0;
  private tickBusy: f64 = 0;
  private tickWaiting: f64 = 0;
  /** Infinity where a pool is unlimited. */
  capacity: f64 = 0;

  overTime: f64 = 0;
  /** Units that its pools have together. */
  units: f64 = 0;

  constructor(index: i32, role: i32, grid: Grid, counted: boolean) {
    this.index = index;
    this.role = role;
    this.grid = grid;
    this.counted = counted;
    this.last = counted ? 0 : Infinity;
    beginLine();
    this.distribution = newDoubles(ROOM);
  }

  /** Units taken (above 0) or given back (below). */
  // @inline
  changeBusy(by: i32): void {
    this.touch();
    const busy = this.busy + by;
    this.busy = busy;
    // Those who fall find room that was made when it rose.
    if (by > 0 && busy >= this.distributionRoom) this.growDistribution(busy);
    if (this.joints !== null) changeJoints(this.joints, by, COUNTS_BUSY, this.grid);
  }

  /** As changeBusy, of a resource in no joint census, with room for what it comes to (see makeRoom). */
  // @inline
  changeBusyAlone(by: i32): void {
    this.touch();
    this.busy += by;
  }

  /** Makes room for so many units in use. */
  makeRoom(busy: i32): void {
    if (busy >= this.distributionRoom) this.growDistribution(busy);
  }

  /** As changeWaiting by -1 and changeBusy by 1 at once: somebody who waited for a unit gets one. */
  // @inline
  serveOne(): void {
    this.touch();
    this.waiting--;
    const busy = this.busy + 1;
    this.busy = busy;
    if (busy >= this.distributionRoom) this.growDistribution(busy);
    if (this.joints !== null) this.serveInJoints();
  }

  private serveInJoints(): void {
    changeJoints(this.joints, -1, COUNTS_WAITING, this.grid);
    changeJoints(this.joints, 1, COUNTS_BUSY, this.grid);
  }

  changeWaiting(by: i32): void {
    this.touch();
    this.waiting += by;
    if (this.joints !== null) changeJoints(this.joints, by, COUNTS_WAITING, this.grid);
  }

  changeCapacity(to: f64): void {
    this.touch();
    if (this.joints !== null) {
      const by = countedCapacity(to) - countedCapacity(this.capacity);
      changeJoints(this.joints, by, COUNTS_CAPACITY, this.grid);
    }
    this.capacity = to;
    this.limit = to < Infinity ? to : 0;
  }

  /** A request for some of its units was met after this time. */
  // @inline
  noteWait(wait: f64): void {
    this.waits++;
    if (wait > 0) {
      this.waitSum += wait;
      this.waited += 1;
    }
  }

  /** Accounts for the time since the last change. */
  // @inline
  touch(): void {
    const now = this.grid.now;
    const last = this.last;
    if (now <= last) return;
    if (now > this.nextTick) this.cross();
    else this.add(now - last);
    this.last = now;
  }

  /** Forgets what was before: the window begins. */
  begin(now: f64): void {
    this.busyTime = 0;
    this.waitingTime = 0;
    this.shortTime = 0;
    this.capacityTime = 0;
    this.overTime = 0;
    this.waits = 0;
    this.waited = 0;
    this.waitSum = 0;
    this.waitingByRequest = 0;
    this.serviceByGrant = 0;
    this.requestsServed = 0;
    fillDoubles(this.distribution, 0, 0, this.distributionRoom);
    this.last = this.counted ? now : Infinity;
    this.nextTick = this.grid.ticks > 1 ? now + this.grid.tick : NEVER;
    this.tickIndex = 0;
    this.slotTick = this.grid.ticksPerSlot;
    this.slotBusy = 0;
    this.slotWaiting = 0;
    this.slotCapacity = 0;
    this.tickBusy = 0;
    this.tickWaiting = 0;
  }

  /** Accounts for everything up to now, when the window ends. */
  finish(): void {
    this.touch();
    this.endTick();
    this.endSlot(this.grid.slots - 1);
  }

  report(to: DoubleWriter): void {
    to.put(this.busy);
    to.put(this.waiting);
    to.put(this.capacity);
    to.put(this.busyTime);
    to.put(this.waitingTime);
    to.put(this.shortTime);
    to.put(this.capacityTime);
    to.put(this.overTime);
    to.put(unsigned(this.waits));
    to.put(this.waited);
    to.put(this.waitSum);
    to.put(this.waitingByRequest);
    to.put(this.serviceByGrant);
    to.put(this.requestsServed);
    let top = this.distributionRoom;
    while (top > 1 && this.distribution[top - 1]! === 0) top--;
    to.put(top);
    to.putAll(this.distribution, 0, top);
    this.grid.report(this.index, to);
  }

  // @inline
  private add(time: f64): void {
    const busy = this.busy;
    this.busyTime += busy * time;
    this.capacityTime += this.limit * time;
    // A limit is no more than the capacity, of which it saves a look.
    if (busy > this.limit) this.addOvertime(time);
    if (this.waiting > 0) {
      this.waitingTime += this.waiting * time;
      this.shortTime += time;
    }
    this.distribution[busy] = this.distribution[busy]! + time;
  }

  private addOvertime(time: f64): void {
    const over = this.busy - this.capacity;
    if (over > 0) this.overTime += over * time;
  }

  private growDistribution(busy: i32): void {
    const double = this.distributionRoom * 2;
    const room = busy >= double ? busy + 1 : double;
    beginLine();
    this.distribution = grownDoubles(this.distribution, this.distributionRoom, room, 0);
    this.distributionRoom = room;
  }

  /** Accounts for a stretch without change that goes on beyond the end of the tick. */
  private cross(): void {
    const grid = this.grid;
    const last = this.last;
    const now = grid.now;
    const from = this.nextTick;
    const index = this.tickIndex + 1;
    this.add(from - last);
    this.endTick();
    const next = grid.warmUp + (index + 1) * grid.tick;
    if (index === this.slotTick || index + 1 >= grid.ticks || now > next) {
      this.crossFurther(index);
      return;
    }
    this.tickIndex = index;
    this.nextTick = next;
    this.add(now - from);
  }

  /** Accounts for the time since the end of a tick, where that ends a slot too, or there are more of them. */
  private crossFurther(first: i32): void {
    const grid = this.grid;
    const now = grid.now;
    const tick = grid.tick;
    const ticks = grid.ticks;
    const perSlot = grid.ticksPerSlot;
    let index = first;
    if (index % perSlot === 0) this.endSlot(quotient(index, perSlot) - 1);
    // The last tick ends with the window, whatever rounding says.
    while (index + 1 < ticks && now > grid.warmUp + (index + 1) * tick) {
      const nextSlot = index - (index % perSlot) + perSlot;
      let to = nextSlot < ticks - 1 ? nextSlot : ticks - 1;
      const reached = Math.ceil((now - grid.warmUp) / tick) - 1;
      if (reached < to) to = whole(reached);
      if (to <= index) to = index + 1;
      this.wholeTicks(index, to);
      index = to;
      if (index === nextSlot) this.endSlot(quotient(index, perSlot) - 1);
    }
    this.tickIndex = index;
    this.slotTick = index - (index % perSlot) + perSlot;
    this.nextTick = index + 1 < ticks ? grid.warmUp + (index + 1) * tick : NEVER;
    const from = grid.warmUp + index * tick;
    if (now > from) this.add(now - from);
  }

  /** Ticks in which nothing changes: one sum for all of them, and no more than that for hours in which nobody is there. */
  private wholeTicks(from: i32, to: i32): void {
    const grid = this.grid;
    this.add((to - from) * grid.tick);
    if (!grid.weekly) return;
    const busy = this.busy * grid.tick;
    const waiting = this.waiting * grid.tick;
    if (busy > 0 || waiting > 0) {
      for (let i = from; i < to; i++) grid.bookHour(grid.hours[i]!, this.index, busy, waiting);
    }
    this.markTick();
  }

  /** Books what a tick brought to its hour of the week, as the difference of the integrals since its begin. */
  private endTick(): void {
    const grid = this.grid;
    if (!grid.weekly) return;
    const hour = grid.hours[this.tickIndex]!;
    grid.bookHour(hour, this.index, this.busyTime - this.tickBusy, this.waitingTime - this.tickWaiting);
    this.markTick();
  }

  private markTick(): void {
    this.tickBusy = this.busyTime;
    this.tickWaiting = this.waitingTime;
  }

  /** As endTick, for a slot of the series. */
  private endSlot(slot: i32): void {
    const busy = this.busyTime - this.slotBusy;
    const waiting = this.waitingTime - this.slotWaiting;
    this.grid.bookSlot(slot, this.index, busy, waiting, this.capacityTime - this.slotCapacity);
    this.slotBusy = this.busyTime;
    this.slotWaiting = this.waitingTime;
    this.slotCapacity = this.capacityTime;
  }
}
