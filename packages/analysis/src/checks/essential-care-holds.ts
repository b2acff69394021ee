import {
  activitiesOf,
  constantValue,
  createDiagnostic,
  type Diagnostic,
  formatShare,
  type Model,
  type Pathway,
  type Step,
  type StudyCalendar,
  titleOf,
} from '@pathway/model';
import type { OfferedLoad } from '../facts.js';
import type { Request } from '../offered-load.js';
import { type Overload, overloadsOf } from '../overloads.js';
import { mostUnits } from '../stations.js';

/** Steps of an essential pathway have another way, or more than one unit, where a thing that they need is lost. */
export function essentialStepsHaveAnotherWay(model: Model, calendar: StudyCalendar): Diagnostic[] {
  return model.pathways
    .filter(({ essential }) => essential !== undefined)
    .flatMap((pathway) => activitiesOf(pathway))
    .filter((activity) => activity.kind === 'step')
    .flatMap((step) =>
      singleThings(step, model, calendar).map((resource) =>
        createDiagnostic('PW3011', { step: titleOf(step), resource }, step.origin),
      ),
    );
}

/** Titles of the things without which a step cannot be done. */
function singleThings(step: Step, model: Model, calendar: StudyCalendar): string[] {
  if (step.waits !== undefined) return [];
  const needed = step.needs.flatMap(({ of: [only, ...others] }) =>
    only?.kind === 'resource' && others.length === 0 ? [only.resource] : [],
  );
  const bridged = (step.fallbacks ?? []).flatMap(({ on, workaround }) => (workaround === undefined ? [] : on));
  const ids = new Set([...step.dependsOn.filter((id) => !bridged.includes(id)), ...needed]);
  if (ids.size === 0) return [];
  return model.resources
    .filter(({ id, count }) => ids.has(id) && mostUnits(count, calendar, model) <= 1)
    .map((resource) => titleOf(resource));
}

/** Whatever an essential pathway asks for can serve at least the smallest acceptable share of its demand. */
export function essentialCareReachesItsMinimum(
  model: Model,
  loads: readonly OfferedLoad[],
  requests: readonly Request[],
): Diagnostic[] {
  const overloads = overloadsOf(loads, requests);
  return model.pathways.flatMap((pathway) => {
    const minimum = pathway.essential?.minimum && constantValue(pathway.essential.minimum, model);
    if (minimum === undefined) return [];
    const share = servedShare(pathway, overloads, requests);
    if (share >= minimum) return [];
    const params = { pathway: titleOf(pathway), share: formatShare(share), minimum: formatShare(minimum) };
    return [createDiagnostic('PW6001', params, pathway.origin)];
  });
}

/** The largest share of what a pathway asks for that can ever be served. */
export function servedShare(pathway: Pathway, overloads: readonly Overload[], requests: readonly Request[]): number {
  const asked = new Set(requests.filter(({ visit }) => visit.pathway.id === pathway.id).map(({ able }) => able));
  return overloads.reduce((least, { stations, load, capacity }) => {
    const isAsked = [...asked].some((able) => able.every((station) => stations.some(({ id }) => id === station)));
    return isAsked ? Math.min(least, capacity / load) : least;
  }, 1);
}
