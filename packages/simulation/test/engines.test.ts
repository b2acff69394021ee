import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mmc, network } from '../bench/models.js';
import type { SimulationInput } from '../src/index.js';
import type { Engine } from '../src/engine/engine.js';
import { typescriptEngine } from '../src/engine/typescript.js';
import { webAssemblyEngine } from '../src/engine/webassembly.js';
import { runReplication, traceReplication } from '../src/study/replication.js';
import known from './fixtures/known-results.json' with { type: 'json' };
import { input } from './build.js';
import { knownModels } from './known-models.js';
import { randomModel } from './random-models.js';

const DAY = 86_400;

/** All that a replication gives, or why it stopped. */
function outcome(engine: Engine, compiled: SimulationInput, replication: number): string {
  try {
    return JSON.stringify(runReplication(compiled, replication, undefined, engine));
  } catch (error) {
    return String(error);
  }
}

function expectSame(compiled: SimulationInput, replication = 0): void {
  const reference = outcome(typescriptEngine, compiled, replication);
  expect(outcome(webAssemblyEngine, compiled, replication)).toBe(reference);
}

describe('WebAssembly and TypeScript give the same bytes', () => {
  test('on a queue and a network, in several replications', () => {
    for (const replication of [0, 1, 2]) {
      expectSame(input(mmc(), { run: 20_000, warmUp: 100 }), replication);
      expectSame(input(network(), { run: 20 * DAY, warmUp: 2 * DAY }), replication);
    }
  });

  test('on the models whose results are known', () => {
    for (const model of Object.values(knownModels)) expectSame(model());
  });

  test('on models at random, row by row of the event log', () => {
    fc.assert(
      fc.property(randomModel, fc.integer({ min: 0, max: 5 }), (parts, replication) => {
        const compiled = input(parts, { run: 2 * DAY, warmUp: 3600 });
        expectSame(compiled, replication);
        const rows = (engine: Engine): unknown => traceReplication(compiled, replication, 5000, engine);
        expect(rows(webAssemblyEngine)).toEqual(rows(typescriptEngine));
      }),
      { numRuns: 80, seed: 11 },
    );
  });
});

test('models at random keep the laws of every run', () => {
  fc.assert(
    fc.property(randomModel, fc.integer({ min: 0, max: 1e9 }), (parts, seed) => {
      const { checks } = runReplication(input(parts, { run: 3 * DAY, warmUp: 7200, seed }), 0);
      expect(checks.filter((check) => !check.holds)).toEqual([]);
    }),
    { numRuns: 80, seed: 12 },
  );
});

test.each(Object.keys(knownModels))('%s gives what the first engine gave', (name) => {
  const result = runReplication(knownModels[name]!(), 0);
  const expected = (known as Record<string, unknown>)[name];
  expect({
    events: result.events,
    facilities: result.facilities.map(({ census, queue, wait, requests }) => ({ census, queue, wait, requests })),
    flows: result.flows.map(({ arrivals, finished, time }) => ({ arrivals, finished, time })),
    activities: result.activities.map(({ starts, completions, wait, duration, gaveUp }) => ({
      starts,
      completions,
      wait,
      duration,
      gaveUp,
    })),
    indicators: result.indicators.map((figures) => figures.map(({ value }) => value)),
  }).toEqual(expected);
});

test('runs of the plain engine may be under way at the same time', () => {
  const compiled = input(network(), { run: 3 * DAY });
  const alone = outcome(typescriptEngine, compiled, 1);
  expect(outcome(typescriptEngine, compiled, 0)).not.toBe(alone);
  expect(outcome(typescriptEngine, compiled, 1)).toBe(alone);
});
