import { DURATION, type Expression, type Patch, type RosterDeclaration } from '@pathway/model';
import { describe, expect, it } from 'vitest';
import { dutyRoster, loadSolver, repairTask, rosterTask } from '../../src/index.js';
import { solveRoster } from '../../src/roster/solve-roster.js';
import { ORIGIN, plain } from '../model-builders.js';
import { type Bare, ward } from './strained-ward.js';

const highs = await loadSolver();
const origin = ORIGIN;
const hours = (value: number): Expression => ({ kind: 'number', value: value * 3600, dimension: DURATION });

const CALL: Bare<Patch> = { kind: 'call in', role: 'Nurse', amount: plain(2), after: hours(12) };

/** The cells, `day shift`, that somebody of a task can work. */
function open(of: ReturnType<typeof ward>, person: string): readonly string[] {
  const { problem } = rosterTask(of.model, of.roster, { plans: [] });
  const found = problem.people.find(({ id }) => id === person);
  if (found === undefined) return [];
  return Array.from({ length: 7 * 2 }, (_, cell) => ({ day: Math.floor(cell / 2), shift: cell % 2 }))
    .filter((cell) => !found.away.some(({ day, shift }) => day === cell.day && (shift ?? cell.shift) === cell.shift))
    .map(({ day, shift }) => `${day} ${shift}`);
}

describe('people whom a response calls into a roster', () => {
  it('are there on the days on which it is in force, after their notice', () => {
    const called = ward([CALL]);
    const { members } = rosterTask(called.model, called.roster, { plans: [] });
    expect(members.map(({ id }) => id)).toEqual(['Nurse 1', 'Helper 1', 'Plan Nurse 1', 'Plan Nurse 2']);
    // Twelve hours after Wednesday's midnight the early shift has begun.
    expect(open(called, 'Plan Nurse 1')).toEqual(['2 1', '3 0', '3 1', '4 0', '4 1']);
    expect(open(called, 'Nurse 1')).toHaveLength(14);
    // A week's contract, as of their group, for two and a half days.
    expect(members[2]?.contractMinutes).toBeCloseTo((168 * 60 * 2.5) / 7, 9);
  });

  it('have hours for a shift at least, however short they are there', () => {
    const brief = ward([{ ...CALL, after: hours(66) }]);
    const { members } = rosterTask(brief.model, brief.roster, { plans: [] });
    const ofGroup = { ...brief.model, staff: brief.model.staff.map((each) => ({ ...each, contract: plain(0.2) })) };
    const [, , called] = rosterTask(ofGroup, brief.roster, { plans: [] }).members;
    expect(members).toHaveLength(4);
    expect(called?.contractMinutes).toBe(8 * 60);
  });

  it('are nobody without that level, when their notice is longer, and where their group is not in the roster', () => {
    const people = (of: ReturnType<typeof ward>) =>
      rosterTask(of.model, of.roster, { plans: [] }).members.map(({ id }) => id);
    expect(people(ward([CALL], { levels: [] }))).toEqual(['Nurse 1', 'Helper 1']);
    expect(people(ward([{ ...CALL, after: hours(72) }]))).toEqual(['Nurse 1', 'Helper 1']);
    expect(people(ward([CALL], { groups: ['Helper group'] }))).toEqual(['Helper 1']);
  });

  it('cover shifts in the roster that is made, where they are shown as called in', () => {
    const called = ward([CALL]);
    const task = rosterTask(called.model, called.roster, { plans: [] });
    const solution = solveRoster(highs, task.problem, { effort: 2, seed: 1 });
    const made = dutyRoster(called.model, task, solution, { effort: 2, seed: 1 });
    expect(made.people.map(({ calledIn }) => calledIn)).toEqual([
      undefined,
      undefined,
      'Plan for strain',
      'Plan for strain',
    ]);
    // One of two on one of two shifts without them: three people missing a day, none from Thursday to Friday but one.
    const missing = (date: string) =>
      made.shortfalls.filter((each) => each.date === date).reduce((sum, { wanted, there }) => sum + wanted - there, 0);
    expect(['2027-01-05', '2027-01-06', '2027-01-07', '2027-01-08', '2027-01-09'].map(missing)).toEqual([
      3, 1, 1, 1, 3,
    ]);
  });

  it('are there from a change on that reaches the level', () => {
    const { model: made, roster } = ward([CALL], { levels: [] });
    const change = {
      name: 'Surge',
      known: '2027-01-07T00:00',
      absences: [],
      cover: [],
      levels: [{ scale: 'Surge', level: 'crisis', since: '2027-01-07', origin }],
      origin,
    };
    const off = (person: string) => ({ person, shifts: new Array<null>(7).fill(null) });
    const standing = { roster: 'Ward', from: '2027-01-04', days: 7, people: [off('Nurse 1'), off('Helper 1')] };
    const { task } = repairTask(made, roster, change, standing, { plans: [] });
    const [, , called] = task.problem.people;
    expect(called?.id).toBe('Plan Nurse 1');
    const isAway = (day: number, at: number) =>
      called?.away.some((each) => each.day === day && (each.shift ?? at) === at) === true;
    expect(
      [
        [2, 1],
        [3, 0],
        [3, 1],
        [6, 0],
      ].map(([day, at]) => isAway(day!, at!)),
    ).toEqual([true, true, false, false]);
  });
});

describe('people who stand in for others in a roster', () => {
  const coefficients = (patch: Bare<Patch>, levels?: RosterDeclaration['levels']) => {
    const of = ward([patch], levels === undefined ? {} : { levels });
    const { problem } = rosterTask(of.model, of.roster, { plans: [] });
    return [0, 1, 2, 3].map((day) =>
      [0, 1].map((at) => {
        const need = problem.needs.find(({ id }) => id === `0 ${day} ${at === 0 ? 'Early' : 'Late'}`);
        return Math.max(...(need?.slots ?? []).map((slot) => (slot.coefficients ?? need?.coefficients)?.[1] ?? 0));
      }),
    );
  };
  const allow: Bare<Patch> = { kind: 'allow', who: { kind: 'role', role: 'Helper' }, as: 'Nurse' };

  it('count from the shift on by which they are trained', () => {
    const from = { scale: 'Surge', level: 'crisis' };
    expect(coefficients({ ...allow, from, training: hours(10), speed: plain(0.5) })).toEqual([
      [0, 0],
      [0, 0],
      [0, 0.5],
      [0.5, 0.5],
    ]);
  });

  it('count without a level of their own while the response is in force', () => {
    expect(coefficients(allow)).toEqual([
      [0, 0],
      [0, 0],
      [1, 1],
      [1, 1],
    ]);
    expect(coefficients(allow, []).flat()).toEqual(new Array<number>(8).fill(0));
  });
});
