import { IntList, IntQueue } from './arrays.ts';
import { StepCursor } from './clocks.ts';
import { Ints, newInts, Table } from './platform.ts';
import { Pool } from './pools.ts';
import { f64, i32 } from './scalars.ts';

/** Units that are not there: so many, a share, all. */
export const LOSES_UNITS: i32 = 0;
export const LOSES_SHARE: i32 = 1;
export const LOSES_ALL: i32 = 2;
export const ADDS_UNITS: i32 = 3;
export const CONVERTS: i32 = 4;
/** Work takes so many times as long; deliveries bring so much of what they did. */
export const SLOWS: i32 = 5;
export const CUTS_SUPPLY: i32 = 6;
export const ALERTS: i32 = 7;
/** Arrivals: some stay away, bring others, come as others or go away, wait outside, do not come, come, come later. */
export const THINS: i32 = 8;
export const MULTIPLIES: i32 = 9;
export const DIVERTS: i32 = 10;
export const PAUSES: i32 = 11;
export const CANCELS: i32 = 12;
export const STARTS: i32 = 13;
export const POSTPONES: i32 = 14;
/** A source of further arrivals runs. */
export const BRINGS_MORE: i32 = 15;
/** Patients take other ways. */
export const CHANGES_WAYS: i32 = 16;
/** Others may stand in; teams must be on duty for what is in use. */
export const ALLOWS: i32 = 17;
export const STAFFS: i32 = 18;

/** Something that is otherwise while an effect lasts or a response is in force. */
export class Change {
  readonly index: i32;
  readonly kind: i32;
  /** Hash of its name, for draws. */
  readonly hash: i32;
  /** Pool, conversion, variable, stock, trigger, target cohort, component or team; bit of a component, whether a loss is drawn. */
  readonly subject: i32;
  readonly detail: i32;
  readonly amount: f64;
  /** How long losses take to come back; code of a delay. */
  readonly more: f64;
  /** Lead time of a response's measure. */
  readonly lead: f64;
  readonly code: i32;
  /** Pools that lose, or cohorts. */
  readonly list: IntList;
  /** The amount over time, where it is not always the same. */
  readonly steps: StepCursor | null;
  on: boolean = false;
  /** Told from its earlier times, so that a lead time that was given up does not come. */
  stamp: i32 = 0;
  /** Units of each of the pools that are not there, and whether they are coming back. */
  readonly lost: Ints;
  returning: boolean = false;
  returned: i32 = 0;
  ended: f64 = 0;
  draws: i32 = 0;
  /** People concerned, in the window. */
  people: f64 = 0;
  /** Units added that are there, since when that is counted, and for how many unit-seconds of the window they were. */
  units: i32 = 0;
  unitsSince: f64 = 0;
  unitTime: f64 = 0;

  constructor(
    index: i32,
    kind: i32,
    hash: i32,
    subject: i32,
    detail: i32,
    amount: f64,
    more: f64,
    lead: f64,
    code: i32,
    list: IntList,
    steps: StepCursor | null,
  ) {
    this.index = index;
    this.kind = kind;
    this.hash = hash;
    this.subject = subject;
    this.detail = detail;
    this.amount = amount;
    this.more = more;
    this.lead = lead;
    this.code = code;
    this.list = list;
    this.steps = steps;
    this.lost = newInts(list.count);
  }

  /** So many of the units that it adds are there from now on. */
  setUnits(units: i32, now: f64, windowBegins: f64): void {
    const from = this.unitsSince > windowBegins ? this.unitsSince : windowBegins;
    if (now > from) this.unitTime += this.units * (now - from);
    this.unitsSince = now;
    this.units = units;
  }

  loses(): boolean {
    return this.kind <= LOSES_ALL;
  }

  /** Its amount at an instant. */
  amountAt(now: f64): f64 {
    const steps = this.steps;
    if (steps === null) return this.amount;
    while (steps.nextTime() <= now) steps.advance();
    return steps.value();
  }
}

/** What the world does, from a time on, for a time. */
export class Effect {
  readonly index: i32;
  readonly at: f64;
  readonly until: f64;
  /** Code of how long it lasts; -1 where its end is known. */
  readonly lasts: i32;
  readonly hash: i32;
  readonly changes: IntList;

  constructor(index: i32, at: f64, until: f64, lasts: i32, hash: i32, changes: IntList) {
    this.index = index;
    this.at = at;
    this.until = until;
    this.lasts = lasts;
    this.hash = hash;
    this.changes = changes;
  }
}

/** A pool whose units a change takes or adds, or that does not work without something. */
export class ChangedPool {
  readonly pool: Pool;
  /** Numbers of the changes that concern it, and of what it depends on. */
  readonly changes: IntList;
  readonly needs: IntList;
  /** Whether teams must be on duty for its units in use. */
  readonly staffed: boolean;
  /** Units by which it differs from its timetable at present, and those of them that are lost. */
  difference: i32 = 0;
  lost: i32 = 0;

  constructor(pool: Pool, changes: IntList, needs: IntList, staffed: boolean) {
    this.staffed = staffed;
    this.pool = pool;
    this.changes = changes;
    this.needs = needs;
  }
}

/** Things without which work stops, so long after the first of them is lost. */
export class Dependence {
  readonly index: i32;
  readonly count: i32;
  readonly pools: Table<Pool>;
  readonly battery: f64;
  /** Since when one of them is not there; Infinity while all are. */
  downSince: f64 = Infinity;
  failing: boolean = false;
  /** Tokens that wait until it is back, each with what its `due` must be for it to be the same still. */
  readonly waiting: IntQueue = new IntQueue();

  constructor(index: i32, count: i32, pools: Table<Pool>, battery: f64) {
    this.index = index;
    this.count = count;
    this.pools = pools;
    this.battery = battery;
  }

  next(now: f64): f64 {
    if (this.failing || this.downSince === Infinity) return Infinity;
    const end = this.downSince + this.battery;
    return end > now ? end : Infinity;
  }
}
