import { type Model, type Study, withVariations } from '@pathway/model';
import { SimulationError } from '../errors.js';
import { compileInput } from '../input/compile.js';
import type { SimulationInput } from '../input/types.js';
import { mayStop, precisionsOf } from '../method/precision.js';
import { planRanking } from '../method/rank-scenarios.js';
import type { Runner } from '../method/runner.js';
import { chooseWarmUp } from '../method/warm-up-choice.js';
import type { WarmUpChoice } from '../method-results.js';
import { replicationsThatFit, requireToFit } from './memory.js';
import type { ReplicationResult } from './replication.js';

/**
 * Replications that are run before precision or a ranking is looked at, and between two looks. Not a matter of machines. A
 * fixed number is run as one batch, so that many machines never wait for the last one of each ten.
 */
const BATCH = 10;

/** Replications, over all scenarios, that are given away at once at most; of more the list itself would fill the memory. */
const MOST_AT_ONCE = 10_000;

/** A study that is ready to run: its scenarios with those that it varies, and how often each is run. */
export interface PreparedStudy {
  readonly study: Study;
  readonly model: Model;
  readonly inputs: readonly SimulationInput[];
  readonly plan: Plan;
  readonly choice: WarmUpChoice | undefined;
}

/**
 * Prepares a study; a warm-up that is to be chosen is chosen from pilot runs.
 * @throws SimulationError or ModelError where the model cannot be simulated
 */
export async function prepareStudy(
  declared: Model,
  studyId: string,
  override: number | undefined,
  runner: Runner,
): Promise<PreparedStudy> {
  const { model, choice } = await withWarmUp(withVariations(declared, studyOf(declared, studyId)), studyId, runner);
  const study = studyOf(model, studyId);
  const inputs = inputsOf(model, study);
  return { study, model, inputs, plan: planOf(study, model, inputs, override), choice };
}

/**
 * The study of an id.
 * @throws SimulationError where there is none
 */
export function studyOf(model: Model, id: string): Study {
  const study = model.studies.find((each) => each.id === id);
  if (study === undefined) throw new SimulationError(`There is no study ${id}.`);
  return study;
}

/** One input for each scenario of a study. */
export function inputsOf(model: Model, study: Study): SimulationInput[] {
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

/** How often the scenarios of a study are run. */
export interface Plan {
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
  if (targets === undefined && ranking === undefined) {
    const batch = Math.min(most, Math.max(BATCH, Math.floor(MOST_AT_ONCE / inputs.length)));
    return { most, batch, goOn: () => all };
  }
  // What is asked for is checked before anything runs.
  for (const input of inputs) precisionsOf(input, model, targets ?? [], []);
  return {
    most,
    batch: BATCH,
    goOn: (results) => {
      const state = ranking?.stateAfter(results);
      const inPlay = state === undefined ? all : state.inPlay;
      const precise =
        targets === undefined || inPlay.every((i) => mayStop(inputs[i]!, model, targets, results[i]!, BATCH));
      return precise && state?.decided !== false ? [] : inPlay;
    },
    ...(targets && { targets }),
    ...(ranking && { ranking }),
  };
}

/**
 * Runs the scenarios of a plan; replication by replication the same for all of them, in order and without gaps. Where a
 * budget is more than can be kept, the runs end there.
 * @throws SimulationError where a fixed number of replications is more than can be kept; told after the first few
 */
export async function runScenarios(
  inputs: readonly SimulationInput[],
  { most: wanted, batch, goOn, targets, ranking }: Plan,
  runner: Runner,
): Promise<{ readonly results: readonly (readonly ReplicationResult[])[]; readonly interrupted: boolean }> {
  const results: ReplicationResult[][] = inputs.map(() => []);
  let inPlay: readonly number[] = inputs.map((_, i) => i);
  runner.expect(wanted * inputs.length);
  let most = wanted;
  for (let from = 0, until = 0; from < most && inPlay.length > 0; from = until) {
    // Only some have to be seen to tell whether very many can be kept.
    until = Math.min(most, from === 0 && wanted > batch ? BATCH : from + batch);
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
    if (from === 0 && until < most) {
      if (targets === undefined && ranking === undefined) requireToFit(wanted, results);
      most = Math.max(until, Math.min(wanted, replicationsThatFit(results)));
      runner.spare((wanted - most) * inputs.length);
    }
    const before = inPlay.length;
    inPlay = goOn(results);
    runner.spare((before - inPlay.length) * (most - until));
  }
  return { results, interrupted: false };
}
