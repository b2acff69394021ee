import { SimulationError } from '../errors.js';
import { RUNNING } from './population.js';
import { giveBackSlot, serveWaiting } from './requests.js';
import type { RunState } from './run-state.js';

/** Begins an activity's work; gives the time at which it ends. @throws SimulationError when that is not a number */
export function beginWork(run: RunState, token: number, pc: number): number {
  const { code } = run.program;
  const { population, recorder } = run;
  const patient = population.patient[token]!;
  const activity = code[pc + 1]!;
  const visit = code[pc + 3]!;
  const copy = code[pc + 4]!;
  let takes = run.value(code[pc + 2]!, token, visit, copy);
  const costs = code[pc + 5]!;
  for (let i = 0; i < costs; i++) recorder.spent(run.value(code[pc + 6 + i]!, token, visit, copy));
  run.countVisit(token, visit);
  if (Number.isNaN(takes)) {
    const { title, origin } = run.program.input.activities[activity]!;
    throw new SimulationError(
      `The time that ${title} takes is not a number: look for an attribute that this patient's cohort does not have, or a division by 0.`,
      origin,
    );
  }
  if (takes < 0) {
    run.negative.set(activity, (run.negative.get(activity) ?? 0) + 1);
    takes = 0;
  }
  population.workStart[token] = run.now;
  recorder.started(activity);
  const hook = recorder.table.start[activity];
  if (hook !== undefined) recorder.moment(hook, patient, run.now);
  if (run.trace !== undefined) run.log(patient, 'start', run.idOf(activity));
  return run.now + takes;
}

/** Ends an activity. @param register that holds its start; -1 where the token itself has it */
export function endWork(run: RunState, token: number, activity: number, register: number): void {
  const { population, recorder } = run;
  const since =
    register < 0 ? population.workStart[token]! : population.register[token * population.registers + register]!;
  recorder.ended(activity, since, run.now);
  const hook = recorder.table.end[activity];
  if (hook !== undefined) recorder.moment(hook, population.patient[token]!, run.now);
  if (run.trace !== undefined) run.log(population.patient[token]!, 'end', run.idOf(activity));
}

/** The word at which a choice by shares goes on. */
export function chooseShare(run: RunState, token: number, pc: number): number {
  const { code } = run.program;
  const { population } = run;
  const patient = population.patient[token]!;
  const visit = code[pc + 3]!;
  const copy = code[pc + 4]!;
  const place = patient * population.visitSlots + visit;
  const visits = (visit < 0 ? 0 : population.visits[place]!) + copy * 65_536;
  run.random.address(
    population.number[patient]!,
    run.program.cohortHash[population.cohort[patient]!]!,
    code[pc + 2]!,
    visits,
  );
  let u = run.random.uniform();
  const n = code[pc + 6]!;
  let to = code[pc + 5]!;
  for (let i = 0; i < n; i++) {
    u -= run.value(code[pc + 7 + 2 * i]!, token, visit, copy);
    if (u < 0) {
      to = code[pc + 8 + 2 * i]!;
      break;
    }
  }
  run.countVisit(token, visit);
  return to;
}

/** The word at which a choice by an attribute goes on. */
export function chooseMatch(run: RunState, token: number, pc: number): number {
  const { code } = run.program;
  const { population } = run;
  const patient = population.patient[token]!;
  const value = population.attribute[patient * population.attributeCount + code[pc + 1]!]!;
  let at = pc + 4;
  for (let branch = code[pc + 3]!; branch > 0; branch--) {
    const n = code[at + 1]!;
    for (let i = 0; i < n; i++) if (code[at + 2 + i] === value) return code[at]!;
    at += 2 + n;
  }
  return code[pc + 2]!;
}

/** When the next round begins; NaN when there is none. */
export function again(run: RunState, token: number, pc: number): number {
  const { code } = run.program;
  const { population } = run;
  const register = token * population.registers + code[pc + 1]!;
  const visit = code[pc + 5]!;
  const copy = code[pc + 6]!;
  const rounds = population.register[register]! + 1;
  population.register[register] = rounds;
  if (rounds >= population.register[register + 1]!) return Number.NaN;
  const until = code[pc + 2]!;
  const shareCode = code[pc + 3]!;
  const every = code[pc + 4]!;
  const done = until >= 0 && run.value(until, token, visit, copy) !== 0;
  const share = shareCode < 0 ? 1 : run.value(shareCode, token, visit, copy);
  let goes = !done;
  if (goes && shareCode >= 0) {
    const patient = population.patient[token]!;
    const visits = visit < 0 ? 0 : population.visits[patient * population.visitSlots + visit]!;
    run.random.address(
      population.number[patient]!,
      run.program.cohortHash[population.cohort[patient]!]!,
      code[pc + 8]!,
      visits + copy * 65_536,
    );
    goes = run.random.uniform() < share;
  }
  const gap = goes && every >= 0 ? run.value(every, token, visit, copy) : 0;
  run.countVisit(token, visit);
  if (!goes) return Number.NaN;
  const next = population.register[register + 2]! + gap;
  population.register[register + 2] = every >= 0 ? next : run.now;
  return next;
}

/** A branch ends. The last one lets the token that forked go on, or leave where the patient finished in a branch. */
export function join(run: RunState, token: number): void {
  const { population } = run;
  giveBackAll(run, token);
  const parent = population.parent[token]!;
  const finished = population.outcome[population.patient[token]!]! >= 0;
  removeToken(run, token);
  population.branches[parent] = population.branches[parent]! - 1;
  if (population.branches[parent] === 0) {
    if (!finished) run.branches.push(parent);
    else if (population.parent[parent] === -1) leave(run, parent);
    else join(run, parent);
  }
  if (run.pools.dirtyCount > 0) serveWaiting(run);
}

function giveBackAll(run: RunState, token: number): void {
  const { slots, slot } = run.population;
  for (let i = 0; i < slots; i++) if (slot[token * slots + i]! >= 0) giveBackSlot(run, token, i);
}

/** A patient leaves with all that they keep given back. */
export function leave(run: RunState, token: number): void {
  const { population, recorder } = run;
  const patient = population.patient[token]!;
  giveBackAll(run, token);
  if (recorder.table.exit !== undefined) recorder.moment(recorder.table.exit, patient, run.now);
  recorder.left(patient, run.now);
  if (run.trace !== undefined) {
    run.log(patient, 'finish', run.program.input.outcomes[population.outcome[patient]!] ?? '');
  }
  removeToken(run, token);
  population.removePatient(patient);
  if (run.pools.dirtyCount > 0) serveWaiting(run);
}

function removeToken(run: RunState, token: number): void {
  run.population.deadline[token] = Number.POSITIVE_INFINITY;
  run.population.state[token] = RUNNING;
  run.population.removeToken(token);
}
