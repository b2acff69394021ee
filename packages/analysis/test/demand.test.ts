import { type Arrivals, type Cohort, DURATION, type Expression, type Model, NUMBER, RATE } from '@pathway/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activityDemand } from '../src/index.js';
import { underWay } from '../src/under-way.js';
import {
  binary,
  care,
  choose,
  cohort,
  DAY,
  every,
  exponential,
  hold,
  HOUR,
  OTHERWISE,
  perDay,
  plain,
  resource,
  seconds,
  share,
  step,
  study,
  uses,
} from './build.js';

const sum = (values: readonly number[]): number => values.reduce((total, each) => total + each, 0);
const peakAt = (hour: number): Arrivals => ({
  kind: 'rate',
  rate: { kind: 'number', value: 24 / DAY, dimension: RATE },
  profile: { slot: HOUR, values: Array.from({ length: 24 }, (_, each) => Number(each === hour)), anchor: 'day' },
});

function demand(arrivals: Arrivals, body: Parameters<typeof care>[0], more: Partial<Model> = {}) {
  const patients: Cohort = cohort({ arrivals });
  return activityDemand(care(body, { cohorts: [patients], resources: [resource('Bed', 'unlimited')], ...more }));
}

const lies = (name: string, takes: Expression = seconds(HOUR)) => step(name, { needs: [uses('Bed')], takes });

const NORMAL: Expression = {
  kind: 'distribution',
  family: 'normal',
  parameters: { mean: plain(0), sd: plain(1) },
  dimension: NUMBER,
};

describe('demand by hour', () => {
  const london = { studies: [study({ timezone: 'Europe/London', run: seconds(364 * DAY) })] };

  it('adds to rate × visits × 168 hours, whatever brings the patients', () => {
    const body = [choose('c', 'shares', [share(0.3), [lies('A')]], [OTHERWISE, []]), lies('B', exponential(9 * HOUR))];
    const kinds: readonly Arrivals[] = [
      perDay(24),
      every(exponential(HOUR)),
      peakAt(9),
      { kind: 'batch', size: plain(24), at: 9 * 60 },
      { kind: 'table', profile: { slot: DAY, values: [24 / DAY], anchor: 'day' } },
    ];
    for (const arrivals of kinds) {
      const [a, b] = demand(arrivals, body, london);
      expect(sum(a?.startsByHour ?? [])).toBeCloseTo(0.3 * 168, 8);
      expect(sum(b?.startsByHour ?? [])).toBeCloseTo(168, 8);
      // Hours at work are starts times time.
      expect(sum(b?.loadByHour ?? [])).toBeCloseTo(168 * 9, 6);
      expect(b?.meanDuration).toBeCloseTo(9 * HOUR, 4);
    }
  });

  it('has the peak of a profile at its hours of the local clock, summer and winter', () => {
    for (const start of ['2026-01-05T00:00', '2026-01-07T13:20', '2026-06-01T00:00']) {
      const studies = [study({ timezone: 'Europe/London', run: seconds(364 * DAY), start })];
      const [found] = demand(peakAt(9), [lies('A')], { studies });
      found?.startsByHour.forEach((starts, hour) => {
        expect(starts, `hour ${hour} from ${start}`).toBeCloseTo(hour % 24 === 9 ? 24 : 0, 8);
      });
    }
  });

  it.each([
    ['rounded', plain(2.4), 2],
    ['at least 0', plain(-3), 0],
    // The sum over k ≥ 1 of the probability of k − 0.5 or more, (1 / √e) / (1 − 1 / e).
    ['drawn with fractions', { ...exponential(1), dimension: NUMBER }, Math.exp(-0.5) / (1 - Math.exp(-1))],
    // Of normal numbers with mean 0 and sd 1: the sum of the probabilities above 0.5, 1.5, 2.5 and 3.5, from a table.
    ['drawn and negative for half of the days', NORMAL, 0.308538 + 0.066807 + 0.00621 + 0.000233],
  ])('counts people of a daily batch as a run does: %s', (_, size, people) => {
    const [found] = demand({ kind: 'batch', size, at: 9 * 60 }, [lies('A')], london);
    expect(found?.startsByHour[9]).toBeCloseTo(people, 5);
    expect(sum(found?.startsByHour ?? [])).toBeCloseTo(7 * people, 4);
  });

  it('has a daily batch at its hour', () => {
    const [found] = demand({ kind: 'batch', size: plain(5), at: 9 * 60, days: ['Tue'] }, [lies('A')], london);
    expect(found?.startsByHour[33]).toBeCloseTo(5, 8);
    expect(sum(found?.startsByHour ?? [])).toBeCloseTo(5, 8);
    expect(found?.batches).toEqual(['Patients']);
    expect(demand({ kind: 'batch', size: plain(0), at: 9 * 60 }, [lies('A')])[0]?.batches).toBeUndefined();
    expect(demand(peakAt(9), [lies('A')])[0]?.batches).toBeUndefined();
  });

  it('moves later steps by a fixed time before them', () => {
    const [later] = demand(peakAt(9), [step('Wait', { takes: seconds(2 * HOUR) }), lies('A')]);
    expect(later?.startsByHour[11]).toBeCloseTo(24, 8);
    const [half] = demand(peakAt(23), [step('Wait', { takes: seconds(1.5 * HOUR) }), lies('A')]);
    expect(half?.startsByHour[24]).toBeCloseTo(12, 8);
    expect(half?.startsByHour[25]).toBeCloseTo(12, 8);
    // Sunday's last patients are begun on Monday.
    expect(half?.startsByHour[0]).toBeCloseTo(12, 8);
  });

  it('has half the work of an hour in it and half in the next, where it lasts an hour', () => {
    const [found] = demand(peakAt(9), [lies('A')]);
    expect(found?.loadByHour[9]).toBeCloseTo(12, 8);
    expect(found?.loadByHour[10]).toBeCloseTo(12, 8);
    expect(sum(found?.loadByHour.slice(0, 24) ?? [])).toBeCloseTo(24, 8);
  });

  it('counts units and leaves out what needs nothing', () => {
    const two = step('A', { needs: [uses('Bed', plain(2))] });
    const found = demand(perDay(24), [step('Nothing'), two]);
    expect(found.map(({ activity }) => activity)).toEqual(['P.A']);
    expect(found[0]?.needs).toEqual([{ amount: 2, target: { kind: 'resource', resource: 'Bed' } }]);
  });

  it('follows the law of a stay also where a hold is around it', () => {
    const takes = exponential(5 * HOUR);
    const [held] = demand(peakAt(9), [hold('H', 'Bed', [step('A', { takes })])]);
    const [direct] = demand(peakAt(9), [lies('A', takes)]);
    expect(held?.loadByHour).toEqual(direct?.loadByHour);
    const [fixed] = demand(peakAt(9), [lies('A', seconds(5 * HOUR))]);
    // After 7 hours all fixed stays are over, and e^(-7/5) or more of the others are not.
    expect(fixed?.loadByHour[16]).toBeCloseTo(0, 8);
    expect(held?.loadByHour[16]).toBeGreaterThan(24 * Math.exp(-7.5 / 5));
    expect(sum(held?.loadByHour ?? [])).toBeCloseTo(sum(fixed?.loadByHour ?? []), 8);
  });

  it('takes a time that is a product of draws as fixed', () => {
    const takes = binary(exponential(HOUR), '*', exponential(2));
    const [found] = demand(peakAt(9), [lies('A', takes)]);
    expect(found?.loadByHour).toEqual(demand(peakAt(9), [lies('A', seconds(2 * HOUR))])[0]?.loadByHour);
  });

  it('adds up draws: two exponential times are one of Erlang, and a multiple is one of a larger unit', () => {
    const loads = (takes: Expression): readonly number[] => demand(peakAt(9), [lies('A', takes)])[0]?.loadByHour ?? [];
    const exact = loads({
      kind: 'distribution',
      family: 'gamma',
      parameters: { mean: seconds(2 * HOUR), sd: seconds(Math.SQRT2 * HOUR) },
      dimension: DURATION,
    });
    const added = loads(binary(exponential(HOUR), '+', exponential(HOUR)));
    // Times between points of the grid of five minutes are shared between both.
    added.forEach((each, hour) => expect(Math.abs(each - (exact[hour] ?? 0))).toBeLessThan(5e-4 * Math.max(...exact)));
    expect(sum(added)).toBeCloseTo(sum(exact), 9);
    const tripled = loads(binary(plain(3), '*', exponential(HOUR)));
    loads(exponential(3 * HOUR)).forEach((each, hour) => expect(tripled[hour]).toBeCloseTo(each, 9));
  });
});

describe('work under way', () => {
  const resolved = { unit: 1, from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };
  const starts = Array.from({ length: 168 }, (_, hour) => (hour % 24 === 9 ? 6 : 1));

  it("solves m' = λ − m / mean, where stays are exponential", () => {
    const mean = 7;
    const load = underWay(starts, { family: 'exponential', mean: mean * HOUR, ...resolved });
    const left = Math.exp(-1 / mean);
    let number = 0;
    let averages: number[] = [];
    // Over an hour of even starts m goes to λ mean exponentially; the second week repeats the first.
    for (let week = 0; week < 3; week++) {
      averages = starts.map((rate) => {
        const level = rate * mean;
        const average = level + (number - level) * mean * (1 - left);
        number = level + (number - level) * left;
        return average;
      });
    }
    averages.forEach((average, hour) => {
      expect(load[hour]).toBeCloseTo(average, 6);
    });
  });

  it('keeps the hours of work, also of stays of many weeks', () => {
    const laws = fc.oneof(
      fc.double({ min: 0, max: 4000, noNaN: true }).map((hours) => hours * HOUR),
      fc
        .record({ mean: fc.double({ min: 0.1, max: 2000, noNaN: true }) })
        .map(({ mean }) => ({ family: 'exponential' as const, mean: mean * HOUR, ...resolved })),
      fc
        .record({
          mu: fc.double({ min: -1, max: 6, noNaN: true }),
          sigma: fc.double({ min: 0.1, max: 1.5, noNaN: true }),
        })
        .map((law) => ({ family: 'lognormal' as const, ...law, ...resolved, unit: HOUR })),
    );
    fc.assert(
      fc.property(laws, (law) => {
        const hours =
          typeof law === 'number'
            ? law / HOUR
            : law.family === 'exponential'
              ? law.mean / HOUR
              : Math.exp(law.mu + law.sigma ** 2 / 2);
        const load = underWay(starts, law);
        expect(Math.abs(sum(load) - sum(starts) * hours)).toBeLessThan(1e-8 * Math.max(1, sum(starts) * hours));
        for (const each of load) expect(each).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 40 },
    );
  });

  it('is level where starts are', () => {
    const level = starts.map(() => 2);
    const load = underWay(level, { family: 'gamma', shape: 2, scale: 30 * HOUR, ...resolved });
    for (const each of load) expect(each).toBeCloseTo(120, 6);
  });
});
