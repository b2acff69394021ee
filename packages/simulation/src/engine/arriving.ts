/* eslint-disable @typescript-eslint/prefer-for-of -- these loops run for every event: a counted one over a typed array makes no iterator */
import { SimulationError } from '../errors.js';
import { wholeAmount } from '../program/assemble.js';
import { exponential } from '../random/ziggurat.js';
import { listedTimes } from './arrivals.js';
import { CLASS_ARRIVAL } from './event-heap.js';
import { EVENT_ARRIVAL, EVENT_ENTER, KINDS } from './events.js';
import { interpret } from './interpreter.js';
import type { RunState } from './run-state.js';

const ARRIVAL_STREAM = 0x41525256;

/** Schedules the next arrival of a cohort. */
export function scheduleArrival(run: RunState, cohort: number): void {
  const { arrivals, origin, title } = run.program.input.cohorts[cohort]!;
  let time: number;
  switch (arrivals.kind) {
    case 'none':
      return;
    case 'poisson': {
      const count = run.cohortCount[cohort]!;
      run.random.address(count, run.program.cohortHash[cohort]!, ARRIVAL_STREAM, 0);
      time = run.clocks[cohort]!.next(exponential(run.random), run.end);
      break;
    }
    case 'renewal': {
      const count = run.cohortCount[cohort]!;
      const first = run.program.cohortFirst[cohort]!;
      const code = count === 0 && first >= 0 ? first : run.program.cohortArrival[cohort]!;
      const gap = run.evaluator.value(code, count, run.program.cohortHash[cohort]!, 0, run.population.attribute, 0);
      if (Number.isNaN(gap)) throw new SimulationError(`A time between arrivals of ${title} is not a number.`, origin);
      time = run.cohortTime[cohort]! + Math.max(0, gap);
      run.cohortTime[cohort] = time;
      break;
    }
    default: {
      const index = run.listIndex[cohort]!;
      const list = listedTimes(arrivals);
      if (index >= list.length) return;
      run.listIndex[cohort] = index + 1;
      time = list[index]!;
    }
  }
  if (time < run.end) run.heap.push(time, CLASS_ARRIVAL, cohort * KINDS + EVENT_ARRIVAL);
}

/** All who arrive at this instant are made first, and enter in the order of their priorities, then of declaration. */
export function arrive(run: RunState, cohort: number): void {
  const { arrivals, entries } = run.program.input.cohorts[cohort]!;
  if (arrivals.kind !== 'batch' && entries.length === 1) {
    // Nearly always one arrives alone, and goes in at once.
    const token = createPatient(run, cohort, numberOf(run, cohort), entries[0]!.flow, entries[0]!.instruction);
    scheduleArrival(run, cohort);
    if (run.heap.firstTime() > run.now) interpret(run, token);
    else enterInOrder(run, [token]);
    return;
  }
  const tokens = createArrivals(run, cohort);
  scheduleArrival(run, cohort);
  enterInOrder(run, tokens);
}

function enterInOrder(run: RunState, tokens: number[]): void {
  const others: number[] = [];
  while (run.heap.firstTime() === run.now) {
    const what = run.heap.take();
    if (what % KINDS !== EVENT_ARRIVAL) {
      others.push(what);
      continue;
    }
    const other = Math.floor(what / KINDS);
    for (const token of createArrivals(run, other)) tokens.push(token);
    scheduleArrival(run, other);
    if (tokens.length > run.limits.instant) throw endlessArrivals(run, other);
  }
  const { priority, patient, cohort: cohorts } = run.population;
  // Sorting is stable: within a cohort the order of arrival remains.
  tokens.sort((a, b) => priority[a]! - priority[b]! || cohorts[patient[a]!]! - cohorts[patient[b]!]!);
  for (const what of others) run.heap.push(run.now, CLASS_ARRIVAL, what);
  for (const token of tokens) run.heap.push(run.now, CLASS_ARRIVAL, token * KINDS + EVENT_ENTER);
}

function endlessArrivals(run: RunState, cohort: number): SimulationError {
  const { title, origin } = run.program.input.cohorts[cohort]!;
  return new SimulationError(
    `Patients of ${title} arrive without end at one instant: the time between arrivals must be above 0.`,
    origin,
  );
}

function createArrivals(run: RunState, cohort: number): number[] {
  const { arrivals } = run.program.input.cohorts[cohort]!;
  if (arrivals.kind !== 'batch') return createPatients(run, cohort);
  const which = run.listIndex[cohort]! - 1;
  const hash = run.program.cohortHash[cohort]!;
  const size = run.evaluator.value(run.program.cohortArrival[cohort]!, which, hash, 0, run.population.attribute, 0);
  const tokens: number[] = [];
  for (let i = 0; i < wholeAmount(Number.isNaN(size) ? 0 : size); i++) tokens.push(...createPatients(run, cohort));
  return tokens;
}

/** One patient a pathway that the cohort takes, at the start of its way. */
function createPatients(run: RunState, cohort: number): number[] {
  const number = numberOf(run, cohort);
  return run.program.input.cohorts[cohort]!.entries.map((entry) =>
    createPatient(run, cohort, number, entry.flow, entry.instruction),
  );
}

/** The number of the cohort's next patient. */
function numberOf(run: RunState, cohort: number): number {
  const number = run.cohortCount[cohort]!;
  run.cohortCount[cohort] = number + 1;
  return number;
}

function createPatient(run: RunState, cohort: number, number: number, flow: number, instruction: number): number {
  const { program, population, recorder, now } = run;
  const hash = program.cohortHash[cohort]!;
  const patient = population.addPatient(number, cohort, now);
  population.flow[patient] = flow;
  const base = patient * population.attributeCount;
  const attributes = program.cohortAttributes[cohort]!;
  for (let i = 0; i < attributes.length; i++) {
    const { slot, code } = attributes[i]!;
    population.attribute[base + slot] = run.evaluator.value(code, number, hash, 0, population.attribute, base);
  }
  const token = population.addToken(patient, program.wordOf[instruction]!, -1);
  population.priority[token] = run.basePriority(patient);
  recorder.arrived(flow, now);
  if (recorder.table.arrival !== undefined) recorder.moment(recorder.table.arrival, patient, now);
  if (run.trace !== undefined) run.log(patient, 'arrive', '');
  return token;
}
