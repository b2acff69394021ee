import * as op from '../../engine/operations.js';
import { SimulationError } from '../errors.js';
import type { SimulationInput } from '../input/types.js';
import type { InputExpression } from '../input/expression-types.js';
import { aliasTable, familyNumber, prepareLaw } from '../random/distribution-table.js';
import { hashText } from '../random/hash.js';
import type { QueueLines } from './queue-lines.js';

/** Operations by their sign. */
export const OPERATORS: Readonly<Record<string, number>> = {
  '+': op.E_ADD,
  '-': op.E_SUBTRACT,
  '*': op.E_MULTIPLY,
  '/': op.E_DIVIDE,
  '<': op.E_LESS,
  '<=': op.E_AT_MOST,
  '>': op.E_MORE,
  '>=': op.E_AT_LEAST,
  '=': op.E_EQUAL,
  '!=': op.E_UNEQUAL,
  and: op.E_AND,
  or: op.E_OR,
};

/** Functions by the number that follows E_FUNCTION. */
export const FUNCTIONS: readonly string[] = [
  'absolute',
  'floor',
  'ceiling',
  'round',
  'square root',
  'exponential function',
  'logarithm',
  'greatest',
  'least',
  'power',
];

/** Code and constants under construction. */
export class CodeBuilder {
  constructor(readonly lines: QueueLines) {}

  readonly code: number[] = [];
  readonly constants: number[] = [];
  /** Places in the code that hold an instruction's number and are to hold its word. */
  readonly instructions: number[] = [];
  readonly #places = new Map<number, number>();

  /** Place of a constant; equal constants share one. */
  constant(value: number): number {
    // A negative zero must keep its sign, and NaN finds itself in a map.
    if (Object.is(value, -0)) return this.block([value]);
    let place = this.#places.get(value);
    if (place === undefined) {
      place = this.block([value]);
      this.#places.set(value, place);
    }
    return place;
  }

  /** Place of the first of several constants that stand side by side. */
  block(values: readonly number[]): number {
    const place = this.constants.length;
    for (const value of values) this.constants.push(value);
    return place;
  }

  /**
   * Code of an expression.
   * @param stream names what is drawn for, such as `Stroke.Scan/takes`
   * @param place where messages point
   * @returns the word at which it begins: the stream's hash, then operations up to E_RETURN
   */
  expression(expression: InputExpression, stream: string, place: string): number {
    const at = this.code.length;
    this.code.push(hashText(stream));
    this.#emit(expression, place);
    this.code.push(op.E_RETURN);
    return at;
  }

  #emit(expression: InputExpression, place: string): void {
    const { code } = this;
    switch (expression.op) {
      case 'number':
        code.push(op.E_CONSTANT, this.constant(expression.value));
        return;
      case 'attribute':
        code.push(op.E_ATTRIBUTE, expression.attribute);
        return;
      case 'negate':
      case 'not':
        this.#emit(expression.of, place);
        code.push(expression.op === 'not' ? op.E_NOT : op.E_NEGATE);
        return;
      case 'operation':
        this.#emit(expression.left, place);
        this.#emit(expression.right, place);
        code.push(OPERATORS[expression.operator]!);
        return;
      case 'function':
        for (const argument of expression.arguments) this.#emit(argument, place);
        code.push(op.E_FUNCTION, FUNCTIONS.indexOf(expression.name), expression.arguments.length);
        return;
      case 'draw':
        this.#bounded(expression, place, () => this.#draw(expression, place));
        return;
      case 'pick':
        this.#bounded(expression, place, () => this.#pick(expression, place));
        return;
      case 'element':
        this.#emit(expression.at, place);
        code.push(op.E_ELEMENT, expression.values.length, this.block(expression.values));
        return;
      case 'variable':
        code.push(op.E_VARIABLE, expression.variable);
        return;
      case 'row':
        code.push(op.E_ROW, expression.of);
        return;
      case 'match':
        this.#match(expression, place);
        return;
      case 'since':
      case 'waited':
        code.push(expression.op === 'since' ? op.E_SINCE : op.E_WAITED, expression.clock ?? -1);
        return;
      case 'state': {
        const { measure, facilities } = expression;
        const of = measure === 'queue' ? this.lines.facilityOf(facilities) : facilities;
        code.push(op.E_STATE, ['queue', 'busy', 'free', 'occupancy', 'capacity'].indexOf(measure), of.length, ...of);
        return;
      }
      case 'waiting':
        code.push(op.E_WAITING, expression.requests.length);
        for (const request of expression.requests) this.instructions.push(code.push(request) - 1);
    }
  }

  #bounded(
    expression: { readonly from?: InputExpression; readonly to?: InputExpression; readonly scale?: number },
    place: string,
    draw: () => void,
  ): void {
    const { code } = this;
    const bounded = expression.from !== undefined || expression.to !== undefined;
    if (bounded) {
      this.#emit(expression.from ?? { op: 'number', value: Number.NEGATIVE_INFINITY }, place);
      this.#emit(expression.to ?? { op: 'number', value: Number.POSITIVE_INFINITY }, place);
    }
    const start = code.length;
    draw();
    if (expression.scale !== undefined && expression.scale !== 1) {
      code.push(op.E_CONSTANT, this.constant(expression.scale), op.E_MULTIPLY);
    }
    if (bounded) code.push(op.E_AGAIN_UNLESS_WITHIN, start);
  }

  #draw(expression: Extract<InputExpression, { op: 'draw' }>, place: string): void {
    const { code } = this;
    const values = expression.parameters.map(constantOf);
    if (values.every((value) => value !== undefined)) {
      const law = prepareLaw(expression.family, expression.form, values);
      if (typeof law === 'string') throw new SimulationError(`${law}.`, place);
      code.push(op.E_LAW, law.law, this.block(law.parameters));
      return;
    }
    for (const parameter of expression.parameters) this.#emit(parameter, place);
    code.push(op.E_DYNAMIC_LAW, familyNumber(expression.family), expression.form, expression.parameters.length);
  }

  #pick(expression: Extract<InputExpression, { op: 'pick' }>, place: string): void {
    const { code } = this;
    const n = expression.values.length;
    const weights = expression.weights.map(constantOf);
    if (n === 0) throw new SimulationError('There is nothing to pick from: give at least one value.', place);
    if (weights.every((weight) => weight !== undefined)) {
      if (!(weights.reduce((sum, weight) => sum + weight, 0) > 0) || weights.some((weight) => weight < 0)) {
        throw new SimulationError('Weights must not be negative, and one of them must be above 0.', place);
      }
      const { threshold, other } = aliasTable(weights);
      const at = this.block([...threshold, ...expression.values, ...other.map((i) => expression.values[i]!)]);
      code.push(op.E_PICK, n, at);
      return;
    }
    for (const weight of expression.weights) this.#emit(weight, place);
    code.push(op.E_DYNAMIC_PICK, n, this.block(expression.values));
  }

  #match(expression: Extract<InputExpression, { op: 'match' }>, place: string): void {
    const { code } = this;
    const pairs = expression.cases.flatMap(({ values }, branch) => values.map((value) => ({ value, branch })));
    code.push(op.E_MATCH, expression.attribute, pairs.length, 0);
    const otherwiseAt = code.length - 1;
    const table = code.length;
    for (const { value } of pairs) code.push(value, 0);
    const exits: number[] = [];
    expression.cases.forEach(({ then }, branch) => {
      pairs.forEach((pair, i) => {
        if (pair.branch === branch) code[table + 2 * i + 1] = code.length;
      });
      this.#emit(then, place);
      code.push(op.E_GO, 0);
      exits.push(code.length - 1);
    });
    code[otherwiseAt] = code.length;
    this.#emit(expression.otherwise ?? { op: 'number', value: Number.NaN }, place);
    for (const exit of exits) code[exit] = code.length;
  }
}

/** The value of an expression that is a plain number. */
export function constantOf(expression: InputExpression): number | undefined {
  return expression.op === 'number' ? expression.value : undefined;
}

/** All values that an expression can have, where it takes few enough to say. */
export function possibleValues(expression: InputExpression, input: SimulationInput): readonly number[] | undefined {
  switch (expression.op) {
    case 'number':
      return [expression.value];
    case 'match': {
      const parts = [...expression.cases.map((each) => each.then), expression.otherwise].filter((e) => e !== undefined);
      const all = parts.map((part) => possibleValues(part, input));
      return all.every((values) => values !== undefined) ? [...new Set(all.flat())] : undefined;
    }
    case 'pick':
      return expression.from === undefined && expression.to === undefined
        ? expression.values.map((value) => value * (expression.scale ?? 1))
        : undefined;
    case 'attribute': {
      const values: number[] = [];
      for (const cohort of input.cohorts) {
        const own = cohort.attributes.find((each) => each.attribute === expression.attribute);
        const known = own && possibleValues(own.value, input);
        if (known === undefined) return undefined;
        values.push(...known);
      }
      for (const instruction of input.instructions) {
        if (instruction.op !== 'set' || instruction.attribute !== expression.attribute) continue;
        // What is set may depend on the attribute itself, so that only plain values are known.
        const known = instruction.value.op === 'number' ? instruction.value.value : undefined;
        if (known === undefined) return undefined;
        values.push(known);
      }
      return [...new Set(values)];
    }
    default:
      return undefined;
  }
}

/** Whether an expression asks how long the request has waited whose priority it is. */
export function looksAtItsWait(expression: InputExpression): boolean {
  switch (expression.op) {
    case 'waited':
      return expression.clock === undefined;
    case 'negate':
    case 'not':
      return looksAtItsWait(expression.of);
    case 'operation':
      return looksAtItsWait(expression.left) || looksAtItsWait(expression.right);
    case 'function':
      return expression.arguments.some(looksAtItsWait);
    case 'draw':
      return [...expression.parameters, expression.from, expression.to].some(
        (e) => e !== undefined && looksAtItsWait(e),
      );
    case 'match':
      return [...expression.cases.map((each) => each.then), expression.otherwise].some(
        (e) => e !== undefined && looksAtItsWait(e),
      );
    default:
      return false;
  }
}
