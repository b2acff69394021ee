import { DoubleWriter, grownDoubles, IntList, IntQueue } from './arrays.ts';
import { StepCursor } from './clocks.ts';
import { Doubles, Ints, newDoubles, newInts, newTable, Table } from './platform.ts';
import { Pool } from './pools.ts';
import { f64, i32 } from './scalars.ts';
import { Stock } from './stocks.ts';

/*
 * What happens to a run from outside, what is watched in it, and what is done about it. There is none of this in a run
 * without a crisis, a response, or a system that work depends on.
 */

/** What was in the last hours: moments with a value each (a wait, or 1 where they are only counted). */
export class Recent {
  readonly over: f64;
  /** Cohort, activity's outcome that count; -1 for all. */
  readonly cohort: i32;
  readonly outcome: i32;
  /** Whether it reads the mean of the values, not how many there are. */
  readonly isMean: boolean;
  /** Whether something was added since it was looked at. */
  changed: boolean = false;
  private times: Doubles = newDoubles(16);
  private values: Doubles = newDoubles(16);
  private from: i32 = 0;
  private count: i32 = 0;
  private room: i32 = 16;
  private sum: f64 = 0;

  constructor(over: f64, cohort: i32, outcome: i32, isMean: boolean) {
    this.over = over;
    this.cohort = cohort;
    this.outcome = outcome;
    this.isMean = isMean;
  }

  add(value: f64, now: f64): void {
    if (this.count === this.room) this.grow();
    const at = (this.from + this.count) & (this.room - 1);
    this.times[at] = now;
    this.values[at] = value;
    this.count++;
    this.sum += value;
    this.changed = true;
  }

  /** Forgets what is over: whatever lies in the last `over` seconds remains, the instant before them excluded. */
  forget(now: f64): void {
    while (this.count > 0 && this.times[this.from]! + this.over <= now) {
      this.sum -= this.values[this.from]!;
      this.from = (this.from + 1) & (this.room - 1);
      this.count--;
    }
    if (this.count === 0) this.sum = 0;
    this.changed = false;
  }

  /** How many there are, or their mean, which nobody knows where there are none. */
  value(): f64 {
    if (!this.isMean) return this.count;
    return this.count === 0 ? NaN : this.sum / this.count;
  }

  /** When the first of them is forgotten. */
  next(): f64 {
    return this.count === 0 ? Infinity : this.times[this.from]! + this.over;
  }

  private grow(): void {
    const times = newDoubles(this.room * 2);
    const values = newDoubles(this.room * 2);
    for (let i = 0; i < this.count; i++) {
      times[i] = this.times[(this.from + i) & (this.room - 1)]!;
      values[i] = this.values[(this.from + i) & (this.room - 1)]!;
    }
    this.times = times;
    this.values = values;
    this.room = this.room * 2;
    this.from = 0;
  }
}

/** Instants that are known in advance, one after the other. */
export class Instants {
  private readonly at: Doubles;
  private readonly count: i32;
  private index: i32 = 0;

  constructor(at: Doubles, count: i32) {
    this.at = at;
    this.count = count;
  }

  next(): f64 {
    return this.index < this.count ? this.at[this.index]! : Infinity;
  }

  /** Whether now is one of them, which is then over. */
  take(now: f64): boolean {
    let taken = false;
    while (this.next() <= now) {
      taken = this.next() === now;
      this.index++;
    }
    return taken;
  }
}

/** A mean over time is looked at, while it changes of itself, so many times in its window. */
const LOOKS_IN_A_WINDOW: f64 = 60;

/** Something that is watched. NaN is not known. */
export class Signal {
  /** Code of its reading; -1 where it is a series. */
  readonly code: i32;
  readonly steps: StepCursor | null;
  /** The time over which it is averaged; 0 for none. */
  readonly window: f64;
  /** The instants at which it is read; null for always. */
  readonly samples: Instants | null;
  value: f64 = NaN;
  /** Values from moments on, or samples, as far back as the mean reaches. */
  private times: Doubles = newDoubles(16);
  private values: Doubles = newDoubles(16);
  private count: i32 = 0;
  private room: i32 = 16;

  constructor(code: i32, steps: StepCursor | null, window: f64, samples: Instants | null) {
    this.code = code;
    this.steps = steps;
    this.window = window;
    this.samples = samples;
  }

  /** Takes in what it reads at an instant. */
  see(value: f64, now: f64): void {
    if (this.window <= 0) this.value = value;
    else if (this.samples !== null) this.sample(value, now);
    else this.average(value, now);
  }

  /** When it changes of itself. */
  next(now: f64): f64 {
    const steps = this.steps;
    let next: f64 = steps === null ? Infinity : steps.nextTime();
    const samples = this.samples;
    if (samples !== null) next = Math.min(next, samples.next());
    else if (this.window > 0 && this.count > 1) {
      const step = this.window / LOOKS_IN_A_WINDOW;
      next = Math.min(next, (Math.floor(now / step) + 1) * step);
    }
    return next;
  }

  private sample(value: f64, now: f64): void {
    let first = 0;
    while (first < this.count && !(this.times[first]! > now - this.window)) first++;
    this.drop(first);
    if (!isNaN(value)) this.remember(value, now);
    let sum: f64 = 0;
    for (let i = 0; i < this.count; i++) sum += this.values[i]!;
    this.value = this.count === 0 ? NaN : sum / this.count;
  }

  private average(value: f64, now: f64): void {
    const last: f64 = this.count === 0 ? NaN : this.values[this.count - 1]!;
    if (last !== value && !(isNaN(last) && isNaN(value))) this.remember(value, now);
    const from = now - this.window;
    let first = this.count - 1;
    while (first > 0 && this.times[first]! > from) first--;
    if (first > 0) this.drop(first);
    let area: f64 = 0;
    let known: f64 = 0;
    for (let i = 0; i < this.count; i++) {
      if (isNaN(this.values[i]!)) continue;
      const begin = this.times[i]! > from ? this.times[i]! : from;
      const length = (i + 1 < this.count ? this.times[i + 1]! : now) - begin;
      area += this.values[i]! * length;
      known += length;
    }
    this.value = known > 0 ? area / known : value;
  }

  private drop(first: i32): void {
    if (first <= 0) return;
    for (let i = first; i < this.count; i++) {
      this.times[i - first] = this.times[i]!;
      this.values[i - first] = this.values[i]!;
    }
    this.count -= first;
  }

  private remember(value: f64, now: f64): void {
    if (this.count === this.room) {
      this.times = grownDoubles(this.times, this.room, this.room * 2, 0);
      this.values = grownDoubles(this.values, this.room, this.room * 2, 0);
      this.room = this.room * 2;
    }
    this.times[this.count] = now;
    this.values[this.count] = value;
    this.count++;
  }
}

export const AT_REST: i32 = 0;
export const PENDING: i32 = 1;
export const ACTIVE: i32 = 2;
/** Of a response: in force, though nothing calls for it any more. */
export const RECOVERING: i32 = 3;

/** Fires once what it waits for has lasted, and ends once what it lasts until has. */
export class Trigger {
  readonly index: i32;
  /** Codes of its conditions; -1 where an alert fires it, and where nothing is said. */
  readonly when: i32;
  readonly until: i32;
  readonly lasting: f64;
  readonly calm: f64;
  /** The level that it sets; -1 for none. */
  readonly place: i32;
  readonly level: i32;
  /** Alerts in force that fire it. */
  alerts: i32 = 0;
  phase: i32 = AT_REST;
  /** Since when; of rest, when it last ended. NaN for never. */
  since: f64 = NaN;
  calmSince: f64 = NaN;

  constructor(index: i32, when: i32, until: i32, lasting: f64, calm: f64, place: i32, level: i32) {
    this.index = index;
    this.when = when;
    this.until = until;
    this.lasting = lasting;
    this.calm = calm;
    this.place = place;
    this.level = level;
  }

  /** When it is due though nothing new is seen. */
  next(): f64 {
    if (this.phase === PENDING) return this.since + this.lasting;
    return this.phase === ACTIVE && !isNaN(this.calmSince) ? this.calmSince + this.calm : Infinity;
  }
}

/** Where a scale has a level. */
export class LevelPlace {
  level: i32 = 0;
  /** As it is worked out anew. */
  raised: i32 = 0;
}

/** A level from points, or from the levels of others. Members are pairs: 0 and a place, or 1 and a gauge. */
export class Gauge {
  readonly place: i32;
  /** Codes of what is scored, and for each how many lines it has, which are pairs of a limit and points. */
  readonly scores: IntList;
  readonly lineCounts: IntList;
  readonly lines: Doubles;
  /** Pairs of a level and the points from which on it holds. */
  readonly thresholds: Doubles;
  readonly thresholdCount: i32;
  readonly worst: IntList;
  /** For each: level, how many, least level, number of members, members. */
  readonly counted: IntList;
  readonly samples: Instants | null;
  /** NaN while points are not known. */
  score: f64 = NaN;
  level: i32 = 0;
  raised: i32 = 0;
  /** Whether it keeps its level at this instant, since it is read at others. */
  held: boolean = false;

  constructor(
    place: i32,
    scores: IntList,
    lineCounts: IntList,
    lines: Doubles,
    thresholds: Doubles,
    thresholdCount: i32,
    worst: IntList,
    counted: IntList,
    samples: Instants | null,
  ) {
    this.place = place;
    this.scores = scores;
    this.lineCounts = lineCounts;
    this.lines = lines;
    this.thresholds = thresholds;
    this.thresholdCount = thresholdCount;
    this.worst = worst;
    this.counted = counted;
    this.samples = samples;
  }
}

export const CALLED_BY_TRIGGER: i32 = 0;
export const CALLED_BY_LEVEL: i32 = 1;
export const CALLED_BY_GAUGE: i32 = 2;

/** In force while any of its calls is there, and for a time after. */
export class Response {
  readonly index: i32;
  /** For each: kind, subject, level, whether only at that level. */
  readonly calls: IntList;
  readonly atMost: f64;
  readonly delay: f64;
  /** Responses that have to end first. */
  readonly after: IntList;
  /** Numbers of its changes. */
  readonly changes: IntList;
  phase: i32 = AT_REST;
  since: f64 = NaN;
  /** Recovering: when what called for it ended. */
  calledUntil: f64 = NaN;
  /** At rest though it is still called for: its longest time is over. */
  spent: boolean = false;
  called: boolean = false;

  constructor(index: i32, calls: IntList, atMost: f64, delay: f64, after: IntList, changes: IntList) {
    this.index = index;
    this.calls = calls;
    this.atMost = atMost;
    this.delay = delay;
    this.after = after;
    this.changes = changes;
  }

  next(now: f64): f64 {
    if (this.phase === AT_REST) return Infinity;
    const end = this.since + this.atMost;
    const recovered = this.phase === RECOVERING ? this.calledUntil + this.delay : Infinity;
    // Once that is over, others have to end first.
    return recovered > now && recovered < end ? recovered : end;
  }
}

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

/** Something that is otherwise while an effect lasts or a response is in force. */
export class Change {
  readonly index: i32;
  readonly kind: i32;
  /** Hash of its name, for draws. */
  readonly hash: i32;
  /** Pool, conversion, variable, stock, trigger, target cohort or component; bit of a component, whether a loss is drawn. */
  readonly subject: i32;
  readonly detail: i32;
  readonly amount: f64;
  /** How long losses take to come back; cost per second of what is added; code of a delay. */
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
  since: f64 = 0;
  /** Units of each of the pools that are not there, and whether they are coming back. */
  readonly lost: Ints;
  returning: boolean = false;
  returned: i32 = 0;
  ended: f64 = 0;
  draws: i32 = 0;
  /** People concerned, in the window. */
  people: f64 = 0;

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
  /** Units by which it differs from its timetable at present, and those of them that are lost. */
  difference: i32 = 0;
  lost: i32 = 0;

  constructor(pool: Pool, changes: IntList, needs: IntList) {
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

export const TIMER_EFFECT_BEGINS: i32 = 0;
export const TIMER_EFFECT_ENDS: i32 = 1;
export const TIMER_LEAD: i32 = 2;
export const TIMER_DRAW: i32 = 3;
export const TIMER_RETURN: i32 = 4;

/** What is due at some time, in the order in which it was asked for where that is the same. */
export class Timers {
  time: Doubles = newDoubles(16);
  kind: Ints = newInts(16);
  subject: Ints = newInts(16);
  stamp: Ints = newInts(16);
  count: i32 = 0;
  private room: i32 = 16;

  push(time: f64, kind: i32, subject: i32, stamp: i32): void {
    if (this.count === this.room) this.grow();
    this.time[this.count] = time;
    this.kind[this.count] = kind;
    this.subject[this.count] = subject;
    this.stamp[this.count] = stamp;
    this.count++;
  }

  next(): f64 {
    let next: f64 = Infinity;
    for (let i = 0; i < this.count; i++) if (this.time[i]! < next) next = this.time[i]!;
    return next;
  }

  /** The place of the first that is due; -1 for none. */
  due(now: f64): i32 {
    let best = -1;
    for (let i = 0; i < this.count; i++) {
      if (this.time[i]! <= now && (best < 0 || this.time[i]! < this.time[best]!)) best = i;
    }
    return best;
  }

  remove(place: i32): void {
    for (let i = place + 1; i < this.count; i++) {
      this.time[i - 1] = this.time[i]!;
      this.kind[i - 1] = this.kind[i]!;
      this.subject[i - 1] = this.subject[i]!;
      this.stamp[i - 1] = this.stamp[i]!;
    }
    this.count--;
  }

  private grow(): void {
    const room = this.room * 2;
    this.time = grownDoubles(this.time, this.room, room, 0);
    this.kind = grown(this.kind, this.room);
    this.subject = grown(this.subject, this.room);
    this.stamp = grown(this.stamp, this.room);
    this.room = room;
  }
}

function grown(array: Ints, room: i32): Ints {
  const more = newInts(room * 2);
  for (let i = 0; i < room; i++) more[i] = array[i]!;
  return more;
}

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
  /** Costs of what responses added, by staff and by things, in the window. */
  staffCost: f64 = 0;
  thingsCost: f64 = 0;
  /** Rows of four: time, TOLD_…, subject, value. */
  readonly told: DoubleWriter = new DoubleWriter();

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
