import {
  type Model,
  observables,
  seriesSteps,
  localClock,
  Watcher,
  watcherStateSchema,
  type WatchEvent,
} from '@pathway/model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, ORIGIN, plain, seconds } from './build.js';
import {
  fullFrom,
  gauge,
  HOUR,
  isAbove,
  isBelow,
  MIDNIGHT_CLOCK,
  occupancy,
  onAlert,
  plan,
  signal,
  watched,
} from './watch-build.js';

/** What happened, one text an event, with times in hours. */
function told(events: readonly WatchEvent[]): readonly string[] {
  return events.map((event) => {
    const at = `${event.time / HOUR} h`;
    switch (event.kind) {
      case 'trigger':
        return `${at} ${event.trigger} ${event.phase}`;
      case 'gauge':
        return `${at} ${event.gauge} is ${event.level}`;
      case 'level':
        return `${at} ${event.scale}${event.organisation === undefined ? '' : ` at ${event.organisation}`} is ${event.level} by ${event.because.join(', ')}`;
      case 'response':
        return `${at} ${event.response} ${event.phase}`;
    }
  });
}

/** Feeds values of the occupancy by the hour and goes on to the end. */
function watchOccupancy(
  model: Model,
  values: readonly (readonly [hour: number, value: number | undefined])[],
  end: number,
): readonly string[] {
  const watcher = new Watcher(model, MIDNIGHT_CLOCK);
  const events = values.flatMap(([hour, value]) => watcher.observe(hour * HOUR, [['occupancy(Bed)', value]]));
  return told([...events, ...watcher.advance(end * HOUR)]);
}

describe('a trigger', () => {
  const full = fullFrom('Full', { above: 0.95, hours: 12, below: 0.85, calmHours: 24 });

  it('fires once its condition has held so long, at that very moment, and ends once it was calm so long', () => {
    expect(
      watchOccupancy(
        watched({ triggers: [full] }),
        [
          [0, 0.5],
          [3, 0.96],
          [20, 0.8],
          [30, 0.7],
        ],
        100,
      ),
    ).toEqual(['3 h Full pending', '15 h Full active', '44 h Full rest']);
  });

  it('begins anew when its condition breaks off, and keeps on between the two limits', () => {
    const values = [
      [0, 0.96],
      [11, 0.9],
      [12, 0.97],
      [24, 0.9],
      [30, 0.8],
      [40, 0.9],
      [50, 0.84],
    ] as const;
    expect(watchOccupancy(watched({ triggers: [full] }), values, 74)).toEqual([
      '0 h Full pending',
      '11 h Full rest',
      '12 h Full pending',
      // What is seen at the moment itself counts: at 24 h it is 0.9 and no more above the limit.
      '24 h Full rest',
    ]);
    expect(
      watchOccupancy(
        watched({ triggers: [full] }),
        [
          [0, 0.96],
          [13, 0.8],
          [20, 0.9],
          [30, 0.8],
        ],
        54,
      ),
    ).toEqual(['0 h Full pending', '12 h Full active', '54 h Full rest']);
  });

  it('does not change while nothing is known', () => {
    const values = [
      [0, 0.96],
      [2, undefined],
      [13, 0.96],
      [14, undefined],
    ] as const;
    expect(watchOccupancy(watched({ triggers: [full] }), values, 200)).toEqual([
      '0 h Full pending',
      '13 h Full active',
    ]);
    const unseen = fullFrom('Unseen', { above: 0.95, below: 0.85 });
    expect(watchOccupancy(watched({ triggers: [unseen] }), [[0, undefined]], 100)).toEqual([]);
  });

  it('without a duration fires and ends at once, and goes on without an `until`', () => {
    const { until: _, ...endless } = fullFrom('Endless', { above: 0.95, below: 0 });
    const values = [
      [1, 0.96],
      [2, 0.84],
      [3, 0.96],
      [3, 0.1],
    ] as const;
    const once = fullFrom('Once', { above: 0.95, below: 0.85 });
    expect(watchOccupancy(watched({ triggers: [once, endless] }), values, 9)).toEqual([
      '1 h Once active',
      '1 h Endless active',
      '2 h Once rest',
      '3 h Once active',
      '3 h Once rest',
    ]);
  });

  it('whose two conditions hold together goes to and fro with what is seen, and not for ever', () => {
    const flapping = fullFrom('Flapping', { above: 0.5, below: 0.9 });
    expect(
      watchOccupancy(
        watched({ triggers: [flapping] }),
        [
          [0, 0.7],
          [1, 0.7],
          [2, 0.7],
        ],
        50,
      ),
    ).toEqual(['0 h Flapping active', '1 h Flapping rest', '2 h Flapping active']);
  });

  it('says why: since when its condition holds and what it looks at', () => {
    const watcher = new Watcher(watched({ triggers: [full] }), MIDNIGHT_CLOCK);
    watcher.observe(0, [['occupancy(Bed)', 0.97]]);
    expect(watcher.due).toBe(12 * HOUR);
    expect(watcher.advance(12 * HOUR)).toEqual([
      {
        kind: 'trigger',
        time: 12 * HOUR,
        trigger: 'Full',
        phase: 'active',
        before: 'pending',
        since: 0,
        values: { 'occupancy(Bed)': 0.97 },
        alerts: [],
      },
    ]);
  });

  it('does not go back in time', () => {
    const watcher = new Watcher(watched({ triggers: [full] }), MIDNIGHT_CLOCK);
    watcher.observe(100, []);
    expect(() => watcher.advance(99)).toThrow('does not go back');
    expect(() => watcher.observe(Number.NaN, [])).toThrow('does not go back');
  });
});

describe('a trigger on alerts', () => {
  it('is active from a message to its end, however it ends', () => {
    const watcher = new Watcher(watched({ triggers: [onAlert('Heat')] }), MIDNIGHT_CLOCK);
    const events = [
      ...watcher.alert(HOUR, [{ trigger: 'Heat', id: 'a', until: 9 * HOUR }]),
      ...watcher.alert(5 * HOUR, [{ trigger: 'Heat', id: 'b' }]),
      // A message again with another end takes the place of the first.
      ...watcher.alert(8 * HOUR, [{ trigger: 'Heat', id: 'a', until: 10 * HOUR }]),
      ...watcher.alert(9.5 * HOUR, [], ['b']),
      ...watcher.advance(20 * HOUR),
      ...watcher.alert(21 * HOUR, [{ trigger: 'Heat', id: 'c', until: 21 * HOUR }]),
    ];
    expect(told(events)).toEqual(['1 h Heat active', '10 h Heat rest']);
  });

  it('with an `until` ends when that has held too', () => {
    const heat = onAlert('Heat', { until: isBelow(occupancy, 0.5), calm: seconds(2 * HOUR) });
    const watcher = new Watcher(watched({ triggers: [heat] }), MIDNIGHT_CLOCK);
    const events = [
      ...watcher.observe(0, [['occupancy(Bed)', 0.4]]),
      ...watcher.alert(HOUR, [{ trigger: 'Heat', id: 'a', until: 9 * HOUR }]),
      ...watcher.observe(8 * HOUR, [['occupancy(Bed)', 0.7]]),
      ...watcher.observe(12 * HOUR, [['occupancy(Bed)', 0.3]]),
      ...watcher.advance(20 * HOUR),
    ];
    expect(told(events)).toEqual(['1 h Heat active', '14 h Heat rest']);
  });
});

describe('levels', () => {
  it('are the highest that any trigger sets, and name it', () => {
    const triggers = [
      fullFrom('Full', { above: 0.9, below: 0.8, sets: { scale: 'Surge', level: 'contingency' } }),
      fullFrom('Fuller', { above: 0.95, below: 0.9, sets: { scale: 'Surge', level: 'crisis' } }),
      fullFrom('AtWard', { above: 0.97, below: 0.1, sets: { scale: 'Surge', level: 'crisis', organisation: 'Ward' } }),
    ];
    expect(
      watchOccupancy(
        watched({ triggers }),
        [
          [0, 0.92],
          [1, 0.96],
          [2, 0.85],
          [3, 0.5],
        ],
        4,
      ).filter((line) => line.includes('Surge')),
    ).toEqual([
      '0 h Surge is contingency by Full',
      '1 h Surge is crisis by Fuller',
      '2 h Surge is contingency by Full',
      '3 h Surge is conventional by ',
    ]);
  });

  it('come of points, of the worst and of how many of others', () => {
    const points = gauge('Ward1', 'Surge', {
      organisation: 'One',
      scores: [
        {
          value: occupancy,
          points: [{ points: 0, below: plain(0.9) }, { points: 2, below: plain(0.95) }, { points: 4 }],
          origin: ORIGIN,
        },
        {
          value: { kind: 'state', measure: 'queue', of: 'Bed' },
          points: [{ points: 0, below: plain(4) }, { points: 1 }],
          origin: ORIGIN,
        },
      ],
      thresholds: [
        { level: 'contingency', from: 2, origin: ORIGIN },
        { level: 'crisis', from: 5, origin: ORIGIN },
      ],
    });
    const members = [
      { kind: 'organisation', organisation: 'One' },
      { kind: 'organisation', organisation: 'Two' },
    ] as const;
    const region = gauge('Region', 'Surge', {
      worstOf: [{ kind: 'gauge', gauge: 'Ward1' }],
      counted: [{ level: 'crisis', count: 2, members, least: 'contingency', origin: ORIGIN }],
    });
    const two = onAlert('Two', { sets: { scale: 'Surge', level: 'contingency', organisation: 'Two' } });
    const watcher = new Watcher(watched({ triggers: [two], gauges: [region, points] }), MIDNIGHT_CLOCK);
    const events = [
      // Points that are not all known give no level.
      ...watcher.observe(0, [['occupancy(Bed)', 0.99]]),
      ...watcher.observe(HOUR, [
        ['queue(Bed)', 0],
        ['occupancy(Bed)', 0.92],
      ]),
      ...watcher.alert(2 * HOUR, [{ trigger: 'Two', id: 'x' }]),
      ...watcher.alert(3 * HOUR, [], ['x']),
      ...watcher.observe(4 * HOUR, [
        ['queue(Bed)', 4],
        ['occupancy(Bed)', 0.99],
      ]),
      ...watcher.observe(5 * HOUR, [
        ['queue(Bed)', undefined],
        ['occupancy(Bed)', 0],
      ]),
    ];
    expect(told(events)).toEqual([
      '1 h Region is contingency',
      '1 h Ward1 is contingency',
      '1 h Surge is contingency by Region',
      '1 h Surge at One is contingency by Ward1',
      '2 h Two active',
      '2 h Region is crisis',
      '2 h Surge at Two is contingency by Two',
      '2 h Surge is crisis by Region',
      '3 h Two rest',
      '3 h Region is contingency',
      '3 h Surge at Two is conventional by ',
      '3 h Surge is contingency by Region',
      '4 h Region is crisis',
      '4 h Ward1 is crisis',
      '4 h Surge is crisis by Region',
      '4 h Surge at One is crisis by Ward1',
    ]);
  });

  it('of gauges that look at each other are not there only because of themselves', () => {
    const pair = (id: string, other: string) => gauge(id, 'Surge', { worstOf: [{ kind: 'gauge', gauge: other }] });
    const watcher = new Watcher(watched({ gauges: [pair('A', 'B'), pair('B', 'A')] }), MIDNIGHT_CLOCK);
    expect(watcher.observe(0, [])).toEqual([]);
    expect(watcher.levels()).toEqual([{ scale: 'Surge', level: 'conventional', because: [] }]);
  });
});

describe('signals', () => {
  const morning = signal('Morning', occupancy, { sampledAt: 8 * 60, averagedOver: seconds(2 * DAY) });
  const above = (id: string) => ({
    id: 'High',
    name: 'High',
    origin: ORIGIN,
    fires: { kind: 'condition', when: isAbove({ kind: 'signal', signal: id }, 0.8) } as const,
    until: isBelow({ kind: 'signal', signal: id }, 0.8),
  });

  it('read at a time of day are the mean of their samples, on the local clock', () => {
    // 2026-03-28 00:00 in Paris; clocks go forward on the 29th.
    const zero = Date.UTC(2026, 2, 27, 23) / 1000;
    const watcher = new Watcher(
      watched({ signals: [morning], triggers: [above('Morning')] }),
      localClock('Europe/Paris', zero),
    );
    const events = [
      ...watcher.observe(0, [['occupancy(Bed)', 0.7]]),
      ...watcher.observe(9 * HOUR, [['occupancy(Bed)', 1]]),
      ...watcher.advance(40 * HOUR),
      ...watcher.observe(40 * HOUR, [['occupancy(Bed)', 0.5]]),
      ...watcher.advance(80 * HOUR),
    ];
    // Samples at 8 h (0.7), 31 h since a day lost an hour (1: mean 0.85), 55 h (0.5 with 1: mean 0.75).
    expect(told(events)).toEqual(['31 h High active', '55 h High rest']);
  });

  it('averaged over time are looked at while they change of themselves', () => {
    const mean = signal('Mean', occupancy, { averagedOver: seconds(10 * HOUR) });
    const watcher = new Watcher(watched({ signals: [mean], triggers: [above('Mean')] }), MIDNIGHT_CLOCK);
    const events = [
      ...watcher.observe(0, [['occupancy(Bed)', 0.5]]),
      // 0.5 (10 - x) + x = 0.8 × 10 for x = 6: the first look at which it is above is one sixtieth of the window later.
      ...watcher.observe(20 * HOUR, [['occupancy(Bed)', 1]]),
      ...watcher.advance(40 * HOUR),
    ];
    expect(events.map(({ time }) => time / HOUR)).toEqual([26 + 1 / 6]);
    expect(watcher.due).toBeUndefined();
  });

  it('that read each other in a circle are not known', () => {
    const circle = (id: string, other: string) => signal(id, { kind: 'signal', signal: other });
    const watcher = new Watcher(
      watched({ signals: [circle('A', 'B'), circle('B', 'A')], triggers: [above('A')] }),
      MIDNIGHT_CLOCK,
    );
    expect(watcher.observe(0, [])).toEqual([]);
  });

  it('of a file have a value from each moment on, and none after the last slot', () => {
    const series = {
      ...signal('Tmax', occupancy),
      reads: { kind: 'series', file: 't.csv', column: 'tmax', values: [30, 39], slot: DAY },
    } as const;
    const calendar = { start: '2026-06-01T00:00', timezone: 'UTC', horizonSeconds: 9 * DAY };
    expect(seriesSteps(series, calendar)).toEqual([
      { time: 0, value: 30 },
      { time: DAY, value: 39 },
      { time: 2 * DAY, value: undefined },
    ]);
    const dated = { ...series, reads: { ...series.reads, times: ['2026-06-01T06:00', '2026-06-03T00:00'] } };
    expect(seriesSteps(dated, calendar).map(({ time }) => time)).toEqual([6 * HOUR, 2 * DAY]);
    expect(
      observables(watched({ signals: [series, morning], triggers: [above('Tmax'), above('Morning')] })).map(
        ({ key }) => key,
      ),
    ).toEqual(['Tmax', 'occupancy(Bed)']);
  });
});

describe('a response', () => {
  const heat = onAlert('Heat', { sets: { scale: 'Surge', level: 'crisis' } });
  const run = (
    responses: Model['responses'] & object,
    steps: (watcher: Watcher) => WatchEvent[],
  ): readonly string[] => {
    const watcher = new Watcher(watched({ triggers: [heat], responses }), MIDNIGHT_CLOCK);
    return told(steps(watcher).filter(({ kind }) => kind === 'response'));
  };
  const alert = (watcher: Watcher, from: number, to: number): WatchEvent[] => [
    ...watcher.alert(from * HOUR, [{ trigger: 'Heat', id: `a${from}`, until: to * HOUR }]),
  ];

  it('is in force while something calls for it, and so long after as it recovers', () => {
    const responses = [
      plan('Call', ['Surge contingency']),
      plan('Slow', ['Heat'], { recovery: { delay: seconds(5 * HOUR), after: [] } }),
    ];
    expect(
      run(responses, (watcher) => [...alert(watcher, 1, 3), ...alert(watcher, 6, 7), ...watcher.advance(90 * HOUR)]),
    ).toEqual([
      '1 h Call active',
      '1 h Slow active',
      '3 h Call rest',
      '3 h Slow recovering',
      '6 h Call active',
      '6 h Slow active',
      '7 h Call rest',
      '7 h Slow recovering',
      '12 h Slow rest',
    ]);
  });

  it('ends after its longest time, and begins again only when it was not called for in between', () => {
    const short = plan('Short', ['Heat'], { atMost: seconds(2 * HOUR) });
    expect(
      run([short], (watcher) => [
        ...alert(watcher, 1, 9),
        ...watcher.advance(9 * HOUR),
        ...alert(watcher, 10, 11),
        ...watcher.advance(90 * HOUR),
      ]),
    ).toEqual(['1 h Short active', '3 h Short rest', '10 h Short active', '11 h Short rest']);
  });

  it('recovers after others have ended', () => {
    const last = plan('Last', ['Heat'], { recovery: { after: ['First'] } });
    const first = plan('First', ['Heat'], { recovery: { delay: seconds(4 * HOUR), after: [] } });
    expect(run([last, first], (watcher) => [...alert(watcher, 0, 1), ...watcher.advance(90 * HOUR)])).toEqual([
      '0 h Last active',
      '0 h First active',
      '1 h Last recovering',
      '1 h First recovering',
      '5 h First rest',
      '5 h Last rest',
    ]);
  });

  it('is not in force where it is not at hand', () => {
    const model = watched({ triggers: [heat], responses: [plan('A', ['Heat']), plan('B', ['Heat'])] });
    const watcher = new Watcher(model, MIDNIGHT_CLOCK, { responses: ['B'] });
    watcher.alert(0, [{ trigger: 'Heat', id: 'x' }]);
    expect(watcher.activeResponses()).toEqual(['B']);
    expect(watcher.callsFor('B')).toMatchObject([{ trigger: 'Heat' }]);
  });
});

const hours = fc.integer({ min: 0, max: 60 });
const tenths = fc.integer({ min: 0, max: 10 }).map((each) => each / 10);
const seen = fc
  .uniqueArray(fc.tuple(hours, tenths), { selector: ([hour]) => hour, minLength: 1 })
  .map((list) => list.sort((a, b) => a[0] - b[0]));

describe('for whatever is seen', () => {
  it('a trigger is what its definition says, hour by hour', () => {
    const limits = fc.record({
      above: tenths,
      below: tenths,
      hours: fc.integer({ min: 0, max: 6 }),
      calmHours: fc.integer({ min: 0, max: 6 }),
    });
    fc.assert(
      fc.property(seen, limits, (values, limit) => {
        fc.pre(limit.below < limit.above);
        const watcher = new Watcher(watched({ triggers: [fullFrom('Full', limit)] }), MIDNIGHT_CLOCK);
        const active: boolean[] = [];
        for (let hour = 0; hour <= 80; hour++) {
          const now = values.find(([at]) => at === hour);
          if (now === undefined) watcher.advance(hour * HOUR);
          else watcher.observe(hour * HOUR, [['occupancy(Bed)', now[1]]]);
          active.push(watcher.activeTriggers().length > 0);
        }
        expect(active).toEqual(activeByDefinition(values, limit));
      }),
      { seed: 7, numRuns: 300 },
    );
  });

  it('a watch that is stopped and goes on from its memory tells the same, however often it is asked in between', () => {
    const model = watched({
      signals: [
        signal('Mean', occupancy, { averagedOver: seconds(5 * HOUR) }),
        signal('Morning', occupancy, { sampledAt: 480, averagedOver: seconds(2 * DAY) }),
      ],
      triggers: [
        fullFrom('Full', { above: 0.6, hours: 3, below: 0.4, calmHours: 2, sets: { scale: 'Surge', level: 'crisis' } }),
        {
          ...fullFrom('Long', { above: 0, below: 1 }),
          fires: { kind: 'condition', when: isAbove({ kind: 'signal', signal: 'Mean' }, 0.5) },
          until: isBelow({ kind: 'signal', signal: 'Morning' }, 0.5),
        },
      ],
      gauges: [
        gauge('G', 'Surge', {
          sampledAt: 540,
          worstOf: [],
          scores: [{ value: occupancy, points: [{ points: 0, below: plain(0.3) }, { points: 1 }], origin: ORIGIN }],
          thresholds: [{ level: 'contingency', from: 1, origin: ORIGIN }],
        }),
      ],
      responses: [
        plan('Plan', ['Surge contingency'], {
          recovery: { delay: seconds(HOUR), after: [] },
          atMost: seconds(9 * HOUR),
        }),
      ],
    });
    fc.assert(
      fc.property(seen, fc.array(hours, { maxLength: 5 }), (values, stops) => {
        const through = new Watcher(model, MIDNIGHT_CLOCK);
        const whole = values.flatMap(([hour, value]) => through.observe(hour * HOUR, [['occupancy(Bed)', value]]));
        let watcher = new Watcher(model, MIDNIGHT_CLOCK);
        const inPieces = values.flatMap(([hour, value], i) => {
          const before = stops.filter((stop) => stop < hour && stop > (values[i - 1]?.[0] ?? -1)).sort((a, b) => a - b);
          const events = before.flatMap((stop) => {
            const some = watcher.advance(stop * HOUR);
            const state = watcherStateSchema.parse(JSON.parse(JSON.stringify(watcher.state)));
            watcher = new Watcher(model, MIDNIGHT_CLOCK, { state });
            return some;
          });
          return [...events, ...watcher.observe(hour * HOUR, [['occupancy(Bed)', value]])];
        });
        expect(inPieces).toEqual(whole);
        expect(watcher.state).toEqual(through.state);
      }),
      { seed: 11, numRuns: 150 },
    );
  });
});

/** Active or not at each hour, straight from the words: by looking back at all hours before. */
function activeByDefinition(
  values: readonly (readonly [number, number])[],
  { above, below, hours: lasting, calmHours: calm }: { above: number; below: number; hours: number; calmHours: number },
): readonly boolean[] {
  const at = (hour: number): number | undefined => values.findLast(([from]) => from <= hour)?.[1];
  const active: boolean[] = [];
  let changed = -1;
  for (let hour = 0; hour <= 80; hour++) {
    const was = active.at(-1) ?? false;
    const heldFor = (length: number, holds: (value: number) => boolean): boolean => {
      const from = hour - length;
      if (from <= changed - 1 && length > 0 && from < changed) return false;
      return Array.from({ length: length + 1 }, (_, i) => at(from + i)).every(
        (each) => each !== undefined && holds(each),
      );
    };
    const goes = was ? heldFor(calm, (value) => value < below) : heldFor(lasting, (value) => value > above);
    if (goes) changed = hour;
    active.push(was !== goes);
  }
  return active;
}
