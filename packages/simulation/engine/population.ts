import { grownDoubles, grownInts, grownTable } from './arrays.ts';
import { Doubles, Ints, newDoubles, newInts, newNulls, newTable, Table } from './platform.ts';
import { Grant } from './pools.ts';
import { f64, i32 } from './scalars.ts';

/** What a token is doing. */
export const RUNNING: i32 = 0;
export const WAITING: i32 = 1;
export const DELAYED: i32 = 2;
export const FORKED: i32 = 3;
/** Nobody's token, to be used again. */
export const UNUSED: i32 = 4;

/** Tokens and patients that there is room for at first: short replications are mostly their beginning. */
const ROOM: i32 = 64;

/** A patient: their number in the cohort, what they are like, and how they came by. */
export class Patient {
  readonly index: i32;
  /** Places of their first attribute, count of visits and moment in the population's columns. */
  readonly attributes: i32;
  readonly visits: i32;
  readonly moments: i32;
  number: i32 = -1;
  cohort: i32 = 0;
  flow: i32 = -1;
  outcome: i32 = -1;
  arrival: f64 = 0;
  /** Whether they were there at time 0, so that nobody knows when they came. */
  wasPresent: boolean = false;
  /** By its cohort, where that looks at the patient alone. */
  priority: f64 = 0;
  /** Whether it is among those of a list that is being made. */
  marked: boolean = false;
  next: Patient | null = null;

  constructor(index: i32, attributes: i32, visits: i32, moments: i32) {
    this.index = index;
    this.attributes = attributes;
    this.visits = visits;
    this.moments = moments;
  }
}

/**
 * The place of a patient in the program. A patient has one token, and more while branches of a `together` run. It knows
 * what it keeps and what it waits for.
 */
export class Token {
  readonly index: i32;
  /** Places of its first slot, register and need in the population's columns. */
  readonly slots: i32;
  readonly registers: i32;
  readonly needs: i32;
  patient: Patient;
  pc: i32 = 0;
  state: i32 = UNUSED;
  parent: Token | null = null;
  /** Branches that have not ended. */
  branches: i32 = 0;
  workStart: f64 = 0;
  /** The request that waits: instruction word, class, place in the order of requests, and the queue it is in. */
  request: i32 = 0;
  requestClass: i32 = 0;
  priority: f64 = 0;
  order: f64 = 0;
  requestTime: f64 = 0;
  deadline: f64 = Infinity;
  level: i32 = 0;
  next: Token | null = null;
  previous: Token | null = null;

  constructor(index: i32, slots: i32, registers: i32, needs: i32, patient: Patient) {
    this.index = index;
    this.slots = slots;
    this.registers = registers;
    this.needs = needs;
    this.patient = patient;
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
  /** Patients on their way at once. */
  patients: i32 = 0;
}

/** All tokens and patients, with lists of those that can be used again. */
export class Population {
  readonly sizes: Sizes;
  tokens: Table<Token> = newTable<Token>(0);
  tokenRoom: i32 = 0;
  patientRoom: i32 = 0;
  patientsUsed: i32 = 0;

  /** By token: first grant of each slot, registers, units wanted, kept and the target chosen for each need. */
  slot: Table<Grant | null> = newNulls<Grant>(0);
  register: Doubles = newDoubles(0);
  amount: Ints = newInts(0);
  keep: Ints = newInts(0);
  choice: Ints = newInts(0);
  /** By patient: attributes, visits, and when each measured time began. */
  attribute: Doubles = newDoubles(0);
  visits: Ints = newInts(0);
  moment: Doubles = newDoubles(0);

  private freeToken: Token | null = null;
  private freePatient: Patient | null = null;
  private readonly nobody: Patient = new Patient(-1, 0, 0, 0);

  constructor(sizes: Sizes) {
    this.sizes = sizes;
    this.growTokens(ROOM);
    this.growPatients(ROOM);
  }

  addToken(patient: Patient, pc: i32, parent: Token | null): Token {
    if (this.freeToken === null) this.growTokens(this.tokenRoom * 2);
    const token = this.freeToken!;
    this.freeToken = token.next;
    token.pc = pc;
    token.state = RUNNING;
    token.patient = patient;
    token.parent = parent;
    token.branches = 0;
    token.next = null;
    token.previous = null;
    return token;
  }

  removeToken(token: Token): void {
    token.state = UNUSED;
    token.deadline = Infinity;
    token.patient = this.nobody;
    token.next = this.freeToken;
    this.freeToken = token;
  }

  /** Whether one more patient would be too many. */
  isFull(): boolean {
    return this.patientsUsed >= this.sizes.patients;
  }

  addPatient(number: i32, cohort: i32, flow: i32, now: f64): Patient {
    if (this.freePatient === null) this.growPatients(this.patientRoom * 2);
    const patient = this.freePatient!;
    this.freePatient = patient.next;
    this.patientsUsed++;
    patient.number = number;
    patient.cohort = cohort;
    patient.flow = flow;
    patient.outcome = -1;
    patient.arrival = now;
    patient.wasPresent = false;
    const sizes = this.sizes;
    for (let i = 0; i < sizes.attributes; i++) this.attribute[patient.attributes + i] = NaN;
    for (let i = 0; i < sizes.visits; i++) this.visits[patient.visits + i] = 0;
    for (let i = 0; i < sizes.moments; i++) this.moment[patient.moments + i] = NaN;
    return patient;
  }

  removePatient(patient: Patient): void {
    patient.number = -1;
    patient.next = this.freePatient;
    this.freePatient = patient;
    this.patientsUsed--;
  }

  private growTokens(room: i32): void {
    const old = this.tokenRoom;
    const sizes = this.sizes;
    this.tokens = grownTable<Token>(this.tokens, old, room);
    const slot = newNulls<Grant>(room * sizes.slots);
    for (let i = 0; i < old * sizes.slots; i++) slot[i] = this.slot[i] as Grant | null;
    this.slot = slot;
    this.register = grownDoubles(this.register, old * sizes.registers, room * sizes.registers, 0);
    this.amount = grownInts(this.amount, old * sizes.needs, room * sizes.needs);
    this.keep = grownInts(this.keep, old * sizes.needs, room * sizes.needs);
    this.choice = grownInts(this.choice, old * sizes.needs, room * sizes.needs);
    for (let i = room - 1; i >= old; i--) {
      const token = new Token(i, i * sizes.slots, i * sizes.registers, i * sizes.needs, this.nobody);
      token.next = this.freeToken;
      this.freeToken = token;
      this.tokens[i] = token;
    }
    this.tokenRoom = room;
  }

  private growPatients(room: i32): void {
    const old = this.patientRoom;
    const sizes = this.sizes;
    this.attribute = grownDoubles(this.attribute, old * sizes.attributes, room * sizes.attributes, 0);
    this.visits = grownInts(this.visits, old * sizes.visits, room * sizes.visits);
    this.moment = grownDoubles(this.moment, old * sizes.moments, room * sizes.moments, 0);
    for (let i = room - 1; i >= old; i--) {
      const patient = new Patient(i, i * sizes.attributes, i * sizes.visits, i * sizes.moments);
      patient.next = this.freePatient;
      this.freePatient = patient;
    }
    this.patientRoom = room;
  }
}
