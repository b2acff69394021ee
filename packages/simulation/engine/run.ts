import { DoubleWriter, IntList, IntQueue } from './arrays.ts';
import { PoissonClock } from './clocks.ts';
import { Control } from './control.ts';
import { Conversion } from './conversions.ts';
import { EventHeap } from './event-heap.ts';
import { Facility } from './facility.ts';
import { FAULT_NONE } from './faults.ts';
import { Grid } from './grid.ts';
import { JointCensus } from './joint-census.ts';
import { Lookup } from './lookup.ts';
import { Doubles, Ints, newDoubles, newInts, newNulls, newTable, stop, Table } from './platform.ts';
import { Step } from './plain-instructions.ts';
import { Pool, Pools } from './pools.ts';
import { Population } from './population.ts';
import { RequestClass } from './queues.ts';
import { RandomStream } from './random.ts';
import { Recorder } from './recorder.ts';
import { f64, i32 } from './scalars.ts';
import { Delivery, Order, Stock } from './stocks.ts';
import { Patient, Sizes, Token } from './tokens.ts';

/** How arrivals come: not at all, by code for the time between, at a rate, in batches at times, at listed or booked times. */
export const ARRIVE_NEVER: i32 = 0;
export const ARRIVE_BY_RENEWAL: i32 = 1;
export const ARRIVE_AT_RATE: i32 = 2;
export const ARRIVE_IN_BATCHES: i32 = 3;
export const ARRIVE_AS_RECORDED: i32 = 4;
export const ARRIVE_BY_APPOINTMENT: i32 = 5;

/** Number of the first patient of a cohort who is there at time 0. */
export const FIRST_PRESENT: i32 = 1073741824;

/** Patients of a kind: how they come, what they are like and where they begin. */
export class Cohort {
  readonly index: i32;
  readonly hash: i32;
  kind: i32 = ARRIVE_NEVER;
  /** Whether its priority looks at the patient alone, and so is worked out once; where it is a matter of one attribute. */
  steady: boolean = false;
  lookup: Lookup | null = null;
  /** Its priority, where that is the same for all; else NaN. */
  constantPriority: f64 = NaN;
  /**
   * Codes of the priority; of the time between arrivals, the batch size or the lateness; of the first arrival or the
   * probability of coming (-1 for none).
   */
  priority: i32 = -1;
  arrival: i32 = -1;
  first: i32 = -1;
  /** Code of how many come together, -1 where each comes alone. */
  group: i32 = -1;
  /** Of times between arrivals that are drawn from a fixed law: the law (-1 for others), where its parameters are, and hash of the stream. */
  law: i32 = -1;
  parameters: i32 = 0;
  stream: i32 = 0;
  /** Times that are given in advance. */
  timeCount: i32 = 0;
  times: Doubles = newDoubles(0);
  /** Numbers of the patients who come at them, where these are not in their order. */
  numbers: Ints = newInts(0);
  clock: PoissonClock | null = null;
  /** Pairs of an attribute and its code; pairs of a flow and the word at which it begins. */
  attributes: IntList = new IntList(newInts(0), 0);
  entries: IntList = new IntList(newInts(0), 0);
  /** Whether they come one at a time and take one pathway, as long as nothing changes its arrivals from outside. */
  single: boolean = false;
  /** Arrivals, of groups where these come; people of groups; who were there at time 0, arrivals taken from the list, time of the last arrival. */
  count: i32 = 0;
  people: i32 = 0;
  present: i32 = 0;
  taken: i32 = 0;
  time: f64 = 0;
  /** Number of the first patient. */
  firstNumber: i32 = 0;
  /** Whether its arrivals are changed from outside. */
  guarded: boolean = false;
  /** Of a source of further arrivals: the change that turns it on, and the cohort that they are of; else -1. */
  source: i32 = -1;
  base: i32 = -1;

  constructor(index: i32, hash: i32) {
    this.index = index;
    this.hash = hash;
  }
}

/** Where patients wait for a group. */
export class GatheringPlace {
  first: Token | null = null;
  last: Token | null = null;
  count: i32 = 0;
  /** What tells the event with which the group leaves that is gathering from all others; -1 for none within the run. */
  leaves: f64 = -1;
  /** Departures so far, where there is a timetable. */
  departed: f64 = 0;
}

/** What went on, for the event log. */
export const TRACE_ARRIVE: i32 = 0;
export const TRACE_REQUEST: i32 = 1;
export const TRACE_START: i32 = 2;
export const TRACE_END: i32 = 3;
export const TRACE_GIVE_UP: i32 = 4;
export const TRACE_FINISH: i32 = 5;

/** All of one replication. The functions that change it are in the files beside this one, by subject. */
export class Run {
  /** Words of instructions and expressions, and their constants. */
  code: Ints = newInts(0);
  constants: Doubles = newDoubles(0);
  /** Pairs of an instruction's word and its operation with shortcuts; pairs of a word that holds a target and where that leads. */
  shortcuts: IntList = new IntList(newInts(0), 0);
  detours: IntList = new IntList(newInts(0), 0);
  /** By word, the instruction with a shortcut that begins there; room for all words. */
  steps: Table<Step | null> = newNulls<Step>(0);
  readonly random: RandomStream;
  readonly heap: EventHeap = new EventHeap();
  readonly population: Population;
  readonly pools: Pools;
  readonly recorder: Recorder;
  readonly grid: Grid;
  facilityCount: i32 = 0;
  facilities: Table<Facility> = newTable<Facility>(0);
  jointCount: i32 = 0;
  joints: Table<JointCensus> = newTable<JointCensus>(0);
  classCount: i32 = 0;
  classes: Table<RequestClass> = newTable<RequestClass>(0);
  /** Distinct priorities, lowest number first; none when they are not known before the run. */
  levelCount: i32 = 0;
  levels: Doubles = newDoubles(0);
  cohortCount: i32 = 0;
  cohorts: Table<Cohort> = newTable<Cohort>(0);
  /** The pool of each unit that breaks down. */
  unitPools: Table<Pool> = newTable<Pool>(0);

  stockCount: i32 = 0;
  stocks: Table<Stock> = newTable<Stock>(0);
  deliveryCount: i32 = 0;
  deliveries: Table<Delivery> = newTable<Delivery>(0);
  orderList: Table<Order> = newTable<Order>(0);
  conversionCount: i32 = 0;
  conversions: Table<Conversion> = newTable<Conversion>(0);
  /** Who is there at time 0: triples of a flow, the word at which they begin and how many. */
  present: IntList = new IntList(newInts(0), 0);

  /** What is watched and changed from outside; null where nothing is. */
  control: Control | null = null;
  /** Factors in expressions, 1 unless something from outside changes them. */
  variables: Doubles = newDoubles(0);

  now: f64 = 0;
  /** When the last batch ends, and nothing more happens; that of the present one is the grid's. */
  end: f64 = 0;
  events: f64 = 0;
  /** Whether the present batch has come to its end. */
  finished: boolean = false;
  /** Events and instructions at this instant so far. */
  instantWork: f64 = 0;
  /** Limits: events in the run, things that happen at one instant. */
  mostEvents: f64 = 0;
  mostInstant: f64 = 0;
  /** Requests made so far. */
  orders: f64 = 0;
  /** Whose expression is being evaluated, and how long their request has waited, in its priority. */
  subject: Patient | null = null;
  waitedSoFar: f64 = 0;
  /** Work that gives way, by how many began before it; the first of those who do such work. */
  givingBegun: f64 = 0;
  giving: Token | null = null;
  /** Those who are to be interrupted. */
  readonly victims: TokenStack = new TokenStack();
  /** Where patients gather, by activity; places with a timetable as pairs of an activity and a constant. */
  places: Table<GatheringPlace | null> = newNulls<GatheringPlace>(0);
  departures: IntList = new IntList(newInts(0), 0);
  /** Rounds of serving so far. */
  round: i32 = 0;
  /** Tokens that got what they waited for and go on at this instant, by number, first in first out. */
  readonly ready: IntQueue = new IntQueue();
  /** Branches that were started and have not gone on yet, last in first out. */
  readonly branches: TokenStack = new TokenStack();
  /** Those who arrive at one instant. */
  readonly arriving: TokenStack = new TokenStack();
  /** Events of this instant that are put back. */
  readonly others: IntQueue = new IntQueue();
  /** Classes that may be served; stack and parameters of the evaluator; the result of a search for units. */
  readonly candidates: Table<RequestClass>;
  readonly stack: Doubles = newDoubles(512);
  readonly parameters: Doubles = newDoubles(4);
  matched: i32 = 0;
  matchedNeed: Ints = newInts(16);
  matchedPool: Table<Pool> = newTable<Pool>(16);
  /** By which allowance each of them stands in or supervises; -1 for neither. */
  matchedAllowance: Ints = newInts(16);
  matchedRoom: i32 = 16;
  visit: i32 = 0;
  /** Number of the patient whose attributes are worked out. */
  row: i32 = 0;

  /** Rows of the event log, when one is kept: time, cohort, number, what, subject. */
  tracing: boolean = false;
  readonly trace: DoubleWriter = new DoubleWriter();
  fault: i32 = FAULT_NONE;
  /** The numbers that belong to the fault. */
  readonly faultNumbers: Doubles = newDoubles(8);

  constructor(random: RandomStream, sizes: Sizes, poolCount: i32, classCount: i32, grid: Grid) {
    this.random = random;
    const population = new Population(sizes);
    this.population = population;
    this.pools = new Pools(poolCount);
    this.grid = grid;
    this.recorder = new Recorder(population, grid);
    this.classCount = classCount;
    this.classes = newTable<RequestClass>(classCount);
    this.candidates = newTable<RequestClass>(classCount);
  }

  /** It is another time. */
  // @inline
  goTo(time: f64): void {
    this.now = time;
    this.grid.now = time;
  }

  /** Ends the run: it cannot go on. */
  fail(fault: i32, a: f64, b: f64): void {
    this.fault = fault;
    this.faultNumbers[0] = a;
    this.faultNumbers[1] = b;
    stop();
  }

  /** Where patients gather for an activity. */
  placeOf(activity: i32): GatheringPlace {
    const known = this.places[activity] as GatheringPlace | null;
    if (known !== null) return known;
    const place = new GatheringPlace();
    this.places[activity] = place;
    return place;
  }

  /** Counts that a patient came by a place, so that draws of the next visit differ. */
  // @inline
  countVisit(patient: Patient, visit: i32): void {
    if (visit < 0) return;
    const visits = patient.visits;
    visits[visit] = visits[visit]! + 1;
  }

  /** How often a patient came by a place, in this copy of the pathway. @param visit place of its count, or -1 */
  // @inline
  visitsOf(patient: Patient, visit: i32, copy: i32): i32 {
    return (visit < 0 ? 0 : patient.visits[visit]!) + (copy << 16);
  }

  /** Adds a row to the event log. */
  log(patient: Patient, what: i32, subject: i32): void {
    const trace = this.trace;
    trace.put(this.now);
    trace.put(patient.cohort);
    trace.put(patient.label);
    trace.put(what);
    trace.put(subject);
  }
}

/** Tokens, last in first out. */
export class TokenStack {
  count: i32 = 0;
  items: Table<Token> = newTable<Token>(64);
  /** As much room again, for sorting. */
  spare: Table<Token> = newTable<Token>(64);
  private room: i32 = 64;

  push(token: Token): void {
    if (this.count === this.room) this.grow();
    this.items[this.count] = token;
    this.count++;
  }

  /** Only while there are any. */
  pop(): Token {
    this.count--;
    return this.items[this.count]!;
  }

  private grow(): void {
    const grown = newTable<Token>(this.room * 2);
    for (let i = 0; i < this.count; i++) grown[i] = this.items[i]!;
    this.items = grown;
    this.room = this.room * 2;
    this.spare = newTable<Token>(this.room);
  }
}
