import type { HeldSkill, Model, Person, RosterDeclaration, RosterEntry, Shift, StaffGroup } from '@pathway/model';
import { byId, constantValue, formatNumber, ModelError, titleOf } from '@pathway/model';
import type { StaffingPlan } from '../plan.js';
import { contractHours } from '../presence.js';
import type { CoverNeed, RosterPerson, RosterProblem } from '../roster/problem.js';
import { covers } from '../workload.js';
import { firstWeekday, isNight, lengthOf, lineRules, rulesOf } from './working-rules.js';

/** What one person too few costs on a shift of eight hours; everything else is measured by it. */
const MISSING = 96;
const MISSING_PER_HOUR = 12;
/** What a request that is not met costs. */
const REQUEST = 5;

export interface Member {
  /** The pseudonym. */
  readonly id: string;
  readonly group: StaffGroup;
  readonly skills: readonly HeldSkill[];
  /** Over the roster, less leave. */
  readonly contractMinutes: number;
  readonly leave: readonly number[];
}

/** A roster to be made: the problem for the solver, and what its numbers stand for. */
export interface RosterTask {
  readonly roster: RosterDeclaration;
  readonly problem: RosterProblem;
  readonly shifts: readonly Shift[];
  readonly members: readonly Member[];
  /** For each need of the problem what it is about, in words. */
  readonly needs: readonly NeedLabel[];
}

export interface NeedLabel {
  readonly of: 'role' | 'skill';
  /** The title of the role or skill, and the level asked for. */
  readonly who: string;
  readonly day: number;
  /** Minutes after midnight. */
  readonly from: number;
  readonly to: number;
  readonly shift?: string;
}

/**
 * The problem that a roster of a model poses.
 * @param plans for each need from pathways its staffing plan, in their order
 * @throws ModelError where nobody is in the roster, or a day names a person who is not
 */
export function rosterTask(model: Model, roster: RosterDeclaration, plans: readonly StaffingPlan[]): RosterTask {
  const members = membersOf(model, roster);
  if (members.length === 0)
    throw new ModelError(`Nobody is in the roster ${titleOf(roster)}: its groups have no people.`);
  const shifts = shiftsOf(model, roster, members);
  if (shifts.length === 0)
    throw new ModelError(`The roster ${titleOf(roster)} has no shifts: its groups say with \`works\` which they work.`);
  const labelled = [...coverNeeds(model, roster, shifts, members), ...hourlyNeeds(roster, shifts, members, plans)];
  const rules = rulesOf(roster, model);
  const people = members.map((member): RosterPerson => ({
    id: member.id,
    rules: lineRules(rules, shifts, roster, member.contractMinutes, model),
    shifts: ownShifts(member, shifts),
    away: [...member.leave.map((day) => ({ day })), ...daysWithout(roster, shifts)],
    ...entriesOf(roster, member, shifts),
  }));
  checkEntries(roster, members);
  return {
    roster,
    shifts,
    members,
    needs: labelled.map(({ label }) => label),
    problem: {
      days: roster.days,
      firstWeekday: firstWeekday(roster.from),
      shifts: shifts.map((shift) => ({ id: shift.id, minutes: lengthOf(shift) })),
      people,
      needs: labelled.map(({ need }) => need),
    },
  };
}

/** The date of a day of a roster. */
export function dateOf(roster: RosterDeclaration, day: number): string {
  return new Date(Date.parse(`${roster.from}T00:00:00Z`) + day * 86_400_000).toISOString().slice(0, 10);
}

function dayOf(roster: RosterDeclaration, date: string): number {
  return Math.round((Date.parse(`${date}T00:00:00Z`) - Date.parse(`${roster.from}T00:00:00Z`)) / 86_400_000);
}

function membersOf(model: Model, roster: RosterDeclaration): readonly Member[] {
  const groups = model.staff.filter(({ id }) => roster.groups.includes(id));
  return groups.flatMap((group): readonly Member[] => {
    const skills = byId(model.roles, group.role)?.skills ?? [];
    const hours = contractHours(group, model);
    if (group.people.length > 0) return group.people.map((person) => namedMember(person, group, hours, roster));
    const count = Math.round(constantValue(group.headcount, model) ?? 0);
    const width = String(count).length;
    return Array.from({ length: count }, (_, index) => ({
      id: `${group.role} ${String(index + 1).padStart(width, '0')}`,
      group,
      skills,
      contractMinutes: (hours * 60 * roster.days) / 7,
      leave: [],
    }));
  });
}

function namedMember(person: Person, group: StaffGroup, groupHours: number, roster: RosterDeclaration): Member {
  const leave = person.leave.flatMap(({ from, to }) => {
    const first = Math.max(0, dayOf(roster, from));
    const last = Math.min(roster.days - 1, dayOf(roster, to));
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  });
  const days = [...new Set(leave)];
  const hours = person.contract === undefined ? groupHours : person.contract * 168;
  return {
    id: person.id,
    group,
    skills: person.skills,
    contractMinutes: (hours * 60 * (roster.days - days.length)) / 7,
    leave: days,
  };
}

/** The shifts that somebody of the roster works, or that are to be covered. */
function shiftsOf(model: Model, roster: RosterDeclaration, members: readonly Member[]): readonly Shift[] {
  const used = new Set([
    ...roster.cover.flatMap(({ shifts }) => shifts),
    ...members.flatMap(({ id, group }) => [...group.shifts, ...(personOf(group, id)?.shifts ?? [])]),
  ]);
  return model.shifts.filter(({ id }) => used.has(id));
}

function personOf(group: StaffGroup, id: string): Person | undefined {
  return group.people.find((person) => person.id === id);
}

/** Those of the person, else of the group, else all. */
function ownShifts(member: Member, shifts: readonly Shift[]): readonly number[] {
  const own = personOf(member.group, member.id)?.shifts ?? [];
  const named = own.length > 0 ? own : member.group.shifts;
  return shifts.flatMap(({ id }, index) => (named.length === 0 || named.includes(id) ? [index] : []));
}

/** Days on which a shift is not worked by anybody. */
function daysWithout(roster: RosterDeclaration, shifts: readonly Shift[]): RosterPerson['away'] {
  const first = firstWeekday(roster.from);
  return shifts.flatMap(({ days }, shift) =>
    days === undefined
      ? []
      : Array.from({ length: roster.days }, (_, day) => day)
          .filter((day) => !days.includes(WEEK[(day + first) % 7]!))
          .map((day) => ({ day, shift })),
  );
}

const WEEK = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

function entriesOf(
  roster: RosterDeclaration,
  member: Member,
  shifts: readonly Shift[],
): Pick<RosterPerson, 'fixed' | 'wishes'> {
  const own = roster.entries.filter(({ person }) => person === member.id);
  const each = (kind: RosterEntry['kind']): readonly { readonly day: number; readonly shift: number | 'off' }[] =>
    own
      .filter((entry) => entry.kind === kind)
      .flatMap(({ dates, shift }) =>
        dates.map((date) => ({
          day: dayOf(roster, date),
          shift: shift === undefined ? ('off' as const) : shifts.findIndex(({ id }) => id === shift),
        })),
      );
  return {
    fixed: each('set'),
    wishes: each('request').map(({ day, shift }) =>
      shift === 'off' ? { kind: 'off', day, weight: REQUEST } : { kind: 'on', day, shift, weight: REQUEST },
    ),
  };
}

function checkEntries(roster: RosterDeclaration, members: readonly Member[]): void {
  const known = new Set(members.map(({ id }) => id));
  const lost = roster.entries.find(({ person }) => !known.has(person));
  if (lost === undefined) return;
  const { file, line } = lost.origin;
  throw new ModelError(
    `${file}:${line}: nobody in the roster ${titleOf(roster)} is called "${lost.person}". Its people are ${[...known].slice(0, 5).join(', ')}${known.size > 5 ? ', …' : ''}.`,
  );
}

interface Labelled {
  readonly need: CoverNeed;
  readonly label: NeedLabel;
}

function coverNeeds(
  model: Model,
  roster: RosterDeclaration,
  shifts: readonly Shift[],
  members: readonly Member[],
): readonly Labelled[] {
  const first = firstWeekday(roster.from);
  return roster.cover.flatMap((cover, index) => {
    const wanted = constantValue(cover.amount, model) ?? 0;
    const kind = byId(model.roles, cover.role ?? '') ?? byId(model.skills, cover.skill ?? '');
    const name = kind === undefined ? 'people' : titleOf(kind);
    const who = cover.level === undefined ? name : `${name} ${cover.level}`;
    const held: HeldSkill = { skill: cover.skill ?? '', ...(cover.level === undefined ? {} : { level: cover.level }) };
    const coefficients = members.map(({ group, skills }) =>
      (cover.role === undefined ? skills.some((skill) => covers(skill, held, model)) : group.role === cover.role)
        ? 1
        : 0,
    );
    const labelled: Labelled[] = [];
    for (let day = 0; day < roster.days; day += 1) {
      if (cover.days !== undefined && !cover.days.includes(WEEK[(day + first) % 7]!)) continue;
      for (const id of cover.shifts) {
        const shift = shifts.findIndex((each) => each.id === id);
        const at = shifts[shift]!;
        if (at.days !== undefined && !at.days.includes(WEEK[(day + first) % 7]!)) continue;
        labelled.push({
          need: {
            id: `${index} ${day} ${id}`,
            required: wanted,
            under: MISSING,
            over: 1,
            slots: [{ day, shift }],
            coefficients,
          },
          label: {
            of: cover.role === undefined ? 'skill' : 'role',
            who,
            day,
            from: at.from,
            to: at.from + lengthOf(at),
            shift: titleOf(at),
          },
        });
      }
    }
    return labelled;
  });
}

/** Needs by hour from plans: neighbouring hours that the same shifts cover are one need, as high as their highest. */
function hourlyNeeds(
  roster: RosterDeclaration,
  shifts: readonly Shift[],
  members: readonly Member[],
  plans: readonly StaffingPlan[],
): readonly Labelled[] {
  const first = firstWeekday(roster.from);
  const hours = Array.from({ length: roster.days * 24 }, (_, hour) => ({
    hour,
    slots: shifts.flatMap((shift, index) =>
      [Math.floor(hour / 24) - 1, Math.floor(hour / 24)]
        .filter((day) => day >= 0)
        .filter((day) => {
          const from = day * 1440 + shift.from;
          return from <= hour * 60 && hour * 60 + 60 <= from + lengthOf(shift);
        })
        .map((day) => ({ day, shift: index })),
    ),
  }));
  return plans.flatMap((plan, planIndex) =>
    plan.roles.flatMap((role) => {
      const coefficients = members.map(({ group }) => (group.role === role.role ? 1 : 0));
      if (!coefficients.includes(1)) return [];
      const labelled: Labelled[] = [];
      for (let start = 0; start < hours.length;) {
        const key = JSON.stringify(hours[start]!.slots);
        let end = start + 1;
        while (end < hours.length && end % 24 !== 0 && JSON.stringify(hours[end]!.slots) === key) end += 1;
        const wanted = Math.max(
          ...hours.slice(start, end).map(({ hour }) => role.coverByHour[(hour + first * 24) % 168]!),
        );
        const { slots } = hours[start]!;
        if (wanted > 0 && slots.length > 0) {
          labelled.push({
            need: {
              id: `${planIndex} ${role.role} ${start}`,
              required: wanted,
              under: MISSING_PER_HOUR * (end - start),
              over: 1,
              slots,
              coefficients,
            },
            label: {
              of: 'role',
              who: role.title,
              day: Math.floor(start / 24),
              from: (start % 24) * 60,
              to: (start % 24) * 60 + (end - start) * 60,
            },
          });
        }
        start = end;
      }
      return labelled;
    }),
  );
}

/** Whether each shift of a task is a night. */
export function nightsOf(task: RosterTask): readonly boolean[] {
  return task.shifts.map(isNight);
}

/** `2 Stroke nurse` in words. */
export function amountOf(count: number, who: string): string {
  return `${formatNumber(count)} ${who}`;
}
