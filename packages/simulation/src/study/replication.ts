import { findLocks } from '../engine/locks.js';
import type { RunLimits } from '../engine/limits.js';
import { Run, type RunOptions, type TraceRow } from '../engine/run.js';
import type { FacilityRecord, RunRecord } from '../engine/run-record.js';
import type { SimulationInput } from '../input/types.js';
import type { InputExpectation } from '../input/measure-types.js';
import { assemble } from '../program/assemble.js';
import type { Program } from '../program/program.js';
import type { RunCheck } from '../figure-results.js';
import type { CensusGrid } from '../statistics/census-grid.js';
import { countedFacilities } from '../statistics/counted.js';
import { FormulaEvaluator } from '../statistics/formulas.js';
import type { Observations } from '../statistics/pooled-observations.js';
import type { CountedPeople } from '../statistics/people-share.js';
import type { Sample, SampleHistogram } from '../statistics/sample.js';
import { countedIn } from './patients-figure.js';
import { replicationTimeline, type ReplicationTimeline } from './timeline.js';

/**
 * What one replication found; null stands for a value that does not exist. What there is much of are typed arrays, since
 * those pass from thread to thread at little cost; plainReplication makes lists of them.
 */
export interface ReplicationResult extends BatchResult {
  /** Of a run in batches, what those after the first found; absent where there are none. */
  readonly laterBatches?: readonly BatchResult[];
}

/** What was found in one window: that of a replication, or of a batch of it. */
export interface BatchResult {
  readonly replication: number;
  readonly events: number;
  /** Whether anything was left to chance, of what came up. */
  readonly hasDrawn: boolean;
  /**
   * By indicator, one a value of the table's variable or, for observations, one a group (the first is overall); none of
   * an indicator that is not read.
   */
  readonly indicators: readonly (readonly ReplicationFigure[])[];
  readonly expectations: readonly (number | null)[];
  /** Figures that expectations are compared with; absent for none. */
  readonly compared?: readonly (number | null)[];
  /** Empty, as the stocks, where figures alone are read (`reads` of the input). */
  readonly facilities: readonly ReplicationFacility[];
  readonly stocks: readonly ReplicationStock[];
  readonly flows: readonly ReplicationFlow[];
  readonly activities: readonly ReplicationActivity[];
  readonly work: readonly { readonly activity: number; readonly role: string; readonly hours: Float64Array }[];
  readonly checks: readonly RunCheck[];
  readonly locked?: { readonly facilities: readonly number[]; readonly patients: number; readonly since: number };
  /** Absent where nothing is watched or changed from outside. */
  readonly timeline?: ReplicationTimeline;
  readonly impossible: readonly number[];
  readonly negative: readonly { readonly activity: number; readonly times: number }[];
}

interface ReplicationStock {
  /** Units in the window. */
  readonly consumed: number;
  readonly delivered: number;
  /** Delivered where there was no room. */
  readonly refused: number;
  readonly lowest: number;
  /** Share of time in which someone waits for it. */
  readonly short: number;
}

export interface ReplicationFigure {
  readonly value: number | null;
  /** Of a share of people, how many of how many. */
  readonly people?: CountedPeople;
  readonly sample?: {
    readonly count: number;
    readonly sd: number | null;
    readonly minimum: number | null;
    readonly maximum: number | null;
    readonly observations: Observations;
    readonly histogram: SampleHistogram;
  };
}

export interface ReplicationFacility {
  readonly capacity: number | null;
  readonly census: number;
  readonly utilisation: number | null;
  readonly queue: number;
  readonly wait: number | null;
  readonly waitedShare: number | null;
  /** Waits that ended in the window, also those of no time. */
  readonly waits: number;
  readonly overtime: number;
  readonly waitingAtEnd: number;
  readonly requests: number;
  readonly distribution: Float64Array;
  readonly series: {
    readonly census: Float64Array;
    readonly queue: Float64Array;
    /** Null where it is unlimited. */
    readonly capacity: Float64Array | null;
  };
  readonly byHour?: { readonly census: Float64Array; readonly queue: Float64Array };
}

interface ReplicationFlow {
  readonly arrivals: number;
  readonly finished: number;
  readonly inProgress: number;
  readonly time: number | null;
  readonly outcomes: readonly number[];
}

interface ReplicationActivity {
  readonly starts: number;
  readonly completions: number;
  readonly wait: number | null;
  readonly duration: number | null;
  readonly gaveUp: number;
}

const CHUNK = 50_000;
const programs = new WeakMap<SimulationInput, Program>();

function programOf(input: SimulationInput): Program {
  let program = programs.get(input);
  if (program === undefined) {
    program = assemble(input);
    programs.set(input, program);
  }
  return program;
}

/**
 * Runs one replication of an input from beginning to end.
 * @param replication number of the replication, from 0; with the seed it decides all random numbers
 * @throws SimulationError when the run cannot go on
 */
export function runReplication(
  input: SimulationInput,
  replication: number,
  limits?: RunLimits,
  engine?: RunOptions['engine'],
): ReplicationResult {
  const options = { ...(limits && { limits }), ...(engine && { engine }) };
  return runReplicationByBatch(input, replication, () => undefined, options);
}

/** As runReplication, telling of each batch of a run as soon as it has ended; a run without any is one of them. */
export function runReplicationByBatch(
  input: SimulationInput,
  replication: number,
  onBatch: (result: BatchResult) => void,
  options: Pick<RunOptions, 'limits' | 'engine'> = {},
): ReplicationResult {
  const program = programOf(input);
  const run = new Run(program, replication, options);
  const [first, ...later] = program.batches.map((batch) => {
    while (!run.advance(CHUNK));
    const result = batchResult({ ...program, ...batch }, run.record(), replication);
    onBatch(result);
    return result;
  });
  return joinBatches(first!, later);
}

/** The result of a run that found this in its batches. */
export function joinBatches(first: BatchResult, later: readonly BatchResult[]): ReplicationResult {
  return later.length === 0 ? first : { ...first, laterBatches: later };
}

/** What a run found in each of its batches, or in its only window. */
export function batchesOf({ laterBatches = [], ...first }: ReplicationResult): readonly BatchResult[] {
  return [first, ...laterBatches];
}

/**
 * As runReplication, giving way to others between chunks of events. When `shouldStop` said so the answer is what the
 * batches found that had ended; undefined where there were none.
 */
export async function runReplicationInChunks(
  input: SimulationInput,
  replication: number,
  options: {
    readonly onProgress?: (share: number) => void;
    /** Called after each batch; a run that is not cut into any is one. */
    readonly onBatch?: (result: BatchResult) => void;
    readonly shouldStop?: () => boolean;
    readonly limits?: RunLimits;
  },
): Promise<ReplicationResult | undefined> {
  const program = programOf(input);
  const run = new Run(program, replication, options.limits && { limits: options.limits });
  const found: BatchResult[] = [];
  const soFar = (): ReplicationResult | undefined => found[0] && joinBatches(found[0], found.slice(1));
  while (found.length < program.batches.length) {
    if (run.advance(CHUNK)) {
      const result = batchResult({ ...program, ...program.batches[found.length]! }, run.record(), replication);
      found.push(result);
      options.onBatch?.(result);
      if (found.length === program.batches.length) break;
    } else options.onProgress?.(run.progress);
    await new Promise<void>((resolve) => {
      setTimeout(resolve, 0);
    });
    if (options.shouldStop?.() === true) break;
  }
  return soFar();
}

/** The event log of one replication, in order; at most `most` rows. */
export function traceReplication(
  input: SimulationInput,
  replication: number,
  most = 1_000_000,
  engine?: RunOptions['engine'],
): TraceRow[] {
  const rows: TraceRow[] = [];
  for (const row of traceRows(input, replication, engine)) {
    if (rows.length >= most) break;
    rows.push(row);
  }
  return rows;
}

/** The event log of one replication, row by row while it runs, so that a log of any length takes no memory. */
export function* traceRows(
  input: SimulationInput,
  replication: number,
  engine?: RunOptions['engine'],
): Generator<TraceRow, void, undefined> {
  const program = programOf(input);
  const run = new Run(program, replication, { tracing: true, ...(engine && { engine }) });
  for (let left = program.batches.length; left > 0;) {
    const ended = run.advance(1000);
    yield* run.takeTrace();
    if (!ended) continue;
    left--;
    // A batch is left behind by asking for what it found.
    if (left > 0) run.record();
  }
}

function batchResult(program: Program, record: RunRecord, replication: number): BatchResult {
  const { input } = program;
  const { reads } = input;
  const formulas = new FormulaEvaluator(program, record);
  const locks = findLocks(program, record);
  const isRead = (indicator: number): boolean => reads?.indicators.includes(indicator) !== false;
  const statistic = (figure: Pick<InputExpectation, 'indicator' | 'statistic' | 'argument'>): number | null =>
    reads?.expectations === false
      ? null
      : orNull(formulas.statistic(figure.indicator, figure.statistic, figure.argument ?? Number.NaN));
  return {
    replication,
    events: record.events,
    hasDrawn: record.hasDrawn,
    indicators: input.indicators.map((_, i) => (isRead(i) ? figuresOf(input, i, formulas) : [])),
    expectations: input.expectations.map(statistic),
    ...(input.compared && { compared: input.compared.map(statistic) }),
    facilities:
      reads === undefined ? record.facilities.map((facility) => facilityOf(facility, program.grid, input.run)) : [],
    stocks: reads === undefined ? stocksOf(input, record) : [],
    flows: record.flows.map((flow) => ({
      arrivals: flow.arrivals,
      finished: flow.exits,
      inProgress: flow.inSystem,
      time: ratio(flow.staySum, flow.stays),
      outcomes: Array.from(flow.outcomes),
    })),
    activities: record.activities.map((activity) => ({
      starts: activity.starts,
      completions: activity.completions,
      wait: ratio(activity.waitSum, activity.waits),
      duration: ratio(activity.durationSum, activity.completions),
      gaveUp: activity.gaveUp,
    })),
    work: program.grid.weekly
      ? record.work.map(({ activity, role, hours }) => ({ activity, role, hours: inEachHour(hours, program.grid) }))
      : [],
    checks: checksOf(program, record),
    ...(locks.patients > 0 && {
      locked: { facilities: locks.facilities, patients: locks.patients, since: locks.since },
    }),
    ...(input.control &&
      record.control && { timeline: replicationTimeline(input, input.control, record.control, replication) }),
    impossible: locks.impossible,
    negative: record.activities.flatMap(({ negative }, activity) =>
      negative > 0 ? [{ activity, times: negative }] : [],
    ),
  };
}

function stocksOf(input: SimulationInput, record: RunRecord): ReplicationStock[] {
  return record.stocks.map((stock, i) => {
    const facility = record.facilities[input.pools[input.stocks[i]?.pool ?? 0]?.facility ?? 0];
    return { ...stock, short: (facility?.shortTime ?? 0) / input.run };
  });
}

function figuresOf(input: SimulationInput, index: number, formulas: FormulaEvaluator): ReplicationFigure[] {
  const indicator = input.indicators[index];
  if (indicator === undefined) return [];
  const { measure } = indicator;
  if (measure.kind === 'value') {
    const counted = countedIn(input, index);
    return (indicator.table ?? [Number.NaN]).map((n) => {
      const value = orNull(formulas.value(measure.value, n));
      const [of, over] = [counted?.of, counted?.over].map((part) => part && orNull(formulas.value(part, n)));
      return { value, ...(typeof of === 'number' && typeof over === 'number' && { people: { of, over } }) };
    });
  }
  const grouped = indicator.by !== undefined && input.reads === undefined;
  const groups = grouped ? (input.attributes[indicator.by]?.categories.length ?? 0) : 0;
  const plain = measure.kind === 'time' || measure.kind === 'wait';
  return Array.from({ length: groups + 1 }, (_, group) => {
    const sample = formulas.sampleOf(index, group);
    if (sample === undefined) return { value: null };
    const value = sample.count === 0 ? null : sample.mean;
    if (plain) return { value, sample: sampleResult(sample) };
    return { value, people: { of: Math.round(sample.count * (value ?? 0)), over: sample.count } };
  });
}

function sampleResult(sample: Sample): NonNullable<ReplicationFigure['sample']> {
  return {
    count: sample.count,
    sd: orNull(sample.sd),
    minimum: orNull(sample.minimum),
    maximum: orNull(sample.maximum),
    observations: sample.observations(),
    histogram: sample.histogram(true),
  };
}

function facilityOf(facility: FacilityRecord, grid: CensusGrid, run: number): ReplicationFacility {
  const { series, byHour } = facility;
  const limited = facility.capacity !== Number.POSITIVE_INFINITY;
  const slots = (integrals: Float64Array): Float64Array => {
    const length = grid.tick * grid.ticksPerSlot;
    return integrals.map((integral, slot) => integral / Math.min(length, run - slot * length));
  };
  return {
    capacity: limited ? facility.capacityTime / run : null,
    census: facility.busyTime / run,
    utilisation: limited ? ratio(facility.busyTime, facility.capacityTime) : null,
    queue: facility.waitingTime / run,
    wait: ratio(facility.waitSum, facility.waits),
    waitedShare: ratio(facility.waited, facility.waits),
    waits: facility.waits,
    overtime: facility.overTime,
    waitingAtEnd: facility.waiting,
    requests: facility.requestsServed,
    distribution: facility.distribution.map((time) => time / run),
    series: {
      census: slots(series.busy),
      queue: slots(series.waiting),
      capacity: limited ? slots(series.capacity) : null,
    },
    ...(grid.weekly && { byHour: { census: inEachHour(byHour.busy, grid), queue: inEachHour(byHour.waiting, grid) } }),
  };
}

/** Means of integrals by hour of the week: not all hours come equally often in a window. Where one never comes it is 0. */
function inEachHour(integrals: Float64Array, { hourTime }: CensusGrid): Float64Array {
  return integrals.map((integral, hour) => (hourTime[hour]! > 0 ? integral / hourTime[hour]! : 0));
}

/**
 * Laws that hold for every run, each with both sides computed in different ways: Little's law (an integral over time
 * against the sum of the patients' own times, both cut at the window) and the conservation of patients.
 */
function checksOf({ input }: Program, record: RunRecord): RunCheck[] {
  const checks: RunCheck[] = [];
  const check = (law: string, subject: string, left: number, right: number): void => {
    const holds = Math.abs(left - right) <= 1e-8 * Math.max(1, Math.abs(left), Math.abs(right));
    checks.push({ law, subject, left, right, holds });
  };
  const isCounted = countedFacilities(input);
  record.facilities.forEach((facility, f) => {
    if (isCounted[f] !== true) return;
    const id = input.facilities[f]!.id;
    check("Little's law: waiting", id, facility.waitingTime / input.run, facility.waitingByRequest / input.run);
    check("Little's law: in use", id, facility.busyTime / input.run, facility.serviceByGrant / input.run);
  });
  record.flows.forEach((counts, i) => {
    const flow = input.flows[i]!;
    const subject = `${flow.pathway}, ${input.cohorts[flow.cohort]?.id ?? ''}`;
    check("Little's law: in the pathway", subject, counts.inSystemTime / input.run, counts.stayByPatient / input.run);
    check(
      'Conservation of patients',
      subject,
      counts.inSystemAtStart + counts.arrivals,
      counts.exits + counts.inSystem,
    );
  });
  return checks;
}

function ratio(a: number, b: number): number | null {
  return b === 0 ? null : a / b + 0;
}

/** JSON knows neither infinity nor −0; adding 0 makes that one 0, so that a figure is the same wherever it was found. */
function orNull(value: number): number | null {
  return Number.isFinite(value) ? value + 0 : null;
}
