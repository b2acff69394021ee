import { IntList, IntQueue } from './arrays.ts';
import { StepCursor } from './clocks.ts';
import { Facility } from './facility.ts';
import { Ints, newInts, newTable, Table } from './platform.ts';
import type { RequestClass } from './queues.ts';
import { f64, i32, i8 } from './scalars.ts';

/** Stands for an unlimited number of units; counts that are taken from it stay exact. */
export const UNLIMITED: i32 = 1000000000;

/** Units for which a pool that is alone at its facility makes room before they are in use. */
const MOST_ROOM: i32 = 4096;

/** How a pool is asked for: in ways that have to be looked up each time; */
export const ASKED_ANYHOW: i8 = 0;
/** only in requests for one unit of it, all of the same class, and nothing but time changes what it has; */
export const PLAIN: i8 = 1;
/** as plain, and it is the only pool of a resource, no staff, that is in no joint census; */
export const PLAIN_ALONE: i8 = 2;
/** as alone, and there is room to count all units that it has. */
export const PLAIN_ROOMY: i8 = 3;

/** Units that cannot be told apart: how many there are and how many are in use. */
export class Pool {
  readonly index: i32;
  readonly facility: Facility;
  busy: i32 = 0;
  capacity: i32 = 0;
  /** Requests that wait and involve it. */
  waiting: i32 = 0;
  /** Whether it is among those to be looked at. */
  dirty: boolean = false;
  /** How it is asked for; a number, since that is compared at once where JavaScript would look at what a truth might be. */
  asked: i8 = ASKED_ANYHOW;
  /** Of a plain pool: the only class that involves it. */
  queue: RequestClass | null = null;
  /** When a unit was given back last: the longest idle goes first. */
  lastFreed: f64 = -1;
  /** Request classes that involve it; those of them that may ask for more than one unit, and so hold others back. */
  classes: IntList;
  bigClasses: IntList;
  /** Classes whose requests it may meet while others stand in: those who do, and who supervise them. */
  otherClasses: IntList;
  /** Null where the number is unlimited. */
  cursor: StepCursor | null = null;
  scheduled: i32 = 0;
  /** Units that are broken down. */
  down: i32 = 0;

  /** Code of the times between failures and of repairs, -1 for none; hash of the stream they are drawn from. */
  every: i32 = -1;
  lasts: i32 = -1;
  hash: i32 = 0;
  /** Units that break down: the number of the first among those of all pools, and how often each one did. */
  units: i32 = 0;
  firstUnit: i32 = 0;
  visits: Ints = newInts(0);
  /** Number of the stock that its units are, -1 for units that come back. */
  stock: i32 = -1;
  /** Units that came from other pools (or went there, below 0). */
  converted: i32 = 0;
  /** What takes a unit as soon as one is free: a repair, by its unit, or a conversion, as -1 - its number. */
  readonly owed: IntQueue = new IntQueue();

  /** Whether an earlier search has been here, and how many units it has spoken for. */
  visited: i32 = 0;
  spokenFor: i32 = 0;
  /** Units that the request that is being met may still take. */
  toTake: i32 = 0;

  /** A pool that no class involves yet. */
  constructor(index: i32, facility: Facility, none: IntList) {
    this.index = index;
    this.facility = facility;
    this.classes = none;
    this.bigClasses = none;
    this.otherClasses = none;
  }

  // @inline
  free(): i32 {
    return this.capacity - this.busy;
  }
}

/** Units that someone keeps: of which pool, how many, for which activity and since when; linked by slot. */
export class Grant {
  // What is read when units are given back lies together.
  pool: Pool;
  next: Grant | null = null;
  since: f64 = 0;
  units: i32 = 0;
  activity: i32 = 0;
  /** The allowance by which its units stand in for others; -1 for none. */
  allowance: i32 = -1;

  constructor(pool: Pool) {
    this.pool = pool;
  }

  /** Is about so many units of a pool from now on, in front of others; since when is to be set. */
  // @inline
  hold(pool: Pool, units: i32, activity: i32, next: Grant | null): void {
    this.pool = pool;
    this.units = units;
    this.activity = activity;
    this.next = next;
  }
}

/** What can be asked for: pools with their ranks, the lowest of which is taken first. */
export class Target {
  readonly count: i32;
  readonly pools: Table<Pool>;
  readonly ranks: Ints;
  /** Numbers of the allowances by which others may stand in. */
  readonly standIns: IntList;

  constructor(count: i32, pools: Table<Pool>, ranks: Ints, standIns: IntList) {
    this.count = count;
    this.pools = pools;
    this.ranks = ranks;
    this.standIns = standIns;
  }

  has(pool: Pool): boolean {
    for (let i = 0; i < this.count; i++) if (this.pools[i]! === pool) return true;
    return false;
  }

  /** Whether units that are kept are what it asks for. */
  isKeptIn(grant: Grant): boolean {
    if (grant.allowance < 0) return this.has(grant.pool);
    for (let i = 0; i < this.standIns.count; i++) if (this.standIns.at[i]! === grant.allowance) return true;
    return false;
  }
}

/** All pools, those that may serve someone who waits, and the records of grants. */
export class Pools {
  readonly count: i32;
  readonly all: Table<Pool>;
  readonly dirty: Table<Pool>;
  dirtyCount: i32 = 0;
  private freeGrant: Grant | null = null;

  constructor(count: i32) {
    this.count = count;
    this.all = newTable<Pool>(count);
    this.dirty = newTable<Pool>(count);
  }

  /** Sets the scheduled units, with those that are down taken off. */
  schedule(pool: Pool, units: i32): void {
    pool.scheduled = units;
    this.update(pool);
  }

  /** Recomputes the capacity of a pool and of its facility. */
  update(pool: Pool): void {
    const before = pool.capacity;
    const left = pool.scheduled + pool.converted - pool.down;
    const after = left > 0 ? left : 0;
    pool.capacity = after;
    const facility = pool.facility;
    if (pool.asked >= PLAIN_ALONE) {
      pool.asked = after <= MOST_ROOM ? PLAIN_ROOMY : PLAIN_ALONE;
      if (pool.asked === PLAIN_ROOMY) facility.makeRoom(after);
    }
    facility.units += after - before;
    facility.changeCapacity(facility.units >= UNLIMITED ? Infinity : facility.units);
    if (after > before && pool.free() > 0) this.markDirty(pool);
  }

  /** Units of a pool may serve someone: worth a look where anybody waits for them. */
  markDirty(pool: Pool): void {
    if (pool.dirty || (pool.waiting === 0 && pool.owed.count === 0)) return;
    pool.dirty = true;
    this.dirty[this.dirtyCount] = pool;
    this.dirtyCount++;
  }

  clearDirty(): void {
    for (let i = 0; i < this.dirtyCount; i++) this.dirty[i]!.dirty = false;
    this.dirtyCount = 0;
  }

  /** Takes units and records them in front of a slot's list; gives the new first grant. */
  take(pool: Pool, units: i32, activity: i32, first: Grant | null, now: f64): Grant {
    pool.busy += units;
    pool.facility.changeBusy(units);
    const grant = this.link(pool, units, activity, first);
    grant.since = now;
    return grant;
  }

  /** A grant record in front of a list, without taking units; since when they are kept is to be set. */
  // @inline
  link(pool: Pool, units: i32, activity: i32, first: Grant | null): Grant {
    const known = this.freeGrant;
    const grant = known === null ? new Grant(pool) : known;
    this.freeGrant = grant.next;
    grant.hold(pool, units, activity, first);
    return grant;
  }

  /** Frees a grant's record; its units are someone else's business. Gives the next grant of its list. */
  // @inline
  unlink(grant: Grant): Grant | null {
    const next = grant.next;
    grant.next = this.freeGrant;
    this.freeGrant = grant;
    return next;
  }
}
