import { findLocks } from '../engine/locks.js';
import type { RunLimits } from '../engine/limits.js';
import { Run } from '../engine/run.js';
import type { RunState, TraceRow } from '../engine/run-state.js';
import type { SimulationInput } from '../input/types.js';
import { assemble } from '../program/assemble.js';
import type { Program } from '../program/program.js';
import type { RunCheck } from '../results.js';
import { HOURS } from '../statistics/census-grid.js';
import { FormulaEvaluator, sampleOf } from '../statistics/formulas.js';
import type { Sample, SampleHistogram } from '../statistics/sample.js';

/** Percentiles that every result has. */
const PERCENTILES = [5, 10, 25, 50, 75, 90, 95, 99];

/** What one replication found, as plain JSON; null stands for a value that does not exist. */
export interface ReplicationResult {
  readonly replication: number;
  readonly events: number;
  /** By indicator, one a value of the table's variable or, for observations, one a group (the first is overall). */
  readonly indicators: readonly (readonly ReplicationFigure[])[];
  readonly expectations: readonly (number | null)[];
  readonly facilities: readonly ReplicationFacility[];
  readonly flows: readonly ReplicationFlow[];
  readonly activities: readonly ReplicationActivity[];
  readonly work: readonly { readonly activity: number; readonly role: string; readonly hours: readonly number[] }[];
  readonly checks: readonly RunCheck[];
  readonly locked?: { readonly facilities: readonly number[]; readonly patients: number; readonly since: number };
  readonly impossible: readonly number[];
  readonly negative: readonly { readonly activity: number; readonly times: number }[];
}

export interface ReplicationFigure {
  readonly value: number | null;
  readonly sample?: {
    readonly count: number;
    readonly sd: number | null;
    readonly minimum: number | null;
    readonly maximum: number | null;
    readonly percentiles: readonly (number | null)[];
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
  readonly overtime: number;
  readonly waitingAtEnd: number;
  readonly requests: number;
  readonly distribution: readonly number[];
  readonly series: {
    readonly census: readonly number[];
    readonly queue: readonly number[];
    readonly capacity: readonly (number | null)[];
  };
  readonly byHour?: { readonly census: readonly number[]; readonly queue: readonly number[] };
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
export function runReplication(input: SimulationInput, replication: number, limits?: RunLimits): ReplicationResult {
  const run = new Run(programOf(input), replication, limits && { limits });
  while (!run.advance(CHUNK));
  return replicationResult(run.state, replication);
}

/** As runReplication, giving way to others between chunks of events; undefined when `shouldStop` said so. */
export async function runReplicationInChunks(
  input: SimulationInput,
  replication: number,
  options: {
    readonly onProgress?: (share: number) => void;
    readonly shouldStop?: () => boolean;
    readonly limits?: RunLimits;
  },
): Promise<ReplicationResult | undefined> {
  const run = new Run(programOf(input), replication, options.limits && { limits: options.limits });
  while (!run.advance(CHUNK)) {
    options.onProgress?.(run.progress);
    await new Promise<void>((resolve) => {
      setTimeout(resolve, 0);
    });
    if (options.shouldStop?.() === true) return undefined;
  }
  return replicationResult(run.state, replication);
}

/** The event log of one replication, in order; at most `most` rows. */
export function traceReplication(input: SimulationInput, replication: number, most = 1_000_000): TraceRow[] {
  const rows: TraceRow[] = [];
  const run = new Run(programOf(input), replication, {
    trace: (row) => {
      if (rows.length < most) rows.push(row);
    },
  });
  while (rows.length < most && !run.advance(1000));
  return rows;
}

function replicationResult(run: RunState, replication: number): ReplicationResult {
  const { recorder, program } = run;
  const { input } = program;
  const siteOf = new Map(Array.from(program.siteInstruction, (instruction, site) => [instruction, site]));
  const formulas = new FormulaEvaluator(input, recorder, siteOf);
  const locks = findLocks(program, run.population, run.pools);
  return {
    replication,
    events: run.events,
    indicators: input.indicators.map((_, i) => figuresOf(input, i, formulas)),
    expectations: input.expectations.map((e) =>
      orNull(formulas.statistic(e.indicator, e.statistic, e.argument ?? Number.NaN)),
    ),
    facilities: input.facilities.map((_, f) => facilityOf(run, f)),
    flows: input.flows.map((_, flow) => ({
      arrivals: recorder.arrivals[flow]!,
      finished: recorder.exits[flow]!,
      inProgress: recorder.inSystem[flow]!,
      time: ratio(recorder.staySum[flow]!, recorder.exits[flow]!),
      outcomes: Array.from(
        recorder.outcomeCounts.subarray(flow * recorder.outcomeColumns, (flow + 1) * recorder.outcomeColumns),
      ),
    })),
    activities: input.activities.map((_, a) => ({
      starts: recorder.starts[a]!,
      completions: recorder.completions[a]!,
      wait: ratio(recorder.waitSum[a]!, recorder.waits[a]!),
      duration: ratio(recorder.durationSum[a]!, recorder.completions[a]!),
      gaveUp: recorder.gaveUp[a]!,
    })),
    work: [...recorder.work]
      .sort((a, b) => a[0] - b[0])
      .map(([key, hours]) => ({
        activity: Math.floor(key / recorder.roles.length),
        role: recorder.roles[key % recorder.roles.length]!,
        hours: Array.from(hours),
      })),
    checks: checksOf(run),
    ...(locks.patients > 0 && {
      locked: { facilities: locks.facilities, patients: locks.patients, since: locks.since },
    }),
    impossible: locks.impossible,
    negative: [...run.negative].sort((a, b) => a[0] - b[0]).map(([activity, times]) => ({ activity, times })),
  };
}

function figuresOf(input: SimulationInput, index: number, formulas: FormulaEvaluator): ReplicationFigure[] {
  const indicator = input.indicators[index];
  if (indicator === undefined) return [];
  const { measure } = indicator;
  if (measure.kind === 'value') {
    return (indicator.table ?? [Number.NaN]).map((n) => ({ value: orNull(formulas.value(measure.value, n)) }));
  }
  const groups = indicator.by === undefined ? 0 : (input.attributes[indicator.by]?.categories.length ?? 0);
  const plain = measure.kind === 'time' || measure.kind === 'wait';
  return Array.from({ length: groups + 1 }, (_, group) => {
    const sample = sampleOf(formulas.recorder.table, index, group);
    if (sample === undefined) return { value: null };
    const value = sample.count === 0 ? null : sample.mean;
    return plain ? { value, sample: sampleResult(sample, percentilesOf(input, index)) } : { value };
  });
}

/** Percentiles reported for an indicator: the usual ones, and those that an expectation or a method speaks of. */
export function percentilesOf(input: SimulationInput, indicator: number): number[] {
  const extra = input.expectations.flatMap((e) =>
    e.indicator === indicator && typeof e.statistic === 'object' ? [e.statistic.percentile] : [],
  );
  const own = input.indicators[indicator]?.percentiles ?? [];
  return [...new Set([...PERCENTILES, ...extra, ...own])].sort((a, b) => a - b);
}

function sampleResult(sample: Sample, percentiles: readonly number[]): NonNullable<ReplicationFigure['sample']> {
  return {
    count: sample.count,
    sd: orNull(sample.sd),
    minimum: orNull(sample.minimum),
    maximum: orNull(sample.maximum),
    percentiles: sample.quantiles(percentiles.map((p) => p / 100)).map(orNull),
    histogram: sample.histogram(true),
  };
}

function facilityOf(run: RunState, f: number): ReplicationFacility {
  const { census, facilityWaits, facilityWaited, facilityWaitSum, requestsServed } = run.recorder;
  const { input } = run.program;
  const { grid, series } = census;
  const limited = census.capacity[f] !== Number.POSITIVE_INFINITY;
  const capacityTime = census.capacityTime[f]!;
  const busyTime = census.busyTime[f]!;
  const distribution = Array.from(census.distribution[f]!, (time) => time / input.run);
  while (distribution.length > 1 && distribution.at(-1) === 0) distribution.pop();
  const slots = (array: Float64Array): number[] => {
    const length = grid.tick * grid.ticksPerSlot;
    const result: number[] = [];
    for (let slot = 0; slot < grid.slots; slot++) {
      result.push(array[f * grid.slots + slot]! / Math.min(length, input.run - slot * length));
    }
    return result;
  };
  const hours = (array: Float64Array): number[] => {
    const result: number[] = [];
    for (let hour = 0; hour < HOURS; hour++) {
      const length = grid.hourTime[hour]!;
      result.push(length > 0 ? array[f * HOURS + hour]! / length : 0);
    }
    return result;
  };
  return {
    capacity: limited ? capacityTime / input.run : null,
    census: busyTime / input.run,
    utilisation: limited ? ratio(busyTime, capacityTime) : null,
    queue: census.waitingTime[f]! / input.run,
    wait: ratio(facilityWaitSum[f]!, facilityWaits[f]!),
    waitedShare: ratio(facilityWaited[f]!, facilityWaits[f]!),
    overtime: census.overTime[f]!,
    waitingAtEnd: census.waiting[f]!,
    requests: requestsServed[f]!,
    distribution,
    series: {
      census: slots(series.busy),
      queue: slots(series.waiting),
      capacity: limited ? slots(series.capacity) : new Array<null>(grid.slots).fill(null),
    },
    ...(grid.weekly && {
      byHour: { census: hours(census.byHour.busy), queue: hours(census.byHour.waiting) },
    }),
  };
}

/**
 * Laws that hold for every run, each with both sides computed in different ways: Little's law (an integral over time
 * against the sum of the patients' own times, both cut at the window) and the conservation of patients.
 */
function checksOf(run: RunState): RunCheck[] {
  const { recorder, program } = run;
  const { input } = program;
  const checks: RunCheck[] = [];
  const check = (law: string, subject: string, left: number, right: number): void => {
    const holds = Math.abs(left - right) <= 1e-8 * Math.max(1, Math.abs(left), Math.abs(right));
    checks.push({ law, subject, left, right, holds });
  };
  input.facilities.forEach(({ id }, f) => {
    const waiting = recorder.census.waitingTime[f]!;
    check("Little's law: waiting", id, waiting / input.run, recorder.waitingByRequest[f]! / input.run);
    const busy = recorder.census.busyTime[f]!;
    check("Little's law: in use", id, busy / input.run, recorder.serviceByGrant[f]! / input.run);
  });
  input.flows.forEach((flow, i) => {
    const subject = `${flow.pathway}, ${input.cohorts[flow.cohort]?.id ?? ''}`;
    const present = recorder.inSystemTime[i]!;
    check("Little's law: in the pathway", subject, present / input.run, recorder.stayByPatient[i]! / input.run);
    check(
      'Conservation of patients',
      subject,
      recorder.inSystemAtStart[i]! + recorder.arrivals[i]!,
      recorder.exits[i]! + recorder.inSystem[i]!,
    );
  });
  return checks;
}

function ratio(a: number, b: number): number | null {
  return b === 0 ? null : a / b;
}

function orNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
