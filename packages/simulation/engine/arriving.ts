import { CLASS_ARRIVAL, EVENT_ARRIVAL, EVENT_ENTER, KIND_BITS, KINDS } from './event-heap.ts';
import { value, wholeAmount } from './evaluator.ts';
import { FAULT_ARRIVAL_TIME, FAULT_ENDLESS_ARRIVALS } from './faults.ts';
import { admit } from './guarding.ts';
import { interpret } from './interpreter.ts';
import { drawFor } from './laws.ts';
import { createAt, labelOf, nextMember, noteArrival, numberOf, sizeOf } from './patients.ts';
import {
  ARRIVE_AT_RATE,
  ARRIVE_BY_RENEWAL,
  ARRIVE_IN_BATCHES,
  ARRIVE_NEVER,
  Cohort,
  FIRST_PRESENT,
  Run,
  TokenStack,
} from './run.ts';
import { f64, i32 } from './scalars.ts';
import { Token } from './tokens.ts';
import { exponentialFor } from './ziggurat.ts';

const ARRIVAL_STREAM: i32 = 0x41525256;

/** Schedules the next arrival of a cohort. */
export function scheduleArrival(run: Run, cohort: Cohort): void {
  const time = nextArrival(run, cohort);
  if (time < run.end) run.heap.push(time, CLASS_ARRIVAL, cohort.index * KINDS + EVENT_ARRIVAL);
}

function nextArrival(run: Run, cohort: Cohort): f64 {
  switch (cohort.kind) {
    case ARRIVE_NEVER:
      return Infinity;
    case ARRIVE_AT_RATE: {
      const exposure = exponentialFor(run.random, cohort.count, cohort.hash, ARRIVAL_STREAM, 0);
      return cohort.clock!.next(exposure, run.end);
    }
    case ARRIVE_BY_RENEWAL: {
      const gap = timeBetween(run, cohort);
      if (isNaN(gap)) run.fail(FAULT_ARRIVAL_TIME, cohort.index, 0);
      cohort.time += Math.max(0, gap);
      return cohort.time;
    }
    default: {
      if (cohort.taken >= cohort.timeCount) return Infinity;
      cohort.taken++;
      return cohort.times[cohort.taken - 1]!;
    }
  }
}

function timeBetween(run: Run, cohort: Cohort): f64 {
  const number = cohort.count;
  if (number === 0 && cohort.first >= 0) return value(run, cohort.first, 0, cohort.hash, 0, 0);
  if (cohort.law < 0) return value(run, cohort.arrival, number, cohort.hash, 0, 0);
  return drawFor(run.random, number, cohort.hash, cohort.stream, 0, cohort.law, run.constants, cohort.parameters);
}

/** All who arrive at this instant are made first, and enter in the order of their priorities, then of declaration. */
export function arrive(run: Run, subject: i32): void {
  const cohort = run.cohorts[subject]!;
  run.arriving.count = 0;
  if (cohort.single && !cohort.guarded) {
    // Nearly always one arrives alone, and goes in at once.
    const token = createPatient(run, cohort, cohort.hash, numberOf(cohort), 0);
    noteArrival(run, token);
    scheduleArrival(run, cohort);
    if (run.heap.firstTime() > run.now) {
      interpret(run, token);
      return;
    }
    run.arriving.push(token);
  } else {
    createArrivals(run, cohort);
    scheduleArrival(run, cohort);
    if (cohort.entries.count === 2 && entersAlone(run, cohort)) {
      interpret(run, run.arriving.items[0]!);
      return;
    }
  }
  enterInOrder(run);
}

/** Whether somebody arrived alone after all, and goes in at once as one of a cohort that nothing changes and that knows no groups. */
function entersAlone(run: Run, cohort: Cohort): boolean {
  return cohort.kind !== ARRIVE_IN_BATCHES && run.arriving.count === 1 && run.heap.firstTime() > run.now;
}

function enterInOrder(run: Run): void {
  const heap = run.heap;
  const tokens = run.arriving;
  const others = run.others;
  while (heap.firstTime() === run.now) {
    const what = heap.take();
    if ((what & (KINDS - 1)) !== EVENT_ARRIVAL) {
      others.push(what);
      continue;
    }
    const other = run.cohorts[what >> KIND_BITS]!;
    createArrivals(run, other);
    scheduleArrival(run, other);
    if (tokens.count > run.mostInstant) run.fail(FAULT_ENDLESS_ARRIVALS, other.index, 0);
  }
  sort(tokens);
  while (others.count > 0) heap.push(run.now, CLASS_ARRIVAL, others.shift());
  for (let i = 0; i < tokens.count; i++) {
    heap.push(run.now, CLASS_ARRIVAL, tokens.items[i]!.place * KINDS + EVENT_ENTER);
  }
}

/** Sorts by priority, then cohort, and keeps the order of arrival within a cohort (by merging). */
function sort(tokens: TokenStack): void {
  const count = tokens.count;
  for (let width = 1; width < count; width *= 2) {
    const from = tokens.items;
    const to = tokens.spare;
    for (let start = 0; start < count; start += 2 * width) {
      const middle = start + width < count ? start + width : count;
      const end = start + 2 * width < count ? start + 2 * width : count;
      let a = start;
      let b = middle;
      for (let i = start; i < end; i++) {
        const second = a >= middle || (b < end && entersBefore(from[b]!, from[a]!));
        to[i] = second ? from[b]! : from[a]!;
        if (second) b++;
        else a++;
      }
    }
    tokens.items = to;
    tokens.spare = from;
  }
}

function entersBefore(a: Token, b: Token): boolean {
  if (a.priority < b.priority) return true;
  if (a.priority > b.priority) return false;
  return a.patient.cohort < b.patient.cohort;
}

/** All of a cohort who arrive at once. */
function createArrivals(run: Run, cohort: Cohort): void {
  if (cohort.kind !== ARRIVE_IN_BATCHES) {
    createPatients(run, cohort);
    return;
  }
  const size = wholeAmount(value(run, cohort.arrival, cohort.taken - 1, cohort.hash, 0, 0));
  for (let i = 0; i < size; i++) createPatients(run, cohort);
}

/** One patient a pathway that the cohort takes, at the start of its way; of a group, each member so. */
function createPatients(run: Run, cohort: Cohort): void {
  if (cohort.guarded) {
    admit(run, cohort);
    return;
  }
  const number = numberOf(cohort);
  let hash = cohort.hash;
  for (let left = sizeOf(run, cohort, number, hash); left > 0; left--) {
    const label = labelOf(cohort, number);
    for (let entry = 0; entry < cohort.entries.count; entry += 2) {
      const token = createPatient(run, cohort, hash, number, entry);
      token.patient.label = label;
      noteArrival(run, token);
      run.arriving.push(token);
    }
    hash = nextMember(hash);
  }
}

/** @param hash by which their luck goes */
// @inline
function createPatient(run: Run, cohort: Cohort, hash: i32, number: i32, entry: i32): Token {
  return createAt(run, cohort, hash, number, cohort.entries.at[entry]!, cohort.entries.at[entry + 1]!);
}

/** A patient of a flow who is there at time 0. Nobody knows when they came, so that no time begins with it. */
export function createPresent(run: Run, flow: i32, word: i32): Token {
  const cohort = run.cohorts[run.recorder.flows[flow]!.cohort]!;
  cohort.present++;
  const token = createAt(run, cohort, cohort.hash, FIRST_PRESENT + cohort.present - 1, flow, word);
  token.patient.wasPresent = true;
  return token;
}
