import {
  calendarOf,
  localClock,
  type Model,
  type Reading,
  type Response,
  type Signal,
  type Trigger,
  Watcher,
  type WatchEvent,
} from '@pathway/model';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TOLD_GAUGE, TOLD_LEVEL, TOLD_RESPONSE, TOLD_TRIGGER } from '../engine/control.js';
import { compileInput, runReplication } from '../src/index.js';
import { cohort, HERE, model, n, pathway, step } from './build.js';

const HOUR = 3600;
const RUN = 48 * HOUR;
const declared = (id: string) => ({ id, name: id, origin: HERE });

const scale = {
  ...declared('Scale'),
  levels: ['calm', 'busy', 'full'].map((name) => ({ name, origin: HERE })),
};

/** One value an hour; changes fall on instants that durations below can meet exactly, and on others. */
const signal = (id: string): fc.Arbitrary<Signal> =>
  fc
    .array(fc.integer({ min: 0, max: 4 }), { minLength: 10, maxLength: 60 })
    .map((values) => ({ ...declared(id), reads: { kind: 'series', file: 'x.csv', column: 'x', values, slot: HOUR } }));

const averaged: fc.Arbitrary<Signal> = fc.constantFrom(5 * HOUR, 1800).map((window) => ({
  ...declared('Mean'),
  reads: { kind: 'measure', value: { kind: 'signal', signal: 'A' } },
  averagedOver: n(window),
}));

const sampled: fc.Arbitrary<Signal> = fc.constantFrom(undefined, 30 * HOUR).map((window) => ({
  ...declared('Daily'),
  reads: { kind: 'measure', value: { kind: 'signal', signal: 'B' } },
  ...(window !== undefined && { averagedOver: n(window) }),
  sampledAt: 8 * 60,
}));

function over(id: string, limit: number): Reading {
  return {
    kind: 'operation',
    operator: '>',
    left: { kind: 'signal', signal: id },
    right: { kind: 'constant', value: n(limit) },
  };
}

const not = (operand: Reading): Reading => ({ kind: 'not', operand });
const both = (left: Reading, right: Reading): Reading => ({ kind: 'operation', operator: 'and', left, right });

const condition: fc.Arbitrary<Reading> = fc
  .tuple(
    fc.constantFrom('A', 'B', 'Mean', 'Daily'),
    fc.constantFrom('A', 'B'),
    fc.integer({ min: 0, max: 3 }),
    fc.constantFrom('and' as const, 'or' as const, undefined),
  )
  .map(([first, second, limit, operator]): Reading => {
    const one = over(first, limit);
    return operator === undefined ? one : { kind: 'operation', operator, left: one, right: not(over(second, limit)) };
  });

const trigger = (id: string, level: string): fc.Arbitrary<Trigger> =>
  fc
    .record({
      when: condition,
      ends: fc.constantFrom('never' as const, 'when it does not hold' as const, 'later' as const),
      lasting: fc.constantFrom(0, 1800, 2 * HOUR),
      calm: fc.constantFrom(0, HOUR),
    })
    .map(({ when, ends, lasting, calm }) => ({
      ...declared(id),
      sets: { scale: 'Scale', level },
      fires: { kind: 'condition', when, ...(lasting > 0 && { lasting: n(lasting) }) },
      // Two conditions that hold together would go to and fro with every look.
      ...(ends !== 'never' && { until: ends === 'later' ? both(not(when), not(over('B', 0))) : not(when) }),
      ...(calm > 0 && { calm: n(calm) }),
    }));

const response = (id: string, after: readonly string[]): fc.Arbitrary<Response> =>
  fc
    .record({
      level: fc.constantFrom('busy', 'full'),
      only: fc.boolean(),
      byTrigger: fc.boolean(),
      atMost: fc.constantFrom(undefined, 5 * HOUR),
      delay: fc.constantFrom(undefined, 1800),
    })
    .map(({ level, only, byTrigger, atMost, delay }) => ({
      ...declared(id),
      activations: [
        byTrigger
          ? { kind: 'trigger', trigger: 'T1', origin: HERE }
          : { kind: 'level', scale: 'Scale', level, only, origin: HERE },
      ],
      ...(atMost !== undefined && { atMost: n(atMost) }),
      patches: [],
      recovery: { ...(delay !== undefined && { delay: n(delay) }), after },
      cards: [],
    }));

const watched: fc.Arbitrary<Partial<Model>> = fc
  .record({
    signals: fc.tuple(signal('A'), signal('B'), averaged, sampled),
    triggers: fc.tuple(trigger('T1', 'busy'), trigger('T2', 'full')),
    responses: fc.tuple(response('R1', []), response('R2', ['R1'])),
    limits: fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 1, max: 4 })),
  })
  .map(({ limits: [low, high], ...rest }) => ({
    ...rest,
    scales: [scale],
    gauges: [
      {
        ...declared('G'),
        scale: 'Scale',
        scores: ['A', 'B'].map((id) => ({
          value: { kind: 'signal' as const, signal: id },
          points: [{ points: 0, below: n(low) }, { points: 1, below: n(high) }, { points: 2 }],
          origin: HERE,
        })),
        thresholds: [
          { level: 'busy', from: 2, origin: HERE },
          { level: 'full', from: 4, origin: HERE },
        ],
        worstOf: [],
        counted: [],
      },
    ],
  }));

function modelOf(parts: Partial<Model>): Model {
  return model(
    {
      cohorts: [cohort('X', [HOUR])],
      pathways: [pathway([step('Work', 60)], ['X'])],
      ...parts,
      scenarios: [
        { ...declared('Plan'), basedOn: [], overrides: [], responses: (parts.responses ?? []).map(({ id }) => id) },
      ],
    },
    { run: RUN },
  );
}

/** What the model's watcher says of the same series: time, kind, subject and what became of it. */
function byWatcher(own: Model): string[] {
  const calendar = calendarOf(own.studies[0]!, RUN);
  const watcher = new Watcher(own, localClock(calendar.timezone, Date.parse('2026-01-05T00:00Z') / 1000));
  const events: WatchEvent[] = [];
  const values = new Map((own.signals ?? []).map(({ id, reads }) => [id, reads.kind === 'series' ? reads.values : []]));
  const [a = [], b = []] = [values.get('A'), values.get('B')];
  for (let hour = 0; hour * HOUR < RUN; hour++) {
    events.push(
      ...watcher.observe(hour * HOUR, [
        ['A', a[hour]],
        ['B', b[hour]],
      ]),
    );
  }
  events.push(...watcher.advance(RUN - 1));
  return events.flatMap((event) => {
    const at = `${event.time}`;
    switch (event.kind) {
      case 'trigger':
        return event.phase === 'pending' ? [] : wasActive(event) ? [`${at} ${event.trigger} ${event.phase}`] : [];
      case 'response':
        return event.phase === 'recovering' || (event.phase === 'active' && wentOn(events, event))
          ? []
          : [`${at} ${event.response} ${event.phase}`];
      case 'gauge':
        return [`${at} ${event.gauge} ${event.level}`];
      default:
        return [`${at} ${event.scale} ${event.level}`];
    }
  });

  /** Whether a trigger that is at rest now was active before, not only pending. */
  function wasActive(event: Extract<WatchEvent, { kind: 'trigger' }>): boolean {
    if (event.phase === 'active') return true;
    const earlier = events
      .slice(0, events.indexOf(event))
      .findLast((e) => e.kind === 'trigger' && e.trigger === event.trigger);
    return earlier?.kind === 'trigger' && earlier.phase === 'active';
  }
}

/** Whether a response was in force already, and recovering. */
function wentOn(events: readonly WatchEvent[], event: Extract<WatchEvent, { kind: 'response' }>): boolean {
  const earlier = events
    .slice(0, events.indexOf(event))
    .findLast((e) => e.kind === 'response' && e.response === event.response);
  return earlier?.kind === 'response' && earlier.phase === 'recovering';
}

/** The same of a run. */
function byEngine(own: Model): string[] {
  const input = compileInput(own, 'S', 'Plan');
  const { control } = input;
  const told = runReplication(input, 0).timeline?.told ?? [];
  const levels = control?.places[0]?.levels ?? [];
  return told.flatMap(([time, kind, subject, value]) => {
    const phase = value > 0 ? 'active' : 'rest';
    switch (kind) {
      case TOLD_TRIGGER:
        return [`${time} ${control?.triggers[subject]?.id ?? ''} ${phase}`];
      case TOLD_RESPONSE:
        return [`${time} ${control?.responses[subject]?.id ?? ''} ${phase}`];
      case TOLD_GAUGE:
        return [`${time} ${control?.gauges[subject]?.id ?? ''} ${levels[value]?.name ?? ''}`];
      case TOLD_LEVEL:
        return [`${time} Scale ${levels[value]?.name ?? ''}`];
      default:
        return [];
    }
  });
}

test('a run judges triggers, gauges, levels and responses as the watcher of the model does', () => {
  let events = 0;
  fc.assert(
    fc.property(watched, (parts) => {
      const own = modelOf(parts);
      // Results keep the first 400 of what happened.
      const expected = byWatcher(own).slice(0, 400);
      expect(byEngine(own)).toEqual(expected);
      events += expected.length;
    }),
    { numRuns: 200, seed: 31 },
  );
  expect(events).toBeGreaterThan(1500);
});
