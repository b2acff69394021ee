import { type Arrivals, type Crisis, type Effect, type Expression, type Model, NUMBER, RATE } from '@pathway/model';
import { describe, expect, it } from 'vitest';
import { activityDemand, analyse, crisisDemand, dailyDemand } from '../src/index.js';
import {
  binary,
  care,
  cohort,
  DAY,
  draw,
  every,
  exponential,
  HOUR,
  ORIGIN,
  perDay,
  plain,
  resource,
  seconds,
  step,
  uses,
} from './build.js';

const sum = (values: readonly number[] = []): number => values.reduce((total, each) => total + each, 0);
const poisson = (mean: number): Expression => draw('poisson', { mean }, NUMBER);

/** Each of those who come keeps one of four beds for an hour. */
function coming(arrivals: Arrivals, group?: Expression): Model {
  return care([step('Lies', { needs: [uses('Bed')], takes: exponential(HOUR) })], {
    cohorts: [cohort({ arrivals: group === undefined ? arrivals : ({ ...arrivals, group } as Arrivals) })],
    resources: [resource('Bed', 4)],
  });
}

const loadOf = (model: Model) => analyse(model).facts.loads.find(({ id }) => id === 'Bed');

describe('people who come in groups', () => {
  it.each([
    ['a fixed number', plain(3), 3],
    ['one and a Poisson number', binary(plain(1), '+', poisson(2)), 3],
    ['a sum of two draws', binary(poisson(1), '+', poisson(2)), 3],
    [
      'the whole part of a draw',
      { kind: 'function' as const, name: 'floor' as const, arguments: [draw('uniform', { low: 1, high: 4 }, NUMBER)] },
      2,
    ],
    // P(1) = 1/6, P(2) = P(3) = 1/3, P(4) = 1/6.
    ['a draw with fractions, which is rounded', draw('uniform', { low: 1, high: 4 }, NUMBER), 2.5],
    // P(0) = 1/4, P(1) = 1/2, P(2) = 1/4 of a draw between 0 and 2.
    ['a draw that may round to nobody', draw('uniform', { low: 0, high: 2 }, NUMBER), 1],
    ['a fraction, which is rounded', plain(2.4), 2],
    ['less than nobody', plain(-1), 0],
  ])('load what they use by their mean size: %s', (_, group, mean) => {
    for (const arrivals of [perDay(24), every(exponential(HOUR))]) {
      const model = coming(arrivals, group);
      expect(loadOf(model)?.load ?? 0).toBeCloseTo(mean, 9);
      const [lies] = activityDemand(model);
      expect(sum(lies?.startsByHour)).toBeCloseTo(168 * mean, 6);
    }
  });

  it('have no formulas of people who come alone', () => {
    expect(loadOf(coming(perDay(24)))).toMatchObject({ poisson: true, erlangC: expect.any(Number) as number });
    const grouped = loadOf(coming(perDay(8), plain(3)));
    expect(grouped?.load).toBeCloseTo(1, 12);
    expect(grouped?.poisson).toBe(false);
    expect(grouped?.erlangB).toBeUndefined();
    expect(grouped?.erlangC).toBeUndefined();
  });

  it('have no load where the mean of their sizes does not follow', () => {
    const group = binary(draw('normal', { mean: 3, sd: 1 }, NUMBER), '+', draw('normal', { mean: 3, sd: 1 }, NUMBER));
    expect(analyse(coming(perDay(24), group)).facts.limits.map(({ message }) => message)).toEqual([
      'The mean group has no closed form: it may be below 0 or have fractions, which are rounded.',
    ]);
  });

  it('become more groups by a share or a rate, and more people by a number', () => {
    const model = coming(perDay(24), plain(3));
    const [usual] = model.cohorts;
    const inCrisis = (change: Extract<Effect, { kind: 'arrivals' }>['change']): readonly number[] => {
      const crisis: Crisis = {
        id: 'C',
        name: 'C',
        origin: ORIGIN,
        span: { begin: { kind: 'day', day: plain(0) }, lasting: seconds(7 * DAY) },
        effects: [{ kind: 'arrivals', id: 'C.#1', origin: ORIGIN, cohorts: [usual?.id ?? ''], change }],
      };
      const scenario = { id: 'S', name: 'S', origin: ORIGIN, basedOn: [], overrides: [], crises: ['C'] };
      const daily = dailyDemand({ ...model, crises: [crisis], scenarios: [scenario] }, 'S');
      return [
        sum(crisisDemand(model, crisis).demand[0]?.startsByHour),
        sum(daily?.demand[0]?.startsByHour.slice(24, 7 * 24)) * (7 / 6),
      ];
    };
    for (const [change, expected] of [
      [{ kind: 'share', share: plain(0.5) }, 168 * 4.5],
      [{ kind: 'rate', rate: { kind: 'number', value: 24 / DAY, dimension: RATE } }, 168 * 6],
      [{ kind: 'people', people: plain(168) }, 168 * 4],
    ] as const) {
      for (const starts of inCrisis(change)) expect(starts).toBeCloseTo(expected, 6);
    }
  });
});
