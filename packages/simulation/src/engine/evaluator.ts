import { SimulationError } from '../errors.js';
import { exp, log, power } from '../numeric/elementary.js';
import { FUNCTIONS } from '../program/expression-code.js';
import * as op from '../program/operations.js';
import type { Program } from '../program/program.js';
import { drawLaw, LAWS, prepareLaw } from '../random/distribution-table.js';
import type { RandomStream } from '../random/stream.js';

const MOST_REDRAWS = 10_000;

/** What the state of a run is, for expressions that look at it. */
export interface StateView {
  /** `measure`: 0 queue, 1 busy, 2 free, 3 occupancy, 4 capacity. */
  measure(measure: number, facility: number): number;
}

/** Runs the code of expressions on a stack of doubles. */
export class Evaluator {
  readonly #code: Int32Array;
  readonly #constants: Float64Array;
  readonly #families: readonly string[];
  readonly #random: RandomStream;
  readonly #state: StateView;
  readonly #stack = new Float64Array(512);
  readonly #parameters = new Float64Array(4);

  constructor(program: Program, random: RandomStream, state: StateView) {
    this.#code = program.code;
    this.#constants = program.constants;
    this.#families = program.families;
    this.#random = random;
    this.#state = state;
  }

  /**
   * The value of an expression.
   * @param at word at which it begins (see CodeBuilder.expression)
   * @param who, whose, visit address of its draws
   * @param attributes, base the patient's attributes
   */
  value(at: number, who: number, whose: number, visit: number, attributes: Float64Array, base: number): number {
    const code = this.#code;
    const first = code[at + 1]!;
    if (first === op.E_CONSTANT && code[at + 3] === op.E_RETURN) return this.#constants[code[at + 2]!]!;
    this.#random.address(who, whose, code[at]!, visit);
    if (first === op.E_LAW && code[at + 4] === op.E_RETURN) {
      return drawLaw(this.#random, code[at + 2]!, this.#constants, code[at + 3]!);
    }
    return this.#run(at + 1, attributes, base);
  }

  #run(start: number, attributes: Float64Array, base: number): number {
    const code = this.#code;
    const constants = this.#constants;
    const stack = this.#stack;
    let redraws = 0;
    let top = -1;
    let pc = start;
    for (;;) {
      switch (code[pc]) {
        case op.E_RETURN:
          return stack[top]!;
        case op.E_CONSTANT:
          stack[++top] = constants[code[pc + 1]!]!;
          pc += 2;
          break;
        case op.E_ATTRIBUTE:
          stack[++top] = attributes[base + code[pc + 1]!]!;
          pc += 2;
          break;
        case op.E_NEGATE:
          stack[top] = -stack[top]!;
          pc++;
          break;
        case op.E_NOT:
          stack[top] = stack[top] === 0 ? 1 : 0;
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
          stack[++top] = drawLaw(this.#random, code[pc + 1]!, constants, code[pc + 2]!);
          pc += 3;
          break;
        case op.E_DYNAMIC_LAW: {
          const n = code[pc + 3]!;
          top -= n - 1;
          stack[top] = this.#drawWith(code[pc + 1]!, code[pc + 2]!, top, n);
          pc += 4;
          break;
        }
        case op.E_PICK: {
          const n = code[pc + 1]!;
          const table = code[pc + 2]!;
          const u = this.#random.uniform() * n;
          const column = Math.floor(u);
          const own = u - column < constants[table + column]!;
          stack[++top] = constants[table + (own ? n : 2 * n) + column]!;
          pc += 3;
          break;
        }
        case op.E_DYNAMIC_PICK: {
          const n = code[pc + 1]!;
          top -= n - 1;
          stack[top] = this.#pickWith(top, n, code[pc + 2]!);
          pc += 3;
          break;
        }
        case op.E_MATCH: {
          const value = attributes[base + code[pc + 1]!]!;
          const n = code[pc + 2]!;
          let to = code[pc + 3]!;
          for (let i = 0; i < n; i++) {
            if (code[pc + 4 + 2 * i] === value) {
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
        case op.E_STATE: {
          const n = code[pc + 2]!;
          stack[++top] = this.#stateOf(code[pc + 1]!, pc + 3, n);
          pc += 3 + n;
          break;
        }
        case op.E_AGAIN_UNLESS_WITHIN: {
          const x = stack[top]!;
          if (x >= stack[top - 2]! && x <= stack[top - 1]!) {
            top -= 2;
            stack[top] = x;
            pc += 2;
            break;
          }
          if (++redraws > MOST_REDRAWS) {
            throw new SimulationError(
              `None of ${MOST_REDRAWS} draws lay between ${stack[top - 2] ?? ''} and ${stack[top - 1] ?? ''}: ` +
                'the bounds leave (almost) nothing of the distribution.',
            );
          }
          top--;
          pc = code[pc + 1]!;
          break;
        }
        default: {
          const right = stack[top--]!;
          stack[top] = operate(code[pc]!, stack[top]!, right);
          pc++;
        }
      }
    }
  }

  #drawWith(family: number, form: number, from: number, n: number): number {
    const values = Array.from(this.#stack.subarray(from, from + n));
    const law = prepareLaw(this.#families[family]!, form, values);
    if (typeof law === 'string') throw new SimulationError(`${law}.`);
    this.#parameters.set(law.parameters);
    return drawLaw(this.#random, LAWS.indexOf(law.law), this.#parameters, 0);
  }

  #pickWith(from: number, n: number, values: number): number {
    let total = 0;
    for (let i = 0; i < n; i++) total += Math.max(0, this.#stack[from + i]!);
    if (!(total > 0)) throw new SimulationError('All shares of a choice are 0 at once: one of them must be above 0.');
    let u = this.#random.uniform() * total;
    for (let i = 0; i < n; i++) {
      u -= Math.max(0, this.#stack[from + i]!);
      if (u < 0) return this.#constants[values + i]!;
    }
    return this.#constants[values + n - 1]!;
  }

  #stateOf(measure: number, at: number, n: number): number {
    const code = this.#code;
    if (measure === 3) {
      let busy = 0;
      let capacity = 0;
      for (let i = 0; i < n; i++) {
        busy += this.#state.measure(1, code[at + i]!);
        capacity += this.#state.measure(4, code[at + i]!);
      }
      if (busy === 0) return 0;
      return busy / capacity;
    }
    let sum = 0;
    for (let i = 0; i < n; i++) sum += this.#state.measure(measure, code[at + i]!);
    return sum;
  }
}

/** A binary operation by its code; comparisons and logic give 1 or 0. */
function operate(code: number, left: number, right: number): number {
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
      throw new SimulationError(`The program has an operation ${code} that does not exist.`);
  }
}

/** A function by its place in FUNCTIONS, of n values from index `at`. */
export function applyFunction(code: number, values: Float64Array, at: number, n: number): number {
  const x = n > 0 ? values[at]! : Number.NaN;
  switch (FUNCTIONS[code]) {
    case 'absolute':
      return Math.abs(x);
    case 'floor':
      return Math.floor(x);
    case 'ceiling':
      return Math.ceil(x);
    case 'round':
      return x < 0 ? -Math.floor(0.5 - x) : Math.floor(x + 0.5);
    case 'square root':
      return Math.sqrt(x);
    case 'exponential function':
      return exp(x);
    case 'logarithm':
      return log(x);
    case 'greatest': {
      let best = x;
      for (let i = 1; i < n; i++) best = Math.max(best, values[at + i]!);
      return best;
    }
    case 'least': {
      let best = x;
      for (let i = 1; i < n; i++) best = Math.min(best, values[at + i]!);
      return best;
    }
    default:
      return power(x, n > 1 ? values[at + 1]! : Number.NaN);
  }
}
