import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { mmc, network, networks } from '../bench/models.js';
import { Run } from '../src/engine/run.js';
import type { SimulationInput } from '../src/index.js';
import { assemble } from '../src/program/assemble.js';
import { HERE, input } from './build.js';
import { knownModels } from './known-models.js';
import { randomModel } from './random-models.js';
import { randomCrisisModel, randomPlan } from './random-plans.js';

const DAY = 86_400;

/** All that a run reports, with or without shortcuts. */
function reported(compiled: SimulationInput, replication: number, direct: boolean): string {
  try {
    const run = new Run(assemble(compiled), replication, { direct });
    while (!run.advance(10_000));
    return JSON.stringify(run.record(), (_, value: unknown) => (value instanceof Float64Array ? [...value] : value));
  } catch (error) {
    return String(error);
  }
}

describe('shortcuts change nothing', () => {
  const expectSameReport = (compiled: SimulationInput, replication = 0): void => {
    expect(reported(compiled, replication, true)).toBe(reported(compiled, replication, false));
  };

  test('on a queue, a network and networks side by side', () => {
    expectSameReport(input(mmc(), { run: 20_000, warmUp: 100 }));
    expectSameReport(input(network(), { run: 20 * DAY, warmUp: 2 * DAY }));
    expectSameReport(input(networks(3), { run: 5 * DAY }));
  });

  test('on the models whose results are known', () => {
    for (const model of Object.values(knownModels)) expectSameReport(model());
  });

  test('on crises and responses at random', () => {
    fc.assert(
      fc.property(
        randomCrisisModel.chain((parts) => fc.tuple(fc.constant(parts), randomPlan(parts))),
        ([parts, plan]) => {
          const crises = plan.crises.map(({ id }) => id);
          const responses = plan.responses.map(({ id }) => id);
          const scenario = { id: 'Plan', name: 'Plan', origin: HERE, basedOn: [], overrides: [], crises, responses };
          const all = { ...parts, ...plan, scenarios: [scenario] };
          expectSameReport(input(all, { run: 2 * DAY, warmUp: 3600 }, 'Plan'));
        },
      ),
      { numRuns: 80, seed: 14 },
    );
  });

  test('on models at random', () => {
    fc.assert(
      fc.property(randomModel, fc.integer({ min: 0, max: 5 }), (parts, replication) => {
        expectSameReport(input(parts, { run: 2 * DAY, warmUp: 3600 }), replication);
      }),
      { numRuns: 120, seed: 13 },
    );
  });
});
