import {
  type Crisis,
  DURATION,
  type Effect,
  type Expression,
  type Model,
  NUMBER,
  type Patch,
  type Response,
  type Scenario,
  type Trigger,
} from '@pathway/model';
import { describe, expect, it } from 'vitest';
import { activityDemand, dailyDemand } from '../src/index.js';
import {
  binary,
  care,
  cohort,
  DAY,
  exponential,
  HOUR,
  ORIGIN,
  perDay,
  plain,
  resource,
  seconds,
  step,
  study,
  uses,
} from './build.js';

/** An effect or a patch without its place in a text. */
type Bare<E> = E extends Effect | Patch ? Omit<E, 'id' | 'origin'> : never;

const day = (at: number, hour?: number) => ({
  kind: 'day' as const,
  day: plain(at),
  ...(hour !== undefined && { at: hour * 60 }),
});
const number = (value: number) => ({ kind: 'number' as const, value, dimension: NUMBER });

function response(id: string, on: Response['activations'], ...patches: readonly Bare<Patch>[]): Response {
  return {
    id,
    name: id,
    origin: ORIGIN,
    pathway: 'P',
    activations: on,
    patches: patches.map((patch, index): Patch => ({ id: `${id}.#${index + 1}`, origin: ORIGIN, ...patch })),
    recovery: { after: [] },
    cards: [],
  };
}

interface Crises {
  readonly span?: Crisis['span'];
  readonly effects: readonly Bare<Effect>[];
  readonly responses?: readonly Response[];
  readonly more?: Partial<Model>;
}

/** One patient an hour, who keeps a bed for a while; a study of eight weeks from a Monday on. */
function during({ span = { begin: day(7), lasting: seconds(10 * DAY) }, effects, responses = [], more = {} }: Crises) {
  const crisis: Crisis = {
    id: 'Flood',
    name: 'Flood',
    origin: ORIGIN,
    span,
    effects: effects.map((effect, index): Effect => ({ id: `Flood.#${index + 1}`, origin: ORIGIN, ...effect })),
  };
  const scenario: Scenario = {
    id: 'Wet',
    name: 'Wet',
    origin: ORIGIN,
    basedOn: [],
    overrides: [],
    crises: ['Flood'],
    responses: responses.map(({ id }) => id),
  };
  return care([step('Lies', { needs: [uses('Bed')], takes: seconds(3 * HOUR) })], {
    cohorts: [cohort({ arrivals: perDay(24) })],
    resources: [resource('Bed', 'unlimited')],
    studies: [study({ scenarios: ['Wet'], start: '2026-01-05T00:00', warmUp: seconds(0), run: seconds(56 * DAY) })],
    crises: [crisis],
    scenarios: [scenario],
    responses,
    ...more,
  });
}

const arrivals = (change: Extract<Effect, { kind: 'arrivals' }>['change']) => ({
  kind: 'arrivals' as const,
  cohorts: ['Patients'],
  change,
});

const called = (trigger: string): Response['activations'] => [{ kind: 'trigger', trigger, origin: ORIGIN }];

const ALERT: Trigger = {
  id: 'Warning',
  name: 'Warning',
  origin: ORIGIN,
  fires: {
    kind: 'alert',
    filter: {
      categories: [],
      events: [],
      severities: [],
      urgencies: [],
      certainties: [],
      messageTypes: [],
      territories: [],
    },
  },
};

const load = (model: Model) =>
  dailyDemand(model, 'Wet')?.demand.find(({ activity }) => activity === 'P.Lies')?.loadByHour;

describe('demand by day', () => {
  it('is that of the usual week, over and over, where a crisis changes nothing of it', () => {
    const model = during({ effects: [{ kind: 'supply cut', stock: 'Oxygen' }] });
    const [usual] = activityDemand(model, 'Wet');
    const found = dailyDemand(model, 'Wet');
    expect(found).toMatchObject({ from: '2026-01-12', days: 24 });
    expect(found?.demand[0]?.loadByHour).toEqual(
      Array.from({ length: 24 * 24 }, (_, hour) => usual?.loadByHour[hour % 168]),
    );
  });

  it('is nothing where no crisis happens', () => {
    expect(dailyDemand(during({ effects: [] }), 'Wet')).toBeUndefined();
    expect(dailyDemand(during({ effects: [] }), undefined)).toBeUndefined();
  });

  it('builds up and is worked off, as the infinite-server model has it', () => {
    const mean = 50;
    const model = during({
      effects: [arrivals({ kind: 'share', share: plain(1) })],
      more: { pathways: care([step('Lies', { needs: [uses('Bed')], takes: exponential(mean * HOUR) })]).pathways },
    });
    const found = load(model) ?? [];
    // Mean over an hour of 50 + 50 (1 − e^(−t / 50)) for ten days, then of what decays.
    const grown = (from: number) => mean - mean * mean * (Math.exp(-from / mean) - Math.exp(-(from + 1) / mean));
    const peak = mean * (1 - Math.exp(-240 / mean));
    const left = (from: number) => peak * mean * (Math.exp(-from / mean) - Math.exp(-(from + 1) / mean));
    for (const hour of [0, 1, 10, 100, 239]) expect(found[hour]).toBeCloseTo(mean + grown(hour), 6);
    for (const hour of [0, 1, 50, 95]) expect(found[240 + hour]).toBeCloseTo(mean + left(hour), 6);
  });

  it('builds up over a sum of draws as over a draw of the same law', () => {
    const loads = (takes: Expression): readonly number[] =>
      load(
        during({
          effects: [arrivals({ kind: 'share', share: plain(1) })],
          more: { pathways: care([step('Lies', { needs: [uses('Bed')], takes })]).pathways },
        }),
      ) ?? [];
    const added = loads(binary(exponential(10 * HOUR), '+', exponential(10 * HOUR)));
    const once = loads({
      kind: 'distribution',
      family: 'gamma',
      parameters: { mean: seconds(20 * HOUR), sd: seconds(Math.SQRT2 * 10 * HOUR) },
      dimension: DURATION,
    });
    expect(added).toHaveLength(once.length);
    for (const [hour, each] of once.entries()) expect(Math.abs((added[hour] ?? 0) - each)).toBeLessThan(1e-3);
  });

  it('has those who come at once from their hour on, for as long as they stay', () => {
    const model = during({
      effects: [{ ...arrivals({ kind: 'people', people: number(40) }), span: { begin: day(9, 10) } }],
    });
    const found = load(model) ?? [];
    const at = (date: number, hour: number) => found[24 * date + hour];
    // The first day is that on which they come: 40 in an hour, who stay for three.
    expect([9, 10, 11, 12, 13, 14].map((hour) => at(0, hour))).toEqual([3, 23, 43, 43, 23, 3]);
  });

  it('keeps patients: all who come are under way for as long as they take', () => {
    const model = during({
      effects: [
        { kind: 'diversion', cohort: 'Patients', share: plain(0.25) },
        {
          ...arrivals({ kind: 'rate', rate: { kind: 'number', value: 48 / DAY, dimension: { ...NUMBER, time: -1 } } }),
        },
      ],
    });
    const sum = (load(model) ?? []).reduce((all, each) => all + each, 0);
    const usual = 24 * 24 * 3;
    const [before, then] = [240 * 3, (1 + 2) * 0.75 * 240 * 3];
    expect(sum).toBeCloseTo(usual - before + then, 6);
  });

  it('takes longer where work is slowed down', () => {
    const model = during({
      effects: [{ kind: 'slowdown', share: plain(0.2), places: [{ kind: 'pathway', pathway: 'P' }] }],
    });
    expect(load(model)?.[100]).toBeCloseTo(3.6, 9);
    expect(load(model)?.[250]).toBeCloseTo(3, 9);
  });
});

describe('responses in a demand by day', () => {
  const shorter: Bare<Patch> = {
    kind: 'change',
    place: 'P.Lies',
    relaxes: false,
    to: { takes: seconds(HOUR) },
  };

  it('are in force for as long as the crises last where a run alone tells, and are said to be', () => {
    const trigger: Trigger = {
      ...ALERT,
      id: 'Full',
      fires: { kind: 'condition', when: { kind: 'constant', value: plain(1) } },
    };
    const model = during({
      effects: [{ kind: 'supply cut', stock: 'Oxygen' }],
      responses: [response('Short', called('Full'), shorter)],
      more: { triggers: [trigger] },
    });
    const found = dailyDemand(model, 'Wet');
    expect(found?.spells).toMatchObject([
      { kind: 'effect', id: 'Flood.#1', from: 0, until: 240 },
      { kind: 'response', id: 'Short', from: 0, until: 240, assumed: true },
    ]);
    const all = (hour: number) => found?.demand.reduce((sum, { loadByHour }) => sum + (loadByHour[hour] ?? 0), 0);
    expect(all(100)).toBeCloseTo(1, 9);
    expect(all(300)).toBeCloseTo(3, 9);
  });

  it('that an alert calls for are in force while it is, at most as long as they say, and a while after', () => {
    const alert = (lasting: number): Bare<Effect> => ({
      kind: 'alert',
      trigger: 'Warning',
      span: { begin: day(8, 6), lasting: seconds(lasting) },
    });
    const spellOf = (lasting: number, more: Partial<Response>) =>
      dailyDemand(
        during({
          effects: [{ kind: 'supply cut', stock: 'Oxygen' }, alert(lasting)],
          responses: [{ ...response('Short', called('Warning'), shorter), ...more }],
          more: { triggers: [ALERT] },
        }),
        'Wet',
      )?.spells.find(({ kind }) => kind === 'response');
    expect(spellOf(2 * DAY, {})).toEqual({ kind: 'response', id: 'Short', title: 'Short', from: 30, until: 78 });
    expect(spellOf(2 * DAY, { recovery: { after: [], delay: seconds(DAY) } })).toMatchObject({ until: 102 });
    expect(spellOf(2 * DAY, { atMost: seconds(DAY), recovery: { after: [], delay: seconds(DAY) } })).toMatchObject({
      until: 54,
    });
  });

  it('that nothing calls for are left out, with a note', () => {
    const model = during({
      effects: [{ kind: 'supply cut', stock: 'Oxygen' }],
      responses: [response('Short', called('Warning'), shorter)],
      more: { triggers: [ALERT] },
    });
    const found = dailyDemand(model, 'Wet');
    expect(found?.spells.map(({ kind }) => kind)).toEqual(['effect']);
    expect(found?.notes).toEqual(['Short: nothing that happens in the scenario calls for it.']);
  });

  it('count days from the start of the clock where only runs tell of the warm-up, and say so', () => {
    const { studies, ...others } = during({ effects: [arrivals({ kind: 'people', people: number(5) })] });
    const automatic = { ...others, studies: studies.map((each) => ({ ...each, automaticWarmUp: true as const })) };
    expect(dailyDemand({ ...others, studies }, 'Wet')?.notes).toEqual([]);
    expect(dailyDemand(automatic, 'Wet')?.notes).toEqual([
      'Days of crises are counted from the start of the clock, since how long the warm-up lasts follows from runs alone.',
    ]);
  });

  it('say of whom all come at one time, and of nobody who stays away', () => {
    const daily = (size: number) =>
      during({
        effects: [{ kind: 'supply cut', stock: 'Oxygen' }],
        more: { cohorts: [cohort({ arrivals: { kind: 'batch', size: number(size), at: 9 * 60 } })] },
      });
    expect(dailyDemand(daily(0), 'Wet')?.notes).toEqual([]);
    expect(dailyDemand(daily(50), 'Wet')?.notes).toEqual([
      'Patients: all come at one time, and cover keeps few of them waiting; where they may wait, fewer are needed.',
    ]);
  });

  it('let those come whom they start, and those whom they paused when they end', () => {
    const started = during({
      effects: [{ kind: 'alert', trigger: 'Warning' }],
      responses: [response('Open', called('Warning'), { kind: 'start', cohorts: ['Patients'] })],
      more: { triggers: [ALERT] },
    });
    expect(load(started)?.[100]).toBeCloseTo(3, 9);
    expect(load(started)?.[300]).toBe(0);
    const paused = during({
      effects: [{ kind: 'alert', trigger: 'Warning' }],
      responses: [response('Closed', called('Warning'), { kind: 'pause', cohorts: ['Patients'] })],
      more: { triggers: [ALERT] },
    });
    expect(load(paused)?.[100]).toBe(0);
    // 240 who waited, and the one of that hour.
    expect(dailyDemand(paused, 'Wet')?.demand[0]?.startsByHour[240]).toBeCloseTo(241, 6);
  });

  it('are in force on the days on which they are known to be, of a period', () => {
    const model = during({ effects: [], responses: [response('Short', called('Warning'), shorter)] });
    const found = dailyDemand(model, undefined, {
      known: [{ response: 'Short', from: '2026-02-03', until: '2026-02-04' }],
      period: { from: '2026-02-02', days: 7 },
    });
    expect(found).toMatchObject({ from: '2026-02-02', days: 7, spells: [{ id: 'Short', from: 24, until: 72 }] });
    const all = (hour: number) => found?.demand.reduce((sum, { loadByHour }) => sum + (loadByHour[hour] ?? 0), 0);
    for (const [hour, load] of [
      [10, 3],
      [48, 1],
      [71, 1],
      [100, 3],
    ] as const)
      expect(all(hour)).toBeCloseTo(load, 9);
    expect(found?.demand[0]?.loadByHour).toHaveLength(7 * 24);
  });
});
