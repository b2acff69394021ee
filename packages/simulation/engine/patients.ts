import { renewPriority, value, wholeAmount } from './evaluator.ts';
import { FAULT_PATIENTS } from './faults.ts';
import { ARRIVE_BY_APPOINTMENT, Cohort, Run, TRACE_ARRIVE } from './run.ts';
import { i32 } from './scalars.ts';
import { Patient, Token } from './tokens.ts';

/*
 * How patients come to be.
 */

/** 2³² divided by the golden ratio, as a number with a sign: as it is odd, a cohort's members all have hashes of their own. */
const NEXT_MEMBER: i32 = -1640531527;

/** The number of the cohort's next patient. */
export function numberOf(cohort: Cohort): i32 {
  if (cohort.kind === ARRIVE_BY_APPOINTMENT) return cohort.numbers[cohort.taken - 1]!;
  cohort.count++;
  return cohort.firstNumber + cohort.count - 1;
}

/** How many come together with the number of an arrival. @param hash by which their luck goes */
export function sizeOf(run: Run, cohort: Cohort, number: i32, hash: i32): i32 {
  return cohort.group < 0 ? 1 : wholeAmount(value(run, cohort.group, number, hash, 0, 0));
}

/** Members of a group share its number and differ in the hash: the first has that of whoever comes alone. */
export function nextMember(hash: i32): i32 {
  return (hash + NEXT_MEMBER) | 0;
}

/** What the event log calls the next member of a group that has a number. */
export function labelOf(cohort: Cohort, number: i32): i32 {
  if (cohort.group < 0) return number;
  cohort.people++;
  return cohort.firstNumber + cohort.people - 1;
}

/** Tells that somebody arrived. */
export function noteArrival(run: Run, token: Token): void {
  const hook = run.recorder.arrival;
  if (hook !== null) run.recorder.moment(hook, token.patient, run.now);
  if (run.tracing) run.log(token.patient, TRACE_ARRIVE, -1);
}

/** A patient at a word of the program. @param hash by which their luck goes */
export function createAt(run: Run, cohort: Cohort, hash: i32, number: i32, flow: i32, word: i32): Token {
  const population = run.population;
  if (population.isFull()) run.fail(FAULT_PATIENTS, 0, 0);
  const patient = population.addPatient(number, cohort.index, hash, flow, run.now);
  run.row = number;
  if (cohort.attributes.count > 0) drawAttributes(run, cohort, patient);
  const token = population.addToken(patient, word, null);
  if (isNaN(cohort.constantPriority)) renewPriority(run, patient);
  else patient.priority = cohort.constantPriority;
  token.priority = patient.priority;
  run.recorder.arrived(flow, run.now);
  return token;
}

/** Works out what a patient is like. */
function drawAttributes(run: Run, cohort: Cohort, patient: Patient): void {
  const attributes = cohort.attributes;
  const first = patient.attributes;
  for (let i = 0; i < attributes.count; i += 2) {
    const drawn = value(run, attributes.at[i + 1]!, patient.number, patient.hash, 0, first);
    run.population.attribute[first + attributes.at[i]!] = drawn;
  }
}
