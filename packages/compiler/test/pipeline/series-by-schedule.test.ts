import { simulateStudy } from '@pathway/simulation';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { modelOf } from './budget-of-text.js';

const QUARTERS_A_DAY = 96;

/** A ward of quarter hours from a Monday on: patients one after the other, and beds by a timetable or over a ramp. */
interface Ward {
  readonly every: number;
  readonly takes: number;
  readonly beds: 'by hour' | 'by day' | 'rising' | 'falling';
  readonly inside: number;
  readonly otherwise: number;
  readonly opens: number;
  readonly closesAfter: number;
  readonly warmUp: number;
  readonly window: number;
  /** Of a long run; one window where there are none. */
  readonly batches: number;
}

const wards = fc.record({
  every: fc.integer({ min: 3, max: 22 }),
  takes: fc.integer({ min: 2, max: 41 }),
  beds: fc.constantFrom('by hour', 'by day', 'rising', 'falling'),
  inside: fc.integer({ min: 1, max: 4 }),
  otherwise: fc.integer({ min: 0, max: 5 }),
  opens: fc.integer({ min: 0, max: 9 }),
  closesAfter: fc.integer({ min: 1, max: 12 }),
  warmUp: fc.integer({ min: 0, max: 200 }),
  window: fc
    .tuple(fc.constantFrom(1, 2, 3, 8, 10, 14), fc.integer({ min: 0, max: 60 }))
    .map(([days, more]) => days * QUARTERS_A_DAY + more),
  batches: fc.constantFrom(0, 5),
});

function bedsAt(ward: Ward, quarter: number): number {
  const day = Math.floor(quarter / QUARTERS_A_DAY);
  const hour = Math.floor((quarter % QUARTERS_A_DAY) / 4);
  const isOpen = hour >= ward.opens && hour < ward.opens + ward.closesAfter;
  if (ward.beds === 'by hour') return isOpen ? ward.inside : ward.otherwise;
  if (ward.beds === 'by day') return day % 7 < 5 && isOpen ? ward.inside : day % 7 === 6 ? 0 : ward.otherwise;
  // From the third day to the seventh, in whole numbers, each from the instant at which the line reaches it.
  const way = Math.min(1, Math.max(0, (quarter - 2 * QUARTERS_A_DAY) / (4 * QUARTERS_A_DAY)));
  const changed = Math.floor(way * ward.inside + 1e-9);
  return ward.beds === 'rising' ? 2 + changed : 2 + ward.inside - changed;
}

function textOf({ every, takes, beds, inside, otherwise, opens, closesAfter, warmUp, window, batches }: Ward): string {
  const clock = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;
  const hours = `${clock(opens)}-${clock(opens + closesAfter)}`;
  const ramp = (from: number, to: number): string =>
    `${from} until 2026-01-07, ${from} to ${to} from 2026-01-07 until 2026-01-11, otherwise ${to}`;
  const count = {
    'by hour': `${inside} at ${hours}, otherwise ${otherwise}`,
    'by day': `${inside} on Mon-Fri at ${hours}, 0 on Sun, otherwise ${otherwise}`,
    rising: ramp(2, 2 + inside),
    falling: ramp(2 + inside, 2),
  }[beds];
  return `
    organisation Ward "Ward" { sector hospital }
    resource Bed "Bed" { at Ward  count ${count} }
    cohort Patients { arrives every ${every * 15} min }
    pathway Care for Patients { owner Ward  step Stay { uses 1 Bed  takes ${takes * 15} min } }
    scenario Today { }
    study Series {
      compare Today
      from 2026-01-05
      run ${window * Math.max(1, batches) * 15} min ${warmUp > 0 ? `after ${warmUp * 15} min warm-up` : ''}
      ${batches > 0 ? `one long run in ${batches} batches` : 'replicate 2 times'}
    }`;
}

/** Beds in use and patients waiting in each quarter of an hour. */
function schedule(ward: Ward, until: number): { readonly busy: number[]; readonly queue: number[] } {
  let work: number[] = [];
  let waiting = 0;
  const busy: number[] = [];
  const queue: number[] = [];
  for (let now = 0; now < until; now++) {
    const serve = (beds: number): void => {
      for (; waiting > 0 && work.length < beds; waiting--) work.push(now + ward.takes);
    };
    const inUse = work.length;
    const instant = now;
    work = work.filter((end) => end !== instant);
    // Those whose work ends make room before the count changes, and who is in a bed that is to go stays there.
    if (now > 0) serve(Math.min(inUse, bedsAt(ward, now - 1)));
    serve(bedsAt(ward, now));
    if (now > 0 && now % ward.every === 0) {
      waiting++;
      serve(bedsAt(ward, now));
    }
    busy.push(work.length);
    queue.push(waiting);
  }
  return { busy, queue };
}

function meanOf(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe('what is in use, who waits and what there is over time, and by hour of the week', () => {
  test('are those of a schedule by hand, over ramps and closings, after a warm-up and in batches of a long run', async () => {
    await fc.assert(
      fc.asyncProperty(wards, async (ward) => {
        const parts = Math.max(1, ward.batches);
        const { busy, queue } = schedule(ward, ward.warmUp + parts * ward.window);
        const beds = busy.map((_, quarter) => bedsAt(ward, quarter));
        /** Of the quarters of each window that are asked for, by their place in it and in all, the mean of the means. */
        const expected = (values: readonly number[], isAsked: (place: number, quarter: number) => boolean): number =>
          meanOf(
            Array.from({ length: parts }, (_, part) => {
              const from = ward.warmUp + part * ward.window;
              return meanOf(values.slice(from, from + ward.window).filter((_, place) => isAsked(place, from + place)));
            }),
          );
        const results = await simulateStudy(await modelOf(textOf(ward)), 'Series');
        const bed = results.scenarios[0]?.resources[0];
        const { slot = 0, mean = [], queue: waiting = [], capacity = [] } = bed?.censusOverTime ?? {};
        expect(mean).toHaveLength(Math.ceil((ward.window * 900) / slot));
        mean.forEach((inUse, place) => {
          const isAsked = (quarter: number): boolean => Math.floor((quarter * 900) / slot) === place;
          expect(inUse).toBeCloseTo(expected(busy, isAsked), 9);
          expect(waiting[place]).toBeCloseTo(expected(queue, isAsked), 9);
          expect(capacity[place]).toBeCloseTo(expected(beds, isAsked), 9);
        });
        expect(bed?.byHourOfWeek === undefined).toBe(ward.window < 7 * QUARTERS_A_DAY);
        bed?.byHourOfWeek?.census.forEach((inUse, hour) => {
          const isAsked = (_: number, quarter: number): boolean => Math.floor(quarter / 4) % 168 === hour;
          expect(inUse).toBeCloseTo(expected(busy, isAsked), 9);
          expect(bed.byHourOfWeek?.queue[hour]).toBeCloseTo(expected(queue, isAsked), 9);
        });
      }),
      { seed: 2026, numRuns: 40 },
    );
  });
});
