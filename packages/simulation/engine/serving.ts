import { repairOwed } from './capacity.ts';
import { Facility } from './census.ts';
import { available, bestPool, heldBack, matchUnits } from './matching.ts';
import { Grant, Pool } from './pools.ts';
import { RUNNING, Token, WAITING } from './population.ts';
import { Need, RequestClass } from './queues.ts';
import { Run } from './run.ts';
import { f64, i32 } from './scalars.ts';
import { consume } from './supplying.ts';

/*
 * Who may have what, and who waits. There is a queue for each class of equal requests and each priority; a freed unit
 * looks at the queues that involve it in the order (priority, request).
 */

/** Offset of the pending slots' count in a request's words. */
export const PENDING: i32 = 10;

/** Whether all that a request wants is free and no earlier request holds it back; notes the targets chosen. */
export function canHave(run: Run, token: Token, c: RequestClass): boolean {
  if (c.simple) {
    for (let k = 0; k < c.needCount; k++) if (c.needs[k]!.pool.free() < c.needs[k]!.amount) return false;
    return true;
  }
  if (c.overlaps) return hasStocks(run, token, c) && matchUnits(run, token, c, 0);
  for (let k = 0; k < c.needCount; k++) {
    const amount = run.population.amount[token.needs + k]!;
    if (amount === 0) continue;
    const chosen = chooseTarget(run, token, c.needs[k]!, amount);
    if (chosen < 0) return false;
    run.population.choice[token.needs + k] = chosen;
  }
  return true;
}

/** Whether what a request uses up is there. */
function hasStocks(run: Run, token: Token, c: RequestClass): boolean {
  for (let k = 0; k < c.needCount; k++) {
    const amount = run.population.amount[token.needs + k]!;
    const need = c.needs[k]!;
    if (need.consumes && amount > 0 && chooseTarget(run, token, need, amount) < 0) return false;
  }
  return true;
}

/** The first target of a need with so many units free; -1 for none. */
function chooseTarget(run: Run, token: Token, need: Need, amount: i32): i32 {
  for (let i = 0; i < need.count; i++) {
    const target = need.targets[i]!;
    if (target.count === 1) {
      const pool = target.pools[0]!;
      if (pool.free() >= amount && !heldBack(run, pool, token)) return i;
    } else if (available(run, target, token) >= amount) {
      return i;
    }
  }
  return -1;
}

/** Takes what canHave found, into slots from `slot` on; needs kept from before are already there. */
function take(run: Run, token: Token, c: RequestClass, slot: i32, activity: i32): void {
  const place = token.slots + slot;
  const since = token.requestTime;
  if (c.simple) {
    for (let k = 0; k < c.needCount; k++) {
      takeUnits(run, c.needs[k]!.pool, c.needs[k]!.amount, place + k, activity, since);
    }
    return;
  }
  if (c.overlaps) {
    for (let k = 0; k < c.needCount; k++) {
      const need = c.needs[k]!;
      const amount = run.population.amount[token.needs + k]!;
      if (need.consumes && amount > 0) useUp(run, need.targets[0]!.pools[0]!, amount, since);
    }
    for (let unit = 0; unit < run.matched; unit++) {
      takeUnits(run, run.matchedPool[unit]!, 1, place + run.matchedNeed[unit]!, activity, since);
    }
    return;
  }
  for (let k = 0; k < c.needCount; k++) {
    let amount = run.population.amount[token.needs + k]!;
    if (amount === 0) continue;
    const target = c.needs[k]!.targets[run.population.choice[token.needs + k]!]!;
    if (c.needs[k]!.consumes) {
      useUp(run, target.pools[0]!, amount, since);
      continue;
    }
    if (target.count === 1) {
      takeUnits(run, target.pools[0]!, amount, place + k, activity, since);
      continue;
    }
    while (amount > 0) {
      const pool = bestPool(run, target, token);
      const free = pool.free();
      const units = amount < free ? amount : free;
      takeUnits(run, pool, units, place + k, activity, since);
      amount -= units;
    }
  }
}

function useUp(run: Run, pool: Pool, units: i32, since: f64): void {
  consume(run, pool, units);
  run.recorder.waitedFor(pool.facility, run.now - since);
}

function takeUnits(run: Run, pool: Pool, units: i32, place: i32, activity: i32, since: f64): void {
  const slot = run.population.slot;
  slot[place] = run.pools.take(pool, units, activity, slot[place] as Grant | null, run.now);
  run.recorder.waitedFor(pool.facility, run.now - since);
}

/** A request is met: takes the units, gives back what was only kept meanwhile, and remembers the wait. */
export function takeRequested(run: Run, token: Token, pc: i32): void {
  const code = run.code;
  const activity = code[pc + 1]!;
  const since = token.requestTime;
  take(run, token, run.classes[code[pc + 2]!]!, code[pc + 3]!, activity);
  run.recorder.waited(code[pc + 9]!, activity, token.patient, since, run.now);
  givePendingBack(run, token, pc);
}

/** Gives back what was only kept until a request was met. */
export function givePendingBack(run: Run, token: Token, pc: i32): void {
  const pending = run.code[pc + PENDING]!;
  for (let i = 0; i < pending; i++) giveBackSlot(run, token, run.code[pc + PENDING + 1 + i]!);
}

/** Puts a registered request into its queue. */
export function enqueue(run: Run, token: Token, c: RequestClass): void {
  token.state = WAITING;
  if (c.simple) for (let k = 0; k < c.needCount; k++) run.population.amount[token.needs + k] = c.needs[k]!.amount;
  c.insert(token, levelOf(run, token.priority));
  for (let i = 0; i < c.facilityCount; i++) c.facilities[i]!.changeWaiting(1, run.now);
}

function levelOf(run: Run, priority: f64): i32 {
  for (let i = run.levelCount - 1; i > 0; i--) if (run.levels[i]! <= priority) return i;
  return 0;
}

/** Takes a request out of its queue. */
export function dequeue(run: Run, token: Token): void {
  const c = run.classes[token.requestClass]!;
  c.remove(token);
  token.state = RUNNING;
  for (let i = 0; i < c.facilityCount; i++) c.facilities[i]!.changeWaiting(-1, run.now);
  leftQueue(run, token, c);
  if (!c.big) return;
  // It may have held back others at pools that nothing else would draw attention to.
  for (let i = 0; i < c.poolCount; i++) if (c.pools[i]!.free() > 0) run.pools.markDirty(c.pools[i]!);
}

/** A request left its queue, met or not, or the window ended. */
export function leftQueue(run: Run, token: Token, c: RequestClass): void {
  const recorder = run.recorder;
  if (!recorder.active) return;
  const time = recorder.inWindow(token.requestTime, run.now);
  recorder.sites[run.code[token.request + 9]!]!.waiting += time;
  for (let i = 0; i < c.facilityCount; i++) {
    const facility: Facility = c.facilities[i]!;
    facility.waitingByRequest += time;
    facility.requestsServed += 1;
  }
}

/** Someone in a queue gets what they wait for, and goes on after the patient who freed it. */
function grant(run: Run, token: Token): void {
  dequeue(run, token);
  token.deadline = Infinity;
  takeRequested(run, token, token.request);
  run.ready.push(token.index);
}

/** Gives back what a slot of a token keeps. */
export function giveBackSlot(run: Run, token: Token, slot: i32): void {
  const place = token.slots + slot;
  let grant = run.population.slot[place] as Grant | null;
  if (grant === null) return;
  run.population.slot[place] = null;
  const pools = run.pools;
  while (grant !== null) {
    const pool = grant.pool;
    run.recorder.kept(pool.facility, grant.activity, grant.units, grant.since, run.now);
    pool.facility.changeBusy(-grant.units, run.now);
    pool.busy -= grant.units;
    pool.lastFreed = run.now;
    pools.markDirty(pool);
    grant = pools.unlink(grant);
  }
}

/** Units that are owed to a repair go there first, then those who wait are served in order of priority, then request. */
export function serveWaiting(run: Run): void {
  const pools = run.pools;
  for (let i = 0; i < pools.dirtyCount; i++) repairOwed(run, pools.dirty[i]!);
  while (pools.dirtyCount > 0) {
    const candidates = gather(run);
    pools.clearDirty();
    if (candidates > 0) serve(run, candidates);
  }
}

/** Classes with someone waiting for a pool that has free units. */
function gather(run: Run): i32 {
  const pools = run.pools;
  run.round++;
  let count = 0;
  for (let i = 0; i < pools.dirtyCount; i++) {
    const pool = pools.dirty[i]!;
    if (pool.free() <= 0) continue;
    const classes = pool.classes;
    for (let k = 0; k < classes.count; k++) {
      const c = run.classes[classes.at[k]!]!;
      if (c.waiting === 0 || c.seen === run.round) continue;
      c.seen = run.round;
      c.cursor = c.firstFrom(0);
      run.candidates[count] = c;
      count++;
    }
  }
  return count;
}

function serve(run: Run, candidates: i32): void {
  let count = candidates;
  while (count > 0) {
    let best = 0;
    for (let i = 1; i < count; i++) {
      if (run.candidates[i]!.cursor!.before(run.candidates[best]!.cursor!)) best = i;
    }
    const c = run.candidates[best]!;
    const token = c.cursor!;
    let next = token.next;
    if (next === null) next = c.firstFrom(token.level + 1);
    if (canHave(run, token, c)) grant(run, token);
    else if (c.uniform) next = null;
    c.cursor = next;
    if (next === null) {
      count--;
      run.candidates[best] = run.candidates[count]!;
    }
  }
}
