import type { Cohort, Declaration } from './elements.js';
import type { Expression } from './expression.js';
import type { Activity, Pathway } from './flow.js';
import { deepFreeze } from './json.js';
import type { Model } from './model.js';
import { ModelError } from './model-error.js';
import { formatShare } from './format.js';
import type { Schedule } from './schedule.js';
import type { Override, Scenario } from './study.js';
import { findActivity, mapActivities } from './walk.js';

/**
 * The model as a scenario sees it: the changes of the scenarios that it is based on, in their order (each once, where
 * it is first met), then its own; a later change of the same thing wins. The given model stays as it is; the new one
 * is frozen and shares what did not change.
 * @throws ModelError for an unknown scenario, scenarios based on one another in a circle, and changes of things that
 *   the model does not have or that cannot take such a value
 */
export function applyScenario(model: Model, scenarioId: string): Model {
  const chain = scenarioChain(model, scenarioId);
  const changed = chain.flatMap((scenario) => scenario.overrides).reduce(applyOverride, model);
  const conversions = chain.flatMap((scenario) => scenario.conversions ?? []);
  return deepFreeze(conversions.length === 0 ? changed : { ...changed, conversions });
}

/** The scenarios whose changes make up a scenario, in the order in which they apply; the scenario itself is last. */
export function scenarioChain(model: Pick<Model, 'scenarios'>, scenarioId: string): Scenario[] {
  const chain: Scenario[] = [];
  collect(model, scenarioId, undefined, [], chain);
  return chain;
}

function collect(
  model: Pick<Model, 'scenarios'>,
  id: string,
  askedBy: Scenario | undefined,
  open: readonly string[],
  chain: Scenario[],
): void {
  const scenario = model.scenarios.find((each) => each.id === id);
  if (scenario === undefined) {
    const known = model.scenarios.map((each) => each.id).join(', ');
    const list = known === '' ? 'the model declares none' : `known are ${known}`;
    throw new ModelError(`There is no scenario ${id}; ${list}.`, askedBy?.origin);
  }
  if (open.includes(id)) {
    const circle = [...open.slice(open.indexOf(id)), id].join(' → ');
    throw new ModelError(`Scenarios are based on one another in a circle: ${circle}.`, scenario.origin);
  }
  if (chain.includes(scenario)) return;
  for (const base of scenario.basedOn) collect(model, base, scenario, [...open, id], chain);
  chain.push(scenario);
}

function applyOverride(model: Model, override: Override): Model {
  const { target } = override;
  switch (target.kind) {
    case 'number': {
      const value = expressionOf(override);
      return { ...model, numbers: changed(model.numbers, target.id, override, (number) => ({ ...number, value })) };
    }
    case 'resource': {
      const change = target.property === 'count' ? { count: scheduleOf(override) } : { cost: expressionOf(override) };
      return { ...model, resources: changed(model.resources, target.id, override, (each) => ({ ...each, ...change })) };
    }
    case 'staff': {
      const change =
        target.property === 'on duty'
          ? { onDuty: scheduleOf(override) }
          : { [target.property]: expressionOf(override) };
      return { ...model, staff: changed(model.staff, target.id, override, (group) => ({ ...group, ...change })) };
    }
    case 'role': {
      const cost = expressionOf(override);
      return { ...model, roles: changed(model.roles, target.id, override, (role) => ({ ...role, cost })) };
    }
    case 'cohort':
      return {
        ...model,
        cohorts: changed(model.cohorts, target.id, override, (cohort) => cohortChange(cohort, override)),
      };
    case 'attribute':
      return {
        ...model,
        cohorts: changed(model.cohorts, target.cohort, override, (cohort) =>
          attributeChange(cohort, target.name, override),
        ),
      };
    case 'step':
    case 'share':
      return { ...model, pathways: changeActivity(model.pathways, target.id, override) };
  }
}

function changed<T extends Declaration>(
  list: readonly T[],
  id: string,
  override: Override,
  change: (item: T) => T,
): T[] {
  if (!list.some((item) => item.id === id)) throw missing(override, id);
  return list.map((item) => (item.id === id ? change(item) : item));
}

function cohortChange(cohort: Cohort, override: Override): Cohort {
  if (override.target.kind === 'cohort' && override.target.property === 'priority') {
    return { ...cohort, priority: expressionOf(override) };
  }
  if (override.value.kind !== 'arrivals')
    throw unfit(override, 'arrivals, such as `every exponential(1.2 d)` or `14 per day`');
  return { ...cohort, arrivals: override.value.arrivals };
}

function attributeChange(cohort: Cohort, name: string, override: Override): Cohort {
  const value = expressionOf(override);
  const old = cohort.attributes.find((attribute) => attribute.name === name);
  if (old === undefined) throw missing(override, `${cohort.id}.${name}`);
  const categories = value.kind === 'one of' ? value.options.map((option) => option.value) : old.categories;
  const unknown = categories.find((category) => old.categories.length > 0 && !old.categories.includes(category));
  if (unknown !== undefined) {
    throw unfit(override, `a choice among ${old.categories.join(', ')}; ${unknown} is not among them`);
  }
  const attributes = cohort.attributes.map((attribute) => (attribute === old ? { ...attribute, value } : attribute));
  return { ...cohort, attributes };
}

function changeActivity(pathways: readonly Pathway[], id: string, override: Override): Pathway[] {
  if (findActivity({ pathways }, id) === undefined) throw missing(override, id);
  return pathways.map((pathway) => {
    const body = mapActivities(pathway.body, (activity) =>
      activity.id === id ? activityChange(activity, override) : activity,
    );
    return body === pathway.body ? pathway : { ...pathway, body };
  });
}

function activityChange(activity: Activity, override: Override): Activity {
  const { target } = override;
  const value = expressionOf(override);
  if (
    target.kind === 'step' &&
    target.property === 'priority' &&
    (activity.kind === 'step' || activity.kind === 'hold')
  ) {
    return { ...activity, priority: value };
  }
  if (target.kind === 'step' && activity.kind === 'step') {
    if (target.property === 'takes') return { ...activity, takes: value };
    if (activity.within === undefined) {
      throw new ModelError(
        `\`${override.text}\` changes a time target, but ${activity.name} declares none.`,
        override.origin,
      );
    }
    return { ...activity, within: { ...activity.within, limit: value } };
  }
  if (target.kind === 'share' && activity.kind === 'choose') {
    const branch = activity.branches[target.branch];
    if (branch?.when.kind !== 'share') {
      throw new ModelError(`\`${override.text}\` changes the share of a branch that has none.`, override.origin);
    }
    const share = { ...branch, label: shareLabel(branch.label, value), when: { kind: 'share' as const, share: value } };
    return { ...activity, branches: activity.branches.map((each, i) => (i === target.branch ? share : each)) };
  }
  throw missing(override, target.kind === 'step' || target.kind === 'share' ? target.id : activity.id);
}

/** A label that was the old share as text follows the new one; a title stays. */
function shareLabel(label: string, share: Expression): string {
  return /^[\d.]+%$/.test(label) && share.kind === 'number' ? formatShare(share.value, { digits: 6 }) : label;
}

function expressionOf(override: Override): Expression {
  if (override.value.kind === 'expression') return override.value.expression;
  throw unfit(override, 'a single value');
}

/** A plain value is a schedule that never changes. */
function scheduleOf(override: Override): Schedule {
  if (override.value.kind === 'schedule') return override.value.schedule;
  if (override.value.kind === 'expression') return { rules: [], otherwise: override.value.expression };
  throw unfit(override, 'a number or a timetable');
}

function missing(override: Override, id: string): ModelError {
  return new ModelError(`\`${override.text}\` changes ${id}, which the model does not have.`, override.origin);
}

function unfit(override: Override, wanted: string): ModelError {
  return new ModelError(`\`${override.text}\` needs ${wanted}.`, override.origin);
}
