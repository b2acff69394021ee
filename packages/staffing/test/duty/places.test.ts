import { DURATION, type Expression, type Patch, type RosterDeclaration } from '@pathway/model';
import { describe, expect, it } from 'vitest';
import {
  dutyRoster,
  type DutyRoster,
  loadSolver,
  repairOf,
  repairTask,
  rosterCalendar,
  rosterTable,
  rosterTask,
} from '../../src/index.js';
import { replanRoster } from '../../src/roster/replan-roster.js';
import { solveRoster } from '../../src/roster/solve-roster.js';
import { ORIGIN, plain } from '../model-builders.js';
import { type Bare, WANTED, ward } from './strained-ward.js';

const highs = await loadSolver();
const ALLOW: Bare<Patch> = { kind: 'allow', who: { kind: 'role', role: 'Helper' }, as: 'Nurse' };
const HELPERS = { amount: plain(1), role: 'Helper', shifts: ['Early'], origin: ORIGIN };
const NURSES = { ...WANTED, shifts: ['Early'] };
const hours = (value: number): Expression => ({ kind: 'number', value: value * 3600, dimension: DURATION });

function made(patch: Bare<Patch>, parts: Partial<RosterDeclaration>, helpers: number): DutyRoster {
  const of = ward([patch], parts, helpers);
  const task = rosterTask(of.model, of.roster, { plans: [] });
  const solution = solveRoster(highs, task.problem, { effort: 1, seed: 1 });
  return dutyRoster(of.model, task, solution, { effort: 1, seed: 1 });
}

function missing({ shortfalls }: DutyRoster, date: string): readonly string[] {
  return shortfalls.filter((each) => each.date === date).map((each) => `${each.missing} ${each.who}`);
}

describe('who stands in for whom in a roster', () => {
  it('counts for one role at a time', () => {
    // Two nurses and one helper are wanted early; there are one nurse and one helper.
    const roster = made(ALLOW, { cover: [NURSES, HELPERS] }, 1);
    // Without the level the helper is a helper; with it somebody is missing still.
    expect(missing(roster, '2027-01-05')).toEqual(['1 Nurse']);
    expect(missing(roster, '2027-01-07')).toHaveLength(1);
    // A second helper is what was missing.
    const enough = made(ALLOW, { cover: [NURSES, HELPERS] }, 2);
    expect(missing(enough, '2027-01-07')).toEqual([]);
    const stands = enough.people.flatMap(({ standsInFor = [] }) => standsInFor);
    expect(stands.map(({ day, role }) => `${day} ${role}`).sort()).toEqual(['2 Nurse', '3 Nurse', '4 Nurse']);
    expect(enough.cover.find(({ who }) => who === 'Nurse')?.there.slice(3 * 24 + 7, 3 * 24 + 15)).toEqual(
      new Array<number>(8).fill(2),
    );
    expect(enough.cover.find(({ who }) => who === 'Helper')?.there.slice(3 * 24 + 7, 3 * 24 + 15)).toEqual(
      new Array<number>(8).fill(1),
    );
  });

  it('stands in at their speed, and never without those who supervise', () => {
    const slow = made({ ...ALLOW, speed: plain(0.5) }, { cover: [NURSES] }, 2);
    expect(missing(slow, '2027-01-07')).toEqual([]);
    const one = made({ ...ALLOW, speed: plain(0.5) }, { cover: [NURSES] }, 1);
    expect(missing(one, '2027-01-07')).toEqual(['0.5 Nurse']);
    const supervised: Bare<Patch> = { ...ALLOW, supervision: { role: 'Nurse', supervisors: 1, per: 2 } };
    const three = { ...NURSES, amount: plain(4) };
    // One nurse supervises two helpers, so that the third stands in for nobody.
    const some = made(supervised, { cover: [three] }, 3);
    expect(missing(some, '2027-01-07')).toEqual(['1 Nurse']);
    const alone = made(
      supervised,
      {
        cover: [three],
        entries: [{ kind: 'set', person: 'Nurse 1', shifts: [], dates: ['2027-01-07'], origin: ORIGIN }],
      },
      3,
    );
    expect(missing(alone, '2027-01-07')).toEqual(['4 Nurse']);
    expect(alone.people.flatMap(({ standsInFor = [] }) => standsInFor.map(({ day }) => day))).not.toContain(3);
  });

  it('counts where pathways say how many are wanted', () => {
    const of = ward([ALLOW], { cover: [], needs: [{ origin: ORIGIN }] } as unknown as Partial<RosterDeclaration>, 1);
    const coverByHour = Array.from({ length: 168 }, (_, hour) => (hour % 24 >= 7 && hour % 24 < 15 ? 2 : 0));
    const plan = { roles: [{ role: 'Nurse', title: 'Nurse', coverByHour }], gaps: [] };
    const plans = [plan] as unknown as Parameters<typeof rosterTask>[2]['plans'];
    const task = rosterTask(of.model, of.roster, { plans });
    const solution = solveRoster(highs, task.problem, { effort: 1, seed: 1 });
    const roster = dutyRoster(of.model, task, solution, { effort: 1, seed: 1 });
    // From 7 to 14, and with the late shift from 14 to 15.
    expect(missing(roster, '2027-01-05')).toEqual(['1 Nurse', '1 Nurse']);
    expect(missing(roster, '2027-01-07')).toEqual([]);
  });

  it('is told in tables and calendars, and read back as no change where a roster is repaired', () => {
    const parts = { cover: [NURSES, HELPERS], levels: [] };
    const change = {
      name: 'Surge',
      known: '2027-01-06T06:00',
      absences: [],
      cover: [],
      levels: [{ scale: 'Surge', level: 'crisis', since: '2027-01-06', origin: ORIGIN }],
      origin: ORIGIN,
    };
    const before = made(
      ALLOW,
      {
        ...parts,
        cover: [
          { ...NURSES, amount: plain(1) },
          { ...HELPERS, amount: plain(2) },
        ],
      },
      2,
    );
    expect(before.people.every(({ standsInFor }) => standsInFor === undefined)).toBe(true);
    const of = ward([ALLOW], parts, 2);
    const repair = repairTask(of.model, of.roster, change, before, { plans: [] });
    const replanned = replanRoster(repair.task.problem, repair.standing, {
      seed: 1,
      effort: 1,
      changeCost: repair.changeCost,
    });
    expect(replanned.changes).toEqual([]);
    const solution = { ...replanned, bound: 0, gap: 1, optimal: false };
    const after = dutyRoster(of.model, repair.task, solution, { effort: 1, seed: 1 });
    const stands = after.people.flatMap(({ standsInFor = [] }) => standsInFor.map(({ day }) => day));
    expect(stands.toSorted()).toEqual([2, 3, 4, 5, 6]);
    expect(repairOf(repair, replanned, after.shortfalls)).toMatchObject({ changes: [], calls: [] });
    const { header, rows } = rosterTable(after);
    expect(header.at(-1)).toBe('stands in for');
    expect(rows.filter((row) => row.at(-1) === 'Nurse')).toHaveLength(5);
    expect(rosterCalendar(after)).toMatch(/SUMMARY:Early \(Nurse\): Helper \d/);
    const ghosts = after.people.map((line) => ({
      ...line,
      standsInFor: (line.standsInFor ?? []).map((each) => ({ ...each, role: 'Ghost' })),
    }));
    expect(() => repairTask(of.model, of.roster, change, { ...after, people: ghosts }, { plans: [] })).toThrow(
      /stands in for Ghost in the roster given, and there is no such role/,
    );
    // Whoever stands in on a day that has begun goes on doing so, when the same is repaired once more.
    const later = { ...change, known: '2027-01-08T09:00' };
    const again = repairTask(of.model, of.roster, later, after, { plans: [] });
    expect(again.standing).toEqual(replanned.roster);
    const [past] = replanned.roster.flatMap((line, person) => (line[3] === 2 || line[3]! > 1 ? [person] : []));
    const fixed = again.task.problem.people[past!]!;
    expect(fixed.away).toContainEqual({ day: 3, shift: 0 });
  });

  it('is nobody in their own place, and nobody before they are trained', () => {
    const own = made({ ...ALLOW, who: { kind: 'role', role: 'Nurse' } }, { cover: [NURSES] }, 1);
    expect(missing(own, '2027-01-07')).toEqual(['1 Nurse']);
    const untrained = made({ ...ALLOW, training: hours(33) }, { cover: [NURSES] }, 1);
    expect(['2027-01-06', '2027-01-07', '2027-01-08'].map((date) => missing(untrained, date))).toEqual([
      ['1 Nurse'],
      ['1 Nurse'],
      [],
    ]);
  });
});
