import { DURATION, type Expression, type RosterDeclaration, type WorkingRule } from '@pathway/model';
import { expect, it } from 'vitest';
import { explainRoster, loadSolver, rosterTask, type RosterSolution } from '../../src/index.js';
import { group, model, ORIGIN, plain, role, shift } from '../model-builders.js';

const highs = await loadSolver();
const origin = ORIGIN;
const hours = (value: number): Expression => ({ kind: 'number', value: value * 3600, dimension: DURATION });

/** Three people for two nights each night, of which nobody may work more than two before two days off. */
const RULES: readonly WorkingRule[] = [
  { kind: 'run', bound: 'most', what: 'nights', count: 2, origin },
  { kind: 'run', bound: 'most', what: 'days', count: 6, origin },
  { kind: 'off after nights', count: 2, origin },
  { kind: 'rest', rest: hours(11), after: [], before: [], origin },
];
const ROSTER: RosterDeclaration = {
  ...{ id: 'Ward', name: 'Ward', origin, from: '2027-01-04', days: 14, groups: ['Nurse'], ruleSets: ['Ours'] },
  cover: [{ amount: plain(2), role: 'Nurse', shifts: ['Night'], origin }],
  ...{ needs: [], entries: [], pairs: [], changes: [] },
};

it('finds the smallest set of what cannot all be kept, however little was spent on the roster', () => {
  const staff = group('Nurse', 3, { shifts: ['Early', 'Night'], contract: plain(1) });
  const made = model({
    shifts: [shift('Early', 7, 15), shift('Night', 22, 6)],
    roles: [role('Nurse')],
    staff: [staff],
    rosters: [{ ...ROSTER, groups: [staff.id] }],
    ruleSets: [{ id: 'Ours', name: 'Ours', origin, bases: [], rules: RULES }],
  });
  const task = rosterTask(made, { ...ROSTER, groups: [staff.id] }, { plans: [] });
  const nobody = task.members.map(() => new Int16Array(ROSTER.days).fill(-1));
  const solution: RosterSolution = {
    ...{ roster: nobody, cost: 0, bound: 0, gap: 0, optimal: false, withoutLine: [], spent: 0 },
  };
  const conflictsAt = (effort: number) =>
    explainRoster(highs, task, solution, { seed: 1, effort, made: { plans: [] } }).conflicts;
  const little = conflictsAt(0.001);
  expect(little.map(({ smallest }) => smallest)).toEqual([true]);
  const rules = little.flatMap(({ parts }) => parts.flatMap(({ fact }) => (fact.what === 'rule' ? [fact.rule] : [])));
  expect(rules).toEqual(expect.arrayContaining(['most nights in a row', 'fewest days off after nights']));
  expect(rules).not.toContain('most days in a row');
  expect(little).toEqual(conflictsAt(1));
});
