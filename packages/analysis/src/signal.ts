import type { DurationLaw } from './duration-law.js';

/** What flows along a pathway while it is walked: a number of patients, in some form that adds and scales. */
export interface Algebra<S> {
  readonly zero: S;
  add(a: S, b: S): S;
  scale(a: S, factor: number): S;
  /** Later by so many seconds. */
  shift(a: S, seconds: number): S;
  /** Those who are under way, and those who come out, when `a` begin something that takes a time of this law. */
  serve(a: S, law: DurationLaw): { readonly present: S; readonly out: S };
  /** A size that is 0 for no flow at all. */
  size(a: S): number;
}

/**
 * Expected patients as a linear form: element 0 is a number per arriving patient, element i + 1 the share of those who
 * come to jump target i. What is under way is counted in patient-seconds.
 */
export function linearAlgebra(targets: number): Algebra<Float64Array> {
  const scale = (a: Float64Array, factor: number): Float64Array => a.map((each) => times(each, factor));
  return {
    zero: new Float64Array(targets + 1),
    add: (a, b) => a.map((each, i) => each + (b[i] ?? 0)),
    scale,
    shift: (a) => a,
    serve: (a, law) => ({ present: scale(a, law.mean), out: a }),
    size: (a) => a.reduce((sum, each) => sum + Math.abs(each), 0),
  };
}

/** None of something unknown is none: 0 × NaN is 0 here. */
function times(value: number, factor: number): number {
  return value === 0 || factor === 0 ? 0 : value * factor;
}

/** The linear form that stands for jump target `index` alone. */
export function unitForm(targets: number, index: number): Float64Array {
  const form = new Float64Array(targets + 1);
  form[index] = 1;
  return form;
}
