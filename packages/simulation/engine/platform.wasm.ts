// The WebAssembly side of platform.ts, in AssemblyScript. Memory is never given back: an engine lives as long as a run.

@unmanaged
export class Ints {
  @inline @operator('[]') get(i: i32): i32 {
    return load<i32>(changetype<usize>(this) + ((<usize>i) << 2));
  }
  @inline @operator('[]=') set(i: i32, value: i32): void {
    store<i32>(changetype<usize>(this) + ((<usize>i) << 2), value);
  }
}

@unmanaged
export class Doubles {
  @inline @operator('[]') get(i: i32): f64 {
    return load<f64>(changetype<usize>(this) + ((<usize>i) << 3));
  }
  @inline @operator('[]=') set(i: i32, value: f64): void {
    store<f64>(changetype<usize>(this) + ((<usize>i) << 3), value);
  }
}

@unmanaged
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

export function newInts(length: i32): Ints {
  return changetype<Ints>(room((<usize>length) << 2));
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

export function copyDoubles(from: Doubles, to: Doubles, count: i32): void {
  memory.copy(changetype<usize>(to), changetype<usize>(from), (<usize>count) << 3);
}

export function copyInts(from: Ints, to: Ints, count: i32): void {
  memory.copy(changetype<usize>(to), changetype<usize>(from), (<usize>count) << 2);
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

export function multiplyLow(a: i32, b: i32): i32 {
  return a * b;
}

export function multiplyHigh(a: i32, b: i32): i32 {
  return <i32>((<u64>(<u32>a) * <u64>(<u32>b)) >> 32);
}

export function whole(x: f64): i32 {
  return <i32>x;
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
