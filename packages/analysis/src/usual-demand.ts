import { type Model, type Response, scenarioChain } from '@pathway/model';
import type { Demand } from './offered-load.js';

/** Cohorts that arrive only while a response that starts them is in force. */
export function startedCohorts({ responses = [] }: Model): ReadonlySet<string> {
  return new Set(responses.flatMap(startedBy));
}

/** Of these cohorts those who never come in some scenarios, for no response that is at hand in any of them starts them. */
export function dormantIn(model: Model, scenarios: readonly string[]): ReadonlySet<string> {
  const atHand = new Set(
    scenarios.flatMap((id) => scenarioChain(model, id).flatMap(({ responses }) => responses ?? [])),
  );
  const coming = new Set((model.responses ?? []).filter(({ id }) => atHand.has(id)).flatMap(startedBy));
  return new Set([...startedCohorts(model)].filter((cohort) => !coming.has(cohort)));
}

function startedBy({ patches }: Response): readonly string[] {
  return patches.flatMap((patch) => (patch.kind === 'start' ? patch.cohorts : []));
}

/** A demand without those who come only while a response is in force. */
export function asUsual(demand: Demand, model: Model): Demand {
  const started = startedCohorts(model);
  if (started.size === 0) return demand;
  return {
    ...demand,
    traffic: demand.traffic.filter(({ cohort }) => !started.has(cohort)),
    limits: demand.limits.filter(({ subject }) => !started.has(subject)),
  };
}
