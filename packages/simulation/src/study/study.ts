import { type Model, type Study, titleOf, withVariations } from '@pathway/model';
import { SimulationError } from '../errors.js';
import { compileInput } from '../input/compile.js';
import type { SimulationInput } from '../input/types.js';
import { findCapacities } from '../method/find-capacities.js';
import { batchInputs, batchReport, runBatches } from '../method/long-run.js';
import { precisionSentence, precisionsOf } from '../method/precision.js';
import { planRanking, rankingResult } from '../method/rank-scenarios.js';
import { Runner } from '../method/runner.js';
import { runSensitivity, sensitivityRuns } from '../method/sensitivity.js';
import { chooseWarmUp } from '../method/warm-up-choice.js';
import type { IndicatorResult, ScenarioResults, SensitivityResult, StudyResults, WarmUpChoice } from '../results.js';
import type { ReplicationExecutor } from './executor.js';
import { compareScenarios, mergeReplications } from './merge.js';
import type { ReplicationResult } from './replication.js';

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
 * Replications that are run before precision or a ranking is looked at, and between two looks. Not a matter of machines. A
 * fixed number is run as one batch, so that many machines never wait for the last one of each ten.
 */
const BATCH = 10;

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
  const { model, choice } = await withWarmUp(withVariations(declared, study), studyId, runner);
  const planned = studyOf(model, studyId);
  const inputs = inputsOf(model, planned);
  for (const input of inputs) shown.add(input);
  const plan = planOf(planned, model, inputs, options.replicationsOverride);
  const { batches } = plan;
  const { results, interrupted } =
    batches === undefined ? await runScenarios(inputs, plan, runner) : await runBatches(inputs, batches, runner);
  const first = inputs[0]!;
  const scenarios = inputs.map((whole, i): ScenarioResults => {
    const own = results[i]!;
    const input = batches === undefined ? whole : batchInputs(whole, batches)[0]!;
    const precisions = plan.targets && precisionsOf(input, model, plan.targets, own);
    return { ...mergeReplications(input, input.title, own), ...(precisions && { precisions }) };
  });
  const setting = { model, study: studyId, scenario: first.scenario, seed: study.seed, replications: plan.most };
  const sensitivities = await runSensitivities(planned, setting, runner);
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
    interrupted: interrupted || runner.stopped,
    replicationsExplained: explainReplications(scenarios, plan, interrupted),
    ...(choice && { warmUpChoice: choice }),
    ...(batches !== undefined && { batches: batchReport(inputs, batches, results) }),
    ...(plan.ranking && { ranking: rankingResult(plan.ranking, inputs, results) }),
    ...(sensitivities.length > 0 && { sensitivities }),
    ...(found && { found }),
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

function studyOf(model: Model, id: string): Study {
  const study = model.studies.find((each) => each.id === id);
  if (study === undefined) throw new SimulationError(`There is no study ${id}.`);
  return study;
}

function inputsOf(model: Model, study: Study): SimulationInput[] {
  const scenarios = study.scenarios.length === 0 ? [''] : study.scenarios;
  return scenarios.map((scenario) => compileInput(model, study.id, scenario));
}

/** The model with the warm-up that its study needs, where that is to be found out; without warm-up when stopped before. */
async function withWarmUp(
  model: Model,
  studyId: string,
  runner: Runner,
): Promise<{ readonly model: Model; readonly choice: WarmUpChoice | undefined }> {
  const study = studyOf(model, studyId);
  if (study.automaticWarmUp !== true) return { model, choice: undefined };
  const choice = await chooseWarmUp(inputsOf(model, study), runner);
  if (choice === undefined) return { model, choice };
  const warmUp = { kind: 'number', value: choice.warmUp, dimension: { time: 1, money: 0 } } as const;
  const studies = model.studies.map((each) => (each.id === studyId ? { ...each, warmUp } : each));
  return { model: { ...model, studies }, choice };
}

interface Plan {
  readonly most: number;
  /** Replications of each scenario between two looks. */
  readonly batch: number;
  /** The scenarios that go on after these replications, by their places; none when all is known well enough. */
  readonly goOn: (results: readonly (readonly ReplicationResult[])[]) => readonly number[];
  readonly targets?: Extract<Study['replications'], { kind: 'precision' }>['targets'];
  readonly ranking?: ReturnType<typeof planRanking>;
  /** Parts of the window, for one long run. */
  readonly batches?: number;
}

function planOf(study: Study, model: Model, inputs: readonly SimulationInput[], override: number | undefined): Plan {
  const { replications } = study;
  const targets = override === undefined && replications.kind === 'precision' ? replications.targets : undefined;
  const times =
    replications.kind === 'fixed' ? replications.times : replications.kind === 'precision' ? replications.atMost : 1;
  const most = Math.max(1, Math.round(override ?? times));
  const ranking = study.ranking && inputs.length > 1 ? planRanking(study.ranking, model, inputs) : undefined;
  const all = inputs.map((_, i) => i);
  if (override === undefined && replications.kind === 'batches') {
    return { most: replications.batches, batch: replications.batches, goOn: () => [], batches: replications.batches };
  }
  if (targets === undefined && ranking === undefined) return { most, batch: most, goOn: () => all };
  // What is asked for is checked before anything runs.
  for (const input of inputs) precisionsOf(input, model, targets ?? [], []);
  return {
    most,
    batch: BATCH,
    goOn: (results) => {
      const state = ranking?.stateAfter(results);
      const inPlay = state === undefined ? all : state.inPlay;
      const precise = inPlay.every((i) =>
        precisionsOf(inputs[i]!, model, targets ?? [], results[i]!).every(({ met }) => met),
      );
      return precise && state?.decided !== false ? [] : inPlay;
    },
    ...(targets && { targets }),
    ...(ranking && { ranking }),
  };
}

async function runScenarios(
  inputs: readonly SimulationInput[],
  { most, batch, goOn }: Plan,
  runner: Runner,
): Promise<{ readonly results: readonly (readonly ReplicationResult[])[]; readonly interrupted: boolean }> {
  const results: ReplicationResult[][] = inputs.map(() => []);
  let inPlay: readonly number[] = inputs.map((_, i) => i);
  runner.expect(most * inputs.length);
  for (let from = 0; from < most && inPlay.length > 0; from += batch) {
    const until = Math.min(most, from + batch);
    const jobs = Array.from({ length: until - from }, (_, i) =>
      inPlay.map((scenario) => ({ input: inputs[scenario]!, replication: from + i, scenario })),
    ).flat();
    const found = await runner.run(jobs);
    let whole = true;
    for (const [i, { scenario, replication }] of jobs.entries()) {
      const result = found[i];
      const own = results[scenario]!;
      // What comes after a gap is left out, so that pairs and order stay whole.
      if (result !== undefined && own.length === replication) own.push(result);
      else whole = false;
    }
    if (!whole || (runner.stopped && until < most)) return { results, interrupted: true };
    const before = inPlay.length;
    inPlay = goOn(results);
    runner.spare((before - inPlay.length) * (most - until));
  }
  return { results, interrupted: false };
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
