import { exp, log, power } from './elementary.ts';
import { FAULT_BOUNDS, FAULT_LAW, FAULT_OPERATION, FAULT_WEIGHTS } from './faults.ts';
import { drawFor, drawLaw, prepareLaw } from './laws.ts';
import * as op from './operations.ts';
import { Doubles, Ints, whole } from './platform.ts';
import { Run } from './run.ts';
import { f64, i32 } from './scalars.ts';
import { OF_HANDOVER, OF_MOVE, Patient, WAITING } from './tokens.ts';

const MOST_REDRAWS: i32 = 10000;

/**
 * The value of an expression for a patient.
 * @param at word at which it begins (see CodeBuilder.expression)
 * @param visit place of the count of visits to this instruction, or -1
 * @param copy of the pathway by calls
 */
export function valueFor(run: Run, at: i32, patient: Patient, visit: i32, copy: i32): f64 {
  const code = run.code;
  if (code[at + 1]! === op.E_CONSTANT && code[at + 3]! === op.E_RETURN) return run.constants[code[at + 2]!]!;
  run.subject = patient;
  return value(run, at, patient.number, patient.hash, run.visitsOf(patient, visit, copy), patient.attributes);
}

/** The priority of a patient by their cohort. */
export function basePriority(run: Run, patient: Patient): f64 {
  const cohort = run.cohorts[patient.cohort]!;
  return cohort.steady ? patient.priority : valueFor(run, cohort.priority, patient, -1, 0);
}

/** Works a patient's priority out by the cohort; to be called whenever attributes have changed. */
export function renewPriority(run: Run, patient: Patient): void {
  const lookup = run.cohorts[patient.cohort]!.lookup;
  if (lookup !== null) {
    const value: f64 = lookup.attribute < 0 ? 0 : run.population.attribute[patient.attributes + lookup.attribute]!;
    if (lookup.knows(value)) {
      patient.priority = lookup.resultFor(value);
      return;
    }
  }
  patient.priority = valueFor(run, run.cohorts[patient.cohort]!.priority, patient, -1, 0);
}

/**
 * The value of an expression.
 * @param at word at which it begins
 * @param who, whose, visit address of its draws
 * @param base place of the first attribute
 */
export function value(run: Run, at: i32, who: i32, whose: i32, visit: i32, base: i32): f64 {
  const code = run.code;
  const first = code[at + 1]!;
  if (first === op.E_CONSTANT && code[at + 3]! === op.E_RETURN) return run.constants[code[at + 2]!]!;
  if (first === op.E_LAW && code[at + 4]! === op.E_RETURN) {
    return drawFor(run.random, who, whose, code[at]!, visit, code[at + 2]!, run.constants, code[at + 3]!);
  }
  if (first === op.E_PICK && code[at + 4]! === op.E_RETURN) {
    run.random.begin(who, whose, code[at]!, visit);
    return pick(run, code[at + 2]!, code[at + 3]!);
  }
  run.random.address(who, whose, code[at]!, visit);
  return evaluate(run, at + 1, base);
}

/** One of n values by fixed weights (Walker's alias method). @param table thresholds, values, and their aliases */
function pick(run: Run, n: i32, table: i32): f64 {
  const constants = run.constants;
  const u = run.random.uniform() * n;
  const column = whole(u);
  const own = u - column < constants[table + column]!;
  return constants[table + (own ? n : 2 * n) + column]!;
}

/** Runs the code of an expression on a stack of doubles. */
function evaluate(run: Run, start: i32, base: i32): f64 {
  const code = run.code;
  const constants = run.constants;
  const stack = run.stack;
  let redraws = 0;
  let top = -1;
  let pc = start;
  for (;;) {
    switch (code[pc]!) {
      case op.E_RETURN:
        return stack[top]!;
      case op.E_CONSTANT:
        top++;
        stack[top] = constants[code[pc + 1]!]!;
        pc += 2;
        break;
      case op.E_ATTRIBUTE:
        top++;
        stack[top] = run.population.attribute[base + code[pc + 1]!]!;
        pc += 2;
        break;
      case op.E_NEGATE:
        stack[top] = -stack[top]!;
        pc++;
        break;
      case op.E_NOT:
        stack[top] = stack[top]! === 0 ? 1 : 0;
        pc++;
        break;
      case op.E_FUNCTION: {
        const n = code[pc + 2]!;
        top -= n - 1;
        stack[top] = applyFunction(code[pc + 1]!, stack, top, n);
        pc += 3;
        break;
      }
      case op.E_LAW:
        top++;
        stack[top] = drawLaw(run.random, code[pc + 1]!, constants, code[pc + 2]!);
        pc += 3;
        break;
      case op.E_DYNAMIC_LAW: {
        const n = code[pc + 3]!;
        top -= n - 1;
        stack[top] = drawWith(run, code[pc + 1]!, code[pc + 2]!, top, n);
        pc += 4;
        break;
      }
      case op.E_PICK: {
        top++;
        stack[top] = pick(run, code[pc + 1]!, code[pc + 2]!);
        pc += 3;
        break;
      }
      case op.E_DYNAMIC_PICK: {
        const n = code[pc + 1]!;
        top -= n - 1;
        stack[top] = pickWith(run, top, n, code[pc + 2]!);
        pc += 3;
        break;
      }
      case op.E_MATCH: {
        const attribute = run.population.attribute[base + code[pc + 1]!]!;
        const n = code[pc + 2]!;
        let to = code[pc + 3]!;
        for (let i = 0; i < n; i++) {
          if (code[pc + 4 + 2 * i]! === attribute) {
            to = code[pc + 5 + 2 * i]!;
            break;
          }
        }
        pc = to;
        break;
      }
      case op.E_GO:
        pc = code[pc + 1]!;
        break;
      case op.E_ELEMENT: {
        const n = code[pc + 1]!;
        const at = stack[top]!;
        const place = at > 0 ? (at < n ? whole(at) : n - 1) : 0;
        stack[top] = constants[code[pc + 2]! + place]!;
        pc += 3;
        break;
      }
      case op.E_ROW:
        top++;
        stack[top] = run.row % code[pc + 1]!;
        pc += 2;
        break;
      case op.E_STATE: {
        const n = code[pc + 2]!;
        top++;
        stack[top] = stateOf(run, code[pc + 1]!, pc + 3, n);
        pc += 3 + n;
        break;
      }
      case op.E_WAITING: {
        const n = code[pc + 1]!;
        top++;
        stack[top] = waitingAt(run, code, pc + 2, n);
        pc += 2 + n;
        break;
      }
      case op.E_SINCE:
        top++;
        stack[top] = since(run, code[pc + 1]!);
        pc += 2;
        break;
      case op.E_WAITED:
        top++;
        stack[top] = code[pc + 1]! < 0 ? run.waitedSoFar : clockOf(run, code[pc + 1]!);
        pc += 2;
        break;
      case op.E_VARIABLE:
        top++;
        stack[top] = run.variables[code[pc + 1]!]!;
        pc += 2;
        break;
      case op.E_AGAIN_UNLESS_WITHIN: {
        const x = stack[top]!;
        if (x >= stack[top - 2]! && x <= stack[top - 1]!) {
          top -= 2;
          stack[top] = x;
          pc += 2;
          break;
        }
        redraws++;
        if (redraws > MOST_REDRAWS) run.fail(FAULT_BOUNDS, stack[top - 2]!, stack[top - 1]!);
        top--;
        pc = code[pc + 1]!;
        break;
      }
      default: {
        const right = stack[top]!;
        top--;
        stack[top] = operate(run, code[pc]!, stack[top]!, right);
        pc++;
      }
    }
  }
  return NaN;
}

/** Time since what a clock of the patient remembers, or since they arrived. */
function since(run: Run, clock: i32): f64 {
  return run.now - (clock < 0 ? run.subject!.arrival : clockOf(run, clock));
}

function clockOf(run: Run, clock: i32): f64 {
  return run.population.clock[run.subject!.clocks + clock]!;
}

/** A draw whose parameters are on the stack, n of them. */
function drawWith(run: Run, family: i32, form: i32, from: i32, n: i32): f64 {
  const stack = run.stack;
  const a = stack[from]!;
  const b = n > 1 ? stack[from + 1]! : NaN;
  const c = n > 2 ? stack[from + 2]! : NaN;
  const law = prepareLaw(family, form, a, b, c, run.parameters);
  if (law < 0) {
    const numbers = run.faultNumbers;
    numbers[2] = form;
    numbers[3] = n;
    numbers[4] = a;
    numbers[5] = b;
    numbers[6] = c;
    run.fail(FAULT_LAW, law, family);
  }
  return drawLaw(run.random, law, run.parameters, 0);
}

/** One of n constants by the weights on the stack. */
function pickWith(run: Run, from: i32, n: i32, values: i32): f64 {
  const stack = run.stack;
  let total: f64 = 0;
  for (let i = 0; i < n; i++) total += Math.max(0, stack[from + i]!);
  if (!(total > 0)) run.fail(FAULT_WEIGHTS, 0, 0);
  let u = run.random.uniform() * total;
  for (let i = 0; i < n; i++) {
    u -= Math.max(0, stack[from + i]!);
    if (u < 0) return run.constants[values + i]!;
  }
  return run.constants[values + n - 1]!;
}

/** How many requests of n instructions wait, whose words stand in code. */
export function waitingAt(run: Run, code: Ints, at: i32, n: i32): f64 {
  const population = run.population;
  let waiting = 0;
  for (let i = 0; i < population.tokenRoom; i++) {
    const token = population.tokens[i]!;
    if (token.state !== WAITING || token.role === OF_MOVE || token.role === OF_HANDOVER) continue;
    for (let k = 0; k < n; k++) if (code[at + k]! === token.request) waiting++;
  }
  return waiting;
}

/** What the state of facilities is: 0 queue, 1 busy, 2 free, 3 occupancy, 4 capacity. */
function stateOf(run: Run, measure: i32, at: i32, n: i32): f64 {
  const code = run.code;
  let busy: f64 = 0;
  let capacity: f64 = 0;
  let sum: f64 = 0;
  for (let i = 0; i < n; i++) {
    const facility = run.facilities[code[at + i]!]!;
    busy += facility.busy;
    capacity += facility.capacity;
    if (measure === 0) sum += facility.waiting;
    else if (measure === 2) sum += Math.max(0, facility.capacity - facility.busy);
  }
  if (measure === 1) return busy;
  if (measure === 4) return capacity;
  if (measure === 3) return busy === 0 ? 0 : busy / capacity;
  return sum;
}

/** A binary operation by its code; comparisons and logic give 1 or 0. */
export function operate(run: Run, code: i32, left: f64, right: f64): f64 {
  switch (code) {
    case op.E_ADD:
      return left + right;
    case op.E_SUBTRACT:
      return left - right;
    case op.E_MULTIPLY:
      return left * right;
    case op.E_DIVIDE:
      return left / right;
    case op.E_LESS:
      return left < right ? 1 : 0;
    case op.E_AT_MOST:
      return left <= right ? 1 : 0;
    case op.E_MORE:
      return left > right ? 1 : 0;
    case op.E_AT_LEAST:
      return left >= right ? 1 : 0;
    case op.E_EQUAL:
      return left === right ? 1 : 0;
    case op.E_UNEQUAL:
      return left === right ? 0 : 1;
    case op.E_AND:
      return left !== 0 && right !== 0 ? 1 : 0;
    case op.E_OR:
      return left !== 0 || right !== 0 ? 1 : 0;
    default:
      run.fail(FAULT_OPERATION, code, 0);
      return NaN;
  }
}

/** A function by its code F_…, of n values from index `at`. */
export function applyFunction(code: i32, values: Doubles, at: i32, n: i32): f64 {
  const x = n > 0 ? values[at]! : NaN;
  switch (code) {
    case op.F_ABSOLUTE:
      return Math.abs(x);
    case op.F_FLOOR:
      return Math.floor(x);
    case op.F_CEILING:
      return Math.ceil(x);
    case op.F_ROUND:
      return x < 0 ? -Math.floor(0.5 - x) : Math.floor(x + 0.5);
    case op.F_SQUARE_ROOT:
      return Math.sqrt(x);
    case op.F_EXPONENTIAL:
      return exp(x);
    case op.F_LOGARITHM:
      return log(x);
    case op.F_GREATEST: {
      let best = x;
      for (let i = 1; i < n; i++) best = Math.max(best, values[at + i]!);
      return best;
    }
    case op.F_LEAST: {
      let best = x;
      for (let i = 1; i < n; i++) best = Math.min(best, values[at + i]!);
      return best;
    }
    case op.F_POWER:
      return power(x, n > 1 ? values[at + 1]! : NaN);
    default:
      return NaN;
  }
}

/** An amount of units: the nearest whole number, at least 0, within what a counter can hold. */
export function wholeAmount(amount: f64): i32 {
  if (!(amount > 0)) return 0;
  return amount > 1e9 ? 1000000000 : whole(Math.round(amount));
}
