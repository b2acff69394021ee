import {
  applyScenario,
  compareDiagnostics,
  type Diagnostic,
  type Model,
  ModelError,
  withCredentialsOn,
} from '@pathway/model';
import { periodOf } from './arrival-rate.js';
import { loadDiagnostics } from './checks/load-within-capacity.js';
import { studiesLookRight } from './checks/studies-look-right.js';
import { freshParts } from './kept-parts.js';
import { demandOf, offeredLoads, requestsOf } from './offered-load.js';
import { asUsual } from './usual-demand.js';

/**
 * What can be said of a model before it runs that makes its figures mean something else than they seem to: an overload,
 * nobody who arrives, a run that is too short. These findings of `analyse` without the others, which take most of its time.
 * @param studyId gives the time over which capacities and loads are averaged; else the first study of the scenario
 * @throws ModelError for an unknown scenario
 */
export function runFindings(model: Model, scenarioId?: string, studyId?: string): readonly Diagnostic[] {
  const written = scenarioId === undefined ? model : applyScenario(model, scenarioId);
  const changed = withCredentialsOn(written, written.studies[0]?.start);
  const demand = orNothing(() => demandOf(changed, periodOf(changed, scenarioId, studyId), freshParts(changed)));
  const usual = demand && asUsual(demand, changed);
  const offered = usual && orNothing(() => offeredLoads(changed, usual));
  if (demand === undefined || usual === undefined || offered === undefined) return [];
  const found = [
    loadDiagnostics(changed, offered.loads, requestsOf(changed, usual)),
    orNothing(() => studiesLookRight(changed, demand, offered.loads)),
  ];
  return found.flatMap((some) => some ?? []).sort(compareDiagnostics);
}

/** Numbers that cannot be computed with are told where the model is checked. */
function orNothing<T>(compute: () => T): T | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof ModelError) return undefined;
    throw error;
  }
}
