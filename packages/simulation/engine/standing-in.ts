import { Allowance } from './allowances.ts';
import { Control } from './control.ts';
import { chooseTarget, freeFor, heldBack, newUnit } from './matching.ts';
import { Ints, Table } from './platform.ts';
import { Grant, Pool, Target } from './pools.ts';
import { RequestClass } from './queues.ts';
import { Run } from './run.ts';
import { f64, i32 } from './scalars.ts';
import { takeUnits, useUp } from './taking.ts';
import { Token } from './tokens.ts';

/*
 * Requests for people for whom others may stand in. Those who stand in do so under supervision: people who supervise are
 * bound as long as somebody works under them.
 */

/** Which allowances hold now, by what is in force and by level; whoever may newly stand in is offered to those who wait. */
export function followAllowances(run: Run, control: Control): void {
  let changed = false;
  for (let i = 0; i < control.allowanceCount; i++) {
    const allowance = control.allowances[i]!;
    const open = control.changes[allowance.change]!.on && reaches(control, allowance);
    if (open === allowance.open) continue;
    allowance.open = open;
    changed = true;
    if (open) for (let k = 0; k < allowance.count; k++) run.pools.markDirty(allowance.pools[k]!);
  }
  if (!changed) return;
  for (let i = 0; i < run.classCount; i++) {
    const c = run.classes[i]!;
    let open = false;
    for (let k = 0; k < c.allowances.count; k++) if (control.allowances[c.allowances.at[k]!]!.open) open = true;
    c.open = open;
  }
}

function reaches(control: Control, allowance: Allowance): boolean {
  if (allowance.level <= 0) return true;
  return control.highest(allowance.places) >= allowance.level;
}

/**
 * As canHave, where others may stand in: the units are in run.matched…, with those who are bound to supervise. Needs for
 * which nobody may stand in choose first.
 */
export function canHaveWithOthers(run: Run, token: Token, c: RequestClass): boolean {
  const control = run.control!;
  run.matched = 0;
  for (let i = 0; i < c.poolCount; i++) c.pools[i]!.spokenFor = 0;
  for (let i = 0; i < c.otherCount; i++) c.others[i]!.spokenFor = 0;
  for (let i = 0; i < c.allowances.count; i++) {
    const allowance = control.allowances[c.allowances.at[i]!]!;
    allowance.planned = 0;
    allowance.plannedBound = 0;
  }
  for (let pass = 0; pass < 2; pass++) {
    for (let k = 0; k < c.needCount; k++) {
      const need = c.needs[k]!;
      const amount = run.population.amount[token.needs + k]!;
      if (amount === 0 || need.replaceable() !== (pass === 1)) continue;
      if (need.consumes) {
        if (chooseTarget(run, token, need, amount) < 0) return false;
        continue;
      }
      let found = false;
      for (let i = 0; i < need.count && !found; i++) found = placeAll(run, token, k, need.targets[i]!, amount);
      if (!found) return false;
    }
  }
  return true;
}

/** Finds so many units for a need; what was found of too few is forgotten. */
function placeAll(run: Run, token: Token, need: i32, target: Target, amount: i32): boolean {
  const before = run.matched;
  for (let unit = 0; unit < amount; unit++) {
    if (placeOne(run, token, need, target)) continue;
    while (run.matched > before) forgetLast(run);
    return false;
  }
  return true;
}

/**
 * One more unit for a need: somebody of the role, save that the last of them who could supervise leave the work to those
 * who stand in, where these are more.
 */
function placeOne(run: Run, token: Token, need: i32, target: Target): boolean {
  const control = run.control!;
  const standIns = target.standIns;
  const left = freeAmong(run, token, target.pools, target.count);
  for (let i = 0; i < standIns.count; i++) {
    const allowance = control.allowances[standIns.at[i]!]!;
    if (!allowance.open) continue;
    if (left > 0 && !(allowance.leads && left <= allowance.supervisors && pays(run, token, allowance))) continue;
    if (standIn(run, token, need, allowance)) return true;
  }
  if (left <= 0) return false;
  const best = bestAmong(run, token, target.pools, target.count, target.ranks);
  if (best === null) return false;
  speakFor(run, need, best, -1);
  return true;
}

/** Whether more can stand in under those who would have to supervise them than these are. */
function pays(run: Run, token: Token, allowance: Allowance): boolean {
  if (lacking(allowance) <= 0) return true;
  const free = freeAmong(run, token, allowance.pools, allowance.count);
  return (free < allowance.per ? free : allowance.per) > allowance.supervisors;
}

/** People who have to be bound for one more to stand in. */
function lacking(allowance: Allowance): i32 {
  const standing = allowance.working + allowance.planned + 1;
  return allowance.needed(standing) - allowance.bound - allowance.plannedBound;
}

/** Somebody stands in, with those who supervise them; false where one of them is not there. */
function standIn(run: Run, token: Token, need: i32, allowance: Allowance): boolean {
  const before = run.matched;
  const found = bestAmong(run, token, allowance.pools, allowance.count, null);
  if (found === null) return false;
  const bosses = lacking(allowance);
  speakFor(run, need, found, allowance.index);
  for (let i = 0; i < bosses; i++) {
    const boss = bestAmong(run, token, allowance.bosses, allowance.bossCount, null);
    if (boss === null) {
      while (run.matched > before) forgetLast(run);
      return false;
    }
    speakFor(run, -1, boss, allowance.index);
  }
  return true;
}

/** @param need -1 for somebody who supervises; `allowance` -1 for somebody of the role itself */
function speakFor(run: Run, need: i32, pool: Pool, allowance: i32): void {
  const unit = newUnit(run, need, pool);
  run.matchedAllowance[unit] = allowance;
  pool.spokenFor++;
  if (allowance < 0) return;
  const own = run.control!.allowances[allowance]!;
  if (need < 0) own.plannedBound++;
  else own.planned++;
}

function forgetLast(run: Run): void {
  run.matched--;
  const unit = run.matched;
  run.matchedPool[unit]!.spokenFor--;
  const allowance = run.matchedAllowance[unit]!;
  if (allowance < 0) return;
  const own = run.control!.allowances[allowance]!;
  if (run.matchedNeed[unit]! < 0) own.plannedBound--;
  else own.planned--;
}

function freeOf(run: Run, token: Token, pool: Pool): i32 {
  const free = freeFor(run, pool, token) - pool.spokenFor;
  return free > 0 && !heldBack(run, pool, token) ? free : 0;
}

function freeAmong(run: Run, token: Token, pools: Table<Pool>, count: i32): i32 {
  let free = 0;
  for (let i = 0; i < count; i++) free += freeOf(run, token, pools[i]!);
  return free;
}

/** The pool whose turn it is: lowest rank, longest idle, first declared; null where nobody is free. */
function bestAmong(run: Run, token: Token, pools: Table<Pool>, count: i32, ranks: Ints | null): Pool | null {
  let best = -1;
  for (let i = 0; i < count; i++) {
    if (freeOf(run, token, pools[i]!) === 0) continue;
    if (best >= 0) {
      const rank = ranks === null ? 0 : ranks[i]! - ranks[best]!;
      if (rank > 0 || (rank === 0 && pools[i]!.lastFreed >= pools[best]!.lastFreed)) continue;
    }
    best = i;
  }
  return best < 0 ? null : pools[best]!;
}

/** Takes what canHaveWithOthers found. @param since when it was asked for, NaN where that is no other wait */
export function takeWithOthers(run: Run, token: Token, c: RequestClass, slot: i32, activity: i32, since: f64): void {
  const population = run.population;
  for (let k = 0; k < c.needCount; k++) {
    const amount = population.amount[token.needs + k]!;
    if (c.needs[k]!.consumes && amount > 0) useUp(run, c.needs[k]!.pool, amount, since);
  }
  const control = run.control!;
  for (let unit = 0; unit < run.matched; unit++) {
    const pool = run.matchedPool[unit]!;
    const need = run.matchedNeed[unit]!;
    if (run.matchedAllowance[unit]! < 0) {
      takeUnits(run, token, pool, 1, slot + need, activity, since);
      continue;
    }
    const allowance = control.allowances[run.matchedAllowance[unit]!]!;
    if (need < 0) {
      allowance.bound++;
      allowance.supervising = run.pools.take(pool, 1, activity, allowance.supervising, run.now);
      continue;
    }
    takeUnits(run, token, pool, 1, slot + need, activity, NaN);
    if (!isNaN(since)) c.needs[need]!.pool.facility.noteWait(run.now - since);
    population.kept(token, slot + need)!.allowance = allowance.index;
    allowance.working++;
    if (token.slowed !== activity || allowance.speed < token.speed) token.speed = allowance.speed;
    token.slowed = activity;
  }
}

/** Some who stood in have been given back: those go too who supervised them alone, who began last first. */
export function standDown(run: Run, index: i32, units: i32): void {
  const allowance = run.control!.allowances[index]!;
  allowance.working -= units;
  const needed = allowance.needed(allowance.working);
  while (allowance.bound > needed) {
    const grant: Grant = allowance.supervising!;
    const pool = grant.pool;
    run.recorder.kept(pool.facility, grant.activity, grant.units, grant.since, run.now);
    pool.facility.changeBusy(-grant.units);
    pool.busy -= grant.units;
    pool.lastFreed = run.now;
    run.pools.markDirty(pool);
    allowance.bound--;
    allowance.supervising = run.pools.unlink(grant);
  }
}

/** Cuts at the end of the window what those do who supervise beyond it. */
export function finishSupervision(run: Run, control: Control): void {
  for (let i = 0; i < control.allowanceCount; i++) {
    let grant = control.allowances[i]!.supervising;
    while (grant !== null) {
      run.recorder.kept(grant.pool.facility, grant.activity, grant.units, grant.since, run.grid.end);
      grant = grant.next;
    }
  }
}
