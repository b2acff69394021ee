import type { FigureReference } from '@pathway/model';
import type { SimulationInput } from '../input/types.js';
import type { BatchReport } from '../results.js';
import type { ReplicationResult } from '../study/replication.js';
import { batchCorrelation } from './batch-means.js';
import { figureReaders } from './figure-values.js';
import { labelOf } from './labels.js';
import type { Runner } from './runner.js';

/**
 * The batches of one long run: the run's window cut into equal parts, each with figures of its own. A random number
 * depends on who draws it and what for, not on the window, so that a batch is a run of the same patients that is looked
 * at later and for less long; all of them together see the one long run.
 * @param input of the whole run
 */
export function batchInputs(input: SimulationInput, batches: number): SimulationInput[] {
  const length = input.run / batches;
  return Array.from({ length: batches }, (_, i) => ({ ...input, warmUp: input.warmUp + i * length, run: length }));
}

/** What the batches of each scenario found, in their order; batches after one that was not run because of a stop are left out. */
export async function runBatches(
  inputs: readonly SimulationInput[],
  batches: number,
  runner: Runner,
): Promise<{ readonly results: readonly (readonly ReplicationResult[])[]; readonly interrupted: boolean }> {
  runner.expect(batches * inputs.length);
  const cut = inputs.map((input) => batchInputs(input, batches));
  // Later batches take longer, so that they are begun first.
  const jobs = Array.from({ length: batches }, (_, i) => batches - 1 - i).flatMap((batch) =>
    cut.flatMap((own, scenario) => {
      const input = own[batch];
      return input === undefined ? [] : [{ input, replication: 0, batch, scenario }];
    }),
  );
  const found = await runner.run(jobs);
  const results = inputs.map((_, scenario) => {
    const own = new Map(jobs.flatMap((job, i) => (job.scenario === scenario ? [[job.batch, found[i]] as const] : [])));
    const whole: ReplicationResult[] = [];
    for (let batch = 0; batch < batches; batch++) {
      const result = own.get(batch);
      if (result === undefined) break;
      whole.push({ ...result, replication: batch });
    }
    return whole;
  });
  return { results, interrupted: results.some((own) => own.length < batches) };
}

/** Whether the batches may stand for independent runs: the correlation of neighbours, for each figure of each scenario. */
export function batchReport(
  inputs: readonly SimulationInput[],
  batches: number,
  results: readonly (readonly ReplicationResult[])[],
): BatchReport {
  const correlations = inputs.flatMap((input, scenario) =>
    input.indicators.flatMap(({ id }) => {
      const figure: FigureReference = { indicator: id, statistic: 'mean' };
      return figureReaders(input, figure).map((reader) => {
        const values = (results[scenario] ?? []).flatMap((result) => reader.read(result) ?? []);
        return { scenario: input.scenario, ...labelOf(input, figure, reader.argument), ...batchCorrelation(values) };
      });
    }),
  );
  return { batches, length: (inputs[0]?.run ?? 0) / batches, correlations };
}
