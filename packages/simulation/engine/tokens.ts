import { Doubles, Ints, Table } from './platform.ts';
import type { Step } from './plain-instructions.ts';
import { Grant, Pool } from './pools.ts';
import { f64, i32, i8 } from './scalars.ts';

/** What a token is doing. */
export const RUNNING: i8 = 0;
export const WAITING: i8 = 1;
export const DELAYED: i8 = 2;
export const FORKED: i8 = 3;
/** Nobody's token, to be used again. */
export const UNUSED: i8 = 4;
/** Waiting for a group, and on the way as part of one. */
export const GATHERING: i8 = 5;
export const GROUPED: i8 = 6;

/** What a token stands for: a patient or a branch of one, a group, a request to move, a request to hand over. */
export const OF_PATIENT: i32 = 0;
export const OF_GROUP: i32 = 1;
export const OF_MOVE: i32 = 2;
export const OF_HANDOVER: i32 = 3;

/** Records of units that a token lays by. */
export const MOST_SPARES: i8 = 4;

/** A patient: their number in the cohort by which their luck goes, what they are like, and how they came by. */
export class Patient {
  readonly index: i32;
  /** Places of their first attribute, moment and clock in the population's columns. */
  readonly attributes: i32;
  readonly moments: i32;
  readonly clocks: i32;
  /** How often they came by each place that counts visits. */
  readonly visits: Ints;
  number: i32 = -1;
  /** What the event log calls them: their number, but for members of a group, who have one number between them. */
  label: i32 = -1;
  cohort: i32 = 0;
  /** Hash of the cohort, with which draws are addressed. */
  hash: i32 = 0;
  /** By its cohort, where that looks at the patient alone. */
  priority: f64 = 0;
  flow: i32 = -1;
  outcome: i32 = -1;
  arrival: f64 = 0;
  /** Whether they were there at time 0, so that nobody knows when they came. */
  wasPresent: boolean = false;
  /** Whether it is among those of a list that is being made. */
  marked: boolean = false;
  next: Patient | null = null;

  /** The `index`th patient of a population. */
  constructor(index: i32, sizes: Sizes, visits: Ints) {
    this.index = index;
    this.attributes = index * sizes.attributes;
    this.moments = index * sizes.moments;
    this.clocks = index * sizes.clocks;
    this.visits = visits;
  }
}

/**
 * The place of a patient in the program. A patient has one token, and more while branches of a `together` run. It knows
 * what it keeps and what it waits for.
 */
export class Token {
  // What nearly every event reads and writes comes first, in one line of the processor's fastest memory.
  /** What stands for it in the heap and in queues (see Population.tokenAt). */
  place: i32 = 0;
  /** The first of what it keeps in each slot. */
  readonly slots: Table<Grant | null>;
  patient: Patient;
  pc: i32 = 0;
  /** Once its work or rest is over, the shortcut with which it goes on; null where it is to be looked up. */
  direct: Step | null = null;
  /** Slots in which it keeps something. */
  keeps: i32 = 0;
  /** Events for ends of its work or rest that no longer count. */
  cancelled: i32 = 0;
  /** Requests to exchange what it keeps. */
  seeker: Token | null = null;
  /** Records of units that it gave back, for those that it takes next: they lie beside its slots. */
  spare: Grant | null = null;
  spares: i8 = 0;
  state: i8 = UNUSED;
  /** Whether it has nothing more to do than to leave: it finished in a group, or was abandoned. */
  ends: boolean = false;
  workStart: f64 = 0;
  /** The end of its work or rest. */
  due: f64 = -1;
  /** Of its last request. */
  priority: f64 = 0;

  // What it takes to wait.
  /** The request that waits: instruction word, class, place in the order of requests, and the queue it is in. */
  order: f64 = 0;
  requestTime: f64 = 0;
  /** The group that it moves, itself for the group's own token. */
  group: Token | null = null;
  readonly registers: Doubles;
  /** What tells the event with which its wait ends from all others; -1 for after the end, Infinity for without a limit. */
  givesUp: f64 = Infinity;
  /** Place of its first need in the population's columns. */
  readonly needs: i32;
  request: i32 = 0;
  requestClass: i32 = 0;
  level: i32 = 0;
  next: Token | null = null;
  previous: Token | null = null;

  role: i32 = OF_PATIENT;
  /** The outcome with which it finished; -1 for none. */
  outcome: i32 = -1;
  parent: Token | null = null;
  /** Branches that have not ended. */
  branches: i32 = 0;
  abandoned: boolean = false;
  /** Whether the first of its branches to end abandons the others; its branches, and the next one of its parent's. */
  race: boolean = false;
  child: Token | null = null;
  sibling: Token | null = null;

  /** Work that gives way: its instruction, how, when in the order of such work it began, its end and length. */
  work: i32 = 0;
  gives: i32 = 0;
  began: f64 = 0;
  until: f64 = 0;
  takes: f64 = 0;
  /** Whether it was interrupted and waits to go on, for how long then, and since when it asked first. */
  again: boolean = false;
  left: f64 = 0;
  asked: f64 = 0;
  /** Neighbours among those whose work gives way; whether it is to be interrupted. */
  workNext: Token | null = null;
  workPrevious: Token | null = null;
  marked: boolean = false;
  /** What the priority of its request is drawn with; how long it needs staff to stay. */
  requestVisits: i32 = 0;
  fits: f64 = 0;
  /** The activity whose request others stand in for, and how fast the slowest of them works; -1 for none. */
  slowed: i32 = -1;
  speed: f64 = 1;

  /** The first of a group's members, and the group that it is a member of. */
  member: Token | null = null;
  parentGroup: Token | null = null;
  /** Of a request to exchange: the next one, the slot, and the pool that is given up. */
  nextSeeker: Token | null = null;
  sought: i32 = 0;
  leaves: Pool | null = null;

  /** The `index`th token of a population. */
  constructor(index: i32, sizes: Sizes, slots: Table<Grant | null>, registers: Doubles, patient: Patient) {
    this.slots = slots;
    this.registers = registers;
    this.needs = index * sizes.needs;
    this.patient = patient;
  }

  /** Lays by the record of units that it gave back, unless it has enough of them. */
  // @inline
  keepsSpare(grant: Grant): boolean {
    if (this.spares === MOST_SPARES) return false;
    this.spares++;
    grant.next = this.spare;
    this.spare = grant;
    return true;
  }

  /** Whether its request goes before that of another. */
  before(other: Token): boolean {
    const mine = this.priority;
    const its = other.priority;
    return mine < its || (mine === its && this.order < other.order);
  }
}

/** How much of everything a token and a patient have. */
export class Sizes {
  slots: i32 = 0;
  registers: i32 = 0;
  needs: i32 = 0;
  attributes: i32 = 0;
  visits: i32 = 0;
  moments: i32 = 0;
  clocks: i32 = 0;
  /** Patients on their way at once. */
  patients: i32 = 0;
}
