import * as op from './operations.ts';
import { Doubles, Ints, newDoubles, whole } from './platform.ts';
import { f64, i32 } from './scalars.ts';

/** Values of an attribute up to which an expression is looked up; others are worked out. */
const MOST_VALUES: i32 = 4096;

/** What an expression comes to by the value of one attribute, where it looks at nothing else: triage levels, mostly. */
export class Lookup {
  /** -1 where the expression is a constant, which is the result for 0. */
  readonly attribute: i32;
  private readonly count: i32;
  private readonly results: Doubles;

  constructor(attribute: i32, count: i32) {
    this.attribute = attribute;
    this.count = count;
    this.results = newDoubles(count);
  }

  /** Whether the result for a value is known. */
  // @inline
  knows(value: f64): boolean {
    return value >= 0 && value < this.count && whole(value) === value;
  }

  /** Only for a value whose result is known. */
  // @inline
  resultFor(value: f64): f64 {
    return this.results[whole(value)]!;
  }

  set(value: i32, result: f64): void {
    this.results[value] = result;
  }
}

/** The table of an expression; null where it is more than a choice among constants. @param at word at which it begins */
export function lookupOf(code: Ints, constants: Doubles, at: i32): Lookup | null {
  if (isConstant(code, at + 1)) {
    const constant = new Lookup(-1, 1);
    constant.set(0, constants[code[at + 2]!]!);
    return constant;
  }
  if (code[at + 1]! !== op.E_MATCH) return null;
  const n = code[at + 3]!;
  const pairs = at + 5;
  let most = -1;
  for (let i = 0; i < n; i++) {
    const value = code[pairs + 2 * i]!;
    if (value < 0 || value >= MOST_VALUES || !isConstant(code, code[pairs + 1 + 2 * i]!)) return null;
    if (value > most) most = value;
  }
  const otherwise = code[at + 4]!;
  if (!isConstant(code, otherwise)) return null;
  const found = new Lookup(code[at + 2]!, most + 1);
  for (let value = 0; value <= most; value++) found.set(value, constants[code[otherwise + 1]!]!);
  // Where a value is named twice, the first counts.
  for (let i = n - 1; i >= 0; i--) {
    found.set(code[pairs + 2 * i]!, constants[code[code[pairs + 1 + 2 * i]! + 1]!]!);
  }
  return found;
}

/** Whether what begins at a word is a constant and then the end of the expression. */
function isConstant(code: Ints, at: i32): boolean {
  if (code[at]! !== op.E_CONSTANT) return false;
  const after = code[at + 2]! === op.E_GO ? code[at + 3]! : at + 2;
  return code[after]! === op.E_RETURN;
}
