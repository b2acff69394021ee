import {
  capacityChanges,
  constantValue,
  type HeldSkill,
  meanCapacity,
  type Model,
  type NeedTarget,
  type Pathway,
  meanOfExpression,
  requireConstant,
  type Schedule,
  type Shift,
  type StaffGroup,
  type StudyCalendar,
  titleOf,
  byId,
} from '@pathway/model';
import { atMostAYear } from './arrival-rate.js';

/** A resource or a group of people that patients ask for. */
export interface Station {
  readonly id: string;
  readonly title: string;
  readonly kind: 'resource' | 'staff';
}

/** Whether any of the held skills is the asked one, at the asked level or a higher one. */
export function hasSkill(held: readonly HeldSkill[], skill: string, level: string | undefined, model: Model): boolean {
  const levels = byId(model.skills, skill)?.levels ?? [];
  return held.some((each) => {
    if (each.skill !== skill) return false;
    if (level === undefined || each.level === undefined) return level === undefined || levels.length === 0;
    return levels.indexOf(each.level) >= levels.indexOf(level);
  });
}

/**
 * The groups that a need for people is met from: those of the role, or with anyone who has the skill, at the
 * organisation where the step takes place; if it has none, from wherever they exist. `from` says it explicitly.
 */
export function groupsFor(
  target: Exclude<NeedTarget, { kind: 'resource' }>,
  organisation: string | undefined,
  model: Model,
): readonly StaffGroup[] {
  const place = target.from ?? organisation;
  const asked = target.kind === 'role' ? target.role : `${target.skill}\n${target.level ?? ''}`;
  const key = `${target.kind}\n${asked}\n${place ?? ''}\n${target.from === undefined}`;
  const known = groupsOfModels.get(model) ?? new Map<string, readonly StaffGroup[]>();
  groupsOfModels.set(model, known);
  let groups = known.get(key);
  if (groups === undefined) {
    const able = model.staff.filter((group) =>
      target.kind === 'role' ? group.role === target.role : groupHasSkill(group, target.skill, target.level, model),
    );
    const here = able.filter((group) => group.organisation === place);
    groups = here.length > 0 || target.from !== undefined ? here : able;
    known.set(key, groups);
  }
  return groups;
}

/** Answers already given, by model and question: many steps ask for the same people. */
const groupsOfModels = new WeakMap<Model, Map<string, readonly StaffGroup[]>>();

/** Whether a role gives the skill to the whole group, or a named person of it has it. */
export function groupHasSkill(group: StaffGroup, skill: string, level: string | undefined, model: Model): boolean {
  const role = byId(model.roles, group.role);
  if (role !== undefined && hasSkill(role.skills, skill, level, model)) return true;
  return group.people.some(({ skills }) => hasSkill(skills, skill, level, model));
}

/** Where a step or hold takes place: where it says, or at the owner of its pathway. */
export function placeOf(activity: { readonly organisation?: string }, pathway: Pathway): string | undefined {
  return activity.organisation ?? pathway.owner;
}

/** Mean units of a resource over a study; Infinity when unlimited. */
export function meanUnits(schedule: Schedule, calendar: StudyCalendar, model: Model): number {
  if (schedule.rules.length === 0)
    return schedule.otherwise === 'unlimited'
      ? Number.POSITIVE_INFINITY
      : Math.max(0, requireConstant(schedule.otherwise, model, 'An amount in a timetable'));
  // A week of dates, of holidays or of a cycle does not stand for every other one.
  const dated = schedule.rules.some((rule) =>
    [rule.since, rule.until, rule.holidays, rule.week].some((each) => each !== undefined),
  );
  return meanCapacity(schedule, dated ? calendar : atMostAYear(calendar), model);
}

/** The most units that there are at any instant of a study; Infinity when ever unlimited. */
export function mostUnits(schedule: Schedule, calendar: StudyCalendar, model: Model): number {
  if (schedule.rules.length === 0) return meanUnits(schedule, calendar, model);
  return Math.max(0, ...capacityChanges(schedule, calendar, model).map(({ amount }) => amount));
}

/** People on duty, and whether that is written or estimated. */
export interface Presence {
  readonly schedule: Schedule;
  readonly estimated: boolean;
}

/**
 * When how many of a group are there: as written; else its named people during their shifts; else an estimate,
 * headcount × contract × (1 − absence) spread over the time that its shifts cover and rounded, at least 1 of anyone.
 * @throws ModelError for a headcount that is not constant
 */
export function presenceOf(group: StaffGroup, model: Model): Presence {
  if (group.onDuty !== undefined) return { schedule: group.onDuty, estimated: false };
  const headcount =
    group.people.length > 0
      ? group.people.length
      : requireConstant(group.headcount, model, `The headcount of ${titleOf(group)}`);
  const shifts = model.shifts.filter(({ id }) => group.shifts.includes(id));
  const contract = group.contract && constantValue(group.contract, model);
  if (contract === undefined && shifts.length === 0) return { schedule: always(headcount), estimated: true };
  const covered = coveredShare(shifts);
  const absence = group.absence === undefined ? 0 : (meanOfExpression(group.absence, model).value ?? 0);
  const present = headcount * (contract ?? covered) * (1 - absence);
  const amount = headcount > 0 ? Math.max(1, Math.round(present / (covered > 0 ? covered : 1))) : 0;
  return { schedule: shifts.length === 0 ? always(amount) : during(shifts, amount), estimated: true };
}

function always(amount: number): Schedule {
  return { rules: [], otherwise: { kind: 'number', value: amount, dimension: { time: 0, money: 0 } } };
}

function during(shifts: readonly Shift[], amount: number): Schedule {
  const number = { kind: 'number', value: amount, dimension: { time: 0, money: 0 } } as const;
  const rules = shifts.map(({ from, to, days }) => ({ amount: number, from, to, ...(days !== undefined && { days }) }));
  return { rules, otherwise: { ...number, value: 0 } };
}

/** Share of the week in which any of the shifts runs; 1 without shifts. */
function coveredShare(shifts: readonly Shift[]): number {
  if (shifts.length === 0) return 1;
  const week = 7 * 1440;
  const covered = new Uint8Array(week);
  for (const { from, to, days } of shifts) {
    DAYS.forEach((day, i) => {
      if (days !== undefined && !days.includes(day)) return;
      const length = to > from ? to - from : to + 1440 - from;
      for (let minute = 0; minute < length; minute++) covered[(i * 1440 + from + minute) % week] = 1;
    });
  }
  return covered.reduce((sum, each) => sum + each, 0) / week;
}

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;
