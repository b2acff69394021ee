import { FAULT_WORK_TIME } from './faults.ts';
import { giveBackSlot, levelOf, PENDING } from './holding.ts';
import { drawLaw } from './laws.ts';
import { noteEnd, noteStart } from './notes.ts';
import * as op from './operations.ts';
import { PlainRequest, PlainWork } from './plain-instructions.ts';
import { newTable } from './platform.ts';
import { Grant, Pool } from './pools.ts';
import { RUNNING, Token, WAITING } from './population.ts';
import { RequestClass } from './queues.ts';
import { makeRequest } from './requests.ts';
import { Run } from './run.ts';
import { f64, i32 } from './scalars.ts';
import { grant, serveWaiting } from './serving.ts';

/*
 * The shortest way through what happens most: one unit of a pool that all ask for in the same way, and work of which
 * only the time matters. Everything here does what requests.ts, serving.ts, holding.ts, moves.ts and notes.ts do in
 * these cases, in the same order, so that a program without shortcuts gives the same bits.
 */

/** Words that hold the number of a plain request and of plain work, which have no other use for them. */
const REQUEST_NUMBER: i32 = 6;
const WORK_NUMBER: i32 = 5;

/** Takes the shortcuts of a program. They leave no event log. */
export function takeShortcuts(run: Run): void {
  const code = run.code;
  const detours = run.detours;
  for (let i = 0; i < detours.count; i += 2) code[detours.at[i]!] = detours.at[i + 1]!;
  const shortcuts = run.shortcuts;
  run.plainRequests = newTable<PlainRequest>(shortcuts.count);
  run.plainWork = newTable<PlainWork>(shortcuts.count);
  let requests = 0;
  let works = 0;
  for (let i = 0; i < shortcuts.count; i += 2) {
    const pc = shortcuts.at[i]!;
    const operation = shortcuts.at[i + 1]!;
    if (operation === op.TAKE_UNIT) {
      run.plainRequests[requests] = newRequest(run, pc);
      code[pc + REQUEST_NUMBER] = requests;
      requests++;
    } else if (operation === op.PLAIN_WORK) {
      run.plainWork[works] = new PlainWork(code, pc, run.constants, run.recorder);
      code[pc + WORK_NUMBER] = works;
      works++;
    }
    code[pc] = operation;
  }
}

function newRequest(run: Run, pc: i32): PlainRequest {
  return new PlainRequest(run.code, pc, run.classes[run.code[pc + 2]!]!, run.recorder);
}

/** As makeRequest, for one unit of a plain pool. */
export function takeUnit(run: Run, token: Token, pc: i32, now: f64): boolean {
  const request = run.plainRequests[run.code[pc + REQUEST_NUMBER]!]!;
  if (token.group !== null) return makeRequest(run, token, pc);
  const pool = request.pool;
  const patient = token.patient;
  if (request.visit >= 0) run.countVisit(patient, request.visit);
  run.waitedSoFar = 0;
  const priority = patient.priority;
  token.priority = isNaN(priority) ? 0 : priority;
  token.order = run.orders;
  run.orders += 1;
  token.requestTime = now;
  if (pool.busy >= pool.capacity) {
    waitForUnit(run, token, pc, request.queue);
    return false;
  }
  const facility = request.facility;
  pool.busy++;
  facility.changeBusy(1, now);
  facility.waits += 1;
  keepUnit(run, token, request, now);
  request.counts.waits += 1;
  return true;
}

/** A unit goes into a token's slot. */
function keepUnit(run: Run, token: Token, request: PlainRequest, now: f64): void {
  const slots = run.population.slot;
  const place = token.slots + request.slot;
  const first = slots[place] as Grant | null;
  if (first === null) token.keeps++;
  slots[place] = run.pools.link(request.pool, 1, request.activity, first, now);
}

function waitForUnit(run: Run, token: Token, pc: i32, queue: RequestClass): void {
  token.requestClass = queue.index;
  token.request = pc;
  token.pc = pc + PENDING + 1;
  token.deadline = Infinity;
  token.state = WAITING;
  run.population.amount[token.needs] = 1;
  queue.insert(token, levelOf(run, token.priority));
  queue.pool.facility.changeWaiting(1, run.now);
}

/** As giveBackSlot, with serveWaiting after it, for a slot that mostly holds one unit of a plain pool. */
export function freeUnit(run: Run, token: Token, slot: i32, now: f64): void {
  const population = run.population;
  const place = token.slots + slot;
  const first = population.slot[place] as Grant | null;
  if (token.seeker !== null) {
    freeAll(run, token, slot);
    return;
  }
  if (first === null) return;
  const pool = first.pool;
  if (first.next !== null || first.units !== 1 || !pool.plain) {
    freeAll(run, token, slot);
    return;
  }
  const facility = pool.facility;
  population.slot[place] = null;
  token.keeps--;
  run.recorder.kept(facility, first.activity, 1, first.since, now);
  facility.changeBusy(-1, now);
  pool.busy--;
  pool.lastFreed = now;
  run.pools.unlink(first);
  if (pool.waiting > 0) serveUnits(run, pool, now);
}

function freeAll(run: Run, token: Token, slot: i32): void {
  giveBackSlot(run, token, slot);
  if (run.pools.dirtyCount > 0) serveWaiting(run);
}

/** Units of a plain pool that are free go to those who wait for one. */
function serveUnits(run: Run, pool: Pool, now: f64): void {
  const c = run.classes[pool.classes.at[0]!]!;
  while (c.waiting > 0 && pool.busy < pool.capacity) {
    const token = c.firstFrom(0)!;
    if (token.group !== null || run.code[token.request]! !== op.TAKE_UNIT) grant(run, token);
    else grantUnit(run, token, c, pool, now);
  }
}

/** As grant, of one unit of a plain pool. */
function grantUnit(run: Run, token: Token, queue: RequestClass, pool: Pool, now: f64): void {
  const request = run.plainRequests[run.code[token.request + REQUEST_NUMBER]!]!;
  const facility = request.facility;
  const since = token.requestTime;
  const wait = now - since;
  queue.removeFirst(token);
  token.state = RUNNING;
  facility.changeWaiting(-1, now);
  const time = run.recorder.inWindow(since, now);
  request.site.waiting += time;
  facility.waitingByRequest += time;
  facility.requestsServed += 1;
  pool.busy++;
  facility.changeBusy(1, now);
  keepUnit(run, token, request, now);
  facility.noteWait(wait);
  request.counts.waits += 1;
  request.counts.waitSum += wait;
  run.ready.push(token.index);
}

/** As beginWork, where the time is a constant or drawn from a fixed law and nothing listens. */
export function beginPlainWork(run: Run, token: Token, pc: i32, now: f64): f64 {
  const work = run.plainWork[run.code[pc + WORK_NUMBER]!]!;
  const patient = token.patient;
  const visit = work.visit;
  let takes = work.takes;
  if (work.law >= 0) {
    run.subject = patient;
    run.random.address(patient.number, patient.hash, work.stream, run.visitsOf(patient, visit, work.copy));
    takes = drawLaw(run.random, work.law, run.constants, work.parameters);
  }
  if (visit >= 0) run.countVisit(patient, visit);
  if (!(takes >= 0)) {
    if (isNaN(takes)) run.fail(FAULT_WORK_TIME, work.activity, 0);
    work.counts.negative += 1;
    takes = 0;
  }
  token.workStart = now;
  if (token.group === null) work.counts.starts += 1;
  else noteStart(run, token, work.activity);
  return now + takes;
}

/** As noteStart, where nothing listens. */
export function beginPlainly(run: Run, token: Token, activity: i32): void {
  if (token.group === null) run.recorder.activities[activity]!.starts += 1;
  else noteStart(run, token, activity);
}

/** As endWork, where nothing listens. @param register that holds its start; -1 where the token itself has it */
export function endPlainly(run: Run, token: Token, activity: i32, register: i32, now: f64): void {
  const since = register < 0 ? token.workStart : run.population.register[token.registers + register]!;
  if (token.group !== null) {
    noteEnd(run, token, activity, since);
    return;
  }
  const counts = run.recorder.activities[activity]!;
  counts.completions += 1;
  counts.durationSum += now - since;
}
