import { clock, type DutyRoster } from './duty-roster.js';
import type { RosterRepairChange } from './roster-repair.js';

/** A shift that somebody works on a day, or that fell away in a repair. */
export interface Duty {
  readonly person: string;
  readonly role: string;
  readonly date: string;
  /** The date on which the shift ends. */
  readonly endDate: string;
  /** The title of the shift. */
  readonly shift: string;
  /** Clock times. */
  readonly from: string;
  readonly to: string;
  /** False for what stood before a repair, where the day is off now. */
  readonly isWorked: boolean;
  /** The title of the role that the person stands in for. */
  readonly standsInFor?: string;
  /** How a repair changed it. */
  readonly change?: RosterRepairChange;
}

/** All shifts worked, by person and day, and among them what fell away in a repair. */
export function dutiesOf(roster: DutyRoster): readonly Duty[] {
  const shifts = new Map(roster.shifts.map((shift) => [shift.id, shift]));
  const first = Date.parse(`${roster.from}T00:00:00Z`);
  const dateAt = (day: number): string => new Date(first + day * 86_400_000).toISOString().slice(0, 10);
  const changes = new Map((roster.repair?.changes ?? []).map((each) => [`${each.date} ${each.person}`, each]));
  return roster.people.flatMap(({ person, role, shifts: line, standsInFor = [] }) =>
    line.flatMap((id, day): Duty[] => {
      const date = dateAt(day);
      const change = changes.get(`${date} ${person}`);
      const shift = shifts.get(id ?? change?.was ?? '');
      if (shift === undefined) return [];
      const instead = standsInFor.find((each) => each.day === day);
      return [
        {
          ...{ person, role, date, endDate: dateAt(day + Math.floor(shift.to / 1440)), shift: shift.title },
          ...{ from: clock(shift.from), to: clock(shift.to), isWorked: id !== null },
          ...(instead !== undefined && { standsInFor: instead.title }),
          ...(change !== undefined && { change }),
        },
      ];
    }),
  );
}

/** Titles of shifts by their ids. */
export function shiftTitles(roster: DutyRoster): ReadonlyMap<string, string> {
  return new Map(roster.shifts.map(({ id, title }) => [id, title]));
}
