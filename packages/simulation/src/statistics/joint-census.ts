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

  /** The combinations that had time: a column of counts for each dimension, and one of the time, all in the same order. */
  cells(): { readonly counts: readonly Float64Array[]; readonly time: Float64Array } {
    const cells = this.#cells;
    let n = 0;
    for (const time of cells) if (time > 0) n++;
    const counts = this.#sizes.map(() => new Float64Array(n));
    const time = new Float64Array(n);
    for (let index = 0, row = 0; index < cells.length; index++) {
      if (!(cells[index]! > 0)) continue;
      time[row] = cells[index]!;
      let rest = index;
      for (let d = counts.length - 1; d >= 0; d--) {
        const size = this.#sizes[d]!;
        counts[d]![row] = rest % size;
        rest = Math.floor(rest / size);
      }
      row++;
    }
    return { counts, time };
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
    old.time.forEach((time, row) => {
      this.#cells[old.counts.reduce((index, column, d) => index * sizes[d]! + column[row]!, 0)] = time;
    });
  }
}
