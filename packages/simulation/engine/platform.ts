import { firstOfFour } from './event-order.ts';
import { f64, i32 } from './scalars.ts';

/*
 * What differs between the two builds of the engine. This file is the one for TypeScript; the build for WebAssembly
 * reads platform.wasm.ts in its place, which exports the same names with the same meaning, bit by bit. Indices are not
 * checked in either.
 */

/** An array of whole numbers of 32 bits, all 0 at first. */
export type Ints = Int32Array<ArrayBuffer>;
export const Ints = Int32Array;
/** An array of doubles, all 0 at first. */
export type Doubles = Float64Array<ArrayBuffer>;
export const Doubles = Float64Array;
/** An array of objects. */
export type Table<T> = T[];
export const Table = Array;

export function newInts(length: i32): Ints {
  return new Int32Array(length);
}

export function newDoubles(length: i32): Doubles {
  return new Float64Array(length);
}

/** A table whose places are filled before they are read. */
export function newTable<T>(length: i32): Table<T> {
  return new Array<T>(length);
}

/** A table of nothing. */
export function newNulls<T>(length: i32): Table<T | null> {
  return new Array<T | null>(length).fill(null);
}

/** `value` into all places from `from` up to, not including, `to`. */
export function fillDoubles(array: Doubles, value: f64, from: i32, to: i32): void {
  array.fill(value, from, to);
}

/** 0 into all of an array of so many places. */
export function clearInts(array: Ints, length: i32): void {
  for (let i = 0; i < length; i++) array[i] = 0;
}

/** Copies the first `count` places. */
export function copyDoubles(from: Doubles, to: Doubles, count: i32): void {
  to.set(from.subarray(0, count));
}

export function copyInts(from: Ints, to: Ints, count: i32): void {
  to.set(from.subarray(0, count));
}

/** What is made next begins a line of the processor's fastest memory; JavaScript places objects where it likes. */
export function beginLine(): void {
  // Nothing to do.
}

/** By which `objectAt` finds an object that began a line: its place in a table here, its address in WebAssembly. */
export function placeOf<T>(_objects: Table<T>, _object: T, index: i32): i32 {
  return index;
}

/** The object of such a place. */
export function objectAt<T>(objects: Table<T>, place: i32): T {
  return objects[place]!;
}

/** Where memory is given back to; JavaScript does that by itself. */
export function markMemory(): i32 {
  return 0;
}

/** Gives back all memory that was taken since a mark, which is used up. JavaScript sees to that alone. */
export function freeSince(_mark: i32): void {
  // Nothing to do.
}

const double = new Float64Array(1);
const halves = new Int32Array(double.buffer);
const HIGH = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0;
const LOW = 1 - HIGH;

/** Sign, exponent and the upper 20 mantissa bits of a double. */
export function highWord(x: f64): i32 {
  double[0] = x;
  return halves[HIGH]!;
}

/** The lower 32 mantissa bits of a double. */
export function lowWord(x: f64): i32 {
  double[0] = x;
  return halves[LOW]!;
}

/** `x` with its high word replaced. */
export function withHighWord(x: f64, high: i32): f64 {
  double[0] = x;
  halves[HIGH] = high;
  return double[0];
}

/**
 * The ten rounds of a block of Philox4x32 (see random.ts). The upper halves of the products are put together from parts
 * of 16 bits, and all numbers are written out: where they stand in variables of the module, V8 looks at them each time.
 * @param x0, x1, x2, x3 the counter
 * @param words where the four words go, and behind them the two of the key
 */
export function philoxRounds(x0: i32, x1: i32, x2: i32, x3: i32, words: Ints): void {
  let c0 = x0;
  let c1 = x1;
  let c2 = x2;
  let c3 = x3;
  let k0 = words[4]!;
  let k1 = words[5]!;
  // Two rounds at once: then no number has to change its place between them.
  for (let rounds = 0; rounds < 10; rounds += 2) {
    let a = c0 & 0xffff;
    let b = c0 >>> 16;
    let u = (Math.imul(a, 0xd251) + (Math.imul(a, 0x1f53) >>> 16)) | 0;
    let v = (Math.imul(b, 0x1f53) + (u & 0xffff)) | 0;
    const high0 = (Math.imul(b, 0xd251) + (u >>> 16) + (v >>> 16)) | 0;
    const low0 = Math.imul(c0, 0xd2511f53);
    a = c2 & 0xffff;
    b = c2 >>> 16;
    u = (Math.imul(a, 0xcd9e) + (Math.imul(a, 0x8d57) >>> 16)) | 0;
    v = (Math.imul(b, 0x8d57) + (u & 0xffff)) | 0;
    const high1 = (Math.imul(b, 0xcd9e) + (u >>> 16) + (v >>> 16)) | 0;
    const low1 = Math.imul(c2, 0xcd9e8d57);
    const d0 = high1 ^ (c1 ^ k0);
    const d2 = high0 ^ (c3 ^ k1);
    a = d0 & 0xffff;
    b = d0 >>> 16;
    u = (Math.imul(a, 0xd251) + (Math.imul(a, 0x1f53) >>> 16)) | 0;
    v = (Math.imul(b, 0x1f53) + (u & 0xffff)) | 0;
    c1 = (Math.imul(b, 0xd251) + (u >>> 16) + (v >>> 16)) | 0;
    c3 = Math.imul(d0, 0xd2511f53);
    a = d2 & 0xffff;
    b = d2 >>> 16;
    u = (Math.imul(a, 0xcd9e) + (Math.imul(a, 0x8d57) >>> 16)) | 0;
    v = (Math.imul(b, 0x8d57) + (u & 0xffff)) | 0;
    c0 = (Math.imul(b, 0xcd9e) + (u >>> 16) + (v >>> 16)) ^ (low1 ^ (k0 + 0x9e3779b9));
    c2 = c1 ^ (low0 ^ (k1 + 0xbb67ae85));
    c1 = Math.imul(d2, 0xcd9e8d57);
    k0 = (k0 + 0x3c6ef372) | 0;
    k1 = (k1 + 0x76cf5d0a) | 0;
  }
  words[0] = c0;
  words[1] = c1;
  words[2] = c2;
  words[3] = c3;
}

/**
 * The place of the first of four events that stand side by side: that with the least time, which none has below 0 and
 * for which NaN counts as later than all others; where some are equal, as `firstOfFour` says.
 * @param at place of the first of the four
 */
export function leastOfFour(triples: Doubles, at: i32): i32 {
  const a = triples[at]!;
  const b = triples[at + 3]!;
  const c = triples[at + 6]!;
  const d = triples[at + 9]!;
  if (a === b || c === d) return firstOfFour(triples, at);
  // Nobody could foresee which is less, so that no branch depends on it.
  const inLeft = at + 3 * bit(b < a);
  const inRight = at + 6 + 3 * bit(d < c);
  const left = triples[inLeft]!;
  const right = triples[inRight]!;
  if (left === right) return firstOfFour(triples, at);
  return inLeft + (inRight - inLeft) * bit(right < left);
}

/** Copies three doubles within an array. */
export function copyTriple(array: Doubles, from: i32, to: i32): void {
  array[to] = array[from]!;
  array[to + 1] = array[from + 1]!;
  array[to + 2] = array[from + 2]!;
}

/** Writes an event: its time, its key and what it is. */
export function setEvent(events: Doubles, at: i32, time: f64, key: f64, what: i32): void {
  events[at] = time;
  events[at + 1] = key;
  events[at + 2] = what;
}

/** What an event is. */
export function whatOf(events: Doubles, at: i32): i32 {
  return events[at + 2]! | 0;
}

/** The whole number nearest to a double, the even one of two; it must lie within 31 bits. */
export function nearest(x: f64): i32 {
  return (x + 6755399441055744 - 6755399441055744) | 0;
}

/** 2 to the power of a place less 1023. */
const powers = new Float64Array(2047);
powers.forEach((_, i) => {
  powers[i] = 2 ** (i - 1023);
});

/** `x` times 2 to the power of `k`, where neither is so small or so large that the exponent has no room for it. */
export function scaled(x: f64, k: i32): f64 {
  return x * powers[k + 1023]!;
}

/** A number above 0, or the opposite of it where a bit is 1. */
export function withSign(x: f64, negative: i32): f64 {
  return x * (1 - 2 * negative);
}

/**
 * The odd number in the middle of what two words leave open: 2 · (high · 2^bits + low) + 1.
 * @param bits of the lower word, at most 30; both together have at most 52
 */
export function oddOf(high: i32, low: i32, bits: i32): f64 {
  return high * (2 << bits) + (low * 2 + 1);
}

/** A double without its fraction, which must lie within 32 bits. */
export function whole(x: f64): i32 {
  return x | 0;
}

/** A whole number that is never below 0, of which all 32 bits count. */
export function unsigned(x: i32): f64 {
  return x >>> 0;
}

/** 1 where something holds, else 0. */
export function bit(holds: boolean): i32 {
  return +holds;
}

/** A whole quotient of two whole numbers, towards 0. */
export function quotient(a: i32, b: i32): i32 {
  return (a / b) | 0;
}

/** How a run stops that cannot go on; what is wrong stands in its fault. */
class EngineStop extends Error {
  override readonly name = 'EngineStop';
}

/** Ends the call into the engine at once. */
export function stop(): void {
  throw new EngineStop();
}
