import type { SimulationInput } from '../input/types.js';
import type { Comparison, ScenarioResults } from '../results.js';
import { inThisThread, type ReplicationExecutor } from './executor.js';
import { compareScenarios, mergeReplications } from './merge.js';
import type { ReplicationResult } from './replication.js';

/** Two inputs, run with the same replications. */
export interface PairedRuns {
  readonly before: ScenarioResults;
  readonly after: ScenarioResults;
  /** After − before, paired by replication; undefined where there was no replication of both. */
  readonly comparison: Comparison | undefined;
  readonly interrupted: boolean;
}

/**
 * Runs two inputs of one seed with the same patients. Random numbers are keyed by ids: what is called the same in both
 * has the same luck in both.
 */
export async function compareInputs(
  before: SimulationInput,
  after: SimulationInput,
  replications: number,
  options: {
    readonly executor?: ReplicationExecutor;
    readonly shouldStop?: () => boolean;
    readonly onProgress?: (done: number, total: number) => void;
  } = {},
): Promise<PairedRuns> {
  const jobs = Array.from({ length: replications }, (_, replication) => [
    { input: before, replication },
    { input: after, replication },
  ]).flat();
  let done = 0;
  const found = await (options.executor ?? inThisThread).run(jobs, {
    onDone: () => options.onProgress?.(++done, jobs.length),
    shouldStop: options.shouldStop ?? (() => false),
  });
  const pairs: { readonly own: ReplicationResult; readonly other: ReplicationResult }[] = [];
  for (let i = 0; i + 1 < jobs.length; i += 2) {
    const [own, other] = [found[i], found[i + 1]];
    // What comes after a gap is left out, so that pairs and order stay whole.
    if (own === undefined || other === undefined) break;
    pairs.push({ own, other });
  }
  const results = [pairs.map(({ own }) => own), pairs.map(({ other }) => other)] as const;
  return {
    before: mergeReplications(before, before.title, results[0]),
    after: mergeReplications(after, after.title, results[1]),
    comparison: compareScenarios([before, after], results)[0],
    interrupted: pairs.length < replications,
  };
}
