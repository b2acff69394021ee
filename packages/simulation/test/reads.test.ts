import type { Formula, Model } from '@pathway/model';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mmc, network } from '../bench/models.js';
import type { Engine } from '../src/engine/engine.js';
import { typescriptEngine } from '../src/engine/typescript.js';
import { webAssemblyEngine } from '../src/engine/webassembly.js';
import { parseSimulationInput, simulateStudy, type SimulationInput } from '../src/index.js';
import { countedFacilities } from '../src/statistics/counted.js';
import { inThisThread, type ReplicationExecutor } from '../src/study/executor.js';
import { runReplication } from '../src/study/replication.js';
import { census, HERE, indicator, input, model, n, plus } from './build.js';
import { randomModel } from './random-models.js';

const DAY = 86_400;

const above = (left: Formula, right: number): Formula => ({
  kind: 'operation',
  operator: '>',
  left,
  right: { kind: 'constant', value: n(right) },
});

/** Indicators that look at resources in every way there is, by their names or all of them. */
function measured(a: string, b: string): Model['indicators'] {
  const on = { kind: 'resource', resource: a } as const;
  const share = indicator('BothBusy', {
    kind: 'value',
    value: { kind: 'probability', condition: above(plus(census(a), census(b)), 1) },
  });
  return [
    indicator('InUse', { kind: 'value', value: census(a) }),
    indicator('Queue', { kind: 'value', value: { kind: 'queue', target: on } }),
    indicator('Load', { kind: 'value', value: { kind: 'utilisation', target: on } }),
    indicator('Busy', { kind: 'value', value: { kind: 'busy time', target: on } }),
    indicator('Room', { kind: 'value', value: { kind: 'capacity', target: on } }),
    indicator('Cost', { kind: 'value', value: { kind: 'cost', of: 'all' } }),
    indicator('Stay', { kind: 'time', from: { kind: 'arrival' }, to: { kind: 'exit' } }),
    share,
    indicator('Twice', {
      kind: 'value',
      value: plus(
        { kind: 'indicator', indicator: 'InUse', statistic: 'mean' },
        { kind: 'indicator', indicator: 'Stay', statistic: { percentile: 90 } },
      ),
    }),
  ];
}

/** The first row of each indicator that is read, or why the run stopped. */
function figures(engine: Engine, compiled: SimulationInput, indicators: readonly number[]): unknown {
  try {
    const result = runReplication(compiled, 1, undefined, engine);
    return { expectations: result.expectations, read: indicators.map((i) => result.indicators[i]?.[0]) };
  } catch (error) {
    return String(error);
  }
}

/** Every indicator read alone, and the expectations alone, have the figures of a run that counts everything. */
function expectSameFigures(compiled: SimulationInput): void {
  for (const engine of [webAssemblyEngine, typescriptEngine]) {
    compiled.indicators.forEach((_, i) => {
      const lean = { ...compiled, reads: { indicators: [i], expectations: true } };
      expect(figures(engine, lean, [i])).toEqual(figures(engine, compiled, [i]));
    });
    const lean = { ...compiled, reads: { indicators: [], expectations: true } };
    expect(figures(engine, lean, [])).toEqual(figures(engine, compiled, []));
  }
}

const expected = (id: string, statistic: 'mean' | 'maximum' = 'mean'): Model['expectations'][number] => ({
  id: `Expect${id}`,
  origin: HERE,
  text: id,
  indicator: id,
  statistic,
  operator: '<=',
  limit: n(3),
  scenarios: [],
});

describe('a run that counts what is read alone', () => {
  test('gives the same bits of it on models at random, in both builds', () => {
    fc.assert(
      fc.property(randomModel, (parts) => {
        const made = { ...parts, indicators: measured('A', 'B'), expectations: [expected('Queue')] };
        expectSameFigures(input(made, { run: DAY, warmUp: 3600 }));
      }),
      { numRuns: 15, seed: 17 },
    );
  });

  test('gives the same bits of it on a network and a queue', () => {
    const indicators = measured('Doctor', 'Nurse');
    expectSameFigures(input({ ...network(), indicators, expectations: [expected('Twice')] }, { run: 20 * DAY }));
    expectSameFigures(input({ ...mmc(), indicators: measured('R', 'R') }, { run: 5000, warmUp: 100 }));
  });

  test('counts the resources that an indicator looks at, through others too, and says nothing of resources', () => {
    const compiled = input({ ...network(), indicators: measured('Doctor', 'Nurse') }, { run: 10 * DAY });
    const countedBy = (...names: readonly string[]): string[] => {
      const indicators = names.map((name) => compiled.indicators.findIndex(({ id }) => id === name));
      const counted = countedFacilities({ ...compiled, reads: { indicators, expectations: false } });
      return compiled.facilities.filter((_, f) => counted[f]).map(({ id }) => id);
    };
    expect(countedBy('Twice')).toEqual(['Doctor']);
    expect(countedBy('BothBusy').sort()).toEqual(['Doctor', 'Nurse']);
    expect(countedBy('Stay')).toEqual([]);
    expect(countedBy('Stay', 'Cost')).toHaveLength(compiled.facilities.length);
    const lean: SimulationInput = { ...compiled, reads: { indicators: [6], expectations: false } };
    expect(parseSimulationInput(JSON.parse(JSON.stringify(lean)))).toEqual(lean);
    const { facilities, stocks, indicators, checks } = runReplication(lean, 0);
    expect([facilities, stocks]).toEqual([[], []]);
    expect(indicators.map((rows) => rows.length > 0)).toEqual(compiled.indicators.map((_, i) => i === 6));
    expect(checks.length).toBeGreaterThan(0);
    expect(checks.filter(({ holds }) => !holds)).toEqual([]);
  });
});

test('a search and sensitivities ask for what they read alone, and find what they find where everything is counted', async () => {
  const rate = {
    id: 'Mean',
    name: 'Mean',
    origin: HERE,
    value: n(8),
    uncertainty: { kind: 'range' as const, low: n(6), high: n(9) },
  };
  const parts = { ...mmc(), numbers: [rate], indicators: measured('R', 'R'), expectations: [expected('Queue')] };
  const made = model(parts, { run: 2000, warmUp: 100, replications: 10 });
  const lever = {
    origin: HERE,
    text: 'R.count',
    target: { kind: 'resource', id: 'R', property: 'count' },
    low: 8,
    high: 14,
  } as const;
  const whole: Model = {
    ...made,
    studies: made.studies.map((study) => ({
      ...study,
      find: { origin: HERE, levers: [lever], objective: 'units' as const, certainty: n(0.9) },
      sensitivities: [
        { origin: HERE, indicator: 'Stay', statistic: { percentile: 75 }, method: 'Morris' as const, size: 4 },
      ],
    })),
  };
  let lean = 0;
  let all = 0;
  const countingAll: ReplicationExecutor = {
    run: (jobs, hooks) =>
      inThisThread.run(
        jobs.map(({ input: { reads, ...rest }, replication }) => {
          if (reads === undefined) all++;
          else lean++;
          return { input: rest, replication };
        }),
        hooks,
      ),
  };
  const results = await simulateStudy(whole, 'S');
  expect(results.found?.answer).toBeDefined();
  expect(results.sensitivities?.[0]?.complete).toBe(true);
  expect(await simulateStudy(whole, 'S', { executor: countingAll })).toEqual(results);
  // The study's own scenario has all its figures.
  expect(all).toBe(10);
  expect(lean).toBeGreaterThan(10);
});
