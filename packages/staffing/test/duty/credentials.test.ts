import { heldOn, type RosterDeclaration, withCredentialsOn } from '@pathway/model';
import { describe, expect, it } from 'vitest';
import { rosterTask } from '../../src/index.js';
import { group, model, ORIGIN, plain, role, shift } from '../model-builders.js';

const people = [
  { id: 'N1', skills: [{ skill: 'Lead', until: '2027-01-06' }], shifts: [], leave: [], origin: ORIGIN },
  { id: 'N2', skills: [{ skill: 'Lead', since: '2027-01-06' }], shifts: [], leave: [], origin: ORIGIN },
];
const staff = group('Nurse', 2, { people, shifts: ['Early'] });
const world = model({
  roles: [role('Nurse')],
  staff: [staff],
  shifts: [shift('Early', 7, 15)],
  skills: [{ id: 'Lead', name: 'Lead', origin: ORIGIN, levels: [], codes: {} }],
});
const week = {
  id: 'Week',
  name: 'Week',
  origin: ORIGIN,
  from: '2027-01-04',
  days: 4,
  groups: [staff.id],
  ruleSets: [],
  cover: [{ amount: plain(1), skill: 'Lead', shifts: ['Early'], origin: ORIGIN }],
  needs: [],
  entries: [],
  pairs: [],
  changes: [],
} satisfies RosterDeclaration;

describe('skills with dates', () => {
  it('hold on both of their days', () => {
    const lead = { skill: 'Lead', since: '2027-01-04', until: '2027-01-06' };
    const days = ['2027-01-03', '2027-01-04', '2027-01-06', '2027-01-07'];
    expect(days.map((day) => heldOn(lead, day))).toEqual([false, true, true, false]);
  });

  it('count in a roster on the days on which they hold', () => {
    const { problem } = rosterTask(world, week, { plans: [] });
    const byDay = problem.needs.map(({ coefficients }) => coefficients);
    expect(byDay).toEqual([
      [1, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ]);
  });

  it('are those of the day on which a model is looked at', () => {
    const skillsOn = (date: string): number[] =>
      withCredentialsOn(world, date).staff.flatMap((each) => each.people.map(({ skills }) => skills.length));
    expect(skillsOn('2027-01-05T00:00')).toEqual([1, 0]);
    expect(skillsOn('2027-01-06T00:00')).toEqual([1, 1]);
    expect(skillsOn('2027-01-07T00:00')).toEqual([0, 1]);
    expect(withCredentialsOn(model({ staff: [group('Nurse', 2)] }), '2027-01-05').staff).toHaveLength(1);
  });
});
