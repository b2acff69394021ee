import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { type DutyRoster, rosterCalendar } from '../../src/index.js';

/** The weekend on which clocks go forward in Rome: Saturday 27 and Sunday 28 March 2027. */
const ROSTER: DutyRoster = {
  format: 'pathway-roster',
  formatVersion: 1,
  languageVersion: '1',
  sourceHash: 'hash',
  roster: 'Spring',
  title: 'Spring',
  from: '2027-03-27',
  days: 2,
  timezone: 'Europe/Rome',
  seed: 1,
  effort: 1,
  cost: 0,
  bound: 0,
  gap: 0,
  optimal: true,
  shifts: [
    {
      id: 'Early',
      title: 'Early, with a long name; of the ward "Ärztinnen und Ärzte" on the first floor \\ left',
      from: 420,
      to: 900,
      night: false,
    },
    { id: 'Night', title: 'Night', from: 1320, to: 1860, night: true },
  ],
  people: [
    {
      person: 'Nurse 01',
      role: 'Nurse',
      shifts: ['Night', null],
      leave: [],
      hours: 9,
      contractHours: 10,
      nights: 1,
      weekendDays: 1,
      requestsMissed: 0,
    },
    {
      person: 'Nurse 02',
      role: 'Nurse',
      shifts: ['Early', 'Early'],
      leave: [],
      hours: 16,
      contractHours: 10,
      nights: 0,
      weekendDays: 2,
      requestsMissed: 0,
    },
  ],
  shortfalls: [],
  cover: [],
  rules: [],
  requests: [],
  withoutLine: [],
};

/** What another program reads in a calendar. */
function eventsIn(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  return calendar.getAllSubcomponents('vevent').map((each) => {
    const event = new ICAL.Event(each);
    return {
      uid: event.uid,
      summary: event.summary,
      floats: event.startDate.zone === ICAL.Timezone.localTimezone,
      from: event.startDate.toString(),
      to: event.endDate.toString(),
      hours: event.duration.toSeconds() / 3600,
    };
  });
}

describe('the calendar of a roster, as another program reads it', () => {
  it('has moments, so that the night on which clocks go forward is an hour shorter', () => {
    const events = eventsIn(rosterCalendar(ROSTER));
    expect(events).toHaveLength(3);
    // 22:00 in Rome is 21:00 UTC before the change, 07:00 on the day after 05:00 UTC.
    expect(events[0]).toEqual({
      uid: 'Spring-Nurse-01-2027-03-27@pathway',
      summary: 'Night: Nurse 01',
      floats: false,
      from: '2027-03-27T21:00:00Z',
      to: '2027-03-28T05:00:00Z',
      hours: 8,
    });
    expect(events.slice(1).map(({ from, to }) => [from, to])).toEqual([
      ['2027-03-27T06:00:00Z', '2027-03-27T14:00:00Z'],
      ['2027-03-28T05:00:00Z', '2027-03-28T13:00:00Z'],
    ]);
  });

  it('is as it hangs on the wall where no zone is known', () => {
    const { timezone: _, ...anywhere } = ROSTER;
    const [night] = eventsIn(rosterCalendar(anywhere));
    expect(night).toMatchObject({ floats: true, from: '2027-03-27T22:00:00', to: '2027-03-28T07:00:00', hours: 9 });
  });

  it('has lines of at most 75 octets, and long titles with their signs whole', () => {
    const text = rosterCalendar(ROSTER, 'Nurse 02');
    const octets = text.split('\r\n').map((line) => new TextEncoder().encode(line).length);
    expect(Math.max(...octets)).toBeLessThanOrEqual(75);
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true);
    const events = eventsIn(text);
    expect(events.map(({ summary }) => summary)).toEqual([ROSTER.shifts[0]?.title, ROSTER.shifts[0]?.title]);
  });

  it('has for each event what every program needs, and an identifier of its own', () => {
    const calendar = new ICAL.Component(ICAL.parse(rosterCalendar(ROSTER)) as unknown[]);
    expect([calendar.getFirstPropertyValue('version'), calendar.name]).toEqual(['2.0', 'vcalendar']);
    const events = calendar.getAllSubcomponents('vevent');
    for (const event of events)
      for (const name of ['uid', 'dtstamp', 'dtstart', 'dtend', 'summary']) expect(event.hasProperty(name)).toBe(true);
    expect(new Set(events.map((event) => event.getFirstPropertyValue('uid'))).size).toBe(events.length);
  });
});
