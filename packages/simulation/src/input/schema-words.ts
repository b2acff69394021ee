import * as z from 'zod';

/** Operators and functions of expressions and readings. */
export const operator = z.enum(['+', '-', '*', '/', '<', '<=', '>', '>=', '=', '!=', 'and', 'or']);

export const functionName = z.enum([
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
]);
