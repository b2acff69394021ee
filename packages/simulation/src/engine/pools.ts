import type { Program } from '../program/program.js';
import type { Recorder } from '../statistics/recorder.js';
import { grownDoubles, grownInts } from './event-heap.js';

/** Stands for an unlimited number of units; counts that are taken from it stay exact. */
export const UNLIMITED = 1_000_000_000;

/** Units: how many each pool has, how many are in use, and which grant keeps them. */
export class Pools {
  readonly scheduled: Int32Array;
  /** Units that are broken down, and those that will be as soon as their work is done. */
  readonly down: Int32Array;
  readonly owed: Int32Array;
  readonly capacity: Int32Array;
  readonly busy: Int32Array;
  /** When a unit was given back last: the longest idle goes first. */
  readonly lastFreed: Float64Array;
  readonly facility: Int32Array;
  /** Pools with units that may serve someone who waits, to be looked at. */
  readonly dirty: Int32Array;
  dirtyCount = 0;
  readonly #isDirty: Uint8Array;

  /** Grants: which units, since when, for which activity; linked by slot. */
  grantPool = new Int32Array(256);
  grantUnits = new Int32Array(256);
  grantNext = new Int32Array(256);
  grantActivity = new Int32Array(256);
  grantTime = new Float64Array(256);
  #freeGrant = -1;
  readonly #recorder: Recorder;

  constructor(program: Program, recorder: Recorder) {
    const n = program.input.pools.length;
    this.#recorder = recorder;
    this.scheduled = new Int32Array(n);
    this.down = new Int32Array(n);
    this.owed = new Int32Array(n);
    this.capacity = new Int32Array(n);
    this.busy = new Int32Array(n);
    this.lastFreed = new Float64Array(n).fill(-1);
    this.facility = program.poolFacility;
    this.dirty = new Int32Array(n);
    this.#isDirty = new Uint8Array(n);
    for (let i = 255; i >= 0; i--) {
      this.grantNext[i] = this.#freeGrant;
      this.#freeGrant = i;
    }
  }

  free(pool: number): number {
    return this.capacity[pool]! - this.busy[pool]!;
  }

  /** Sets the scheduled units, with those that are down taken off. */
  schedule(pool: number, units: number, now: number): void {
    this.scheduled[pool] = units;
    this.update(pool, now);
  }

  /** Recomputes the capacity of a pool and of its facility. */
  update(pool: number, now: number): void {
    const before = this.capacity[pool]!;
    const after = Math.max(0, this.scheduled[pool]! - this.down[pool]!);
    this.capacity[pool] = after;
    const facility = this.facility[pool]!;
    let total = 0;
    for (let p = 0; p < this.capacity.length; p++) {
      if (this.facility[p] === facility) total += this.capacity[p]!;
    }
    this.#recorder.census.changeCapacity(facility, total >= UNLIMITED ? Number.POSITIVE_INFINITY : total, now);
    if (after > before && this.free(pool) > 0) this.markDirty(pool);
  }

  markDirty(pool: number): void {
    if (this.#isDirty[pool] === 1) return;
    this.#isDirty[pool] = 1;
    this.dirty[this.dirtyCount++] = pool;
  }

  clearDirty(): void {
    for (let i = 0; i < this.dirtyCount; i++) this.#isDirty[this.dirty[i]!] = 0;
    this.dirtyCount = 0;
  }

  /** Takes units and records them in front of a slot's list; gives the new first grant. */
  take(pool: number, units: number, activity: number, first: number, now: number): number {
    this.busy[pool] = this.busy[pool]! + units;
    this.#recorder.census.changeBusy(this.facility[pool]!, units, now);
    return this.link(pool, units, activity, first, now);
  }

  /** A grant record in front of a list, without taking units. */
  link(pool: number, units: number, activity: number, first: number, now: number): number {
    if (this.#freeGrant < 0) this.#grow();
    const grant = this.#freeGrant;
    this.#freeGrant = this.grantNext[grant]!;
    this.grantPool[grant] = pool;
    this.grantUnits[grant] = units;
    this.grantActivity[grant] = activity;
    this.grantTime[grant] = now;
    this.grantNext[grant] = first;
    return grant;
  }

  /** Frees a grant's record; its units are someone else's business. Gives the next grant of its list. */
  unlink(grant: number): number {
    const next = this.grantNext[grant]!;
    this.grantNext[grant] = this.#freeGrant;
    this.#freeGrant = grant;
    return next;
  }

  /** Gives back the units of a list of grants. */
  giveBack(first: number, now: number): void {
    let grant = first;
    while (grant >= 0) {
      const pool = this.grantPool[grant]!;
      const units = this.grantUnits[grant]!;
      const facility = this.facility[pool]!;
      this.#recorder.kept(facility, this.grantActivity[grant]!, units, this.grantTime[grant]!, now);
      this.#recorder.census.changeBusy(facility, -units, now);
      this.busy[pool] = this.busy[pool]! - units;
      this.lastFreed[pool] = now;
      this.markDirty(pool);
      grant = this.unlink(grant);
    }
  }

  /** Ends the accounts of a grant whose units go on to serve the same patient elsewhere. */
  settle(grant: number, units: number, now: number): void {
    const pool = this.grantPool[grant]!;
    this.#recorder.kept(this.facility[pool]!, this.grantActivity[grant]!, units, this.grantTime[grant]!, now);
  }

  #grow(): void {
    const old = this.grantPool.length;
    const room = old * 2;
    this.grantPool = grownInts(this.grantPool, room);
    this.grantUnits = grownInts(this.grantUnits, room);
    this.grantNext = grownInts(this.grantNext, room);
    this.grantActivity = grownInts(this.grantActivity, room);
    this.grantTime = grownDoubles(this.grantTime, room);
    for (let i = room - 1; i >= old; i--) {
      this.grantNext[i] = this.#freeGrant;
      this.#freeGrant = i;
    }
  }
}
