import { scenarioChain } from './apply-scenario.js';
import { byId } from './by-id.js';
import { composeResponses } from './crisis/compose.js';
import { titleOf } from './elements.js';
import { deepFreeze } from './json.js';
import type { Model } from './model.js';
import { ModelError } from './model-error.js';
import type { PlanSets, Scenario, Study } from './study.js';
import { findActivity } from './walk.js';

/** Sets that are run where a study does not say how many at most. */
export const USUAL_PLAN_SETS = 15;

/** A set of plans that the language does not let be in force together. */
export interface LeftOutSet {
  /** Response ids, in the order of the study. */
  readonly responses: readonly string[];
  /** Titles of the two plans that do not go together, and of the place that both change. */
  readonly between: readonly [string, string];
  readonly place: string;
}

/**
 * Every set of the plans that goes together, the smallest first and in the order in which the study names them; and those
 * that do not: two of them change one place and nothing says which has the last word, or one needs what another takes away.
 * @throws ModelError for more sets than the study allows, before any is looked at
 */
export function planSets(
  model: Model,
  { responses, most, origin }: PlanSets,
): { readonly sets: readonly (readonly string[])[]; readonly leftOut: readonly LeftOutSet[] } {
  const count = 2 ** responses.length - 1;
  if (count > most) throw new ModelError(tooManySets(responses.length, most), origin);
  const all = Array.from({ length: count }, (_, i) => responses.filter((__, place) => (((i + 1) >> place) & 1) === 1));
  const ordered = [...all].sort(
    (a, b) => a.length - b.length || compareLists(a.map(placeIn(responses)), b.map(placeIn(responses))),
  );
  const leftOut: LeftOutSet[] = [];
  const sets = ordered.filter((set) => {
    const [problem] = composeResponses(model, set).problems;
    if (problem === undefined) return true;
    const [first, second] =
      problem.kind === 'conflict' ? [problem.first, problem.second] : [problem.after ?? problem.patch, problem.patch];
    const between = [titleOf(first.response), titleOf(second.response)] as const;
    leftOut.push({ responses: set, between, place: titleOfPlace(problem.place, model) });
    return false;
  });
  return { sets, leftOut };
}

/** What is said where a study has more sets of plans than it allows. */
export function tooManySets(plans: number, most: number): string {
  const sets = 2 ** plans - 1;
  return `${plans} plans make ${sets} sets, and at most ${most} are run; write \`at most ${sets}\` behind them, or name fewer plans.`;
}

/**
 * The model with a scenario for each set of plans that a study compares, after the scenarios that it names: what happens
 * in it is that of the scenario without a plan. A scenario of the model that says the same is taken instead.
 * @throws ModelError for more sets than the study allows, and where no scenario has a crisis without responses
 */
export function withPlanSets(model: Model, study: Study): Model {
  const { plans = [] } = study;
  if (plans.length === 0) return model;
  const added: Scenario[] = [];
  const compared = [...study.scenarios];
  for (const each of plans) {
    const { sets } = planSets(model, each);
    const bases = basesOf(model, study, each);
    for (const base of bases) {
      for (const responses of sets) {
        const scenario =
          declaredLike(model, base, responses, compared) ?? combined(model, base, responses, bases.length > 1);
        if (compared.includes(scenario.id)) continue;
        compared.push(scenario.id);
        if (!model.scenarios.includes(scenario)) added.push(scenario);
      }
    }
  }
  return deepFreeze({
    ...model,
    scenarios: [...model.scenarios, ...added],
    studies: model.studies.map((each) => (each.id === study.id ? { ...each, scenarios: compared } : each)),
  });
}

/**
 * The model with the scenarios of every set of plans that its studies run, as checks see it: a study that cannot be run is
 * left as it is.
 */
export function withAllPlanSets(model: Model): Model {
  return model.studies.reduce((found, { id }) => {
    const study = byId(found.studies, id);
    try {
      return study === undefined ? found : withPlanSets(found, study);
    } catch (error) {
      if (error instanceof ModelError) return found;
      throw error;
    }
  }, model);
}

/** What a scenario has of crises and responses, those that it is based on included. */
function plannedIn(
  model: Model,
  id: string,
): { readonly crises: readonly string[]; readonly responses: readonly string[] } {
  const chain = scenarioChain(model, id);
  return {
    crises: [...new Set(chain.flatMap(({ crises = [] }) => crises))],
    responses: [...new Set(chain.flatMap(({ responses = [] }) => responses))],
  };
}

function basesOf(model: Model, study: Study, { scenarios, origin }: PlanSets): readonly Scenario[] {
  const named = scenarios ?? study.scenarios;
  const bases = named.filter((id) => {
    const { crises, responses } = plannedIn(model, id);
    return scenarios !== undefined || (crises.length > 0 && responses.length === 0);
  });
  if (bases.length === 0)
    throw new ModelError(
      `The study ${study.name} compares no scenario with a crisis and without responses, to which plans could be added; name one with \`in\`.`,
      origin,
    );
  return bases.flatMap((id) => byId(model.scenarios, id) ?? []);
}

/** A scenario of the model in which the same happens with these responses; one that the study names comes first. */
function declaredLike(
  model: Model,
  base: Scenario,
  responses: readonly string[],
  compared: readonly string[],
): Scenario | undefined {
  const wanted = contentOf(model, base.id, responses);
  const named = compared.flatMap((id) => byId(model.scenarios, id) ?? []);
  return [...named, ...model.scenarios].find((each) => contentOf(model, each.id) === wanted);
}

/** What a scenario changes, in a form in which equals are equal. */
function contentOf(model: Model, id: string, added: readonly string[] = []): string {
  const { crises, responses } = plannedIn(model, id);
  const chain = scenarioChain(model, id);
  return JSON.stringify([
    chain.flatMap(({ overrides }) => overrides.map(({ target, value }) => [target, value])),
    chain.flatMap(({ conversions = [] }) => conversions.map(({ text }) => text)),
    [...crises].sort(),
    [...new Set([...responses, ...added])].sort(),
  ]);
}

function combined(model: Model, base: Scenario, responses: readonly string[], isOneOfMany: boolean): Scenario {
  const plans = responses.flatMap((id) => byId(model.responses ?? [], id) ?? []);
  const title = plans.map((plan) => titleOf(plan)).join(' + ');
  return {
    id: `${base.id} with ${responses.join(', ')}`,
    name: `${base.name} with ${plans.map(({ name }) => name).join(', ')}`,
    title: isOneOfMany ? `${titleOf(base)}: ${title}` : title,
    origin: base.origin,
    basedOn: [base.id],
    overrides: [],
    responses,
  };
}

function titleOfPlace(id: string, model: Model): string {
  const activity = findActivity(model, id);
  if (activity === undefined) return id;
  if ('title' in activity) return activity.title;
  return 'name' in activity ? activity.name : id;
}

function placeIn(list: readonly string[]): (id: string) => number {
  return (id) => list.indexOf(id);
}

function compareLists(a: readonly number[], b: readonly number[]): number {
  const i = a.findIndex((value, place) => value !== b[place]);
  return i < 0 ? 0 : (a[i] ?? 0) - (b[i] ?? 0);
}
