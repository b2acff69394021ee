import { DURATION, type Expression, type RosterDeclaration, type WorkingRule } from '@pathway/model';
import { describe, expect, it } from 'vitest';
import {
  type ConflictFact,
  dutyRoster,
  type DutyRoster,
  KeyError,
  namesFromKey,
  rosterCalendar,
  type RosterSolution,
  rosterTask,
  withNames,
} from '../../src/index.js';
import { group, model, ORIGIN, plain, role, shift } from '../model-builders.js';

const SHIFTS = [shift('Early', 7, 15), shift('Late', 14, 22), shift('Night', 22, 7)];
const rule = (each: Omit<WorkingRule, 'origin'>, line: number): WorkingRule =>
  ({ ...each, origin: { ...ORIGIN, line } }) as WorkingRule;
function seconds(hours: number): Expression {
  return { kind: 'number', value: hours * 3600, dimension: DURATION };
}

const RULES: readonly WorkingRule[] = [
  rule({ kind: 'run', bound: 'most', what: 'days', count: 3 } as WorkingRule, 1),
  rule({ kind: 'run', bound: 'least', what: 'days off', count: 2 } as WorkingRule, 2),
  rule({ kind: 'off after nights', count: 2 } as WorkingRule, 3),
  rule({ kind: 'hours', limit: plain(40 / 168), average: false } as WorkingRule, 4),
  rule({ kind: 'hours', limit: plain(48 / 168), average: true } as WorkingRule, 5),
  rule({ kind: 'count', what: 'nights', count: 1, week: true } as WorkingRule, 7),
  rule({ kind: 'count', what: 'nights', count: 2, week: false } as WorkingRule, 8),
  rule({ kind: 'count', what: 'days', count: 5, week: true } as WorkingRule, 9),
  rule({ kind: 'night hours', limit: seconds(9), average: false } as WorkingRule, 10),
  rule({ kind: 'night hours', limit: plain(8 / 24), average: true } as WorkingRule, 11),
  rule({ kind: 'fair', what: 'weekends', spread: 0 } as WorkingRule, 12),
  rule({ kind: 'fair', what: 'nights', spread: 1 } as WorkingRule, 13),
  rule({ kind: 'fair', what: 'refusals', spread: 1 } as WorkingRule, 14),
  rule({ kind: 'notice', notice: seconds(24), always: false } as WorkingRule, 15),
];
const REST = seconds(11);

const ENTRIES = [
  { kind: 'request', person: 'N1', shifts: [], dates: ['2027-01-04', '2027-01-05', '2027-01-08'] },
  { kind: 'set', person: 'N2', shifts: ['Late'], dates: ['2027-01-04'] },
  { kind: 'request', person: 'N2', only: true, shifts: ['Late'], dates: ['2027-01-04', '2027-01-07', '2027-01-08'] },
].map((entry, index) => ({ ...entry, origin: { ...ORIGIN, line: 30 + index } }));

/** A week from a Monday with two nurses, whose lines are written as letters. */
function rosterOf(lines: readonly string[], parts: Partial<RosterDeclaration> = {}): DutyRoster {
  const people = lines.map((_, i) => ({ id: `N${i + 1}`, skills: [], shifts: [], leave: [], origin: ORIGIN }));
  const staff = group('Nurse', people.length, { people, shifts: ['Early', 'Late', 'Night'] });
  const declared = {
    id: 'Week',
    name: 'Week',
    origin: ORIGIN,
    from: '2027-01-04',
    days: 7,
    groups: [staff.id],
    ruleSets: ['Ours'],
    cover: [{ amount: plain(1), role: 'Nurse', shifts: ['Early', 'Late'], origin: ORIGIN }],
    needs: [],
    entries: ENTRIES,
    pairs: [{ kind: 'request', person: 'N1', other: 'N2', apart: false, origin: { ...ORIGIN, line: 33 } }],
    changes: [],
    ...parts,
  } as unknown as RosterDeclaration;
  const rest = rule({ kind: 'rest', rest: REST, after: [], before: [] } as unknown as WorkingRule, 6);
  const ruleSet = { id: 'Ours', name: 'Ours', origin: ORIGIN, bases: [], rules: [...RULES, rest] };
  const world = model({ roles: [role('Nurse'), role('Lead')], staff: [staff], shifts: SHIFTS, ruleSets: [ruleSet] });
  const task = rosterTask(world, declared, { plans: [] });
  const solution: RosterSolution = {
    roster: lines.map((line) => Int16Array.from([...line].map((letter) => 'ELN'.indexOf(letter)))),
    cost: 0,
    bound: 0,
    gap: 0,
    optimal: true,
    withoutLine: [],
    spent: 1,
  };
  return dutyRoster(world, task, solution, { seed: 1, effort: 1 });
}

/** Who is held to the average of nights, and who breaks it, where everybody works the whole week on early shifts but for these nights. */
function nightWorkers(lines: readonly string[]): readonly { readonly most: number; readonly breaks: boolean }[] {
  const own = [['Early'], ['Early', 'Night'], ['Early']];
  const people = own.map((shifts, i) => ({ id: `N${i + 1}`, skills: [], shifts, leave: [], origin: ORIGIN }));
  const staff = group('Nurse', people.length, { people, contract: plain(80 / 168) });
  const average = rule({ kind: 'night hours', limit: plain(8 / 24), average: true } as WorkingRule, 1);
  const declared = {
    ...{
      id: 'Week',
      name: 'Week',
      origin: ORIGIN,
      from: '2027-01-04',
      days: 7,
      groups: [staff.id],
      ruleSets: ['Ours'],
    },
    ...{ needs: [], pairs: [], changes: [] },
    cover: [{ amount: plain(1), role: 'Nurse', shifts: ['Early', 'Night'], origin: ORIGIN }],
    entries: [{ kind: 'set', person: 'N3', shifts: ['Night'], dates: ['2027-01-10'], origin: ORIGIN }],
  } as unknown as RosterDeclaration;
  const ruleSets = [{ id: 'Ours', name: 'Ours', origin: ORIGIN, bases: [], rules: [average] }];
  const world = model({ roles: [role('Nurse')], staff: [staff], shifts: SHIFTS, ruleSets });
  const task = rosterTask(world, declared, { plans: [] });
  const codes = task.shifts.map(({ id }) => id.slice(0, 1)).join('');
  const roster = lines.map((line) => Int16Array.from([...line].map((letter) => codes.indexOf(letter))));
  const solution = { roster, cost: 0, bound: 0, gap: 0, optimal: true, withoutLine: [], spent: 1 };
  const [finding] = dutyRoster(world, task, solution, { seed: 1, effort: 1 }).rules;
  return task.problem.people.map(({ id, rules }) => ({
    most: rules.maxMinutes / 60,
    breaks: finding?.brokenBy.includes(id) === true,
  }));
}

describe('a finished roster', () => {
  it('holds to the average of nights whoever normally works them, in the solver as in the report', () => {
    // Of days alone, of nights without any in this roster, and of days with one night that is set.
    expect(nightWorkers(['EEEEEEE', 'EEEEEEE', 'EEEEEEN'])).toEqual([
      { most: 80, breaks: false },
      { most: 48, breaks: true },
      { most: 48, breaks: true },
    ]);
    // Six shifts are the 48 h of six days, and no more.
    expect(nightWorkers(['EEEEEEE', 'EEEEEE-', 'EEEE--N']).map(({ breaks }) => breaks)).toEqual([false, false, false]);
  });

  // Monday to Sunday.
  const made = rosterOf(['EEEE-NN', 'L--LE--']);

  it('tells who is missing in people, also where so many are wanted for each of others, and of pairs who breaks them', () => {
    const pair = { kind: 'set', person: 'N1', other: 'N2', origin: ORIGIN } as const;
    const per = { units: 3, of: 'Nurse' };
    const cover = [{ amount: plain(2), role: 'Lead', shifts: ['Early'], per, origin: ORIGIN }];
    const of = (parts: Partial<RosterDeclaration>) =>
      rosterOf(['E------', 'E--L---'], { entries: [], cover: [], pairs: [], ...parts }).shortfalls;
    // Two of those wanted for each three, for two of them: 4 / 3, which is two whole people.
    expect(of({ cover })).toMatchObject([
      {
        date: '2027-01-04',
        missing: 2,
        ratio: { amount: 2, units: 3, of: 'Nurse' },
        sentence: '2027-01-04, Early: 2 Lead missing for 2 for each 3 Nurse.',
      },
    ]);
    expect(of({ pairs: [{ ...pair, apart: true }] })).toMatchObject([
      {
        date: '2027-01-04',
        missing: 0,
        pair: { other: 'N2', apart: true },
        sentence: expect.stringContaining('"N1" works with "N2".') as string,
      },
    ]);
    expect(of({ pairs: [{ ...pair, person: 'N2', other: 'N1', apart: false }] })).toMatchObject([
      { date: '2027-01-07', who: 'N2', missing: 0, pair: { other: 'N1', apart: false } },
    ]);
    expect(
      of({ cover: [{ amount: plain(3), role: 'Nurse', shifts: ['Early'], days: ['Mon'], origin: ORIGIN }] }),
    ).toMatchObject([{ wanted: 3, there: 2, missing: 1 }]);
    const [named] = withNames(
      rosterOf(['E------', 'E------'], { entries: [], cover: [], pairs: [{ ...pair, apart: true }] }),
      new Map([['N2', 'Ben Okoro']]),
    ).shortfalls;
    expect(named?.pair?.other).toBe('Ben Okoro');
  });

  it('tells need against cover in each hour, shifts that overlap at once', () => {
    const [cover] = made.cover;
    expect(cover).toMatchObject({ of: 'role', who: 'Nurse' });
    // Monday 13:00, 14:00 (both shifts) and 15:00; and Sunday 02:00, the night that began on Saturday.
    expect([13, 14, 15].map((hour) => cover?.wanted[hour])).toEqual([1, 2, 1]);
    expect([13, 14, 15].map((hour) => cover?.there[hour])).toEqual([1, 2, 1]);
    expect(cover?.wanted[6 * 24 + 2]).toBe(0);
    expect(cover?.there[6 * 24 + 2]).toBe(1);
    // All hours of the week: each day 8 of Early and 8 of Late are wanted.
    expect(cover?.wanted.reduce((sum, each) => sum + each, 0)).toBe(7 * 16);
    // N1: 4 × 8, the night of Saturday 9 h, and of Sunday's night the two hours until the roster ends; N2: 3 × 8.
    expect(cover?.there.reduce((sum, each) => sum + each, 0)).toBe(32 + 9 + 2 + 24);
  });

  it('measures each rule on the lines, with who breaks it and where it is written', () => {
    const byLine = new Map(made.rules.map((each) => [each.line, each]));
    expect(byLine.get(1)).toMatchObject({ kind: 'most days in a row', limit: 3, reached: 4, brokenBy: ['N1'] });
    // The single day off of N1 lies between work; runs at the ends may be longer than they look.
    expect(byLine.get(2)).toMatchObject({ kind: 'fewest days off in a row', reached: 1, brokenBy: ['N1'] });
    // The nights of N1 last to the end, so nobody knows what comes after.
    expect(byLine.get(3)).toMatchObject({ reached: null, brokenBy: [] });
    expect(byLine.get(4)).toMatchObject({ kind: 'most hours a week', limit: 40, reached: 50, brokenBy: ['N1'] });
    expect(byLine.get(5)).toMatchObject({ kind: 'most hours a week on average', reached: 50, brokenBy: ['N1'] });
    // Late until 22:00, then Early from 07:00: nine hours.
    expect(byLine.get(6)).toMatchObject({ kind: 'least rest', limit: 11, reached: 9, brokenBy: ['N2'] });
    expect(made.rules.every(({ file }) => file === 'test.pathway')).toBe(true);
  });

  it('measures counts, nights, shares and refusals, with the days on which they are not kept', () => {
    const byLine = new Map(made.rules.map((each) => [each.line, each]));
    const broken = (line: number) => byLine.get(line)?.breaks;
    const week = [{ person: 'N1', dates: ['2027-01-04'] }];
    expect(byLine.get(7)).toMatchObject({ kind: 'most nights a week', limit: 1, reached: 2, kept: 1, breaks: week });
    expect(byLine.get(8)).toMatchObject({ kind: 'most nights in the roster', reached: 2, kept: 2, breaks: [] });
    expect(byLine.get(9)).toMatchObject({ kind: 'most days a week', limit: 5, reached: 6, breaks: week });
    // Nights from 22:00 to 07:00.
    expect(byLine.get(10)).toMatchObject({ kind: 'longest night', limit: 9, reached: 9, breaks: [] });
    // Who works nights: 4 × 8 h and 2 × 9 h on six of seven days.
    expect(byLine.get(11)).toMatchObject({
      kind: 'most hours a day with nights on average',
      limit: 8,
      breaks: [{ person: 'N1', dates: [] }],
    });
    expect(byLine.get(11)?.reached).toBeCloseTo(50 / 6, 9);
    // One weekend with two wanted on each of its days is two, one each; N2 works on none.
    expect(byLine.get(12)).toMatchObject({ kind: 'fair weekends', weighed: true, reached: 1 });
    expect(broken(12)).toEqual([{ person: 'N2', dates: [] }]);
    // No nights are wanted, and N1 works two.
    expect(byLine.get(13)).toMatchObject({ kind: 'fair nights', limit: 1, reached: 2 });
    expect(broken(13)).toEqual([{ person: 'N1', dates: ['2027-01-09', '2027-01-10'] }]);
    // Off on two of three days asked for is worked; N2 works on one day other than those asked for.
    expect(byLine.get(14)).toMatchObject({ kind: 'fair refusals', limit: 1, reached: 2, kept: 1 });
    expect(broken(14)).toEqual([{ person: 'N1', dates: ['2027-01-04', '2027-01-05'] }]);
    expect(byLine.get(15)).toMatchObject({ kind: 'usual notice', limit: 24, reached: null, kept: 2, weighed: true });
  });

  it('tells of each request, and of what is set, on which days it is met', () => {
    const place = (line: number) => ({ file: 'test.pathway', line });
    expect(made.requests).toEqual([
      {
        kind: 'request',
        person: 'N1',
        what: 'off',
        shifts: [],
        met: 1,
        missed: ['2027-01-04', '2027-01-05'],
        ...place(30),
      },
      { kind: 'set', person: 'N2', what: 'shift', shifts: ['Late'], met: 1, missed: [], ...place(31) },
      { kind: 'request', person: 'N2', what: 'only', shifts: ['Late'], met: 2, missed: ['2027-01-08'], ...place(32) },
      {
        kind: 'request',
        person: 'N1',
        what: 'with',
        other: 'N2',
        shifts: [],
        met: 0,
        missed: ['2027-01-04', '2027-01-05', '2027-01-06', '2027-01-07', '2027-01-09', '2027-01-10'],
        ...place(33),
      },
    ]);
  });

  it('says who is missing by role and by shift', () => {
    expect(made.shortfalls.find(({ date, shift: of }) => date === '2027-01-05' && of === 'Late')).toMatchObject({
      of: 'role',
      who: 'Nurse',
      wanted: 1,
      there: 0,
      sentence: '2027-01-05, Late: 1 Nurse missing of 1.',
    });
  });

  it('shows names from a key, in a calendar under the identifiers of pseudonyms', () => {
    const rows = [
      { id: 'N1', name: 'Ada Ruiz', phone: '555' },
      { id: 'N2', name: 'Ada Ruiz', phone: '556' },
      { id: 'N9', name: 'Not Here', phone: '557' },
    ];
    const names = namesFromKey(rows, 'names.csv', ['N1', 'N2']);
    const shown = withNames(made, names);
    expect(shown.people.map(({ person }) => person)).toEqual(['Ada Ruiz (N1)', 'Ada Ruiz (N2)']);
    expect(shown.rules[0]?.brokenBy).toEqual(['Ada Ruiz (N1)']);
    expect(JSON.stringify(shown)).not.toMatch(/Not Here|555/);
    const calendar = rosterCalendar(made, { names });
    expect(calendar).toContain('UID:Week-N1-2027-01-04@pathway');
    expect(calendar).toContain('SUMMARY:Early: Ada Ruiz (N1)');
  });

  it('names people in the parts of an explanation, and in no other words of it', () => {
    const who = { group: 'N1', people: 1, person: 'N1' };
    const set = { what: 'set', person: 'N2', shifts: ['N1'], only: false, dates: [] } as const;
    const facts: readonly ConflictFact[] = [
      { what: 'contract', who, hours: 40 },
      { what: 'shifts', who, shifts: ['N1'] },
      { what: 'leave', person: 'N1', days: { spans: [], more: 0 } },
      { what: 'all set', person: 'N1' },
      { what: 'cover', amount: 1, of: 'role', who: 'N1 or N2', shifts: ['N1'] },
      set,
    ];
    const fact = { allow: [], people: ['N1', 'N3'], leaveOut: set, givesLine: true };
    const way = { kind: 'set', sentence: '', fact, places: [], missingHours: 0, cost: 0 } as const;
    const explanation = {
      missingHours: 0,
      conflicts: [{ smallest: true, parts: facts.map((each) => ({ sentence: '', fact: each })) }],
      relaxations: [way],
    };
    const names = new Map([
      ['N1', 'Ada'],
      ['N2', 'Bea'],
    ]);
    const shown = withNames({ ...rosterOf(['-------', '-------']), explanation }, names).explanation;
    const setByBea = { ...set, person: 'Bea' };
    expect(shown?.conflicts[0]?.parts.map((part) => part.fact)).toEqual([
      { what: 'contract', who: { ...who, person: 'Ada' }, hours: 40 },
      { what: 'shifts', who: { ...who, person: 'Ada' }, shifts: ['N1'] },
      { what: 'leave', person: 'Ada', days: { spans: [], more: 0 } },
      { what: 'all set', person: 'Ada' },
      { what: 'cover', amount: 1, of: 'role', who: 'Ada or Bea', shifts: ['N1'] },
      setByBea,
    ]);
    expect(shown?.relaxations[0]?.fact).toEqual({ ...fact, people: ['Ada', 'N3'], leaveOut: setByBea });
  });

  it('refuses a key without its columns, or with two names of one person', () => {
    expect(() => namesFromKey([{ person: 'N1' }], 'names.csv', ['N1'])).toThrow(KeyError);
    expect(() => namesFromKey([], 'names.csv', ['N1'])).toThrow('names.csv is no key');
    const twice = [
      { id: 'N1', name: 'Ada' },
      { id: 'N1', name: 'Bea' },
    ];
    expect(() => namesFromKey(twice, 'names.csv', ['N1'])).toThrow('two different names');
  });
});
