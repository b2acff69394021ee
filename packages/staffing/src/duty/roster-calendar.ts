import { localClock } from '@pathway/model';
import { clock, type DutyRoster } from './duty-roster.js';
import type { PersonNames } from './key.js';
import { type Duty, dutiesOf } from './roster-duties.js';
import type { RosterCall } from './roster-calls.js';
import type { RosterRepairChange } from './roster-repair.js';

/** What a calendar of a repaired roster says beside shifts, in the words of its reader. */
export interface CalendarWords {
  /** What became of a shift: `Changed: Early → Night`. */
  readonly changed: (change: RosterRepairChange) => string;
  /** A task: `Tell N03: Early → Night`. */
  readonly tell: (change: RosterRepairChange) => string;
  /** A task, and whom to call in which order. */
  readonly call: (call: RosterCall) => { readonly title: string; readonly lines: readonly string[] };
}

interface CalendarOptions {
  /** Only the shifts of this person. */
  readonly person?: string;
  readonly names?: PersonNames;
  /** For a repaired roster; the words see people by their pseudonyms. */
  readonly words?: CalendarWords;
}

/**
 * A roster as iCalendar (RFC 5545), for one person or all. Times are moments (UTC) where the roster has a zone, so that they
 * are right wherever the calendar is read and on nights on which clocks change; else local and without a zone, as they hang on
 * the wall. No stamp depends on when it was written. Identifiers are those of pseudonyms, so that a calendar with names replaces one
 * without. A shift in the place of those of another role has it in brackets. Of a repaired roster, what changed has a later revision, what fell away is cancelled rather than absent, so that
 * it goes from calendars that had it, and the calendar of all has tasks: whom to tell until when, and whom to call for what.
 */
export function rosterCalendar(roster: DutyRoster, { person, names = new Map(), words }: CalendarOptions = {}): string {
  const stamp = stampIn(roster.timezone);
  const stampOf = (moment: string): string => {
    const [date = '', time = ''] = moment.split('T');
    return stamp(date, time);
  };
  const { repair } = roster;
  const written =
    repair === undefined ? `${roster.from.replaceAll('-', '')}T000000Z` : `${stampOf(repair.known).replace('Z', '')}Z`;
  const component = (kind: string, properties: readonly string[]): readonly string[] => [
    `BEGIN:${kind}`,
    ...properties,
    `END:${kind}`,
  ];
  const identifier = (...parts: readonly string[]): readonly string[] => [
    `UID:${escaped([roster.roster, ...parts].join('-')).replaceAll(' ', '-')}@pathway`,
    `DTSTAMP:${written}`,
  ];
  const eventOf = (duty: Duty): readonly string[] => {
    const { change } = duty;
    const name = names.get(duty.person) ?? duty.person;
    const title = duty.standsInFor === undefined ? duty.shift : `${duty.shift} (${duty.standsInFor})`;
    return component('VEVENT', [
      ...identifier(duty.person, duty.date),
      `DTSTART:${stamp(duty.date, duty.from)}`,
      `DTEND:${stamp(duty.endDate, duty.to)}`,
      `SUMMARY:${escaped(person === undefined ? `${title}: ${name}` : title)}`,
      ...(change === undefined || repair === undefined ? [] : [`SEQUENCE:${revisionOf(repair.known)}`]),
      ...(change === undefined || words === undefined ? [] : [`DESCRIPTION:${escaped(words.changed(change))}`]),
      ...(duty.isWorked ? [] : ['STATUS:CANCELLED']),
    ]);
  };
  const toTell = (change: RosterRepairChange): readonly string[] => {
    return component('VTODO', [
      ...identifier('tell', change.person, change.date),
      `DUE:${stampOf(change.tell?.by ?? '')}`,
      `SUMMARY:${escaped(words?.tell(change) ?? '')}`,
    ]);
  };
  const toCall = (call: RosterCall, number: number): readonly string[] => {
    const { title = '', lines = [] } = words?.call(call) ?? {};
    return component('VTODO', [
      ...identifier('call', String(number + 1), call.date),
      `DUE:${stamp(call.date, clock(call.from))}`,
      `SUMMARY:${escaped(title)}`,
      `DESCRIPTION:${escaped(lines.join('\n'))}`,
    ]);
  };
  const tasks =
    person !== undefined || repair === undefined || words === undefined
      ? []
      : [...repair.changes.filter(({ tell }) => tell !== undefined).flatMap(toTell), ...repair.calls.flatMap(toCall)];
  const events = dutiesOf(roster)
    .filter((duty) => person === undefined || duty.person === person)
    .flatMap(eventOf);
  const lines = component('VCALENDAR', ['VERSION:2.0', 'PRODID:-//Pathway//Roster//EN', ...events, ...tasks]);
  return lines.map((line) => `${folded(line)}\r\n`).join('');
}

/** A number that grows from one repair of a roster to the next: the minutes since 1970 at which it became known. */
function revisionOf(known: string): number {
  return Math.floor(Date.parse(`${known.slice(0, 16)}Z`) / 60_000);
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
