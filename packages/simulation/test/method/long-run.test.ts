import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  batchesOf,
  compileInput,
  parseReplicationResult,
  plainReplication,
  runReplication,
  runReplicationInChunks,
  type SimulationInput,
  simulateStudy,
  traceReplication,
} from '../../src/index.js';
import type { Engine } from '../../src/engine/engine.js';
import { typescriptEngine } from '../../src/engine/typescript.js';
import { webAssemblyEngine } from '../../src/engine/webassembly.js';
import { batchInputs } from '../../src/input/batches.js';
import { network } from '../../bench/models.js';
import { input, model } from '../build.js';
import { inputOf, modelAndPlan } from '../crisis-runs.js';
import { knownModels } from '../known-models.js';
import { randomModel } from '../random-models.js';
import { mmc, withStudy } from './queues.js';

const HOUR = 3600;
const DAY = 24 * HOUR;

/** What a run in batches found, batch by batch, or why it stopped. */
function inOnePass(whole: SimulationInput, batches: number, engine: Engine): string[] {
  try {
    return batchesOf(runReplication({ ...whole, batches }, 0, undefined, engine)).map((batch) => JSON.stringify(batch));
  } catch (error) {
    return [String(error)];
  }
}

/** The same from runs of their own, each from time 0 to the end of a batch that is its window. */
function inRunsOfTheirOwn(whole: SimulationInput, batches: number): string[] {
  try {
    return batchInputs(whole, batches).map((own, batch) => {
      const result = runReplication(own, 0);
      // Without a warm-up the window of the first batch, and so that of one pass, begins without an event.
      const events = result.events - (whole.warmUp === 0 && batch > 0 ? 1 : 0);
      return JSON.stringify({ ...result, events });
    });
  } catch (error) {
    return [String(error)];
  }
}

/** Every figure of every batch is that of a run of its own, in both builds of the engine. */
function expectSame(whole: SimulationInput, batches: number): void {
  const own = inRunsOfTheirOwn(whole, batches);
  expect(inOnePass(whole, batches, webAssemblyEngine)).toEqual(own);
  expect(inOnePass(whole, batches, typescriptEngine)).toEqual(own);
}

describe('a batch of one pass is, byte for byte, a run of its own that is looked at in the window of the batch', () => {
  test.each(Object.keys(knownModels))('in the known model %s', (name) => {
    const whole = knownModels[name]!();
    expectSame({ ...whole, run: Math.ceil(whole.run / 3) * 3 }, 3);
  });

  test('over the hours of the week, in batches that begin at other hours, with and without a warm-up', () => {
    for (const warmUp of [0, 5 * HOUR]) expectSame(input(network(), { run: 4 * (9 * DAY + HOUR), warmUp }), 4);
  });

  test('where observations are so many that they are folded into a sketch, and in the batches after that', () => {
    const whole = input(mmc(80, 2), { run: 2 * 6_000_000, warmUp: 1000 });
    const { indicators } = runReplication({ ...whole, batches: 2 }, 0);
    expect(Math.max(...indicators.flat().map(({ sample }) => sample?.count ?? 0))).toBeGreaterThan(65_536);
    expectSame(whole, 2);
  });

  test('in models at random', () => {
    fc.assert(
      fc.property(
        randomModel,
        fc.integer({ min: 0, max: 2 }),
        fc.integer({ min: 2, max: 6 }),
        (parts, warm, batches) => {
          expectSame(input(parts, { run: batches * 10 * HOUR, warmUp: warm * HOUR }), batches);
        },
      ),
      { numRuns: 30, seed: 31 },
    );
  });

  test('in crises and responses at random: what began in an earlier batch goes on in the next', () => {
    fc.assert(
      fc.property(modelAndPlan, fc.integer({ min: 2, max: 6 }), ([parts, plan], batches) => {
        expectSame(inputOf(parts, plan, 'WithPlan', batches * 8 * HOUR), batches);
      }),
      { numRuns: 30, seed: 32 },
    );
  });
});

describe('a run in batches', () => {
  const whole = input(mmc(80, 2), { run: 200_000, warmUp: 10_000 });

  test('keeps the laws of every run in each batch', () => {
    for (const { checks } of batchesOf(runReplication({ ...input(network(), { run: 20 * DAY }), batches: 7 }, 0))) {
      expect(checks.filter(({ holds }) => !holds)).toEqual([]);
    }
  });

  test('is cut at whole numbers of its length, whatever rounding says of the edges', () => {
    const found = batchesOf(runReplication({ ...whole, warmUp: 0.1, run: 100_000.3, batches: 7 }, 0));
    expect(found).toHaveLength(7);
    const starts = found.reduce((sum, { activities }) => sum + (activities[0]?.starts ?? 0), 0);
    expect(starts).toBe(runReplication({ ...whole, warmUp: 0.1, run: 100_000.3 }, 0).activities[0]?.starts);
    for (const { checks } of found) expect(checks.every(({ holds }) => holds)).toBe(true);
  });

  test('has the event log of the run in one piece', () => {
    for (const engine of [webAssemblyEngine, typescriptEngine]) {
      const log = traceReplication({ ...whole, batches: 5 }, 0, undefined, engine);
      expect(JSON.stringify(log) === JSON.stringify(traceReplication(whole, 0, undefined, engine))).toBe(true);
    }
  });

  test('passes through JSON with all its batches', () => {
    const result = runReplication({ ...whole, batches: 3 }, 0);
    expect(parseReplicationResult(JSON.parse(JSON.stringify(plainReplication(result))))).toEqual(result);
  });

  test('answers a stop with the batches that had ended, and with nothing before the first has', async () => {
    const long = { ...input(mmc(80, 2), { run: 2_000_000 }), batches: 10 };
    const all = batchesOf(runReplication(long, 0));
    let ended = 0;
    const stoppedAfter = (batches: number): ReturnType<typeof runReplicationInChunks> => {
      ended = 0;
      return runReplicationInChunks(long, 0, { onBatch: () => ended++, shouldStop: () => ended >= batches });
    };
    const some = await stoppedAfter(4);
    expect(some && batchesOf(some)).toEqual(all.slice(0, 4));
    const longer = { ...long, run: 20_000_000, batches: 2 };
    expect(await runReplicationInChunks(longer, 0, { shouldStop: () => true })).toBeUndefined();
  });
});

test('a study of one long run tells of its batches as they end, and when stopped shows those that have', async () => {
  const study = withStudy(model(mmc(80, 2), { run: 2_000_000 }), { replications: { kind: 'batches', batches: 10 } });
  const told: string[] = [];
  const results = await simulateStudy(study, 'S', {
    onProgress: (done, total) => told.push(`${done} of ${total}`),
    shouldStop: () => told.length >= 6,
  });
  expect(told).toEqual(Array.from({ length: 6 }, (_, i) => `${i + 1} of 10`));
  expect(results.interrupted).toBe(true);
  expect(results.replicationsExplained).toBe('Interrupted after 6 of at most 10 batches.');
  const first = batchInputs(compileInput(study, 'S', ''), 10).slice(0, 6);
  const means = first.map((batch) => runReplication(batch, 0).facilities[0]?.census ?? Number.NaN);
  expect(results.scenarios[0]?.resources[0]?.census.mean).toBeCloseTo(means.reduce((a, b) => a + b) / 6, 12);
});
