import { formatNumber, shiftLength, titleOf } from '@pathway/model';
import { coverOf } from '../roster/evaluate-roster.js';
import { countsIn, sameShift } from '../roster/problem.js';
import type { Roster } from '../roster/problem.js';
import type { Replanned } from '../roster/replan-roster.js';
import { StandIns } from '../roster/stand-ins.js';
import { dateOf } from './roster-days.js';
import { countsPeople, MISSING } from './roster-needs.js';
import type { RepairTask } from './roster-repair.js';

/** People named for each shift that became short. */
const MOST_CALLED = 5;

/** A shift that became short, and whom to call for it, in this order. */
export interface RosterCall {
  readonly date: string;
  /** Clock times, minutes after midnight of the date. */
  readonly from: number;
  readonly to: number;
  readonly shift: string;
  readonly of: 'role' | 'skill';
  readonly who: string;
  /** People who are missing without anybody's help. */
  readonly missing: number;
  /** People who are missing still in the new roster. */
  readonly left: number;
  readonly people: readonly {
    readonly person: string;
    /** Whether the new roster has them there. */
    readonly planned: boolean;
    readonly reason: string;
    readonly fact: StandInFact;
  }[];
}

/** Why somebody may take a shift: what they do that day, their rest, their hours and the notice they get. */
export interface StandInFact {
  readonly thatDay: 'off' | 'same shift' | 'other shift';
  /** The title of the other shift. */
  readonly insteadOf?: string;
  /** Rest from the shift of the day before, and until that of the day after. */
  readonly restAfter?: { readonly hours: number; readonly shift: string };
  readonly restBefore?: { readonly hours: number; readonly shift: string };
  /** The days before and after are in the roster, and off. */
  readonly offAround: boolean;
  /** Hours in the whole roster with this shift, and by contract. */
  readonly hours: number;
  readonly contractHours: number;
  readonly noticeHours: number;
}

/** Whom to call for each shift that became short by what happened and has not begun, by the clock. */
export function callsOf(repair: RepairTask, repaired: Replanned): readonly RosterCall[] {
  const { task, standing, known, missedBefore } = repair;
  const { problem, needs, shifts } = task;
  const remaining = standing.map((line, person) => {
    const own = repaired.changes.filter((each) => each.person === person && each.lost).map(({ day }) => day);
    return line.map((shift, day) => (own.includes(day) ? -1 : shift));
  });
  const standIns = new StandIns(problem, repaired.roster);
  const calls = problem.needs.flatMap((need, index): (RosterCall & { readonly start: number })[] => {
    const label = needs[index]!;
    // The first slot is the shift as what one is, the others are it in the place of others.
    const [slot] = need.slots;
    if (label.shift === undefined || !countsPeople(label) || label.ratio !== undefined || slot === undefined) return [];
    const { from } = shifts[slot.shift]!;
    const start = slot.day * 1440 + from;
    const missing = need.required - coverOf(need, remaining);
    // Nobody can be called for what has begun, and what was short before is no work of this change.
    if (start < known || missing <= Math.max(0, missedBefore.get(need.id) ?? 0)) return [];
    const planned = repaired.changes
      .filter(({ day, now, person }) =>
        need.slots.some((each) => day === each.day && now === each.shift && countsIn(need, each, person) > 0),
      )
      .map(({ person }) => person);
    const others = need.slots
      .flatMap((each) => standIns.for(each.day, each.shift).filter(({ person }) => countsIn(need, each, person) > 0))
      // Nobody is called where that leaves somebody missing elsewhere.
      .filter(({ cost }) => cost < MISSING / 2)
      .sort((a, b) => a.cost - b.cost || a.person - b.person)
      .map(({ person }) => person)
      .filter((person) => !planned.includes(person));
    return [
      {
        start,
        date: dateOf(task.roster, slot.day),
        from,
        to: from + shiftLength(shifts[slot.shift]!),
        shift: label.shift,
        of: label.of,
        who: label.who,
        missing,
        left: Math.max(0, need.required - coverOf(need, repaired.roster)),
        people: [...planned, ...others].slice(0, Math.max(MOST_CALLED, planned.length)).map((person) => {
          const fact = standInFact(repair, repaired.roster, person, slot);
          const isPlanned = planned.includes(person);
          return { person: task.members[person]!.id, planned: isPlanned, reason: reasonOf(fact), fact };
        }),
      },
    ];
  });
  return mostMissing(calls)
    .sort((a, b) => a.start - b.start)
    .map(({ start: _, ...call }) => call);
}

/** Of several lines that ask for the same people on a shift, the one that lacks most: nobody is called twice. */
function mostMissing<T extends RosterCall>(calls: readonly T[]): T[] {
  const isSame = (a: T, b: T): boolean => a.date === b.date && a.shift === b.shift && a.of === b.of && a.who === b.who;
  return calls.filter((call, index) =>
    calls.every(
      (other, place) =>
        place === index ||
        !isSame(call, other) ||
        other.missing < call.missing ||
        (other.missing === call.missing && place > index),
    ),
  );
}

function standInFact(
  { task, known, standing }: RepairTask,
  roster: Roster,
  person: number,
  { day, shift }: { readonly day: number; readonly shift: number },
): StandInFact {
  const { shifts, problem, members } = task;
  const at = shifts[shift]!;
  const stood = standing[person]![day]!;
  const isSame = sameShift(problem.shifts, stood) === sameShift(problem.shifts, shift);
  const line = roster[person]!;
  const earlier = day > 0 && line[day - 1]! >= 0 ? shifts[line[day - 1]!]! : undefined;
  const later = day + 1 < line.length && line[day + 1]! >= 0 ? shifts[line[day + 1]!]! : undefined;
  const worked = line.reduce((sum, each, on) => {
    const counted = on === day ? shift : each;
    return sum + (counted < 0 ? 0 : problem.shifts[counted]!.minutes);
  }, 0);
  return {
    thatDay: stood < 0 ? 'off' : isSame ? 'same shift' : 'other shift',
    ...(stood >= 0 && !isSame && { insteadOf: titleOf(shifts[stood]!) }),
    ...(earlier !== undefined && {
      restAfter: { hours: hoursOf(at.from + 1440 - earlier.from - shiftLength(earlier)), shift: titleOf(earlier) },
    }),
    ...(later !== undefined && {
      restBefore: { hours: hoursOf(later.from + 1440 - at.from - shiftLength(at)), shift: titleOf(later) },
    }),
    offAround: day > 0 && day + 1 < line.length && earlier === undefined && later === undefined,
    hours: hoursOf(worked),
    contractHours: hoursOf(members[person]!.contractMinutes),
    noticeHours: hoursOf(Math.max(0, day * 1440 + at.from - known)),
  };
}

function reasonOf({ thatDay, insteadOf, restAfter, restBefore, offAround, ...fact }: StandInFact): string {
  const { hours, contractHours, noticeHours } = fact;
  const rests = [
    ...(restAfter === undefined ? [] : [`${formatNumber(restAfter.hours)} h of rest after ${restAfter.shift}`]),
    ...(restBefore === undefined ? [] : [`${formatNumber(restBefore.hours)} h before ${restBefore.shift}`]),
    ...(offAround ? ['a day off before and after'] : []),
  ];
  const beyond = hours - contractHours;
  return [
    thatDay === 'off'
      ? 'off that day'
      : thatDay === 'same shift'
        ? 'works it already'
        : `instead of ${insteadOf ?? ''}`,
    ...(rests.length === 0 ? [] : [rests.join(', ')]),
    beyond > 0
      ? `${formatNumber(Math.round(beyond * 10) / 10)} h beyond the contract with it`
      : `${formatNumber(hours)} h of ${formatNumber(contractHours)} h with it`,
    noticeHours >= 48 ? `${Math.floor(noticeHours / 24)} days' notice` : `${formatNumber(noticeHours)} h notice`,
  ].join('; ');
}

/** Hours with at most one decimal. */
function hoursOf(minutes: number): number {
  return Math.round(minutes / 6) / 10;
}
