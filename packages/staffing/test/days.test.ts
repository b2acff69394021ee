import type { ActivityDemand, Crisis, DailyDemand, Effect, Model, Patch, Response, Spell } from '@pathway/model';
import { SECONDS } from '@pathway/model';
import { describe, expect, it, test } from 'vitest';
import { parseStaffingPlan, planStaffing, staffingTable } from '../src/index.js';
import { group, model, ORIGIN, plain, role, shift } from './model-builders.js';

const DAYS = 4;

/** A step with as many at work in each hour of each day as it says, each for an hour, done by one nurse. */
function work(perDay: readonly number[], activity = 'Care.Visit'): ActivityDemand {
  const byHour = perDay.flatMap((load) => new Array<number>(24).fill(load));
  return {
    activity,
    title: 'Visit',
    organisation: 'Hospital',
    startsByHour: byHour,
    loadByHour: byHour,
    meanDuration: SECONDS.h,
    needs: [{ amount: 1, target: { kind: 'role', role: 'Nurse' } }],
  };
}

const WEEK = work([1, 1, 1, 1, 1, 1, 1]);

/** An effect or a patch without its place in a text. */
type Bare<E> = E extends Effect | Patch ? Omit<E, 'id' | 'origin'> : never;

function crisis(...effects: readonly Bare<Effect>[]): Crisis {
  return {
    id: 'Flood',
    name: 'Flood',
    origin: ORIGIN,
    effects: effects.map((effect, index): Effect => ({ id: `Flood.#${index + 1}`, origin: ORIGIN, ...effect })),
  };
}

function response(...patches: readonly Bare<Patch>[]): Response {
  return {
    id: 'Plan',
    name: 'Plan',
    origin: ORIGIN,
    activations: [],
    patches: patches.map((patch, index): Patch => ({ id: `Plan.#${index + 1}`, origin: ORIGIN, ...patch })),
    recovery: { after: [] },
    cards: [],
  };
}

const effectFor = (from: number, until: number): Spell => ({
  kind: 'effect',
  id: 'Flood.#1',
  title: 'Flood',
  from,
  until,
});
const planFor = (from: number, until: number): Spell => ({ kind: 'response', id: 'Plan', title: 'Plan', from, until });

const daily = (spells: readonly Spell[], perDay: readonly number[] = [1, 1, 1, 1]): DailyDemand => ({
  from: '2026-01-07',
  days: DAYS,
  spells,
  demand: [work(perDay)],
  notes: [],
});

const NURSES = { roles: [role('Nurse')], staff: [group('Nurse', 10, { onDuty: { rules: [], otherwise: plain(5) } })] };

function needOf(of: Partial<Model>, days: DailyDemand) {
  const plan = planStaffing(model({ ...NURSES, ...of }), { demand: [WEEK], daily: days });
  expect(parseStaffingPlan(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
  return { plan, byDay: plan.byDay!, nurses: plan.byDay!.roles[0]! };
}

test('the plan of the usual week says for whom cover is much to ask, as the plan by day does', () => {
  const world = model(NURSES);
  const notesWith = (batches?: readonly string[]): readonly string[] =>
    planStaffing(world, { demand: [{ ...work([1, 1, 1, 1, 1, 1, 1]), ...(batches && { batches }) }] }).roles[0]!.notes;
  const note =
    'Clinic patients: all come at one time, and cover keeps few of them waiting; where they may wait, fewer are needed.';
  expect(notesWith(['Clinic patients'])).toContain(note);
  expect(notesWith()).not.toContain(note);
});

describe('a staffing plan by day', () => {
  it('has cover for the work of each hour, and ends where all is as usual again', () => {
    const { byDay, nurses, plan } = needOf({ crises: [crisis()] }, daily([effectFor(0, 24)], [4, 4, 1, 1]));
    expect(byDay.days).toBe(2);
    expect(nurses.loadByHour).toEqual([...new Array<number>(48).fill(4)]);
    const [usual] = plan.roles;
    expect(nurses.coverByHour[0]).toBeGreaterThan(4);
    expect(usual?.coverByHour[0]).toBeLessThan(nurses.coverByHour[0]!);
  });

  it('has fewer on duty where a crisis keeps people away, to the hour, and nobody where the place is closed', () => {
    const absent = needOf(
      { crises: [crisis({ kind: 'absence', role: 'Nurse', share: plain(0.4) })] },
      daily([effectFor(10, 34.5)]),
    ).nurses.onDutyByHour!;
    expect([9, 10, 33, 34, 35].map((hour) => absent[hour])).toEqual([5, 3, 3, expect.closeTo(4, 9), 5]);
    const closed = needOf(
      { crises: [crisis({ kind: 'closure', organisations: ['Hospital'] })] },
      daily([effectFor(24, 48)]),
    ).nurses.onDutyByHour!;
    expect([23, 24, 47].map((hour) => closed[hour])).toEqual([5, 0, 0]);
  });

  it('has those whom a response calls in, so long after its beginning as it says, as long as it is in force', () => {
    const called = response({
      kind: 'call in',
      role: 'Nurse',
      amount: plain(3),
      after: { kind: 'number', value: 12 * SECONDS.h, dimension: { time: 1, money: 0 } },
    });
    const { nurses, plan } = needOf({ responses: [called] }, daily([planFor(24, 60)], [8, 8, 8, 8]));
    expect([35, 36, 59, 60].map((hour) => nurses.calledInByHour[hour])).toEqual([0, 3, 3, 0]);
    expect([35, 36, 59, 60].map((hour) => nurses.onDutyByHour![hour])).toEqual([5, 8, 8, 5]);
    expect(nurses.stretches.map(({ from, until, responses, calledIn }) => [from, until, responses, calledIn])).toEqual([
      ['2026-01-07', '2026-01-07', [], 0],
      ['2026-01-08', '2026-01-09', ['Plan'], 3],
      ['2026-01-10', '2026-01-10', [], 0],
    ]);
    const { header, rows } = staffingTable(plan);
    const row = rows.find(
      (each) => each[header.indexOf('date')] === '2026-01-08' && each[header.indexOf('hour')] === 12,
    );
    expect(row?.[header.indexOf('called in')]).toBe(3);
    expect(row?.[header.indexOf('on duty')]).toBe(8);
    expect(new Set(rows.map(({ length }) => length))).toEqual(new Set([header.length]));
  });

  it('says of a response whose beginning follows from a run that it is assumed', () => {
    const { byDay } = needOf({ responses: [response()] }, daily([{ ...planFor(0, 24), assumed: true }]));
    expect(byDay.notes).toEqual([
      'Plan: when it begins follows from a run alone; it is taken to be in force while the crises last.',
    ]);
  });
});

describe('what is not followed by day', () => {
  it.each<Bare<Effect>>([
    { kind: 'loss', resource: 'Records' },
    { kind: 'supply cut', stock: 'Oxygen' },
    { kind: 'closure', organisations: ['Hospital'] },
  ])('is said of things that are lost: $kind', (effect) => {
    const records = {
      id: 'Records',
      name: 'Records',
      resourceKind: 'system' as const,
      origin: ORIGIN,
      organisation: 'Hospital',
      count: { rules: [], otherwise: plain(1) },
    };
    const { byDay } = needOf({ crises: [crisis(effect)], resources: [records] }, daily([effectFor(0, 24)]));
    expect(byDay.notes).toEqual([
      'Flood: what depends on systems and things that are lost, or on deliveries, is counted as if they were there.',
    ]);
  });

  it('is said of units that become others, and of a response that another holds', () => {
    const plan = response({ kind: 'convert', amount: plain(2), from: 'Bed', to: 'Place' });
    const { byDay } = needOf({ responses: [{ ...plan, recovery: { after: ['Other'] } }] }, daily([planFor(0, 24)]));
    expect(byDay.notes).toEqual([
      'Plan: units that become others are counted as what they were.',
      'Plan: the end of another response that it waits for is not followed.',
    ]);
  });
});

describe('the minimum', () => {
  const scale = {
    id: 'Surge',
    name: 'Surge',
    origin: ORIGIN,
    levels: ['low', 'high'].map((name) => ({ name, origin: ORIGIN })),
  };
  const cover = { amount: plain(2), role: 'Nurse', shifts: ['Early'], origin: ORIGIN };
  const rostered: Partial<Model> = {
    ...NURSES,
    scales: [scale],
    shifts: [shift('Early', 7, 15)],
    resources: [
      {
        id: 'Bed',
        name: 'Bed',
        origin: ORIGIN,
        resourceKind: 'space',
        count: { rules: [], otherwise: plain(10) },
      },
    ],
    responses: [
      {
        ...response({
          kind: 'team',
          resource: 'Bed',
          scale: 'Surge',
          teams: [
            { level: 'low', members: [{ role: 'Nurse', amount: 1 }], per: 10 },
            { level: 'high', members: [{ role: 'Nurse', amount: 1 }], per: 2 },
          ],
        }),
        activations: [{ kind: 'level', scale: 'Surge', level: 'high', only: false, origin: ORIGIN }],
      },
    ],
    rosters: [
      {
        id: 'January',
        name: 'January',
        origin: ORIGIN,
        from: '2026-01-05',
        days: 7,
        groups: ['Nurse group'],
        ruleSets: [],
        needs: [],
        entries: [],
        pairs: [],
        changes: [],
        cover: [
          cover,
          { ...cover, amount: plain(6), reached: { scale: 'Surge', level: 'high' } },
          { ...cover, amount: plain(9), since: '2026-01-10', until: '2026-01-10' },
          { ...cover, amount: plain(1), per: { units: 4, of: 'Bed' } },
        ],
      },
    ],
  };

  it('as usual has no lines for a level or for some dates, and so many as units want', () => {
    const plan = planStaffing(model(rostered), { demand: [WEEK] });
    // One for each so many of four of ten beds are three.
    expect(plan.roles[0]?.minimumByHour.slice(6, 16)).toEqual([0, 3, 3, 3, 3, 3, 3, 3, 3, 0]);
  });

  it('by day follows the level that calls for a response, the date, and the team of that level', () => {
    const days = daily([planFor(24, 48)]);
    const beds = {
      ...work([7, 7, 7, 7], 'Care.Stay'),
      needs: [{ amount: 1, target: { kind: 'resource' as const, resource: 'Bed' } }],
    };
    const { nurses } = needOf(rostered, { ...days, demand: [...days.demand, beds] });
    const at = (day: number, hour: number) => nurses.minimumByHour[day * 24 + hour];
    expect([0, 1, 2, 3].map((day) => at(day, 8))).toEqual([3, 6, 3, 9]);
    // Ten beds are likely in use, at most so many as there are: five teams.
    expect([0, 1, 2, 3].map((day) => at(day, 3))).toEqual([0, 5, 0, 0]);
  });
});
