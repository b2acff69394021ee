import { Allowance, Team } from './allowances.ts';
import { DoubleWriter, IntList, IntQueue } from './arrays.ts';
import { Change, ChangedPool, CUTS_SUPPLY, Dependence, Effect } from './changes.ts';
import { Gauge, LevelPlace, Trigger } from './levels.ts';
import { Doubles, Ints, newDoubles, newInts, newTable, Table } from './platform.ts';
import { Response } from './responses.ts';
import { f64, i32 } from './scalars.ts';
import { Recent, Signal } from './signals.ts';
import { Stock } from './stocks.ts';
import { Timers } from './timers.ts';

/*
 * What happens to a run from outside, what is watched in it, and what is done about it. There is none of this in a run
 * without a crisis, a response, or a system that work depends on.
 */

/** Kinds of rows of what a run tells of itself. */
export const TOLD_EFFECT: i32 = 0;
export const TOLD_TRIGGER: i32 = 1;
export const TOLD_GAUGE: i32 = 2;
export const TOLD_LEVEL: i32 = 3;
export const TOLD_RESPONSE: i32 = 4;
/** A measure took effect, or was taken back. */
export const TOLD_MEASURE: i32 = 5;
export const TOLD_SYSTEM: i32 = 6;

/** All of this in a run. */
export class Control {
  /** Words of readings, see reading.ts, and their constants. */
  code: Ints = newInts(0);
  constants: Doubles = newDoubles(0);
  readonly stack: Doubles = newDoubles(256);
  signalCount: i32 = 0;
  signals: Table<Signal> = newTable<Signal>(0);
  recentCount: i32 = 0;
  recents: Table<Recent> = newTable<Recent>(0);
  triggerCount: i32 = 0;
  triggers: Table<Trigger> = newTable<Trigger>(0);
  placeCount: i32 = 0;
  places: Table<LevelPlace> = newTable<LevelPlace>(0);
  gaugeCount: i32 = 0;
  gauges: Table<Gauge> = newTable<Gauge>(0);
  responseCount: i32 = 0;
  responses: Table<Response> = newTable<Response>(0);
  changeCount: i32 = 0;
  changes: Table<Change> = newTable<Change>(0);
  effectCount: i32 = 0;
  effects: Table<Effect> = newTable<Effect>(0);
  poolCount: i32 = 0;
  pools: Table<ChangedPool> = newTable<ChangedPool>(0);
  dependenceCount: i32 = 0;
  dependences: Table<Dependence> = newTable<Dependence>(0);
  /** By component of responses that have to do with each other, the set of those in force. */
  sets: Ints = newInts(0);
  allowanceCount: i32 = 0;
  allowances: Table<Allowance> = newTable<Allowance>(0);
  teamCount: i32 = 0;
  teams: Table<Team> = newTable<Team>(0);
  /** Whether staff on duty changed since the units were worked out that teams look after. */
  dutyChanged: boolean = false;
  /** By cohort, numbers of the changes that concern its arrivals, in their order; those who wait outside. */
  guards: Table<IntList> = newTable<IntList>(0);
  outside: Table<IntQueue> = newTable<IntQueue>(0);
  readonly timers: Timers = new Timers();
  /** Facilities that readings look at, and what they were when it was looked last: busy, waiting, capacity. */
  watched: IntList = new IntList(newInts(0), 0);
  seen: Doubles = newDoubles(0);
  /** When something is due though nothing happens. */
  next: f64 = 0;
  /** Looks at the present instant. */
  looks: i32 = 0;
  /** Tells tokens that wait for a system from what becomes of them afterwards; below -1, so that no event has it. */
  stamps: f64 = -1;
  /** Rows of four: time, TOLD_…, subject, value. */
  readonly told: DoubleWriter = new DoubleWriter();

  /** The window begins: what was counted before is forgotten. What was told is not, since it says what is in force. */
  beginWindow(): void {
    this.looks = 0;
    for (let i = 0; i < this.changeCount; i++) {
      this.changes[i]!.people = 0;
      this.changes[i]!.unitTime = 0;
    }
  }

  /** The highest level at some places; the calmest where there is none. */
  highest(places: IntList): i32 {
    let level = 0;
    for (let i = 0; i < places.count; i++) {
      const own = this.places[places.at[i]!]!.level;
      if (own > level) level = own;
    }
    return level;
  }

  tell(now: f64, what: i32, subject: i32, value: f64): void {
    this.told.put(now);
    this.told.put(what);
    this.told.put(subject);
    this.told.put(value);
  }
}

/** Sets what a stock's deliveries bring of what they say. */
export function supplyOf(control: Control, stock: Stock, index: i32): void {
  let share: f64 = 1;
  for (let i = 0; i < control.changeCount; i++) {
    const change = control.changes[i]!;
    if (change.kind === CUTS_SUPPLY && change.on && change.subject === index) share *= change.amount;
  }
  stock.supply = share;
}
