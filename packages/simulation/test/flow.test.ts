import type { Attribute, Model } from '@pathway/model';
import { describe, expect, test } from 'vitest';
import {
  call,
  calculated,
  choose,
  cohort,
  finish,
  gather,
  HERE,
  hold,
  log,
  n,
  pathway,
  race,
  release,
  resource,
  run,
  indicator,
  setTo,
  since,
  step,
  together,
  waited,
  waitFor,
  waitUntil,
} from './build.js';

const seen = ['start', 'end', 'finish'];
const starts = ['start'];
const attribute = (name: string, value: number): Attribute => ({ name, origin: HERE, value: n(value), categories: [] });

describe('a wait', () => {
  test('lasts for a time, and gives back what the hold before it kept', () => {
    const parts = {
      resources: [resource('Bed', 1)],
      cohorts: [cohort('X', [0, 1])],
      pathways: [pathway([hold('Stay', ['Bed'], [waitFor(3)]), waitFor(4), step('Talk', 1)], ['X'])],
    };
    expect(log(parts, { run: 100 }, starts).filter((row) => !row.includes('#'))).toEqual([
      '0 X 0 start Stay',
      '3 X 1 start Stay',
      '7 X 0 start Talk',
      '10 X 1 start Talk',
    ]);
  });

  test('lasts until the clock shows a time on one of the days, or not at all when it just does', () => {
    const hour = 3600;
    const day = 24 * hour;
    const parts = {
      cohorts: [cohort('X', [0, 8 * hour, 8 * hour + 1])],
      pathways: [pathway([waitUntil(480, ['Mon', 'Thu']), step('Talk', 1)], ['X'])],
    };
    // The study starts on a Monday.
    expect(log(parts, { run: 10 * day }, starts).filter((row) => row.includes('Talk'))).toEqual([
      `${8 * hour} X 0 start Talk`,
      `${8 * hour} X 1 start Talk`,
      `${3 * day + 8 * hour} X 2 start Talk`,
    ]);
  });

  test('follows the local clock when it changes', () => {
    const day = 24 * 3600;
    const parts = {
      cohorts: [cohort('X', [2 * day])],
      pathways: [pathway([waitUntil(480, ['Mon']), step('Talk', 1)], ['X'])],
    };
    // From Friday 27 March 2026; clocks go forward on Sunday.
    const study = { run: 9 * day, start: '2026-03-27T00:00', timezone: 'Europe/London' };
    expect(log(parts, study, starts).at(-1)).toBe(`${3 * day + 7 * 3600} X 0 start Talk`);
  });
});

describe('what happened to a patient before', () => {
  test('decides by the time since arrival, since an activity, and by the last wait', () => {
    const parts: Partial<Model> = {
      resources: [resource('R', 1)],
      cohorts: [cohort('X', [0, 1, 2])],
      pathways: [
        pathway(
          [
            step('Scan', 10, ['R']),
            waitFor(5),
            choose([
              { when: calculated(waited('Scan'), '>', n(10)), body: [finish('Late')] },
              { when: calculated(since('arrival'), '>', n(15)), body: [finish('Middle')] },
              { when: calculated(since('Scan'), '=', n(5)), body: [finish('Early')] },
              { body: [finish('Never')] },
            ]),
          ],
          ['X'],
        ),
      ],
    };
    expect(log(parts, { run: 100 }, ['finish'])).toEqual([
      '15 X 0 finish Early',
      '25 X 1 finish Middle',
      '35 X 2 finish Late',
    ]);
  });

  test('remembers a wait that led to nothing, and knows nothing before', () => {
    const parts: Partial<Model> = {
      resources: [resource('R', 0)],
      cohorts: [cohort('X', [0])],
      pathways: [
        pathway(
          [
            step('Before', 1, [], { when: calculated(waited('Scan'), '>=', n(0)) }),
            step('Scan', 10, ['R'], { waits: { atMost: n(4), otherwise: [] } }),
            step('After', waited('Scan')),
          ],
          ['X'],
        ),
      ],
    };
    expect(log(parts, { run: 100 }, ['start', 'end'])).toEqual(['4 X 0 start After', '8 X 0 end After']);
  });

  test('a time that depends on what never happened stops the run with its place', () => {
    const parts: Partial<Model> = {
      resources: [resource('R', 1)],
      cohorts: [cohort('X', [0])],
      pathways: [pathway([step('Early', since('Later')), step('Later', 1)], ['X'])],
    };
    expect(() => run(parts, { run: 10 }, 1)).toThrow('The time that Early takes is not a number');
  });

  test('can be set: an attribute decides by its latest value', () => {
    const visits = { kind: 'attribute', name: 'visits' } as const;
    const parts: Partial<Model> = {
      cohorts: [cohort('X', [0], { attributes: [attribute('visits', 0)] })],
      pathways: [
        pathway(
          [
            {
              kind: 'repeat',
              id: 'P.Loop',
              origin: HERE,
              until: calculated(visits, '>=', n(3)),
              body: [step('Visit', visits), setTo('visits', calculated(visits, '+', n(1)))],
            },
          ],
          ['X'],
        ),
      ],
    };
    expect(log(parts, { run: 100 }, starts)).toEqual(['0 X 0 start Visit', '0 X 0 start Visit', '1 X 0 start Visit']);
  });

  test('acuity that was set changes the place in a queue', () => {
    const acuity = { kind: 'attribute', name: 'acuity' } as const;
    const parts: Partial<Model> = {
      resources: [resource('R', 1)],
      cohorts: [
        cohort('A', [0, 1], { attributes: [attribute('acuity', 2)] }),
        cohort('B', [2], { attributes: [attribute('acuity', 3)] }),
      ],
      pathways: [
        pathway([step('Talk', 10, ['R'], { priority: acuity })], ['A']),
        pathway([setTo('acuity', 1), step('Tell', 10, ['R'], { priority: acuity })], ['B'], { id: 'Q', name: 'Q' }),
      ],
    };
    expect(log(parts, { run: 100 }, starts)).toEqual(['0 A 0 start Talk', '10 B 0 start Tell', '20 A 1 start Talk']);
  });

  test('an attribute that was set changes the priority that the cohort gives', () => {
    const acuity = { kind: 'attribute', name: 'acuity' } as const;
    const parts: Partial<Model> = {
      resources: [resource('R', 1)],
      cohorts: [
        cohort('A', [0, 1], { attributes: [attribute('acuity', 2)], priority: acuity }),
        cohort('B', [2], { attributes: [attribute('acuity', 3)], priority: acuity }),
      ],
      pathways: [
        pathway([step('Talk', 10, ['R'])], ['A']),
        pathway([setTo('acuity', 1), step('Tell', 10, ['R'])], ['B'], { id: 'Q', name: 'Q' }),
      ],
    };
    expect(log(parts, { run: 100 }, starts)).toEqual(['0 A 0 start Talk', '10 B 0 start Tell', '20 A 1 start Talk']);
  });
});

describe('gathering', () => {
  const parts = (how: Parameters<typeof gather>[1], times: readonly number[], takes = 5): Partial<Model> => ({
    resources: [resource('Van', 1)],
    cohorts: [cohort('X', times)],
    pathways: [pathway([gather('Group', how, [step('Ride', takes, ['Van'])]), step('Walk', 1)], ['X'])],
  });

  test('by size: the group goes through the block as one, then its members in the order in which they came', () => {
    expect(log(parts({ size: 2 }, [0, 3, 4, 10, 40]), { run: 100 }, seen)).toEqual([
      '3 X 0 start Group',
      '3 X 1 start Group',
      '3 X 0 start Ride',
      '3 X 1 start Ride',
      '8 X 0 end Ride',
      '8 X 1 end Ride',
      '8 X 0 end Group',
      '8 X 1 end Group',
      '8 X 0 start Walk',
      '8 X 1 start Walk',
      '9 X 0 end Walk',
      '9 X 0 finish',
      '9 X 1 end Walk',
      '9 X 1 finish',
      '10 X 2 start Group',
      '10 X 3 start Group',
      '10 X 2 start Ride',
      '10 X 3 start Ride',
      '15 X 2 end Ride',
      '15 X 3 end Ride',
      '15 X 2 end Group',
      '15 X 3 end Group',
      '15 X 2 start Walk',
      '15 X 3 start Walk',
      '16 X 2 end Walk',
      '16 X 2 finish',
      '16 X 3 end Walk',
      '16 X 3 finish',
    ]);
  });

  const rides = (rows: readonly string[]): string[] =>
    rows.filter((row) => row.endsWith('start Ride')).map((row) => row.split(' ').slice(0, 3).join(' '));

  test('by time from the first who came', () => {
    expect(rides(log(parts({ after: 10 }, [0, 4, 10, 11]), { run: 100 }, starts))).toEqual([
      '10 X 0',
      '10 X 1',
      '20 X 2',
      '20 X 3',
    ]);
  });

  test('by size or time, whichever is first', () => {
    expect(rides(log(parts({ size: 3, after: 10 }, [0, 1, 2, 6, 20]), { run: 100 }, starts))).toEqual([
      '2 X 0',
      '2 X 1',
      '2 X 2',
      '16 X 3',
      '30 X 4',
    ]);
  });

  test('by a timetable from the start: so many at most, and nobody leaves without a patient', () => {
    const rows = log(parts({ every: 10, atMost: 2 }, [0, 1, 2, 25, 30], 1), { run: 60 }, starts);
    expect(rides(rows)).toEqual(['10 X 0', '10 X 1', '20 X 2', '30 X 3', '40 X 4']);
  });

  test('those whose step ends at the instant of a departure come along', () => {
    const model: Partial<Model> = {
      ...parts({ every: 10, atMost: 5 }, [2, 4]),
      pathways: [pathway([step('Pack', 8), gather('Group', { every: 10, atMost: 5 }, [step('Ride', 1)])], ['X'])],
    };
    expect(rides(log(model, { run: 60 }, starts))).toEqual(['10 X 0', '20 X 1']);
  });

  test('a group waits once, and each of its members is counted', () => {
    const model: Partial<Model> = {
      ...parts({ size: 3 }, [0, 0, 0, 0, 0, 0]),
      indicators: [indicator('Wait', { kind: 'wait', of: { kind: 'activity', activity: 'P.Ride' } })],
    };
    const [result] = run(model, { run: 100 }, 1);
    // Two groups of three: the second waits 5 for the van.
    expect(result?.checks.filter((check) => !check.holds)).toEqual([]);
    const figure = result?.indicators[0]?.[0];
    expect(figure?.sample?.count).toBe(6);
    expect(figure?.value).toBe(2.5);
    expect(result?.facilities[0]).toMatchObject({ census: 10 / 100, queue: 5 / 100 });
  });

  test('a group may finish, and its branches are those of all', () => {
    const model: Partial<Model> = {
      cohorts: [cohort('X', [0, 1], { attributes: [attribute('seen', 0)] })],
      pathways: [
        pathway(
          [
            gather('Group', { size: 2 }, [together([step('A', 3)], [step('B', 5)]), setTo('seen', 1), finish('Done')]),
            step('Never', 1),
          ],
          ['X'],
        ),
      ],
    };
    expect(log(model, { run: 60 }, ['finish'])).toEqual(['6 X 0 finish Done', '6 X 1 finish Done']);
  });

  test('patients of several pathways gather where a called pathway does', () => {
    const model: Partial<Model> = {
      cohorts: [cohort('A', [0]), cohort('B', [4])],
      pathways: [
        pathway([call('Q'), step('AfterA', 1)], ['A'], { id: 'PA', name: 'PA' }),
        pathway([call('Q'), step('AfterB', 1)], ['B'], { id: 'PB', name: 'PB' }),
        pathway([gather('Group', { size: 2 }, [step('Session', 6)])], [], { id: 'Q', name: 'Q' }),
      ],
    };
    expect(log(model, { run: 60 }, starts).filter((row) => row.includes('After'))).toEqual([
      '10 A 0 start AfterA',
      '10 B 0 start AfterB',
    ]);
  });

  test('groups do not gather again, also where a call leads to it', () => {
    const model: Partial<Model> = {
      cohorts: [cohort('A', [0])],
      pathways: [
        pathway([gather('Group', { size: 2 }, [call('Q')])], ['A']),
        pathway([gather('Inner', { size: 2 }, [])], [], { id: 'Q', name: 'Q' }),
      ],
    };
    expect(() => log(model, { run: 60 })).toThrow('groups do not gather again');
  });

  test('what members hold is not released for the group', () => {
    const model: Partial<Model> = {
      resources: [resource('Bed', 4)],
      cohorts: [cohort('A', [0])],
      pathways: [pathway([hold('Stay', ['Bed'], [gather('Group', { size: 2 }, [release('Stay', 'Bed')])])], ['A'])],
    };
    expect(() => log(model, { run: 60 })).toThrow('cannot be released here');
  });
});

describe('a race', () => {
  test('goes on with the first to end; others leave queues, stop working and give back', () => {
    const parts: Partial<Model> = {
      resources: [resource('R', 1), resource('Bed', 1)],
      cohorts: [cohort('X', [0, 1]), cohort('Y', [2])],
      pathways: [
        pathway([race([step('Treat', 10, ['R'])], [hold('Stay', ['Bed'], [waitFor(6)])]), step('After', 1)], ['X']),
        pathway([step('Other', 3, ['R'])], ['Y'], { id: 'Q', name: 'Q' }),
      ],
    };
    // X 0 is treated until its rest in bed ends at 6. R is then free for X 1, which has waited for it.
    expect(log(parts, { run: 100 }, ['start', 'end']).filter((row) => !row.includes('#'))).toEqual([
      '0 X 0 start Treat',
      '0 X 0 start Stay',
      '6 X 0 end Stay',
      '6 X 0 start After',
      '6 X 1 start Stay',
      '6 X 1 start Treat',
      '7 X 0 end After',
      '12 X 1 end Stay',
      '12 X 1 start After',
      '12 Y 0 start Other',
      '13 X 1 end After',
      '15 Y 0 end Other',
    ]);
  });

  test('ends the whole way where the winner finishes, and only then', () => {
    const parts = (deadline: number): Partial<Model> => ({
      resources: [resource('R', 1)],
      cohorts: [cohort('X', [0, 0])],
      pathways: [
        pathway(
          [hold('Stay', [], [race([step('Treat', 10, ['R'])], [waitFor(deadline), finish('Died')]), finish('Home')])],
          ['X'],
        ),
      ],
    });
    expect(log(parts(15), { run: 100 }, ['finish'])).toEqual(['10 X 0 finish Home', '15 X 1 finish Died']);
    expect(log(parts(25), { run: 100 }, ['finish'])).toEqual(['10 X 0 finish Home', '20 X 1 finish Home']);
  });

  test('at one instant is won by the branch that comes first in the order of events', () => {
    const parts = (first: number, second: number): Partial<Model> => ({
      cohorts: [cohort('X', [0])],
      pathways: [pathway([race([waitFor(first), finish('First')], [waitFor(second), finish('Second')])], ['X'])],
    });
    expect(log(parts(5, 5), { run: 100 }, ['finish'])).toEqual(['5 X 0 finish First']);
    expect(log(parts(0, 0), { run: 100 }, ['finish'])).toEqual(['0 X 0 finish First']);
  });

  test('a branch without anything in it wins before the others begin', () => {
    const parts: Partial<Model> = {
      cohorts: [cohort('X', [0])],
      pathways: [pathway([race([], [step('Never', 5)]), step('After', 1)], ['X'])],
    };
    expect(log(parts, { run: 100 }, starts).at(-1)).toEqual('0 X 0 start After');
    expect(log(parts, { run: 100 }, starts)).toHaveLength(2);
  });

  test('abandons what is nested: branches, groups that are forming and groups on the way', () => {
    const parts: Partial<Model> = {
      resources: [resource('R', 1)],
      cohorts: [cohort('X', [0]), cohort('Y', [3]), cohort('Z', [4])],
      pathways: [
        pathway([race([together([step('A', 20, ['R'])], [call('Q')])], [waitFor(10)]), step('After', 1)], ['X']),
        pathway([call('Q'), step('AfterY', 1)], ['Y', 'Z'], { id: 'PY', name: 'PY' }),
        pathway([gather('Group', { size: 2 }, [step('Session', 9)])], [], { id: 'Q', name: 'Q' }),
      ],
    };
    // X and Y form a group at 3; X is gone at 10, and Y ends the session alone. Z waits for ever.
    expect(log(parts, { run: 100 }, ['start', 'end']).filter((row) => !row.includes('#'))).toEqual([
      '0 X 0 start A',
      '3 X 0 start Group',
      '3 Y 0 start Group',
      '3 X 0 start Session',
      '3 Y 0 start Session',
      '10 X 0 start After',
      '11 X 0 end After',
      '12 Y 0 end Session',
      '12 Y 0 end Group',
      '12 Y 0 start AfterY',
      '13 Y 0 end AfterY',
    ]);
  });

  test('inside a branch of a `together` ends that branch, and the other goes on', () => {
    const parts: Partial<Model> = {
      cohorts: [cohort('X', [0])],
      pathways: [
        pathway(
          [
            together(
              [race([waitFor(2), finish('Out')], [waitFor(5)]), step('NotA', 1)],
              [waitFor(3), together([step('B', 1)], [step('C', 1)]), step('D', 1)],
            ),
            step('NotE', 1),
          ],
          ['X'],
        ),
      ],
    };
    // Whoever finishes in one branch still ends the other, also where that branches again.
    expect(log(parts, { run: 100 }, ['start', 'finish']).filter((row) => !row.includes('#'))).toEqual([
      '3 X 0 start B',
      '3 X 0 start C',
      '4 X 0 start D',
      '5 X 0 finish Out',
    ]);
  });
});

describe('a hold that moves', () => {
  const to = { kind: 'resource', resource: 'Unit' } as const;
  const moves = { to, origin: HERE };

  test('exchanges its unit when the other is free, without touching what goes on', () => {
    const either = [
      { kind: 'resource' as const, resource: 'Unit' },
      { kind: 'resource' as const, resource: 'Other' },
    ];
    const bed = { amount: n(1), of: either, origin: HERE };
    const parts: Partial<Model> = {
      resources: [resource('Unit', 1), resource('Other', 1)],
      cohorts: [cohort('X', [0, 1]), cohort('Y', [2])],
      pathways: [
        pathway([hold('Stay', [bed], [step('Lie', 10)], { moves })], ['X']),
        pathway([step('Elsewhere', 5, ['Other'])], ['Y'], { id: 'Q', name: 'Q' }),
      ],
    };
    // X 1 lies elsewhere until the unit has a bed at 10, and goes on lying until 11.
    expect(log(parts, { run: 100 }, ['start', 'end'])).toEqual([
      '0 X 0 start Stay',
      '0 X 0 start Lie',
      '1 X 1 start Stay',
      '1 X 1 start Lie',
      '10 X 0 end Lie',
      '10 X 0 end Stay',
      '10 Y 0 start Elsewhere',
      '11 X 1 end Lie',
      '11 X 1 end Stay',
      '15 Y 0 end Elsewhere',
    ]);
  });

  test('has its place in the queue of the other, and leaves it with the hold', () => {
    const parts: Partial<Model> = {
      resources: [resource('Unit', 1), resource('Other', 2)],
      cohorts: [cohort('A', [0]), cohort('B', [1]), cohort('C', [2]), cohort('D', [3])],
      pathways: [
        pathway([step('Occupy', 20, ['Unit'])], ['A'], { id: 'PA', name: 'PA' }),
        pathway([hold('Short', ['Other'], [step('Brief', 5)], { moves })], ['B'], { id: 'PB', name: 'PB' }),
        pathway([hold('Long', ['Other'], [step('Rest', 30)], { moves })], ['C'], { id: 'PC', name: 'PC' }),
        pathway([step('Later', 5, ['Unit'])], ['D'], { id: 'PD', name: 'PD' }),
      ],
    };
    // B is gone when the unit is free; C asked before D, moves there at 20 and stays until 32.
    expect(log(parts, { run: 100 }, starts).at(-1)).toBe('32 D 0 start Later');
    const [result] = run(parts, { run: 100 }, 1);
    expect(result?.checks.filter((check) => !check.holds)).toEqual([]);
    expect(result?.facilities.map((each) => Math.round(each.census * 100))).toEqual([20 + 12 + 5, 5 + 18]);
  });
});
