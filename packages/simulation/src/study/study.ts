import { type Model, requireConstant, type Study, titleOf } from '@pathway/model';
import { SimulationError } from '../errors.js';
import { compileInput } from '../input/compile.js';
import type { SimulationInput } from '../input/types.js';
import type { IndicatorResult, StudyResults } from '../results.js';
import { estimateOf } from '../statistics/estimate.js';
import { inThisThread, type ReplicationExecutor, type ReplicationJob } from './executor.js';
import { compareScenarios, mergeReplications } from './merge.js';
import type { ReplicationResult } from './replication.js';

export interface SimulationOptions {
  /** Replications done, and how many there will be at most, over all scenarios. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Asked between chunks of events; when true the results so far are given, marked as interrupted. */
  readonly shouldStop?: () => boolean;
  readonly replicationsOverride?: number;
  /** What runs the replications: this thread, chunk by chunk, when absent. */
  readonly executor?: ReplicationExecutor;
}

/**
 * Replications that are run before precision is looked at, and between two looks. Not a matter of machines. A fixed
 * number is run as one batch, so that many machines never wait for the last one of each ten.
 */
const BATCH = 10;

/**
 * Simulates a study: every scenario with the same replications. The results depend on the model alone, whatever runs
 * the replications.
 * @throws SimulationError or ModelError where the model cannot be simulated
 */
export async function simulateStudy(
  model: Model,
  studyId: string,
  options: SimulationOptions = {},
): Promise<StudyResults> {
  const study = model.studies.find((each) => each.id === studyId);
  if (study === undefined) throw new SimulationError(`There is no study ${studyId}.`);
  const scenarios = study.scenarios.length === 0 ? [''] : study.scenarios;
  const inputs = scenarios.map((scenario) => compileInput(model, studyId, scenario));
  const { most, batch, enough } = plan(study, model, inputs, options.replicationsOverride);
  const results: ReplicationResult[][] = inputs.map(() => []);
  let interrupted = false;
  let done = 0;
  const total = most * inputs.length;
  const shouldStop = options.shouldStop ?? (() => false);
  const executor = options.executor ?? inThisThread;
  const onDone = (): void => {
    done++;
    options.onProgress?.(done, total);
  };
  for (let from = 0; from < most && !interrupted; from += batch) {
    const jobs: (ReplicationJob & { readonly scenario: number })[] = [];
    for (let replication = from; replication < Math.min(most, from + batch); replication++) {
      inputs.forEach((input, scenario) => jobs.push({ input, replication, scenario }));
    }
    const found = await executor.run(jobs, { onDone, shouldStop });
    jobs.forEach((job, i) => {
      const result = found[i];
      const own = results[job.scenario]!;
      // What comes after a gap is left out, so that pairs and order stay whole.
      if (result !== undefined && own.length === job.replication) own.push(result);
      else interrupted = true;
    });
    if (shouldStop() && from + batch < most) interrupted = true;
    if (enough(results)) break;
  }
  const first = inputs[0]!;
  return {
    format: 'pathway-results',
    formatVersion: 1,
    languageVersion: model.languageVersion,
    sourceHash: model.sourceHash,
    study: study.id,
    title: titleOf(study),
    seed: study.seed,
    start: study.start,
    timezone: study.timezone,
    runLength: first.run,
    warmUp: first.warmUp,
    scenarios: inputs.map((input, i) => mergeReplications(input, input.title, results[i]!)),
    comparisons: compareScenarios(inputs, results),
    interrupted,
  };
}

interface Plan {
  readonly most: number;
  /** Replications of each scenario between two looks at precision. */
  readonly batch: number;
  /** Whether every scenario is precise enough. */
  readonly enough: (results: readonly (readonly ReplicationResult[])[]) => boolean;
}

function plan(study: Study, model: Model, inputs: readonly SimulationInput[], override: number | undefined): Plan {
  const { replications } = study;
  if (override !== undefined || replications.kind === 'fixed') {
    const most = Math.max(1, Math.round(override ?? (replications.kind === 'fixed' ? replications.times : 1)));
    return { most, batch: most, enough: () => false };
  }
  const halfWidth = requireConstant(replications.halfWidth, model, 'the precision of a study');
  const places = inputs.map((input) => input.indicators.findIndex((each) => each.id === replications.indicator));
  if (places.some((place) => place < 0)) {
    throw new SimulationError(`There is no indicator ${replications.indicator} to be precise about.`);
  }
  return {
    most: Math.max(1, Math.round(replications.atMost)),
    batch: BATCH,
    enough: (results) =>
      results.every((own, i) => {
        const rows = own[0]?.indicators[places[i]!] ?? [];
        return rows.every((_, row) => {
          const estimate = estimateOf(own.map((r) => r.indicators[places[i]!]?.[row]?.value ?? null));
          return estimate.replications >= 2 && estimate.halfWidth <= halfWidth;
        });
      }),
  };
}

/** An exact value for an indicator of a scenario, from a closed form. */
export interface ClosedFormValue {
  readonly scenario: string;
  readonly indicator: string;
  readonly argument?: number;
  readonly group?: string;
  readonly value: number;
  readonly method: string;
}

/** The results with exact values beside the simulated ones; values for figures that are not there are ignored. */
export function attachClosedForm(results: StudyResults, values: readonly ClosedFormValue[]): StudyResults {
  const attach = (scenario: string, row: IndicatorResult): IndicatorResult => {
    const found = values.find(
      (each) =>
        each.scenario === scenario &&
        each.indicator === row.indicator &&
        each.argument === row.argument &&
        each.group === row.group,
    );
    return found === undefined ? row : { ...row, closedForm: { value: found.value, method: found.method } };
  };
  return {
    ...results,
    scenarios: results.scenarios.map((scenario) => ({
      ...scenario,
      indicators: scenario.indicators.map((row) => attach(scenario.scenario, row)),
    })),
  };
}
