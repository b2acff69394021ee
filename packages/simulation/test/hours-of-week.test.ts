import { describe, expect, test } from 'vitest';
import { simulateStudy } from '../src/index.js';
import { byRole, cohort, model, n, need, pathway, staff, step } from './build.js';

const HOUR = 3600;
const DAY = 24 * HOUR;
const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Patients come every five hours, and somebody is at work for 90 minutes with each. */
const GAP = 5 * HOUR;
const WORK = 90 * 60;

interface Window {
  readonly start: string;
  /** The same instant in UTC. */
  readonly instant: number;
  readonly timezone: string;
  readonly warmUp: number;
  readonly run: number;
}

/** People at work by hour of the local week, minute by minute and with the calendar of the platform. */
function byHand({ instant, timezone, warmUp, run }: Window): number[] {
  const local = new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    weekday: 'short',
    hour: '2-digit',
    hourCycle: 'h23',
  });
  const busy = new Array<number>(168).fill(0);
  const minutes = new Array<number>(168).fill(0);
  let hour = 0;
  for (let time = warmUp; time < warmUp + run; time += 60) {
    if (time === warmUp || time % 300 === 0) {
      const parts = local.formatToParts(instant + time * 1000);
      const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? '';
      hour = WEEKDAYS.indexOf(part('weekday')) * 24 + Number(part('hour'));
    }
    minutes[hour] = minutes[hour]! + 1;
    if (time >= GAP && time % GAP < WORK) busy[hour] = busy[hour]! + 1;
  }
  return busy.map((sum, place) => (minutes[place] === 0 ? 0 : sum / minutes[place]!));
}

async function simulated({ start, timezone, warmUp, run }: Window, batches?: number) {
  const times = Array.from({ length: Math.ceil((warmUp + run) / GAP) }, (_, i) => (i + 1) * GAP);
  const made = model(
    {
      staff: [staff('Nurses', 'Nurse', 9)],
      cohorts: [cohort('X', times)],
      pathways: [pathway([step('Care', n(WORK), [need([byRole('Nurse')])])], ['X'])],
    },
    { start, timezone, warmUp, run, replications: 2 },
  );
  const replications = batches === undefined ? undefined : ({ kind: 'batches', batches } as const);
  const studies = made.studies.map((each) => (replications ? { ...each, replications } : each));
  const { scenarios } = await simulateStudy({ ...made, studies }, made.studies[0]!.id);
  return {
    inUse: scenarios[0]?.resources[0]?.byHourOfWeek?.census ?? [],
    work: scenarios[0]?.activities[0]?.work?.[0]?.byHourOfWeek,
  };
}

const JANUARY: Window = {
  start: '2026-01-05T00:00',
  instant: Date.UTC(2026, 0, 5),
  timezone: 'Europe/London',
  warmUp: 0,
  run: 14 * DAY,
};

describe('people at work by hour of the week', () => {
  test.each<[string, Window]>([
    ['two weeks', JANUARY],
    ['ten days, so that four weekdays come once', { ...JANUARY, run: 10 * DAY }],
    ['after a warm-up', { ...JANUARY, warmUp: 36 * HOUR, run: 250 * HOUR }],
    [
      'from half past eight',
      { ...JANUARY, start: '2026-01-05T08:30', instant: Date.UTC(2026, 0, 5, 8, 30), run: 10 * DAY },
    ],
    ['after a warm-up that ends within an hour', { ...JANUARY, warmUp: 95 * 60, run: 10 * DAY }],
    [
      'a week without the hour that the clocks skip',
      { ...JANUARY, start: '2026-03-23T00:00', instant: Date.UTC(2026, 2, 23), run: 7 * DAY },
    ],
    ['clocks go forward', { ...JANUARY, start: '2026-03-23T00:00', instant: Date.UTC(2026, 2, 23), run: 20 * DAY }],
    ['clocks go back', { ...JANUARY, start: '2026-10-19T00:00', instant: Date.UTC(2026, 9, 18, 23), run: 17 * DAY }],
  ])('are what the clock on the wall says: %s', async (_, window) => {
    const exact = byHand(window);
    const { inUse, work } = await simulated(window);
    exact.forEach((people, hour) => {
      expect(inUse[hour], `hour ${hour}`).toBeCloseTo(people, 9);
      expect(work?.[hour], `work in hour ${hour}`).toBeCloseTo(people * HOUR, 5);
    });
  });

  test('are those of the batches of a long run, each of which begins at another hour', async () => {
    const length = 10 * DAY + 12.5 * HOUR;
    const { inUse, work } = await simulated({ ...JANUARY, run: 5 * length }, 5);
    const batches = Array.from({ length: 5 }, (_, batch) =>
      byHand({ ...JANUARY, warmUp: batch * length, run: length }),
    );
    inUse.forEach((people, hour) => {
      const exact = batches.reduce((sum, each) => sum + each[hour]!, 0) / 5;
      expect(people, `hour ${hour}`).toBeCloseTo(exact, 9);
      expect(work?.[hour], `work in hour ${hour}`).toBeCloseTo(exact * HOUR, 5);
    });
  });

  test('are not told of less than a week, of which most hours are not seen', async () => {
    expect((await simulated({ ...JANUARY, run: 2 * DAY })).work).toBeUndefined();
  });
});
