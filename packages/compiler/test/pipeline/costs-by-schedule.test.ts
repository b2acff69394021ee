import { simulateStudy } from '@pathway/simulation';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { modelOf } from './budget-of-text.js';

/** A clinic of whole hours: two cohorts, beds and nurses by timetable, and a response that adds beds for some hours. */
interface Clinic {
  readonly arrivesEvery: readonly [number, number];
  readonly takes: readonly [number, number];
  readonly inside: number;
  readonly otherwise: number;
  readonly opens: number;
  readonly closesAfter: number;
  readonly warmUp: number;
  readonly run: number;
  readonly added: number;
  readonly begins: number;
  readonly lasts: number;
  readonly lead: number;
  readonly price: number;
}

const clinics = fc.record({
  arrivesEvery: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 5 })),
  takes: fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })),
  inside: fc.integer({ min: 1, max: 4 }),
  otherwise: fc.integer({ min: 0, max: 4 }),
  opens: fc.integer({ min: 0, max: 11 }),
  closesAfter: fc.integer({ min: 1, max: 11 }),
  warmUp: fc.constantFrom(0, 24, 48),
  run: fc.constantFrom(24, 36, 48, 60, 72),
  added: fc.integer({ min: 1, max: 3 }),
  begins: fc.integer({ min: 0, max: 29 }),
  lasts: fc.integer({ min: 1, max: 40 }),
  lead: fc.integer({ min: 0, max: 3 }),
  price: fc.integer({ min: 0, max: 50 }),
});

function clock(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`;
}

function textOf(clinic: Clinic): string {
  const { arrivesEvery, takes, inside, otherwise, opens, closesAfter, warmUp, run, added, begins, lasts, lead } =
    clinic;
  const timetable = `${inside} at ${clock(opens)}-${clock(opens + closesAfter)}, otherwise ${otherwise}`;
  return `
    organisation Clinic "Clinic" { sector hospital }
    role Nurse "Nurse" { cost 30 GBP/h }
    staff 9 Nurse at Clinic { on duty ${timetable} }
    resource Bed "Bed" { at Clinic  count ${timetable}  cost 24 GBP/h }
    cohort Lying { arrives every ${arrivesEvery[0]} h }
    cohort Walking { arrives every ${arrivesEvery[1]} h }
    pathway Stays for Lying { owner Clinic  step Stay { uses 1 Bed  takes ${takes[0]} h } }
    pathway Visits for Walking { owner Clinic  step Visit { by 1 Nurse  takes ${takes[1]} h } }
    trigger Warned on alert { event "heat" }
    crisis Heat { alert Warned from day ${Math.floor(begins / 24)} ${clock(begins % 24)} for ${lasts} h }
    response More adapts Stays on Warned {
      costs 100 GBP
      costs 7 GBP/h
      add ${added} Bed ${lead > 0 ? `after ${lead} h` : ''} cost ${clinic.price} GBP/h each
    }
    payer Board "Board" {
      pays Stay 10 GBP/h, Visit 5 GBP, Bed 3 GBP/h, Lying 2 GBP
      pays Clinic 1 GBP/h, More at cost, More 9 GBP, More 4 GBP/h
    }
    scenario Plan { crisis Heat with More }
    indicator All { value cost(all) }
    indicator Things { value cost(resources) }
    indicator People { value cost(staff) }
    study Which "Which?" { compare Plan  from 2026-01-05  run ${run} h after ${warmUp} h warm-up  replicate 2 times }`;
}

/** How many are at work in each hour, what ends in the window, and how many come in it. */
interface Schedule {
  readonly busy: readonly number[];
  readonly ended: number;
  readonly arrived: number;
}

/**
 * A queue in whole hours: at each of them work ends and others begin in its place, then the timetable changes, then the
 * response, then somebody comes.
 */
function schedule(
  { warmUp, run }: Clinic,
  every: number,
  takes: number,
  units: (timetable: number, response: number) => number,
): Schedule {
  let work: number[] = [];
  let waiting = 0;
  let ended = 0;
  let arrived = 0;
  const busy: number[] = [];
  for (let now = 0; now < warmUp + run; now++) {
    const serve = (capacity: number): void => {
      for (; waiting > 0 && work.length < capacity; waiting--) work.push(now + takes);
    };
    const end = now;
    const ends = work.filter((each) => each === end).length;
    work = work.filter((each) => each !== end);
    if (now >= warmUp) ended += ends;
    if (now > 0) {
      serve(Math.min(units(now - 1, now - 1), work.length + ends));
      serve(units(now, now - 1));
    }
    serve(units(now, now));
    if (now > 0 && now % every === 0) {
      if (now >= warmUp) arrived++;
      waiting++;
      serve(units(now, now));
    }
    busy.push(work.length);
  }
  return { busy, ended, arrived };
}

describe('what care costs in a clinic of whole hours', () => {
  test('is what a schedule by hand adds up to, to the penny, also where work ends as the count changes', async () => {
    await fc.assert(
      fc.asyncProperty(clinics, async (clinic) => {
        const { warmUp, run, opens, closesAfter, added, price } = clinic;
        const begins = warmUp + clinic.begins;
        const ends = begins + clinic.lasts;
        const usual = (hour: number): number =>
          hour % 24 >= opens && hour % 24 < opens + closesAfter ? clinic.inside : clinic.otherwise;
        const more = (hour: number): number => (hour >= begins + clinic.lead && hour < ends ? added : 0);
        const stays = schedule(clinic, clinic.arrivesEvery[0], clinic.takes[0], (a, b) => usual(a) + more(b));
        const visits = schedule(clinic, clinic.arrivesEvery[1], clinic.takes[1], usual);
        const hours = Array.from({ length: run }, (_, i) => warmUp + i);
        const sum = (of: (hour: number) => number): number => hours.reduce((total, hour) => total + of(hour), 0);
        const inBeds = (hour: number): number => stays.busy[hour] ?? 0;

        const surge = sum((hour) => price * more(hour));
        // A bed that is to go is there until whoever lies in it gets up.
        const things = surge + sum((hour) => 24 * (usual(hour) + Math.max(0, inBeds(hour) - usual(hour) - more(hour))));
        const people = sum((hour) => 30 * Math.max(usual(hour), visits.busy[hour] ?? 0));
        const inForce = hours.filter((hour) => hour >= begins && hour < ends).length;
        const starts = begins < warmUp + run ? 1 : 0;
        const own = 100 * starts + 7 * inForce;
        const paid =
          10 * stays.ended * clinic.takes[0] +
          5 * visits.ended +
          sum((hour) => 3 * inBeds(hour)) +
          2 * stays.arrived +
          run +
          (own + surge) +
          9 * starts +
          4 * inForce;

        const results = await simulateStudy(await modelOf(textOf(clinic)), 'Which');
        const found = new Map(results.scenarios[0]?.indicators.map((each) => [each.indicator, each.estimate.mean]));
        expect(found.get('Things')).toBeCloseTo(things, 6);
        expect(found.get('People')).toBeCloseTo(people, 6);
        expect(found.get('All')).toBeCloseTo(things + people + own, 6);
        expect(found.get('budget.pays.Board')).toBeCloseTo(paid, 6);
      }),
      { seed: 2026, numRuns: 60 },
    );
  });
});
