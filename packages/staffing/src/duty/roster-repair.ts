import type { Model, RosterChange, RosterDeclaration } from '@pathway/model';
import { formatNumber, ModelError, nearestText, shiftLength, titleOf } from '@pathway/model';
import type { LineRules, Roster, RosterPerson } from '../roster/problem.js';
import { coverOf } from '../roster/evaluate-roster.js';
import type { Replanned, ReplanOptions } from '../roster/replan-roster.js';
import { StandIns } from '../roster/stand-ins.js';
import { dateOf, daysBetween, minuteOf } from './roster-days.js';
import { countsPeople, MISSING, peopleOf } from './roster-needs.js';
import type { StandingRoster } from './roster-people.js';
import { rosterTask, type RosterTask, type TaskOptions } from './roster-task.js';
import type { Notice } from './rule-measures.js';
import { noticeOf, rulesOn } from './working-rules.js';

/** What a changed day costs, and one that is changed with less notice than is usual; somebody missing costs 96. */
const CHANGE = { usual: 2, late: 8 };
/** People named for each shift that became short. */
const MOST_CALLED = 5;

/** A roster that stands and what happened to it, as a problem to be solved with few changes. */
export interface RepairTask {
  readonly task: RosterTask;
  readonly change: RosterChange;
  readonly standing: Roster;
  readonly changeCost: ReplanOptions['changeCost'];
  /** Minutes after the roster's start when it became known. */
  readonly known: number;
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
}

export interface RosterRepairChange {
  readonly person: string;
  readonly date: string;
  /** Ids of shifts, null for a day off. */
  readonly was: string | null;
  readonly now: string | null;
  /** The person cannot work what stood. */
  readonly lost: boolean;
  readonly sentence: string;
}

/** A shift that became short, and whom to call for it, in this order. */
export interface RosterCall {
  readonly date: string;
  readonly shift: string;
  readonly who: string;
  readonly missing: number;
  readonly people: readonly {
    readonly person: string;
    /** Whether the new roster has them there. */
    readonly planned: boolean;
    readonly reason: string;
  }[];
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
  const lines = linesOf(task, standing);
  const known = minuteOf(roster, change.known);
  const notices = Array.from({ length: roster.days }, (_, day) => noticeOf(rulesOn(task.rules, day), model));
  const startOf = (day: number, shift: number): number => day * 1440 + task.shifts[shift]!.from;
  const latest = Math.max(...task.shifts.map(({ from }) => from));
  const people = task.problem.people.map((person, index): RosterPerson => {
    const gone = absentDays(task, change, person.id);
    const line = lines[index]!;
    const isLost = (day: number): boolean =>
      gone.includes(day) && (line[day]! < 0 || startOf(day, line[day]!) >= known);
    const away = [...person.away, ...gone.filter((day) => isLost(day)).map((day) => ({ day }))];
    const fixed = person.fixed.filter(({ day }) => !isLost(day));
    for (let day = 0; day < roster.days; day += 1) {
      for (const shift of person.shifts)
        if (startOf(day, shift) < known + notices[day]!.always && line[day] !== shift) away.push({ day, shift });
      const stands = line[day]!;
      if (
        stands >= 0 &&
        startOf(day, stands) < known + notices[day]!.always &&
        !isLost(day) &&
        !fixed.some((each) => each.day === day)
      )
        fixed.push({ day, shift: stands });
    }
    // Nobody asks of those who are ill that they rest two days at once, or work so many.
    const rules = gone.length === 0 ? person.rules : restAsIll(person.rules);
    return { ...person, away, fixed, rules };
  });
  return {
    task: { ...task, problem: { ...task.problem, people } },
    change,
    standing: lines,
    known,
    missedBefore: missedIn(rosterTask(model, roster, options), lines),
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

function linesOf({ roster, members, shifts }: RosterTask, standing: StandingRoster): Roster {
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
    const line = standing.people.find(({ person }) => person === id)?.shifts ?? [];
    return Int16Array.from({ length: roster.days }, (_, day) => {
      const shift = line[day] ?? null;
      const place = shifts.findIndex((each) => each.id === shift);
      if (shift !== null && place < 0)
        throw new ModelError(
          `"${id}" works ${shift} in the roster given, and there is no such shift in ${titleOf(roster)}.`,
        );
      return place;
    });
  });
}

/** What a repair came to, in words: the changes in order of date, and whom to call for each shift that became short. */
export function repairOf(repair: RepairTask, repaired: Replanned): RosterRepair {
  const { task, change } = repair;
  const lost = repaired.changes.filter((each) => each.lost).length;
  const ordered = [...repaired.changes].sort((a, b) => a.day - b.day || a.person - b.person);
  return {
    change: change.name,
    title: change.title ?? change.name,
    known: change.known,
    lostShifts: lost,
    changedDays: repaired.changes.length - lost,
    changes: ordered.map(({ person, day, was, now, lost: gone }) => {
      const name = task.members[person]!.id;
      const word = (shift: number): string => (shift < 0 ? 'off' : titleOf(task.shifts[shift]!));
      const date = dateOf(task.roster, day);
      const sentence = gone
        ? `${date}: ${name} cannot work ${word(was)}.`
        : now < 0
          ? `${date}: ${name} is off instead of ${word(was)}.`
          : `${date}: ${name} works ${word(now)} ${was < 0 ? 'on a day off' : `instead of ${word(was)}`}.`;
      return { person: name, date, was: idOf(task, was), now: idOf(task, now), lost: gone, sentence };
    }),
    calls: callsOf(repair, repaired),
  };
}

/** How long before its shift each change was known that could have been known otherwise: not those of who cannot work. */
export function noticesOf({ task, known }: RepairTask, { changes }: Replanned): readonly Notice[] {
  return changes
    .filter(({ lost }) => !lost)
    .map(({ person, day, was, now }) => {
      const starts = [was, now].filter((shift) => shift >= 0).map((shift) => task.shifts[shift]!.from);
      return { person, day, minutes: day * 1440 + Math.min(...starts) - known };
    });
}

function idOf(task: RosterTask, shift: number): string | null {
  return shift < 0 ? null : task.shifts[shift]!.id;
}

function callsOf(repair: RepairTask, repaired: Replanned): readonly RosterCall[] {
  const { task, standing, known, missedBefore } = repair;
  const { problem, needs, shifts } = task;
  const left = standing.map((line, person) => {
    const own = repaired.changes.filter((each) => each.person === person && each.lost).map(({ day }) => day);
    return line.map((shift, day) => (own.includes(day) ? -1 : shift));
  });
  const standIns = new StandIns(problem, repaired.roster);
  const calls = problem.needs.flatMap((need, index): (RosterCall & { readonly start: number })[] => {
    const label = needs[index]!;
    const [slot] = need.slots;
    if (label.shift === undefined || !countsPeople(label) || label.ratio !== undefined || slot === undefined) return [];
    const start = slot.day * 1440 + shifts[slot.shift]!.from;
    const missing = need.required - coverOf(need, left);
    // Nobody can be called for what has begun, and what was short before is no work of this change.
    if (start < known || missing <= Math.max(0, missedBefore.get(need.id) ?? 0)) return [];
    const counts = (person: number): boolean => (need.coefficients?.[person] ?? 1) > 0;
    const planned = repaired.changes
      .filter(({ day, now, person }) => day === slot.day && now === slot.shift && counts(person))
      .map(({ person }) => person);
    const others = standIns
      .for(slot.day, slot.shift)
      // Nobody is called where that leaves somebody missing elsewhere.
      .filter(({ cost }) => cost < MISSING / 2)
      .map(({ person }) => person)
      .filter((person) => counts(person) && !planned.includes(person));
    return [
      {
        start,
        date: dateOf(task.roster, slot.day),
        shift: label.shift,
        who: peopleOf(label),
        missing,
        people: [...planned, ...others].slice(0, Math.max(MOST_CALLED, planned.length)).map((person) => ({
          person: task.members[person]!.id,
          planned: planned.includes(person),
          reason: reasonFor(repair, repaired.roster, person, slot),
        })),
      },
    ];
  });
  return calls.sort((a, b) => a.start - b.start).map(({ start: _, ...call }) => call);
}

/** Why somebody may take a shift: what they do that day, their rest, their hours and the notice they get. */
function reasonFor(
  { task, known, standing }: RepairTask,
  roster: Roster,
  person: number,
  { day, shift }: { readonly day: number; readonly shift: number },
): string {
  const { shifts, problem, members } = task;
  const at = shifts[shift]!;
  const stood = standing[person]![day]!;
  const line = roster[person]!;
  const earlier = day > 0 && line[day - 1]! >= 0 ? shifts[line[day - 1]!]! : undefined;
  const later = day + 1 < line.length && line[day + 1]! >= 0 ? shifts[line[day + 1]!]! : undefined;
  const rests = [
    earlier === undefined
      ? []
      : [`${hours(at.from + 1440 - earlier.from - shiftLength(earlier))} of rest after ${titleOf(earlier)}`],
    later === undefined ? [] : [`${hours(later.from + 1440 - at.from - shiftLength(at))} before ${titleOf(later)}`],
  ].flat();
  const worked = line.reduce((sum, each, on) => {
    const counted = on === day ? shift : each;
    return sum + (counted < 0 ? 0 : problem.shifts[counted]!.minutes);
  }, 0);
  const contract = members[person]!.contractMinutes;
  const time =
    worked > contract
      ? `${hours(worked - contract)} beyond the contract with it`
      : `${hours(worked)} of ${hours(contract)} with it`;
  const notice = day * 1440 + at.from - known;
  return [
    stood < 0 ? 'off that day' : stood === shift ? 'works it already' : `instead of ${titleOf(shifts[stood]!)}`,
    rests.length === 0 ? 'a day off before and after' : rests.join(', '),
    time,
    notice >= 2880 ? `${Math.floor(notice / 1440)} days' notice` : `${hours(Math.max(0, notice))} notice`,
  ].join('; ');
}

function hours(minutes: number): string {
  return `${formatNumber(Math.round(minutes / 6) / 10)} h`;
}
