import { SimulationError } from '../errors.js';
import { grownDoubles, grownInts } from './event-heap.js';

/** What a token is doing. */
export const RUNNING = 0;
export const WAITING = 1;
export const DELAYED = 2;
export const FORKED = 3;

/** Tokens and patients that there is room for at first: short replications are mostly their beginning. */
const ROOM = 64;

/**
 * Tokens and patients as columns of typed arrays with free lists. A patient has one token, and more while branches of
 * a `together` run; a token has the place in the program, what it keeps and what it waits for.
 */
export class Population {
  readonly slots: number;
  readonly registers: number;
  readonly needs: number;
  readonly attributeCount: number;
  readonly visitSlots: number;
  readonly momentCount: number;

  pc = new Int32Array(0);
  state = new Int32Array(0);
  patient = new Int32Array(0);
  parent = new Int32Array(0);
  /** Branches that have not ended. */
  branches = new Int32Array(0);
  /** First grant of each slot; -1 when empty. */
  slot = new Int32Array(0);
  register = new Float64Array(0);
  workStart = new Float64Array(0);
  /** The request that waits: instruction word, class, units wanted and kept, target chosen, queue links, order. */
  request = new Int32Array(0);
  requestClass = new Int32Array(0);
  amount = new Int32Array(0);
  keep = new Int32Array(0);
  choice = new Int32Array(0);
  next = new Int32Array(0);
  previous = new Int32Array(0);
  level = new Int32Array(0);
  priority = new Float64Array(0);
  order = new Float64Array(0);
  requestTime = new Float64Array(0);
  deadline = new Float64Array(0);

  /** Columns of patients. */
  number = new Int32Array(0);
  cohort = new Int32Array(0);
  flow = new Int32Array(0);
  outcome = new Int32Array(0);
  arrival = new Float64Array(0);
  attribute = new Float64Array(0);
  visits = new Int32Array(0);
  moment = new Float64Array(0);

  tokensUsed = 0;
  patientsUsed = 0;
  #tokenRoom = 0;
  #patientRoom = 0;
  #freeToken = -1;
  #freePatient = -1;
  readonly #most: number;

  constructor(sizes: {
    slots: number;
    registers: number;
    needs: number;
    attributes: number;
    visits: number;
    moments: number;
    most: number;
  }) {
    this.slots = sizes.slots;
    this.registers = sizes.registers;
    this.needs = sizes.needs;
    this.attributeCount = sizes.attributes;
    this.visitSlots = sizes.visits;
    this.momentCount = sizes.moments;
    this.#most = sizes.most;
    this.#growTokens(ROOM);
    this.#growPatients(ROOM);
  }

  /** Tokens that were ever in use: an upper end for loops over all of them; those not in use have patient -1. */
  get tokenEnd(): number {
    return this.#tokenRoom;
  }

  addToken(patient: number, pc: number, parent: number): number {
    if (this.#freeToken < 0) this.#growTokens(this.#tokenRoom * 2);
    const token = this.#freeToken;
    this.#freeToken = this.next[token]!;
    this.tokensUsed++;
    this.pc[token] = pc;
    this.state[token] = RUNNING;
    this.patient[token] = patient;
    this.parent[token] = parent;
    this.branches[token] = 0;
    this.next[token] = -1;
    this.previous[token] = -1;
    const from = token * this.slots;
    for (let i = from; i < from + this.slots; i++) this.slot[i] = -1;
    return token;
  }

  removeToken(token: number): void {
    this.patient[token] = -1;
    this.next[token] = this.#freeToken;
    this.#freeToken = token;
    this.tokensUsed--;
  }

  addPatient(number: number, cohort: number, now: number): number {
    if (this.#freePatient < 0) {
      if (this.patientsUsed >= this.#most) {
        throw new SimulationError(
          `More than ${this.#most} patients are on their way at once: far more arrive than the model can take. ` +
            'Give it more capacity, fewer arrivals or a shorter run, or let patients who wait too long leave.',
        );
      }
      this.#growPatients(this.#patientRoom * 2);
    }
    const patient = this.#freePatient;
    this.#freePatient = this.outcome[patient]!;
    this.patientsUsed++;
    this.number[patient] = number;
    this.cohort[patient] = cohort;
    this.flow[patient] = -1;
    this.outcome[patient] = -1;
    this.arrival[patient] = now;
    const a = patient * this.attributeCount;
    for (let i = a; i < a + this.attributeCount; i++) this.attribute[i] = Number.NaN;
    const v = patient * this.visitSlots;
    for (let i = v; i < v + this.visitSlots; i++) this.visits[i] = 0;
    const m = patient * this.momentCount;
    for (let i = m; i < m + this.momentCount; i++) this.moment[i] = Number.NaN;
    return patient;
  }

  removePatient(patient: number): void {
    this.outcome[patient] = this.#freePatient;
    this.number[patient] = -1;
    this.#freePatient = patient;
    this.patientsUsed--;
  }

  #growTokens(room: number): void {
    const old = this.#tokenRoom;
    this.pc = grownInts(this.pc, room);
    this.state = grownInts(this.state, room);
    this.patient = grownInts(this.patient, room, -1);
    this.parent = grownInts(this.parent, room);
    this.branches = grownInts(this.branches, room);
    this.slot = grownInts(this.slot, room * this.slots, -1);
    this.register = grownDoubles(this.register, room * this.registers);
    this.workStart = grownDoubles(this.workStart, room);
    this.request = grownInts(this.request, room);
    this.requestClass = grownInts(this.requestClass, room);
    this.amount = grownInts(this.amount, room * this.needs);
    this.keep = grownInts(this.keep, room * this.needs);
    this.choice = grownInts(this.choice, room * this.needs);
    this.next = grownInts(this.next, room);
    this.previous = grownInts(this.previous, room);
    this.level = grownInts(this.level, room);
    this.priority = grownDoubles(this.priority, room);
    this.order = grownDoubles(this.order, room);
    this.requestTime = grownDoubles(this.requestTime, room);
    this.deadline = grownDoubles(this.deadline, room);
    for (let token = room - 1; token >= old; token--) {
      this.next[token] = this.#freeToken;
      this.#freeToken = token;
    }
    this.#tokenRoom = room;
  }

  #growPatients(room: number): void {
    const old = this.#patientRoom;
    this.number = grownInts(this.number, room, -1);
    this.cohort = grownInts(this.cohort, room);
    this.flow = grownInts(this.flow, room);
    this.outcome = grownInts(this.outcome, room);
    this.arrival = grownDoubles(this.arrival, room);
    this.attribute = grownDoubles(this.attribute, room * this.attributeCount);
    this.visits = grownInts(this.visits, room * this.visitSlots);
    this.moment = grownDoubles(this.moment, room * this.momentCount);
    for (let patient = room - 1; patient >= old; patient--) {
      this.outcome[patient] = this.#freePatient;
      this.#freePatient = patient;
    }
    this.#patientRoom = room;
  }
}
