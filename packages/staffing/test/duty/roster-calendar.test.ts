import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { type CalendarWords, type DutyRoster, rosterCalendar, rosterTable } from '../../src/index.js';

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
    const text = rosterCalendar(ROSTER, { person: 'Nurse 02' });
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

describe('the calendar and the table of a repaired roster', () => {
  const sentence = '';
  const fact = { thatDay: 'off', offAround: false, hours: 9, contractHours: 10, noticeHours: 20 } as const;
  const short = { date: '2027-03-28', from: 1320, to: 1860, of: 'skill', who: 'Lead', shift: 'Night' } as const;
  const repaired: DutyRoster = {
    ...ROSTER,
    shifts: ROSTER.shifts.map((shift) => (shift.id === 'Early' ? { ...shift, title: 'Early' } : shift)),
    repair: {
      ...{ change: 'Flu', title: 'Flu', known: '2027-03-27T06:30', lostShifts: 1, changedDays: 1 },
      changes: [
        {
          ...{ person: 'Nurse 01', date: '2027-03-27', was: 'Early', now: 'Night', lost: false, sentence },
          tell: { by: '2027-03-27T07:00', atOnce: true },
        },
        { person: 'Nurse 01', date: '2027-03-28', was: 'Night', now: null, lost: true, sentence },
        {
          ...{ person: 'Nurse 02', date: '2027-03-28', was: null, now: 'Early', lost: false, sentence },
          tell: { by: '2027-03-27T19:00', atOnce: false },
        },
      ],
      calls: [
        {
          ...{ ...short, missing: 2, left: 1 },
          people: [{ person: 'Nurse 02', planned: false, reason: 'off; asleep', fact }],
        },
      ],
      missing: [{ ...short, wanted: 2, there: 1, missing: 1, sentence }],
    },
  };
  const words: CalendarWords = {
    changed: ({ was, now }) => `${was ?? 'off'} to ${now ?? 'off'}`,
    tell: ({ person }) => `Tell ${person}`,
    call: ({ shift }) => ({ title: `Call, ${shift}`, lines: ['1. Nurse 02; off', '2. \\'] }),
  };
  const components = (text: string, kind: string) =>
    new ICAL.Component(ICAL.parse(text) as unknown[]).getAllSubcomponents(kind);
  const value = (component: ICAL.Component, name: string): string =>
    component.hasProperty(name) ? String(component.getFirstPropertyValue(name)) : '';

  it('have what changed as a later revision, and what fell away as cancelled', () => {
    const events = components(rosterCalendar(repaired, { words }), 'vevent');
    expect(
      events.map((event) => ['uid', 'summary', 'description', 'status', 'dtstamp'].map((name) => value(event, name))),
    ).toEqual([
      ['Spring-Nurse-01-2027-03-27@pathway', 'Night: Nurse 01', 'Early to Night', '', '2027-03-27T05:30:00Z'],
      ['Spring-Nurse-01-2027-03-28@pathway', 'Night: Nurse 01', 'Night to off', 'CANCELLED', '2027-03-27T05:30:00Z'],
      ['Spring-Nurse-02-2027-03-27@pathway', 'Early: Nurse 02', '', '', '2027-03-27T05:30:00Z'],
      ['Spring-Nurse-02-2027-03-28@pathway', 'Early: Nurse 02', 'off to Early', '', '2027-03-27T05:30:00Z'],
    ]);
    const revisions = (roster: DutyRoster) =>
      components(rosterCalendar(roster, { words }), 'vevent').map((event) => Number(value(event, 'sequence')));
    const later = { ...repaired, repair: { ...repaired.repair!, known: '2027-03-27T06:31' } };
    const [before, after] = [revisions(repaired), revisions(later)];
    expect(before.map((each) => each > 0)).toEqual([true, true, false, true]);
    expect(after[0]).toBeGreaterThan(before[0]!);
    expect(after[0]).toBeLessThan(2 ** 31);
  });

  it('have tasks in the calendar of all alone: whom to tell until when, whom to call', () => {
    const tasks = components(rosterCalendar(repaired, { words }), 'vtodo');
    expect(tasks.map((task) => ['due', 'summary', 'description'].map((name) => value(task, name)))).toEqual([
      ['2027-03-27T06:00:00Z', 'Tell Nurse 01', ''],
      ['2027-03-27T18:00:00Z', 'Tell Nurse 02', ''],
      ['2027-03-28T20:00:00Z', 'Call, Night', '1. Nurse 02; off\n2. \\'],
    ]);
    expect(new Set(tasks.map((task) => value(task, 'uid'))).size).toBe(3);
    expect(components(rosterCalendar(repaired, { words, person: 'Nurse 02' }), 'vtodo')).toEqual([]);
  });

  it('have rows of what fell away, whom to call and what stays missing, none of which counts as work', () => {
    const { header, rows } = rosterTable(repaired);
    expect(header).toEqual(
      'person,role,date,shift,from,to,change,was,tell by,order,wanted for,people missing'.split(','),
    );
    expect(rows.map((row) => row.join())).toEqual([
      'Nurse 01,Nurse,2027-03-27,Night,22:00,07:00,instead,Early,2027-03-27 07:00,,,',
      'Nurse 01,Nurse,2027-03-28,,,,absent,Night,,,,',
      'Nurse 02,Nurse,2027-03-27,Early,07:00,15:00,,,,,,',
      'Nurse 02,Nurse,2027-03-28,Early,07:00,15:00,new,,2027-03-27 19:00,,,',
      'Nurse 02,Nurse,2027-03-28,,,,call,,,1,Night: with Lead,2',
      ',,2027-03-28,,,,missing,,,,Night: with Lead,1',
    ]);
    expect(rosterTable(ROSTER).header).toEqual(header.slice(0, 6));
  });
});
