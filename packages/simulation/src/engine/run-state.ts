import type { Program } from '../program/program.js';
import { RandomStream } from '../random/stream.js';
import type { Census } from '../statistics/census.js';
import { Recorder } from '../statistics/recorder.js';
import { PoissonClock, StepCursor } from './arrivals.js';
import { Evaluator } from './evaluator.js';
import { EventHeap } from './event-heap.js';
import { DEFAULT_LIMITS, type RunLimits } from './limits.js';
import { Pools } from './pools.js';
import { Population } from './population.js';
import { Queues } from './queues.js';
import { TokenQueue, TokenStack } from './token-lists.js';

/** One row of an event log. */
export interface TraceRow {
  readonly time: number;
  readonly patient: string;
  readonly what: 'arrive' | 'request' | 'start' | 'end' | 'give up' | 'finish';
  /** Activity, or the outcome of a finish. */
  readonly subject: string;
}

/** How a run is watched and limited. */
export interface RunOptions {
  readonly limits?: RunLimits;
  readonly trace?: (row: TraceRow) => void;
}

/** All that changes in a replication. The functions that change it are in the files beside this one, by subject. */
export class RunState {
  readonly program: Program;
  readonly population: Population;
  readonly recorder: Recorder;
  readonly pools: Pools;
  readonly queues: Queues;
  readonly heap = new EventHeap();
  readonly random: RandomStream;
  readonly evaluator: Evaluator;
  readonly limits: RunLimits;
  readonly trace: ((row: TraceRow) => void) | undefined;
  /** When the window ends. */
  readonly end: number;
  now = 0;
  events = 0;
  /** Events and instructions at this instant so far. */
  instantWork = 0;
  finished = false;
  /** Tokens that got what they waited for and go on at this instant. */
  readonly ready = new TokenQueue();
  /** Branches that were started and have not gone on yet. */
  readonly branches = new TokenStack();
  /** Times of work below 0, which took no time instead, by activity. */
  readonly negative = new Map<number, number>();
  /** By pool: its scheduled units; for pools that break down, how often each unit did, and units to be repaired once free. */
  readonly capacityCursors: readonly (StepCursor | undefined)[];
  readonly unitVisits: readonly Int32Array[];
  readonly owedUnits: readonly number[][];
  /** Number of a pool's first unit among the units of all pools that break down. */
  readonly unitBase: readonly number[];
  /** By cohort: patients so far, time of the last arrival, arrivals taken from a list, the clock of a Poisson process. */
  readonly cohortCount: Int32Array;
  readonly cohortTime: Float64Array;
  readonly listIndex: Int32Array;
  readonly clocks: readonly (PoissonClock | undefined)[];

  /** @param granted is told of tokens that get what they wait for */
  constructor(
    program: Program,
    replication: number,
    options: RunOptions,
    granted: (run: RunState, token: number) => void,
  ) {
    const { input } = program;
    this.program = program;
    this.limits = options.limits ?? DEFAULT_LIMITS;
    this.trace = options.trace;
    this.end = input.warmUp + input.run;
    this.population = new Population({
      slots: input.slots,
      registers: input.registers,
      needs: program.mostNeeds,
      attributes: program.attributeCount,
      visits: program.visitSlots,
      moments: input.indicators.length,
      most: this.limits.patients,
    });
    this.recorder = new Recorder(program, this.population);
    this.pools = new Pools(program, this.recorder);
    this.queues = new Queues(program, this.population, this.pools, this.recorder, (token) => granted(this, token));
    this.random = new RandomStream(input.seed, replication);
    this.evaluator = new Evaluator(program, this.random, {
      measure: (measure, facility) => measureOf(this.recorder.census, measure, facility),
    });
    this.cohortCount = new Int32Array(input.cohorts.length);
    this.cohortTime = new Float64Array(input.cohorts.length);
    this.listIndex = new Int32Array(input.cohorts.length);
    this.clocks = input.cohorts.map((c) =>
      c.arrivals.kind === 'poisson' ? new PoissonClock(c.arrivals.rate) : undefined,
    );
    this.capacityCursors = input.pools.map((pool) =>
      pool.capacity === 'unlimited' ? undefined : new StepCursor(pool.capacity),
    );
    const most = input.pools.map((pool) =>
      pool.breakdown === undefined || pool.capacity === 'unlimited' ? 0 : Math.max(0, ...pool.capacity.value),
    );
    this.unitVisits = most.map((n) => new Int32Array(n));
    this.owedUnits = most.map(() => []);
    let base = 0;
    this.unitBase = most.map((n) => (base += n) - n);
  }

  /** Value of an expression for the patient of a token. @param copy of the pathway by calls @param visit slot of its count */
  value(code: number, token: number, visit: number, copy: number): number {
    const { population } = this;
    const patient = population.patient[token]!;
    const visits = visit < 0 ? 0 : population.visits[patient * population.visitSlots + visit]!;
    return this.evaluator.value(
      code,
      population.number[patient]!,
      this.program.cohortHash[population.cohort[patient]!]!,
      visits + copy * 65_536,
      population.attribute,
      patient * population.attributeCount,
    );
  }

  /** Counts that a token came by a place, so that draws of the next visit differ. */
  countVisit(token: number, visit: number): void {
    if (visit < 0) return;
    const { population } = this;
    const place = population.patient[token]! * population.visitSlots + visit;
    population.visits[place] = population.visits[place]! + 1;
  }

  /** The priority of a patient by their cohort. */
  basePriority(patient: number): number {
    const { population, program } = this;
    const cohort = population.cohort[patient]!;
    return this.evaluator.value(
      program.cohortPriority[cohort]!,
      population.number[patient]!,
      program.cohortHash[cohort]!,
      0,
      population.attribute,
      patient * population.attributeCount,
    );
  }

  /** Name of an activity, for the trace. */
  idOf(activity: number): string {
    return this.program.input.activities[activity]?.id ?? '';
  }

  /** Adds a row to the event log, where one is kept. */
  log(patient: number, what: TraceRow['what'], subject: string): void {
    const { population, program } = this;
    const cohort = program.input.cohorts[population.cohort[patient]!]?.id ?? '';
    this.trace?.({ time: this.now, patient: `${cohort} ${population.number[patient] ?? ''}`, what, subject });
  }
}

/** What the state of a facility is; measures as in StateView. */
export function measureOf(census: Census, measure: number, facility: number): number {
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
