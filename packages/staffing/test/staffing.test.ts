import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ActivityDemand } from '@pathway/model';
import { DURATION, erlangC, SECONDS, stableJson } from '@pathway/model';
import {
  coverFor,
  parseStaffingPlan,
  planStaffing,
  rosterJsonSchema,
  skillReportJsonSchema,
  staffingPlanJsonSchema,
  staffingTable,
} from '../src/index.js';
import { group, model, ORIGIN, plain, role } from './model-builders.js';

const HOURS = Array.from({ length: 168 }, (_, hour) => hour);

/** A step begun `perHour` times in each hour, taking `seconds`, done by so many of a role. */
function demand(perHour: number, seconds: number, amount: number, roleId: string): ActivityDemand {
  return {
    activity: 'Care.Visit',
    title: 'Visit',
    organisation: 'Hospital',
    startsByHour: HOURS.map(() => perHour),
    loadByHour: HOURS.map(() => (perHour * seconds) / SECONDS.h),
    meanDuration: seconds,
    needs: [{ amount, target: { kind: 'role', role: roleId } }],
  };
}

describe('cover', () => {
  it('is the fewest people that keep the delay at the target', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 200, noNaN: true }),
        fc.double({ min: 0.01, max: 0.9, noNaN: true }),
        (load, target) => {
          const people = coverFor(load, { kind: 'delay', most: target }, 600);
          expect(erlangC(load, people)).toBeLessThanOrEqual(target);
          expect(erlangC(load, people - 1)).toBeGreaterThan(target);
        },
      ),
    );
  });

  it('is nobody where nothing is to do', () => {
    expect(coverFor(0, { kind: 'delay', most: 0.2 }, 600)).toBe(0);
  });
});

describe('a staffing plan', () => {
  const nurses = model({ roles: [role('Nurse')], staff: [group('Nurse', 10)] });

  it('says of which roles not all work is counted: those on a way with a limit, or with a group that has one', () => {
    const both = model({
      roles: [role('Nurse'), role('Doctor')],
      staff: [group('Nurse', 10), group('Doctor', 10)],
    });
    const other = { ...demand(1, 60, 1, 'Doctor'), activity: 'Other.Visit' };
    const marked = (subject: string) =>
      planStaffing(both, {
        demand: [demand(3, 1200, 2, 'Nurse'), other],
        limits: [{ subject, message: 'Which of its branches ends first does not follow from the text.' }],
      }).roles.map(({ role: id, countedInPart }) => [id, countedInPart]);
    const nurse = both.staff[0]?.id ?? '';
    for (const subject of ['Care.#1', nurse])
      expect(marked(subject)).toEqual([
        ['Nurse', true],
        ['Doctor', undefined],
      ]);
    expect(marked('Third.#1')).toEqual([
      ['Nurse', undefined],
      ['Doctor', undefined],
    ]);
  });

  it('keeps hours: people at work over the week are starts times time times people', () => {
    const plan = planStaffing(nurses, { demand: [demand(3, 1200, 2, 'Nurse')] });
    expect(plan.roles[0]?.workHoursPerWeek).toBeCloseTo((3 * 168 * 1200 * 2) / 3600, 9);
    const [work] = plan.roles[0]?.workByActivity ?? [];
    expect(work?.activity).toBe('Care.Visit');
    expect(work?.hoursPerWeek).toBeCloseTo(336, 9);
  });

  it('fills the cover with contracts less absence', () => {
    const absent = model({ roles: [role('Nurse')], staff: [group('Nurse', 10, { absence: plain(0.2) })] });
    const need = planStaffing(absent, { demand: [demand(1, 1800, 1, 'Nurse')] }).roles[0];
    // Load 0.5: Erlang C is 0.5 with one and 0.1 with two, so two in each of 168 hours; 336 / (40 × 0.8) = 10.5.
    expect(need?.coverHoursPerWeek).toBe(336);
    expect(need?.headcount?.needed).toBeCloseTo(10.5, 12);
    expect(need?.headcount?.shortfall).toBeCloseTo(0.5, 12);
  });

  it('computes WISN as the WHO manual does, factor by factor', () => {
    const staff = group('Nurse', 20, {
      leave: [{ name: 'annual leave', perYear: { kind: 'number', value: 30 * 8 * 3600, dimension: DURATION } }],
      absence: plain(0.05),
      supportShares: [{ name: 'records', share: plain(0.1) }],
    });
    const plan = planStaffing(model({ roles: [role('Nurse')], staff: [staff] }), {
      demand: [demand(2, 1800, 1, 'Nurse')],
    });
    const wisn = plan.roles[0]?.wisn;
    // AWT = (260 − 30 − 0.05 × 260) days × 8 h = 217 × 8 = 1736 h.
    expect(wisn?.availableHoursPerYear).toBeCloseTo(1736, 9);
    // Volume = 2 × 168 × 365.25 / 7 = 17532 a year at half an hour: 8766 h; A = 8766 / 1736 = 5.04954…
    expect(wisn?.activities[0]?.volumePerYear).toBeCloseTo(17532, 9);
    expect(wisn?.activities[0]?.required).toBeCloseTo(8766 / 1736, 12);
    // CAF = 1 / 0.9; N = 5.61060…; ratio = 20 / N.
    expect(wisn?.categoryAllowanceFactor).toBeCloseTo(1 / 0.9, 12);
    expect(wisn?.required).toBeCloseTo(8766 / 1736 / 0.9, 12);
    expect(wisn?.ratio).toBeCloseTo((20 * 1736 * 0.9) / 8766, 12);
  });

  it('estimates a presence that is not written, and says so', () => {
    const need = planStaffing(nurses, { demand: [demand(1, 600, 1, 'Nurse')] }).roles[0];
    expect(need?.onDutyByHour?.reduce((sum, people) => sum + people, 0)).toBeCloseTo(400, 9);
    expect(need?.notes.join(' ')).toContain('estimated');
  });

  it('takes people of the role from elsewhere when the organisation has none', () => {
    const lent = model({ roles: [role('Nurse')], staff: [group('Nurse', 4, { organisation: 'Elsewhere' })] });
    expect(planStaffing(lent, { demand: [demand(1, 600, 1, 'Nurse')] }).roles[0]?.organisation).toBe('Elsewhere');
  });

  it('gives work asked for by skill to the least qualified who have it at that level', () => {
    const skill = { id: 'Stroke', name: 'Stroke', origin: ORIGIN, levels: ['basic', 'expert'], codes: {} };
    const roles = [
      role('Consultant', [{ skill: 'Stroke', level: 'expert' }, { skill: 'Other' }]),
      role('Nurse', [{ skill: 'Stroke', level: 'expert' }]),
      role('Assistant', [{ skill: 'Stroke', level: 'basic' }]),
    ];
    const staff = roles.map((each) => group(each.id, 3));
    const asked: ActivityDemand = {
      ...demand(1, 600, 1, 'Nurse'),
      needs: [{ amount: 1, target: { kind: 'skill', skill: 'Stroke', level: 'expert' } }],
    };
    const plan = planStaffing(model({ skills: [skill], roles, staff }), { demand: [asked] });
    expect(plan.roles.map((need) => need.role)).toEqual(['Nurse']);
    expect(plan.skills).toMatchObject([{ skill: 'Stroke', level: 'expert', holders: 6 }]);
  });

  it('lists what nobody can do instead of dropping it', () => {
    const skill = { id: 'Stroke', name: 'Stroke', title: 'Stroke care', origin: ORIGIN, levels: [], codes: {} };
    const asked: ActivityDemand = {
      ...demand(1, 600, 1, 'Nurse'),
      needs: [{ amount: 1, target: { kind: 'skill', skill: 'Stroke' } }],
    };
    const plan = planStaffing(model({ skills: [skill], roles: [role('Nurse')], staff: [group('Nurse', 1)] }), {
      demand: [asked],
    });
    expect(plan.gaps).toEqual([{ subject: 'Visit', message: 'Nobody has the skill Stroke care that it needs.' }]);
  });

  it('says that cover counts people who come in groups as if they came alone', () => {
    const arrivals = { kind: 'rate' as const, rate: plain(0.001) };
    const comes = (id: string, group?: number) => ({
      id,
      name: id,
      origin: ORIGIN,
      attributes: [],
      arrivals: group === undefined ? arrivals : { ...arrivals, group: plain(group) },
    });
    const entering = ['Crash', 'Alone'].map((cohort) => ({ cohort }));
    const world = model({
      roles: [role('Nurse')],
      staff: [group('Nurse', 1)],
      cohorts: [comes('Crash', 3), comes('Alone'), comes('Nowhere', 2)],
      pathways: [{ id: 'P', name: 'P', origin: ORIGIN, cohorts: entering, body: [] }],
    });
    const plan = planStaffing(world, { demand: [demand(1, 600, 1, 'Nurse')] });
    expect(plan.gaps.map(({ subject, message }) => `${subject}: ${message}`)).toEqual([
      expect.stringContaining('Crash: that they come in groups'),
    ]);
  });

  it('is a table with a row for each hour, and JSON that its schema takes', () => {
    const plan = planStaffing(nurses, { demand: [demand(3, 1200, 2, 'Nurse')] });
    expect(staffingTable(plan).rows).toHaveLength(168);
    expect(parseStaffingPlan(JSON.parse(stableJson(plan)))).toEqual(plan);
    expect(() => parseStaffingPlan({ ...plan, formatVersion: 2 })).toThrow();
  });
});

describe('the published schema', () => {
  const path = fileURLToPath(new URL('../../../docs/schemas/staffing-plan.schema.json', import.meta.url));

  it('is the one of this version', () => {
    const text = `${stableJson(staffingPlanJsonSchema(), 2)}\n`;
    if (process.env.UPDATE_GOLDENS === '1') {
      mkdirSync(fileURLToPath(new URL('.', `file://${path}`)), { recursive: true });
      writeFileSync(path, text);
    }
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it('of skills is the one of this version', () => {
    const file = fileURLToPath(new URL('../../../docs/schemas/skills.schema.json', import.meta.url));
    const text = `${stableJson(skillReportJsonSchema(), 2)}\n`;
    if (process.env.UPDATE_GOLDENS === '1') writeFileSync(file, text);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('of rosters is the one of this version', () => {
    const file = fileURLToPath(new URL('../../../docs/schemas/roster.schema.json', import.meta.url));
    const text = `${stableJson(rosterJsonSchema(), 2)}\n`;
    if (process.env.UPDATE_GOLDENS === '1') writeFileSync(file, text);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
});
