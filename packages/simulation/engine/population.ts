import { grownDoubles, grownInts, grownTable } from './arrays.ts';
import {
  beginLine,
  bit,
  clearInts,
  Doubles,
  Ints,
  newDoubles,
  newInts,
  newNulls,
  newTable,
  objectAt,
  placeOf,
  Table,
} from './platform.ts';
import { Grant, Pool } from './pools.ts';
import { f64, i32, i8 } from './scalars.ts';
import { MOST_SPARES, OF_PATIENT, Patient, RUNNING, Sizes, Token, UNUSED } from './tokens.ts';

/** Tokens and patients that there is room for at first: short replications are mostly their beginning. */
const ROOM: i32 = 64;

/** All tokens and patients, with lists of those that can be used again. */
export class Population {
  readonly sizes: Sizes;
  tokens: Table<Token> = newTable<Token>(0);
  tokenRoom: i32 = 0;
  patientRoom: i32 = 0;
  patientsUsed: i32 = 0;

  /** By token: units wanted, kept and the target chosen for each need. */
  amount: Ints = newInts(0);
  keep: Ints = newInts(0);
  choice: Ints = newInts(0);
  /** By patient: attributes, and when each measured time began. */
  attribute: Doubles = newDoubles(0);
  moment: Doubles = newDoubles(0);
  /** By patient: when activities ended last, and how long their last requests waited. */
  clock: Doubles = newDoubles(0);
  /** Whether there is any of these. */
  private readonly hasColumns: boolean;

  /** Some pool, for records of units that nobody keeps. */
  private pool: Pool | null = null;
  private freeToken: Token | null = null;
  private freePatient: Patient | null = null;
  private readonly nobody: Patient = new Patient(0, new Sizes(), newInts(0));

  constructor(sizes: Sizes) {
    this.sizes = sizes;
    this.hasColumns = sizes.attributes + sizes.moments + sizes.clocks > 0;
  }

  /** Makes room for the first tokens and patients. @param pool any, where there is one */
  makeRoom(pool: Pool | null): void {
    this.pool = pool;
    this.growTogether(ROOM);
  }

  // @inline
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
    token.role = OF_PATIENT;
    token.outcome = -1;
    token.ends = false;
    token.abandoned = false;
    token.again = false;
    token.slowed = -1;
    token.gives = 0;
    token.child = null;
    token.group = null;
    token.seeker = null;
    return token;
  }

  /** The token that a place stands for. */
  // @inline
  tokenAt(place: i32): Token {
    return objectAt<Token>(this.tokens, place);
  }

  /** What a token keeps first in a slot. */
  // @inline
  kept(token: Token, slot: i32): Grant | null {
    return token.slots[slot] as Grant | null;
  }

  /** Lets a token keep this, and what is linked to it, in a slot. */
  // @inline
  keepIn(token: Token, slot: i32, first: Grant | null): void {
    const before = token.slots[slot] as Grant | null;
    token.keeps += bit(first !== null) - bit(before !== null);
    token.slots[slot] = first;
  }

  removeToken(token: Token): void {
    token.state = UNUSED;
    token.givesUp = Infinity;
    token.patient = this.nobody;
    token.next = this.freeToken;
    this.freeToken = token;
  }

  /** Whether one more patient would be too many. */
  // @inline
  isFull(): boolean {
    return this.patientsUsed >= this.sizes.patients;
  }

  // @inline
  addPatient(number: i32, cohort: i32, hash: i32, flow: i32, now: f64): Patient {
    if (this.freePatient === null) {
      const room = this.patientRoom * 2;
      if (this.freeToken === null && this.tokenRoom === this.patientRoom) this.growTogether(room);
      else this.growPatients(room);
    }
    const patient = this.freePatient!;
    this.freePatient = patient.next;
    this.patientsUsed++;
    patient.number = number;
    patient.label = number;
    patient.cohort = cohort;
    patient.hash = hash;
    patient.flow = flow;
    patient.outcome = -1;
    patient.arrival = now;
    patient.wasPresent = false;
    clearInts(patient.visits, this.sizes.visits);
    if (this.hasColumns) this.clearColumns(patient);
    return patient;
  }

  /** Nothing is known yet of a patient's attributes, moments and clocks. */
  private clearColumns(patient: Patient): void {
    const sizes = this.sizes;
    for (let i = 0; i < sizes.attributes; i++) this.attribute[patient.attributes + i] = NaN;
    for (let i = 0; i < sizes.moments; i++) this.moment[patient.moments + i] = NaN;
    for (let i = 0; i < sizes.clocks; i++) this.clock[patient.clocks + i] = NaN;
  }

  removePatient(patient: Patient): void {
    patient.number = -1;
    patient.next = this.freePatient;
    this.freePatient = patient;
    this.patientsUsed--;
  }

  private growTokens(room: i32): void {
    const old = this.tokenRoom;
    this.growColumnsOfTokens(room);
    for (let i = room - 1; i >= old; i--) this.makeToken(i, 0);
  }

  private growPatients(room: i32): void {
    const old = this.patientRoom;
    this.growColumnsOfPatients(room);
    for (let i = room - 1; i >= old; i--) {
      beginLine();
      this.makePatient(i, newInts(this.sizes.visits));
    }
  }

  /** Where none of either is left. Nearly always each patient has one token: then they lie side by side. */
  private growTogether(room: i32): void {
    const old = this.tokenRoom;
    this.growColumnsOfTokens(room);
    this.growColumnsOfPatients(room);
    for (let i = room - 1; i >= old; i--) this.makePatient(i, this.makeToken(i, this.sizes.visits));
  }

  private growColumnsOfTokens(room: i32): void {
    const old = this.tokenRoom;
    const needs = this.sizes.needs;
    this.tokens = grownTable<Token>(this.tokens, old, room);
    this.amount = grownInts(this.amount, old * needs, room * needs);
    this.keep = grownInts(this.keep, old * needs, room * needs);
    this.choice = grownInts(this.choice, old * needs, room * needs);
    this.tokenRoom = room;
  }

  private growColumnsOfPatients(room: i32): void {
    const old = this.patientRoom;
    const sizes = this.sizes;
    this.attribute = grownDoubles(this.attribute, old * sizes.attributes, room * sizes.attributes, 0);
    this.moment = grownDoubles(this.moment, old * sizes.moments, room * sizes.moments, 0);
    this.clock = grownDoubles(this.clock, old * sizes.clocks, room * sizes.clocks, 0);
    this.patientRoom = room;
  }

  /**
   * A token, which nobody has. What belongs to it lies right before it: in one line its slots, the record of what it
   * takes first, and the counts of visits of the patient beside it.
   * @returns so many counts of visits
   */
  private makeToken(index: i32, visitCount: i32): Ints {
    const sizes = this.sizes;
    beginLine();
    const slots = newNulls<Grant>(sizes.slots);
    const spare = this.spareGrant();
    const visits = newInts(visitCount);
    beginLine();
    let spares: i8 = 0;
    if (spare !== null) {
      spares = 1;
      while (spares < sizes.slots && spares < MOST_SPARES) {
        const grant = new Grant(spare.pool);
        grant.next = spare.next;
        spare.next = grant;
        spares++;
      }
    }
    const registers = newDoubles(sizes.registers);
    beginLine();
    const token = new Token(index, sizes, slots, registers, this.nobody);
    token.spare = spare;
    token.spares = spares;
    token.place = placeOf<Token>(this.tokens, token, index);
    token.next = this.freeToken;
    this.freeToken = token;
    this.tokens[index] = token;
    return visits;
  }

  /** A record of units for somebody who may keep some. */
  private spareGrant(): Grant | null {
    const pool = this.pool;
    if (pool === null || this.sizes.slots === 0) return null;
    return new Grant(pool);
  }

  private makePatient(index: i32, visits: Ints): void {
    beginLine();
    const patient = new Patient(index, this.sizes, visits);
    patient.next = this.freePatient;
    this.freePatient = patient;
  }
}
