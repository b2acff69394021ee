/* eslint-disable @typescript-eslint/prefer-for-of -- these loops run for every event: a counted one over a typed array makes no iterator */
import { SimulationError } from '../errors.js';
import * as op from '../program/operations.js';
import type { Program } from '../program/program.js';
import { wholeAmount } from '../program/assemble.js';
import { RandomStream } from '../random/stream.js';
import { exponential } from '../random/ziggurat.js';
import { Recorder } from '../statistics/recorder.js';
import { listedTimes, PoissonClock, StepCursor } from './arrivals.js';
import { Evaluator } from './evaluator.js';
import {
  CLASS_ARRIVAL,
  CLASS_CAPACITY,
  CLASS_END,
  CLASS_MARK,
  CLASS_PATIENCE,
  EventHeap,
  grownInts,
} from './event-heap.js';
import { Pools, UNLIMITED } from './pools.js';
import { DELAYED, FORKED, Population, RUNNING, WAITING } from './population.js';
import { Queues } from './queues.js';

const EVENT_END = 0;
const EVENT_PATIENCE = 1;
const EVENT_CAPACITY = 2;
const EVENT_FAILURE = 3;
const EVENT_REPAIR = 4;
const EVENT_ARRIVAL = 5;
const EVENT_ENTER = 6;
const EVENT_WINDOW = 7;
const KINDS = 8;

/** Offset of the pending slots' count in a request's words. */
const PENDING = 10;

/** What a run may use before it is stopped with a message. */
export interface RunLimits {
  /** Events in one replication. */
  readonly events: number;
  /** Patients on their way at once. */
  readonly patients: number;
  /** Instructions and events at one instant. */
  readonly instant: number;
}

const DEFAULT_LIMITS: RunLimits = { events: 2e9, patients: 5_000_000, instant: 5_000_000 };

/** One row of an event log. */
export interface TraceRow {
  readonly time: number;
  readonly patient: string;
  readonly what: 'arrive' | 'request' | 'start' | 'end' | 'give up' | 'finish';
  /** Activity, or the outcome of a finish. */
  readonly subject: string;
}

/** A replication that runs in chunks of events, so that others get a turn and it can be stopped. */
export class Run {
  readonly program: Program;
  readonly population: Population;
  readonly recorder: Recorder;
  readonly pools: Pools;
  readonly queues: Queues;
  now = 0;
  events = 0;
  /** Work that would have lasted less than no time, and took none. */
  readonly negative = new Map<number, number>();
  readonly #heap = new EventHeap();
  readonly #random: RandomStream;
  readonly #evaluator: Evaluator;
  readonly #limits: RunLimits;
  readonly #trace: ((row: TraceRow) => void) | undefined;
  readonly #end: number;
  #ready = new Int32Array(64);
  #readyFrom = 0;
  #readyCount = 0;
  #stack = new Int32Array(64);
  #stackSize = 0;
  #instantWork = 0;
  #finished = false;
  readonly #capacityCursors: (StepCursor | undefined)[];
  readonly #unitVisits: Int32Array[];
  readonly #unitUp: Uint8Array[];
  readonly #owedUnits: number[][];
  readonly #cohortCount: Int32Array;
  readonly #cohortTime: Float64Array;
  readonly #listIndex: Int32Array;
  readonly #clocks: (PoissonClock | undefined)[];

  constructor(
    program: Program,
    replication: number,
    options: { readonly limits?: RunLimits; readonly trace?: (row: TraceRow) => void } = {},
  ) {
    const { input } = program;
    this.program = program;
    this.#limits = options.limits ?? DEFAULT_LIMITS;
    this.#trace = options.trace;
    this.#end = input.warmUp + input.run;
    this.population = new Population({
      slots: input.slots,
      registers: input.registers,
      needs: program.mostNeeds,
      attributes: program.attributeCount,
      visits: program.visitSlots,
      moments: input.indicators.length,
      most: this.#limits.patients,
    });
    this.recorder = new Recorder(program, this.population);
    this.pools = new Pools(program, this.recorder);
    this.queues = new Queues(program, this.population, this.pools, this.recorder, (token) => this.#grant(token));
    this.#random = new RandomStream(input.seed, replication);
    this.#evaluator = new Evaluator(program, this.#random, { measure: (m, f) => this.#measure(m, f) });
    this.#cohortCount = new Int32Array(input.cohorts.length);
    this.#cohortTime = new Float64Array(input.cohorts.length);
    this.#listIndex = new Int32Array(input.cohorts.length);
    this.#clocks = input.cohorts.map((c) =>
      c.arrivals.kind === 'poisson' ? new PoissonClock(c.arrivals.rate) : undefined,
    );
    this.#capacityCursors = input.pools.map((pool) =>
      pool.capacity === 'unlimited' ? undefined : new StepCursor(pool.capacity),
    );
    const most = input.pools.map((pool) =>
      pool.breakdown === undefined || pool.capacity === 'unlimited' ? 0 : Math.max(0, ...pool.capacity.value),
    );
    this.#unitVisits = most.map((n) => new Int32Array(n));
    this.#unitUp = most.map((n) => new Uint8Array(n).fill(1));
    this.#owedUnits = most.map(() => []);
    this.#schedule();
  }

  /** Time as a share of the whole run. */
  get progress(): number {
    return this.#finished ? 1 : Math.min(1, this.now / this.#end);
  }

  /**
   * Runs at most so many events.
   * @returns true when the run has come to its end
   * @throws SimulationError when it cannot go on
   */
  advance(budget: number): boolean {
    const heap = this.#heap;
    for (let left = budget; left > 0; left--) {
      const time = heap.firstTime();
      if (time >= this.#end) {
        this.#finish();
        return true;
      }
      if (time > this.now) {
        this.now = time;
        this.#instantWork = 0;
      } else if (++this.#instantWork > this.#limits.instant) {
        throw this.#endless();
      }
      this.events++;
      this.#handle(heap.take());
      if (this.pools.dirtyCount > 0) this.#serve();
      while (this.#readyCount > 0) this.#interpret(this.#nextReady());
    }
    if (this.events > this.#limits.events) {
      throw new SimulationError(
        `The run was stopped after ${this.#limits.events} events, at ${Math.round(this.progress * 100)} % of its time: ` +
          'shorten it, or look for a loop that takes no time.',
      );
    }
    return false;
  }

  #schedule(): void {
    const { input } = this.program;
    if (input.warmUp > 0) this.#heap.push(input.warmUp, CLASS_MARK, EVENT_WINDOW);
    else this.recorder.begin(0);
    input.pools.forEach((pool, p) => {
      const cursor = this.#capacityCursors[p];
      this.pools.schedule(p, cursor === undefined ? UNLIMITED : Math.round(cursor.value), 0);
      this.#scheduleCapacity(p);
      for (let unit = 0; unit < this.#unitVisits[p]!.length; unit++) {
        const up = this.#unitTime(p, unit, (this.program.poolBreakdown[p] as { every: number }).every);
        this.#heap.push(up, CLASS_CAPACITY, this.#unitEvent(p, unit, EVENT_FAILURE));
      }
    });
    this.pools.clearDirty();
    input.cohorts.forEach((_, cohort) => this.#scheduleArrival(cohort));
  }

  #handle(what: number): void {
    const subject = what >> 3;
    switch (what & 7) {
      case EVENT_END:
        this.#interpret(subject);
        return;
      case EVENT_PATIENCE:
        this.#giveUp(subject);
        return;
      case EVENT_CAPACITY: {
        const cursor = this.#capacityCursors[subject]!;
        cursor.advance();
        this.pools.schedule(subject, Math.round(cursor.value), this.now);
        this.#scheduleCapacity(subject);
        return;
      }
      case EVENT_FAILURE:
        this.#fail(subject);
        return;
      case EVENT_REPAIR:
        this.#repair(subject);
        return;
      case EVENT_ARRIVAL:
        this.#arrive(subject);
        return;
      case EVENT_ENTER:
        this.#interpret(subject);
        return;
      default:
        this.recorder.begin(this.now);
    }
  }

  #scheduleCapacity(pool: number): void {
    const next = this.#capacityCursors[pool]?.nextTime ?? Number.POSITIVE_INFINITY;
    if (next < this.#end) this.#heap.push(next, CLASS_CAPACITY, pool * KINDS + EVENT_CAPACITY);
  }

  // ---- Breakdown and repair -----------------------------------------------------------------------------------------

  readonly #unitBase: number[] = [];

  #unitEvent(pool: number, unit: number, kind: number): number {
    if (this.#unitBase.length === 0) {
      let base = 0;
      for (const visits of this.#unitVisits) {
        this.#unitBase.push(base);
        base += visits.length;
      }
    }
    return (this.#unitBase[pool]! + unit) * KINDS + kind;
  }

  #poolOfUnit(subject: number): number {
    let pool = this.#unitBase.length - 1;
    while (this.#unitBase[pool]! > subject || this.#unitVisits[pool]!.length === 0) pool--;
    return pool;
  }

  /** When something that begins now and lasts as drawn for a unit is over. */
  #unitTime(pool: number, unit: number, code: number): number {
    const visits = this.#unitVisits[pool]!;
    const hash = (this.program.poolBreakdown[pool] as { hash: number }).hash;
    const time = this.#evaluator.value(code, unit, hash, visits[unit]!, this.population.attribute, 0);
    visits[unit] = visits[unit]! + 1;
    if (Number.isNaN(time)) {
      const place = this.program.input.facilities[this.pools.facility[pool]!];
      throw new SimulationError(`A time of working or repair of ${place?.title ?? ''} is not a number.`, place?.origin);
    }
    return this.now + Math.max(0, time);
  }

  #fail(subject: number): void {
    const pool = this.#poolOfUnit(subject);
    const unit = subject - this.#unitBase[pool]!;
    const breakdown = this.program.poolBreakdown[pool] as { every: number; lasts: number };
    if (unit >= this.pools.scheduled[pool]!) {
      // A unit that is not there at present works on, so to speak, until its next failure.
      this.#heap.push(
        this.#unitTime(pool, unit, breakdown.every),
        CLASS_CAPACITY,
        this.#unitEvent(pool, unit, EVENT_FAILURE),
      );
    } else if (this.pools.free(pool) > 0) {
      this.#breakUnit(pool, unit);
    } else {
      this.#owedUnits[pool]!.push(unit);
    }
  }

  #breakUnit(pool: number, unit: number): void {
    const breakdown = this.program.poolBreakdown[pool] as { every: number; lasts: number };
    this.pools.down[pool] = this.pools.down[pool]! + 1;
    this.pools.update(pool, this.now);
    this.#heap.push(
      this.#unitTime(pool, unit, breakdown.lasts),
      CLASS_CAPACITY,
      this.#unitEvent(pool, unit, EVENT_REPAIR),
    );
  }

  #repair(subject: number): void {
    const pool = this.#poolOfUnit(subject);
    const unit = subject - this.#unitBase[pool]!;
    const breakdown = this.program.poolBreakdown[pool] as { every: number; lasts: number };
    this.pools.down[pool] = this.pools.down[pool]! - 1;
    this.pools.update(pool, this.now);
    this.#heap.push(
      this.#unitTime(pool, unit, breakdown.every),
      CLASS_CAPACITY,
      this.#unitEvent(pool, unit, EVENT_FAILURE),
    );
  }

  // ---- Arrivals -----------------------------------------------------------------------------------------------------

  #scheduleArrival(cohort: number): void {
    const { arrivals, origin, title } = this.program.input.cohorts[cohort]!;
    let time: number;
    switch (arrivals.kind) {
      case 'none':
        return;
      case 'poisson': {
        const count = this.#cohortCount[cohort]!;
        this.#random.address(count, this.program.cohortHash[cohort]!, ARRIVAL_STREAM, 0);
        time = this.#clocks[cohort]!.next(exponential(this.#random), this.#end);
        break;
      }
      case 'renewal': {
        const count = this.#cohortCount[cohort]!;
        const first = this.program.cohortFirst[cohort]!;
        const code = count === 0 && first >= 0 ? first : this.program.cohortArrival[cohort]!;
        const gap = this.#evaluator.value(
          code,
          count,
          this.program.cohortHash[cohort]!,
          0,
          this.population.attribute,
          0,
        );
        if (Number.isNaN(gap))
          throw new SimulationError(`A time between arrivals of ${title} is not a number.`, origin);
        time = this.#cohortTime[cohort]! + Math.max(0, gap);
        this.#cohortTime[cohort] = time;
        break;
      }
      default: {
        const index = this.#listIndex[cohort]!;
        const list = listedTimes(arrivals);
        if (index >= list.length) return;
        this.#listIndex[cohort] = index + 1;
        time = list[index]!;
      }
    }
    if (time < this.#end) this.#heap.push(time, CLASS_ARRIVAL, cohort * KINDS + EVENT_ARRIVAL);
  }

  /** All who arrive at this instant are made first, and enter in the order of their priorities, then of declaration. */
  #arrive(cohort: number): void {
    const { arrivals, entries } = this.program.input.cohorts[cohort]!;
    if (arrivals.kind !== 'batch' && entries.length === 1) {
      // Nearly always one arrives alone, and goes in at once.
      const token = this.#createPatient(cohort, this.#numberOf(cohort), entries[0]!.flow, entries[0]!.instruction);
      this.#scheduleArrival(cohort);
      if (this.#heap.firstTime() > this.now) this.#interpret(token);
      else this.#enterInOrder([token]);
      return;
    }
    const tokens = this.#createArrivals(cohort);
    this.#scheduleArrival(cohort);
    this.#enterInOrder(tokens);
  }

  #enterInOrder(tokens: number[]): void {
    const others: number[] = [];
    while (this.#heap.firstTime() === this.now) {
      const what = this.#heap.take();
      if (what % KINDS !== EVENT_ARRIVAL) {
        others.push(what);
        continue;
      }
      const other = Math.floor(what / KINDS);
      for (const token of this.#createArrivals(other)) tokens.push(token);
      this.#scheduleArrival(other);
      if (tokens.length > this.#limits.instant) throw this.#endlessArrivals(other);
    }
    const { priority, patient, cohort: cohorts } = this.population;
    // Sorting is stable: within a cohort the order of arrival remains.
    tokens.sort((a, b) => priority[a]! - priority[b]! || cohorts[patient[a]!]! - cohorts[patient[b]!]!);
    for (const what of others) this.#heap.push(this.now, CLASS_ARRIVAL, what);
    for (const token of tokens) this.#heap.push(this.now, CLASS_ARRIVAL, token * KINDS + EVENT_ENTER);
  }

  #endlessArrivals(cohort: number): SimulationError {
    const { title, origin } = this.program.input.cohorts[cohort]!;
    return new SimulationError(
      `Patients of ${title} arrive without end at one instant: the time between arrivals must be above 0.`,
      origin,
    );
  }

  #createArrivals(cohort: number): number[] {
    const { arrivals } = this.program.input.cohorts[cohort]!;
    if (arrivals.kind !== 'batch') return this.#createPatients(cohort);
    const which = this.#listIndex[cohort]! - 1;
    const hash = this.program.cohortHash[cohort]!;
    const size = this.#evaluator.value(
      this.program.cohortArrival[cohort]!,
      which,
      hash,
      0,
      this.population.attribute,
      0,
    );
    const tokens: number[] = [];
    for (let i = 0; i < wholeAmount(Number.isNaN(size) ? 0 : size); i++) tokens.push(...this.#createPatients(cohort));
    return tokens;
  }

  /** One patient a pathway that the cohort takes, at the start of its way. */
  #createPatients(cohort: number): number[] {
    const number = this.#numberOf(cohort);
    return this.program.input.cohorts[cohort]!.entries.map((entry) =>
      this.#createPatient(cohort, number, entry.flow, entry.instruction),
    );
  }

  /** The number of the cohort's next patient. */
  #numberOf(cohort: number): number {
    const number = this.#cohortCount[cohort]!;
    this.#cohortCount[cohort] = number + 1;
    return number;
  }

  #createPatient(cohort: number, number: number, flow: number, instruction: number): number {
    const { program, population, recorder, now } = this;
    const hash = program.cohortHash[cohort]!;
    const patient = population.addPatient(number, cohort, now);
    population.flow[patient] = flow;
    const base = patient * population.attributeCount;
    const attributes = program.cohortAttributes[cohort]!;
    for (let i = 0; i < attributes.length; i++) {
      const { slot, code } = attributes[i]!;
      population.attribute[base + slot] = this.#evaluator.value(code, number, hash, 0, population.attribute, base);
    }
    const token = population.addToken(patient, program.wordOf[instruction]!, -1);
    population.priority[token] = this.#basePriority(patient);
    recorder.arrived(flow, now);
    if (recorder.table.arrival !== undefined) recorder.moment(recorder.table.arrival, patient, now);
    if (this.#trace !== undefined) this.#log(patient, 'arrive', '');
    return token;
  }

  // ---- Requests -----------------------------------------------------------------------------------------------------

  #measure(measure: number, facility: number): number {
    const { census } = this.recorder;
    const busy = census.busy[facility]!;
    const capacity = census.capacity[facility]!;
    switch (measure) {
      case 0:
        return census.waiting[facility]!;
      case 1:
        return busy;
      case 2:
        return Math.max(0, capacity - busy);
      default:
        return capacity;
    }
  }

  #value(code: number, token: number, visit: number, copy: number): number {
    const { population } = this;
    const patient = population.patient[token]!;
    const visits = visit < 0 ? 0 : population.visits[patient * population.visitSlots + visit]!;
    return this.#evaluator.value(
      code,
      population.number[patient]!,
      this.program.cohortHash[population.cohort[patient]!]!,
      visits + copy * 65_536,
      population.attribute,
      patient * population.attributeCount,
    );
  }

  #countVisit(token: number, visit: number): void {
    if (visit < 0) return;
    const { population } = this;
    const place = population.patient[token]! * population.visitSlots + visit;
    population.visits[place] = population.visits[place]! + 1;
  }

  /** Works out what a request wants; units of pending slots that it can keep are counted as kept. */
  #prepare(token: number, pc: number, priority: number): void {
    const { code, classNeeds, needAmount, needAmountCode } = this.program;
    const { population } = this;
    const c = code[pc + 2]!;
    this.queues.register(token, c, priority, this.now);
    const from = classNeeds[c]!;
    const to = classNeeds[c + 1]!;
    const base = token * population.needs;
    const visit = code[pc + 7]!;
    for (let need = from; need < to; need++) {
      let amount = needAmount[need]!;
      if (amount < 0) {
        const value = this.#value(needAmountCode[need]!, token, visit, code[pc + 8]!);
        amount = wholeAmount(Number.isNaN(value) ? 0 : value);
      }
      population.amount[base + need - from] = amount;
      population.keep[base + need - from] = 0;
    }
    if (code[pc + PENDING]! > 0) this.#keepPending(token, pc, from, to);
    this.#countVisit(token, visit);
  }

  /** The same resource is kept, not asked for again: its units move to the new slot at once. */
  #keepPending(token: number, pc: number, from: number, to: number): void {
    const { code, needTargets, targetPools } = this.program;
    const { population, pools } = this;
    const slots = token * population.slots;
    const base = token * population.needs;
    const pending = code[pc + PENDING]!;
    for (let need = from; need < to; need++) {
      const targets = needTargets[need]!;
      for (let t = 0; t < targets.length; t++) {
        if (population.amount[base + need - from] === 0) break;
        const members = targetPools[targets[t]!]!;
        for (let i = 0; i < pending; i++) {
          let grant = population.slot[slots + code[pc + PENDING + 1 + i]!]!;
          while (grant >= 0) {
            const pool = pools.grantPool[grant]!;
            const wanted = population.amount[base + need - from]!;
            const units = Math.min(wanted, pools.grantUnits[grant]!);
            if (units > 0 && members.includes(pool)) {
              population.amount[base + need - from] = wanted - units;
              population.keep[base + need - from] = population.keep[base + need - from]! + units;
              pools.settle(grant, units, this.now);
              const place = slots + code[pc + 3]! + need - from;
              population.slot[place] = pools.link(pool, units, code[pc + 1]!, population.slot[place]!, this.now);
              pools.grantUnits[grant] = pools.grantUnits[grant]! - units;
            }
            grant = pools.grantNext[grant]!;
          }
        }
      }
    }
  }

  /** A request is met: takes the units, gives back what was only kept meanwhile, and remembers the wait. */
  #take(token: number, pc: number): void {
    const { code } = this.program;
    const { population, recorder, now } = this;
    const patient = population.patient[token]!;
    const activity = code[pc + 1]!;
    const since = population.requestTime[token]!;
    this.queues.take(token, code[pc + 3]!, activity, now);
    recorder.waited(code[pc + 9]!, activity, patient, since, now);
    const pending = code[pc + PENDING]!;
    for (let i = 0; i < pending; i++) this.#giveBackSlot(token, code[pc + PENDING + 1 + i]!);
  }

  #giveBackSlot(token: number, slot: number): void {
    const place = token * this.population.slots + slot;
    const first = this.population.slot[place]!;
    if (first < 0) return;
    this.population.slot[place] = -1;
    this.pools.giveBack(first, this.now);
  }

  /** Someone in a queue gets what they wait for, and goes on after the patient who freed it. */
  #grant(token: number): void {
    const pc = this.population.request[token]!;
    this.queues.dequeue(token, this.program.code[pc + 9]!, this.now);
    this.population.deadline[token] = Number.POSITIVE_INFINITY;
    this.#take(token, pc);
    if (this.#readyCount === this.#ready.length) this.#growReady();
    this.#ready[(this.#readyFrom + this.#readyCount++) & (this.#ready.length - 1)] = token;
  }

  #nextReady(): number {
    const token = this.#ready[this.#readyFrom]!;
    this.#readyFrom = (this.#readyFrom + 1) & (this.#ready.length - 1);
    this.#readyCount--;
    return token;
  }

  #growReady(): void {
    const old = this.#ready;
    const grown = new Int32Array(old.length * 2);
    for (let i = 0; i < this.#readyCount; i++) grown[i] = old[(this.#readyFrom + i) & (old.length - 1)]!;
    this.#ready = grown;
    this.#readyFrom = 0;
  }

  /** Units that are owed to a repair go there first, then those who wait are served. */
  #serve(): void {
    const { pools } = this;
    for (let i = 0; i < pools.dirtyCount; i++) {
      const pool = pools.dirty[i]!;
      const owed = this.#owedUnits[pool]!;
      while (owed.length > 0 && pools.free(pool) > 0) this.#breakUnit(pool, owed.shift()!);
    }
    this.queues.serve();
  }

  #giveUp(token: number): void {
    const { population } = this;
    // Whoever was served, left or asked for something else since has another deadline or none.
    if (population.state[token] !== WAITING || population.deadline[token] !== this.now) return;
    if (population.patient[token]! < 0) return;
    const pc = population.request[token]!;
    const { code } = this.program;
    this.queues.dequeue(token, code[pc + 9]!, this.now);
    population.deadline[token] = Number.POSITIVE_INFINITY;
    this.#unkeep(token, pc);
    const activity = code[pc + 1]!;
    if (this.recorder.active) this.recorder.gaveUp[activity] = this.recorder.gaveUp[activity]! + 1;
    if (this.#trace !== undefined) this.#log(population.patient[token]!, 'give up', this.#idOf(activity));
    population.pc[token] = code[pc + 6]!;
    if (this.pools.dirtyCount > 0) this.#serve();
    this.#interpret(token);
  }

  // ---- The interpreter ----------------------------------------------------------------------------------------------

  /** Runs a token, and the branches that it starts, until all wait, work or have left. */
  #interpret(first: number): void {
    let token = first;
    for (;;) {
      this.#goOn(token);
      if (this.#stackSize === 0) return;
      token = this.#stack[--this.#stackSize]!;
    }
  }

  #push(token: number): void {
    if (this.#stackSize === this.#stack.length) this.#stack = grownInts(this.#stack, this.#stackSize * 2);
    this.#stack[this.#stackSize++] = token;
  }

  #goOn(token: number): void {
    const { code } = this.program;
    const { population, recorder } = this;
    let pc = population.pc[token]!;
    population.state[token] = RUNNING;
    for (let steps = 0; ; steps++) {
      if (steps > 100_000) {
        this.#instantWork += steps;
        steps = 0;
        if (this.#instantWork > this.#limits.instant) {
          population.pc[token] = pc;
          throw this.#endless(token);
        }
      }
      switch (code[pc]) {
        case op.REQUEST: {
          if (this.#request(token, pc)) {
            pc += PENDING + 1 + code[pc + PENDING]!;
            break;
          }
          return;
        }
        case op.WORK: {
          const until = this.#work(token, pc);
          population.pc[token] = pc + 6 + code[pc + 5]!;
          population.state[token] = DELAYED;
          this.#heap.push(until, CLASS_END, token * KINDS + EVENT_END);
          return;
        }
        case op.END: {
          this.#endWork(token, code[pc + 1]!, code[pc + 2]!);
          pc += 3;
          break;
        }
        case op.GIVE_BACK: {
          const n = code[pc + 1]!;
          for (let i = 0; i < n; i++) this.#giveBackSlot(token, code[pc + 2 + i]!);
          if (this.pools.dirtyCount > 0) this.#serve();
          pc += 2 + n;
          break;
        }
        case op.JUMP:
          pc = code[pc + 1]!;
          break;
        case op.UNLESS: {
          const visit = code[pc + 3]!;
          const holds = this.#value(code[pc + 2]!, token, visit, code[pc + 4]!);
          this.#countVisit(token, visit);
          pc = holds === 0 || Number.isNaN(holds) ? code[pc + 5]! : pc + 6;
          break;
        }
        case op.SHARE:
          pc = this.#chooseShare(token, pc);
          break;
        case op.MATCH:
          pc = this.#chooseMatch(token, pc);
          break;
        case op.BEGIN: {
          const activity = code[pc + 1]!;
          population.register[token * population.registers + code[pc + 2]!] = this.now;
          recorder.started(activity);
          const hook = recorder.table.start[activity];
          if (hook !== undefined) recorder.moment(hook, population.patient[token]!, this.now);
          if (this.#trace !== undefined) this.#log(population.patient[token]!, 'start', this.#idOf(activity));
          pc += 3;
          break;
        }
        case op.TRY: {
          if (this.#try(token, pc)) pc = code[pc + 4]!;
          else pc += PENDING + 1 + code[pc + PENDING]!;
          break;
        }
        case op.LEAST_BUSY:
          pc = this.#leastBusy(pc);
          break;
        case op.RELEASE: {
          let holder = token;
          for (let up = code[pc + 1]!; up > 0; up--) holder = population.parent[holder]!;
          this.#giveBackSlot(holder, code[pc + 2]!);
          if (this.pools.dirtyCount > 0) this.#serve();
          pc += 3;
          break;
        }
        case op.FORK: {
          const n = code[pc + 2]!;
          population.pc[token] = code[pc + 1]!;
          population.state[token] = FORKED;
          population.branches[token] = n;
          const patient = population.patient[token]!;
          const priority = population.priority[token]!;
          for (let i = n - 1; i >= 0; i--) {
            const child = population.addToken(patient, code[pc + 3 + i]!, token);
            population.priority[child] = priority;
            this.#push(child);
          }
          if (n === 0) this.#push(token);
          return;
        }
        case op.JOIN: {
          this.#join(token);
          return;
        }
        case op.ROUNDS: {
          const visit = code[pc + 3]!;
          const register = token * population.registers + code[pc + 1]!;
          const timesCode = code[pc + 2]!;
          const times = timesCode < 0 ? Number.POSITIVE_INFINITY : this.#value(timesCode, token, visit, code[pc + 4]!);
          this.#countVisit(token, visit);
          population.register[register] = 0;
          population.register[register + 1] = Number.isNaN(times) ? 0 : Math.round(times);
          population.register[register + 2] = this.now;
          pc = population.register[register + 1]! > 0 ? pc + 6 : code[pc + 5]!;
          break;
        }
        case op.AGAIN: {
          const at = this.#again(token, pc);
          if (at > this.now) {
            population.pc[token] = code[pc + 7]!;
            population.state[token] = DELAYED;
            this.#heap.push(at, CLASS_END, token * KINDS + EVENT_END);
            return;
          }
          pc = Number.isNaN(at) ? pc + 9 : code[pc + 7]!;
          break;
        }
        case op.FINISH: {
          const patient = population.patient[token]!;
          population.outcome[patient] = code[pc + 1]!;
          pc += 2;
          break;
        }
        default: {
          this.#leave(token);
          return;
        }
      }
    }
  }

  #request(token: number, pc: number): boolean {
    const { code } = this.program;
    const { population, recorder } = this;
    const patient = population.patient[token]!;
    const activity = code[pc + 1]!;
    const hook = recorder.table.request[activity];
    if (hook !== undefined) recorder.moment(hook, patient, this.now);
    if (this.#trace !== undefined) this.#log(patient, 'request', this.#idOf(activity));
    const c = code[pc + 2]!;
    if (c < 0) {
      recorder.waited(code[pc + 9]!, activity, patient, this.now, this.now);
      // With nothing to wait for, what was still kept goes back.
      const pending = code[pc + PENDING]!;
      for (let i = 0; i < pending; i++) this.#giveBackSlot(token, code[pc + PENDING + 1 + i]!);
      if (this.pools.dirtyCount > 0) this.#serve();
      return true;
    }
    const visit = code[pc + 7]!;
    const copy = code[pc + 8]!;
    const own = code[pc + 4]!;
    const patience = code[pc + 5]!;
    const priority = own < 0 ? this.#basePriority(patient) : this.#value(own, token, visit, copy);
    const limit = patience < 0 ? Number.POSITIVE_INFINITY : this.#value(patience, token, visit, copy);
    this.#prepare(token, pc, Number.isNaN(priority) ? 0 : priority);
    if (this.queues.canHave(token)) {
      this.#take(token, pc);
      if (this.pools.dirtyCount > 0) this.#serve();
      return true;
    }
    population.request[token] = pc;
    population.pc[token] = pc + PENDING + 1 + code[pc + PENDING]!;
    this.queues.enqueue(token, this.now);
    const deadline = limit >= 0 ? this.now + limit : this.now;
    population.deadline[token] = deadline;
    if (deadline < this.#end) this.#heap.push(deadline, CLASS_PATIENCE, token * KINDS + EVENT_PATIENCE);
    return false;
  }

  #basePriority(patient: number): number {
    const { population, program } = this;
    const cohort = population.cohort[patient]!;
    return this.#evaluator.value(
      program.cohortPriority[cohort]!,
      population.number[patient]!,
      program.cohortHash[cohort]!,
      0,
      population.attribute,
      patient * population.attributeCount,
    );
  }

  #try(token: number, pc: number): boolean {
    const { code } = this.program;
    const { population, recorder } = this;
    const patient = population.patient[token]!;
    if (code[pc + 2] === -1) return true;
    this.#prepare(token, pc, this.#basePriority(patient));
    if (!this.queues.canHave(token)) {
      this.#unkeep(token, pc);
      return false;
    }
    const activity = code[pc + 1]!;
    const hook = recorder.table.request[activity];
    if (hook !== undefined) recorder.moment(hook, patient, this.now);
    if (this.#trace !== undefined) this.#log(patient, 'request', this.#idOf(activity));
    this.#take(token, pc);
    if (this.pools.dirtyCount > 0) this.#serve();
    return true;
  }

  /** A request that was not met leaves the units that it would have kept where they were. */
  #unkeep(token: number, pc: number): void {
    const { code, classNeeds } = this.program;
    const { population, pools } = this;
    if (code[pc + PENDING] === 0) return;
    const c = code[pc + 2]!;
    const needs = classNeeds[c + 1]! - classNeeds[c]!;
    const back = token * population.slots + code[pc + PENDING + 1]!;
    for (let need = 0; need < needs; need++) {
      const place = token * population.slots + code[pc + 3]! + need;
      let grant = population.slot[place]!;
      population.slot[place] = -1;
      while (grant >= 0) {
        const next = pools.grantNext[grant]!;
        pools.grantNext[grant] = population.slot[back]!;
        population.slot[back] = grant;
        grant = next;
      }
    }
  }

  #leastBusy(pc: number): number {
    const { code } = this.program;
    let best = code[pc + 2]!;
    let least = Number.POSITIVE_INFINITY;
    let at = pc + 2;
    for (let option = code[pc + 1]!; option > 0; option--) {
      const n = code[at + 1]!;
      let load = 0;
      for (let i = 0; i < n; i++) {
        const f = code[at + 2 + i]!;
        load += this.#measure(0, f) + this.#measure(1, f) - this.#measure(4, f);
      }
      if (load < least) {
        least = load;
        best = code[at]!;
      }
      at += 2 + n;
    }
    return best;
  }

  #work(token: number, pc: number): number {
    const { code } = this.program;
    const { population, recorder } = this;
    const patient = population.patient[token]!;
    const activity = code[pc + 1]!;
    const visit = code[pc + 3]!;
    const copy = code[pc + 4]!;
    let takes = this.#value(code[pc + 2]!, token, visit, copy);
    const costs = code[pc + 5]!;
    for (let i = 0; i < costs; i++) recorder.spent(this.#value(code[pc + 6 + i]!, token, visit, copy));
    this.#countVisit(token, visit);
    if (Number.isNaN(takes)) {
      const { title, origin } = this.program.input.activities[activity] as { title: string; origin: string };
      throw new SimulationError(
        `The time that ${title} takes is not a number: look for an attribute that this patient's cohort does not have, or a division by 0.`,
        origin,
      );
    }
    if (takes < 0) {
      this.negative.set(activity, (this.negative.get(activity) ?? 0) + 1);
      takes = 0;
    }
    population.workStart[token] = this.now;
    recorder.started(activity);
    const hook = recorder.table.start[activity];
    if (hook !== undefined) recorder.moment(hook, patient, this.now);
    if (this.#trace !== undefined) this.#log(patient, 'start', this.#idOf(activity));
    return this.now + takes;
  }

  #endWork(token: number, activity: number, register: number): void {
    const { population, recorder } = this;
    const since =
      register < 0 ? population.workStart[token]! : population.register[token * population.registers + register]!;
    recorder.ended(activity, since, this.now);
    const hook = recorder.table.end[activity];
    if (hook !== undefined) recorder.moment(hook, population.patient[token]!, this.now);
    if (this.#trace !== undefined) this.#log(population.patient[token]!, 'end', this.#idOf(activity));
  }

  #chooseShare(token: number, pc: number): number {
    const { code } = this.program;
    const { population } = this;
    const patient = population.patient[token]!;
    const visit = code[pc + 3]!;
    const copy = code[pc + 4]!;
    const place = patient * population.visitSlots + visit;
    const visits = (visit < 0 ? 0 : population.visits[place]!) + copy * 65_536;
    this.#random.address(
      population.number[patient]!,
      this.program.cohortHash[population.cohort[patient]!]!,
      code[pc + 2]!,
      visits,
    );
    let u = this.#random.uniform();
    const n = code[pc + 6]!;
    let to = code[pc + 5]!;
    for (let i = 0; i < n; i++) {
      u -= this.#value(code[pc + 7 + 2 * i]!, token, visit, copy);
      if (u < 0) {
        to = code[pc + 8 + 2 * i]!;
        break;
      }
    }
    this.#countVisit(token, visit);
    return to;
  }

  #chooseMatch(token: number, pc: number): number {
    const { code } = this.program;
    const { population } = this;
    const patient = population.patient[token]!;
    const value = population.attribute[patient * population.attributeCount + code[pc + 1]!]!;
    let at = pc + 4;
    for (let branch = code[pc + 3]!; branch > 0; branch--) {
      const n = code[at + 1]!;
      for (let i = 0; i < n; i++) if (code[at + 2 + i] === value) return code[at]!;
      at += 2 + n;
    }
    return code[pc + 2]!;
  }

  /** When the next round begins; NaN when there is none. */
  #again(token: number, pc: number): number {
    const { code } = this.program;
    const { population } = this;
    const register = token * population.registers + code[pc + 1]!;
    const visit = code[pc + 5]!;
    const copy = code[pc + 6]!;
    const rounds = population.register[register]! + 1;
    population.register[register] = rounds;
    if (rounds >= population.register[register + 1]!) return Number.NaN;
    const until = code[pc + 2]!;
    const again = code[pc + 3]!;
    const every = code[pc + 4]!;
    const done = until >= 0 && this.#value(until, token, visit, copy) !== 0;
    const share = again < 0 ? 1 : this.#value(again, token, visit, copy);
    let goes = !done;
    if (goes && again >= 0) {
      const patient = population.patient[token]!;
      const visits = visit < 0 ? 0 : population.visits[patient * population.visitSlots + visit]!;
      this.#random.address(
        population.number[patient]!,
        this.program.cohortHash[population.cohort[patient]!]!,
        code[pc + 8]!,
        visits + copy * 65_536,
      );
      goes = this.#random.uniform() < share;
    }
    const gap = goes && every >= 0 ? this.#value(every, token, visit, copy) : 0;
    this.#countVisit(token, visit);
    if (!goes) return Number.NaN;
    const next = population.register[register + 2]! + gap;
    population.register[register + 2] = every >= 0 ? next : this.now;
    return next;
  }

  /** A branch ends. The last one lets the token that forked go on, or leave where the patient finished in a branch. */
  #join(token: number): void {
    const { population } = this;
    this.#giveBackAll(token);
    const parent = population.parent[token]!;
    const finished = population.outcome[population.patient[token]!]! >= 0;
    this.#removeToken(token);
    population.branches[parent] = population.branches[parent]! - 1;
    if (population.branches[parent] === 0) {
      if (!finished) this.#push(parent);
      else if (population.parent[parent] === -1) this.#leave(parent);
      else this.#join(parent);
    }
    if (this.pools.dirtyCount > 0) this.#serve();
  }

  #giveBackAll(token: number): void {
    const { slots, slot } = this.population;
    for (let i = 0; i < slots; i++) if (slot[token * slots + i]! >= 0) this.#giveBackSlot(token, i);
  }

  /** A patient leaves with all that they keep given back. */
  #leave(token: number): void {
    const { population, recorder } = this;
    const patient = population.patient[token]!;
    this.#giveBackAll(token);
    if (recorder.table.exit !== undefined) recorder.moment(recorder.table.exit, patient, this.now);
    recorder.left(patient, this.now);
    if (this.#trace !== undefined) {
      this.#log(patient, 'finish', this.program.input.outcomes[population.outcome[patient]!] ?? '');
    }
    this.#removeToken(token);
    population.removePatient(patient);
    if (this.pools.dirtyCount > 0) this.#serve();
  }

  #removeToken(token: number): void {
    this.population.deadline[token] = Number.POSITIVE_INFINITY;
    this.population.state[token] = RUNNING;
    this.population.removeToken(token);
  }

  // ---- The end ------------------------------------------------------------------------------------------------------

  #finish(): void {
    if (this.#finished) return;
    this.#finished = true;
    const { population, pools, recorder } = this;
    const { code } = this.program;
    this.now = this.#end;
    if (!recorder.active) recorder.begin(this.#end);
    for (let token = 0; token < population.tokenEnd; token++) {
      if (population.patient[token]! < 0) continue;
      if (population.state[token] === WAITING) {
        const pc = population.request[token]!;
        const facilities = this.program.classFacilities[population.requestClass[token]!]!;
        recorder.leftQueue(facilities, code[pc + 9]!, population.requestTime[token]!, this.#end);
      }
      for (let i = 0; i < population.slots; i++) {
        let grant = population.slot[token * population.slots + i]!;
        while (grant >= 0) {
          pools.settle(grant, pools.grantUnits[grant]!, this.#end);
          grant = pools.grantNext[grant]!;
        }
      }
      if (population.parent[token] === -1) recorder.stillHere(population.patient[token]!);
    }
    recorder.finish();
  }

  #endless(token?: number): SimulationError {
    const at = token === undefined ? undefined : this.#activityNear(this.population.pc[token]!);
    return new SimulationError(
      `Time stands still: more than ${this.#limits.instant} things happen at one instant. A loop takes no time` +
        `${at === undefined ? '' : `, near ${at.title}`}; give one of its steps a duration, or limit its rounds.`,
      at?.origin,
    );
  }

  #activityNear(pc: number): { readonly title: string; readonly origin: string } | undefined {
    const { input, wordOf } = this.program;
    for (let i = wordOf.length - 1; i >= 0; i--) {
      const instruction = input.instructions[i];
      if (wordOf[i]! <= pc && instruction !== undefined && 'activity' in instruction) {
        return input.activities[instruction.activity];
      }
    }
    return undefined;
  }

  #idOf(activity: number): string {
    return this.program.input.activities[activity]?.id ?? '';
  }

  #log(patient: number, what: TraceRow['what'], subject: string): void {
    const { population, program } = this;
    const cohort = program.input.cohorts[population.cohort[patient]!]?.id ?? '';
    this.#trace?.({ time: this.now, patient: `${cohort} ${population.number[patient] ?? ''}`, what, subject });
  }
}

const ARRIVAL_STREAM = 0x41525256;
