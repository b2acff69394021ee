/** Observations of one run, in ascending order. */
export interface Observations {
  /** Each value once. */
  readonly values: Float64Array;
  /** How often each value was observed; absent where each was once. */
  readonly counts?: Float64Array;
}

/** A run's values with the number of its observations before each of them, and at the end the number of all. */
interface Run {
  readonly values: Float64Array;
  readonly before: Float64Array;
}

/** So few values are sorted sooner than halved once more. */
const FEW = 64;

/** The observations of several runs as one, without bringing them into one list: those of a run are in order already. */
export class PooledObservations {
  /** By run. */
  readonly sizes: readonly number[];
  /** Of all runs together. */
  readonly size: number;

  readonly #runs: readonly Run[];

  constructor(runs: readonly Observations[]) {
    this.#runs = runs.map(({ values, counts }) => ({ values, before: cumulated(values.length, counts) }));
    this.sizes = this.#runs.map(({ values, before }) => before[values.length]!);
    this.size = this.sizes.reduce((sum, size) => sum + size, 0);
  }

  /** By run, how many observations are at most a value. */
  atMost(value: number): number[] {
    return this.#runs.map(({ values, before }) => before[firstAbove(values, value, 0, values.length)]!);
  }

  /** By run, how many observations are less than a value. */
  below(value: number): number[] {
    return this.#runs.map(({ values, before }) => {
      const above = firstAbove(values, value, 0, values.length);
      return values[above - 1] === value ? before[above - 1]! : before[above]!;
    });
  }

  /**
   * The quantile at a share from 0 to 1, interpolated between neighbours (definition 7 of Hyndman and Fan, The American
   * Statistician, 1996). NaN without observations.
   */
  quantile(share: number): number {
    if (this.size === 0) return Number.NaN;
    const position = share * (this.size - 1);
    const rank = Math.floor(position);
    const [low, next] = this.#ranked(rank);
    if (position === rank) return low;
    const [high] = next === undefined ? this.#ranked(rank + 1) : [next];
    return low + (position - rank) * (high - low);
  }

  /** The value that so many observations come before, and the one after it where that was found on the way. */
  #ranked(rank: number): readonly [value: number, next: number | undefined] {
    // By run, where the value may lie: what is before is smaller, what is after is larger.
    const from = this.#runs.map(() => 0);
    const to = this.#runs.map(({ values }) => values.length);
    for (;;) {
      let longest = 0;
      let left = 0;
      for (let r = 0; r < to.length; r++) {
        left += to[r]! - from[r]!;
        if (to[r]! - from[r]! > to[longest]! - from[longest]!) longest = r;
      }
      if (left <= Math.max(FEW, 2 * to.length)) return this.#rankedWithin(from, to, rank);
      // Where runs are alike, the middle of one is near the middle of all; half of that one goes in any case.
      const pivot = this.#runs[longest]!.values[(from[longest]! + to[longest]! - 1) >> 1]!;
      const ends = this.#runs.map(({ values }, r) => firstAbove(values, pivot, from[r]!, to[r]!));
      const upTo = ends.reduce((sum, end, r) => sum + this.#runs[r]!.before[end]!, 0);
      for (let r = 0; r < to.length; r++) (upTo > rank ? to : from)[r] = ends[r]!;
    }
  }

  #rankedWithin(
    from: readonly number[],
    to: readonly number[],
    rank: number,
  ): readonly [value: number, next: number | undefined] {
    let seen = 0;
    const found: { readonly value: number; readonly count: number }[] = [];
    this.#runs.forEach(({ values, before }, r) => {
      seen += before[from[r]!]!;
      for (let i = from[r]!; i < to[r]!; i++) found.push({ value: values[i]!, count: before[i + 1]! - before[i]! });
    });
    found.sort((a, b) => a.value - b.value);
    const place = found.findIndex(({ count }) => (seen += count) > rank);
    const value = found[place]?.value ?? Number.NaN;
    return [value, seen > rank + 1 ? value : found[place + 1]?.value];
  }
}

function cumulated(length: number, counts: Float64Array | undefined): Float64Array {
  const before = new Float64Array(length + 1);
  for (let i = 0; i < length; i++) before[i + 1] = before[i]! + (counts?.[i] ?? 1);
  return before;
}

/** First place within [from, to) with more than a value; `to` where there is none. */
function firstAbove(values: Float64Array, value: number, from: number, to: number): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
