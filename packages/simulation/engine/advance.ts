import { bookArrivals } from './appointments.ts';
import { arrive, createPresent, scheduleArrival } from './arriving.ts';
import { beginCapacity, breakDown, changeCapacity, endRepair } from './capacity.ts';
import { beginConversions, convert } from './converting.ts';
import * as event from './event-heap.ts';
import { CLASS_MARK, KIND_BITS, KINDS } from './event-heap.ts';
import { FAULT_ENDLESS, FAULT_EVENTS, FAULT_JOINT } from './faults.ts';
import { beginDepartures, departAtItsTime } from './groups.ts';
import { leftQueue } from './holding.ts';
import { interpret, interpretAfterWork } from './interpreter.ts';
import { giveUp } from './requests.ts';
import { ARRIVE_BY_APPOINTMENT, Run } from './run.ts';
import { f64, i32 } from './scalars.ts';
import { serveWaiting } from './serving.ts';
import { tellShortcuts } from './shortcuts.ts';
import { finishSupervision } from './standing-in.ts';
import { beginStocks, deliver, receiveOrder } from './supplying.ts';
import { OF_PATIENT, Token, UNUSED, WAITING } from './tokens.ts';

/** What is there at time 0. */
export function begin(run: Run): void {
  if (run.grid.warmUp > 0) run.heap.push(run.grid.warmUp, CLASS_MARK, event.EVENT_WINDOW);
  beginCapacity(run);
  beginConversions(run);
  beginDepartures(run);
  beginStocks(run);
  enterPresent(run);
  // Who is there at the start is there before the window, also where that begins at once.
  if (!(run.grid.warmUp > 0)) beginWindow(run, 0);
  for (let i = 0; i < run.cohortCount; i++) {
    const cohort = run.cohorts[i]!;
    if (cohort.kind === ARRIVE_BY_APPOINTMENT) bookArrivals(run, cohort);
    scheduleArrival(run, cohort);
  }
}

/** Those who are there at time 0 take their places one after the other. */
function enterPresent(run: Run): void {
  const groups = run.present;
  for (let i = 0; i < groups.count; i += 3) {
    for (let n = 0; n < groups.at[i + 2]!; n++) {
      interpret(run, createPresent(run, groups.at[i]!, groups.at[i + 1]!));
      if (run.pools.dirtyCount > 0) serveWaiting(run);
      while (run.ready.count > 0) interpret(run, run.population.tokenAt(run.ready.shift()));
    }
  }
}

/** Forgets what was counted before the window; the state remains. */
function beginWindow(run: Run, now: f64): void {
  tellShortcuts(run);
  for (let i = 0; i < run.facilityCount; i++) run.facilities[i]!.begin(now);
  for (let i = 0; i < run.jointCount; i++) run.joints[i]!.reset(now);
  for (let i = 0; i < run.stockCount; i++) run.stocks[i]!.begin();
  run.recorder.begin(now);
  const control = run.control;
  if (control !== null) control.beginWindow();
}

/**
 * Begins the next batch, once one has come to its end and was reported: as a window begins, the state remains.
 * @returns false where there is none
 */
export function beginBatch(run: Run): boolean {
  const grid = run.grid;
  if (!run.finished || grid.batch + 1 === grid.batches) return false;
  run.finished = false;
  run.instantWork = 0;
  grid.goToBatch(grid.batch + 1);
  beginWindow(run, run.now);
  return true;
}

/**
 * Runs at most so many events.
 * @returns whether the present batch, and with the last one the run, has come to its end
 */
export function advance(run: Run, budget: i32): boolean {
  const heap = run.heap;
  const pools = run.pools;
  const ready = run.ready;
  const end = run.grid.end;
  let now = run.now;
  for (let done = 0; done < budget; done++) {
    const time = heap.firstTime();
    if (time >= end) {
      run.events += done;
      finish(run);
      return true;
    }
    if (time > now) {
      now = time;
      run.goTo(time);
      run.instantWork = 0;
    } else {
      run.instantWork += 1;
      if (run.instantWork > run.mostInstant) run.fail(FAULT_ENDLESS, -1, 0);
    }
    const what = heap.take();
    if ((what & (KINDS - 1)) === event.EVENT_END) endDelay(run, run.population.tokenAt(what >> KIND_BITS));
    else handle(run, what);
    if (pools.dirtyCount > 0) serveWaiting(run);
    while (ready.count > 0) interpret(run, run.population.tokenAt(ready.shift()));
  }
  run.events += budget;
  if (run.grid.full) run.fail(FAULT_JOINT, 0, 0);
  if (run.events > run.mostEvents) run.fail(FAULT_EVENTS, run.events, 0);
  return false;
}

/** Work or rest of a token is over. */
// @inline
export function endDelay(run: Run, token: Token): void {
  if (token.cancelled === 0 || !isCancelled(run, token)) interpretAfterWork(run, token);
}

/** What an event brings about that is no end of work. */
export function handle(run: Run, what: i32): void {
  const subject = what >> KIND_BITS;
  switch (what & (KINDS - 1)) {
    case event.EVENT_ENTER:
      interpret(run, run.population.tokenAt(subject));
      return;
    case event.EVENT_DEPARTURE: {
      const group = departAtItsTime(run, subject);
      if (group !== null) interpret(run, group);
      return;
    }
    case event.EVENT_PATIENCE: {
      const token = run.population.tokenAt(subject);
      if (giveUp(run, token)) interpret(run, token);
      return;
    }
    case event.EVENT_CAPACITY:
      changeCapacity(run, subject);
      return;
    case event.EVENT_FAILURE:
      breakDown(run, subject);
      return;
    case event.EVENT_REPAIR:
      endRepair(run, subject);
      return;
    case event.EVENT_CONVERSION:
      convert(run, subject);
      return;
    case event.EVENT_DELIVERY:
      deliver(run, subject);
      return;
    case event.EVENT_ORDERED:
      receiveOrder(run, subject);
      return;
    case event.EVENT_ARRIVAL:
      arrive(run, subject);
      return;
    default:
      beginWindow(run, run.now);
  }
}

/** Whether the event just taken was for an end that no longer comes. */
function isCancelled(run: Run, token: Token): boolean {
  if (run.heap.takenKey() === token.due) return false;
  token.cancelled--;
  return true;
}

/** Cuts at the end of the window what goes on beyond it. */
export function finish(run: Run): void {
  if (run.finished) return;
  run.finished = true;
  const end = run.grid.end;
  run.goTo(end);
  const recorder = run.recorder;
  const population = run.population;
  if (!recorder.active) beginWindow(run, end);
  for (let i = 0; i < population.tokenRoom; i++) {
    const token = population.tokens[i]!;
    if (token.state === UNUSED) continue;
    if (token.state === WAITING) leftQueue(run, token, run.classes[token.requestClass]!);
    for (let k = 0; k < population.sizes.slots; k++) {
      let grant = population.kept(token, k);
      while (grant !== null) {
        recorder.kept(grant.pool.facility, grant.activity, grant.units, grant.since, end);
        grant = grant.next;
      }
    }
    if (token.parent === null && token.role === OF_PATIENT) recorder.stillHere(token.patient);
  }
  const control = run.control;
  if (control !== null) finishSupervision(run, control);
  for (let i = 0; i < run.facilityCount; i++) run.facilities[i]!.finish();
  for (let i = 0; i < run.jointCount; i++) if (!run.joints[i]!.touch(end)) run.grid.full = true;
  recorder.finish();
  tellShortcuts(run);
  if (run.grid.full) run.fail(FAULT_JOINT, 0, 0);
}
