import type { StepFunction } from '../input/types.js';
import type { MomentHook } from '../statistics/collectors.js';

/** A program as the engine reads it: whole numbers and doubles, each in their own order. -1 stands for "none". */
export interface ProgramImage {
  readonly ints: Int32Array<ArrayBuffer>;
  readonly numbers: Float64Array<ArrayBuffer>;
}

/** Writes an image in the order in which the engine's image.ts reads it. */
export class ImageWriter {
  readonly #ints: number[] = [];
  readonly #numbers: number[] = [];

  int(...values: readonly number[]): void {
    for (const value of values) this.#ints.push(value);
  }

  number(...values: readonly number[]): void {
    for (const value of values) this.#numbers.push(value);
  }

  /** Without their count. */
  ints(values: Iterable<number>): void {
    for (const value of values) this.#ints.push(value);
  }

  numbers(values: Iterable<number>): void {
    for (const value of values) this.#numbers.push(value);
  }

  /** Whole numbers with their count before them. */
  list(values: Iterable<number>): void {
    const all = [...values];
    this.#ints.push(all.length);
    this.ints(all);
  }

  /** A step function, or none. */
  steps(steps: StepFunction | undefined): void {
    this.int(steps?.at.length ?? 0);
    if (steps === undefined) return;
    this.number(steps.period ?? Number.POSITIVE_INFINITY);
    this.numbers(steps.at);
    this.numbers(steps.value);
  }

  hook(hook: MomentHook | undefined): void {
    this.int(hook === undefined ? 0 : 1);
    if (hook === undefined) return;
    this.list(hook.remember);
    this.list(hook.observe);
    this.list(hook.recents);
  }

  image(): ProgramImage {
    return { ints: Int32Array.from(this.#ints), numbers: Float64Array.from(this.#numbers) };
  }
}
