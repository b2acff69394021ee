import { type Model, type Study, titleOf, withVariations } from '@pathway/model';
import { batchInputs } from '../input/batches.js';
import type { SimulationInput } from '../input/types.js';
import { findCapacities, spaceOf } from '../method/find-capacities.js';
import { batchReport, runBatches } from '../method/long-run.js';
import { precisionSentence, precisionsOf } from '../method/precision.js';
import { rankingResult } from '../method/rank-scenarios.js';
import { type PressureSetting, runPressurePoints } from '../method/pressure-points.js';
import { Runner } from '../method/runner.js';
import { runSensitivity, sensitivityRuns } from '../method/sensitivity.js';
import type { ScenarioResults, StudyResults } from '../results.js';
import type { IndicatorResult } from '../figure-results.js';
import type { PressureResult, SensitivityResult } from '../method-results.js';
import type { ReplicationExecutor } from './executor.js';
import { compareScenarios, mergeReplications } from './merge.js';
import { comparePlans } from './plan-comparison.js';
import { inputsOf, type Plan, prepareStudy, runScenarios, studyOf } from './planned-runs.js';
import type { ReplicationResult } from './replication.js';
import { unmeasuredAims } from './unmeasured.js';

export interface SimulationOptions {
  /** Replications done, and how many there will be at most, over all scenarios and methods. */
  readonly onProgress?: (done: number, total: number) => void;
  /** A replication of one of the study's scenarios is done; for first figures while the others run. */
  readonly onResult?: (input: SimulationInput, result: ReplicationResult) => void;
  /** Asked between chunks of events; when true the results so far are given, marked as interrupted. */
  readonly shouldStop?: () => boolean;
  readonly replicationsOverride?: number;
  /** What runs the replications: this thread, chunk by chunk, when absent. */
  readonly executor?: ReplicationExecutor;
}

/**
 * Simulates a study: every scenario with the same replications, then what its methods ask for. The results depend on the
 * model alone, whatever runs the replications.
 * @throws SimulationError or ModelError where the model cannot be simulated
 */
export async function simulateStudy(
  declared: Model,
  studyId: string,
  options: SimulationOptions = {},
): Promise<StudyResults> {
  const study = studyOf(declared, studyId);
  // Pilot runs and changed inputs are no figures of the study.
  const shown = new Set<SimulationInput>();
  const runner = new Runner({
    ...options,
    onResult: ({ input }, result) => {
      if (shown.has(input)) options.onResult?.(input, result);
    },
  });
  checkMethods(study, declared, options.replicationsOverride);
  const prepared = await prepareStudy(declared, studyId, options.replicationsOverride, runner);
  const { study: planned, model, inputs, plan, choice } = prepared;
  for (const input of inputs) shown.add(input);
  const { batches } = plan;
  const { results, interrupted } =
    batches === undefined ? await runScenarios(inputs, plan, runner) : await runBatches(inputs, batches, runner);
  const first = inputs[0]!;
  const runs = inputs.map((whole, i) => ({
    input: batches === undefined ? whole : batchInputs(whole, batches)[0]!,
    results: results[i]!,
  }));
  const scenarios = runs.map(({ input, results: own }): ScenarioResults => {
    const precisions = plan.targets && precisionsOf(input, model, plan.targets, own);
    return { ...mergeReplications(input, input.title, own, runs), ...(precisions && { precisions }) };
  });
  const setting = { model, study: studyId, scenario: first.scenario, seed: study.seed, replications: plan.most };
  const sensitivities = await runSensitivities(planned, setting, runner);
  const pressure = await runPressure(planned, setting, runs, runner);
  const plans = batches === undefined ? comparePlans(model, study, inputs, results) : [];
  const found =
    planned.find === undefined || runner.stopped
      ? undefined
      : await findCapacities(
          planned.find,
          { model, study: planned, scenario: planned.find.scenario ?? first.scenario, most: plan.most },
          runner,
        );
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
    scenarios,
    comparisons: compareScenarios(inputs, results),
    ...unmeasuredAims(scenarios),
    interrupted: interrupted || runner.stopped,
    replicationsExplained: explainReplications(scenarios, plan, interrupted),
    ...(choice && { warmUpChoice: choice }),
    ...(batches !== undefined && { batches: batchReport(inputs, batches, results) }),
    ...(plan.ranking && { ranking: rankingResult(plan.ranking, inputs, results) }),
    ...(sensitivities.length > 0 && { sensitivities }),
    ...(found && { found }),
    ...(plans.length > 0 && { plans }),
    ...(pressure.length > 0 && { pressure }),
  };
}

/**
 * What a study runs, whatever its methods ask for besides: one input for each of its scenarios, also those of a grid.
 * @throws SimulationError or ModelError where the model cannot be simulated
 */
export function studyInputs(model: Model, studyId: string): readonly SimulationInput[] {
  const varied = withVariations(model, studyOf(model, studyId));
  return inputsOf(varied, studyOf(varied, studyId));
}

/**
 * Whether the methods of a study ask for what can be run: hours of replications are not to end in a refusal.
 * @throws SimulationError or ModelError where one asks for too much
 */
function checkMethods(study: Study, model: Model, override: number | undefined): void {
  const { replications } = study;
  const declared = replications.kind === 'fixed' ? replications.times : 1;
  const most = override ?? (replications.kind === 'precision' ? replications.atMost : declared);
  for (const each of study.sensitivities ?? []) sensitivityRuns(each, model, most);
  if (study.find !== undefined) spaceOf(study.find, model);
}

async function runSensitivities(
  study: Study,
  setting: Parameters<typeof runSensitivity>[1],
  runner: Runner,
): Promise<SensitivityResult[]> {
  const wanted = study.sensitivities ?? [];
  for (const each of wanted) runner.expect(sensitivityRuns(each, setting.model, setting.replications));
  const results: SensitivityResult[] = [];
  for (const each of wanted) {
    if (runner.stopped) break;
    results.push(await runSensitivity(each, { ...setting, scenario: each.scenario ?? setting.scenario }, runner));
  }
  return results;
}

async function runPressure(
  study: Study,
  setting: Omit<PressureSetting, 'known'>,
  runs: PressureSetting['known'],
  runner: Runner,
): Promise<PressureResult[]> {
  const results: PressureResult[] = [];
  for (const each of study.pressure ?? []) {
    if (runner.stopped) break;
    const own = { ...setting, scenario: each.scenario ?? setting.scenario, known: runs };
    results.push(await runPressurePoints(each, own, runner));
  }
  return results;
}

function explainReplications(
  scenarios: readonly ScenarioResults[],
  { most, targets, ranking, batches }: Plan,
  interrupted: boolean,
): string {
  const done = Math.max(0, ...scenarios.map(({ replications }) => replications));
  const what = batches === undefined ? 'replications' : 'batches';
  if (interrupted) return `Interrupted after ${done} of at most ${most} ${what}.`;
  if (batches !== undefined) return `One long run of each scenario, cut into ${batches} batches, as the study says.`;
  const precise =
    targets === undefined
      ? []
      : [
          precisionSentence(
            done,
            most,
            scenarios.flatMap(({ precisions }) => precisions ?? []),
            scenarios.length,
          ),
        ];
  const fewest = Math.min(...scenarios.map(({ replications }) => replications));
  const ranked =
    ranking === undefined
      ? []
      : [
          `${fewest === done ? done : `From ${fewest} to ${done}`} replications of each scenario (at most ${most}), as many as it took to tell it from the best.`,
        ];
  if (precise.length === 0 && ranked.length === 0) {
    return `${done} replication${done === 1 ? '' : 's'} of each scenario, as the study says.`;
  }
  return [...precise, ...ranked].join(' ');
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
