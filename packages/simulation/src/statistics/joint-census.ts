import { SimulationError } from '../errors.js';

const MOST_CELLS = 4_000_000;

/** What a census counts at an instant: units in use, or requests waiting. */
export interface Observable {
  readonly kind: 'census' | 'queue';
  readonly facilities: readonly number[];
}

/** How long each combination of several counts held, in a dense table that grows with the counts. */
export class JointCensus {
  readonly values: Int32Array;
  #sizes: number[];
  #cells: Float64Array;
  #last = 0;

  constructor(dimensions: number) {
    this.values = new Int32Array(dimensions);
    this.#sizes = new Array<number>(dimensions).fill(16);
    this.#cells = new Float64Array(16 ** dimensions);
  }

  /** Accounts for the time since the last change; call before a value changes. */
  touch(now: number): void {
    if (now > this.#last) {
      let index = 0;
      for (let d = 0; d < this.values.length; d++) {
        const value = this.values[d]!;
        if (value >= this.#sizes[d]!) {
          this.#grow(d, value);
          d = -1;
          index = 0;
          continue;
        }
        index = index * this.#sizes[d]! + value;
      }
      this.#cells[index] = this.#cells[index]! + (now - this.#last);
      this.#last = now;
    }
  }

  reset(now: number): void {
    this.#cells.fill(0);
    this.#last = now;
  }

  /** The cells with time in them: the counts, and the time. */
  cells(): { readonly counts: readonly number[]; readonly time: number }[] {
    const result: { counts: readonly number[]; time: number }[] = [];
    this.#cells.forEach((time, index) => {
      if (time > 0) result.push({ counts: this.#countsAt(index), time });
    });
    return result;
  }

  #countsAt(index: number): number[] {
    const counts: number[] = [];
    let rest = index;
    for (let d = this.#sizes.length - 1; d >= 0; d--) {
      const size = this.#sizes[d]!;
      counts.unshift(rest % size);
      rest = Math.floor(rest / size);
    }
    return counts;
  }

  #grow(dimension: number, value: number): void {
    const old = this.cells();
    const sizes = [...this.#sizes];
    while (sizes[dimension]! <= value) sizes[dimension] = sizes[dimension]! * 2;
    const total = sizes.reduce((product, size) => product * size, 1);
    if (total > MOST_CELLS) {
      throw new SimulationError(
        'A probability over several censuses at once has too many combinations to count: ' +
          'let it speak of fewer resources, or of resources with fewer units.',
      );
    }
    this.#sizes = sizes;
    this.#cells = new Float64Array(total);
    for (const { counts, time } of old) {
      this.#cells[counts.reduce((index, count, d) => index * sizes[d]! + count, 0)] = time;
    }
  }
}
