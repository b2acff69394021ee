import { grownInts, grownTable } from './arrays.ts';
import { whole } from './platform.ts';
import { Pool, Target } from './pools.ts';
import { Need, RequestClass } from './queues.ts';
import { Run } from './run.ts';
import { i32 } from './scalars.ts';
import { Token } from './tokens.ts';

/** Units of a pool that are free for a request: of staff that must stay, those who do. */
export function freeFor(run: Run, pool: Pool, token: Token): i32 {
  const free = pool.free();
  const cursor = pool.cursor;
  if (free <= 0 || cursor === null || pool.facility.role < 0) return free;
  if (!run.classes[token.requestClass]!.fitted) return free;
  const stay = whole(Math.round(cursor.leastUntil(run.now + token.fits))) - pool.busy;
  return stay < free ? stay : free;
}

/** Whether an earlier request that waits wants more of something with this pool than is free. */
export function heldBack(run: Run, pool: Pool, token: Token): boolean {
  const classes = pool.bigClasses;
  for (let i = 0; i < classes.count; i++) {
    const c = run.classes[classes.at[i]!]!;
    if (c.waiting === 0) continue;
    for (let level = 0; level < c.levels; level++) {
      let other = c.head[level] as Token | null;
      while (other !== null && other !== token && other.before(token)) {
        if (wantsMoreThanFree(run, other, c, pool)) return true;
        other = c.uniform ? null : other.next;
      }
    }
  }
  return false;
}

function wantsMoreThanFree(run: Run, other: Token, c: RequestClass, pool: Pool): boolean {
  for (let k = 0; k < c.needCount; k++) {
    const amount = run.population.amount[other.needs + k]!;
    const need = c.needs[k]!;
    for (let i = 0; i < need.count; i++) {
      const target = need.targets[i]!;
      if (!target.has(pool)) continue;
      let free = 0;
      for (let m = 0; m < target.count; m++) {
        const units = target.pools[m]!.free();
        if (units > 0) free += units;
      }
      if (free < amount) return true;
    }
  }
  return false;
}

/** Free units of a target that a request may take. */
function available(run: Run, target: Target, token: Token): i32 {
  let sum = 0;
  for (let i = 0; i < target.count; i++) {
    const pool = target.pools[i]!;
    const free = freeFor(run, pool, token);
    if (free > 0 && !heldBack(run, pool, token)) sum += free;
  }
  return sum;
}

/** The first target of a need with so many units free; -1 for none. */
export function chooseTarget(run: Run, token: Token, need: Need, amount: i32): i32 {
  for (let i = 0; i < need.count; i++) {
    const target = need.targets[i]!;
    if (target.count === 1) {
      const pool = target.pools[0]!;
      if (pool.free() >= amount && !heldBack(run, pool, token) && freeFor(run, pool, token) >= amount) return i;
    } else if (available(run, target, token) >= amount) {
      return i;
    }
  }
  return -1;
}

/**
 * Whether all that a request wants is free at once where its needs overlap (a nurse, and someone who can do lysis):
 * alternatives in their order, and units by augmenting paths, so that nobody is taken for one need who alone could meet
 * another. The units found are in run.matched….
 * @param need from which on targets are still to be chosen
 */
export function matchUnits(run: Run, token: Token, c: RequestClass, need: i32): boolean {
  if (need === c.needCount) return assign(run, token, c);
  const place = token.needs + need;
  const targets = c.needs[need]!;
  if (run.population.amount[place]! === 0 || targets.consumes) return matchUnits(run, token, c, need + 1);
  for (let i = 0; i < targets.count; i++) {
    run.population.choice[place] = i;
    if (matchUnits(run, token, c, need + 1)) return true;
  }
  return false;
}

function assign(run: Run, token: Token, c: RequestClass): boolean {
  run.matched = 0;
  for (let i = 0; i < c.poolCount; i++) c.pools[i]!.spokenFor = 0;
  for (let need = 0; need < c.needCount; need++) {
    const place = token.needs + need;
    const amount = run.population.amount[place]!;
    if (amount === 0 || c.needs[need]!.consumes) continue;
    const target = c.needs[need]!.targets[run.population.choice[place]!]!;
    if (available(run, target, token) < amount) return false;
    for (let k = 0; k < amount; k++) {
      const unit = newUnit(run, need, target.pools[0]!);
      run.visit++;
      if (!augment(run, token, c, unit)) return false;
    }
  }
  return true;
}

/** Notes one more unit for a need among those that a search found; gives its place. */
export function newUnit(run: Run, need: i32, pool: Pool): i32 {
  if (run.matched === run.matchedRoom) {
    const room = run.matchedRoom * 2;
    run.matchedNeed = grownInts(run.matchedNeed, run.matchedRoom, room);
    run.matchedPool = grownTable<Pool>(run.matchedPool, run.matchedRoom, room);
    run.matchedAllowance = grownInts(run.matchedAllowance, run.matchedRoom, room);
    run.matchedRoom = room;
  }
  const unit = run.matched;
  run.matchedNeed[unit] = need;
  run.matchedPool[unit] = pool;
  run.matched = unit + 1;
  return unit;
}

/**
 * Finds a pool for a unit, moving others to other pools where that is needed: preferred pools first. Free pools are
 * tried first, then in the same order those whose units are spoken for.
 */
function augment(run: Run, token: Token, c: RequestClass, unit: i32): boolean {
  const need = run.matchedNeed[unit]!;
  const target = c.needs[need]!.targets[run.population.choice[token.needs + need]!]!;
  let at = nextPool(run, target, token, -1);
  while (at >= 0) {
    const pool = target.pools[at]!;
    if (freeFor(run, pool, token) - pool.spokenFor > 0) {
      pool.spokenFor++;
      run.matchedPool[unit] = pool;
      return true;
    }
    at = nextPool(run, target, token, at);
  }
  at = nextPool(run, target, token, -1);
  while (at >= 0) {
    const pool = target.pools[at]!;
    if (pool.visited !== run.visit) {
      pool.visited = run.visit;
      for (let other = 0; other < run.matched; other++) {
        // The unit itself, and those after it, have no pool yet.
        if (other === unit || run.matchedPool[other]! !== pool || other >= run.matched - 1) continue;
        if (augment(run, token, c, other)) {
          run.matchedPool[unit] = pool;
          return true;
        }
      }
    }
    at = nextPool(run, target, token, at);
  }
  return false;
}

/** The free pool of a target that comes after another in the order of rank, idle time and declaration; -1 for none. */
function nextPool(run: Run, target: Target, token: Token, after: i32): i32 {
  let best = -1;
  for (let i = 0; i < target.count; i++) {
    if (i === after || (after >= 0 && !comesBefore(target, after, i))) continue;
    if (best >= 0 && !comesBefore(target, i, best)) continue;
    const pool = target.pools[i]!;
    if (freeFor(run, pool, token) > 0 && !heldBack(run, pool, token)) best = i;
  }
  return best;
}

/** Notes of each member of a target how many of its units a request may take. */
export function noteWhatToTake(run: Run, target: Target, token: Token): void {
  for (let i = 0; i < target.count; i++) {
    const pool = target.pools[i]!;
    const free = freeFor(run, pool, token);
    pool.toTake = free > 0 && !heldBack(run, pool, token) ? free : 0;
  }
}

/** The member of a target that is taken first of those of which units may be taken: lowest rank, then longest idle, then first declared. */
export function firstToTake(target: Target): Pool {
  let best = -1;
  for (let i = 0; i < target.count; i++) {
    if (target.pools[i]!.toTake > 0 && (best < 0 || comesBefore(target, i, best))) best = i;
  }
  return target.pools[best]!;
}

function comesBefore(target: Target, a: i32, b: i32): boolean {
  const rankA = target.ranks[a]!;
  const rankB = target.ranks[b]!;
  if (rankA !== rankB) return rankA < rankB;
  const freedA = target.pools[a]!.lastFreed;
  const freedB = target.pools[b]!.lastFreed;
  return freedA < freedB || (freedA === freedB && a < b);
}
