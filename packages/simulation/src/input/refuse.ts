import { activitiesOf, formatOrigin, type Model, type Origin, scenarioChain, titleOf } from '@pathway/model';
import { SimulationError } from '../errors.js';

/**
 * Crises, responses and the loss of what work depends on are in the language and not in the engine: a study of them would
 * leave them out.
 * @throws SimulationError at the first of them
 */
export function refuseWhatIsNotSimulated(model: Model, scenarioId: string): void {
  const chain = scenarioId === '' ? [] : scenarioChain(model, scenarioId);
  for (const scenario of chain) {
    const planned = [...(scenario.crises ?? []), ...(scenario.responses ?? [])];
    if (planned.length > 0) refuse(`the scenario ${titleOf(scenario)} has ${planned.join(', ')}`, scenario.origin);
  }
  const started = (model.responses ?? []).flatMap(({ patches }) => patches).find(({ kind }) => kind === 'start');
  if (started !== undefined) refuse('a response starts a cohort', started.origin);
  // What never fails needs no battery and no workaround, and nobody waits for it.
  const failing = new Set(model.resources.filter(({ breakdown }) => breakdown !== undefined).map(({ id }) => id));
  for (const resource of model.resources) {
    if (resource.dependencies?.some(({ on }) => on.some((id) => failing.has(id))) === true) {
      refuse(`${titleOf(resource)} depends on something that breaks down`, resource.origin);
    }
  }
  for (const activity of model.pathways.flatMap((pathway) => activitiesOf(pathway))) {
    if (activity.kind !== 'step' || !activity.dependsOn.some((id) => failing.has(id))) continue;
    refuse(`${activity.id} depends on something that breaks down`, activity.origin);
  }
}

function refuse(what: string, origin: Origin): never {
  throw new SimulationError(
    `This version checks crises and responses and does not simulate them: ${what}.`,
    formatOrigin(origin),
  );
}
