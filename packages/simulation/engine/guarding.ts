import { CANCELS, Change, DIVERTS, MULTIPLIES, PAUSES, POSTPONES, STARTS, THINS } from './changes.ts';
import { Control } from './control.ts';
import { valueFor } from './evaluator.ts';
import { CLASS_ARRIVAL, EVENT_ENTER, KINDS } from './event-heap.ts';
import { createAt, labelOf, nextMember, noteArrival, numberOf, sizeOf } from './patients.ts';
import { whole } from './platform.ts';
import { Cohort, Run } from './run.ts';
import { f64, i32 } from './scalars.ts';
import { DELAYED, Token } from './tokens.ts';

/*
 * Arrivals that crises and responses change.
 */

/** Numbers of those whom another patient's arrival brings lie this far apart. */
const COPIES: i32 = 67108864;
const DIVERTED_STREAM: i32 = 0x44495652;

/**
 * Somebody of a guarded cohort, or of a source of further arrivals, is about to arrive, or a group: it stays together, so that
 * each change asks once whether it is concerned.
 */
export function admit(run: Run, arriving: Cohort): void {
  const control = run.control!;
  const number = numberOf(arriving);
  const cohort = arriving.source >= 0 ? run.cohorts[arriving.base]! : arriving;
  if (arriving.source >= 0 && !control.changes[arriving.source]!.on) return;
  admitOne(run, control, cohort, arriving, number);
  if (arriving.source >= 0) return;
  const guard = control.guards[cohort.index]!;
  for (let i = 0; i < guard.count; i++) {
    const change = control.changes[guard.at[i]!]!;
    if (change.kind !== MULTIPLIES || !change.on) continue;
    let copies = whole(change.amount);
    if (chance(run, cohort, number, change) < change.amount - copies) copies++;
    for (let k = 1; k <= copies; k++) {
      change.people += inWindow(run);
      admitOne(run, control, cohort, arriving, number + k * COPIES);
    }
  }
}

function inWindow(run: Run): f64 {
  return run.recorder.active ? 1 : 0;
}

/** A uniform number of a patient for a change. */
function chance(run: Run, cohort: Cohort, number: i32, change: Change): f64 {
  run.random.address(number, cohort.hash, change.hash ^ DIVERTED_STREAM, 0);
  return run.random.uniform();
}

/** @param arriving where they are counted: their cohort, or a source of further ones of it */
function admitOne(run: Run, control: Control, cohort: Cohort, arriving: Cohort, number: i32): void {
  const size = sizeOf(run, arriving, number, cohort.hash);
  const guard = control.guards[cohort.index]!;
  let goesTo: Cohort | null = cohort;
  let startable = false;
  let started = false;
  let diverted = false;
  for (let i = 0; i < guard.count; i++) {
    const change = control.changes[guard.at[i]!]!;
    if (change.kind === STARTS) {
      startable = true;
      if (change.on) started = true;
      continue;
    }
    if (!change.on || goesTo === null) continue;
    if (change.kind === CANCELS) {
      change.people += inWindow(run) * size;
      goesTo = null;
    } else if (change.kind === THINS) {
      if (!(chance(run, cohort, number, change) < change.amountAt(run.now))) continue;
      change.people += inWindow(run) * size;
      goesTo = null;
    } else if (change.kind === DIVERTS && !diverted) {
      if (!(chance(run, cohort, number, change) < change.amount)) continue;
      change.people += inWindow(run) * size;
      diverted = true;
      goesTo = change.subject < 0 ? null : run.cohorts[change.subject]!;
    }
  }
  if (startable && !started) return;
  const target = goesTo;
  if (target === null) return;
  let hash = cohort.hash;
  for (let left = size; left > 0; left--) {
    enter(run, control, target, hash, number, labelOf(arriving, number));
    hash = nextMember(hash);
  }
}

/**
 * Somebody arrives, and goes in, waits outside or comes later.
 * @param hash by which their luck goes: of their own cohort
 * @param label for the event log
 */
function enter(run: Run, control: Control, cohort: Cohort, hash: i32, number: i32, label: i32): void {
  const guard = control.guards[cohort.index]!;
  let paused = false;
  let code = -1;
  for (let i = 0; i < guard.count; i++) {
    const change = control.changes[guard.at[i]!]!;
    if (!change.on || (change.kind !== PAUSES && change.kind !== POSTPONES)) continue;
    change.people += inWindow(run);
    if (change.kind === PAUSES) paused = true;
    else code = change.code;
  }
  for (let entry = 0; entry < cohort.entries.count; entry += 2) {
    const token = createAt(run, cohort, hash, number, cohort.entries.at[entry]!, cohort.entries.at[entry + 1]!);
    token.patient.label = label;
    noteArrival(run, token);
    if (paused) {
      stayOut(token);
      control.outside[cohort.index]!.push(token.place);
    } else if (code >= 0) {
      const later = valueFor(run, code, token.patient, -1, 0);
      stayOut(token);
      run.heap.push(run.now + Math.max(0, isNaN(later) ? 0 : later), CLASS_ARRIVAL, token.place * KINDS + EVENT_ENTER);
    } else {
      run.arriving.push(token);
    }
  }
}

function stayOut(token: Token): void {
  token.state = DELAYED;
  token.due = -1;
}
