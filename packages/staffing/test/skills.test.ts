import { DURATION, type ActivityDemand, type Crisis, type HeldSkill, type Model, type Response } from '@pathway/model';
import type { Highs } from 'highs';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadSolver, parseSkillReport, type SkillMatching, type SkillReport, skillReportOf } from '../src/index.js';
import { group, model, ORIGIN, plain, role, shift } from './model-builders.js';

const HOURS = Array.from({ length: 168 }, (_, hour) => hour);
/** About this number. */
const near = (value: number, digits = 6): unknown => expect.closeTo(value, digits);
const always = (people: number) => ({ rules: [], otherwise: plain(people) });
const money = (anHour: number) => plain(anHour / 3600);

/** Work that keeps one person at work for a tenth of the time: one person is enough for a delay of 20 %. */
function work(
  title: string,
  target: ActivityDemand['needs'][number]['target'],
  organisation = 'Hospital',
): ActivityDemand {
  return {
    activity: `Care.${title}`,
    title,
    organisation,
    startsByHour: HOURS.map(() => 0.1),
    loadByHour: HOURS.map(() => 0.1),
    meanDuration: 3600,
    needs: [{ amount: 1, target }],
  };
}

const nurse = (organisation?: string) => work('Round', { kind: 'role', role: 'Nurse' }, organisation);
const lysis = work('Lysis', { kind: 'skill', skill: 'Lysis', level: 'expert' });
const SKILL = {
  id: 'Lysis',
  name: 'Lysis',
  title: 'Thrombolysis',
  origin: ORIGIN,
  levels: ['basic', 'expert'],
  codes: {},
};

function person(id: string, skills: readonly HeldSkill[] = [], shifts: readonly string[] = []) {
  return { id, skills, shifts, leave: [], origin: ORIGIN };
}

let highs: Highs;
beforeAll(async () => {
  highs = await loadSolver();
});

function reportOn(
  world: Partial<Model>,
  demand: readonly ActivityDemand[],
  least?: 'cost' | 'disruption',
): SkillReport {
  const skill = { ...SKILL, trainableIn: { kind: 'number' as const, value: 5 * 86_400, dimension: DURATION } };
  return skillReportOf(highs, model({ skills: [skill], ...world }), { demand, ...(least !== undefined && { least }) });
}

const EXPERT: HeldSkill = { skill: 'Lysis', level: 'expert' };
const BASIC: HeldSkill = { skill: 'Lysis', level: 'basic' };
const SHIFTS = [shift('Day', 7, 19), shift('Night', 19, 7)];

describe('thin spots', () => {
  it('name who alone has a skill at the level asked for', () => {
    const people = [person('N1', [EXPERT]), person('N2', [BASIC])];
    const staff = group('Nurse', 2, { people, onDuty: always(2) });
    const [spot] = reportOn({ roles: [role('Nurse')], staff: [staff] }, [lysis]).spots;
    expect(spot).toMatchObject({ title: 'Thrombolysis, expert', holders: 1, verdict: 'one person', alone: ['N1'] });
    // Two on duty, of whom one has it: the work takes a tenth of one.
    expect(spot?.bears).toBeCloseTo(0.9, 12);
  });

  it('name who alone has it on a shift, and shifts on which nobody has', () => {
    const of = (shifts: readonly (readonly string[])[]): SkillReport['spots'][number] | undefined => {
      const people = shifts.map((own, i) => person(`N${i + 1}`, [EXPERT], own));
      const staff = group('Nurse', people.length, { people, shifts: ['Day', 'Night'], onDuty: always(2) });
      return reportOn({ roles: [role('Nurse')], staff: [staff], shifts: SHIFTS }, [lysis]).spots[0];
    };
    expect(of([['Day'], ['Day'], ['Night']])).toMatchObject({ verdict: 'one person on a shift', alone: ['N3'] });
    expect(of([['Day'], ['Day']])).toMatchObject({ verdict: 'nobody on a shift', alone: [] });
    expect(of([['Day'], ['Day'], [], []])).toMatchObject({ verdict: 'enough', alone: [] });
  });

  it('stand in the order in which absence takes them away', () => {
    const other = { ...SKILL, id: 'Rare', name: 'Rare', title: 'Rare' };
    const people = [person('N1', [EXPERT, { skill: 'Rare' }]), person('N2', [EXPERT]), person('N3', [EXPERT])];
    const staff = group('Nurse', 3, { people, onDuty: always(3) });
    const rare = work('Rare', { kind: 'skill', skill: 'Rare' });
    const world = { roles: [role('Nurse')], staff: [staff], skills: [SKILL, other] };
    const { spots } = reportOn(world, [lysis, rare]);
    expect(spots.map(({ skill }) => skill)).toEqual(['Rare', 'Lysis']);
    expect(spots.map(({ bears }) => bears)).toEqual([near(0.9, 9), near(1 - 0.1 / 3, 9)]);
  });
});

describe('people and needs', () => {
  it('fit at the least cost: the cheaper of two who can', () => {
    const staff = [group('Doctor', 1, { onDuty: always(1) }), group('Nurse', 1, { onDuty: always(1) })];
    const roles = [
      { ...role('Doctor', [EXPERT]), cost: money(90) },
      { ...role('Nurse', [EXPERT]), cost: money(30) },
    ];
    const [usual] = reportOn({ roles, staff }, [lysis]).matchings;
    expect(usual).toMatchObject({ shortHours: 0, neededHours: 168, lent: [], substituted: [] });
    expect(usual?.cost).toBeCloseTo(168 * 30, 6);
  });

  const travel = {
    id: 'Ways',
    name: 'Ways',
    origin: ORIGIN,
    legs: [{ from: 'Other', to: 'Hospital', length: { kind: 'number' as const, value: 3600, dimension: DURATION } }],
  };
  const lenders = group('Nurse', 4, { id: 'Lenders', organisation: 'Other', onDuty: always(4), shifts: ['Day'] });

  it('borrow from where a way leads, less the time on it', () => {
    const world = { roles: [role('Nurse')], staff: [lenders], shifts: SHIFTS };
    expect(reportOn(world, [nurse()]).matchings[0]?.shortHours).toBeCloseTo(168, 6);
    const lent = reportOn({ ...world, travel: [travel] }, [nurse()]).matchings[0];
    // Two hours of a shift of twelve are on the way: 168 h of work are 201.6 h of theirs.
    expect(lent?.lent).toEqual([{ from: 'Other', to: 'Hospital', role: 'Nurse', hoursPerWeek: near(201.6, 6) }]);
    expect(lent?.shortHours).toBe(0);
  });

  it('borrow for less money, or only where they must', () => {
    const roles = [role('Nurse'), { ...role('Doctor', [EXPERT]), cost: money(90) }];
    const here = group('Doctor', 1, { onDuty: always(1) });
    const cheap = { ...role('Nurse', [EXPERT]), cost: money(20) };
    const world = { roles: [cheap, roles[1]!], staff: [here, lenders], shifts: SHIFTS, travel: [travel] };
    expect(reportOn(world, [lysis], 'cost').matchings[0]?.lent).toHaveLength(1);
    expect(reportOn(world, [lysis], 'disruption').matchings[0]?.lent).toEqual([]);
  });

  it('let others stand in where a response allows it, with their speed and no more than are supervised', () => {
    const allow = {
      id: 'Plan.#1',
      kind: 'allow',
      who: { kind: 'role', role: 'Assistant' },
      as: 'Nurse',
      speed: plain(0.5),
      supervision: { role: 'Senior', supervisors: 1, per: 1 },
      origin: ORIGIN,
    };
    const plan = {
      id: 'Plan',
      name: 'Plan',
      origin: ORIGIN,
      activations: [],
      patches: [allow],
      recovery: { after: [] },
      cards: [],
    };
    const world = (seniors: number): Partial<Model> => ({
      roles: [role('Nurse'), role('Assistant'), role('Senior')],
      staff: [group('Assistant', 9, { onDuty: always(9) }), group('Senior', seniors, { onDuty: always(seniors) })],
      responses: [plan as unknown as Response],
    });
    const two = reportOn(world(2), [nurse()]).matchings[0];
    expect(two?.substituted).toEqual([{ role: 'Assistant', as: 'Nurse', hoursPerWeek: near(336, 6) }]);
    expect(two?.shortHours).toBeCloseTo(0, 6);
    // One senior lets one stand in, who does half of what is needed.
    expect(reportOn(world(1), [nurse()]).matchings[0]?.shortHours).toBeCloseTo(84, 6);
    expect(reportOn(world(0), [nurse()]).matchings[0]?.shortHours).toBeCloseTo(168, 6);
  });

  it('are short by what a crisis takes away', () => {
    const flu = {
      id: 'Flu',
      name: 'Flu',
      title: 'Influenza',
      origin: ORIGIN,
      effects: [{ id: 'Flu.#1', kind: 'absence', role: 'Nurse', share: plain(0.25), origin: ORIGIN }],
    };
    const staff = group('Nurse', 1, { onDuty: always(1) });
    const { matchings } = reportOn({ roles: [role('Nurse')], staff: [staff], crises: [flu as unknown as Crisis] }, [
      nurse(),
    ]);
    expect(matchings.map(({ crisis, shortHours }) => [crisis, shortHours])).toEqual([
      [null, 0],
      ['Flu', near(42, 6)],
    ]);
    expect(matchings[1]?.shortages).toEqual([
      {
        who: 'Nurse',
        organisation: 'Hospital',
        hoursPerWeek: near(42, 6),
        worstHour: 0,
        worst: near(0.25, 9),
      },
    ]);
  });
});

describe('what is needed', () => {
  const staff = group('Nurse', 4, { onDuty: always(2), shifts: ['Day'] });
  const roster = {
    id: 'Ward',
    name: 'Ward',
    origin: ORIGIN,
    groups: [staff.id],
    cover: [{ amount: plain(3), role: 'Nurse', shifts: ['Day'], origin: ORIGIN }],
  } as unknown as NonNullable<Model['rosters']>[number];

  it('is no less than rosters want on their shifts, also where no step asks for it', () => {
    const world = { roles: [role('Nurse')], staff: [staff], shifts: SHIFTS, rosters: [roster] };
    // Three on twelve hours of seven days; one at night, for the work.
    const [usual] = reportOn(world, [nurse()]).matchings;
    expect(usual).toMatchObject({ neededHours: 3 * 84 + 84, shortHours: near(84, 6) });
    expect(reportOn(world, []).matchings[0]).toMatchObject({ neededHours: 3 * 84, shortHours: near(84, 6) });
  });

  it('in a crisis is what is asked for then', () => {
    const flood = {
      id: 'Flood',
      name: 'Flood',
      origin: ORIGIN,
      effects: [{ id: 'Flood.#1', kind: 'arrivals', cohorts: ['All'], origin: ORIGIN }],
    } as unknown as Crisis;
    const busy = { ...nurse(), loadByHour: HOURS.map(() => 1.5) };
    const { matchings } = skillReportOf(
      highs,
      model({ roles: [role('Nurse')], staff: [{ ...staff, onDuty: always(1) }], crises: [flood] }),
      { demand: [nurse()], demandIn: () => ({ demand: [busy] }) },
    );
    expect(matchings.map(({ crisis, shortHours }) => [crisis, shortHours > 1])).toEqual([
      [null, false],
      ['Flood', true],
    ]);
  });
});

describe('people whom a response calls in', () => {
  const flood = { id: 'Flood', name: 'Flood', origin: ORIGIN, effects: [] } as unknown as Crisis;
  const hours = (value: number) => ({ kind: 'number' as const, value: value * 3600, dimension: DURATION });
  const calling = (after?: number): Response => ({
    id: 'Plan',
    name: 'Plan',
    origin: ORIGIN,
    activations: [],
    patches: [
      {
        id: 'Plan.#1',
        origin: ORIGIN,
        kind: 'call in',
        role: 'Nurse',
        amount: plain(2),
        ...(after !== undefined && { after: hours(after) }),
      },
    ],
    recovery: { after: [] },
    cards: [],
  });
  const busy = { ...nurse(), loadByHour: HOURS.map(() => 2), startsByHour: HOURS.map(() => 2) };

  /** What is short in the crisis, for which four are wanted where one is on duty. */
  function shortWith(response: Response, parts: Partial<Model> = {}): SkillMatching | undefined {
    const world = model({
      skills: [SKILL],
      roles: [{ ...role('Nurse', [EXPERT]), cost: money(20) }],
      staff: [group('Nurse', 1, { onDuty: always(1) })],
      shifts: SHIFTS,
      crises: [flood],
      ...parts,
    });
    const work = { demand: [busy], responses: [response] };
    return skillReportOf(highs, world, { demand: [nurse()], demandIn: () => work }).matchings[1];
  }

  it('are there around the clock in a crisis, with the skills of their role and their pay', () => {
    const without = shortWith({ ...calling(), patches: [] });
    expect(without).toMatchObject({ neededHours: 4 * 168, shortHours: near(3 * 168, 6), cost: near(168 * 20, 6) });
    const called = shortWith(calling(12));
    expect(called).toMatchObject({ responses: ['Plan'], shortHours: near(168, 6), cost: near(3 * 168 * 20, 6) });
    expect(called?.shortages).toMatchObject([{ who: 'Nurse', worst: near(1, 9) }]);
  });

  it('are not there where they come only when it is over, or have no group to work in', () => {
    const span = { begin: { kind: 'day' as const, day: plain(1) }, lasting: hours(24) };
    const short = { ...flood, span };
    const study = { id: 'S', start: '2027-01-04T00:00', timezone: 'UTC', run: hours(240), warmUp: hours(0) };
    const parts = { crises: [short], studies: [study as unknown as Model['studies'][number]] };
    expect(shortWith(calling(23), parts)?.shortHours).toBeCloseTo(168, 6);
    expect(shortWith(calling(24), parts)?.shortHours).toBeCloseTo(3 * 168, 6);
    expect(shortWith(calling(), { staff: [] })?.shortHours).toBeCloseTo(4 * 168, 6);
  });
});

describe('training', () => {
  it('ranks who removes most of what is short, with the days that it takes', () => {
    const staff = [
      group('Nurse', 4, { onDuty: always(2) }),
      group('Doctor', 2, { onDuty: always(2) }),
      group('Porter', 1, { onDuty: always(0) }),
    ];
    const roles = [role('Nurse'), role('Doctor'), role('Porter')];
    const report = reportOn({ roles, staff }, [lysis]);
    // A doctor is on duty all the time, a nurse half of it, the porter never.
    expect(report.training.map(({ title, removesHours, trainingDays }) => [title, removesHours, trainingDays])).toEqual(
      [
        ['Doctor', near(168, 6), 5],
        ['Nurse', near(84, 6), 5],
      ],
    );
    expect(parseSkillReport(JSON.parse(JSON.stringify(report)))).toEqual(report);
  });

  it('has nothing to say where nothing is short', () => {
    const staff = group('Nurse', 1, { onDuty: always(1) });
    expect(reportOn({ roles: [role('Nurse', [EXPERT])], staff: [staff] }, [lysis]).training).toEqual([]);
  });
});
