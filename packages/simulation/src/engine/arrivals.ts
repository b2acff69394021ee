import type { InputArrivals, StepFunction } from '../input/types.js';

/** Follows a step function through time. */
export class StepCursor {
  readonly #at: readonly number[];
  readonly #value: readonly number[];
  readonly #period: number;
  #cycle = 0;
  #index = 0;

  constructor(steps: StepFunction) {
    this.#at = steps.at;
    this.#value = steps.value;
    this.#period = steps.period ?? Number.POSITIVE_INFINITY;
  }

  /** The value that holds now. */
  get value(): number {
    return this.#value[this.#index] ?? 0;
  }

  /** When the next piece begins; Infinity when this one lasts for ever. */
  get nextTime(): number {
    const next = this.#at[this.#index + 1];
    if (next !== undefined) return this.#start + next;
    return this.#period === Number.POSITIVE_INFINITY ? this.#period : (this.#cycle + 1) * this.#period;
  }

  advance(): void {
    if (this.#index + 1 < this.#at.length) {
      this.#index++;
    } else {
      this.#index = 0;
      this.#cycle++;
    }
  }

  get #start(): number {
    return this.#cycle === 0 ? 0 : this.#cycle * this.#period;
  }
}

/**
 * Times of a Poisson process with piecewise constant rate, by inversion of the cumulative rate: exact, and one unit
 * exponential for each arrival, whatever the rates are.
 */
export class PoissonClock {
  readonly #cursor: StepCursor;
  #time = 0;

  constructor(rate: StepFunction) {
    this.#cursor = new StepCursor(rate);
  }

  /** The arrival that comes after this much cumulative rate, or Infinity when none comes before the end. */
  next(exposure: number, end: number): number {
    let left = exposure;
    for (;;) {
      const rate = this.#cursor.value;
      const edge = this.#cursor.nextTime;
      const gain = rate * (edge - this.#time);
      if (rate > 0 && gain >= left) {
        this.#time += left / rate;
        return this.#time;
      }
      if (edge >= end) return Number.POSITIVE_INFINITY;
      left -= gain;
      this.#time = edge;
      this.#cursor.advance();
    }
  }
}

/** Listed times of arrivals that are given in advance. */
export function listedTimes(arrivals: InputArrivals): readonly number[] {
  return arrivals.kind === 'batch' || arrivals.kind === 'recorded' ? arrivals.at : [];
}
