import { describe, expect, test } from 'vitest';
import { type Expression, type Model, type NamedNumber, type Study } from '@pathway/model';
import { simulateStudy, type ReplicationExecutor, type ReplicationJob } from '../../src/index.js';
import { inThisThread } from '../../src/study/executor.js';
import { replicationsThatFit } from '../../src/study/memory.js';
import { testStudy } from '../../src/study/test-study.js';
import { HERE, model, n } from '../build.js';
import { mmc, withStudy } from './queues.js';

/** Runs in this thread, and writes down how many jobs were given away at once. */
function watched(): ReplicationExecutor & { readonly given: number[] } {
  const given: number[] = [];
  return {
    given,
    run: (jobs: readonly ReplicationJob[], hooks) => {
      given.push(jobs.length);
      return inThisThread.run(jobs, hooks);
    },
  };
}

const study = (changes: Partial<Study>, run = 500): Model => withStudy(model(mmc(125, 1), { run }), changes);

function uncertain(count: number): NamedNumber[] {
  const seconds = (value: number): Expression => ({ kind: 'number', value, dimension: { time: 1, money: 0 } });
  return Array.from({ length: count }, (_, i) => ({
    id: `N${i}`,
    name: `N${i}`,
    origin: HERE,
    value: seconds(2),
    uncertainty: { kind: 'range', low: seconds(1), high: seconds(3) },
  }));
}

describe('a study that asks for more than can be', () => {
  test('of replications is refused after its first ten', async () => {
    const executor = watched();
    const asked = simulateStudy(study({ replications: { kind: 'fixed', times: 1e9 } }), 'S', { executor });
    await expect(asked).rejects.toThrow(
      /^1000000000 replications of the scenario do not fit into memory; about \d+ do\./,
    );
    expect(executor.given).toEqual([10]);
  });

  test('of replications until a precision goes on as long as results can be kept, and stops when told to', async () => {
    const replications: Study['replications'] = {
      kind: 'precision',
      targets: [{ indicator: 'Wait', statistic: 'mean', halfWidth: n(1e-9), relative: false }],
      atMost: 1e9,
    };
    let total = 0;
    let done = 0;
    const results = await simulateStudy(study({ replications }), 'S', {
      onProgress: (now, all) => {
        done = now;
        total = all;
      },
      shouldStop: () => done >= 35,
    });
    expect(results.interrupted).toBe(true);
    expect(results.scenarios[0]?.replications).toBe(35);
    expect(total).toBeGreaterThan(10_000);
    expect(total).toBeLessThan(1e7);
  });

  test('of time is refused before it runs', async () => {
    const executor = watched();
    const asked = simulateStudy(study({}, 1e16), 'S', { executor });
    await expect(asked).rejects.toThrow('A study runs for at most 10,000 years of 366 d');
    expect(executor.given).toEqual([]);
  });

  test.each([
    ['Sobol', 'samples'],
    ['Morris', 'paths'],
    ['one at a time', 'replications'],
  ] as const)('of runs for a sensitivity by %s is refused before it runs', async (method, fewer) => {
    const executor = watched();
    const whole = study({
      replications: { kind: 'fixed', times: 100_000 },
      sensitivities: [{ origin: HERE, indicator: 'Wait', statistic: 'mean', method, size: 1e6 }],
    });
    const asked = simulateStudy({ ...whole, numbers: uncertain(100) }, 'S', { executor });
    await expect(asked).rejects.toThrow(
      new RegExp(
        `^The sensitivity of Wait takes \\d+ replications; at most 10000000 are run. Ask for fewer ${fewer}.$`,
      ),
    );
    expect(executor.given).toEqual([]);
  });

  test('of combinations for a search is refused before it runs', async () => {
    const executor = watched();
    const lever = { origin: HERE, text: 'R.count', target: { kind: 'resource', id: 'R', property: 'count' } } as const;
    const find = {
      origin: HERE,
      levers: [{ ...lever, low: 1, high: 1e7 }],
      objective: 'units',
      certainty: n(0.95),
    } as const;
    await expect(simulateStudy(study({ find }), 'S', { executor })).rejects.toThrow(
      'The search has 10000000 combinations; at most 20000 can be looked at. Narrow the ranges.',
    );
    expect(executor.given).toEqual([]);
  });
});

test('a sensitivity that is stopped begins no further rows', async () => {
  let stopped = false;
  const executor = watched();
  const whole = study({
    replications: { kind: 'fixed', times: 2 },
    sensitivities: [{ origin: HERE, indicator: 'Wait', statistic: 'mean', method: 'Sobol', size: 1000 }],
  });
  const results = await simulateStudy({ ...whole, numbers: uncertain(50) }, 'S', {
    executor,
    onProgress: (done) => {
      stopped ||= done >= 120;
    },
    shouldStop: () => stopped,
  });
  // The study's own two, a group of two rows of 52, and one that the stop cuts off.
  expect(executor.given).toEqual([2, 104, 104]);
  expect(results.sensitivities?.[0]).toMatchObject({ complete: false, runs: 118 });
});

test('a fixed number of replications is the same in one piece and in several', async () => {
  const executor = watched();
  const times = 10_020;
  const results = await simulateStudy(study({ replications: { kind: 'fixed', times } }, 1), 'S', { executor });
  expect(executor.given).toEqual([10, 10_000, 10]);
  expect(results.scenarios[0]?.replications).toBe(times);
  expect(results.replicationsExplained).toBe('10020 replications of each scenario, as the study says.');
});

test('what is not yet run takes no memory, and what is kept takes less the less there is of it', async () => {
  expect(replicationsThatFit([[]])).toBe(Number.POSITIVE_INFINITY);
  const kept: number[] = [];
  for (const run of [100, 100 * 86_400]) {
    await simulateStudy(study({}, run), 'S', { onResult: (_, result) => kept.push(replicationsThatFit([[result]])) });
  }
  const [short = 0, long = 0] = [kept[0], kept.at(-1)];
  expect(short).toBeGreaterThanOrEqual(long);
  expect(long).toBeGreaterThan(10_000);
});

test('nothing is said of who arrived where no replication has ended', async () => {
  const results = await simulateStudy(study({}), 'S', { shouldStop: () => true });
  expect(results.scenarios[0]).toMatchObject({ replications: 0, warnings: [] });
});

test('a test with more scenarios than one gives each its own further replications', async () => {
  const whole = study({ replications: { kind: 'fixed', times: 2 } });
  const seen: string[] = [];
  const executor: ReplicationExecutor = {
    run: (jobs, hooks) => {
      seen.push(...jobs.map(({ input, replication }) => `${input.scenario} ${replication}`));
      return inThisThread.run(jobs, hooks);
    },
  };
  const scenarios = ['A', 'B'].map((id) => ({ id, name: id, origin: HERE, basedOn: [], overrides: [] }));
  const expectations: Model['expectations'] = [
    {
      id: 'expect',
      origin: HERE,
      text: 'Wait <= 200 s',
      indicator: 'Wait',
      statistic: 'mean',
      operator: '<=',
      limit: n(200),
      scenarios: [],
    },
  ];
  const both = {
    ...whole,
    scenarios,
    expectations,
    studies: whole.studies.map((each) => ({ ...each, scenarios: ['A', 'B'] })),
  };
  await testStudy(both, 'S', { replications: 8 }, { executor });
  // Two each as the study says, and two each at the second look.
  expect(seen.toSorted()).toEqual(['A', 'B'].flatMap((scenario) => [0, 1, 2, 3].map((r) => `${scenario} ${r}`)));
});
