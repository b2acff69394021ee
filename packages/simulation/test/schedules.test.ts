import { describe, expect, test } from 'vitest';
import { simulateStudy } from '../src/index.js';
import {
  byRole,
  bySkill,
  call,
  choose,
  cohort,
  finish,
  goTo,
  HERE,
  hold,
  log,
  model,
  n,
  need,
  pathway,
  release,
  resource,
  run,
  staff,
  step,
  together,
} from './build.js';

const starts = ['start'];

describe('a step', () => {
  test('waits until everything it needs is free at once and takes nothing before', () => {
    const parts = {
      resources: [resource('A', 1), resource('B', 1)],
      cohorts: [cohort('X', [0]), cohort('Y', [1]), cohort('Z', [2])],
      pathways: [
        pathway(
          [
            choose([
              { when: { kind: 'attribute', name: 'x' }, body: [step('UseA', 10, ['A'])] },
              { when: { kind: 'attribute', name: 'y' }, body: [step('Both', 5, ['A', 'B'])] },
              { body: [step('UseB', 4, ['B'])] },
            ]),
          ],
          ['X', 'Y', 'Z'],
        ),
      ],
    };
    const flag = (name: string, value: number) => ({ name, origin: HERE, value: n(value), categories: [] });
    const cohorts = parts.cohorts.map((c, i) => ({
      ...c,
      attributes: [flag('x', Number(i === 0)), flag('y', Number(i === 1))],
    }));
    // Z arrives after Y and takes B, which Y's request does not reserve while A is busy.
    expect(log({ ...parts, cohorts }, { run: 100 }, starts)).toEqual([
      '0 X 0 start UseA',
      '2 Z 0 start UseB',
      '10 Y 0 start Both',
    ]);
  });

  test('is served by priority, then in order of requests', () => {
    const parts = {
      resources: [resource('R', 1)],
      cohorts: [cohort('Low', [0, 1, 2], { priority: n(2) }), cohort('High', [3, 4], { priority: n(1) })],
      pathways: [pathway([step('S', 10, ['R'])], ['Low', 'High'])],
    };
    expect(log(parts, { run: 100 }, starts)).toEqual([
      '0 Low 0 start S',
      '10 High 0 start S',
      '20 High 1 start S',
      '30 Low 1 start S',
      '40 Low 2 start S',
    ]);
  });

  test('arrivals at one instant enter by priority, then by declaration', () => {
    const parts = {
      resources: [resource('R', 1)],
      cohorts: [
        cohort('B', [5], { priority: n(1) }),
        cohort('C', [5], { priority: n(1) }),
        cohort('A', [5], { priority: n(0) }),
      ],
      pathways: [pathway([step('S', 1, ['R'])], ['A', 'B', 'C'])],
    };
    expect(log(parts, { run: 100 }, starts)).toEqual(['5 A 0 start S', '6 B 0 start S', '7 C 0 start S']);
  });

  test('the patient whose step ended goes on first, then the one who was granted what it freed', () => {
    const parts = {
      resources: [resource('R', 1), resource('Q', 1)],
      cohorts: [cohort('X', [0, 0])],
      pathways: [pathway([step('First', 5, ['R']), step('Second', 5, ['Q'])], ['X'])],
    };
    expect(log(parts, { run: 100 }, starts)).toEqual([
      '0 X 0 start First',
      '5 X 0 start Second',
      '5 X 1 start First',
      '10 X 1 start Second',
    ]);
  });

  test('a large request holds back later ones only at the resource that has too little', () => {
    const parts = {
      resources: [resource('Bed', 2), resource('Nurse', 5)],
      cohorts: [cohort('One', [0, 2]), cohort('Two', [1]), cohort('N', [2])],
      pathways: [
        pathway([step('S1', 10, ['Bed'])], ['One'], { id: 'P1' }),
        pathway([step('S2', 10, [need('Bed', 2), 'Nurse'])], ['Two'], { id: 'P2' }),
        pathway([step('S3', 10, ['Nurse'])], ['N'], { id: 'P3' }),
      ],
    };
    // The second One waits behind Two, though one bed is free; N gets a nurse at once.
    expect(log(parts, { run: 100 }, starts)).toEqual([
      '0 One 0 start S1',
      '2 N 0 start S3',
      '10 Two 0 start S2',
      '20 One 1 start S1',
    ]);
  });

  test('conditions and time limits of waiting', () => {
    const parts = {
      resources: [resource('R', 1)],
      cohorts: [cohort('X', [0, 1, 2])],
      pathways: [
        pathway(
          [
            step('S', 10, ['R'], { waits: { atMost: n(9), otherwise: [step('Else', 1)] } }),
            step('Never', 1, [], { when: { kind: 'boolean', value: false } }),
            finish('Home'),
          ],
          ['X'],
        ),
      ],
    };
    // The first gives way at 10, when the second has waited 9: an end comes before a wait that is over.
    expect(log(parts, { run: 100 })).toEqual([
      '0 X 0 start S',
      '10 X 0 end S',
      '10 X 0 finish Home',
      '10 X 1 start S',
      '11 X 2 give up S',
      '11 X 2 start Else',
      '12 X 2 end Else',
      '12 X 2 finish Home',
      '20 X 1 end S',
      '20 X 1 finish Home',
    ]);
  });
});

describe('a hold', () => {
  const wards = (more: object = {}) => ({
    resources: [resource('Acute', 1), resource('Rehab', 1)],
    cohorts: [cohort('X', [0, 1, 2])],
    pathways: [
      pathway(
        [hold('A', ['Acute'], [step('Acutely', 10)]), hold('R', ['Rehab'], [step('Rehabbing', 30)], more)],
        ['X'],
      ),
    ],
  });

  test('keeps its unit until the next hold has its own (blocking after service)', () => {
    expect(log(wards(), { run: 200 }, starts).filter((row) => !/ start [AR]$/.test(row))).toEqual([
      '0 X 0 start Acutely',
      '10 X 0 start Rehabbing',
      '10 X 1 start Acutely',
      '40 X 1 start Rehabbing',
      '40 X 2 start Acutely',
      '70 X 2 start Rehabbing',
    ]);
  });

  test('frees first where that is written', () => {
    expect(log(wards({ freesFirst: true }), { run: 200 }, starts).filter((row) => !/ start [AR]$/.test(row))).toEqual([
      '0 X 0 start Acutely',
      '10 X 0 start Rehabbing',
      '10 X 1 start Acutely',
      '20 X 2 start Acutely',
      '40 X 1 start Rehabbing',
      '70 X 2 start Rehabbing',
    ]);
  });

  test('blocks through a choice and a call, and not where a step lies between', () => {
    const parts = (between: boolean) => ({
      resources: [resource('Acute', 1), resource('Rehab', 1)],
      cohorts: [cohort('X', [0, 1, 2])],
      pathways: [
        pathway(
          [
            hold('A', ['Acute'], [step('Acutely', 10)]),
            ...(between ? [step('Between', 1)] : []),
            choose([{ share: 1, body: [call('Sub')] }]),
          ],
          ['X'],
        ),
        pathway([hold('R', ['Rehab'], [step('Rehabbing', 30)])], [], { id: 'Sub' }),
      ],
    });
    const acute = (between: boolean) =>
      log(parts(between), { run: 200 }, starts).filter((row) => row.endsWith('Acutely'));
    expect(acute(false).at(-1)).toBe('40 X 2 start Acutely');
    expect(acute(true).at(-1)).toBe('20 X 2 start Acutely');
  });

  test('keeps the same resource instead of asking for it again', () => {
    const parts = {
      resources: [resource('Bed', 1)],
      cohorts: [cohort('X', [0, 1])],
      pathways: [pathway([hold('A', ['Bed'], [step('S', 10)]), hold('B', ['Bed'], [step('T', 10)])], ['X'])],
    };
    expect(log(parts, { run: 100 }, starts).filter((row) => /[ST]$/.test(row))).toEqual([
      '0 X 0 start S',
      '10 X 0 start T',
      '20 X 1 start S',
      '30 X 1 start T',
    ]);
  });

  test('gives back early what is released', () => {
    const parts = {
      resources: [resource('Bed', 2), resource('Nurse', 1)],
      cohorts: [cohort('X', [0, 0])],
      pathways: [pathway([hold('H', ['Bed', 'Nurse'], [step('S', 5), release('H', 'Nurse'), step('T', 20)])], ['X'])],
    };
    expect(log(parts, { run: 100 }, starts).filter((row) => /[ST]$/.test(row))).toEqual([
      '0 X 0 start S',
      '5 X 0 start T',
      '5 X 1 start S',
      '10 X 1 start T',
    ]);
  });

  test('first free never waits', () => {
    const parts = {
      resources: [resource('A', 1), resource('B', 1)],
      cohorts: [cohort('X', [0, 1, 2])],
      pathways: [
        pathway(
          [
            hold(
              'H',
              [
                need([
                  { kind: 'resource', resource: 'A' },
                  { kind: 'resource', resource: 'B' },
                ]),
              ],
              [step('S', 10)],
              {
                policy: 'first free',
                otherwise: [step('None', 1)],
              },
            ),
          ],
          ['X'],
        ),
      ],
    };
    const rows = log(parts, { run: 100 }, starts).filter((row) => !row.endsWith(' H'));
    expect(rows).toEqual(['0 X 0 start S', '1 X 1 start S', '2 X 2 start None']);
    const [result] = run(parts, { run: 100 }, 1);
    expect(result?.facilities.map((f) => f.census)).toEqual([0.1, 0.1]);
  });

  test('least busy joins the shortest queue, ties to the first', () => {
    const parts = {
      resources: [resource('A', 1), resource('B', 1)],
      cohorts: [cohort('X', [0, 1, 2, 3])],
      pathways: [pathway([hold('H', ['A', 'B'], [step('S', n(10))], { policy: 'least busy' })], ['X'])],
    };
    const rows = log(parts, { run: 100 }, starts).filter((row) => row.endsWith(' S'));
    expect(rows).toEqual(['0 X 0 start S', '1 X 1 start S', '10 X 2 start S', '11 X 3 start S']);
    expect(run(parts, { run: 100 }, 1)[0]?.facilities.map((f) => f.census)).toEqual([0.2, 0.2]);
  });

  test('gives everything back on go to, else and finish', () => {
    const parts = {
      resources: [resource('Bed', 1)],
      cohorts: [cohort('X', [0, 1])],
      pathways: [
        pathway(
          [
            hold('H', ['Bed'], [step('S', 5), goTo('T')]),
            step('T', 1),
            hold('G', ['Bed'], [step('U', 1), finish('Out')]),
          ],
          ['X'],
        ),
      ],
    };
    expect(log(parts, { run: 100 }, ['finish'])).toEqual(['11 X 0 finish Out', '12 X 1 finish Out']);
  });
});

describe('flow', () => {
  test('together goes on when every branch has ended', () => {
    const parts = {
      resources: [resource('CT', 1)],
      cohorts: [cohort('X', [0, 0])],
      pathways: [pathway([together([step('Scan', 5, ['CT'])], [step('Blood', 7)]), step('Then', 1)], ['X'])],
    };
    expect(log(parts, { run: 100 }, starts)).toEqual([
      '0 X 0 start Scan',
      '0 X 0 start Blood',
      '0 X 1 start Blood',
      '5 X 1 start Scan',
      '7 X 0 start Then',
      '10 X 1 start Then',
    ]);
  });

  test('finish in a branch of together ends the whole way once all branches have', () => {
    const parts = {
      cohorts: [cohort('X', [0])],
      pathways: [pathway([together([step('A', 5), finish('Out')], [step('B', 7)]), step('Then', 1)], ['X'])],
    };
    expect(log(parts, { run: 100 }, ['start', 'finish'])).toEqual([
      '0 X 0 start A',
      '0 X 0 start B',
      '7 X 0 finish Out',
    ]);
  });

  test('repeat every counts from the first start, so that delays do not add up', () => {
    const parts = {
      resources: [resource('R', 1)],
      cohorts: [cohort('X', [0]), cohort('Block', [99])],
      pathways: [
        pathway(
          [{ kind: 'repeat', id: 'P.R', origin: HERE, times: n(4), every: n(100), body: [step('Review', 10, ['R'])] }],
          ['X'],
        ),
        pathway([step('Blocking', 131, ['R'])], ['Block'], { id: 'Q' }),
      ],
    };
    expect(log(parts, { run: 1000 }, starts).filter((row) => row.endsWith('Review'))).toEqual([
      '0 X 0 start Review',
      '230 X 0 start Review',
      '240 X 0 start Review',
      '300 X 0 start Review',
    ]);
  });

  test('repeat zero times does nothing; until stops after a round', () => {
    const repeat = (more: object) => ({
      cohorts: [cohort('X', [0])],
      pathways: [pathway([{ kind: 'repeat' as const, id: 'P.R', origin: HERE, body: [step('A', 1)], ...more }], ['X'])],
    });
    expect(log(repeat({ times: n(0) }), { run: 9 }, starts)).toEqual([]);
    expect(log(repeat({ until: { kind: 'boolean', value: true } }), { run: 9 }, starts)).toEqual(['0 X 0 start A']);
    expect(log(repeat({ atMost: n(2), again: n(1) }), { run: 9 }, starts)).toEqual(['0 X 0 start A', '1 X 0 start A']);
  });

  test('calls that go in a circle, and ways into a hold, are errors with a place', () => {
    const circle = { cohorts: [cohort('X', [0])], pathways: [pathway([call('P')], ['X'])] };
    expect(() => log(circle, { run: 9 })).toThrow(/call one another in a circle: P → P.*test\.pathway:1:1/);
    const into = {
      resources: [resource('R', 1)],
      cohorts: [cohort('X', [0])],
      pathways: [pathway([goTo('S'), hold('H', ['R'], [step('S', 1)])], ['X'])],
    };
    expect(() => log(into, { run: 9 })).toThrow(/cannot go to P\.S.*test\.pathway/);
  });
});

describe('staff and capacity', () => {
  const at = (from: number, to: number, amount: number) => ({
    rules: [{ amount: n(amount), from, to }],
    otherwise: n(0),
  });

  test('begun work is finished as overtime, and nobody starts after the shift', () => {
    const parts = {
      staff: [staff('G', 'Nurse', at(0, 60, 1))],
      cohorts: [cohort('X', [3000, 3500])],
      pathways: [pathway([step('S', 1200, [need([byRole('Nurse')])])], ['X'])],
    };
    expect(log(parts, { run: 2 * 86_400 }, starts)).toEqual(['3000 X 0 start S', '86400 X 1 start S']);
    expect(run(parts, { run: 2 * 86_400 }, 1)[0]?.facilities[0]?.overtime).toBe(600);
  });

  test('a decrease waits for running work', () => {
    const parts = {
      resources: [resource('Bed', { rules: [{ amount: n(1), from: 1 }], otherwise: n(2) })],
      cohorts: [cohort('X', [0, 0, 1])],
      pathways: [pathway([step('S', n(100), ['Bed'])], ['X'])],
    };
    expect(log(parts, { run: 1000 }, starts)).toEqual(['0 X 0 start S', '0 X 1 start S', '100 X 2 start S']);
  });

  test('a role is that of the step’s organisation, with `from` over it', () => {
    const parts = (from?: string) => ({
      staff: [staff('Here', 'Nurse', 1, { organisation: 'H' }), staff('There', 'Nurse', 1, { organisation: 'T' })],
      cohorts: [cohort('X', [0, 0])],
      pathways: [pathway([step('S', 10, [need([byRole('Nurse', from)])], { organisation: 'H' })], ['X'])],
    });
    expect(run(parts(), { run: 100 }, 1)[0]?.facilities.map((f) => f.census)).toEqual([0.2, 0]);
    expect(run(parts('T'), { run: 100 }, 1)[0]?.facilities.map((f) => f.census)).toEqual([0, 0.2]);
  });

  test('a skill takes the least qualified who has it, then the longest idle; overlapping needs find different people', () => {
    const people = (...ids: string[]) =>
      ids.map((id) => ({
        id,
        skills: id.startsWith('s') ? [{ skill: 'Lysis' }] : [],
        shifts: [],
        leave: [],
        origin: HERE,
      }));
    const parts = {
      skills: [{ id: 'Lysis', name: 'Lysis', origin: HERE, levels: [], codes: {} }],
      roles: [{ id: 'Nurse', name: 'Nurse', origin: HERE, codes: {}, skills: [] }],
      staff: [staff('G', 'Nurse', 9, { people: people('s1', 'n1') })],
      cohorts: [cohort('X', [0])],
      pathways: [pathway([step('S', 10, [need([byRole('Nurse')]), need([bySkill('Lysis')])])], ['X'])],
    };
    // Taking s1 for the first need would leave nobody for the second.
    expect(log(parts, { run: 100 }, starts)).toEqual(['0 X 0 start S']);
  });

  test('breakdown takes an idle unit or waits for work to end; repair brings it back', () => {
    const parts = {
      resources: [resource('CT', 1, { breakdown: { every: n(50), lasts: n(20) } })],
      cohorts: [cohort('X', [40, 41, 200])],
      pathways: [pathway([step('S', n(30), ['CT'])], ['X'])],
    };
    // It fails at 50 in use, is down from 70 to 90, fails again at 140 when idle until 160, and so on.
    expect(log(parts, { run: 300 }, starts)).toEqual(['40 X 0 start S', '90 X 1 start S', '200 X 2 start S']);
  });
});

describe('extreme inputs', () => {
  test('count 0 makes everybody wait, unlimited nobody, and a run says so', () => {
    const parts = (c: number | 'unlimited') => ({
      resources: [resource('R', c)],
      cohorts: [cohort('X', [0, 1])],
      pathways: [pathway([step('S', 10, ['R'])], ['X'])],
    });
    const [none] = run(parts(0), { run: 100 }, 1);
    expect(none?.flows[0]?.inProgress).toBe(2);
    expect(none?.impossible).toEqual([0]);
    const [all] = run(parts('unlimited'), { run: 100 }, 1);
    expect(all?.flows[0]?.finished).toBe(2);
    expect(all?.facilities[0]?.utilisation).toBeNull();
  });

  test.each([
    { order: 'a line of the timetable', from: 6, to: 20, amount: 'unlimited', otherwise: n(0) },
    { order: 'what holds otherwise', from: 20, to: 6, amount: n(0), otherwise: 'unlimited' },
  ] as const)('unlimited at some times as $order: nobody waits then, and there is no mean capacity', (each) => {
    const rule = { amount: each.amount, from: each.from * 60, to: each.to * 60 };
    const parts = {
      resources: [resource('R', { rules: [rule], otherwise: each.otherwise }, { cost: n(2) })],
      cohorts: [cohort('X', [0, 7 * 3600, 7 * 3600, 21 * 3600])],
      pathways: [pathway([step('S', 100, ['R'])], ['X'])],
    };
    const [result] = run(parts, { run: 24 * 3600 }, 1);
    expect(result?.flows[0]).toMatchObject({ finished: 3, inProgress: 1 });
    expect(result?.facilities[0]).toMatchObject({
      capacity: null,
      utilisation: null,
      wait: 2 * 3600,
      census: 300 / 86_400,
    });
    expect(result?.facilities[0]?.series.capacity).toBeNull();
  });

  test('what is unlimited at some times does not break down unit by unit', () => {
    const count = { rules: [{ amount: 'unlimited' as const, from: 360, to: 1200 }], otherwise: n(0) };
    const parts = { resources: [resource('R', count, { breakdown: { every: n(50), lasts: n(20) } })] };
    expect(() => run(parts, { run: 86_400 }, 1)).toThrow(
      'R is unlimited and cannot break down unit by unit: give it a count.',
    );
  });

  test('no arrivals, no instructions, no resources', () => {
    const [result] = run({ cohorts: [cohort('X', [])], pathways: [pathway([], ['X'])] }, { run: 100 }, 1);
    expect(result?.flows[0]).toMatchObject({ arrivals: 0, finished: 0, inProgress: 0, time: null });
    expect(result?.checks.every((check) => check.holds)).toBe(true);
  });

  test('two orders of taking resources lock, and the run says so, and since when', async () => {
    const parts = {
      resources: [resource('A', 1), resource('B', 1)],
      cohorts: [cohort('X', [0]), cohort('Y', [0]), cohort('Z', [50])],
      pathways: [
        pathway([hold('AB', ['A'], [step('S', 5), hold('B1', ['B'], [step('T', 5)])])], ['X', 'Z']),
        pathway([hold('BA', ['B'], [step('U', 5), hold('A1', ['A'], [step('V', 5)])])], ['Y'], { id: 'Q' }),
      ],
    };
    const [result] = run(parts, { run: 100 }, 1);
    expect(result?.locked).toEqual({ facilities: [0, 1], patients: 3, since: 5 });
    const { scenarios } = await simulateStudy(model(parts, { run: 100, replications: 2 }), 'S');
    const warning = scenarios[0]?.warnings.find(({ kind }) => kind === 'locked');
    expect(warning?.message).toContain(
      'in 2 of 2 replications: each keeps what another waits for (A, B), first after 5 s.',
    );
  });

  test('a loop that takes no time is stopped with its place', () => {
    const parts = { cohorts: [cohort('X', [0])], pathways: [pathway([step('S', 0), goTo('S')], ['X'])] };
    expect(() => run(parts, { run: 100 }, 1)).toThrow(/Time stands still/);
  });

  test('negative durations take no time and are counted', () => {
    const parts = { cohorts: [cohort('X', [0])], pathways: [pathway([step('S', -5)], ['X'])] };
    expect(run(parts, { run: 100 }, 1)[0]?.negative).toEqual([{ activity: 0, times: 1 }]);
  });
});
