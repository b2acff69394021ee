import { Facility } from './facility.ts';
import { changeJoints, COUNTS_WAITING } from './joint-census.ts';
import { chooseTarget, firstToTake, matchUnits, noteWhatToTake } from './matching.ts';
import { Grant } from './pools.ts';
import { RequestClass } from './queues.ts';
import { Run } from './run.ts';
import { f64, i32 } from './scalars.ts';
import { canHaveWithOthers, standDown, takeWithOthers } from './standing-in.ts';
import { takeUnits, useUp } from './taking.ts';
import { OF_HANDOVER, OF_MOVE, RUNNING, Token, WAITING } from './tokens.ts';

/*
 * Taking units and giving them back, joining a queue and leaving it; who is served is decided in serving.ts.
 */

/** Offset of the pending slots' count in a request's words. */
export const PENDING: i32 = 10;

/** Whether all that a request wants is free and no earlier request holds it back; notes the targets chosen. */
export function canHave(run: Run, token: Token, c: RequestClass): boolean {
  if (c.open) return canHaveWithOthers(run, token, c);
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

/** Takes what canHave found, into slots from `slot` on; needs kept from before are already there. */
export function take(run: Run, token: Token, c: RequestClass, slot: i32, activity: i32): void {
  // The wait of those who were interrupted is not another one, nor is that of those who hand over.
  const since: f64 = token.again || token.role === OF_HANDOVER ? NaN : token.requestTime;
  token.slowed = -1;
  if (c.simple) {
    for (let k = 0; k < c.needCount; k++) {
      takeUnits(run, token, c.needs[k]!.pool, c.needs[k]!.amount, slot + k, activity, since);
    }
    return;
  }
  if (c.open) {
    takeWithOthers(run, token, c, slot, activity, since);
    return;
  }
  if (c.overlaps) {
    for (let k = 0; k < c.needCount; k++) {
      const need = c.needs[k]!;
      const amount = run.population.amount[token.needs + k]!;
      if (need.consumes && amount > 0) useUp(run, need.targets[0]!.pools[0]!, amount, since);
    }
    for (let unit = 0; unit < run.matched; unit++) {
      takeUnits(run, token, run.matchedPool[unit]!, 1, slot + run.matchedNeed[unit]!, activity, since);
    }
    return;
  }
  // Found out before anything is taken: what it takes itself may leave too little for an earlier request, which holds it back
  // only from what was too little before.
  for (let k = 0; k < c.needCount; k++) {
    if (run.population.amount[token.needs + k]! === 0) continue;
    const target = c.needs[k]!.targets[run.population.choice[token.needs + k]!]!;
    if (target.count > 1) noteWhatToTake(run, target, token);
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
      takeUnits(run, token, target.pools[0]!, amount, slot + k, activity, since);
      continue;
    }
    while (amount > 0) {
      const pool = firstToTake(target);
      const units = amount < pool.toTake ? amount : pool.toTake;
      pool.toTake -= units;
      takeUnits(run, token, pool, units, slot + k, activity, since);
      amount -= units;
    }
  }
}

/** Puts a registered request into its queue. */
export function enqueue(run: Run, token: Token, c: RequestClass): void {
  token.state = WAITING;
  if (c.simple) for (let k = 0; k < c.needCount; k++) run.population.amount[token.needs + k] = c.needs[k]!.amount;
  c.insert(token, levelOf(run, token.priority));
  // Whoever hands over waits for nothing that is missing.
  if (token.role === OF_HANDOVER) return;
  for (let i = 0; i < c.facilityCount; i++) c.facilities[i]!.changeWaiting(1);
  if (run.jointCount > 0) countAtSite(run, token, 1);
}

/** Somebody waits at a place of the text, or no longer. */
function countAtSite(run: Run, token: Token, by: i32): void {
  if (token.role === OF_MOVE) return;
  const site = run.recorder.sites[run.code[token.request + 9]!]!;
  if (site.joints !== null) changeJoints(site.joints, by, COUNTS_WAITING, run.grid);
}

/** The queue for requests of a priority. */
export function levelOf(run: Run, priority: f64): i32 {
  for (let i = run.levelCount - 1; i > 0; i--) if (run.levels[i]! <= priority) return i;
  return 0;
}

/** Takes a request out of its queue. */
export function dequeue(run: Run, token: Token): void {
  const c = run.classes[token.requestClass]!;
  c.remove(token);
  token.state = RUNNING;
  if (token.role !== OF_HANDOVER) {
    for (let i = 0; i < c.facilityCount; i++) c.facilities[i]!.changeWaiting(-1);
    if (run.jointCount > 0) countAtSite(run, token, -1);
    leftQueue(run, token, c);
  }
  if (!c.big) return;
  // It may have held back others at pools that nothing else would draw attention to.
  for (let i = 0; i < c.poolCount; i++) if (c.pools[i]!.free() > 0) run.pools.markDirty(c.pools[i]!);
}

/** A request left its queue, met or not, or the window ended. */
export function leftQueue(run: Run, token: Token, c: RequestClass): void {
  const recorder = run.recorder;
  if (token.role === OF_HANDOVER) return;
  const time = recorder.inWindow(token.requestTime, run.now);
  if (token.role !== OF_MOVE) recorder.sites[run.code[token.request + 9]!]!.waiting += time;
  for (let i = 0; i < c.facilityCount; i++) {
    const facility: Facility = c.facilities[i]!;
    facility.waitingByRequest += time;
    facility.requestsServed += 1;
  }
}

/** Gives back what a slot of a token keeps. */
export function giveBackSlot(run: Run, token: Token, slot: i32): void {
  const first = run.population.kept(token, slot);
  if (token.seeker !== null) withdraw(run, token, slot);
  if (first === null) return;
  run.population.keepIn(token, slot, null);
  giveBackGrants(run, token, first);
}

/** Gives back a list of units that a token kept. */
export function giveBackGrants(run: Run, token: Token, first: Grant | null): void {
  const pools = run.pools;
  let grant = first;
  while (grant !== null) {
    const pool = grant.pool;
    run.recorder.kept(pool.facility, grant.activity, grant.units, grant.since, run.now);
    pool.facility.changeBusy(-grant.units);
    pool.busy -= grant.units;
    pool.lastFreed = run.now;
    pools.markDirty(pool);
    if (grant.allowance >= 0) {
      standDown(run, grant.allowance, grant.units);
      grant.allowance = -1;
    }
    const next: Grant | null = grant.next;
    if (!token.keepsSpare(grant)) pools.unlink(grant);
    grant = next;
  }
}

/** Withdraws what is sought for a slot. */
export function withdraw(run: Run, owner: Token, slot: i32): void {
  let seeker = owner.seeker;
  while (seeker !== null) {
    const next: Token | null = seeker.nextSeeker;
    if (seeker.sought === slot) {
      if (seeker.state === WAITING) dequeue(run, seeker);
      removeSeeker(run, owner, seeker);
    }
    seeker = next;
  }
}

/** Takes a request off those of its owner. */
export function removeSeeker(run: Run, owner: Token, seeker: Token): void {
  let before: Token | null = null;
  let each = owner.seeker;
  while (each !== null && each !== seeker) {
    before = each;
    each = each.nextSeeker;
  }
  if (before === null) owner.seeker = seeker.nextSeeker;
  else before.nextSeeker = seeker.nextSeeker;
  seeker.nextSeeker = null;
  run.population.removeToken(seeker);
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
