import { settleOwed } from './capacity.ts';
import { value } from './evaluator.ts';
import { canHave, dequeue, giveBackSlot, PENDING, take } from './holding.ts';
import { preempt } from './interruptions.ts';
import { noteWait } from './notes.ts';
import { RequestClass } from './queues.ts';
import { Run } from './run.ts';
import { f64, i32 } from './scalars.ts';
import { grantSeeker } from './seekers.ts';
import { OF_GROUP, OF_HANDOVER, OF_MOVE, OF_PATIENT, Token } from './tokens.ts';

/*
 * Who may have what, and who waits. There is a queue for each class of equal requests and each priority; a freed unit
 * looks at the queues that involve it in the order (priority, request).
 */

/** A request is met: takes the units, gives back what was only kept meanwhile, and remembers the wait. */
export function takeRequested(run: Run, token: Token, pc: i32): void {
  const code = run.code;
  const since = token.requestTime;
  take(run, token, run.classes[code[pc + 2]!]!, code[pc + 3]!, code[pc + 1]!);
  if (token.again) return;
  noteWait(run, token, pc, since);
  givePendingBack(run, token, pc);
}

/** Gives back what was only kept until a request was met. */
export function givePendingBack(run: Run, token: Token, pc: i32): void {
  const pending = run.code[pc + PENDING]!;
  for (let i = 0; i < pending; i++) giveBackSlot(run, token, run.code[pc + PENDING + 1 + i]!);
}

/** Someone in a queue gets what they wait for, and goes on after the patient who freed it. */
export function grant(run: Run, token: Token): void {
  if (token.role === OF_MOVE || token.role === OF_HANDOVER) {
    grantSeeker(run, token);
    return;
  }
  dequeue(run, token);
  token.givesUp = Infinity;
  takeRequested(run, token, token.request);
  run.ready.push(token.place);
}

/** Units that are owed to a repair or a conversion go there first, then those who wait are served in order of priority, then request. */
export function serveWaiting(run: Run): void {
  run.round++;
  serve(run, gather(run, 0));
}

/** Adds the classes with someone waiting for a pool that something was freed of; gives how many candidates there are now. */
function gather(run: Run, candidates: i32): i32 {
  const pools = run.pools;
  let count = candidates;
  for (let i = 0; i < pools.dirtyCount; i++) settleOwed(run, pools.dirty[i]!);
  for (let i = 0; i < pools.dirtyCount; i++) {
    const pool = pools.dirty[i]!;
    if (pool.free() <= 0) continue;
    const classes = pool.classes;
    for (let k = 0; k < classes.count; k++) count = addCandidate(run, run.classes[classes.at[k]!]!, count);
    const others = pool.otherClasses;
    for (let k = 0; k < others.count; k++) {
      const c = run.classes[others.at[k]!]!;
      // A pool may meet these only while others stand in.
      if (c.open) count = addCandidate(run, c, count);
    }
  }
  pools.clearDirty();
  return count;
}

/** A class is looked at from its first request on, also where that was passed over before: there is more to have now. */
function addCandidate(run: Run, c: RequestClass, count: i32): i32 {
  if (c.waiting === 0) return count;
  const listed = c.seen === run.round && c.cursor !== null;
  c.seen = run.round;
  if (c.dynamic) orderAnew(run, c);
  c.cursor = c.firstFrom(0);
  if (listed) return count;
  run.candidates[count] = c;
  return count + 1;
}

/** Works out the priorities of those who wait anew, and puts them into their order. */
function orderAnew(run: Run, c: RequestClass): void {
  let token = c.firstFrom(0);
  while (token !== null) {
    if (token.role === OF_PATIENT || token.role === OF_GROUP) token.priority = priorityNow(run, token);
    token = token.next;
  }
  c.sort();
}

/** The priority of a request that waits, by how long it has. */
function priorityNow(run: Run, token: Token): f64 {
  const own = run.code[token.request + 4]!;
  const patient = token.patient;
  const cohort = run.cohorts[patient.cohort]!;
  run.waitedSoFar = run.now - token.asked;
  run.subject = patient;
  const visits = own < 0 ? 0 : token.requestVisits;
  const priority = value(
    run,
    own < 0 ? cohort.priority : own,
    patient.number,
    patient.hash,
    visits,
    patient.attributes,
  );
  return isNaN(priority) ? 0 : priority;
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
    if (canHave(run, token, c) || (c.preempts && preempt(run, token, c))) grant(run, token);
    else if (c.uniform) next = null;
    c.cursor = next;
    if (next === null) {
      count--;
      run.candidates[best] = run.candidates[count]!;
    }
    // Whoever was served gave something back, or holds back others no longer: the next one in order may be one of those.
    if (run.pools.dirtyCount > 0) count = gather(run, count);
  }
}
