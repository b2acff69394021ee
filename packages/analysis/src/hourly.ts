import { type DurationLaw, expectedWithin, expectedWithinIntegral } from './duration-law.js';
import type { Algebra } from './signal.js';

export const HOURS_OF_WEEK = 168;
const HOUR = 3600;
const LONGEST = 20_000;

/**
 * Flows by hour of the week in a stationary weekly cycle: mean numbers of patients who begin in each hour, and mean
 * numbers under way. This is the infinite-server network that the modified offered load is taken from (Jennings,
 * Mandelbaum, Massey and Whitt 1996): m(t) = ∫ λ(t − u) P(S > u) du, station after station, each hour's starts spread
 * evenly over it. Exact for the mean over each hour at the first station; later stations smooth arrivals within the hour.
 */
export function hourlyAlgebra(): Algebra<Float64Array> {
  const kernels = new Map<string, Kernel>();
  const kernel = (law: DurationLaw): Kernel => {
    const key = JSON.stringify(law);
    const known = kernels.get(key) ?? kernelOf(law);
    kernels.set(key, known);
    return known;
  };
  return {
    zero: new Float64Array(HOURS_OF_WEEK),
    add: (a, b) => a.map((each, i) => each + (b[i] ?? 0)),
    scale: (a, factor) => a.map((each) => (each === 0 || factor === 0 ? 0 : each * factor)),
    shift: (a, seconds) => shifted(a, seconds / HOUR),
    serve: (a, law) => {
      if (!Number.isFinite(law.mean)) return { present: a.map((each) => (each === 0 ? 0 : Number.NaN)), out: a };
      if (law.mean === 0) return { present: new Float64Array(HOURS_OF_WEEK), out: a };
      if (isLevel(a)) return { present: a.map((each) => (each * law.mean) / HOUR), out: a };
      const { present, leaving } = kernel(law);
      return { present: convolve(a, present), out: convolve(a, leaving) };
    },
    size: (a) => a.reduce((sum, each) => sum + Math.abs(each), 0),
  };
}

function isLevel(a: Float64Array): boolean {
  return a.every((each) => each === a[0]);
}

interface Kernel {
  /** Hours spent in the j-th hour after the one of the start, folded to a week. */
  readonly present: Float64Array;
  /** Chance to end in the j-th hour after the one of the start. */
  readonly leaving: Float64Array;
}

function kernelOf(law: DurationLaw): Kernel {
  const present = new Float64Array(HOURS_OF_WEEK);
  const leaving = new Float64Array(HOURS_OF_WEEK);
  const within = (hours: number): number => (hours <= 0 ? 0 : expectedWithinIntegral(law, hours * HOUR) / HOUR ** 2);
  // ∫₀ˣ P(S ≤ t) dt, in hours.
  const ended = (hours: number): number => (hours <= 0 ? 0 : hours - expectedWithin(law, hours * HOUR) / HOUR);
  let [w0, w1, e0, e1] = [0, 0, 0, 0];
  let [spent, left] = [0, 0];
  const mean = law.mean / HOUR;
  for (let j = 0; j < LONGEST && left < 1 - 1e-9; j++) {
    const [w2, e2] = [within(j + 1), ended(j + 1)];
    // Second differences: starts spread over an hour, seen by the mean over a later hour.
    const [inHour, gone] = [Math.max(0, w2 - 2 * w1 + w0), Math.max(0, e2 - 2 * e1 + e0)];
    const slot = j % HOURS_OF_WEEK;
    present[slot] = (present[slot] ?? 0) + inHour;
    leaving[slot] = (leaving[slot] ?? 0) + gone;
    spent += inHour;
    left += gone;
    [w0, w1, e0, e1] = [w1, w2, e1, e2];
  }
  // What a long tail leaves over is the same in every hour of the week; it also takes up the error of rounding.
  const [rest, stay] = [(mean - spent) / HOURS_OF_WEEK, (1 - left) / HOURS_OF_WEEK];
  return { present: present.map((each) => each + rest), leaving: leaving.map((each) => each + stay) };
}

function convolve(a: Float64Array, kernel: Float64Array): Float64Array {
  const result = new Float64Array(HOURS_OF_WEEK);
  for (let start = 0; start < HOURS_OF_WEEK; start++) {
    const value = a[start] ?? 0;
    if (value === 0) continue;
    for (let j = 0; j < HOURS_OF_WEEK; j++) {
      const hour = (start + j) % HOURS_OF_WEEK;
      result[hour] = (result[hour] ?? 0) + value * (kernel[j] ?? 0);
    }
  }
  return result;
}

function shifted(a: Float64Array, hours: number): Float64Array {
  const whole = Math.floor(hours);
  const part = hours - whole;
  const at = (i: number): number => a[(((i - whole) % HOURS_OF_WEEK) + HOURS_OF_WEEK) % HOURS_OF_WEEK] ?? 0;
  return a.map((_, i) => (1 - part) * at(i) + part * at(i - 1));
}
