import { basePriority, valueFor } from './evaluator.ts';
import { canHave, dequeue, enqueue, giveBackGrants, removeSeeker, take } from './holding.ts';
import { Grant, Pool, Target } from './pools.ts';
import { RequestClass } from './queues.ts';
import { Run } from './run.ts';
import { f64, i32 } from './scalars.ts';
import { OF_HANDOVER, OF_MOVE, Token } from './tokens.ts';

/*
 * Requests that wait beside what goes on: to move to another bed, to hand work over. Each is a token of its own in the
 * queues. When it is met, units are exchanged in the slot of its owner.
 */

/** `moves to … when free`: asks for the target unless the slot keeps that already. */
export function moveWhenFree(run: Run, token: Token, pc: i32): void {
  const code = run.code;
  const c = run.classes[code[pc + 2]!]!;
  const slot = code[pc + 3]!;
  const own = code[pc + 4]!;
  const priority =
    own < 0 ? basePriority(run, token.patient) : valueFor(run, own, token.patient, code[pc + 5]!, code[pc + 6]!);
  run.countVisit(token.patient, code[pc + 5]!);
  const units = unitsToChange(run, token, slot, null, c.needs[0]!.targets[0]!);
  if (units === 0) return;
  const order = run.orders;
  run.orders += 1;
  seek(run, token, OF_MOVE, c, slot, units, isNaN(priority) ? 0 : priority, order, null);
}

/** Asks for somebody else to go on with work, at the place of its first request, for all its units of a pool. */
export function handOver(run: Run, token: Token, pool: Pool): void {
  const code = run.code;
  const request = code[token.work + 1]!;
  const first = code[request + 3]!;
  const needs = run.classes[code[request + 2]!]!.needCount;
  for (let k = 0; k < needs; k++) {
    const c = run.classes[code[token.work + 3 + k]!]!;
    const units = unitsToChange(run, token, first + k, pool, c.needs[0]!.targets[0]!);
    if (units === 0 || isSought(token, first + k, pool)) continue;
    seek(run, token, OF_HANDOVER, c, first + k, units, token.priority, token.order, pool);
  }
}

function isSought(token: Token, slot: i32, pool: Pool): boolean {
  let seeker = token.seeker;
  while (seeker !== null) {
    if (seeker.sought === slot && seeker.leaves === pool) return true;
    seeker = seeker.nextSeeker;
  }
  return false;
}

/** Whether a grant is to be exchanged: one of a pool, or any that is not of the target. */
function changes(grant: Grant, leaves: Pool | null, target: Target): boolean {
  return leaves === null ? !target.has(grant.pool) : grant.pool === leaves;
}

function unitsToChange(run: Run, token: Token, slot: i32, leaves: Pool | null, target: Target): i32 {
  let units = 0;
  let grant = run.population.kept(token, slot);
  while (grant !== null) {
    if (changes(grant, leaves, target)) units += grant.units;
    grant = grant.next;
  }
  return units;
}

function seek(
  run: Run,
  owner: Token,
  role: i32,
  c: RequestClass,
  slot: i32,
  units: i32,
  priority: f64,
  order: f64,
  leaves: Pool | null,
): void {
  const seeker = run.population.addToken(owner.patient, 0, owner);
  seeker.role = role;
  seeker.requestClass = c.index;
  seeker.priority = priority;
  seeker.order = order;
  seeker.requestTime = run.now;
  seeker.asked = run.now;
  seeker.givesUp = Infinity;
  seeker.sought = slot;
  seeker.leaves = leaves;
  seeker.nextSeeker = owner.seeker;
  owner.seeker = seeker;
  run.population.amount[seeker.needs] = units;
  run.population.keep[seeker.needs] = 0;
  if (canHave(run, seeker, c)) exchange(run, seeker, c);
  else enqueue(run, seeker, c);
}

/** A seeker in a queue gets what it waits for. */
export function grantSeeker(run: Run, seeker: Token): void {
  dequeue(run, seeker);
  exchange(run, seeker, run.classes[seeker.requestClass]!);
}

/** Takes the new units into the slot of the owner, and gives the old ones back. */
function exchange(run: Run, seeker: Token, c: RequestClass): void {
  const owner = seeker.parent!;
  const population = run.population;
  const slot = seeker.sought;
  let activity = 0;
  let kept: Grant | null = null;
  let old: Grant | null = null;
  let grant = population.kept(owner, slot);
  while (grant !== null) {
    const next: Grant | null = grant.next;
    activity = grant.activity;
    if (changes(grant, seeker.leaves, c.needs[0]!.targets[0]!)) {
      grant.next = old;
      old = grant;
    } else {
      grant.next = kept;
      kept = grant;
    }
    grant = next;
  }
  population.keepIn(owner, slot, null);
  take(run, seeker, c, 0, activity);
  // What was taken lies in the seeker's own slot, from where it goes to the owner's.
  let taken = population.kept(seeker, 0);
  population.keepIn(seeker, 0, null);
  while (taken !== null) {
    const next: Grant | null = taken.next;
    taken.next = kept;
    kept = taken;
    taken = next;
  }
  population.keepIn(owner, slot, kept);
  giveBackGrants(run, owner, old);
  removeSeeker(run, owner, seeker);
}
