import { isEverUnlimited } from '../input/step-functions.js';
import type { Program } from '../program/program.js';
import { type CensusGrid, HOURS } from '../statistics/census-grid.js';
import { Sample } from '../statistics/sample.js';

/** Reads the doubles of a report one after the other. */
class ReportReader {
  readonly #numbers: Float64Array;
  #next = 0;

  constructor(numbers: Float64Array) {
    this.#numbers = numbers;
  }

  number(): number {
    return this.#numbers[this.#next++]!;
  }

  many(count: number): Float64Array {
    this.#next += count;
    return this.#numbers.subarray(this.#next - count, this.#next);
  }
}

/** What a run counted of a resource or staff group. Times are integrals over the window, in seconds. */
export interface FacilityRecord {
  readonly busy: number;
  readonly waiting: number;
  /** At the end of the run; Infinity where it is unlimited at any time, and its mean says nothing. */
  readonly capacity: number;
  readonly busyTime: number;
  readonly waitingTime: number;
  /** Time in which anyone waits. */
  readonly shortTime: number;
  readonly capacityTime: number;
  readonly overTime: number;
  /** Requests met, those that waited, and their waiting time. */
  readonly waits: number;
  readonly waited: number;
  readonly waitSum: number;
  /** Little's law: waiting and service time by patients' own clocks, cut at the window. */
  readonly waitingByRequest: number;
  readonly serviceByGrant: number;
  readonly requestsServed: number;
  /** Time with so many units in use. */
  readonly distribution: Float64Array;
  /** Integrals by slot of the series. */
  readonly series: { readonly busy: Float64Array; readonly waiting: Float64Array; readonly capacity: Float64Array };
  /** Integrals by hour of the week; empty for windows under a week. */
  readonly byHour: { readonly busy: Float64Array; readonly waiting: Float64Array };
}

/** The combinations of counts that had time: a column of counts for each, and one of the time, all in the same order. */
interface JointRecord {
  readonly counts: readonly Float64Array[];
  readonly time: Float64Array;
}

interface ActivityRecord {
  readonly starts: number;
  readonly completions: number;
  readonly waits: number;
  readonly waitSum: number;
  readonly durationSum: number;
  readonly gaveUp: number;
  /** Times of work below 0, which took no time instead. */
  readonly negative: number;
}

interface FlowRecord {
  readonly arrivals: number;
  readonly exits: number;
  /** Those who left and whose arrival is known, and the times between. */
  readonly stays: number;
  readonly staySum: number;
  readonly inSystem: number;
  readonly inSystemTime: number;
  readonly stayByPatient: number;
  readonly inSystemAtStart: number;
  /** By outcome; the last is for those who left without one. */
  readonly outcomes: Float64Array;
}

/** Staff-seconds by hour of the week. */
interface WorkRecord {
  readonly activity: number;
  readonly role: string;
  readonly hours: Float64Array;
}

/** Units of a stock in the window, and its lowest level. */
interface StockRecord {
  readonly consumed: number;
  readonly delivered: number;
  /** Delivered where there was no room. */
  readonly refused: number;
  readonly lowest: number;
}

/** A request that waits without a limit at the end. */
export interface WaitingRecord {
  readonly patient: number;
  readonly requestClass: number;
  readonly since: number;
  /** Units wanted, by need. */
  readonly amounts: Float64Array;
}

/** Units that someone with such a request keeps. */
interface KeptRecord {
  readonly patient: number;
  readonly pool: number;
  readonly units: number;
}

/** What a run tells of crises and responses. */
export interface ControlRecord {
  /** By change, people whom it concerned, in the window. */
  readonly people: Float64Array;
  /** By change, unit-seconds of the window for which units that it adds were there. */
  readonly unitTime: Float64Array;
  /** What began and ended, in order: kind (TOLD_…), subject and value. */
  readonly told: readonly ToldRow[];
}

export interface ToldRow {
  readonly time: number;
  readonly kind: number;
  readonly subject: number;
  readonly value: number;
}

/** Everything that a finished run has found. */
export interface RunRecord {
  readonly events: number;
  /** Whether anything was left to chance, of what came up. */
  readonly hasDrawn: boolean;
  readonly facilities: readonly FacilityRecord[];
  /** By queue of several facilities together: the integral of who waits over the window. */
  readonly lines: readonly number[];
  readonly joints: readonly JointRecord[];
  readonly stepCost: number;
  readonly activities: readonly ActivityRecord[];
  /** By request site: waiting time cut at the window. */
  readonly siteWaiting: Float64Array;
  readonly flows: readonly FlowRecord[];
  /** By collector: a sample of all observations, then one for each category. */
  readonly samples: readonly (readonly Sample[])[];
  readonly work: readonly WorkRecord[];
  readonly stocks: readonly StockRecord[];
  readonly waiting: readonly WaitingRecord[];
  readonly kept: readonly KeptRecord[];
  /** Absent where nothing is watched or changed from outside. */
  readonly control?: ControlRecord;
}

/** Reads a report in the order in which the engine's report.ts writes it. */
export function readRecord(program: Program, report: Float64Array): RunRecord {
  const { input, grid, observables, lines, siteInstruction, table, classes } = program;
  const from = new ReportReader(report);
  const times = <T>(count: number, read: () => T): T[] => Array.from({ length: count }, read);
  return {
    events: from.number(),
    hasDrawn: from.number() !== 0,
    facilities: input.facilities.map((_, f) => {
      const facility = nextFacility(from, grid);
      const endless = input.pools.some((pool) => pool.facility === f && isEverUnlimited(pool.capacity));
      return endless ? { ...facility, capacity: Number.POSITIVE_INFINITY } : facility;
    }),
    lines: lines.sets.map(() => nextFacility(from, grid).waitingTime),
    joints: observables.map((list) => readJoint(from, list.length)),
    stepCost: from.number(),
    activities: input.activities.map(() => readActivity(from)),
    siteWaiting: from.many(siteInstruction.length),
    flows: input.flows.map(() => readFlow(from, input.outcomes.length + 1)),
    samples: table.collectors.map(({ categories }) => times(categories.length + 1, () => nextSample(from))),
    work: times(from.number(), () => readWork(from, program.roles)),
    stocks: input.stocks.map(() => readStock(from)),
    waiting: times(from.number(), () => {
      const [patient = 0, requestClass = 0, since = 0] = from.many(3);
      return { patient, requestClass, since, amounts: from.many(classes[requestClass]?.needs.length ?? 0) };
    }),
    kept: times(from.number(), () => {
      const [patient = 0, pool = 0, units = 0] = from.many(3);
      return { patient, pool, units };
    }),
    ...(input.control && { control: readControl(from, input.control.changes.length) }),
  };
}

function readControl(from: ReportReader, changes: number): ControlRecord {
  const people = from.many(changes);
  const unitTime = from.many(changes);
  const rows = from.number();
  const told = Array.from({ length: rows }, (): ToldRow => {
    const [time = 0, kind = 0, subject = 0, value = 0] = from.many(4);
    return { time, kind, subject, value };
  });
  return { people, unitTime, told };
}

/** A facility as the engine's Facility.report writes it. */
export function readFacility(report: Float64Array, grid: CensusGrid): FacilityRecord {
  return nextFacility(new ReportReader(report), grid);
}

function nextFacility(from: ReportReader, { slots, weekly }: CensusGrid): FacilityRecord {
  const hours = weekly ? HOURS : 0;
  return {
    busy: from.number(),
    waiting: from.number(),
    capacity: from.number(),
    busyTime: from.number(),
    waitingTime: from.number(),
    shortTime: from.number(),
    capacityTime: from.number(),
    overTime: from.number(),
    waits: from.number(),
    waited: from.number(),
    waitSum: from.number(),
    waitingByRequest: from.number(),
    serviceByGrant: from.number(),
    requestsServed: from.number(),
    distribution: from.many(from.number()),
    series: { busy: from.many(slots), waiting: from.many(slots), capacity: from.many(slots) },
    byHour: { busy: from.many(hours), waiting: from.many(hours) },
  };
}

function readJoint(from: ReportReader, dimensions: number): JointRecord {
  const rows = from.number();
  const counts = Array.from({ length: dimensions }, () => new Float64Array(rows));
  const time = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    for (const column of counts) column[row] = from.number();
    time[row] = from.number();
  }
  return { counts, time };
}

function readActivity(from: ReportReader): ActivityRecord {
  return {
    starts: from.number(),
    completions: from.number(),
    waits: from.number(),
    waitSum: from.number(),
    durationSum: from.number(),
    gaveUp: from.number(),
    negative: from.number(),
  };
}

function readFlow(from: ReportReader, outcomes: number): FlowRecord {
  return {
    arrivals: from.number(),
    exits: from.number(),
    stays: from.number(),
    staySum: from.number(),
    inSystem: from.number(),
    inSystemTime: from.number(),
    stayByPatient: from.number(),
    inSystemAtStart: from.number(),
    outcomes: from.many(outcomes),
  };
}

/** A sample as the engine's Sample.report writes it. */
export function readSample(report: Float64Array): Sample {
  return nextSample(new ReportReader(report));
}

function nextSample(from: ReportReader): Sample {
  const [count = 0, mean = 0, squares = 0, minimum = 0, maximum = 0] = from.many(5);
  const values = from.many(from.number());
  const bins = from.number();
  const sketch = Array.from({ length: bins }, () => {
    const [bin = 0, n = 0] = from.many(2);
    return { bin, count: n };
  });
  return new Sample({ count, mean, squares, minimum, maximum, values, sketch });
}

function readStock(from: ReportReader): StockRecord {
  return { consumed: from.number(), delivered: from.number(), refused: from.number(), lowest: from.number() };
}

function readWork(from: ReportReader, roles: readonly string[]): WorkRecord {
  const key = from.number();
  return {
    activity: Math.floor(key / roles.length),
    role: roles[key % roles.length] ?? '',
    hours: from.many(HOURS),
  };
}
