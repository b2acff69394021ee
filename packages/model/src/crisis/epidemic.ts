import { type Numbers, requireConstant } from '../evaluate.js';
import { ModelError } from '../model-error.js';
import type { EpidemicCurve } from './crisis.js';

/** Steps of the integration in the shortest stage of the illness; the error of RK4 is then far below one person. */
const STEPS_IN_A_STAGE = 40;
/** More steps than this are refused: no plan looks so far ahead with stages so short. */
const MOST_STEPS = 5_000_000;

/**
 * Expected people in each slot of so many seconds from the beginning of the curve, beside the usual arrivals.
 *
 * `logistic`: differences of the cumulative curve total / (1 + exp(−r (t − peak))) with r = ln 2 / doubling. `sir`, `seir`:
 * Kermack and McKendrick (1927) without births and deaths, transmission rate reproduction / infectious, integrated by
 * Runge–Kutta of order 4; people come when they become infectious, the share `admitted` of them, `delay` later. `table`:
 * its values, spread evenly over its slots.
 * @param slot seconds
 * @throws ModelError for parameters that vary or are impossible
 */
export function epidemicCounts(curve: EpidemicCurve, slot: number, slots: number, numbers: Numbers): readonly number[] {
  const cumulative = cumulativeOf(curve, slot * slots, numbers);
  const ends = Array.from({ length: slots + 1 }, (_, index) => cumulative(index * slot));
  return ends.slice(1).map((end, index) => Math.max(0, end - (ends[index] ?? 0)));
}

/** People who have come up to a time, which is asked for in ascending order. */
type Cumulative = (time: number) => number;

function cumulativeOf(curve: EpidemicCurve, horizon: number, numbers: Numbers): Cumulative {
  switch (curve.kind) {
    case 'logistic': {
      const total = requireConstant(curve.total, numbers, 'total of a curve');
      const doubling = requireConstant(curve.doubling, numbers, 'doubling of a curve');
      const peak = requireConstant(curve.peak, numbers, 'peak of a curve');
      const rate = Math.LN2 / doubling;
      return (time) => total / (1 + Math.exp(-rate * (time - peak)));
    }
    case 'table': {
      const { slot, values } = curve.profile;
      return (time) =>
        values.reduce((sum, value, index) => sum + value * Math.min(1, Math.max(0, time / slot - index)), 0);
    }
    default:
      return compartments(curve, horizon, numbers);
  }
}

function compartments(
  curve: Extract<EpidemicCurve, { kind: 'sir' | 'seir' }>,
  horizon: number,
  numbers: Numbers,
): Cumulative {
  const read = (name: 'population' | 'infected' | 'reproduction' | 'infectious'): number =>
    requireConstant(curve[name], numbers, `${name} of a curve`);
  const [population, infected, reproduction, infectious] = [
    read('population'),
    read('infected'),
    read('reproduction'),
    read('infectious'),
  ];
  const latent = curve.latent && requireConstant(curve.latent, numbers, 'latent of a curve');
  const share = curve.admitted === undefined ? 1 : requireConstant(curve.admitted, numbers, 'admitted of a curve');
  const delay = curve.delay === undefined ? 0 : requireConstant(curve.delay, numbers, 'delay of a curve');
  const step = Math.min(infectious, latent ?? infectious) / STEPS_IN_A_STAGE;
  if (horizon / step > MOST_STEPS) {
    throw new ModelError('The stages of this curve are too short for the time over which it runs.');
  }
  const transmission = reproduction / infectious;
  const flows = ([s, e, i]: State): State => {
    const infections = (transmission * s * i) / population;
    const onsets = latent === undefined ? infections : e / latent;
    return [-infections, latent === undefined ? 0 : infections - onsets, onsets - i / infectious, onsets];
  };
  let time = 0;
  let state: State = [population - infected, 0, infected, 0];
  return (wanted) => {
    const until = wanted - delay;
    while (time < until) {
      const by = Math.min(step, until - time);
      state = rungeKutta(state, by, flows);
      // A remainder too short for the clock to move ends the stretch.
      time = by === until - time ? until : time + by;
    }
    return until <= 0 ? 0 : share * state[3];
  };
}

/** Susceptible, exposed, infectious, and all who have become infectious since the beginning. */
type State = readonly [number, number, number, number];

function rungeKutta(state: State, by: number, flows: (state: State) => State): State {
  const at = (slope: State, part: number): State => [
    state[0] + slope[0] * by * part,
    state[1] + slope[1] * by * part,
    state[2] + slope[2] * by * part,
    state[3] + slope[3] * by * part,
  ];
  const a = flows(state);
  const b = flows(at(a, 0.5));
  const c = flows(at(b, 0.5));
  const d = flows(at(c, 1));
  const mean = (index: 0 | 1 | 2 | 3): number => (a[index] + 2 * b[index] + 2 * c[index] + d[index]) / 6;
  return at([mean(0), mean(1), mean(2), mean(3)], 1);
}
