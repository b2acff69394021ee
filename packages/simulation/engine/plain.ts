import { leave } from './endings.ts';
import { Facility } from './facility.ts';
import { FAULT_ENDLESS, FAULT_WORK_TIME } from './faults.ts';
import { giveBackSlot, levelOf, PENDING } from './holding.ts';
import { changeJoints, COUNTS_WAITING } from './joint-census.ts';
import { drawAtOnce, drawLaw, LAW_CONSTANT } from './laws.ts';
import * as op from './operations.ts';
import { Step } from './plain-instructions.ts';
import { whole } from './platform.ts';
import { ASKED_ANYHOW, Grant, PLAIN_ROOMY, Pool } from './pools.ts';
import { RequestClass } from './queues.ts';
import { Recorder } from './recorder.ts';
import { Run } from './run.ts';
import { f64, i32 } from './scalars.ts';
import { grant, serveWaiting } from './serving.ts';
import { DELAYED, Patient, RUNNING, Token, WAITING } from './tokens.ts';

/*
 * The shortest way through what happens most: one unit of a pool that all ask for in the same way, work of which only
 * the time matters, and choices that only look at a category or draw by fixed shares. Everything here does what
 * interpreter.ts, requests.ts, serving.ts, holding.ts, moves.ts and notes.ts do in these cases, in the same order, so
 * that a program without shortcuts gives the same bits.
 */

/** Choices that a token makes before somebody looks whether it ever comes to rest. */
const PATIENCE: i32 = 20000;

/**
 * Lets a token go on as far as instructions have shortcuts.
 * @returns whether it waits, works or has left; else its `pc` is the first instruction without a shortcut
 */
export function goDirectly(run: Run, token: Token): boolean {
  const first = run.steps[token.pc] as Step | null;
  token.state = RUNNING;
  // What a group does is counted for each of its members.
  if (first === null || token.group !== null) return false;
  return goFrom(run, token, first);
}

/** As goDirectly, from a shortcut on, by a token that is no part of a group. */
export function goFrom(run: Run, token: Token, first: Step): boolean {
  let step = first;
  let turns = 0;
  for (;;) {
    switch (step.operation) {
      case op.TAKE_UNIT:
      case op.TAKE_AND_WORK: {
        const order = ask(run, token, step);
        const pool = step.pool!;
        const busy = pool.busy;
        if (busy >= pool.capacity) {
          waitForUnit(run, token, step, order);
          return true;
        }
        if (step.operation === op.TAKE_AND_WORK) {
          // The time takes longest to work out, and nothing of what comes before it is needed waits for it.
          const takes = timeOfWork(run, token, step);
          takeUnit(run, token, step, pool, busy);
          beginPlainWork(run, token, step, takes);
          return true;
        }
        // Work that hands over, which may be next, looks at its place in the order of requests.
        token.order = order;
        takeUnit(run, token, step, pool, busy);
        step.times++;
        break;
      }
      case op.PLAIN_WORK: {
        const takes = timeOfWork(run, token, step);
        beginPlainWork(run, token, step, takes);
        return true;
      }
      case op.END_AND_FREE:
      case op.FREE_UNIT:
        if (step.operation === op.END_AND_FREE) endPlainly(run, token, step);
        freeUnit(run, token, step.slot);
        break;
      case op.PLAIN_BEGIN:
        token.registers[step.register] = run.now;
        step.times++;
        break;
      case op.PLAIN_END:
        endPlainly(run, token, step);
        break;
      case op.PLAIN_EXIT:
        leave(run, token);
        return true;
      case op.FREE_SLOTS:
        freeSlots(run, token, step);
        break;
      case op.TAKE_NOTHING:
        step.counts!.waits++;
        break;
      default: {
        const branch =
          step.operation === op.PLAIN_MATCH ? branchByValue(run, token, step) : branchByShare(run, token, step);
        turns++;
        if (turns > PATIENCE) turns = noteTurns(run, turns, step.pc);
        const to = step.branches![branch] as Step | null;
        if (to === null) {
          token.pc = step.words![branch]!;
          return false;
        }
        step = to;
        continue;
      }
    }
    const next = step.next;
    if (next === null) {
      token.pc = step.after;
      return false;
    }
    step = next;
  }
  return true;
}

/** So many turns of a token, who may never come to rest; from how many it counts on. */
function noteTurns(run: Run, turns: i32, pc: i32): i32 {
  run.instantWork += turns;
  if (run.instantWork > run.mostInstant) run.fail(FAULT_ENDLESS, pc, 0);
  return 0;
}

/** As chooseMatch: the number of the branch. */
function branchByValue(run: Run, token: Token, step: Step): i32 {
  const value = run.population.attribute[token.patient.attributes + step.attribute]!;
  if (!(value >= 0 && value < step.valueCount)) return step.branchCount;
  const known = whole(value);
  return known === value ? step.branchOf![known]! : step.branchCount;
}

/** As chooseShare: the number of the branch. */
function branchByShare(run: Run, token: Token, step: Step): i32 {
  const patient = token.patient;
  const draws = step.draws;
  let visits = step.copy;
  if (draws >= 0) {
    const counts = patient.visits;
    const before = counts[draws]!;
    visits += before;
    counts[draws] = before + 1;
  }
  const random = run.random;
  random.firstBlock(patient.number, patient.hash, step.stream, visits);
  let u = random.uniformAt(0);
  const n = step.branchCount;
  const shares = step.shares!;
  for (let i = 0; i < n; i++) {
    u -= shares[i]!;
    if (u < 0) return i;
  }
  return n;
}

/**
 * As makeRequest, for one unit of a plain pool: what comes first, whether it is free or not.
 * @returns its place in the order of requests, which only those who wait have to keep
 */
// @inline
function ask(run: Run, token: Token, step: Step): f64 {
  const patient = token.patient;
  const visit = step.visit;
  if (visit >= 0) {
    const counts = patient.visits;
    counts[visit] = counts[visit]! + 1;
  }
  const priority = patient.priority;
  token.priority = isNaN(priority) ? 0 : priority;
  const order = run.orders;
  run.orders = order + 1;
  return order;
}

/** A unit that is free is taken at once. @param busy how many were in use before */
// @inline
function takeUnit(run: Run, token: Token, step: Step, pool: Pool, busy: i32): void {
  pool.busy = busy + 1;
  if (pool.asked === PLAIN_ROOMY) step.facility!.changeBusyAlone(1);
  else countTaken(step);
  keepUnit(run, token, step, pool);
}

function countTaken(step: Step): void {
  step.facility!.changeBusy(1);
}

/** A unit goes into a token's slot. */
// @inline
function keepUnit(run: Run, token: Token, step: Step, pool: Pool): void {
  const slots = token.slots;
  const place = step.slot;
  const first = slots[place] as Grant | null;
  if (first === null) token.keeps++;
  let grant = token.spare;
  if (grant === null) {
    grant = run.pools.link(pool, 1, step.activity, first);
  } else {
    token.spare = grant.next;
    token.spares--;
    grant.hold(pool, 1, step.activity, first);
  }
  grant.since = run.now;
  slots[place] = grant;
}

function waitForUnit(run: Run, token: Token, step: Step, order: f64): void {
  const queue = step.queue!;
  token.order = order;
  token.requestTime = run.now;
  token.requestClass = queue.index;
  token.request = step.pc;
  token.pc = step.pc + PENDING + 1;
  token.state = WAITING;
  run.population.amount[token.needs] = 1;
  queue.insert(token, levelOf(run, token.priority));
  queue.pool.facility.changeWaiting(1);
  const joints = step.site!.joints;
  if (joints !== null) changeJoints(joints, 1, COUNTS_WAITING, run.grid);
}

/** As giveBackSlot, with serveWaiting after it, for a slot that mostly holds one unit of a plain pool. */
// @inline
function freeUnit(run: Run, token: Token, slot: i32): void {
  const slots = token.slots;
  const first = slots[slot] as Grant | null;
  if (token.seeker !== null) {
    freeAll(run, token, slot);
    return;
  }
  if (first === null) return;
  const pool = first.pool;
  if (first.next !== null) {
    freeAll(run, token, slot);
    return;
  }
  if (pool.asked === ASKED_ANYHOW) {
    freeAll(run, token, slot);
    return;
  }
  const facility = pool.facility;
  const now = run.now;
  slots[slot] = null;
  token.keeps--;
  const recorder = run.recorder;
  const since = first.since;
  const start = recorder.windowStart;
  const from = since > start ? since : start;
  facility.serviceByGrant += now - from;
  if (pool.asked === PLAIN_ROOMY) facility.changeBusyAlone(-1);
  else countFreed(recorder, facility, first.activity, from, now);
  pool.busy--;
  pool.lastFreed = now;
  if (!token.keepsSpare(first)) run.pools.unlink(first);
  if (pool.waiting > 0) serveUnits(run, pool);
}

function countFreed(recorder: Recorder, facility: Facility, activity: i32, from: f64, now: f64): void {
  if (facility.role >= 0) recorder.keptStaff(facility, activity, 1, from, now);
  facility.changeBusy(-1);
}

/** As giveBack. */
function freeSlots(run: Run, token: Token, step: Step): void {
  const slots = token.slots;
  const given = step.slots!;
  let kept = -1;
  for (let i = 0; i < step.slotCount; i++) {
    const slot = given[i]!;
    if (slots[slot] === null && token.seeker === null) continue;
    if (kept >= 0) {
      // Who gets what of several is for all who wait for them to settle together.
      freeTogether(run, token, step);
      return;
    }
    kept = slot;
  }
  if (kept >= 0) freeAll(run, token, kept);
}

function freeTogether(run: Run, token: Token, step: Step): void {
  const given = step.slots!;
  for (let i = 0; i < step.slotCount; i++) giveBackSlot(run, token, given[i]!);
  if (run.pools.dirtyCount > 0) serveWaiting(run);
}

function freeAll(run: Run, token: Token, slot: i32): void {
  giveBackSlot(run, token, slot);
  if (run.pools.dirtyCount > 0) serveWaiting(run);
}

/** Units of a plain pool that are free go to those who wait for one. */
function serveUnits(run: Run, pool: Pool): void {
  const c = pool.queue!;
  while (c.waiting > 0 && pool.busy < pool.capacity) {
    const token = c.firstFrom(0)!;
    const step = run.steps[token.request] as Step | null;
    if (token.group !== null || step === null) grant(run, token);
    else grantUnit(run, token, step, c, pool);
  }
}

/** As grant, of one unit of a plain pool. */
function grantUnit(run: Run, token: Token, step: Step, queue: RequestClass, pool: Pool): void {
  const facility = step.facility!;
  const counts = step.counts!;
  const now = run.now;
  const since = token.requestTime;
  const wait = now - since;
  queue.removeFirst(token);
  token.state = RUNNING;
  facility.serveOne();
  const time = run.recorder.inWindow(since, now);
  const site = step.site!;
  site.waiting += time;
  if (site.joints !== null) changeJoints(site.joints, -1, COUNTS_WAITING, run.grid);
  facility.waitingByRequest += time;
  facility.requestsServed += 1;
  pool.busy++;
  keepUnit(run, token, step, pool);
  facility.noteWait(wait);
  counts.waits++;
  counts.waitSum += wait;
  run.ready.push(token.place);
}

/** How long work takes, where that is a constant or drawn from a fixed law. */
function timeOfWork(run: Run, token: Token, step: Step): f64 {
  const draws = step.draws;
  let visits = step.copy;
  const patient = token.patient;
  if (draws >= 0) {
    const counts = patient.visits;
    const before = counts[draws]!;
    visits += before;
    counts[draws] = before + 1;
  }
  let takes: f64 = 0;
  const law = step.law;
  const at = step.parameters;
  if (law === LAW_CONSTANT) {
    takes = run.constants[at]!;
  } else {
    takes = drawAtOnce(run.random, patient.number, patient.hash, step.stream, visits, law, run.constants, at);
    if (isNaN(takes)) takes = drawAgain(run, patient, step, visits);
  }
  if (!(takes >= 0)) {
    if (isNaN(takes)) run.fail(FAULT_WORK_TIME, step.activity, 0);
    step.counts!.negative += 1;
    takes = 0;
  }
  return takes;
}

/** As work, where nothing listens. @param takes how long, at least 0 */
// @inline
function beginPlainWork(run: Run, token: Token, step: Step, takes: f64): void {
  step.times++;
  const now = run.now;
  token.workStart = now;
  token.pc = step.after;
  token.direct = step.next;
  token.state = DELAYED;
  token.due = run.heap.pushEnd(now + takes, token.place);
}

/** A time that is not drawn at once. */
function drawAgain(run: Run, patient: Patient, step: Step, visits: i32): f64 {
  const random = run.random;
  random.begin(patient.number, patient.hash, step.stream, visits);
  return drawLaw(random, step.law, run.constants, step.parameters);
}

/** As endWork, where nothing listens. */
// @inline
function endPlainly(run: Run, token: Token, step: Step): void {
  const register = step.register;
  const since = register < 0 ? token.workStart : token.registers[register]!;
  const counts = step.counts!;
  counts.completions++;
  counts.durationSum += run.now - since;
}
