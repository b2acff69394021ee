import { Run, TRACE_END, TRACE_GIVE_UP, TRACE_REQUEST, TRACE_START } from './run.ts';
import { f64, i32 } from './scalars.ts';
import { Patient, Token } from './tokens.ts';

/*
 * What happens at activities, told to the recorder and the event log: for a patient, or for each member of a group.
 */

/** An activity is asked for, by each of a group. */
export function noteRequest(run: Run, token: Token, activity: i32): void {
  const group = token.group;
  if (group === null) {
    noteRequestOf(run, token.patient, activity);
    return;
  }
  let member = group.member;
  while (member !== null) {
    noteRequestOf(run, member.patient, activity);
    member = member.next;
  }
}

/** A patient asks for an activity. */
export function noteRequestOf(run: Run, patient: Patient, activity: i32): void {
  const hook = run.recorder.activities[activity]!.request;
  if (hook !== null) run.recorder.moment(hook, patient, run.now);
  if (run.tracing) run.log(patient, TRACE_REQUEST, activity);
}

/** A request was met, for each of a group. */
export function noteWait(run: Run, token: Token, pc: i32, since: f64): void {
  const site = run.code[pc + 9]!;
  const activity = run.code[pc + 1]!;
  const group = token.group;
  if (group === null) {
    run.recorder.waited(site, activity, token.patient, since, run.now);
    return;
  }
  let member = group.member;
  while (member !== null) {
    run.recorder.waited(site, activity, member.patient, since, run.now);
    member = member.next;
  }
}

/** A wait was given up, by each of a group. */
export function noteGiveUp(run: Run, token: Token, activity: i32): void {
  const group = token.group;
  if (group === null) {
    noteGiveUpOf(run, token.patient, activity);
    return;
  }
  let member = group.member;
  while (member !== null) {
    noteGiveUpOf(run, member.patient, activity);
    member = member.next;
  }
}

/** A patient gave up waiting. */
function noteGiveUpOf(run: Run, patient: Patient, activity: i32): void {
  if (run.recorder.active) run.recorder.activities[activity]!.gaveUp += 1;
  if (run.tracing) run.log(patient, TRACE_GIVE_UP, activity);
}

/** An activity began, for each of a group. */
export function noteStart(run: Run, token: Token, activity: i32): void {
  const group = token.group;
  if (group === null) {
    noteStartOf(run, token.patient, activity);
    return;
  }
  let member = group.member;
  while (member !== null) {
    noteStartOf(run, member.patient, activity);
    member = member.next;
  }
}

/** An activity began for a patient. */
function noteStartOf(run: Run, patient: Patient, activity: i32): void {
  run.recorder.started(activity, patient, run.now);
  if (run.tracing) run.log(patient, TRACE_START, activity);
}

/** An activity ended, for each of a group. */
export function noteEnd(run: Run, token: Token, activity: i32, since: f64): void {
  const group = token.group;
  if (group === null) {
    noteEndOf(run, token.patient, activity, since);
    return;
  }
  let member = group.member;
  while (member !== null) {
    noteEndOf(run, member.patient, activity, since);
    member = member.next;
  }
}

/** An activity ended for a patient. */
export function noteEndOf(run: Run, patient: Patient, activity: i32, since: f64): void {
  run.recorder.ended(activity, patient, since, run.now);
  if (run.tracing) run.log(patient, TRACE_END, activity);
}
