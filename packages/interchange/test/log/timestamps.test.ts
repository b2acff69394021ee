import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LocalClock } from '../../src/log/local-clock.js';
import { isoDate, parseTimestamp } from '../../src/log/timestamps.js';

const utc = (text: string): number => Date.parse(`${text}Z`) / 1000;

describe('times of a log', () => {
  test.each([
    ['2014-10-22 11:15:41', utc('2014-10-22T11:15:41'), undefined],
    ['2014-10-22T11:15:41.250', utc('2014-10-22T11:15:41.250'), undefined],
    ['2014/10/22 11:15:41.000', utc('2014-10-22T11:15:41'), undefined],
    ['2014-10-22T11:15:41+02:00', utc('2014-10-22T11:15:41'), 120],
    ['2014-10-22T11:15:41.5-0330', utc('2014-10-22T11:15:41.500'), -210],
    ['2014-10-22T11:15Z', utc('2014-10-22T11:15'), 0],
    ['2014-10-22', utc('2014-10-22T00:00'), undefined],
    ['22.10.2014 7:05', utc('2014-10-22T07:05'), undefined],
    ['1413976541', 1_413_976_541, 0],
    ['1413976541250', 1_413_976_541.25, 0],
  ])('%s', (text, wall, offset) => {
    expect(parseTimestamp(text, undefined)).toEqual({ wall, offset });
  });

  test('dates with slashes need to be told which part comes first', () => {
    expect(parseTimestamp('03/04/2026 10:00', undefined)).toBe('order');
    expect(parseTimestamp('03/04/2026 10:00', 'day-first')).toEqual({
      wall: utc('2026-04-03T10:00'),
      offset: undefined,
    });
    expect(parseTimestamp('03/04/2026 10:00', 'month-first')).toEqual({
      wall: utc('2026-03-04T10:00'),
      offset: undefined,
    });
  });

  test.each([
    '',
    'today',
    '2014-02-30 10:00:00',
    '2014-10-22 25:00:00',
    '2014-10-22 10:60:00',
    '2014-13-01',
    '12',
    '99999-01-01',
  ])('%j is none', (text) => {
    expect(parseTimestamp(text, undefined)).toBeUndefined();
  });

  test('every ISO moment is read as JavaScript reads it', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1950-01-01'), max: new Date('2150-01-01'), noInvalidDate: true }),
        (date) => {
          const found = parseTimestamp(date.toISOString(), undefined);
          expect(found).toMatchObject({ offset: 0 });
          expect(typeof found === 'object' && found.wall).toBeCloseTo(date.getTime() / 1000, 6);
        },
      ),
      { seed: 4, numRuns: 300 },
    );
  });

  test('a date is told without a zone', () => {
    expect(isoDate(utc('2014-10-22T23:59:59'))).toBe('2014-10-22');
  });
});

describe('clocks of a zone', () => {
  const london = new LocalClock('Europe/London');

  test('summer time is an hour ahead', () => {
    expect(london.instantOf(utc('2026-07-01T12:00'), undefined)).toBe(utc('2026-07-01T11:00'));
    expect(london.instantOf(utc('2026-01-01T12:00'), undefined)).toBe(utc('2026-01-01T12:00'));
    expect(london.wallAt(utc('2026-07-01T11:00'), 0)).toBe(utc('2026-07-01T12:00'));
  });

  test('a time that comes twice is the first, one that is skipped the moment after', () => {
    expect(london.instantOf(utc('2026-10-25T01:30'), undefined)).toBe(utc('2026-10-25T00:30'));
    expect(london.instantOf(utc('2026-03-29T01:30'), undefined)).toBe(utc('2026-03-29T01:30'));
    expect(london.wallAt(utc('2026-03-29T01:30'), 0)).toBe(utc('2026-03-29T02:30'));
  });

  test('clock times that exist go there and back in every zone', () => {
    const clocks = ['Europe/London', 'America/St_Johns', 'Pacific/Auckland', 'Pacific/Kiritimati'].map(
      (zone) => new LocalClock(zone),
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_000_000_000 }), fc.constantFrom(...clocks), (instant, clock) => {
        const wall = clock.wallAt(instant, 0);
        const again = clock.instantOf(wall, undefined);
        // Only the second of two equal clock times is taken for the first.
        expect([0, 3600]).toContain(instant - again);
        expect(clock.wallAt(again, 0)).toBe(wall);
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  test('without a zone the offset of the log is kept', () => {
    const clock = new LocalClock(undefined);
    expect(clock.instantOf(3600, 60)).toBe(0);
    expect(clock.wallAt(0, 60)).toBe(3600);
  });

  test('a zone that does not exist is refused', () => {
    expect(() => new LocalClock('Mars/Olympus')).toThrow('The time zone does not exist.');
  });
});
