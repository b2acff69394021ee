import type { Fit } from '../statistics/fit.js';
import { type Interval, shareInterval } from '../statistics/intervals.js';
import { identifier, Names, quoted } from './names.js';
import { duration, lawText, number, percent, type WriteValue } from './numbers.js';

/**
 * Named numbers with what they may also be, so that a study can say how much it matters that a log is finite: the ends
 * are those of the 95 % interval. They are declared in the order in which they were asked for.
 */
export class UncertainNumbers {
  readonly #names = new Names();
  readonly #lines: string[] = [];

  /** @param source name of the source that the numbers rest on @param taken names that other declarations have */
  constructor(
    private readonly source: string,
    taken: readonly string[] = [],
  ) {
    for (const name of taken) this.#names.fresh(name);
  }

  /** The declarations, a line each. */
  get lines(): readonly string[] {
    return this.#lines;
  }

  /**
   * A law whose mean has a name: what is drawn has the mean that was observed, which that of the likeliest law need not be, and goes
   * up and down with it. Without an interval the law alone.
   */
  law(fit: Fit, subject: string, title: string, write: WriteValue): string {
    const text = lawText(fit, write);
    const name = this.#declare(`${subject} mean`, title, write(fit.mean), fit.meanInterval, write);
    if (name === undefined) return text;
    const [first, second] = fit.law.parameters;
    // Where the mean is all that a law has, or beside it the number of stages, the name stands in its place.
    if (fit.zeroShare === 0 && fit.law.family === 'exponential') return `exponential(${name})`;
    if (fit.zeroShare === 0 && fit.law.family === 'erlang' && second !== undefined)
      return `erlang(${number(first?.value ?? 1)}, ${name})`;
    return `${name} / ${write(fit.law.mean * (1 - fit.zeroShare))} * ${text}`;
  }

  /** So many of so many, as a share. */
  share(counted: number, of: number, subject: string, title: string): string {
    const value = percent(counted / of);
    return this.#declare(`${subject} share`, title, value, shareInterval(counted, of), percent) ?? value;
  }

  /** A number a day. */
  rate(perDay: number, interval: Interval, subject: string, title: string): string {
    const write: WriteValue = (value) => `${number(value)} per day`;
    return this.#declare(subject, title, write(perDay), interval, write) ?? write(perDay);
  }

  #declare(subject: string, title: string, value: string, interval: Interval, write: WriteValue): string | undefined {
    const [low, high] = [write(Math.max(0, interval.low)), write(interval.high)];
    if (!(interval.low > 0) || low === value || high === value || low === high) return undefined;
    const name = this.#names.fresh(identifier(subject));
    this.#lines.push(
      `number ${name} ${quoted(title)} = ${value} uncertain from ${low} to ${high} source ${this.source}`,
    );
    return name;
  }
}

/** A law of durations whose mean has a name. */
export function uncertainDuration(numbers: UncertainNumbers, fit: Fit, subject: string): string {
  return numbers.law(fit, subject, `Mean time of ${subject}`, duration);
}
