import type { Activity, Arrivals, Expression } from '@pathway/model';
import { RATE } from '@pathway/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activityDemand, trafficOf } from '../src/index.js';
import { placesByHour, startsOnce } from '../src/start-times.js';
import { TimeGrid } from '../src/time-grid.js';
import {
  care,
  choose,
  cohort,
  DAY,
  draw,
  exponential,
  goTo,
  HOUR,
  OTHERWISE,
  perDay,
  plain,
  resource,
  seconds,
  share,
  step,
  uses,
} from './build.js';

/** One who comes in the first hour. */
const alone = (hours: number): number[] => Array.from({ length: hours }, (_, hour) => Number(hour === 0));
const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);
const peakAt = (hour: number): Arrivals => ({
  kind: 'rate',
  rate: { kind: 'number', value: 30 / DAY, dimension: RATE },
  profile: { slot: HOUR, values: Array.from({ length: 24 }, (_, each) => Number(each === hour)), anchor: 'day' },
});
const doctor = step('Doctor', { needs: [uses('Bed')], takes: seconds(HOUR) });
const after = (takes: Expression): Activity => step('Before', { takes });
const plan = (arrivals: Arrivals, body: readonly Activity[]) =>
  care(body, { cohorts: [cohort({ arrivals })], resources: [resource('Bed', 'unlimited')] });
const startsOf = (body: readonly Activity[], arrivals = peakAt(9)): readonly number[] =>
  activityDemand(plan(arrivals, body))[0]?.startsByHour ?? [];

/** P(T > end − u) on average over arrivals u from 9 to 10, of a time with this survival. */
function notYet(end: number, survival: (hours: number) => number): number {
  const steps = 300;
  let total = 0;
  for (let i = 0; i < steps; i++) {
    const time = end - 9 - (i + 0.5) / steps;
    total += time < 0 ? 1 : survival(time);
  }
  return total / steps;
}

/** Starts hour by hour of 30 who come evenly from 9 to 10 each day and are ready after a time with this survival. */
function oracle(survival: (hours: number) => number): readonly number[] {
  return eachHour((hour) => 30 * (notYet(hour, survival) - notYet(hour + 1, survival)));
}

/** How many of them are under way on average in each hour, for one hour each. */
function loadOracle(survival: (hours: number) => number): readonly number[] {
  const steps = 60;
  const at = Array.from({ length: (24 * 12 + 1) * steps }, (_, i) => notYet((i + 0.5) / steps - 1, survival));
  return eachHour((hour) => {
    const moments = Array.from({ length: steps }, (_, i) => hour * steps + i);
    return (30 / steps) * sum(moments.map((i) => (at[i] ?? 0) - (at[i + steps] ?? 0)));
  });
}

/** What the hours of twelve days have, by hour of the day. */
function eachHour(at: (hour: number) => number): readonly number[] {
  const all = Array.from({ length: 24 * 12 }, (_, hour) => at(hour));
  return Array.from({ length: 24 }, (_, hour) => sum(all.filter((__, each) => each % 24 === hour)));
}

/** P(T > x) of a sum of two exponentials of different means. */
const hypoexponential =
  (a: number, b: number) =>
  (x: number): number =>
    (a * Math.exp(-x / a) - b * Math.exp(-x / b)) / (a - b);

/** Starts and loads of the doctor after other work; of thirty a day, what times on a grid of five minutes miss. */
function expectTimes(before: readonly Activity[], survival: (hours: number) => number, most = 0.008): void {
  const found = activityDemand(plan(peakAt(9), [...before, doctor]))[0];
  const near = (values: readonly number[] = [], wanted: readonly number[]): void => {
    for (const [hour, each] of wanted.entries()) {
      expect(Math.abs((values[hour + 48] ?? 0) - each)).toBeLessThan(most);
    }
  };
  near(found?.startsByHour, oracle(survival));
  near(found?.loadByHour, loadOracle(survival));
}

describe('starts after other work', () => {
  it('follow an exponential time', () => {
    expectTimes([after(exponential(3 * HOUR))], (x) => Math.exp(-x / 3));
  });

  it('follow two exponential times, one after the other', () => {
    const body = [after(exponential(3 * HOUR)), step('Then', { takes: exponential(1.5 * HOUR) })];
    expectTimes(body, hypoexponential(3, 1.5));
  });

  it('follow a fixed time after an exponential one', () => {
    const body = [after(exponential(3 * HOUR)), step('Then', { takes: seconds(100 * 60) })];
    expectTimes(body, (x) => (x < 5 / 3 ? 1 : Math.exp(-(x - 5 / 3) / 3)));
  });

  it('follow a uniform time', () => {
    const body = [after(draw('uniform', { low: HOUR, high: 4 * HOUR }))];
    expectTimes(body, (x) => Math.min(1, Math.max(0, (4 - x) / 3)));
  });

  it('add fixed times of any number to one', () => {
    const steps = Array.from({ length: 18 }, (_, i) => step(`S${i}`, { takes: seconds(5 * 60) }));
    const found = startsOf([...steps, doctor]);
    expect(found[10]).toBeCloseTo(15, 8);
    expect(found[11]).toBeCloseTo(15, 8);
    expect(found[12]).toBeCloseTo(0, 8);
  });

  it('follow those who go back: exponential times of a geometric number are exponential', () => {
    const body = [
      after(exponential(HOUR)),
      choose('again', 'shares', [share(0.6), [goTo('back', 'Before')]], [OTHERWISE, []]),
    ];
    expectTimes(body, (x) => Math.exp(-x / 2.5));
  });

  it('follow loops inside of loops', () => {
    const body = [
      after(exponential(HOUR)),
      step('Second', { takes: exponential(HOUR) }),
      choose(
        'again',
        'shares',
        [share(0.2), [goTo('first', 'Before')]],
        [share(0.3), [goTo('second', 'Second')]],
        [OTHERWISE, []],
      ),
    ];
    // Two states of a Markov chain: x' = −x + 0.2 y, y' = x − 0.7 y, and y leaves at 0.5.
    const middle = Math.sqrt(0.15 ** 2 + 0.2);
    const [fast, slow] = [0.85 + middle, 0.85 - middle];
    const survival = (x: number): number => (fast * Math.exp(-slow * x) - slow * Math.exp(-fast * x)) / (fast - slow);
    expectTimes(body, survival);
  });

  it('go around the week when they come weeks later', () => {
    const monday: Arrivals = { kind: 'batch', size: plain(10), at: 9 * 60, days: ['Mon'] };
    const found = startsOf([after(seconds(16 * DAY)), doctor], monday);
    expect(found[2 * 24 + 9]).toBeCloseTo(10, 8);
    expect(sum(found)).toBeCloseTo(10, 8);
  });

  it('add to the arrivals of the week, and come as much later as the mean of the times', () => {
    const minutes = fc.integer({ min: 1, max: 600 });
    const time = fc.oneof(
      minutes.map((each) => seconds(each * 60)),
      minutes.map((each) => exponential(each * 60)),
      fc.tuple(minutes, minutes).map(([a, b]) => draw('uniform', { low: a * 60, high: (a + b) * 60 })),
      fc.tuple(minutes, minutes).map(([a, b]) => draw('lognormal', { mean: a * 60, sd: b * 60 })),
    );
    fc.assert(
      fc.property(fc.array(time, { minLength: 1, maxLength: 5 }), (times) => {
        const model = plan(peakAt(9), [...times.map((takes, i) => step(`S${i}`, { takes })), doctor]);
        const found = trafficOf(model)[0]?.kinds[0];
        const visit = found?.visits.find(({ activity }) => activity.needs.length > 0);
        if (found === undefined || visit === undefined) throw new Error('nobody comes');
        const inWeek = placesByHour(found, { hours: alone(168), minute: undefined }, model)(visit).starts;
        expect(sum(inWeek)).toBeCloseTo(1, 12);
        expect(sum(startsOf([...times.map((takes, i) => step(`S${i}`, { takes })), doctor]))).toBeCloseTo(210, 8);
        const ahead = startsOnce(found, alone(6 * 168), model, new TimeGrid(6 * 168, false))(visit);
        expect(sum(ahead)).toBeCloseTo(1, 4);
        // What takes more than six weeks is left out.
        if (sum(ahead) < 1 - 1e-6) return;
        const mean = sum(ahead.map((each, lag) => each * lag));
        expect(Math.abs(mean - visit.delay / HOUR)).toBeLessThan(0.01);
        // All speak of the same times; hours with less than a millionth are left out of those that repeat.
        const near = (each: number): number => 1e-5 + 2e-4 * each;
        const wrapped = (hours: number): number[] =>
          Array.from({ length: hours }, (_, hour) => sum(ahead.filter((__, lag) => lag % hours === hour)));
        for (const [hour, each] of wrapped(168).entries())
          expect(Math.abs((inWeek[hour] ?? 0) - each)).toBeLessThan(near(each));
        const inDay = placesByHour(found, { hours: alone(24), minute: undefined }, model)(visit).starts;
        for (const [hour, each] of wrapped(24).entries())
          expect(Math.abs((inDay[hour] ?? 0) - each)).toBeLessThan(near(each));
      }),
      { numRuns: 25 },
    );
  });

  it('are arrivals times visits where as many come in every hour', () => {
    const body = [after(exponential(3 * HOUR)), doctor];
    expect(startsOf(body, perDay(24))).toEqual(new Array(168).fill(1));
  });

  it('follow a time that varies by little', () => {
    // Nine times an exponential 5 min.
    const survival = (x: number): number => {
      let [term, total] = [1, 0];
      for (let n = 1; n <= 9; n++) {
        total += term;
        term *= (12 * x) / n;
      }
      return total * Math.exp(-12 * x);
    };
    expectTimes([after(draw('gamma', { mean: 45 * 60, sd: 15 * 60 }))], survival, 0.03);
  });

  it('have loads by the law of the time of the work too', () => {
    const work = { ...doctor, takes: exponential(1.5 * HOUR) };
    const found = activityDemand(plan(peakAt(9), [after(exponential(3 * HOUR)), work]))[0]?.loadByHour ?? [];
    // Two exponential times, of which the first is over and the second is not.
    const both = hypoexponential(3, 1.5);
    const steps = 60;
    const wanted = eachHour((hour) => {
      const moments = Array.from({ length: steps }, (_, i) => hour + (i + 0.5) / steps);
      const one = (x: number): number => Math.exp(-x / 3);
      return (30 / steps) * sum(moments.map((t) => notYet(t, both) - notYet(t, one)));
    });
    for (const [hour, each] of wanted.entries()) expect(Math.abs((found[hour + 48] ?? 0) - each)).toBeLessThan(0.008);
  });
});
