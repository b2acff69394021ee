import type { Model, RosterChange, RosterDeclaration } from '@pathway/model';
import { byId, ModelError, nearestText, titleOf } from '@pathway/model';
import { type LineRules, type Roster, type RosterPerson, sameShift } from '../roster/problem.js';
import { coverOf } from '../roster/evaluate-roster.js';
import type { Replanned, ReplanOptions } from '../roster/replan-roster.js';
import type { Shortfall } from './duty-roster.js';
import { callsOf, type RosterCall } from './roster-calls.js';
import { dateOf, dayOf, daysBetween, minuteOf, momentOf } from './roster-days.js';
import type { StandingRoster } from './roster-people.js';
import { rosterTask, type RosterTask, type TaskOptions } from './roster-task.js';
import type { Notice } from './rule-measures.js';
import { noticeOf, rulesOn } from './working-rules.js';

/** What a changed day costs, and one that is changed with less notice than is usual; somebody missing costs 96. */
const CHANGE = { usual: 2, late: 8 };

/** A roster that stands and what happened to it, as a problem to be solved with few changes. */
export interface RepairTask {
  readonly task: RosterTask;
  readonly change: RosterChange;
  readonly standing: Roster;
  readonly changeCost: ReplanOptions['changeCost'];
  /** Minutes after the roster's start when it became known. */
  readonly known: number;
  /** Minutes of notice that rules of each day ask for, always and if possible. */
  readonly noticeRules: readonly { readonly always: number; readonly usual: number }[];
  /** How many people were missing before it happened, by the ids of needs. */
  readonly missedBefore: ReadonlyMap<string, number>;
}

/** What became of a roster that stood: published as a part of `docs/schemas/roster.schema.json`. */
export interface RosterRepair {
  readonly change: string;
  readonly title: string;
  /** ISO date and local time. */
  readonly known: string;
  /** Shifts that nobody works any more as they stood. */
  readonly lostShifts: number;
  /** Days of people that are changed beside them. */
  readonly changedDays: number;
  readonly changes: readonly RosterRepairChange[];
  readonly calls: readonly RosterCall[];
  /** What is short from the moment on at which it became known. */
  readonly missing: readonly Shortfall[];
}

export interface RosterRepairChange {
  readonly person: string;
  readonly date: string;
  /** Ids of shifts, null for a day off. */
  readonly was: string | null;
  readonly now: string | null;
  /** The person cannot work what stood. */
  readonly lost: boolean;
  /** When they are to be told; absent for who is away on that day, and knows. */
  readonly tell?: TellingTime;
  readonly sentence: string;
}

/** When somebody is to be told of a change. */
interface TellingTime {
  /** Local time of the last moment at which the notice is kept that it can still be. */
  readonly by: string;
  /** The usual notice cannot be kept any more, so that it is to be done at once. */
  readonly atOnce: boolean;
}

/**
 * The problem of a roster that stands when something has happened to it: nothing that begins before it is known, or within
 * the notice that rules always ask for, is changed.
 * @throws ModelError where the roster that stands is not this one
 */
export function repairTask(
  model: Model,
  roster: RosterDeclaration,
  change: RosterChange,
  standing: StandingRoster,
  options: TaskOptions,
): RepairTask {
  const task = rosterTask(model, roster, { ...options, change });
  const { problem } = task;
  const before = rosterTask(model, roster, { ...options, plans: options.plansBefore ?? options.plans });
  const lines = linesOf(task, standing);
  const known = minuteOf(roster, change.known);
  const notices = Array.from({ length: roster.days }, (_, day) => noticeOf(rulesOn(task.rules, day), model));
  const startOf = (day: number, shift: number): number => day * 1440 + task.shifts[shift]!.from;
  const latest = Math.max(...task.shifts.map(({ from }) => from));
  const people = problem.people.map((person, index): RosterPerson => {
    const gone = absentDays(task, change, person.id);
    const line = lines[index]!;
    const isLost = (day: number): boolean =>
      gone.includes(day) && (line[day]! < 0 || startOf(day, line[day]!) >= known);
    const away = [...person.away, ...gone.filter((day) => isLost(day)).map((day) => ({ day }))];
    const fixed = person.fixed.filter(({ day }) => !isLost(day));
    for (let day = 0; day < roster.days; day += 1) {
      const stands = line[day]!;
      // Within the notice somebody may still stand in for others on their shift; what has begun stays as it is.
      const isKept =
        person.shifts.includes(stands) && !person.away.some((each) => each.day === day && each.shift === stands);
      for (const shift of person.shifts) {
        const start = startOf(day, shift);
        const isAnother = sameShift(problem.shifts, shift) !== sameShift(problem.shifts, stands);
        if (start < known + notices[day]!.always && (isAnother || (start < known && isKept && shift !== stands)))
          away.push({ day, shift });
      }
      if (
        stands >= 0 &&
        startOf(day, stands) < known + notices[day]!.always &&
        !isLost(day) &&
        !fixed.some((each) => each.day === day)
      )
        fixed.push({ day, shift: sameShift(problem.shifts, stands) });
    }
    // Nobody asks of those who are ill that they rest two days at once, or work so many.
    const rules = gone.length === 0 ? person.rules : restAsIll(person.rules);
    return { ...person, away, fixed, rules };
  });
  return {
    task: { ...task, problem: { ...problem, people } },
    change,
    standing: lines,
    known,
    noticeRules: notices,
    missedBefore: missedIn(before, linesOf(before, standing)),
    changeCost: (person, day) => {
      const shift = lines[person]![day]!;
      const start = shift < 0 ? day * 1440 + latest : startOf(day, shift);
      return start < known + notices[day]!.usual ? CHANGE.late : CHANGE.usual;
    },
  };
}

function missedIn({ problem }: RosterTask, lines: Roster): ReadonlyMap<string, number> {
  return new Map(problem.needs.map((need) => [need.id, need.required - coverOf(need, lines)]));
}

function restAsIll(rules: LineRules): LineRules {
  const { phases } = rules;
  return {
    ...rules,
    minMinutes: 0,
    minRun: 1,
    minOff: 1,
    ...(phases !== undefined && { phases: phases.map((phase) => ({ ...phase, minRun: 1, minOff: 1 })) }),
  };
}

function absentDays({ roster }: RosterTask, change: RosterChange, person: string): readonly number[] {
  const spans = change.absences.filter((absence) => absence.person === person).flatMap((absence) => absence.spans);
  return [...new Set(spans.flatMap(({ from, until }) => daysBetween(roster, from, until)))];
}

function linesOf({ model, roster, members, shifts }: RosterTask, standing: StandingRoster): Roster {
  if (standing.roster !== roster.id || standing.from !== roster.from || standing.days !== roster.days)
    throw new ModelError(
      `The roster given is ${standing.roster} with ${standing.days} days from ${standing.from}, not ${roster.id} with ${roster.days} days from ${roster.from}.`,
    );
  const known = members.map(({ id }) => id);
  const gone = standing.people.find(({ person }) => !known.includes(person));
  if (gone !== undefined) {
    const near = nearestText(gone.person, known);
    throw new ModelError(
      `"${gone.person}" works in the roster given, and is not among the people of ${titleOf(roster)}${near === undefined ? '' : `; did you mean "${near}"?`} Leave people in the text and say \`absent\` of them.`,
    );
  }
  return members.map(({ id }) => {
    const { shifts: line = [], standsInFor = [] } = standing.people.find(({ person }) => person === id) ?? {};
    return Int16Array.from({ length: roster.days }, (_, day) => {
      const shift = line[day] ?? null;
      const role = standsInFor.find((each) => each.day === day)?.role;
      if (role !== undefined && byId(model.roles, role) === undefined)
        throw new ModelError(
          `"${id}" stands in for ${role} in the roster given, and there is no such role in the text. Make that roster again.`,
        );
      // Who may not stand in any more works as what they are.
      const instead = shifts.findIndex((each) => each.id === shift && each.standsFor === role);
      const place = instead < 0 ? shifts.findIndex((each) => each.id === shift) : instead;
      if (shift !== null && place < 0)
        throw new ModelError(
          `"${id}" works ${shift} in the roster given, and there is no such shift in ${titleOf(roster)}.`,
        );
      return place;
    });
  });
}

/**
 * What a repair came to, in words: the changes in order of date, whom to call for each shift that became short, and what stays
 * short of all shortfalls of the new roster.
 */
export function repairOf(repair: RepairTask, repaired: Replanned, shortfalls: readonly Shortfall[]): RosterRepair {
  const { task, change, known } = repair;
  const lost = repaired.changes.filter((each) => each.lost).length;
  const ordered = [...repaired.changes].sort((a, b) => a.day - b.day || a.person - b.person);
  return {
    change: change.name,
    title: change.title ?? change.name,
    known: change.known,
    lostShifts: lost,
    changedDays: repaired.changes.length - lost,
    changes: ordered.map((each) => changeOf(repair, each)),
    calls: callsOf(repair, repaired),
    missing: shortfalls.filter(({ date, from }) => dayOf(task.roster, date) * 1440 + from >= known),
  };
}

function changeOf(
  repair: RepairTask,
  { person, day, was, now, lost }: Replanned['changes'][number],
): RosterRepairChange {
  const { task, change, known, noticeRules } = repair;
  const name = task.members[person]!.id;
  const word = (shift: number): string => (shift < 0 ? 'off' : titleOf(task.shifts[shift]!));
  const date = dateOf(task.roster, day);
  const isAway = lost && absentDays(task, change, name).includes(day);
  const tell = isAway ? undefined : tellingTime(task, known, noticeRules[day]!, startOfChange(task, { day, was, now }));
  return {
    person: name,
    date,
    was: idOf(task, was),
    now: idOf(task, now),
    lost,
    ...(tell !== undefined && { tell }),
    sentence: lost
      ? `${date}: ${name} cannot work ${word(was)}${now < 0 ? '' : `, and works ${word(now)}`}.`
      : now < 0
        ? `${date}: ${name} is off instead of ${word(was)}.`
        : `${date}: ${name} works ${word(now)} ${was < 0 ? 'on a day off' : `instead of ${word(was)}`}.`,
  };
}

/**
 * When somebody is to be told: early enough for the usual notice where that can still be; else at once, and in time for
 * the notice that rules always ask for, or before the shift begins.
 * @param start of the first shift concerned, minutes after the roster's start
 */
function tellingTime(
  { roster }: RosterTask,
  known: number,
  { always, usual }: RepairTask['noticeRules'][number],
  start: number,
): TellingTime {
  const notice = Math.max(always, usual);
  const atOnce = start - notice < known;
  return { by: momentOf(roster, atOnce ? Math.max(known, start - always) : start - notice), atOnce };
}

/** Minutes from the roster's start to the first shift that a change concerns. */
function startOfChange(
  { shifts }: RosterTask,
  { day, was, now }: Pick<Replanned['changes'][number], 'day' | 'was' | 'now'>,
): number {
  return day * 1440 + Math.min(...[was, now].filter((shift) => shift >= 0).map((shift) => shifts[shift]!.from));
}

/** How long before its shift each change was known that could have been known otherwise: not those of who cannot work. */
export function noticesOf({ task, known }: RepairTask, { changes }: Replanned): readonly Notice[] {
  return changes
    .filter(({ lost }) => !lost)
    .map((each) => ({ person: each.person, day: each.day, minutes: startOfChange(task, each) - known }));
}

function idOf(task: RosterTask, shift: number): string | null {
  return shift < 0 ? null : task.shifts[shift]!.id;
}
