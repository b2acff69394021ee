/* eslint-disable @typescript-eslint/prefer-for-of -- these loops run for every event: a counted one over a typed array makes no iterator */
import { wholeAmount } from '../program/assemble.js';
import { repairOwed } from './capacity.js';
import { CLASS_PATIENCE } from './event-heap.js';
import { EVENT_PATIENCE, KINDS } from './events.js';
import { WAITING } from './population.js';
import { measureOf, type RunState } from './run-state.js';

/** Offset of the pending slots' count in a request's words. */
export const PENDING = 10;

/**
 * Asks for what an activity needs: takes it when it is free, else waits.
 * @param pc word of the request
 * @returns whether the token goes on at once
 */
export function makeRequest(run: RunState, token: number, pc: number): boolean {
  const { code } = run.program;
  const { population, recorder } = run;
  const patient = population.patient[token]!;
  const activity = code[pc + 1]!;
  const hook = recorder.table.request[activity];
  if (hook !== undefined) recorder.moment(hook, patient, run.now);
  if (run.trace !== undefined) run.log(patient, 'request', run.idOf(activity));
  const c = code[pc + 2]!;
  if (c < 0) {
    recorder.waited(code[pc + 9]!, activity, patient, run.now, run.now);
    // With nothing to wait for, what was still kept goes back.
    const pending = code[pc + PENDING]!;
    for (let i = 0; i < pending; i++) giveBackSlot(run, token, code[pc + PENDING + 1 + i]!);
    if (run.pools.dirtyCount > 0) serveWaiting(run);
    return true;
  }
  const visit = code[pc + 7]!;
  const copy = code[pc + 8]!;
  const own = code[pc + 4]!;
  const patience = code[pc + 5]!;
  const priority = own < 0 ? run.basePriority(patient) : run.value(own, token, visit, copy);
  const limit = patience < 0 ? Number.POSITIVE_INFINITY : run.value(patience, token, visit, copy);
  prepare(run, token, pc, Number.isNaN(priority) ? 0 : priority);
  if (run.queues.canHave(token)) {
    takeUnits(run, token, pc);
    if (run.pools.dirtyCount > 0) serveWaiting(run);
    return true;
  }
  population.request[token] = pc;
  population.pc[token] = pc + PENDING + 1 + code[pc + PENDING]!;
  run.queues.enqueue(token, run.now);
  const deadline = limit >= 0 ? run.now + limit : run.now;
  population.deadline[token] = deadline;
  if (deadline < run.end) run.heap.push(deadline, CLASS_PATIENCE, token * KINDS + EVENT_PATIENCE);
  return false;
}

/** As makeRequest, without waiting: whether the units were free and are taken. */
export function tryRequest(run: RunState, token: number, pc: number): boolean {
  const { code } = run.program;
  const { population, recorder } = run;
  const patient = population.patient[token]!;
  if (code[pc + 2] === -1) return true;
  prepare(run, token, pc, run.basePriority(patient));
  if (!run.queues.canHave(token)) {
    unkeep(run, token, pc);
    return false;
  }
  const activity = code[pc + 1]!;
  const hook = recorder.table.request[activity];
  if (hook !== undefined) recorder.moment(hook, patient, run.now);
  if (run.trace !== undefined) run.log(patient, 'request', run.idOf(activity));
  takeUnits(run, token, pc);
  if (run.pools.dirtyCount > 0) serveWaiting(run);
  return true;
}

/** Works out what a request wants; units of pending slots that it can keep are counted as kept. */
function prepare(run: RunState, token: number, pc: number, priority: number): void {
  const { code, classNeeds, needAmount, needAmountCode } = run.program;
  const { population } = run;
  const c = code[pc + 2]!;
  run.queues.register(token, c, priority, run.now);
  const from = classNeeds[c]!;
  const to = classNeeds[c + 1]!;
  const base = token * population.needs;
  const visit = code[pc + 7]!;
  for (let need = from; need < to; need++) {
    let amount = needAmount[need]!;
    if (amount < 0) {
      const value = run.value(needAmountCode[need]!, token, visit, code[pc + 8]!);
      amount = wholeAmount(Number.isNaN(value) ? 0 : value);
    }
    population.amount[base + need - from] = amount;
    population.keep[base + need - from] = 0;
  }
  if (code[pc + PENDING]! > 0) keepPending(run, token, pc, from, to);
  run.countVisit(token, visit);
}

/** The same resource is kept, not asked for again: its units move to the new slot at once. */
function keepPending(run: RunState, token: number, pc: number, from: number, to: number): void {
  const { code, needTargets, targetPools } = run.program;
  const { population, pools } = run;
  const slots = token * population.slots;
  const base = token * population.needs;
  const pending = code[pc + PENDING]!;
  for (let need = from; need < to; need++) {
    const targets = needTargets[need]!;
    for (let t = 0; t < targets.length; t++) {
      if (population.amount[base + need - from] === 0) break;
      const members = targetPools[targets[t]!]!;
      for (let i = 0; i < pending; i++) {
        let grant = population.slot[slots + code[pc + PENDING + 1 + i]!]!;
        while (grant >= 0) {
          const pool = pools.grantPool[grant]!;
          const wanted = population.amount[base + need - from]!;
          const units = Math.min(wanted, pools.grantUnits[grant]!);
          if (units > 0 && members.includes(pool)) {
            population.amount[base + need - from] = wanted - units;
            population.keep[base + need - from] = population.keep[base + need - from]! + units;
            pools.settle(grant, units, run.now);
            const place = slots + code[pc + 3]! + need - from;
            population.slot[place] = pools.link(pool, units, code[pc + 1]!, population.slot[place]!, run.now);
            pools.grantUnits[grant] = pools.grantUnits[grant]! - units;
          }
          grant = pools.grantNext[grant]!;
        }
      }
    }
  }
}

/** A request that was not met leaves the units that it would have kept where they were. */
function unkeep(run: RunState, token: number, pc: number): void {
  const { code, classNeeds } = run.program;
  const { population, pools } = run;
  if (code[pc + PENDING] === 0) return;
  const c = code[pc + 2]!;
  const needs = classNeeds[c + 1]! - classNeeds[c]!;
  const back = token * population.slots + code[pc + PENDING + 1]!;
  for (let need = 0; need < needs; need++) {
    const place = token * population.slots + code[pc + 3]! + need;
    let grant = population.slot[place]!;
    population.slot[place] = -1;
    while (grant >= 0) {
      const next = pools.grantNext[grant]!;
      pools.grantNext[grant] = population.slot[back]!;
      population.slot[back] = grant;
      grant = next;
    }
  }
}

/** A request is met: takes the units, gives back what was only kept meanwhile, and remembers the wait. */
function takeUnits(run: RunState, token: number, pc: number): void {
  const { code } = run.program;
  const { population, recorder, now } = run;
  const patient = population.patient[token]!;
  const activity = code[pc + 1]!;
  const since = population.requestTime[token]!;
  run.queues.take(token, code[pc + 3]!, activity, now);
  recorder.waited(code[pc + 9]!, activity, patient, since, now);
  const pending = code[pc + PENDING]!;
  for (let i = 0; i < pending; i++) giveBackSlot(run, token, code[pc + PENDING + 1 + i]!);
}

/** Someone in a queue gets what they wait for, and goes on after the patient who freed it. */
export function grant(run: RunState, token: number): void {
  const pc = run.population.request[token]!;
  run.queues.dequeue(token, run.program.code[pc + 9]!, run.now);
  run.population.deadline[token] = Number.POSITIVE_INFINITY;
  takeUnits(run, token, pc);
  run.ready.push(token);
}

/** The limit of a wait has come; whether the token goes on without what it asked for. */
export function giveUp(run: RunState, token: number): boolean {
  const { population } = run;
  // Whoever was served, left or asked for something else since has another deadline or none.
  if (population.state[token] !== WAITING || population.deadline[token] !== run.now) return false;
  if (population.patient[token]! < 0) return false;
  const pc = population.request[token]!;
  const { code } = run.program;
  run.queues.dequeue(token, code[pc + 9]!, run.now);
  population.deadline[token] = Number.POSITIVE_INFINITY;
  unkeep(run, token, pc);
  const activity = code[pc + 1]!;
  if (run.recorder.active) run.recorder.gaveUp[activity] = run.recorder.gaveUp[activity]! + 1;
  if (run.trace !== undefined) run.log(population.patient[token]!, 'give up', run.idOf(activity));
  population.pc[token] = code[pc + 6]!;
  if (run.pools.dirtyCount > 0) serveWaiting(run);
  return true;
}

/** Gives back what a slot of a token keeps. */
export function giveBackSlot(run: RunState, token: number, slot: number): void {
  const place = token * run.population.slots + slot;
  const first = run.population.slot[place]!;
  if (first < 0) return;
  run.population.slot[place] = -1;
  run.pools.giveBack(first, run.now);
}

/** Units that are owed to a repair go there first, then those who wait are served. */
export function serveWaiting(run: RunState): void {
  const { pools } = run;
  for (let i = 0; i < pools.dirtyCount; i++) repairOwed(run, pools.dirty[i]!);
  run.queues.serve();
}

/** The word of the option with the fewest in use and waiting beyond its capacity; ties go to the first. */
export function leastBusy(run: RunState, pc: number): number {
  const { census } = run.recorder;
  const { code } = run.program;
  let best = code[pc + 2]!;
  let least = Number.POSITIVE_INFINITY;
  let at = pc + 2;
  for (let option = code[pc + 1]!; option > 0; option--) {
    const n = code[at + 1]!;
    let load = 0;
    for (let i = 0; i < n; i++) {
      const f = code[at + 2 + i]!;
      load += measureOf(census, 0, f) + measureOf(census, 1, f) - measureOf(census, 4, f);
    }
    if (load < least) {
      least = load;
      best = code[at]!;
    }
    at += 2 + n;
  }
  return best;
}
