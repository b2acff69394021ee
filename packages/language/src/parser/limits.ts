/** Limits that keep hostile or broken input from exhausting the tools that read it. */
export const LIMITS = Object.freeze({
  /** Longest text of a file, in UTF-16 units (5 MB of ASCII). */
  textLength: 5_000_000,
  /** Blocks inside one another; a parenthesis, and cases after `by`, count as two. The stack of Node and of browsers bears half as much again. */
  nesting: 200,
  /** Operators in one expression, and signs before one operand: both become depth of the syntax tree. */
  operators: 400,
  /** Syntax diagnostics reported for one file. */
  mistakes: 100,
  /** Parts of a number with all the numbers that it is made of written out. */
  numberParts: 10_000,
  /** Numbers that are made of one another, one after the other. */
  numberDepth: 500,
});
