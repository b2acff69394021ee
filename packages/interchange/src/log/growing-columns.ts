const BITS = 16;
const SIZE = 1 << BITS;
const MASK = SIZE - 1;

type NumberArray = Float64Array | Uint32Array | Uint16Array | Int16Array | Uint8Array;

/**
 * A column of numbers that grows by pages, so that growing never copies what is there: a log of ten million events
 * would otherwise need twice its size for a moment.
 */
export class GrowingColumn<T extends NumberArray> {
  private readonly pages: T[] = [];
  private count = 0;

  constructor(
    private readonly newPage: (size: number) => T,
    private readonly empty = 0,
  ) {}

  get length(): number {
    return this.count;
  }

  push(value: number): void {
    this.set(this.count, value);
  }

  get(index: number): number {
    return index < this.count ? this.pages[index >>> BITS]![index & MASK]! : this.empty;
  }

  /** Sets a value; what lies between the former end and it holds the column's empty value. */
  set(index: number, value: number): void {
    while (index >>> BITS >= this.pages.length) {
      const page = this.newPage(SIZE);
      if (this.empty !== 0) page.fill(this.empty);
      this.pages.push(page);
    }
    this.pages[index >>> BITS]![index & MASK] = value;
    if (index >= this.count) this.count = index + 1;
  }
}

export const float64Column = (empty = 0): GrowingColumn<Float64Array> =>
  new GrowingColumn((size) => new Float64Array(size), empty);
export const uint32Column = (): GrowingColumn<Uint32Array> => new GrowingColumn((size) => new Uint32Array(size));
export const uint16Column = (): GrowingColumn<Uint16Array> => new GrowingColumn((size) => new Uint16Array(size));
export const int16Column = (): GrowingColumn<Int16Array> => new GrowingColumn((size) => new Int16Array(size));
export const uint8Column = (): GrowingColumn<Uint8Array> => new GrowingColumn((size) => new Uint8Array(size));
