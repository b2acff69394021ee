import { advance as advanceRun, begin as beginRun, beginBatch as beginNextBatch } from './advance.ts';
import { DoubleWriter } from './arrays.ts';
import { advanceControlled, beginControl } from './controlled.ts';
import { readImage } from './image.ts';
import { Doubles, freeSince, Ints, markMemory, newDoubles, newInts } from './platform.ts';
import { RandomStream } from './random.ts';
import { report } from './report.ts';
import { Run } from './run.ts';
import { f64, i32 } from './scalars.ts';
import { takeShortcuts } from './shortcuts.ts';

/*
 * What the engine offers to those who run it. In WebAssembly arrays and runs are addresses.
 */

/** Called before the image of a run is given room: what the run takes can be given back from here on. */
export function mark(): i32 {
  return markMemory();
}

/** Gives back what a run has taken since its mark: nothing of the run may be asked for afterwards. */
export function forget(since: i32): void {
  freeSince(since);
}

/** Room for whole numbers of an image. */
export function roomForInts(length: i32): Ints {
  return newInts(length);
}

/** Room for doubles of an image. */
export function roomForNumbers(length: i32): Doubles {
  return newDoubles(length);
}

/**
 * A replication of a program, at time 0 and without anything that happens.
 * @param ints, numbers image of the program
 * @param seedLow, seedHigh lower and upper 32 bits of the seed
 * @param mostEvents, mostPatients, mostInstant limits of the run
 * @param tracing whether an event log is kept
 * @param direct whether shortcuts are taken where there are any
 */
export function prepare(
  ints: Ints,
  numbers: Doubles,
  seedLow: i32,
  seedHigh: i32,
  replication: i32,
  mostEvents: f64,
  mostPatients: i32,
  mostInstant: f64,
  tracing: boolean,
  direct: boolean,
): Run {
  const run = readImage(ints, numbers, new RandomStream(seedLow, seedHigh, replication), mostPatients);
  run.mostEvents = mostEvents;
  run.mostInstant = mostInstant;
  run.tracing = tracing;
  if (direct && !tracing) takeShortcuts(run);
  return run;
}

/** What is there at time 0. */
export function begin(run: Run): void {
  beginRun(run);
  const control = run.control;
  if (control !== null) beginControl(run, control);
}

/** Forgets the report of a batch and begins the next one; whether there is any. A run without batches is one of them. */
export function beginBatch(run: Run): boolean {
  if (!beginNextBatch(run)) return false;
  run.trace.clear();
  return true;
}

/** Runs at most so many events; whether the present batch has come to its end. */
export function advance(run: Run, budget: i32): boolean {
  const control = run.control;
  return control === null ? advanceRun(run, budget) : advanceControlled(run, control, budget);
}

/** The time that it is in a run. */
export function now(run: Run): f64 {
  return run.now;
}

/** Why a run could not go on: one of FAULT_…. */
export function faultOf(run: Run): i32 {
  return run.fault;
}

/** Eight numbers that belong to the fault. */
export function faultNumbers(run: Run): Doubles {
  return run.faultNumbers;
}

/** Five numbers a row of the event log: time, cohort, patient's number, what (TRACE_…), subject. */
export function traceLength(run: Run): i32 {
  return run.trace.count;
}

export function traceItems(run: Run): Doubles {
  return run.trace.items;
}

/** Forgets the rows of the event log. */
export function clearTrace(run: Run): void {
  run.trace.clear();
}

/** Writes the report of a batch that has come to its end; how many numbers it has. */
export function writeReport(run: Run): i32 {
  const trace: DoubleWriter = run.trace;
  report(run, trace);
  return trace.count;
}

/** The report, once it is written. */
export function reportItems(run: Run): Doubles {
  return run.trace.items;
}
