/** One double seen as two 32-bit words, for functions that work on exponent and mantissa. */
const double = new Float64Array(1);
const words = new Int32Array(double.buffer);
const HIGH = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0;
const LOW = 1 - HIGH;

/** Sign, exponent and the upper 20 mantissa bits. */
export function highWord(x: number): number {
  double[0] = x;
  return words[HIGH]!;
}

/** The lower 32 mantissa bits. */
export function lowWord(x: number): number {
  double[0] = x;
  return words[LOW]!;
}

/** `x` with its high word replaced. */
export function withHighWord(x: number, high: number): number {
  double[0] = x;
  words[HIGH] = high;
  return double[0];
}
