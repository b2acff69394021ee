import type { Model, Scenario } from '@pathway/model';
import fc from 'fast-check';
import { compileInput, type SimulationInput } from '../src/index.js';
import { HERE, model } from './build.js';
import { randomCrisisModel, randomPlan } from './random-plans.js';

const HOUR = 3600;
const DAY = 86_400;

/** What a model has of crises and responses. */
export type Plan = Partial<Pick<Model, 'crises' | 'responses' | 'triggers' | 'signals' | 'gauges'>>;

/** Random models with plans that hold together with them. */
export const modelAndPlan = randomCrisisModel.chain((parts) => fc.tuple(fc.constant(parts), randomPlan(parts)));

/** The model as it is, with all its crises, and with all its responses too. */
function scenarios(plan: Plan): Scenario[] {
  const crises = (plan.crises ?? []).map(({ id }) => id);
  const responses = (plan.responses ?? []).map(({ id }) => id);
  const scenario = (id: string, more: Partial<Scenario>): Scenario => ({
    id,
    name: id,
    origin: HERE,
    basedOn: [],
    overrides: [],
    ...more,
  });
  return [
    scenario('Base', {}),
    scenario('NoPlan', { crises }),
    scenario('WithPlan', { crises, responses }),
    scenario('PlanOnly', { responses }),
  ];
}

/** The input of one of these scenarios. @param run seconds, after an hour of warm-up */
export function inputOf(parts: Partial<Model>, plan: Plan, scenario: string, run = 2 * DAY): SimulationInput {
  return compileInput(model({ ...parts, ...plan, scenarios: scenarios(plan) }, { run, warmUp: HOUR }), 'S', scenario);
}
