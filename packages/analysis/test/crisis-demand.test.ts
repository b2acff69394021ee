import { type Crisis, type Effect, type Model, NUMBER, RATE } from '@pathway/model';
import { describe, expect, it } from 'vitest';
import { activityDemand, analyse, crisisDemand } from '../src/index.js';
import { care, cohort, DAY, HOUR, ORIGIN, perDay, plain, resource, seconds, step, uses } from './build.js';

const sum = (values: readonly number[] = []): number => values.reduce((total, each) => total + each, 0);

/** One patient an hour, who keeps a bed for an hour. */
const CARE: Model = care([step('Lies', { needs: [uses('Bed')], takes: seconds(HOUR) })], {
  cohorts: [cohort({ arrivals: perDay(24) })],
  resources: [resource('Bed', 'unlimited')],
});
const PATIENTS = CARE.cohorts[0]!.id;

type Change = Extract<Effect, { kind: 'arrivals' }>['change'];
const arrivals = (change: Change) => ({ kind: 'arrivals' as const, cohorts: [PATIENTS], change });
const number = (value: number) => ({ kind: 'number' as const, value, dimension: NUMBER });

/** An effect without its place in a text. */
type Bare<E> = E extends Effect ? Omit<E, 'id' | 'origin'> : never;

function inCrisis(...effects: readonly Bare<Effect>[]): { readonly starts: number; readonly load: number } {
  const crisis: Crisis = {
    id: 'Flood',
    name: 'Flood',
    origin: ORIGIN,
    span: { lasting: seconds(10 * DAY) },
    effects: effects.map((effect, index): Effect => ({ id: `Flood.#${index + 1}`, origin: ORIGIN, ...effect })),
  };
  const [lies] = crisisDemand(CARE, crisis).demand;
  return { starts: sum(lies?.startsByHour), load: sum(lies?.loadByHour) };
}

describe('demand in a crisis', () => {
  it('is the usual one where the crisis changes nothing of it', () => {
    const [usual] = activityDemand(CARE);
    expect(inCrisis()).toEqual({ starts: sum(usual?.startsByHour), load: sum(usual?.loadByHour) });
    expect(inCrisis().starts).toBeCloseTo(168, 9);
  });

  it('has the arrivals that it brings: a share, a rate, or people over its time', () => {
    expect(inCrisis(arrivals({ kind: 'share', share: plain(0.5) })).starts).toBeCloseTo(168 * 1.5, 9);
    expect(inCrisis(arrivals({ kind: 'share', share: plain(-1) })).starts).toBe(0);
    const rate = { kind: 'number' as const, value: 48 / DAY, dimension: RATE };
    expect(inCrisis(arrivals({ kind: 'rate', rate })).starts).toBeCloseTo(168 * 3, 9);
    // 240 in ten days are 24 a day.
    expect(inCrisis(arrivals({ kind: 'people', people: number(240) })).starts).toBeCloseTo(168 * 2, 9);
  });

  it('has fewer where some are diverted, and never fewer than nobody', () => {
    expect(inCrisis({ kind: 'diversion', cohort: PATIENTS, share: plain(0.25) }).starts).toBeCloseTo(168 * 0.75, 9);
    expect(inCrisis(arrivals({ kind: 'share', share: plain(-3) })).starts).toBe(0);
  });

  it('takes longer where work is slowed down, for as many', () => {
    const slowed = (step: string) =>
      inCrisis({ kind: 'slowdown', share: plain(0.2), places: [{ kind: 'step', step }] });
    const [usual] = activityDemand(CARE);
    expect(slowed(usual!.activity).starts).toBe(sum(usual?.startsByHour));
    expect(slowed(usual!.activity).load).toBeCloseTo(168 * 1.2, 9);
    expect(slowed('Elsewhere').load).toBeCloseTo(168, 9);
  });
});

describe('cohorts that a response alone starts', () => {
  const STARTED = 'Screened';
  const starting: Model = {
    ...CARE,
    cohorts: [...CARE.cohorts, cohort({ id: STARTED, name: STARTED, arrivals: perDay(48) })],
    pathways: CARE.pathways.map((each) => ({ ...each, cohorts: [...each.cohorts, { cohort: STARTED }] })),
    responses: [
      {
        id: 'Screening',
        name: 'Screening',
        origin: ORIGIN,
        activations: [],
        patches: [{ kind: 'start', id: 'Screening.#1', origin: ORIGIN, cohorts: [STARTED] }],
        recovery: { after: [] },
        cards: [],
      },
    ],
  };
  const crisis: Crisis = { id: 'Flood', name: 'Flood', origin: ORIGIN, effects: [] };

  it('are no part of what is usual, in demand and in loads', () => {
    expect(sum(activityDemand(starting)[0]?.startsByHour)).toBeCloseTo(168, 9);
    expect(analyse(starting).facts.loads[0]?.load).toBeCloseTo(1, 9);
  });

  it('come in a crisis in which that response is at hand', () => {
    const [lies] = crisisDemand(starting, crisis).demand;
    expect(sum(lies?.startsByHour)).toBeCloseTo(3 * 168, 9);
  });
});
