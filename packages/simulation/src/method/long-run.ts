import type { FigureReference } from '@pathway/model';
import type { SimulationInput } from '../input/types.js';
import type { BatchReport } from '../method-results.js';
import { batchesOf, type ReplicationResult } from '../study/replication.js';
import { batchCorrelation } from './batch-means.js';
import { figureReaders } from './figure-values.js';
import { labelOf } from './labels.js';
import type { Runner } from './runner.js';

/**
 * What the batches of each scenario found, in their order. Each scenario is one run, which hands out what each of its
 * batches found; those that a stop cut off are left out.
 */
export async function runBatches(
  inputs: readonly SimulationInput[],
  batches: number,
  runner: Runner,
): Promise<{ readonly results: readonly (readonly ReplicationResult[])[]; readonly interrupted: boolean }> {
  runner.expect(batches * inputs.length);
  const found = await runner.run(inputs.map((input) => ({ input: { ...input, batches }, replication: 0 })));
  const results = found.map((run) =>
    run === undefined ? [] : batchesOf(run).map((batch, replication) => ({ ...batch, replication })),
  );
  return { results, interrupted: results.some((own) => own.length < batches) };
}

/** Neighbours of fewer batches say nothing of how alike they are. */
const FEWEST_BATCHES = 3;

/**
 * Whether the batches may stand for independent runs: the correlation of neighbours, for each figure of each scenario that
 * has enough of them, as after a stop it may not.
 */
export function batchReport(
  inputs: readonly SimulationInput[],
  batches: number,
  results: readonly (readonly ReplicationResult[])[],
): BatchReport {
  const correlations = inputs.flatMap((input, scenario) =>
    input.indicators.flatMap(({ id }) => {
      const figure: FigureReference = { indicator: id, statistic: 'mean' };
      return figureReaders(input, figure).flatMap((reader) => {
        const found = (results[scenario] ?? []).map(reader.find);
        const values = reader.figureOf(found).values.flatMap((value) => value ?? []);
        if (values.length < FEWEST_BATCHES) return [];
        return [{ scenario: input.scenario, ...labelOf(input, figure, reader.argument), ...batchCorrelation(values) }];
      });
    }),
  );
  return { batches, length: (inputs[0]?.run ?? 0) / batches, correlations };
}
