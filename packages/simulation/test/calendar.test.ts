import fc from 'fast-check';
import type { Model, NeedTarget, Person, Schedule } from '@pathway/model';
import { describe, expect, test } from 'vitest';
import { type CensusGrid, censusGrid } from '../src/statistics/census-grid.js';
import { DoubleWriter } from '../engine/arrays.js';
import { Facility } from '../engine/facility.js';
import { Grid } from '../engine/grid.js';
import { readFacility } from '../src/engine/run-record.js';
import type { SimulationInput } from '../src/index.js';
import { bySkill, cohort, HERE, input, log, n, need, pathway, resource, run, staff, step } from './build.js';

const HOUR = 3600;
const DAY = 24 * HOUR;
const starts = ['start'];
const byNurse = need([{ kind: 'role', role: 'Nurse' }]);

function person(id: string, more: Partial<Person> = {}): Person {
  return { id, skills: [], shifts: [], leave: [], origin: HERE, ...more };
}

describe('the local calendar', () => {
  test('staff come at their clock time, also after the night in which clocks go forward', () => {
    const morning: Schedule = { rules: [{ amount: n(1), from: 480, to: 540 }], otherwise: n(0) };
    const parts = {
      staff: [staff('G', 'Nurse', morning)],
      cohorts: [cohort('X', [0, 12 * HOUR])],
      pathways: [pathway([step('S', n(60), [byNurse])], ['X'])],
    };
    const study = { run: 3 * DAY, start: '2026-03-28T00:00', timezone: 'Europe/Berlin' };
    expect(log(parts, study, starts)).toEqual([`${8 * HOUR} X 0 start S`, `${DAY + 7 * HOUR} X 1 start S`]);
  });

  test('hours of the week are those of the clock, also in the week after clocks went forward', () => {
    const noon = 12;
    const parts = {
      resources: [resource('Bed', 1)],
      cohorts: [cohort('X', [(7 * 24 + noon - 1) * HOUR])],
      pathways: [pathway([step('S', n(HOUR), ['Bed'])], ['X'])],
    };
    // Two weeks from a Monday, with the change on the first Sunday: the second noon is an hour earlier than without it.
    const study = { run: 14 * DAY, start: '2026-03-23T00:00', timezone: 'Europe/Berlin' };
    const census = run(parts, study, 1)[0]!.facilities[0]!.byHour!.census;
    expect(census.findIndex((share) => share > 0)).toBe(noon);
    expect(census[noon]).toBeCloseTo(0.5, 12);
  });

  test.each([
    ['forward', '2026-03-23T00:00', 11],
    ['back', '2026-10-19T00:00', 13],
  ])('hours of the week are those of the clock on the rest of the Sunday on which clocks go %s', (_, start, hours) => {
    const parts = {
      resources: [resource('Bed', 1)],
      cohorts: [cohort('X', [(6 * 24 + hours) * HOUR])],
      pathways: [pathway([step('S', n(HOUR), ['Bed'])], ['X'])],
    };
    const census = run(parts, { run: 14 * DAY, start, timezone: 'Europe/Berlin' }, 1)[0]!.facilities[0]!.byHour!.census;
    expect([...census.entries()].filter(([, share]) => share > 0)).toEqual([[6 * 24 + 12, 0.5]]);
  });

  test('a named person on leave is away from the first day to the end of the last', () => {
    const away = [{ from: '2026-01-06', to: '2026-01-07' }];
    const parts = {
      roles: [{ id: 'Nurse', name: 'Nurse', origin: HERE, codes: {}, skills: [] }],
      staff: [staff('G', 'Nurse', 1, { people: [person('p', { leave: away })] })],
      cohorts: [cohort('X', [DAY - 10, DAY])],
      pathways: [pathway([step('S', n(5), [byNurse])], ['X'])],
    };
    expect(log(parts, { run: 5 * DAY }, starts)).toEqual([`${DAY - 10} X 0 start S`, `${3 * DAY} X 1 start S`]);
  });
});

describe('skills', () => {
  const group = (id: string, ...people: Person[]) => staff(id, 'Nurse', people.length, { people });
  const parts = (of: readonly NeedTarget[]): Partial<Model> => ({
    skills: [
      { id: 'Lysis', name: 'Lysis', origin: HERE, levels: ['basic', 'expert'], codes: {} },
      { id: 'Scan', name: 'Scan', origin: HERE, levels: [], codes: {} },
    ],
    roles: [{ id: 'Nurse', name: 'Nurse', origin: HERE, codes: {}, skills: [] }],
    staff: [
      group('Expert', person('e', { skills: [{ skill: 'Lysis', level: 'expert' }] })),
      group('Basic', person('b', { skills: [{ skill: 'Lysis', level: 'basic' }] })),
      group('Scanner', person('s', { skills: [{ skill: 'Scan' }] })),
    ],
    cohorts: [cohort('X', [0, 0, 0])],
    pathways: [pathway([step('S', n(10), [need(of)])], ['X'])],
  });
  const shares = (of: readonly NeedTarget[]) => run(parts(of), { run: 100 }, 1)[0]?.facilities.map((f) => f.census);

  test('a level is met by that or a higher one, and only by those', () => {
    expect(shares([bySkill('Lysis', 'expert')])).toEqual([0.3, 0, 0]);
    // The first takes the least qualified, the second who is left; the third, the least qualified again.
    expect(shares([bySkill('Lysis', 'basic')])).toEqual([0.1, 0.2, 0]);
  });

  test('of alternatives the first that is free is taken, in the order in which they are written', () => {
    expect(shares([bySkill('Lysis', 'expert'), bySkill('Scan')])).toEqual([0.2, 0, 0.1]);
    expect(shares([bySkill('Scan'), bySkill('Lysis', 'expert')])).toEqual([0.1, 0, 0.2]);
  });
});

/** The engine's own view of a grid. */
function engineGrid(compiled: SimulationInput, grid: CensusGrid): Grid {
  const own = new Grid();
  own.tick = grid.tick;
  own.ticks = grid.ticks;
  own.ticksPerSlot = grid.ticksPerSlot;
  own.slots = grid.slots;
  own.weekly = grid.weekly;
  own.hours = Int32Array.from(grid.hours);
  own.makeRoom(1);
  own.warmUp = compiled.warmUp;
  own.end = compiled.warmUp + compiled.run;
  return own;
}

test('a census booked at changes is that of a sum over all pieces between changes and edges', () => {
  const change = fc.record({
    gap: fc.double({ min: 0, max: 5 * DAY, noNaN: true }),
    kind: fc.constantFrom('busy', 'waiting', 'capacity'),
    to: fc.integer({ min: 0, max: 20 }),
  });
  const parts = { resources: [resource('R', 1)] };
  fc.assert(
    fc.property(
      fc.integer({ min: 3 * HOUR, max: 40 * DAY }),
      fc.array(change, { maxLength: 12 }),
      fc.integer({ min: 0, max: 100_000 }),
      (length, changes, warmUp) => {
        const compiled = input(parts, { run: length, warmUp });
        const grid = censusGrid(compiled);
        const own = engineGrid(compiled, grid);
        const census = new Facility(0, -1, own, true);
        census.begin(warmUp);
        const busyTime = new Float64Array(grid.slots);
        const waitingByHour = new Float64Array(168);
        let now = 0;
        let [busy, waiting] = [0, 0];
        const goTo = (time: number): void => {
          while (now < time) {
            const tick = Math.min(grid.ticks - 1, Math.floor(now / grid.tick));
            const edge = tick === grid.ticks - 1 ? time : Math.min(time, (tick + 1) * grid.tick);
            busyTime[Math.floor(tick / grid.ticksPerSlot)]! += busy * (edge - now);
            const hour = Math.floor((warmUp + tick * grid.tick) / HOUR) % 168;
            if (grid.weekly) waitingByHour[hour]! += waiting * (edge - now);
            now = edge;
          }
        };
        for (const { gap, kind, to } of changes) {
          if (now + gap >= length) break;
          goTo(now + gap);
          own.now = warmUp + now;
          if (kind === 'busy') census.changeBusy(to - busy);
          else if (kind === 'waiting') census.changeWaiting(to - waiting);
          else census.changeCapacity(to);
          if (kind === 'busy') busy = to;
          if (kind === 'waiting') waiting = to;
        }
        goTo(length);
        own.now = own.end;
        census.finish();
        const report = new DoubleWriter();
        census.report(report);
        const found = readFacility(report.items, grid);
        busyTime.forEach((time, slot) => {
          expect(found.series.busy[slot]).toBeCloseTo(time, 3);
        });
        waitingByHour.forEach((time, hour) => {
          expect(found.byHour.waiting[hour] ?? 0).toBeCloseTo(time, 3);
        });
        expect(found.busyTime).toBeCloseTo(
          busyTime.reduce((sum, time) => sum + time, 0),
          3,
        );
      },
    ),
    { numRuns: 200, seed: 1 },
  );
});
