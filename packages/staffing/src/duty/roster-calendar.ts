import { localClock } from '@pathway/model';
import { clock, type DutyRoster } from './duty-roster.js';
import type { PersonNames } from './key.js';

/** A roster as a table: one row a person and day worked, for spreadsheets. */
export function rosterTable(roster: DutyRoster): {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
} {
  const rows = duties(roster).map(({ person, role, date, shift, from, to }) => [person, role, date, shift, from, to]);
  return { header: ['person', 'role', 'date', 'shift', 'from', 'to'], rows };
}

/**
 * A roster as iCalendar (RFC 5545), for one person or all. Times are moments (UTC) where the roster has a zone, so that they
 * are right wherever the calendar is read and on nights on which clocks change; else local and without a zone, as they hang on
 * the wall. No stamp depends on when it was written. Identifiers are those of pseudonyms, so that a calendar with names replaces one
 * without.
 */
export function rosterCalendar(roster: DutyRoster, person?: string, names: PersonNames = new Map()): string {
  const stamp = stampIn(roster.timezone);
  const events = duties(roster)
    .filter((duty) => person === undefined || duty.person === person)
    .flatMap((duty) => [
      'BEGIN:VEVENT',
      `UID:${escaped(`${roster.roster}-${duty.person}-${duty.date}`).replaceAll(' ', '-')}@pathway`,
      `DTSTAMP:${roster.from.replaceAll('-', '')}T000000Z`,
      `DTSTART:${stamp(duty.date, duty.from)}`,
      `DTEND:${stamp(duty.endDate, duty.to)}`,
      `SUMMARY:${escaped(person === undefined ? `${duty.shift}: ${names.get(duty.person) ?? duty.person}` : duty.shift)}`,
      'END:VEVENT',
    ]);
  const lines = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Pathway//Roster//EN', ...events, 'END:VCALENDAR'];
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

interface Duty {
  readonly person: string;
  readonly role: string;
  readonly date: string;
  readonly endDate: string;
  readonly shift: string;
  readonly from: string;
  readonly to: string;
}

function duties(roster: DutyRoster): readonly Duty[] {
  const shifts = new Map(roster.shifts.map((shift) => [shift.id, shift]));
  const first = Date.parse(`${roster.from}T00:00:00Z`);
  const dateAt = (day: number): string => new Date(first + day * 86_400_000).toISOString().slice(0, 10);
  return roster.people.flatMap(({ person, role, shifts: line }) =>
    line.flatMap((id, day): Duty[] => {
      const shift = id === null ? undefined : shifts.get(id);
      if (shift === undefined) return [];
      const endDate = dateAt(day + Math.floor(shift.to / 1440));
      return [
        { person, role, date: dateAt(day), endDate, shift: shift.title, from: clock(shift.from), to: clock(shift.to) },
      ];
    }),
  );
}

/** How dates and clock times are written: as moments where there is a zone, else as the wall has them. */
function stampIn(timezone: string | undefined): (date: string, time: string) => string {
  const onTheWall = (date: string, time: string): string => `${date.replaceAll('-', '')}T${time.replace(':', '')}00`;
  if (timezone === undefined) return onTheWall;
  const zone = localClock(timezone, 0);
  return (date, time) => {
    const seconds = zone.timeOf(`${date}T${time}`);
    if (seconds === undefined) return onTheWall(date, time);
    return `${new Date(seconds * 1000).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;
  };
}

function escaped(text: string): string {
  return text.replaceAll(/[\\;,]/g, (character) => `\\${character}`).replaceAll(/\r?\n/g, '\\n');
}

/** Lines of at most 75 octets, broken between characters; what goes on begins with a space. */
function folded(line: string): string {
  const encoder = new TextEncoder();
  const parts: string[] = [];
  let part = '';
  let octets = 0;
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (octets + size > 74) {
      parts.push(part);
      part = '';
      octets = 0;
    }
    part += character;
    octets += size;
  }
  return [...parts, part].join('\r\n ');
}
