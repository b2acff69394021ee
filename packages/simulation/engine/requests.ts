import { basePriority, valueFor, wholeAmount } from './evaluator.ts';
import { CLASS_PATIENCE, EVENT_PATIENCE, KINDS } from './event-heap.ts';
import { canHave, dequeue, enqueue, PENDING } from './holding.ts';
import { preempt } from './interruptions.ts';
import { noteGiveUp, noteRequest, noteWait } from './notes.ts';
import { Grant } from './pools.ts';
import { RequestClass } from './queues.ts';
import { Run } from './run.ts';
import { f64, i32 } from './scalars.ts';
import { givePendingBack, serveWaiting, takeRequested } from './serving.ts';
import { Token, WAITING } from './tokens.ts';

/**
 * Asks for what an activity needs: takes it when it is free, else waits.
 * @param pc word of the request
 * @returns whether the token goes on at once
 */
export function makeRequest(run: Run, token: Token, pc: i32): boolean {
  const code = run.code;
  noteRequest(run, token, code[pc + 1]!);
  const c = code[pc + 2]!;
  if (c < 0) {
    noteWait(run, token, pc, run.now);
    // With nothing to wait for, what was still kept goes back.
    givePendingBack(run, token, pc);
    if (run.pools.dirtyCount > 0) serveWaiting(run);
    return true;
  }
  const visit = code[pc + 7]!;
  const copy = code[pc + 8]!;
  const own = code[pc + 4]!;
  const patience = code[pc + 5]!;
  run.waitedSoFar = 0;
  const priority = own < 0 ? basePriority(run, token.patient) : valueFor(run, own, token.patient, visit, copy);
  const limit = patience < 0 ? Infinity : valueFor(run, patience, token.patient, visit, copy);
  const requestClass = run.classes[c]!;
  prepare(run, token, pc, requestClass, isNaN(priority) ? 0 : priority);
  if (canHave(run, token, requestClass) || (requestClass.preempts && preempt(run, token, requestClass))) {
    takeRequested(run, token, pc);
    if (run.pools.dirtyCount > 0) serveWaiting(run);
    return true;
  }
  token.request = pc;
  token.pc = pc + PENDING + 1 + code[pc + PENDING]!;
  enqueue(run, token, requestClass);
  const deadline = limit >= 0 ? run.now + limit : run.now;
  if (deadline < run.end) {
    token.givesUp = run.heap.push(deadline, CLASS_PATIENCE, token.place * KINDS + EVENT_PATIENCE);
  } else {
    token.givesUp = deadline < Infinity ? -1 : Infinity;
  }
  return false;
}

/** As makeRequest, without waiting: whether the units were free and are taken. */
export function tryRequest(run: Run, token: Token, pc: i32): boolean {
  const code = run.code;
  if (code[pc + 2]! === -1) return true;
  const c = run.classes[code[pc + 2]!]!;
  run.waitedSoFar = 0;
  prepare(run, token, pc, c, basePriority(run, token.patient));
  if (!canHave(run, token, c)) {
    unkeep(run, token, pc, c);
    return false;
  }
  noteRequest(run, token, code[pc + 1]!);
  takeRequested(run, token, pc);
  if (run.pools.dirtyCount > 0) serveWaiting(run);
  return true;
}

/** Works out what a request wants; units of pending slots that it can keep are counted as kept. */
function prepare(run: Run, token: Token, pc: i32, c: RequestClass, priority: f64): void {
  const code = run.code;
  const population = run.population;
  token.requestClass = c.index;
  token.priority = priority;
  token.order = run.orders;
  run.orders += 1;
  token.requestTime = run.now;
  token.asked = run.now;
  const visit = code[pc + 7]!;
  if (c.dynamic) token.requestVisits = run.visitsOf(token.patient, visit, code[pc + 8]!);
  if (c.fitted) {
    const stays = valueFor(run, c.fits, token.patient, visit, code[pc + 8]!);
    token.fits = stays > 0 ? stays : 0;
  }
  if (c.simple) {
    run.countVisit(token.patient, visit);
    return;
  }
  for (let k = 0; k < c.needCount; k++) {
    const need = c.needs[k]!;
    let amount = need.amount;
    if (amount < 0) {
      const own = need.visit === -2 ? visit : need.visit;
      amount = wholeAmount(valueFor(run, need.code, token.patient, own, code[pc + 8]!));
    }
    population.amount[token.needs + k] = amount;
    population.keep[token.needs + k] = 0;
  }
  if (code[pc + PENDING]! > 0) keepPending(run, token, pc, c);
  run.countVisit(token.patient, visit);
}

/** The same resource is kept, not asked for again: its units move to the new slot at once. */
function keepPending(run: Run, token: Token, pc: i32, c: RequestClass): void {
  const population = run.population;
  const pending = run.code[pc + PENDING]!;
  for (let k = 0; k < c.needCount; k++) {
    const need = c.needs[k]!;
    for (let t = 0; t < need.count; t++) {
      if (population.amount[token.needs + k]! === 0) break;
      for (let i = 0; i < pending; i++) {
        const from = run.code[pc + PENDING + 1 + i]!;
        const to = run.code[pc + 3]! + k;
        let before: Grant | null = null;
        let grant = population.kept(token, from);
        while (grant !== null) {
          const next: Grant | null = grant.next;
          const wanted = population.amount[token.needs + k]!;
          const units = wanted < grant.units ? wanted : grant.units;
          if (units > 0 && need.targets[t]!.isKeptIn(grant)) {
            population.amount[token.needs + k] = wanted - units;
            population.keep[token.needs + k] = population.keep[token.needs + k]! + units;
            run.recorder.kept(grant.pool.facility, grant.activity, units, grant.since, run.now);
            const first = population.kept(token, to);
            const kept = run.pools.link(grant.pool, units, run.code[pc + 1]!, first);
            kept.since = run.now;
            kept.allowance = grant.allowance;
            population.keepIn(token, to, kept);
            grant.units -= units;
          }
          if (grant.units > 0) {
            before = grant;
          } else {
            // What moved over whole is not given back: its pool is idle for no shorter time by that.
            if (before === null) population.keepIn(token, from, next);
            else before.next = next;
            run.pools.unlink(grant);
          }
          grant = next;
        }
      }
    }
  }
}

/** A request that was not met leaves the units that it would have kept where they were. */
function unkeep(run: Run, token: Token, pc: i32, c: RequestClass): void {
  const population = run.population;
  if (run.code[pc + PENDING]! === 0) return;
  const back = run.code[pc + PENDING + 1]!;
  for (let k = 0; k < c.needCount; k++) {
    const slot = run.code[pc + 3]! + k;
    let grant = population.kept(token, slot);
    population.keepIn(token, slot, null);
    while (grant !== null) {
      const next: Grant | null = grant.next;
      grant.next = population.kept(token, back);
      population.keepIn(token, back, grant);
      grant = next;
    }
  }
}

/** The limit of a wait has come; whether the token goes on without what it asked for. */
export function giveUp(run: Run, token: Token): boolean {
  // Whoever was served, left or asked for something else since gives up with another event or none, also at this instant.
  if (token.state !== WAITING || token.givesUp !== run.heap.takenKey()) return false;
  const pc = token.request;
  const code = run.code;
  noteLostWait(run, token, code[pc + 1]!);
  dequeue(run, token);
  token.givesUp = Infinity;
  unkeep(run, token, pc, run.classes[token.requestClass]!);
  const activity = code[pc + 1]!;
  noteGiveUp(run, token, activity);
  token.pc = code[pc + 6]!;
  if (run.pools.dirtyCount > 0) serveWaiting(run);
  return true;
}

/** A clock remembers also a wait that led to nothing. */
function noteLostWait(run: Run, token: Token, activity: i32): void {
  const clock = run.recorder.activities[activity]!.waitClock;
  if (clock < 0) return;
  const wait = run.now - token.requestTime;
  const group = token.group;
  if (group === null) {
    run.population.clock[token.patient.clocks + clock] = wait;
    return;
  }
  let member = group.member;
  while (member !== null) {
    run.population.clock[member.patient.clocks + clock] = wait;
    member = member.next;
  }
}

/** The word of the option with the fewest in use and waiting beyond its capacity; ties go to the first. */
export function leastBusy(run: Run, pc: i32): i32 {
  const code = run.code;
  let best = code[pc + 2]!;
  let least = Infinity;
  let at = pc + 2;
  for (let option = code[pc + 1]!; option > 0; option--) {
    const n = code[at + 1]!;
    let load: f64 = 0;
    for (let i = 0; i < n; i++) {
      const facility = run.facilities[code[at + 2 + i]!]!;
      load += facility.busy - facility.capacity;
      // Of several together, whoever waits for any of them is told by the last one.
      if (i === n - 1) load += facility.waiting;
    }
    if (load < least) {
      least = load;
      best = code[at]!;
    }
    at += 2 + n;
  }
  return best;
}
