import {
  activitiesOf,
  createDiagnostic,
  type Diagnostic,
  type Indicator,
  type Model,
  type Pathway,
  titleOf,
} from '@pathway/model';

/** An indicator with an aim measures every pathway that patients enter, so that a change can be better or worse. */
export function pathwaysAreMeasured(model: Model): Diagnostic[] {
  const everywhere = idsIn(model.pathways, model);
  const aimed = model.indicators
    .filter(({ aim }) => aim !== undefined)
    .map((indicator) => mentionsOf(indicator, everywhere));
  return model.pathways
    .filter((pathway) => pathway.cohorts.length > 0 && pathway.body.length > 0)
    .filter((pathway) => !isMeasured(aimed, idsIn([pathway], model)))
    .map((pathway) => createDiagnostic('PW7001', { pathway: titleOf(pathway) }, pathway.origin));
}

/** The places of pathways that an indicator names; an indicator that names none measures everything. */
function mentionsOf(indicator: Indicator, everywhere: ReadonlySet<string>): readonly string[] {
  const named = new Set<string>();
  collectIds(indicator.measure, named);
  return [...named].filter((id) => everywhere.has(id));
}

function isMeasured(aimed: readonly (readonly string[])[], own: ReadonlySet<string>): boolean {
  return aimed.some((mentions) => mentions.length === 0 || mentions.some((id) => own.has(id)));
}

/** Ids of cohorts, activities, resources, roles and outcomes that belong to pathways and what they call. */
function idsIn(pathways: readonly Pathway[], model: Model, seen = new Set<string>()): Set<string> {
  const ids = new Set<string>();
  for (const pathway of pathways) {
    if (seen.has(pathway.id)) continue;
    seen.add(pathway.id);
    for (const { cohort } of pathway.cohorts) ids.add(cohort);
    for (const activity of activitiesOf(pathway)) {
      ids.add(activity.id);
      if (activity.kind === 'finish') ids.add(activity.outcome);
      if (activity.kind === 'step' || activity.kind === 'hold') {
        for (const target of activity.needs.flatMap(({ of }) => of)) {
          if (target.kind === 'resource') ids.add(target.resource);
          if (target.kind === 'role') ids.add(target.role);
        }
      }
      if (activity.kind === 'call') {
        const called = model.pathways.filter(({ id }) => id === activity.pathway);
        for (const id of idsIn(called, model, seen)) ids.add(id);
      }
    }
  }
  return ids;
}

/** All texts in a measure, ids among them. */
function collectIds(value: unknown, found: Set<string>): void {
  if (typeof value === 'string') found.add(value);
  else if (Array.isArray(value)) for (const each of value) collectIds(each, found);
  else if (typeof value === 'object' && value !== null)
    for (const each of Object.values(value)) collectIds(each, found);
}
