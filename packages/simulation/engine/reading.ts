import { applyFunction, operate, waitingAt } from './evaluator.ts';
import { FAULT_OPERATION } from './faults.ts';
import * as op from './operations.ts';
import { Run } from './run.ts';
import { f64, i32 } from './scalars.ts';

/*
 * Readings: what an operator can see at a moment. Not a number is what nobody knows; a condition is then known only as
 * far as the rest decides it.
 */

export const R_RETURN = 0;
export const R_NUMBER = 1;
export const R_SIGNAL = 2;
export const R_STATE = 3;
export const R_ABSENCE = 4;
export const R_RECENT = 5;
export const R_NEGATE = 6;
export const R_NOT = 7;
export const R_OPERATION = 8;
export const R_FUNCTION = 9;
export const R_WAITING = 10;

/** The value of a reading that begins at a word. */
export function read(run: Run, at: i32): f64 {
  const control = run.control!;
  const code = control.code;
  const stack = control.stack;
  let top = -1;
  let pc = at;
  for (;;) {
    switch (code[pc]!) {
      case R_RETURN: {
        const value = stack[top]!;
        // A division by 0 tells nothing.
        return Math.abs(value) === Infinity ? NaN : value;
      }
      case R_NUMBER:
        top++;
        stack[top] = control.constants[code[pc + 1]!]!;
        pc += 2;
        break;
      case R_SIGNAL:
        top++;
        stack[top] = control.signals[code[pc + 1]!]!.value;
        pc += 2;
        break;
      case R_STATE: {
        const n = code[pc + 2]!;
        top++;
        stack[top] = stateOf(run, code[pc + 1]!, pc + 3, n);
        pc += 3 + n;
        break;
      }
      case R_ABSENCE: {
        const n = code[pc + 1]!;
        top++;
        stack[top] = absenceOf(run, pc + 2, n);
        pc += 2 + n;
        break;
      }
      case R_WAITING: {
        const n = code[pc + 1]!;
        top++;
        stack[top] = waitingAt(run, code, pc + 2, n);
        pc += 2 + n;
        break;
      }
      case R_RECENT:
        top++;
        stack[top] = control.recents[code[pc + 1]!]!.value();
        pc += 2;
        break;
      case R_NEGATE:
        stack[top] = -stack[top]!;
        pc++;
        break;
      case R_NOT:
        stack[top] = isNaN(stack[top]!) ? NaN : stack[top]! === 0 ? 1 : 0;
        pc++;
        break;
      case R_OPERATION: {
        const right = stack[top]!;
        top--;
        stack[top] = operateOnKnown(run, code[pc + 1]!, stack[top]!, right);
        pc += 2;
        break;
      }
      case R_FUNCTION: {
        const n = code[pc + 2]!;
        top -= n - 1;
        let known = true;
        for (let i = 0; i < n; i++) if (isNaN(stack[top + i]!)) known = false;
        stack[top] = known ? applyFunction(code[pc + 1]!, stack, top, n) : NaN;
        pc += 3;
        break;
      }
      default:
        run.fail(FAULT_OPERATION, code[pc]!, 0);
    }
  }
  return NaN;
}

/** As `operate`, where what is not known stays so, unless the other side decides. */
function operateOnKnown(run: Run, code: i32, left: f64, right: f64): f64 {
  if (code === op.E_AND) {
    if (left === 0 || right === 0) return 0;
    return isNaN(left) || isNaN(right) ? NaN : 1;
  }
  if (code === op.E_OR) {
    if ((left !== 0 && !isNaN(left)) || (right !== 0 && !isNaN(right))) return 1;
    return isNaN(left) || isNaN(right) ? NaN : 0;
  }
  if (isNaN(left) || isNaN(right)) return NaN;
  return operate(run, code, left, right);
}

/** What the state of facilities is: 0 queue, 1 busy, 2 free, 3 occupancy, 4 capacity. Of nothing, all that is in use is everything. */
function stateOf(run: Run, measure: i32, at: i32, n: i32): f64 {
  const code = run.control!.code;
  let busy: f64 = 0;
  let capacity: f64 = 0;
  let waiting: f64 = 0;
  let free: f64 = 0;
  for (let i = 0; i < n; i++) {
    const facility = run.facilities[code[at + i]!]!;
    busy += facility.busy;
    capacity += facility.capacity;
    waiting += facility.waiting;
    free += Math.max(0, facility.capacity - facility.busy);
  }
  switch (measure) {
    case 0:
      return waiting;
    case 1:
      return busy;
    case 2:
      return free;
    case 3:
      return busy === 0 ? 0 : capacity > 0 ? busy / capacity : 1;
    default:
      return capacity;
  }
}

/** The share of those who should be on duty who are not. */
function absenceOf(run: Run, at: i32, n: i32): f64 {
  const control = run.control!;
  let due: f64 = 0;
  let lost: f64 = 0;
  for (let i = 0; i < n; i++) {
    const pool = run.pools.all[control.code[at + i]!]!;
    due += pool.scheduled;
    for (let k = 0; k < control.poolCount; k++) {
      const changed = control.pools[k]!;
      if (changed.pool === pool) lost += changed.lost < pool.scheduled ? changed.lost : pool.scheduled;
    }
  }
  return due > 0 ? lost / due : 0;
}
