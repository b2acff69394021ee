import { renewPriority, value } from './evaluator.ts';
import { FAULT_PATIENTS } from './faults.ts';
import { ARRIVE_BY_APPOINTMENT, Cohort, Run, TRACE_ARRIVE } from './run.ts';
import { i32 } from './scalars.ts';
import { Token } from './tokens.ts';

/*
 * How patients come to be.
 */

/** The number of the cohort's next patient. */
export function numberOf(cohort: Cohort): i32 {
  if (cohort.kind === ARRIVE_BY_APPOINTMENT) return cohort.numbers[cohort.taken - 1]!;
  cohort.count++;
  return cohort.firstNumber + cohort.count - 1;
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
  const attributes = cohort.attributes;
  run.row = number;
  for (let i = 0; i < attributes.count; i += 2) {
    const drawn = value(run, attributes.at[i + 1]!, number, hash, 0, patient.attributes);
    population.attribute[patient.attributes + attributes.at[i]!] = drawn;
  }
  const token = population.addToken(patient, word, null);
  if (isNaN(cohort.constantPriority)) renewPriority(run, patient);
  else patient.priority = cohort.constantPriority;
  token.priority = patient.priority;
  run.recorder.arrived(flow, run.now);
  return token;
}
