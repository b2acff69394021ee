import { engineProgram } from '@pathway/interchange';
import type { Activity, Expression, Model } from '@pathway/model';
import fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  findingsOf,
  holds,
  type Parameters,
  parametersOf,
  processOf,
  type ReadProcess,
} from '../../interchange/test/engines/prosimos-files.js';
import { mmc } from '../bench/models.js';
import {
  choose,
  cohort,
  draw,
  every,
  finish,
  freshIds,
  gather,
  goTo,
  HERE,
  hold,
  input,
  n,
  pathway,
  resource,
  step,
  together,
  type TestStudy,
} from './build.js';

const DAY = 86_400;

interface Written {
  readonly bpmn: string;
  readonly process: ReadProcess;
  readonly parameters: Parameters;
  readonly otherwise: readonly string[];
}

/** The two files of a model, which must be without findings. */
function written(model: Partial<Model>, study: TestStudy = { run: 10 * DAY }): Written {
  freshIds();
  const { files, refused, otherwise } = engineProgram(input(model, study), 'prosimos', { replications: 5 });
  expect(refused).toEqual([]);
  const [bpmn = '', json = ''] = files.map(({ content }) => content);
  expect(findingsOf(bpmn, json)).toEqual([]);
  return { bpmn, process: processOf(bpmn), parameters: parametersOf(json), otherwise };
}

function refusals(model: Partial<Model>): readonly string[] {
  freshIds();
  return engineProgram(input(model, { run: DAY }), 'prosimos', { replications: 5 }).refused;
}

const law = (name: string, ...values: readonly number[]): Parameters['arrival_time_distribution'] => ({
  distribution_name: name,
  distribution_params: values.map((value) => ({ value })),
});
const times = ({ parameters }: Written): unknown[] =>
  parameters.task_resource_distribution.flatMap(({ resources }) =>
    resources.map(({ distribution_name: name, distribution_params: values }) =>
      law(name, ...values.map(({ value }) => value)),
    ),
  );

const one = (body: readonly Activity[], more: Partial<Model> = {}): Partial<Model> => ({
  resources: [resource('R', 2)],
  cohorts: [cohort('X', every(3600))],
  pathways: [pathway(body, ['X'])],
  ...more,
});

const FAR = 1e12;

describe('a study for Prosimos', () => {
  test.each<readonly [string, Expression, Parameters['arrival_time_distribution'], readonly string[]]>([
    ['a number', n(600), law('fix', 600), []],
    ['exponential', draw('exponential', { mean: 600 }), law('expon', 600, 0, FAR), []],
    // Above a bound an exponential law begins anew.
    ['from a bound on', { ...draw('exponential', { mean: 600 }), from: n(60) }, law('expon', 660, 60, FAR), []],
    ['uniform', draw('uniform', { low: 60, high: 120 }), law('uniform', 60, 120), []],
    ['normal', draw('normal', { mean: 600, sd: 60 }), law('norm', 600, 60, 0, FAR), []],
    ['lognormal', { ...draw('lognormal', { mean: 600, sd: 60 }), to: n(900) }, law('lognorm', 600, 3600, 0, 900), []],
    ['gamma', draw('gamma', { shape: 4, scale: 150 }), law('gamma', 600, 90_000, 0, FAR), []],
    ['Erlang', draw('erlang', { stages: 4, mean: 600 }), law('gamma', 600, 90_000, 0, FAR), []],
    // Mean (60 + 90 + 150) / 3, variance (60² + 90² + 150² − 60·90 − 60·150 − 90·150) / 18.
    [
      'a law that it lacks',
      draw('triangular', { low: 60, mode: 90, high: 150 }),
      law('gamma', 100, 350, 0, FAR),
      [
        'times of one law: S (test.pathway:1:1) — the triangular law is a gamma law with the same mean and standard deviation',
      ],
    ],
  ])('has the time of a step, %s', (_, takes, expected, otherwise) => {
    const files = written(one([step('S', takes, ['R'])]));
    const [found] = times(files) as Parameters['arrival_time_distribution'][];
    expect(found?.distribution_name).toBe(expected.distribution_name);
    found?.distribution_params.forEach(({ value }, i) =>
      expect(value).toBeCloseTo(expected.distribution_params[i]?.value ?? Number.NaN, 6),
    );
    expect(files.otherwise).toEqual(otherwise);
  });

  test('has work that needs nobody as a timer, and a hold around one step as a task', () => {
    const { process, parameters } = written(one([hold('H', ['R'], [step('In', 300)]), step('After', 60)]));
    expect([...process.kinds.values()].sort()).toEqual(['endEvent', 'intermediateCatchEvent', 'startEvent', 'task']);
    expect(parameters.event_distribution.map(({ distribution_params: [time] }) => time?.value)).toEqual([60]);
    expect(parameters.resource_profiles[0]?.resource_list).toMatchObject([{ id: 'Resource_R', amount: 2 }]);
  });

  test('refuses a hold around more than one step, and says where', () => {
    expect(refusals(one([hold('H', ['R'], [step('A', 300), step('B', 300)])]))).toEqual([
      'holds: H (test.pathway:1:1) — Prosimos keeps a unit over one task, which must be a step that takes time and needs nothing else',
    ]);
  });

  test('has a group of a fixed size as a batch, which takes the time of one', () => {
    const group = gather('G', { size: 8 }, [step('Talk', 600, ['R'])]);
    const { parameters, otherwise } = written(
      one([choose([{ share: 0.4, body: [group] }, { body: [] }]), step('After', 60, ['R'])]),
    );
    const [talk] = parameters.task_resource_distribution.filter(({ task_id: id }) => id.includes('Talk'));
    expect(talk?.resources.map(({ distribution_params: [time] }) => time?.value)).toEqual([600]);
    expect(parameters.batch_processing).toEqual([
      {
        task_id: talk?.task_id,
        type: 'Parallel',
        // The first is the chance that somebody goes alone; the time of a batch is that of one, by its size, by this part.
        size_distrib: [
          { key: '1', value: 0 },
          { key: '8', value: 1 },
        ],
        duration_distrib: [{ key: '8', value: 1 / 8 }],
        firing_rules: [[{ attribute: 'size', comparison: '=', value: 8 }]],
      },
    ]);
    expect(otherwise).toEqual([]);
  });

  const TALK = step('Talk', 600, ['R']);
  const MEMBERS = 'Prosimos gathers a known number of cases for one task of a known time, which keeps one unit';
  const ORDER =
    'Prosimos gathers cases in the order in which they began what is before, so that it must be the first that they do';
  test.each<readonly [string, readonly Activity[], string]>([
    ['that leaves by time', [gather('G', { size: 8, after: 900 }, [TALK])], MEMBERS],
    ['that leaves by a timetable', [gather('G', { every: 900, atMost: 8 }, [TALK])], MEMBERS],
    [
      'whose time is drawn',
      [gather('G', { size: 8 }, [step('Talk', draw('exponential', { mean: 9 }), ['R'])])],
      MEMBERS,
    ],
    ['that needs nobody', [gather('G', { size: 8 }, [step('Talk', 600)])], MEMBERS],
    ['with two steps', [gather('G', { size: 8 }, [TALK, step('Second', 600, ['R'])])], MEMBERS],
    ['with a way out', [gather('G', { size: 8 }, [TALK, finish('Home')])], MEMBERS],
    ['after a step', [step('First', 60, ['R']), gather('G', { size: 8 }, [TALK])], ORDER],
    ['after a wait', [step('First', 60), gather('G', { size: 8 }, [TALK])], ORDER],
  ])('refuses a group %s', (_, body, why) => {
    expect(refusals(one(body))).toEqual([`gather: G (test.pathway:1:1) — ${why}`]);
  });

  test('has two streams that come at random as one, with the shares of each', () => {
    const { parameters } = written({
      resources: [resource('R', 2)],
      cohorts: [cohort('X', every(3600)), cohort('Y', every(1200), { priority: n(-1) })],
      pathways: [pathway([step('S', 60, ['R'])], ['X', 'Y'])],
    });
    expect(parameters.arrival_time_distribution).toEqual(law('expon', 900, 0, FAR));
    expect(parameters.case_attributes).toEqual([
      {
        name: 'cohort',
        type: 'discrete',
        values: [
          { key: 'X', value: 0.25 },
          { key: 'Y', value: 0.75 },
        ],
      },
    ]);
    const priority = (level: number, value: string): unknown => ({
      priority_level: level,
      rules: [[{ attribute: 'cohort', comparison: '=', value }]],
    });
    expect(parameters.prioritisation_rules).toEqual([priority(1, 'Y'), priority(2, 'X')]);
  });

  test('writes rounds of a known number one after another, each with its chance', () => {
    const repeat: Activity = {
      kind: 'repeat',
      id: 'P.Again',
      origin: HERE,
      atMost: n(3),
      again: n(0.4),
      body: [step('S', 60, ['R'])],
    };
    const { parameters } = written(one([repeat]));
    expect(parameters.task_resource_distribution.length).toBe(3);
    expect(
      parameters.gateway_branching_probabilities.map(({ probabilities }) => probabilities.map(({ value }) => value)),
    ).toEqual([
      [0.4, 0.6],
      [0.4, 0.6],
    ]);
  });

  test('has units that come and go with the hours as resources with calendars, clock changes or not', () => {
    const rules = [{ amount: n(3), from: 8 * 60, to: 16 * 60 }];
    const { parameters } = written(
      one([step('S', 60, ['R'])], { resources: [resource('R', { rules, otherwise: n(1) })] }),
      { run: 60 * DAY, start: '2026-03-01T00:00', timezone: 'Europe/London' },
    );
    const list = parameters.resource_profiles[0]?.resource_list ?? [];
    expect(list.map(({ amount }) => amount)).toEqual([1, 2]);
    const periods = list.map(
      ({ calendar }) => parameters.resource_calendars.find(({ id }) => id === calendar)?.time_periods,
    );
    const week = (beginTime: string, endTime: string): unknown => [
      { from: 'MONDAY', to: 'SUNDAY', beginTime, endTime },
    ];
    expect(periods).toEqual([week('00:00:00.000000', '23:59:59.999999'), week('08:00:00.000000', '16:00:00.000000')]);
  });

  const route: Expression = {
    kind: 'one of',
    options: [
      { value: 'a', share: n(0.2) },
      { value: 'b', share: n(0.3) },
      { value: 'c', share: n(0.5) },
    ],
  };
  const byRoute: Expression = {
    kind: 'cases',
    attribute: 'route',
    cases: [
      { values: ['a'], then: n(60) },
      { values: ['b'], then: draw('exponential', { mean: 90 }) },
    ],
    otherwise: n(120),
  };

  test('sends every patient one way at each gateway that asks for attributes', () => {
    const attributes = [
      { name: 'route', categories: ['a', 'b', 'c'], value: route, origin: HERE },
      { name: 'age', categories: [], value: draw('normal', { mean: 70, sd: 10 }), origin: HERE },
    ];
    const { parameters } = written({
      resources: [resource('R', 2)],
      cohorts: [
        cohort('X', every(3600), { attributes }),
        cohort('Y', every(3600), { attributes: [{ name: 'age', categories: [], value: n(50), origin: HERE }] }),
      ],
      pathways: [
        pathway(
          [
            step('S', byRoute, ['R']),
            choose([{ values: ['a', 'b'], body: [step('A', 60, ['R'])] }, { body: [finish('Home')] }], 'route'),
            choose([
              {
                when: {
                  kind: 'binary',
                  operator: '>=',
                  left: { kind: 'attribute', name: 'age' },
                  right: n(65),
                },
                body: [step('Old', 60, ['R'])],
              },
              { body: [] },
            ]),
          ],
          ['X', 'Y'],
        ),
      ],
    });
    const rules = new Map(parameters.branch_rules.map((each) => [each.id, each.rules] as const));
    expect(parameters.gateway_branching_probabilities.length).toBe(3);
    for (const who of ['X', 'Y'])
      for (const value of ['a', 'b', 'c'])
        for (const age of [40, 65, 90])
          for (const { gateway_id: gateway, probabilities } of parameters.gateway_branching_probabilities) {
            // Patients of Y have no route, and their time is not known: no run of ours lets them come to such a step.
            if (who === 'Y' && gateway.includes('S.law')) continue;
            const taken = probabilities.filter(({ condition_id: id }) =>
              holds(rules.get(id ?? '') ?? [], { cohort: who, route: value, age }),
            );
            expect(taken.length, `${gateway} for ${who}, ${value}, ${age}`).toBe(1);
          }
  });

  const DURATIONS = [n(300), draw('exponential', { mean: 600 }), draw('lognormal', { mean: 600, sd: 300 })];
  const body = (depth: number, prefix: string): fc.Arbitrary<Activity[]> =>
    fc
      .integer({ min: 1, max: 3 })
      .chain((count) => fc.tuple(...Array.from({ length: count }, (_, i) => activity(depth, `${prefix}${i}`))));
  const activity = (depth: number, name: string): fc.Arbitrary<Activity> => {
    const plain = fc
      .record({ takes: fc.constantFrom(...DURATIONS), needs: fc.constantFrom([], ['A'], ['B']) })
      .map(({ takes, needs }) => step(name, takes, needs));
    if (depth === 0) return plain;
    const inner = (tag: string): fc.Arbitrary<Activity[]> => body(depth - 1, `${name}${tag}`);
    return fc.oneof(
      plain,
      fc
        .record({ a: inner('a'), b: inner('b'), ends: fc.boolean() })
        .map(({ a, b, ends }) =>
          choose([{ share: 0.3, body: ends ? [...a, goTo('Last')] : a }, { share: 0.2, body: [] }, { body: b }]),
        ),
      fc
        .record({ a: plain, b: plain })
        .map(({ a, b }) => together([a], [choose([{ share: 0.5, body: [b] }, { body: [] }])])),
      fc.record({ rounds: inner('r'), atMost: fc.constantFrom(n(2), undefined) }).map(({ rounds, atMost }) => ({
        kind: 'repeat' as const,
        id: `P.${name}`,
        origin: HERE,
        ...(atMost !== undefined && { atMost }),
        again: n(0.3),
        body: rounds,
      })),
    );
  };

  test('brings whatever patients do to its one end, with nothing left behind', () => {
    fc.assert(
      fc.property(
        body(2, 'S'),
        fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true })),
        (made, luck) => {
          const files = written({
            resources: [resource('A', 1), resource('B', 3)],
            cohorts: [cohort('X', every(3600))],
            pathways: [pathway([...made, step('Last', 60, ['A'])], ['X'])],
          });
          for (let walk = 0; walk < 5; walk++) expect(leftBehind(files, luck)).toEqual({ end: 1 });
        },
      ),
      { numRuns: 60 },
    );
  });

  test('is run by Prosimos, which finds what a queue with ten servers is known to do', { timeout: 60_000 }, () => {
    const finds = spawnSync('python3', ['-c', 'import prosimos.simulation_engine']);
    if (finds.status !== 0) {
      console.log('NOT TESTED: what Prosimos finds: it is not installed');
      return;
    }
    const folder = mkdtempSync(join(tmpdir(), 'prosimos-'));
    try {
      const { files } = engineProgram(input(mmc(), { run: 10_000 }), 'prosimos', { replications: 1 });
      files.forEach(({ extension, content }) => writeFileSync(join(folder, `q${extension}`), content));
      const program =
        'import sys, random, numpy; from prosimos.simulation_engine import run_simulation as r; numpy.random.seed(1); random.seed(1); r(sys.argv[1] + ".bpmn", sys.argv[1] + ".json", 15000, None, sys.argv[1] + ".csv", "2026-01-05T00:00:00.000000+00:00")';
      expect(spawnSync('python3', ['-c', program, join(folder, 'q')], { encoding: 'utf8' }).stderr).toBe('');
      const [, ...rows] = readFileSync(join(folder, 'q.csv'), 'utf8').trim().split('\n');
      const waits = rows.map((row) => {
        const [, , enabled = '', started = ''] = row.split(',');
        return (Date.parse(started) - Date.parse(enabled)) / 1000;
      });
      // Load 8; Erlang C of ten servers is 0.4092, and the mean wait that over 10/8 − 1.
      expect(Math.abs(waits.reduce((a, b) => a + b, 0) / waits.length - 1.637)).toBeLessThan(0.6);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

/** One case goes its way by chance: what is left where nothing can go on. */
function leftBehind({ process, parameters }: Written, luck: Iterator<number>): Readonly<Record<string, number>> {
  const { kinds, ways } = process;
  const [start = ''] = [...kinds].flatMap(([id, kind]) => (kind === 'startEvent' ? [id] : []));
  const arrived = new Map<string, Set<string>>();
  let ended = 0;
  const open = [{ at: start, by: '' }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { at, by } = next;
    const incoming = ways.filter(({ to }) => to === at);
    if (kinds.get(at) === 'endEvent') ended++;
    if (kinds.get(at) === 'parallelGateway' && incoming.length > 1) {
      const here = (arrived.get(at) ?? new Set<string>()).add(by);
      arrived.set(at, here);
      if (here.size < incoming.length) continue;
      arrived.delete(at);
    }
    const outgoing = ways.filter(({ from }) => from === at);
    if (kinds.get(at) !== 'exclusiveGateway' || outgoing.length < 2) {
      open.push(...outgoing.map(({ id, to }) => ({ at: to, by: id })));
      continue;
    }
    const chances = parameters.gateway_branching_probabilities.find(({ gateway_id: id }) => id === at)?.probabilities;
    let drawn = Number(luck.next().value);
    const taken = chances?.find(({ value }) => (drawn -= value) < 0) ?? chances?.at(-1);
    const way = outgoing.find(({ id }) => id === taken?.path_id);
    if (way !== undefined) open.push({ at: way.to, by: way.id });
  }
  return { ...Object.fromEntries([...arrived].map(([id, by]) => [id, by.size])), end: ended };
}
