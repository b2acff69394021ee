import { endDelay, finish, handle } from './advance.ts';
import { scheduleCapacity } from './capacity.ts';
import { adjustAll, adjustStaffed, begin, end, lose, reschedule, returnUnit } from './changing.ts';
import { Change, ChangedPool, Effect } from './changes.ts';
import { Control, TOLD_EFFECT } from './control.ts';
import { TIMER_DRAW, TIMER_EFFECT_BEGINS, TIMER_EFFECT_ENDS, TIMER_LEAD } from './timers.ts';
import { lookAtSystems } from './depending.ts';
import { value } from './evaluator.ts';
import { EVENT_ARRIVAL, EVENT_CAPACITY, EVENT_END, EVENT_ENTER, KIND_BITS, KINDS } from './event-heap.ts';
import { FAULT_CONTROL, FAULT_ENDLESS, FAULT_EVENTS, FAULT_JOINT } from './faults.ts';
import { interpret } from './interpreter.ts';
import { whole } from './platform.ts';
import { Run } from './run.ts';
import { f64, i32 } from './scalars.ts';
import { serveWaiting } from './serving.ts';
import { followAllowances } from './standing-in.ts';
import { judge } from './watching.ts';

/*
 * Runs in which something is watched or changed from outside.
 */

/** Looks at one instant, before it is taken for one that never ends. */
const MOST_LOOKS: i32 = 10000;

/** Effects that begin at the start or later; what is seen first. */
export function beginControl(run: Run, control: Control): void {
  for (let i = 0; i < control.effectCount; i++) {
    const effect = control.effects[i]!;
    const ends = endOf(run, effect, effect.at > 0 ? effect.at : 0);
    if (ends <= 0) continue;
    control.timers.push(effect.at > 0 ? effect.at : 0, TIMER_EFFECT_BEGINS, i, 0);
  }
  control.next = 0;
}

/** When an effect ends. */
function endOf(run: Run, effect: Effect, from: f64): f64 {
  if (effect.lasts < 0) return effect.until;
  const lasts = value(run, effect.lasts, 0, effect.hash, 0, 0);
  if (isNaN(lasts)) run.fail(FAULT_CONTROL, 1, effect.index);
  const since = effect.at < from ? effect.at : from;
  return since + Math.max(0, lasts);
}

/**
 * As advance, of a run with a control: effects and what is due take their turn once everything else at their instant has
 * happened but arrivals, and everything is looked at again when an instant changed what is watched.
 */
export function advanceControlled(run: Run, control: Control, budget: i32): boolean {
  const heap = run.heap;
  const ready = run.ready;
  const end = run.grid.end;
  let done = 0;
  while (done < budget) {
    const time = heap.firstTime();
    const next = Math.min(time, control.next);
    if (next > run.now && hasChanged(run, control)) {
      look(run, control);
      continue;
    }
    if (next >= end) {
      run.events += done;
      finish(run);
      for (let i = 0; i < control.changeCount; i++) {
        const change = control.changes[i]!;
        change.setUnits(change.units, end, run.grid.warmUp);
      }
      return true;
    }
    if (next > run.now) {
      run.goTo(next);
      run.instantWork = 0;
      control.looks = 0;
    }
    if (control.next < time) {
      tick(run, control);
      continue;
    }
    const what = heap.take();
    const kind = what & (KINDS - 1);
    if ((kind === EVENT_ARRIVAL || kind === EVENT_ENTER) && (control.next <= run.now || hasChanged(run, control))) {
      // What the look brings about at this instant comes after this arrival, which was there before.
      tick(run, control);
    }
    run.instantWork += 1;
    if (run.instantWork > run.mostInstant) run.fail(FAULT_ENDLESS, -1, 0);
    if (kind === EVENT_END) endDelay(run, run.population.tokenAt(what >> KIND_BITS));
    else if (kind === EVENT_CAPACITY) changeCapacity(run, control, what >> KIND_BITS, what);
    else handle(run, what);
    if (run.pools.dirtyCount > 0) serveWaiting(run);
    while (ready.count > 0) interpret(run, run.population.tokenAt(ready.shift()));
    done++;
  }
  run.events += done;
  if (run.grid.full) run.fail(FAULT_JOINT, 0, 0);
  if (run.events > run.mostEvents) run.fail(FAULT_EVENTS, run.events, 0);
  return false;
}

function changeCapacity(run: Run, control: Control, subject: i32, what: i32): void {
  const pool = run.pools.all[subject]!;
  if (control.teamCount > 0 && pool.facility.role >= 0) {
    // Worked out once all of this instant's changes are known.
    control.dutyChanged = true;
    control.next = Math.min(control.next, run.now);
  }
  const changed = changedPool(control, subject);
  if (changed === null) {
    handle(run, what);
    return;
  }
  const cursor = pool.cursor!;
  cursor.advance();
  reschedule(run, control, changed, whole(Math.round(cursor.value())));
  scheduleCapacity(run, pool);
}

function changedPool(control: Control, pool: i32): ChangedPool | null {
  for (let i = 0; i < control.poolCount; i++) if (control.pools[i]!.pool.index === pool) return control.pools[i]!;
  return null;
}

/** Whether anything that is watched is not what it was at the last look. */
function hasChanged(run: Run, control: Control): boolean {
  const watched = control.watched;
  const seen = control.seen;
  for (let i = 0; i < watched.count; i++) {
    const facility = run.facilities[watched.at[i]!]!;
    if (seen[3 * i]! !== facility.busy) return true;
    if (seen[3 * i + 1]! !== facility.waiting) return true;
    if (seen[3 * i + 2]! !== facility.capacity) return true;
  }
  for (let i = 0; i < control.recentCount; i++) if (control.recents[i]!.changed) return true;
  return false;
}

/** Everything that is due by now, then a look. */
function tick(run: Run, control: Control): void {
  const timers = control.timers;
  for (;;) {
    const place = timers.due(run.now);
    if (place < 0) break;
    const kind = timers.kind[place]!;
    const subject = timers.subject[place]!;
    const stamp = timers.stamp[place]!;
    timers.remove(place);
    happen(run, control, kind, subject, stamp);
  }
  if (control.dutyChanged) adjustStaffed(run, control);
  look(run, control);
}

function happen(run: Run, control: Control, kind: i32, subject: i32, stamp: i32): void {
  if (kind === TIMER_EFFECT_BEGINS) {
    const effect = control.effects[subject]!;
    const ends = endOf(run, effect, run.now);
    if (ends <= run.now) return;
    control.tell(run.now, TOLD_EFFECT, subject, 1);
    if (ends < run.end) control.timers.push(ends, TIMER_EFFECT_ENDS, subject, 0);
    for (let i = 0; i < effect.changes.count; i++) begin(run, control.changes[effect.changes.at[i]!]!);
    return;
  }
  if (kind === TIMER_EFFECT_ENDS) {
    const effect = control.effects[subject]!;
    control.tell(run.now, TOLD_EFFECT, subject, 0);
    for (let i = 0; i < effect.changes.count; i++) {
      const change = control.changes[effect.changes.at[i]!]!;
      if (change.on) end(run, change);
    }
    return;
  }
  const change: Change = control.changes[subject]!;
  if (change.stamp !== stamp) return;
  if (kind === TIMER_LEAD) {
    begin(run, change);
  } else if (kind === TIMER_DRAW) {
    if (!change.on) return;
    control.timers.push(run.now + 86400, TIMER_DRAW, subject, stamp);
    lose(run, control, change);
    adjustAll(run, control);
  } else {
    returnUnit(run, control, change);
  }
}

/** Judges what is seen now; those who get what that frees go on. */
function look(run: Run, control: Control): void {
  control.looks++;
  if (control.looks > MOST_LOOKS) run.fail(FAULT_CONTROL, 0, 0);
  lookAtSystems(run, control);
  const watched = control.watched;
  for (let i = 0; i < watched.count; i++) {
    const facility = run.facilities[watched.at[i]!]!;
    control.seen[3 * i] = facility.busy;
    control.seen[3 * i + 1] = facility.waiting;
    control.seen[3 * i + 2] = facility.capacity;
  }
  judge(run);
  if (control.allowanceCount > 0) followAllowances(run, control);
  if (control.teamCount > 0) adjustStaffed(run, control);
  control.next = nextDue(control, run.now);
  if (run.pools.dirtyCount > 0) serveWaiting(run);
  while (run.ready.count > 0) interpret(run, run.population.tokenAt(run.ready.shift()));
}

/** When something is due though nothing happens; only later than now. */
function nextDue(control: Control, now: f64): f64 {
  let next = control.timers.next();
  for (let i = 0; i < control.recentCount; i++) next = Math.min(next, control.recents[i]!.next());
  for (let i = 0; i < control.signalCount; i++) next = later(next, control.signals[i]!.next(now), now);
  for (let i = 0; i < control.triggerCount; i++) next = later(next, control.triggers[i]!.next(), now);
  for (let i = 0; i < control.gaugeCount; i++) {
    const samples = control.gauges[i]!.samples;
    if (samples !== null) next = Math.min(next, samples.next());
  }
  for (let i = 0; i < control.responseCount; i++) next = later(next, control.responses[i]!.next(now), now);
  for (let i = 0; i < control.dependenceCount; i++) next = later(next, control.dependences[i]!.next(now), now);
  return next;
}

function later(next: f64, due: f64, now: f64): f64 {
  return due > now && due < next ? due : next;
}
