import { canHave, enqueue, giveBackSlot, PENDING } from './holding.ts';
import { Pool } from './pools.ts';
import { RequestClass } from './queues.ts';
import { Run } from './run.ts';
import { f64, i32 } from './scalars.ts';
import { handOver } from './seekers.ts';
import { RUNNING, Token } from './tokens.ts';

/** How work gives way: it may be interrupted, is then done anew, may be handed over at the end of a shift. */
export const GIVES_INTERRUPTED: i32 = 1;
export const GIVES_RESTARTED: i32 = 2;
export const GIVES_HANDED_OVER: i32 = 4;
/** It stops when something is lost that it depends on. */
export const GIVES_DEPENDS: i32 = 8;
/** Whoever is interrupted leaves it. */
export const GIVES_LEFT: i32 = 16;

/**
 * Work that gives way begins, or goes on; gives the time at which it ends.
 * @param how word that says how it gives way
 */
export function beginGiving(run: Run, token: Token, how: i32, takes: f64): f64 {
  token.work = how;
  token.gives = run.code[how]!;
  token.takes = takes;
  token.until = run.now + takes;
  token.began = run.givingBegun;
  run.givingBegun += 1;
  const next = run.giving;
  token.workPrevious = null;
  token.workNext = next;
  if (next !== null) next.workPrevious = token;
  run.giving = token;
  return token.until;
}

/** Work that gives way has ended, one way or another. */
export function endGiving(run: Run, token: Token): void {
  token.gives = 0;
  const before = token.workPrevious;
  const after = token.workNext;
  if (before === null) run.giving = after;
  else before.workNext = after;
  if (after !== null) after.workPrevious = before;
  token.workNext = null;
  token.workPrevious = null;
}

/** The end that is scheduled for a token does not come. */
export function cancelEnd(token: Token): void {
  token.cancelled++;
  token.due = -1;
}

/** Interrupts work: its own units go back, and it asks for them anew at the place of its first request, or is left. */
function interrupt(run: Run, token: Token): void {
  const code = run.code;
  const request = code[token.work + 1]!;
  const c = run.classes[code[request + 2]!]!;
  const gives = token.gives;
  token.left = (gives & GIVES_RESTARTED) !== 0 ? token.takes : token.until - run.now;
  endGiving(run, token);
  cancelEnd(token);
  for (let k = 0; k < c.needCount; k++) {
    giveBackSlot(run, token, code[request + 3]! + k);
    // What is used up is not used up again.
    if (c.needs[k]!.consumes) run.population.amount[token.needs + k] = 0;
  }
  if ((gives & GIVES_LEFT) !== 0) {
    const more = code[token.work + 2]!;
    token.pc = code[token.work + 2 + more - ((gives & GIVES_DEPENDS) !== 0 ? 1 : 0)]!;
    token.state = RUNNING;
    run.ready.push(token.place);
    return;
  }
  token.again = true;
  token.request = request;
  token.requestClass = c.index;
  token.pc = request + PENDING + 1 + code[request + PENDING]!;
  token.requestTime = run.now;
  token.givesUp = Infinity;
  enqueue(run, token, c);
  // It is looked at like any request that is made: what it can do with may be free already.
  for (let i = 0; i < c.poolCount; i++) {
    const pool = c.pools[i]!;
    if (pool.free() > 0) run.pools.markDirty(pool);
  }
}

/** Units of a pool that work keeps for itself. */
function unitsOf(run: Run, token: Token, pool: Pool): i32 {
  const request = run.code[token.work + 1]!;
  const c = run.classes[run.code[request + 2]!]!;
  const first = run.code[request + 3]!;
  let units = 0;
  for (let k = 0; k < c.needCount; k++) {
    let grant = run.population.kept(token, first + k);
    while (grant !== null) {
      if (grant.pool === pool) units += grant.units;
      grant = grant.next;
    }
  }
  return units;
}

/** Whether a token's work gives way before another's: the less urgent first, then what began last. */
function givesBefore(token: Token, other: Token | null): boolean {
  if (other === null || token.priority > other.priority) return true;
  return token.priority === other.priority && token.began > other.began;
}

/** The work that gives way first of that which keeps units of a pool; null for none. @param how one of GIVES_… */
function firstToGive(run: Run, pool: Pool, how: i32): Token | null {
  let best: Token | null = null;
  let token = run.giving;
  while (token !== null) {
    const able = (token.gives & how) !== 0 && !token.marked && token.until > run.now;
    if (able && givesBefore(token, best) && unitsOf(run, token, pool) > 0) best = token;
    token = token.workNext;
  }
  return best;
}

/** Whether a unit of a pool could be freed for a repair. */
export function freeForRepair(run: Run, pool: Pool): boolean {
  const token = firstToGive(run, pool, GIVES_INTERRUPTED);
  if (token !== null) interrupt(run, token);
  return pool.free() > 0;
}

/** A pool has fewer units than are in use: work gives way until it has not, then what may be handed over is. */
export function giveWay(run: Run, pool: Pool): void {
  while (pool.free() < 0) {
    const token = firstToGive(run, pool, GIVES_INTERRUPTED);
    if (token === null) break;
    interrupt(run, token);
  }
  let excess = -pool.free();
  const victims = run.victims;
  victims.count = 0;
  while (excess > 0) {
    const token = firstToGive(run, pool, GIVES_HANDED_OVER);
    if (token === null) break;
    token.marked = true;
    victims.push(token);
    excess -= unitsOf(run, token, pool);
  }
  for (let i = 0; i < victims.count; i++) victims.items[i]!.marked = false;
  for (let i = 0; i < victims.count; i++) handOver(run, victims.items[i]!, pool);
  victims.count = 0;
}

/** Frees or takes back, without a trace, what work keeps of the pools of a class. @param sign 1 or -1 */
function pretend(run: Run, token: Token, c: RequestClass, sign: i32): void {
  for (let i = 0; i < c.poolCount; i++) {
    const pool = c.pools[i]!;
    pool.busy -= sign * unitsOf(run, token, pool);
  }
}

/** The least urgent work that would free something for a request, is less urgent and not marked yet; null for none. */
function nextVictim(run: Run, token: Token, c: RequestClass): Token | null {
  let best: Token | null = null;
  let other = run.giving;
  while (other !== null) {
    const able = (other.gives & GIVES_INTERRUPTED) !== 0 && !other.marked && other.until > run.now;
    if (able && other.priority > token.priority && givesBefore(other, best) && keepsAny(run, other, c)) best = other;
    other = other.workNext;
  }
  return best;
}

function keepsAny(run: Run, token: Token, c: RequestClass): boolean {
  for (let i = 0; i < c.poolCount; i++) if (unitsOf(run, token, c.pools[i]!) > 0) return true;
  return false;
}

/**
 * Whether a request can be met by interrupting less urgent work, which is then done: the least urgent first, then what
 * began last, and none that turns out not to be needed.
 */
export function preempt(run: Run, token: Token, c: RequestClass): boolean {
  const victims = run.victims;
  victims.count = 0;
  let enough = false;
  while (!enough) {
    const victim = nextVictim(run, token, c);
    if (victim === null) break;
    victim.marked = true;
    victims.push(victim);
    pretend(run, victim, c, 1);
    enough = canHave(run, token, c);
  }
  // The last one was needed. Of the others the more urgent are spared first.
  for (let i = victims.count - 2; enough && i >= 0; i--) {
    const victim = victims.items[i]!;
    pretend(run, victim, c, -1);
    if (canHave(run, token, c)) victim.marked = false;
    else pretend(run, victim, c, 1);
  }
  for (let i = 0; i < victims.count; i++) {
    const victim = victims.items[i]!;
    if (victim.marked) pretend(run, victim, c, -1);
  }
  for (let i = 0; i < victims.count; i++) {
    const victim = victims.items[i]!;
    if (victim.marked && enough) interrupt(run, victim);
    victim.marked = false;
  }
  victims.count = 0;
  return enough && canHave(run, token, c);
}
