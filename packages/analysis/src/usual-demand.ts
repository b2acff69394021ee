import type { Model } from '@pathway/model';
import type { Demand } from './offered-load.js';

/** Cohorts that arrive only while a response that starts them is in force. */
export function startedCohorts({ responses = [] }: Model): ReadonlySet<string> {
  const patches = responses.flatMap((response) => response.patches);
  return new Set(patches.flatMap((patch) => (patch.kind === 'start' ? patch.cohorts : [])));
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
