import { DURATION, erlangC, NUMBER, type ActivityDemand, type Expression, type StaffGroup } from '@pathway/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  coverFor,
  coverTargetText,
  type CoverTarget,
  parseCoverTarget,
  planStaffing,
  roundedByWisn,
} from '../src/index.js';
import { group, model, ORIGIN, plain, role, shift } from './model-builders.js';
import { delayByHour } from './time-varying-queue.js';

const HOURS = Array.from({ length: 168 }, (_, hour) => hour);

const seconds = (value: number): Expression => ({ kind: 'number', value, dimension: DURATION });

/** Visits of a role, so many in each hour; and, with beds, patients who lie in them. */
function visits(perHour: number, minutes: number, beds = 0): readonly ActivityDemand[] {
  const visit: ActivityDemand = {
    activity: 'Care.Visit',
    title: 'Visit',
    organisation: 'Hospital',
    startsByHour: HOURS.map(() => perHour),
    loadByHour: HOURS.map(() => (perHour * minutes) / 60),
    meanDuration: minutes * 60,
    needs: [{ amount: 1, target: { kind: 'role', role: 'Nurse' } }],
  };
  const stay: ActivityDemand = {
    ...visit,
    activity: 'Care.Stay',
    title: 'Stay',
    loadByHour: HOURS.map(() => beds),
    needs: [{ amount: 1, target: { kind: 'resource', resource: 'Bed' } }],
  };
  return beds > 0 ? [visit, stay] : [visit];
}

function ward(more: Partial<StaffGroup> = {}, count = 20) {
  const bed = {
    id: 'Bed',
    name: 'Bed',
    origin: ORIGIN,
    resourceKind: 'space' as const,
    organisation: 'Hospital',
    count: { rules: [], otherwise: plain(count) },
  };
  return model({ roles: [role('Nurse')], staff: [group('Nurse', 12, more)], resources: [bed] });
}

describe('targets of cover', () => {
  it.each([
    ['delay 20%', { kind: 'delay', most: 0.2 }],
    ['wait 90% within 10 min', { kind: 'wait', share: 0.9, within: 600 }],
    ['mean wait 5 min', { kind: 'mean wait', most: 300 }],
    ['workload 95%', { kind: 'workload', percentile: 0.95 }],
  ] as const)('are written and read: %s', (text, target) => {
    expect(parseCoverTarget(text)).toEqual(target);
    expect(coverTargetText(target)).toBe(text);
  });

  it.each(['delay', 'delay 0%', 'delay 120%', 'wait 90% within 10 apples', 'mean wait 0 min', 'workload 95'])(
    'are refused: %s',
    (text) => {
      expect(parseCoverTarget(text)).toBeUndefined();
    },
  );

  const loads = fc.double({ min: 0.05, max: 80, noNaN: true });

  it('are met by the cover, and not by one person fewer', () => {
    fc.assert(
      fc.property(loads, fc.double({ min: 60, max: 7200, noNaN: true }), (load, service) => {
        // P(W > t) = C e^(-(s - a) t / service) and mean wait = C service / (s - a), for s above the load.
        const within = 600;
        const late = (people: number): number =>
          people <= load ? 1 : erlangC(load, people) * Math.exp((-(people - load) * within) / service);
        const mean = (people: number): number =>
          people <= load ? Infinity : (erlangC(load, people) * service) / (people - load);
        const prompt = coverFor(load, { kind: 'wait', share: 0.9, within }, service);
        expect(late(prompt)).toBeLessThanOrEqual(0.1 + 1e-9);
        expect(late(prompt - 1)).toBeGreaterThan(0.1 - 1e-9);
        const short = coverFor(load, { kind: 'mean wait', most: 300 }, service);
        expect(mean(short)).toBeLessThanOrEqual(300 + 1e-6);
        expect(mean(short - 1)).toBeGreaterThan(300 - 1e-6);
      }),
      { numRuns: 200 },
    );
  });

  it('are percentiles of a Poisson workload', () => {
    const cdf = (mean: number, count: number): number => {
      let [term, sum] = [Math.exp(-mean), 0];
      for (let n = 0; n <= count; n += 1) {
        sum += term;
        term *= mean / (n + 1);
      }
      return sum;
    };
    fc.assert(
      fc.property(loads, fc.double({ min: 0.05, max: 0.999, noNaN: true }), (load, percentile) => {
        const people = coverFor(load, { kind: 'workload', percentile }, 600);
        expect(cdf(load, people)).toBeGreaterThanOrEqual(percentile - 1e-9);
        if (people > 0) expect(cdf(load, people - 1)).toBeLessThan(percentile + 1e-9);
      }),
      { numRuns: 200 },
    );
  });

  it('stay near the square-root rule for large loads', () => {
    // Halfin and Whitt: a delay of 0.2 has β = 1.06.
    for (const load of [100, 400, 900])
      expect(
        Math.abs(coverFor(load, { kind: 'delay', most: 0.2 }, 600) - (load + 1.06 * Math.sqrt(load))),
      ).toBeLessThan(1.5);
  });
});

describe('cover over a day', () => {
  /** Arrivals an hour over the day: a tenth of the peak at night. */
  const perHour = (hour: number): number => 22 + 18 * Math.sin(((hour - 9) / 24) * 2 * Math.PI);
  const serviceHours = 1.5;

  /** m(t) of the infinite-server model with exponential service, as the mean of each hour: m' = λ − m / service. */
  function loads(): readonly number[] {
    const means: number[] = [];
    let inside = 0;
    const steps = 600;
    for (let day = 0; day < 3; day += 1)
      for (let hour = 0; hour < 24; hour += 1) {
        let sum = 0;
        for (let step = 0; step < steps; step += 1) {
          inside += (perHour(hour + step / steps) - inside / serviceHours) / steps;
          sum += inside;
        }
        if (day === 2) means.push(sum / steps);
      }
    return means;
  }

  it('keeps the delay near its target in every hour of a simulated queue, where the hour’s own arrivals would not', () => {
    const target: CoverTarget = { kind: 'delay', most: 0.2 };
    const cover = loads().map((load) => coverFor(load, target, serviceHours * 3600));
    const delays = delayByHour({ perHour, mostPerHour: 40, serviceHours, cover, days: 1500, seed: 5 });
    for (const delay of delays) expect(Math.abs(delay - target.most)).toBeLessThan(0.1);
    const mean = delays.reduce((sum, delay) => sum + delay, 0) / 24;
    expect(Math.abs(mean - target.most)).toBeLessThan(0.05);
    // The load of the moment, λ(t) × service, comes too early: too few in the evening, when the work of the day is still there.
    const naive = HOURS.slice(0, 24).map((hour) =>
      coverFor(perHour(hour + 0.5) * serviceHours, target, serviceHours * 3600),
    );
    const worst = Math.max(
      ...delayByHour({ perHour, mostPerHour: 40, serviceHours, cover: naive, days: 400, seed: 5 }),
    );
    expect(worst).toBeGreaterThan(0.35);
  });
});

describe('headcount', () => {
  it('is unknown, with the reason, where absence and leave take all working time', () => {
    const need = planStaffing(ward({ absence: plain(1) }), { demand: visits(1, 30) }).roles[0];
    expect(need?.headcount).toBeNull();
    expect(need?.notes[0]).toBe(
      'Absence and leave take all working time, so that no number of people fills the cover.',
    );
  });

  it('of an estimated presence takes leave off as it does absence', () => {
    const onDuty = (more: Partial<StaffGroup>) =>
      planStaffing(ward(more), { demand: visits(1, 30) }).roles[0]?.onDutyByHour?.[0];
    const leave = [{ name: 'annual leave', perYear: seconds(26 * 8 * 3600) }];
    expect(onDuty({})).toBeCloseTo((12 * 40) / 168, 9);
    expect(onDuty({ absence: plain(0.05), leave })).toBeCloseTo((12 * 40 * 0.85) / 168, 9);
  });

  it('takes off what each shift loses, and is higher where absence is high', () => {
    // A load of 0.5 needs two people: 336 h. Of 8 h a shift 7 are there; absence is even between 0 and 20 %.
    const staff = ward({
      shifts: ['Day'],
      absence: {
        kind: 'distribution',
        family: 'uniform',
        parameters: { low: plain(0), high: plain(0.2) },
        dimension: NUMBER,
      },
      lostPerShift: [
        { name: 'breaks', time: seconds(1800) },
        { name: 'handover', time: seconds(1800) },
      ],
    });
    const world = { ...staff, shifts: [shift('Day', 7, 15)] };
    const headcount = planStaffing(world, { demand: visits(1, 30) }).roles[0]?.headcount;
    expect(headcount).toMatchObject({ shiftHours: 8, productiveHours: 7 });
    expect(headcount?.absence).toBeCloseTo(0.1, 12);
    expect(headcount?.needed).toBeCloseTo(336 / (40 * 0.9 * (7 / 8)), 9);
    expect(headcount?.neededAtHighAbsence).toBeCloseTo(336 / (40 * 0.82 * (7 / 8)), 9);
  });

  /** Evenly between two numbers, times what follows. */
  const even = (low: number, high: number): Expression => ({
    kind: 'distribution',
    family: 'uniform',
    parameters: { low: plain(low), high: plain(high) },
    dimension: NUMBER,
  });
  const daysOf = (days: Expression): Expression => ({
    kind: 'binary',
    operator: '*',
    left: days,
    right: seconds(8 * 3600),
  });
  const needOf = (more: Partial<StaffGroup>) => planStaffing(ward(more), { demand: visits(1, 30) }).roles[0];

  it('takes off leave as WISN does: its days of 260, beside absence', () => {
    // 336 h of cover / (40 h × (1 − 5 % − 26 / 260)).
    const need = needOf({ absence: plain(0.05), leave: [{ name: 'annual leave', perYear: daysOf(plain(26)) }] });
    expect(need?.headcount).toMatchObject({ absence: 0.05, leave: 0.1 });
    expect(need?.headcount?.needed).toBeCloseTo(336 / (40 * 0.85), 9);
    expect(need?.headcount?.neededAtHighAbsence).toBeCloseTo(336 / (40 * 0.85), 9);
  });

  it('adds absence and leave that both vary: not their nine tenths, but that of their sum', () => {
    const need = needOf({
      absence: even(0, 0.2),
      leave: [{ name: 'annual leave', perYear: daysOf(even(0, 26)) }],
    });
    expect(need?.headcount?.needed).toBeCloseTo(336 / (40 * 0.85), 9);
    // Sums of even values between 0 and 0.2 and 0 and 0.1 exceed 0.3 − t with probability t² / (2 × 0.2 × 0.1), t ≤ 0.1.
    const high = 0.3 - Math.sqrt(0.1 * 2 * 0.2 * 0.1);
    expect(1 - 336 / (40 * (need?.headcount?.neededAtHighAbsence ?? 0))).toBeCloseTo(high, 5);
    // WISN has the means: 260 − 13 − 26 days of 8 h.
    expect(need?.wisn?.absences.map(({ daysPerYear }) => daysPerYear)).toEqual([13, 26]);
    expect(need?.wisn?.availableHoursPerYear).toBeCloseTo(221 * 8, 9);
  });

  it('adds as many lines of leave as the text has', () => {
    // Three even values between 0 and 0.1: P(sum > 0.3 − t) = t³ / (6 × 0.1³) for t ≤ 0.1.
    const need = needOf({
      leave: ['annual', 'training', 'parental'].map((name) => ({ name, perYear: daysOf(even(0, 26)) })),
    });
    const high = 0.3 - 0.1 * Math.cbrt(0.6);
    expect(1 - 336 / (40 * (need?.headcount?.neededAtHighAbsence ?? 0))).toBeCloseTo(high, 4);
  });

  it('is not told where one case in ten leaves nobody, or its absence is no single draw', () => {
    const two: Expression = { kind: 'binary', operator: '+', left: even(0, 0.1), right: even(0, 0.1) };
    for (const absence of [even(0.5, 1.2), two]) {
      const need = needOf({ absence });
      expect(need?.headcount?.needed).toBeGreaterThan(0);
      expect(need?.headcount?.neededAtHighAbsence).toBeNull();
    }
  });

  it('is never below the minimum that a roster wants, nor below the team of the lowest level', () => {
    const world = ward({ shifts: ['Day'] });
    const roster = {
      id: 'Week',
      name: 'Week',
      title: 'Ward, week',
      origin: ORIGIN,
      from: '2027-01-04',
      days: 7,
      groups: ['Nurse group'],
      ruleSets: [],
      cover: [{ amount: plain(3), role: 'Nurse', shifts: ['Day'], days: ['Mon' as const], origin: ORIGIN }],
      needs: [],
      entries: [],
      pairs: [],
      changes: [],
    };
    const plan = planStaffing(
      { ...world, shifts: [shift('Day', 7, 15)], rosters: [roster] },
      { demand: visits(1, 30) },
    );
    const [need] = plan.roles;
    expect([6, 7, 14, 15, 24 + 7].map((hour) => need?.coverByHour[hour])).toEqual([2, 3, 3, 2, 2]);
    expect(need?.minimumFrom).toEqual(['Ward, week']);
  });
});

describe('WISN', () => {
  it('has every factor of the manual: allowances of the category in days and shares, and of single people', () => {
    const staff = ward({
      leave: [{ name: 'annual leave', perYear: seconds(20 * 8 * 3600) }],
      absence: plain(0.05),
      supportShares: [
        { name: 'records', share: plain(0.1) },
        { name: 'students', share: plain(0.25), people: 2 },
      ],
      lostPerShift: [{ name: 'handover', time: seconds(24 * 60) }],
    });
    const wisn = planStaffing(staff, { demand: visits(2, 30) }).roles[0]?.wisn;
    // AWT = (260 − 20 − 13) × 8 = 1816 h. A = 17532 × 0.5 h / 1816 h = 4.82709…
    expect(wisn?.availableHoursPerYear).toBeCloseTo(1816, 9);
    // CAS = 10 % + 0.4 h / 8 h = 15 %, CAF = 1 / 0.85. IAS = 2 × 25 % of 1816 h = 908 h, IAF = 908 / 1816 = 0.5.
    expect(wisn?.support.map(({ name }) => name)).toEqual(['records', 'handover']);
    expect(wisn?.categoryAllowanceShare).toBeCloseTo(0.15, 12);
    expect(wisn?.individual).toEqual([{ name: 'students', people: 2, hoursPerYear: 908 }]);
    expect(wisn?.individualAllowanceFactor).toBeCloseTo(0.5, 12);
    // N = 4.82709 / 0.85 + 0.5 = 6.17893…, which is 6; 12 in post are a ratio of 1.942.
    expect(wisn?.required).toBeCloseTo(8766 / 1816 / 0.85 + 0.5, 9);
    expect(wisn?.rounded).toBe(6);
    expect(wisn?.ratio).toBeCloseTo(12 / (8766 / 1816 / 0.85 + 0.5), 9);
  });

  it.each([
    [0, 0],
    [0.3, 1],
    [1.1, 1],
    [1.11, 2],
    [2.2, 2],
    [2.3, 3],
    [3.3, 3],
    [4.4, 4],
    [4.5, 5],
    [5.5, 5],
    [7.5, 7],
    [7.6, 8],
  ])('rounds %d to %d', (required, rounded) => {
    expect(roundedByWisn(required)).toBe(rounded);
  });
});

describe('hours per patient day', () => {
  it('are those given: patients × hours / hours of a shift, then contracts and absence', () => {
    const staff = ward({
      shifts: ['Day'],
      absence: plain(0.1),
      lostPerShift: [{ name: 'breaks', time: seconds(1800) }],
    });
    const world = { ...staff, shifts: [shift('Day', 7, 15)] };
    const plan = planStaffing(world, { demand: visits(1, 30, 15), hoursPerPatientDay: new Map([['Nurse', 5]]) });
    // 15 patients × 5 h / 7.5 h = 10 workers a day; 5 shifts of 8 h in 40 h; 10 × 7 / (5 × 0.9) = 15.5556 people.
    const days = plan.roles[0]?.patientDays;
    expect(days).toMatchObject({ patients: 15, hoursEach: 5, source: 'given', workersPerDay: 10, shiftsPerWeek: 5 });
    expect(days?.required).toBeCloseTo(70 / 4.5, 9);
    expect(plan.roles[0]?.notes.join(' ')).toContain('These hours are given for this plan.');
  });

  it('follow else from the work, and count no more patients than there are beds', () => {
    const plan = planStaffing(ward({}, 10), { demand: visits(2, 30, 15) });
    // One nurse at work at any time: 24 h a day for 10 patients.
    expect(plan.roles[0]?.patientDays).toMatchObject({ patients: 10, source: 'work' });
    expect(plan.roles[0]?.patientDays?.hoursEach).toBeCloseTo(2.4, 9);
  });
});

describe('what a study found', () => {
  it('stands beside the need, groups of one role together', () => {
    const two = model({ roles: [role('Nurse')], staff: [group('Nurse', 3), group('Nurse', 3, { id: 'More' })] });
    const groups = [
      { id: 'Nurse group', census: { mean: 0.5 }, censusDistribution: [0.5, 0.5] },
      { id: 'More', census: { mean: 0.1 }, censusDistribution: [0.9, 0.1] },
      { id: 'Bed', census: { mean: 9 }, censusDistribution: [1] },
    ];
    const plan = planStaffing(two, { demand: visits(1, 30), simulated: { study: 'Winter', groups } });
    // Together 0: 0.45, 1: 0.5, 2: 0.05.
    expect(plan.roles[0]?.simulated).toMatchObject({
      study: 'Winter',
      mean: 0.6,
      meanByHour: null,
      percentiles: { p50: 1, p90: 1, p95: 1 },
    });
  });
});
