import type { SimulationInput } from '../input/types.js';
import type { Comparison, ScenarioResults } from '../results.js';
import { inThisThread, type ReplicationExecutor } from './executor.js';
import type { ScenarioRuns } from './expectations.js';
import { compareScenarios, mergeReplications } from './merge.js';
import type { ReplicationResult } from './replication.js';

/** Two versions of a scenario, run with the same replications. */
export interface PairedRuns {
  readonly before: ScenarioResults;
  readonly after: ScenarioResults;
  /** After − before, paired by replication; undefined where there was no replication of both. */
  readonly comparison: Comparison | undefined;
  readonly interrupted: boolean;
}

/** The same scenario in two versions. */
export interface InputPair {
  readonly before: SimulationInput;
  readonly after: SimulationInput;
}

/**
 * Runs scenarios of one study in two versions of a model, all with the same patients. Random numbers are keyed by ids: what
 * is called the same in both has the same luck in both. Expectations that compare scenarios see those of their version.
 * @returns one for each pair, in their order
 */
export async function compareInputs(
  pairs: readonly InputPair[],
  replications: number,
  options: {
    readonly executor?: ReplicationExecutor;
    readonly shouldStop?: () => boolean;
    readonly onProgress?: (done: number, total: number) => void;
  } = {},
): Promise<readonly PairedRuns[]> {
  const jobs = Array.from({ length: replications }, (_, replication) =>
    pairs.flatMap(({ before, after }) => [
      { input: before, replication },
      { input: after, replication },
    ]),
  ).flat();
  let done = 0;
  const found = await (options.executor ?? inThisThread).run(jobs, {
    onDone: () => options.onProgress?.(++done, jobs.length),
    shouldStop: options.shouldStop ?? (() => false),
  });
  const width = 2 * pairs.length;
  // What comes after a gap is left out, so that pairs and order stay whole.
  const rounds: ReplicationResult[][] = [];
  for (let from = 0; from < jobs.length; from += width) {
    const round = found.slice(from, from + width).filter((result) => result !== undefined);
    if (round.length < width) break;
    rounds.push(round);
  }
  const runsOf = (input: SimulationInput, place: number): ScenarioRuns => ({
    input,
    results: rounds.map((round) => round[place]!),
  });
  const earlier = pairs.map(({ before }, i) => runsOf(before, 2 * i));
  const later = pairs.map(({ after }, i) => runsOf(after, 2 * i + 1));
  return pairs.map(({ before, after }, i) => {
    const results = [earlier[i]!.results, later[i]!.results] as const;
    return {
      before: mergeReplications(before, before.title, results[0], earlier),
      after: mergeReplications(after, after.title, results[1], later),
      comparison: compareScenarios([before, after], results)[0],
      interrupted: rounds.length < replications,
    };
  });
}
