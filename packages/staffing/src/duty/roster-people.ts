import type { Model, Person, PersonSkill, RosterChange, RosterDeclaration, Shift, StaffGroup } from '@pathway/model';
import { byId, constantValue, isNightShift, ModelError, titleOf } from '@pathway/model';
import { contractHours } from '../working-time.js';
import type { EarlierDays, RosterPerson, Wish } from '../roster/problem.js';
import { type CalledIn, isThere } from './called-in.js';
import { dateOf, dayOf, daysBetween, weekdayOf } from './roster-days.js';

/** What a request that is not met costs where it does not say. */
export const REQUEST = 5;

/** Somebody who is in a roster. */
export interface Member {
  /** The pseudonym. */
  readonly id: string;
  readonly group: StaffGroup;
  readonly skills: readonly PersonSkill[];
  /** Over the roster, less leave. */
  readonly contractMinutes: number;
  readonly leave: readonly number[];
  /** Shifts that the person would work beside their own, where it is tried what that would change. */
  readonly moreShifts?: readonly string[];
  /** By which response, where the person is called in, and when they are there. */
  readonly calledIn?: CalledIn;
}

/** What a roster that has been made says of people's days, as far as another one needs it. */
export interface StandingRoster {
  readonly roster: string;
  readonly from: string;
  readonly days: number;
  readonly people: readonly {
    readonly person: string;
    readonly shifts: readonly (string | null)[];
    /** Days on which they work in the place of those of another role, by its id. */
    readonly standsInFor?: readonly { readonly day: number; readonly role: string }[];
  }[];
}

/**
 * The people of a roster: those of tables by their pseudonyms, others by their role and a number that goes on from one group of
 * the role to the next; last those whom responses call in.
 * @throws ModelError where two people would have one name
 */
export function membersOf(
  model: Model,
  roster: RosterDeclaration,
  calledIn: readonly Member[] = [],
): readonly Member[] {
  const members = [...everybodyIn(model, roster), ...calledIn];
  const seen = new Map<string, Member>();
  for (const member of members) {
    const other = seen.get(member.id);
    if (other !== undefined)
      throw new ModelError(
        `Two people of the roster ${titleOf(roster)} are called "${member.id}": one of ${other.group.name}, one of ${member.group.name}. Give one of them another id.`,
      );
    seen.set(member.id, member);
  }
  return members;
}

function everybodyIn(model: Model, roster: RosterDeclaration): readonly Member[] {
  const groups = model.staff.filter(({ id }) => roster.groups.includes(id));
  const countOf = (group: StaffGroup): number =>
    group.people.length > 0 ? 0 : Math.round(constantValue(group.headcount, model) ?? 0);
  const numbered = new Map<string, number>();
  return groups.flatMap((group): readonly Member[] => {
    const skills = byId(model.roles, group.role)?.skills ?? [];
    const hours = contractHours(group, model);
    if (group.people.length > 0) return group.people.map((person) => namedMember(person, group, hours, roster));
    const inRole = groups.filter(({ role }) => role === group.role).reduce((sum, each) => sum + countOf(each), 0);
    const width = String(inRole).length;
    const first = (numbered.get(group.role) ?? 0) + 1;
    numbered.set(group.role, first - 1 + countOf(group));
    return Array.from({ length: countOf(group) }, (_, index) => ({
      id: `${group.role} ${String(first + index).padStart(width, '0')}`,
      group,
      skills,
      contractMinutes: (hours * 60 * roster.days) / 7,
      leave: [],
    }));
  });
}

function namedMember(person: Person, group: StaffGroup, groupHours: number, roster: RosterDeclaration): Member {
  const days = [...new Set(person.leave.flatMap(({ from, to }) => daysBetween(roster, from, to)))];
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
export function shiftsOf(model: Model, roster: RosterDeclaration, members: readonly Member[]): readonly Shift[] {
  const used = new Set([
    ...[...roster.cover, ...roster.changes.flatMap(({ cover }) => cover)].flatMap(({ shifts }) => shifts),
    ...members.flatMap(({ id, group }) => [...group.shifts, ...(personOf(group, id)?.shifts ?? [])]),
  ]);
  return model.shifts.filter(({ id }) => used.has(id));
}

function personOf(group: StaffGroup, id: string): Person | undefined {
  return group.people.find((person) => person.id === id);
}

/** Those of the person, else of the group, else all. */
export function ownShifts(member: Member, shifts: readonly Shift[]): readonly number[] {
  const own = personOf(member.group, member.id)?.shifts ?? [];
  const named = own.length > 0 ? own : member.group.shifts;
  const more = member.moreShifts ?? [];
  return shifts.flatMap(({ id }, index) =>
    named.length === 0 || named.includes(id) || more.includes(id) ? [index] : [],
  );
}

/** When somebody is not there: on leave, on days on which a shift is not worked, and when they have said that they cannot. */
export function awayOf(member: Member, roster: RosterDeclaration, shifts: readonly Shift[]): RosterPerson['away'] {
  return [
    ...member.leave.map((day) => ({ day })),
    ...daysWithout(roster, shifts),
    ...outsideAvailability(roster, member, shifts),
    ...notThere(roster, member, shifts),
  ];
}

function daysWithout(roster: RosterDeclaration, shifts: readonly Shift[]): RosterPerson['away'] {
  return shifts.flatMap(({ days }, shift) =>
    days === undefined
      ? []
      : Array.from({ length: roster.days }, (_, day) => day)
          .filter((day) => !days.includes(weekdayOf(roster, day)))
          .map((day) => ({ day, shift })),
  );
}

/** Shifts that somebody who is called in cannot begin: before they are there, and when the response is over. */
function notThere(roster: RosterDeclaration, member: Member, shifts: readonly Shift[]): RosterPerson['away'] {
  if (member.calledIn === undefined) return [];
  return cells(roster, shifts).filter(({ day, shift }) => !isThere(member, day * 1440 + shifts[shift]!.from));
}

/** Where somebody works only on some days, every other day, and every other shift of those days. */
function outsideAvailability(
  roster: RosterDeclaration,
  member: Member,
  shifts: readonly Shift[],
): RosterPerson['away'] {
  const open = availabilityOf(roster, member, shifts, 'set');
  if (open === undefined) return [];
  return cells(roster, shifts).filter(({ day, shift }) => !open.has(`${day} ${shift}`));
}

function availabilityOf(
  roster: RosterDeclaration,
  member: Member,
  shifts: readonly Shift[],
  kind: 'set' | 'request',
): ReadonlySet<string> | undefined {
  const own = roster.entries.filter(({ person, only, kind: of }) => person === member.id && only && of === kind);
  if (own.length === 0) return undefined;
  return new Set(
    own.flatMap(({ dates, shifts: named }) =>
      dates.flatMap((date) =>
        shifts.flatMap(({ id }, shift) =>
          named.length === 0 || named.includes(id) ? [`${dayOf(roster, date)} ${shift}`] : [],
        ),
      ),
    ),
  );
}

function cells(
  roster: RosterDeclaration,
  shifts: readonly Shift[],
): readonly { readonly day: number; readonly shift: number }[] {
  return Array.from({ length: roster.days * shifts.length }, (_, cell) => ({
    day: Math.floor(cell / shifts.length),
    shift: cell % shifts.length,
  }));
}

/** What stands for somebody, and what they ask for. */
export function entriesOf(
  roster: RosterDeclaration,
  member: Member,
  shifts: readonly Shift[],
): Pick<RosterPerson, 'fixed' | 'wishes'> {
  const own = roster.entries.filter(({ person, only }) => person === member.id && !only);
  const each = own.flatMap(({ kind, dates, shifts: named, cost }) =>
    dates.map((date) => ({
      kind,
      day: dayOf(roster, date),
      shift: named.length === 0 ? ('off' as const) : shifts.findIndex(({ id }) => id === named[0]),
      weight: cost ?? REQUEST,
    })),
  );
  const wishes = each
    .filter(({ kind }) => kind === 'request')
    .map(({ day, shift, weight }): Wish =>
      shift === 'off' ? { kind: 'off', day, weight } : { kind: 'on', day, shift, weight },
    );
  const wanted = availabilityOf(roster, member, shifts, 'request');
  // A wish means a shift in whatever place it is worked, the first of its name as what one is.
  const isFirst = (shift: number): boolean => shifts.findIndex(({ id }) => id === shifts[shift]!.id) === shift;
  const unwanted =
    wanted === undefined
      ? []
      : cells(roster, shifts).filter(({ day, shift }) => isFirst(shift) && !wanted.has(`${day} ${shift}`));
  return {
    fixed: each.filter(({ kind }) => kind === 'set').map(({ day, shift }) => ({ day, shift })),
    wishes: [...wishes, ...unwanted.map(({ day, shift }): Wish => ({ kind: 'off', day, shift, weight: REQUEST }))],
  };
}

/** @throws ModelError where an entry, a pair or an absence is of somebody who is not in the roster */
export function checkNames(roster: RosterDeclaration, members: readonly Member[], change?: RosterChange): void {
  const known = new Set(members.map(({ id }) => id));
  const named = [
    ...roster.entries,
    ...roster.pairs,
    ...roster.pairs.map(({ other, origin }) => ({ person: other, origin })),
    ...roster.cover.flatMap(({ team = [], origin }) => team.map((person) => ({ person, origin }))),
    ...[...roster.changes, ...(change === undefined ? [] : [change])].flatMap(({ absences }) => absences),
  ];
  const lost = named.find(({ person }) => !known.has(person));
  if (lost === undefined) return;
  const { file, line } = lost.origin;
  throw new ModelError(
    `${file}:${line}: nobody in the roster ${titleOf(roster)} is called "${lost.person}". Its people are ${[...known].slice(0, 5).join(', ')}${known.size > 5 ? ', …' : ''}.`,
  );
}

/**
 * How somebody's days before the roster ended, from the roster before it.
 * @throws ModelError where that roster ends on another day than the one before this begins
 */
export function daysBefore(
  roster: RosterDeclaration,
  member: Member,
  shifts: readonly Shift[],
  earlier: StandingRoster,
): EarlierDays | undefined {
  const end = dateOf(earlier, earlier.days);
  if (end !== roster.from)
    throw new ModelError(
      `The roster before ${titleOf(roster)} must end on the day before ${roster.from}; the one given is followed by ${end}.`,
    );
  const line = earlier.people.find(({ person }) => person === member.id)?.shifts;
  if (line === undefined || line.length === 0) return undefined;
  const numbers = line.map((id) => (id === null ? -1 : shifts.findIndex((shift) => shift.id === id)));
  const last = numbers.at(-1)!;
  const runOf = (belongs: (shift: number) => boolean): number => {
    let run = 0;
    while (run < numbers.length && belongs(numbers.at(-1 - run)!)) run += 1;
    return run;
  };
  return {
    last: last < 0 ? 'off' : last,
    run: runOf((shift) => shift >= 0 === last >= 0),
    nights: runOf((shift) => shift >= 0 && isNightShift(shifts[shift]!)),
  };
}
