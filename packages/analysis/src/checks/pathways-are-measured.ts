import {
  activitiesOf,
  byId,
  createDiagnostic,
  type Diagnostic,
  type Indicator,
  type Model,
  type Pathway,
  titleOf,
} from '@pathway/model';

/** An indicator with an aim measures every pathway that patients enter, so that a change can be better or worse. */
export function pathwaysAreMeasured(model: Model): Diagnostic[] {
  const everywhere = new Set<string>();
  for (const pathway of model.pathways) for (const id of idsIn(pathway)) everywhere.add(id);
  const aimed = model.indicators
    .filter(({ aim }) => aim !== undefined)
    .map((indicator) => mentionsOf(indicator, everywhere));
  const ofEverything = aimed.some((mentions) => mentions.length === 0);
  const mentioned = new Set(aimed.flat());
  return model.pathways
    .filter((pathway) => pathway.cohorts.length > 0 && pathway.body.length > 0)
    .filter((pathway) => !ofEverything && !isMeasured(mentioned, reachedFrom(pathway, model)))
    .map((pathway) => createDiagnostic('PW7001', { pathway: titleOf(pathway) }, pathway.origin));
}

/** The places of pathways that an indicator names; an indicator that names none measures everything. */
function mentionsOf(indicator: Indicator, everywhere: ReadonlySet<string>): readonly string[] {
  const named = new Set<string>();
  collectIds(indicator.measure, named);
  return [...named].filter((id) => everywhere.has(id));
}

function isMeasured(mentioned: ReadonlySet<string>, reached: Iterable<Pathway>): boolean {
  for (const pathway of reached) for (const id of idsIn(pathway)) if (mentioned.has(id)) return true;
  return false;
}

/** A pathway and all that it calls, directly or through others. */
function reachedFrom(pathway: Pathway, model: Model): ReadonlySet<Pathway> {
  const reached = new Set([pathway]);
  for (const each of reached) {
    for (const activity of activitiesOf(each)) {
      const called = activity.kind === 'call' ? byId(model.pathways, activity.pathway) : undefined;
      if (called !== undefined) reached.add(called);
    }
  }
  return reached;
}

const idsOfPathways = new WeakMap<Pathway, ReadonlySet<string>>();

/** Ids of cohorts, activities, resources, roles and outcomes that belong to a pathway. */
function idsIn(pathway: Pathway): ReadonlySet<string> {
  const known = idsOfPathways.get(pathway);
  if (known !== undefined) return known;
  const ids = new Set(pathway.cohorts.map(({ cohort }) => cohort));
  for (const activity of activitiesOf(pathway)) {
    ids.add(activity.id);
    if (activity.kind === 'finish') ids.add(activity.outcome);
    if (activity.kind !== 'step' && activity.kind !== 'hold') continue;
    for (const target of activity.needs.flatMap(({ of }) => of)) {
      if (target.kind === 'resource') ids.add(target.resource);
      if (target.kind === 'role') ids.add(target.role);
    }
  }
  idsOfPathways.set(pathway, ids);
  return ids;
}

/** All texts in a measure, ids among them. */
function collectIds(value: unknown, found: Set<string>): void {
  if (typeof value === 'string') found.add(value);
  else if (Array.isArray(value)) for (const each of value) collectIds(each, found);
  else if (typeof value === 'object' && value !== null)
    for (const each of Object.values(value)) collectIds(each, found);
}
