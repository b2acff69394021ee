import {
  type AppointmentArrivals,
  type Arrivals,
  bookedTimes,
  capacityChanges,
  clockOccurrences,
  hourOfWeekAt,
  localTimeAt,
  meanCapacity,
  rateChanges,
  type Schedule,
  type StudyCalendar,
  timestampWriter,
  weeklyAverage,
  WEEKDAYS,
} from '@pathway/model';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { DAY, NO_NUMBERS, plain } from './build.js';

const HOUR = 3600;
const london = (start: string, days: number): StudyCalendar => ({
  start,
  timezone: 'Europe/London',
  horizonSeconds: days * DAY,
});
/** Monday, no change of clocks for weeks. */
const winter = london('2026-01-05T00:00', 14);
/** The Saturdays before clocks go forward (29 March, 01:00) and back (25 October, 02:00). */
const spring = london('2026-03-28T00:00', 3);
const autumn = london('2026-10-24T00:00', 3);

describe('clock times', () => {
  it('come every day, or on the days named', () => {
    expect(clockOccurrences(8 * 60, undefined, london('2026-01-05T09:00', 2))).toEqual([23 * HOUR, 47 * HOUR]);
    expect(clockOccurrences(0, ['Mon', 'Wed'], winter)).toEqual([0, 2, 7, 9].map((day) => day * DAY));
  });

  it('follow the clock over its changes', () => {
    expect(clockOccurrences(12 * 60, undefined, spring)).toEqual([12 * HOUR, 35 * HOUR, 59 * HOUR]);
    expect(clockOccurrences(12 * 60, undefined, autumn)).toEqual([12 * HOUR, 37 * HOUR, 61 * HOUR]);
    expect(clockOccurrences(90, undefined, spring)).toEqual([1.5 * HOUR, 25.5 * HOUR, 48.5 * HOUR]);
    expect(clockOccurrences(90, undefined, autumn)).toEqual([1.5 * HOUR, 25.5 * HOUR, 50.5 * HOUR]);
  });

  it('are read off at any moment', () => {
    expect(localTimeAt(25.5 * HOUR, spring)).toEqual({ date: '2026-03-29', weekday: 'Sun', minutes: 150 });
    expect(hourOfWeekAt(25 * HOUR, spring)).toBe(6 * 24 + 2);
    expect(hourOfWeekAt(26 * HOUR, autumn)).toBe(6 * 24 + 1);
    expect(hourOfWeekAt(0, winter)).toBe(0);
  });

  it('are what the calendar itself says, within a study and around it', () => {
    const zones = ['Europe/London', 'America/St_Johns', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 400 }),
        fc.integer({ min: -30 * DAY, max: 430 * DAY }),
        (timezone, days, elapsed) => {
          const calendar: StudyCalendar = { start: '2026-03-01T07:15', timezone, horizonSeconds: days * DAY };
          const moment = Temporal.PlainDateTime.from(calendar.start)
            .toZonedDateTime(timezone)
            .add({ seconds: elapsed });
          const { date, minutes } = localTimeAt(elapsed, calendar);
          expect(date).toBe(moment.toPlainDate().toString());
          expect(minutes).toBeCloseTo(moment.hour * 60 + moment.minute + moment.second / 60, 9);
          expect(hourOfWeekAt(elapsed, calendar)).toBe((moment.dayOfWeek - 1) * 24 + moment.hour);
          expect(timestampWriter(calendar)(elapsed).slice(0, 19)).toBe(
            moment.toPlainDateTime().toString({ smallestUnit: 'second' }),
          );
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('calendars that cannot be', () => {
  it.each([
    [{ ...spring, start: '2026-03-29T01:30' }, /2026-03-29 01:30 does not exist in Europe\/London: clocks skip it/],
    [{ ...winter, timezone: 'Europe/Londn' }, /not a time zone/],
    [{ ...winter, start: '2026-02-30T00:00' }, /not a date and time/],
    [{ ...winter, horizonSeconds: -1 }, /cannot last -1 s/],
  ])('are refused: %#', (calendar, message) => {
    expect(() => clockOccurrences(0, undefined, calendar)).toThrow(message);
  });
});

describe('capacity', () => {
  const night: Schedule = { rules: [{ amount: plain(2), from: 22 * 60, to: 6 * 60 }], otherwise: plain(5) };

  it('runs over midnight from the evening before the start', () => {
    expect(capacityChanges(night, london('2026-01-05T00:00', 1), NO_NUMBERS)).toEqual([
      { time: 0, amount: 2 },
      { time: 6 * HOUR, amount: 5 },
      { time: 22 * HOUR, amount: 2 },
    ]);
  });

  it('has a shorter night in spring and a longer one in autumn', () => {
    expect(
      capacityChanges(night, spring, NO_NUMBERS)
        .slice(2, 4)
        .map(({ time }) => time / HOUR),
    ).toEqual([22, 29]);
    expect(
      capacityChanges(night, autumn, NO_NUMBERS)
        .slice(2, 4)
        .map(({ time }) => time / HOUR),
    ).toEqual([22, 31]);
  });

  it('takes the first rule that matches day and date', () => {
    const schedule: Schedule = {
      rules: [
        { amount: plain(9), since: '2026-01-07', until: '2026-01-08' },
        { amount: plain(1), days: ['Sat', 'Sun'] },
      ],
      otherwise: 'unlimited',
    };
    expect(capacityChanges(schedule, { ...winter, horizonSeconds: 7 * DAY }, NO_NUMBERS)).toEqual([
      { time: 0, amount: Infinity },
      { time: 2 * DAY, amount: 9 },
      { time: 3 * DAY, amount: Infinity },
      { time: 5 * DAY, amount: 1 },
    ]);
    expect(meanCapacity(schedule, winter, NO_NUMBERS)).toBe(Infinity);
  });

  const ramp = (from: number, to: number): Schedule => ({
    rules: [
      { amount: plain(from), until: '2026-01-07' },
      { amount: plain(from), reaches: plain(to), since: '2026-01-07', until: '2026-01-11' },
    ],
    otherwise: plain(to),
  });
  const hours = (schedule: Schedule, calendar = winter) =>
    capacityChanges(schedule, calendar, NO_NUMBERS).map(({ time, amount }) => [time / HOUR, amount]);

  it('grows over a ramp by one whenever the straight line reaches the next whole number', () => {
    expect(hours(ramp(10, 14))).toEqual([
      [0, 10],
      [72, 11],
      [96, 12],
      [120, 13],
      [144, 14],
    ]);
    expect(hours(ramp(4, 1))).toEqual([
      [0, 4],
      [80, 3],
      [112, 2],
      [144, 1],
    ]);
    expect(hours(ramp(2.5, 4))).toEqual([
      [0, 2.5],
      [80, 3],
      [144, 4],
    ]);
    expect(hours(ramp(3, 3))).toEqual([[0, 3]]);
  });

  it('is in the middle of a ramp that began before the study', () => {
    expect(hours(ramp(10, 14), london('2026-01-08T12:00', 7))).toEqual([
      [0, 11],
      [12, 12],
      [36, 13],
      [60, 14],
    ]);
  });

  it('grows over a ramp by elapsed time, also where clocks change on the way', () => {
    const schedule: Schedule = {
      rules: [{ amount: plain(0), reaches: plain(2), since: '2026-03-29', until: '2026-03-30' }],
      otherwise: plain(0),
    };
    expect(hours(schedule, spring)).toEqual([
      [0, 0],
      [24 + 11.5, 1],
      [24 + 23, 0],
    ]);
  });

  it.each([
    [{ until: '2026-01-07' }, /A ramp needs the date on which it begins/],
    [{ since: '2026-01-07', until: '2026-01-07' }, /A ramp needs the date/],
    [{ since: '2026-01-07', until: '2026-02-07', reaches: plain(1e6) }, /at most 100000 steps/],
  ])('has no ramp without two dates, or with more steps than can be: %#', (more, message) => {
    const schedule: Schedule = { rules: [{ amount: plain(1), reaches: plain(2), ...more }], otherwise: plain(0) };
    expect(() => capacityChanges(schedule, winter, NO_NUMBERS)).toThrow(message);
  });

  it('comes back in each cycle of weeks, counted from the week of its date or of the study', () => {
    const every = (since?: string): Schedule => ({
      rules: [{ amount: plain(1), week: { number: 2, of: 3 }, ...(since !== undefined && { since }) }],
      otherwise: plain(0),
    });
    // The study begins on a Wednesday; the weeks change on Mondays.
    const weeks = london('2026-01-07T00:00', 40);
    const mondays = [5, 12, 26, 33];
    expect(hours(every(), weeks)).toEqual([[0, 0], ...mondays.map((day, i) => [day * 24, i % 2 === 0 ? 1 : 0])]);
    // Week 1 is that of Friday 2 January, so that the first days of the study lie in week 2.
    expect(hours(every('2026-01-02'), weeks).slice(0, 4)).toEqual([
      [0, 1],
      [5 * 24, 0],
      [19 * 24, 1],
      [26 * 24, 0],
    ]);
  });

  it('knows the holidays of the calendar, and without any none', () => {
    const schedule: Schedule = {
      rules: [
        { amount: plain(0), holidays: true },
        { amount: plain(3), days: ['Mon', 'Tue'] },
      ],
      otherwise: plain(1),
    };
    const holidays = ['2025-12-25', '2026-01-06', '2026-01-08'];
    const days = (calendar: StudyCalendar) => hours(schedule, calendar).map(([hour, amount]) => [hour! / 24, amount]);
    expect(days({ ...london('2026-01-05T00:00', 5), holidays })).toEqual([
      [0, 3],
      [1, 0],
      [2, 1],
      [3, 0],
      [4, 1],
    ]);
    expect(days(london('2026-01-05T00:00', 5))).toEqual([
      [0, 3],
      [2, 1],
    ]);
  });

  it('counts a night of Sunday as Sunday, also on Monday morning', () => {
    const schedule: Schedule = {
      rules: [{ amount: plain(3), days: ['Sun'], from: 22 * 60, to: 6 * 60 }],
      otherwise: plain(0),
    };
    const week = weeklyAverage(schedule, winter, NO_NUMBERS);
    expect(week.flatMap((amount, hour) => (amount === 3 ? [hour] : []))).toEqual([0, 1, 2, 3, 4, 5, 166, 167]);
    expect(week.filter((amount) => amount !== 3 && amount !== 0)).toEqual([]);
    expect(meanCapacity(schedule, winter, NO_NUMBERS)).toBeCloseTo((3 * 8) / 168, 12);
  });

  it('refuses negative amounts', () => {
    expect(() => capacityChanges({ rules: [], otherwise: plain(-1) }, winter, NO_NUMBERS)).toThrow(
      /must be 0 or more, not -1/,
    );
  });
});

describe('arrival rates', () => {
  const perDay = (count: number) => plain(count / DAY);
  const total = (arrivals: Extract<Arrivals, { kind: 'rate' | 'table' }>, calendar: StudyCalendar): number => {
    const changes = rateChanges(arrivals, calendar, NO_NUMBERS);
    expect(changes[0]?.time).toBe(0);
    expect(changes.every((change, i) => i === 0 || change.time > (changes[i - 1]?.time ?? 0))).toBe(true);
    return changes.reduce(
      (sum, { time, rate }, i) => sum + rate * ((changes[i + 1]?.time ?? calendar.horizonSeconds) - time),
      0,
    );
  };
  const hourly = Array.from({ length: 24 }, (_, hour) => (hour < 8 ? 0 : hour));

  it('stay as they are without a profile', () => {
    expect(rateChanges({ kind: 'rate', rate: perDay(14) }, winter, NO_NUMBERS)).toEqual([{ time: 0, rate: 14 / DAY }]);
  });

  it('keep their mean on open days under a profile of the day', () => {
    const arrivals = {
      kind: 'rate',
      rate: perDay(14),
      days: ['Mon', 'Tue'],
      profile: { slot: HOUR, values: hourly, anchor: 'day' },
    } as const;
    expect(total(arrivals, winter)).toBeCloseTo(4 * 14, 10);
    const second = rateChanges(arrivals, winter, NO_NUMBERS)[1];
    expect(second?.time).toBe(8 * HOUR);
    expect(second?.rate).toBeCloseTo((14 / DAY) * 8 * (24 / 248), 15);
  });

  it('keep their mean over the open days of a week under a profile of the week', () => {
    const profile = { slot: DAY, values: [5, 4, 3, 2, 1, 90, 90], anchor: 'week' } as const;
    expect(
      total({ kind: 'rate', rate: perDay(10), days: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri'], profile }, winter),
    ).toBeCloseTo(100, 10);
    expect(total({ kind: 'rate', rate: perDay(10), profile }, winter)).toBeCloseTo(140, 10);
  });

  it('are what is written within their hours, whatever these are, and nothing at others', () => {
    const minute = fc.integer({ min: 0, max: 1439 });
    fc.assert(
      fc.property(minute, minute, fc.integer({ min: 0, max: 6 }), (from, to, weekday) => {
        fc.pre(from !== to);
        const days = [WEEKDAYS[weekday] ?? 'Mon'];
        const minutes = to > from ? to - from : to + 1440 - from;
        const hours = { from, to } as const;
        // Two weeks from a Monday on; what began on the Sunday before goes on first.
        expect(total({ kind: 'rate', rate: plain(1 / 60), days, hours }, winter)).toBeCloseTo(2 * minutes, 6);
      }),
      { numRuns: 200, seed: 4 },
    );
  });

  it('lose the hour that a change of clocks leaves out, and have it twice in autumn', () => {
    const night = { kind: 'rate', rate: plain(1 / HOUR), hours: { from: 30, to: 5 * 60 } } as const;
    expect(total(night, { ...london('2026-03-29T00:00', 1), horizonSeconds: 23 * HOUR })).toBeCloseTo(3.5, 9);
    expect(total(night, london('2026-10-25T00:00', 1))).toBeCloseTo(5.5, 9);
  });

  it('take a table as it stands, from the start of the study', () => {
    const profile = { slot: 2 * DAY, values: [1 / DAY, 3 / DAY], anchor: 'study' } as const;
    const arrivals = { kind: 'table', profile, scale: plain(2) } as const;
    expect(
      rateChanges(arrivals, { ...winter, horizonSeconds: 5 * DAY }, NO_NUMBERS).map(({ time, rate }) => [
        time / DAY,
        rate * DAY,
      ]),
    ).toEqual([
      [0, 2],
      [2, 6],
      [4, 2],
    ]);
  });

  it('lose the hour that spring skips and repeat the one of autumn', () => {
    const profile = {
      slot: HOUR / 2,
      values: Array.from({ length: 48 }, (_, i) => (i + 1) / HOUR),
      anchor: 'day',
    } as const;
    const day = (48 * 49) / 4;
    expect(total({ kind: 'table', profile }, { ...spring, horizonSeconds: 47 * HOUR })).toBeCloseTo(
      2 * day - (3 + 4) / 2,
      8,
    );
    expect(total({ kind: 'table', profile }, { ...autumn, horizonSeconds: 49 * HOUR })).toBeGreaterThan(2 * day);
  });

  it('refuse profiles that bring nobody', () => {
    const profile = { slot: HOUR, values: [0, 0], anchor: 'day' } as const;
    expect(() => rateChanges({ kind: 'rate', rate: plain(1), profile }, winter, NO_NUMBERS)).toThrow(
      /0 on every open day/,
    );
    expect(() => rateChanges({ kind: 'table', profile: { ...profile, values: [1, -2] } }, winter, NO_NUMBERS)).toThrow(
      /Value 2 .* not -2/,
    );
    expect(() => rateChanges({ kind: 'table', profile: { ...profile, values: [] } }, winter, NO_NUMBERS)).toThrow(
      /no values/,
    );
  });
});

describe('appointments', () => {
  const clinic = (more: Partial<AppointmentArrivals> = {}): AppointmentArrivals => ({
    kind: 'appointments',
    every: plain(1200),
    from: 9 * 60,
    to: 10 * 60,
    ...more,
  });
  const hours = (arrivals: AppointmentArrivals, calendar: StudyCalendar) =>
    bookedTimes(arrivals, calendar, NO_NUMBERS).map((time) => Math.round((time / HOUR) * 1000) / 1000);

  it('are booked from the beginning of each session and before its end', () => {
    expect(hours(clinic({ days: ['Tue'] }), london('2026-01-05T00:00', 7))).toEqual([33, 33.333, 33.667]);
    expect(hours(clinic({ every: plain(2700) }), london('2026-01-05T00:00', 1))).toEqual([9, 9.75]);
    expect(hours(clinic({ amount: plain(2), every: plain(HOUR) }), london('2026-01-05T00:00', 1))).toEqual([9, 9]);
    expect(hours(clinic({ amount: plain(0) }), winter)).toEqual([]);
  });

  it('follow the clock, run over midnight and begin within the study', () => {
    expect(hours(clinic({ every: plain(HOUR) }), spring)).toEqual([9, 32, 56]);
    const night = clinic({ from: 23 * 60, to: 60, every: plain(HOUR) });
    expect(hours(night, london('2026-01-05T00:30', 1))).toEqual([22.5, 23.5]);
  });

  it.each([
    [clinic({ every: plain(0) }), /must be above 0/],
    [clinic({ amount: plain(-1) }), /must be 0 or more, not -1/],
    [clinic({ every: plain(1e-5), from: 0, to: 1440 }), /more than 10000000 appointments/],
  ])('that cannot be are refused: %#', (arrivals, message) => {
    expect(() => bookedTimes(arrivals, winter, NO_NUMBERS)).toThrow(message);
  });
});
