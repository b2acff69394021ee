import type { Origin, RosterEntry, RosterPair } from '@pathway/model';
import { type Roster, sameShift } from '../roster/problem.js';
import { dateOf, dayOf } from './roster-days.js';
import type { RosterTask } from './roster-task.js';

/** Something that a person asks for, or that stands for them, against the finished lines. */
export interface RequestFinding {
  readonly kind: 'request' | 'set';
  /** The pseudonym. */
  readonly person: string;
  /** A day off, a shift, work on some days only, or a colleague to be with or not with. */
  readonly what: 'off' | 'shift' | 'only' | 'with' | 'not with';
  /** Ids of shifts, where some are named. */
  readonly shifts: readonly string[];
  /** The colleague. */
  readonly other?: string;
  /** Days on which it is met; of colleagues and of `only`, among those that the person works. */
  readonly met: number;
  /** ISO dates on which it is not. */
  readonly missed: readonly string[];
  readonly file: string;
  readonly line: number;
}

/** Each request, and what stands, with the days on which it is met and those on which it is not; in the order of the text. */
export function requestReport(task: RosterTask, roster: Roster): readonly RequestFinding[] {
  const { entries, pairs } = task.roster;
  const days = entries.filter(({ only }) => !only).map((entry) => dayFinding(entry, task, roster));
  return [...days, ...availabilities(task, roster), ...pairs.map((pair) => pairFinding(pair, task, roster))];
}

function lineOf({ members }: RosterTask, roster: Roster, person: string): Int16Array {
  return roster[members.findIndex(({ id }) => id === person)] ?? new Int16Array();
}

function placed({ file, line }: Origin): Pick<RequestFinding, 'file' | 'line'> {
  return { file, line };
}

function dayFinding(entry: RosterEntry, task: RosterTask, roster: Roster): RequestFinding {
  const { kind, person, shifts, dates, origin } = entry;
  const line = lineOf(task, roster, person);
  const wanted = shifts.length === 0 ? -1 : task.shifts.findIndex(({ id }) => id === shifts[0]);
  const missed = dates.filter((date) => sameShift(task.problem.shifts, line[dayOf(task.roster, date)]!) !== wanted);
  const what = shifts.length === 0 ? 'off' : 'shift';
  return { kind, person, what, shifts, met: dates.length - missed.length, missed, ...placed(origin) };
}

/** Lines that say when somebody can or wants to work at all hold together: one finding for each person and kind. */
function availabilities(task: RosterTask, roster: Roster): readonly RequestFinding[] {
  const own = new Map<string, RosterEntry[]>();
  for (const entry of task.roster.entries) {
    if (!entry.only) continue;
    const key = `${entry.kind} ${entry.person}`;
    own.set(key, [...(own.get(key) ?? []), entry]);
  }
  return [...own.values()].map((entries) => {
    const [{ kind, person, origin }] = entries as [RosterEntry];
    const isOpen = (date: string, shift: string): boolean =>
      entries.some(({ dates, shifts }) => dates.includes(date) && (shifts.length === 0 || shifts.includes(shift)));
    const worked = [...lineOf(task, roster, person)].flatMap((shift, day) =>
      shift < 0 ? [] : [{ date: dateOf(task.roster, day), shift: task.shifts[shift]!.id }],
    );
    const missed = worked.filter(({ date, shift }) => !isOpen(date, shift)).map(({ date }) => date);
    const shifts = [...new Set(entries.flatMap((entry) => entry.shifts))];
    return { kind, person, what: 'only', shifts, met: worked.length - missed.length, missed, ...placed(origin) };
  });
}

/** Days that a person works: with a colleague who works the same shift, or without. */
function pairFinding(
  { kind, person, other, apart, origin }: RosterPair,
  task: RosterTask,
  roster: Roster,
): RequestFinding {
  const { shifts } = task.problem;
  const theirs = lineOf(task, roster, other);
  let met = 0;
  const missed: string[] = [];
  for (const [day, shift] of lineOf(task, roster, person).entries()) {
    if (shift < 0) continue;
    if ((sameShift(shifts, theirs[day]!) === sameShift(shifts, shift)) !== apart) met += 1;
    else missed.push(dateOf(task.roster, day));
  }
  return { kind, person, what: apart ? 'not with' : 'with', shifts: [], other, met, missed, ...placed(origin) };
}
