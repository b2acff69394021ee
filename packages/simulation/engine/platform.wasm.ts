// The WebAssembly side of platform.ts, in AssemblyScript. Memory is given back all at once, when a run is over.

import { firstOfFour } from './event-order.ts';

export class Ints {
  @inline @operator('[]') get(i: i32): i32 {
    return load<i32>(changetype<usize>(this) + ((<usize>i) << 2));
  }
  @inline @operator('[]=') set(i: i32, value: i32): void {
    store<i32>(changetype<usize>(this) + ((<usize>i) << 2), value);
  }
}

export class Doubles {
  @inline @operator('[]') get(i: i32): f64 {
    return load<f64>(changetype<usize>(this) + ((<usize>i) << 3));
  }
  @inline @operator('[]=') set(i: i32, value: f64): void {
    store<f64>(changetype<usize>(this) + ((<usize>i) << 3), value);
  }
}

export class Table<T> {
  @inline @operator('[]') get(i: i32): T {
    return load<T>(changetype<usize>(this) + ((<usize>i) << alignof<T>()));
  }
  @inline @operator('[]=') set(i: i32, value: T): void {
    store<T>(changetype<usize>(this) + ((<usize>i) << alignof<T>()), value);
  }
}

function room(bytes: usize): usize {
  const at = heap.alloc(bytes);
  memory.fill(at, 0, bytes);
  return at;
}

/** Up to four places more, so that four can be written at once. */
export function newInts(length: i32): Ints {
  return changetype<Ints>(room((((<usize>length) << 2) + 15) & ~15));
}

export function newDoubles(length: i32): Doubles {
  return changetype<Doubles>(room((<usize>length) << 3));
}

export function newTable<T>(length: i32): Table<T> {
  return changetype<Table<T>>(room((<usize>length) << alignof<T>()));
}

export function newNulls<T>(length: i32): Table<T | null> {
  return changetype<Table<T | null>>(room((<usize>length) << alignof<T>()));
}

export function fillDoubles(array: Doubles, value: f64, from: i32, to: i32): void {
  for (let i = from; i < to; i++) array[i] = value;
}

// @inline
export function clearInts(array: Ints, length: i32): void {
  for (let i = 0; i < length; i += 4) v128.store(changetype<usize>(array) + ((<usize>i) << 2), i64x2.splat(0));
}

export function copyDoubles(from: Doubles, to: Doubles, count: i32): void {
  memory.copy(changetype<usize>(to), changetype<usize>(from), (<usize>count) << 3);
}

export function copyInts(from: Ints, to: Ints, count: i32): void {
  memory.copy(changetype<usize>(to), changetype<usize>(from), (<usize>count) << 2);
}

/** Bytes before a block that hold its size. */
const SIZE_BEFORE: usize = sizeof<usize>();

/** Bytes of a line, and of the smallest block. */
const LINE: usize = 64;
const SMALLEST: usize = 16;

export function beginLine(): void {
  while (((heap.alloc(1) + SMALLEST) & (LINE - 1)) != 0) {}
}

/** No more than 26 bits, since it begins a line. */
// @inline
export function placeOf<T>(_objects: Table<T>, object: T, _index: i32): i32 {
  return <i32>(changetype<usize>(object) / LINE);
}

// @inline
export function objectAt<T>(_objects: Table<T>, place: i32): T {
  return changetype<T>(<usize>place * LINE);
}

export function markMemory(): i32 {
  return <i32>heap.alloc(16);
}

/**
 * Blocks lie one after the other, and the last one is truly given back when it is freed: so the marked block is made to
 * reach to the end of all that came after it.
 */
export function freeSince(mark: i32): void {
  const last = heap.alloc(16);
  store<usize>(<usize>mark - SIZE_BEFORE, last + load<usize>(last - SIZE_BEFORE) - <usize>mark);
  heap.free(<usize>mark);
}

export function highWord(x: f64): i32 {
  return <i32>(reinterpret<u64>(x) >> 32);
}

export function lowWord(x: f64): i32 {
  return <i32>reinterpret<u64>(x);
}

export function withHighWord(x: f64, high: i32): f64 {
  return reinterpret<f64>((reinterpret<u64>(x) & 0xffffffff) | ((<u64>high) << 32));
}

/**
 * The two products of a round at once. Written out, since a loop would cost as much again as its rounds. What a round
 * takes of the one before it without multiplying is put together first, since each round waits for the last.
 */
// @inline
export function philoxRounds(x0: i32, x1: i32, x2: i32, x3: i32, words: Ints): void {
  const multipliers = i32x4(0xd2511f53, 0xcd9e8d57, 0, 0);
  const weyl = i32x4(0x9e3779b9, 0xbb67ae85, 0, 0);
  let c = i32x4.replace_lane(i32x4.splat(x0), 1, x2);
  let d = i32x4.replace_lane(i32x4.splat(x1), 1, x3);
  let k = v128.load64_zero(changetype<usize>(words), 16);
  let product = i64x2.extmul_low_i32x4_u(c, multipliers);
  c = v128.xor(v128.shuffle<i32>(product, product, 3, 1, 3, 1), v128.xor(d, k));
  d = v128.shuffle<i32>(product, product, 2, 0, 2, 0);
  k = i32x4.add(k, weyl);
  product = i64x2.extmul_low_i32x4_u(c, multipliers);
  c = v128.xor(v128.shuffle<i32>(product, product, 3, 1, 3, 1), v128.xor(d, k));
  d = v128.shuffle<i32>(product, product, 2, 0, 2, 0);
  k = i32x4.add(k, weyl);
  product = i64x2.extmul_low_i32x4_u(c, multipliers);
  c = v128.xor(v128.shuffle<i32>(product, product, 3, 1, 3, 1), v128.xor(d, k));
  d = v128.shuffle<i32>(product, product, 2, 0, 2, 0);
  k = i32x4.add(k, weyl);
  product = i64x2.extmul_low_i32x4_u(c, multipliers);
  c = v128.xor(v128.shuffle<i32>(product, product, 3, 1, 3, 1), v128.xor(d, k));
  d = v128.shuffle<i32>(product, product, 2, 0, 2, 0);
  k = i32x4.add(k, weyl);
  product = i64x2.extmul_low_i32x4_u(c, multipliers);
  c = v128.xor(v128.shuffle<i32>(product, product, 3, 1, 3, 1), v128.xor(d, k));
  d = v128.shuffle<i32>(product, product, 2, 0, 2, 0);
  k = i32x4.add(k, weyl);
  product = i64x2.extmul_low_i32x4_u(c, multipliers);
  c = v128.xor(v128.shuffle<i32>(product, product, 3, 1, 3, 1), v128.xor(d, k));
  d = v128.shuffle<i32>(product, product, 2, 0, 2, 0);
  k = i32x4.add(k, weyl);
  product = i64x2.extmul_low_i32x4_u(c, multipliers);
  c = v128.xor(v128.shuffle<i32>(product, product, 3, 1, 3, 1), v128.xor(d, k));
  d = v128.shuffle<i32>(product, product, 2, 0, 2, 0);
  k = i32x4.add(k, weyl);
  product = i64x2.extmul_low_i32x4_u(c, multipliers);
  c = v128.xor(v128.shuffle<i32>(product, product, 3, 1, 3, 1), v128.xor(d, k));
  d = v128.shuffle<i32>(product, product, 2, 0, 2, 0);
  k = i32x4.add(k, weyl);
  product = i64x2.extmul_low_i32x4_u(c, multipliers);
  c = v128.xor(v128.shuffle<i32>(product, product, 3, 1, 3, 1), v128.xor(d, k));
  d = v128.shuffle<i32>(product, product, 2, 0, 2, 0);
  k = i32x4.add(k, weyl);
  product = i64x2.extmul_low_i32x4_u(c, multipliers);
  c = v128.xor(v128.shuffle<i32>(product, product, 3, 1, 3, 1), v128.xor(d, k));
  d = v128.shuffle<i32>(product, product, 2, 0, 2, 0);
  v128.store(changetype<usize>(words), v128.shuffle<i32>(c, d, 0, 4, 1, 5));
}

/** Doubles that are not below 0 have the order of their bits. */
// @inline
export function leastOfFour(triples: Doubles, at: i32): i32 {
  const first = changetype<usize>(triples) + ((<usize>at) << 3);
  const a = load<i64>(first);
  const b = load<i64>(first, 24);
  const c = load<i64>(first, 48);
  const d = load<i64>(first, 72);
  if (a == b) return firstOfFour(triples, at);
  if (c == d) return firstOfFour(triples, at);
  // To look at the lesser of two once more takes less than to carry it along.
  const inLeft = b < a ? at + 3 : at;
  const inRight = d < c ? at + 9 : at + 6;
  const left = load<i64>(changetype<usize>(triples) + ((<usize>inLeft) << 3));
  const right = load<i64>(changetype<usize>(triples) + ((<usize>inRight) << 3));
  if (left == right) return firstOfFour(triples, at);
  return right < left ? inRight : inLeft;
}

// @inline
export function copyTriple(array: Doubles, from: i32, to: i32): void {
  const source = changetype<usize>(array) + ((<usize>from) << 3);
  const target = changetype<usize>(array) + ((<usize>to) << 3);
  store<f64>(target, load<f64>(source));
  store<f64>(target, load<f64>(source, 8), 8);
  store<i32>(target, load<i32>(source, 16), 16);
}

// @inline
export function setEvent(events: Doubles, at: i32, time: f64, key: f64, what: i32): void {
  const target = changetype<usize>(events) + ((<usize>at) << 3);
  store<f64>(target, time);
  store<f64>(target, key, 8);
  store<i32>(target, what, 16);
}

// @inline
export function whatOf(events: Doubles, at: i32): i32 {
  return load<i32>(changetype<usize>(events) + ((<usize>at) << 3), 16);
}

// @inline
export function nearest(x: f64): i32 {
  return <i32>reinterpret<i64>(x + 6755399441055744);
}

// @inline
export function scaled(x: f64, k: i32): f64 {
  return reinterpret<f64>(reinterpret<i64>(x) + ((<i64>k) << 52));
}

// @inline
export function withSign(x: f64, negative: i32): f64 {
  return reinterpret<f64>(reinterpret<u64>(x) | ((<u64>negative) << 63));
}

// @inline
export function oddOf(high: i32, low: i32, bits: i32): f64 {
  return <f64>(<i64>((((<u64>(<u32>high)) << bits) << 1) | ((<u64>(<u32>low)) << 1) | 1));
}

export function whole(x: f64): i32 {
  return <i32>x;
}

export function unsigned(x: i32): f64 {
  return <f64>(<u32>x);
}

export function bit(holds: boolean): i32 {
  return <i32>holds;
}

export function quotient(a: i32, b: i32): i32 {
  return a / b;
}

export function stop(): void {
  unreachable();
}
