import { renewPriority, valueFor } from './evaluator.ts';
import { FAULT_WORK_TIME } from './faults.ts';
import { beginGiving, endGiving } from './interruptions.ts';
import { noteEnd, noteStart } from './notes.ts';
import { Run } from './run.ts';
import { f64, i32 } from './scalars.ts';
import { Patient, Token } from './tokens.ts';

/** Begins an activity's work; gives the time at which it ends. */
export function beginWork(run: Run, token: Token, pc: i32): f64 {
  return run.now + workTime(run, token, pc);
}

/** How long the work takes that begins now. */
function workTime(run: Run, token: Token, pc: i32): f64 {
  const code = run.code;
  const patient = token.patient;
  const activity = code[pc + 1]!;
  const visit = code[pc + 3]!;
  const copy = code[pc + 4]!;
  let takes = valueFor(run, code[pc + 2]!, patient, visit, copy);
  const costs = code[pc + 5]!;
  for (let i = 0; i < costs; i++) run.recorder.spent(valueFor(run, code[pc + 6 + i]!, patient, visit, copy));
  run.countVisit(patient, visit);
  if (isNaN(takes)) run.fail(FAULT_WORK_TIME, activity, 0);
  if (takes < 0) {
    run.recorder.activities[activity]!.negative += 1;
    takes = 0;
  }
  if (token.slowed === activity) takes = takes / token.speed;
  token.workStart = run.now;
  noteStart(run, token, activity);
  return takes;
}

/** Begins work that gives way, or goes on with it after an interruption; gives the time at which it ends. */
export function beginGivingWork(run: Run, token: Token, pc: i32): f64 {
  const takes = token.again ? token.left : workTime(run, token, pc);
  token.again = false;
  return beginGiving(run, token, pc + 6 + run.code[pc + 5]!, takes);
}

/** Begins to wait for the next of given instants; gives when that is, or Infinity. */
export function beginWait(run: Run, token: Token, pc: i32): f64 {
  const from = run.code[pc + 2]!;
  const count = run.code[pc + 3]!;
  token.workStart = run.now;
  noteStart(run, token, run.code[pc + 1]!);
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (run.constants[from + middle]! < run.now) low = middle + 1;
    else high = middle;
  }
  return low < count ? run.constants[from + low]! : Infinity;
}

/** Gives an attribute another value; in a group that of every member. */
export function setAttribute(run: Run, token: Token, pc: i32): void {
  const group = token.group;
  if (group === null) {
    setFor(run, token.patient, pc);
    return;
  }
  let member = group.member;
  while (member !== null) {
    setFor(run, member.patient, pc);
    member = member.next;
  }
}

function setFor(run: Run, patient: Patient, pc: i32): void {
  const code = run.code;
  const visit = code[pc + 3]!;
  const value = valueFor(run, code[pc + 2]!, patient, visit, code[pc + 4]!);
  run.countVisit(patient, visit);
  run.population.attribute[patient.attributes + code[pc + 1]!] = value;
  if (run.cohorts[patient.cohort]!.steady) renewPriority(run, patient);
}

/** Ends an activity. @param register that holds its start; -1 where the token itself has it */
export function endWork(run: Run, token: Token, activity: i32, register: i32): void {
  const since = register < 0 ? token.workStart : token.registers[register]!;
  if (token.gives !== 0) endGiving(run, token);
  noteEnd(run, token, activity, since);
}

/** A uniform number for a patient. @param what hash of what it is drawn for */
function uniformFor(run: Run, token: Token, what: i32, visit: i32, copy: i32): f64 {
  const patient = token.patient;
  run.random.address(patient.number, patient.hash, what, run.visitsOf(patient, visit, copy));
  return run.random.uniform();
}

/** The word at which a choice by shares goes on. */
export function chooseShare(run: Run, token: Token, pc: i32): i32 {
  const code = run.code;
  const visit = code[pc + 3]!;
  const copy = code[pc + 4]!;
  let u = uniformFor(run, token, code[pc + 2]!, visit, copy);
  const n = code[pc + 6]!;
  let to = code[pc + 5]!;
  for (let i = 0; i < n; i++) {
    u -= valueFor(run, code[pc + 7 + 2 * i]!, token.patient, visit, copy);
    if (u < 0) {
      to = code[pc + 8 + 2 * i]!;
      break;
    }
  }
  run.countVisit(token.patient, visit);
  return to;
}

/** The word at which a choice by an attribute goes on. */
export function chooseMatch(run: Run, token: Token, pc: i32): i32 {
  const code = run.code;
  const value = run.population.attribute[token.patient.attributes + code[pc + 1]!]!;
  let at = pc + 4;
  for (let branch = code[pc + 3]!; branch > 0; branch--) {
    const n = code[at + 1]!;
    for (let i = 0; i < n; i++) if (code[at + 2 + i]! === value) return code[at]!;
    at += 2 + n;
  }
  return code[pc + 2]!;
}

/** Begins to count rounds; whether there is one to make. */
export function beginRounds(run: Run, token: Token, pc: i32): boolean {
  const code = run.code;
  const visit = code[pc + 3]!;
  const times: f64 = code[pc + 2]! < 0 ? Infinity : valueFor(run, code[pc + 2]!, token.patient, visit, code[pc + 4]!);
  run.countVisit(token.patient, visit);
  const register = token.registers;
  const at = code[pc + 1]!;
  register[at] = 0;
  register[at + 1] = isNaN(times) ? 0 : Math.round(times);
  register[at + 2] = run.now;
  return register[at + 1]! > 0;
}

/** When the next round begins; NaN when there is none. */
export function again(run: Run, token: Token, pc: i32): f64 {
  const code = run.code;
  const patient = token.patient;
  const register = token.registers;
  const at = code[pc + 1]!;
  const visit = code[pc + 5]!;
  const copy = code[pc + 6]!;
  const rounds = register[at]! + 1;
  register[at] = rounds;
  if (rounds >= register[at + 1]!) return NaN;
  const until = code[pc + 2]!;
  const shareCode = code[pc + 3]!;
  const every = code[pc + 4]!;
  let goes = until < 0 || valueFor(run, until, patient, visit, copy) === 0;
  const share: f64 = shareCode < 0 ? 1 : valueFor(run, shareCode, patient, visit, copy);
  if (goes && shareCode >= 0) goes = uniformFor(run, token, code[pc + 8]!, visit, copy) < share;
  const gap: f64 = goes && every >= 0 ? valueFor(run, every, patient, visit, copy) : 0;
  run.countVisit(patient, visit);
  if (!goes) return NaN;
  const next = register[at + 2]! + gap;
  register[at + 2] = every >= 0 ? next : run.now;
  return next;
}
