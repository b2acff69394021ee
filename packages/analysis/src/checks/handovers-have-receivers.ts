import {
  type Activity,
  activitiesOf,
  createDiagnostic,
  type Diagnostic,
  type Model,
  type Pathway,
  type Step,
  titleOf,
  byId,
} from '@pathway/model';
import { organisationTitle, withParents } from '../organisations.js';
import { placeOf } from '../stations.js';

/** Whoever is handed a patient does something on the pathway afterwards. */
export function handoversHaveReceivers(model: Model): Diagnostic[] {
  return handovers(model).flatMap(({ pathway, step, handover }) =>
    withoutReceiver(pathway, step, model).map((to) =>
      createDiagnostic('PW3009', { step: titleOf(step), organisation: organisationTitle(to, model) }, handover.origin),
    ),
  );
}

/** The organisations that a step hands over to and that do nothing on the pathway afterwards. */
export function withoutReceiver(pathway: Pathway, step: Step, model: Model): readonly string[] {
  const later = organisationsAfter(pathway, step, model);
  return (step.handover?.to ?? []).filter((to) => to !== placeOf(step, pathway) && !later.has(to));
}

/** Handovers to an organisation that does nothing on the pathway afterwards. */
export function lostHandovers(model: Model): readonly (HandingOver & { readonly to: string })[] {
  return handovers(model).flatMap((each) =>
    withoutReceiver(each.pathway, each.step, model).map((to) => ({ ...each, to })),
  );
}

interface HandingOver {
  readonly pathway: Pathway;
  readonly step: Step;
  readonly handover: NonNullable<Step['handover']>;
}

/** A handover names a channel by which the receiver can answer. */
export function handoversHaveAWayBack(model: Model): Diagnostic[] {
  return handovers(model)
    .filter(({ handover }) => handover.returns === undefined)
    .map(({ step, handover }) => createDiagnostic('PW3010', { step: titleOf(step) }, handover.origin));
}

/** Every step of a pathway that hands over. */
export function handovers(model: Model): HandingOver[] {
  return model.pathways.flatMap((pathway) =>
    activitiesOf(pathway).flatMap((step) =>
      step.kind === 'step' && step.handover !== undefined ? [{ pathway, step, handover: step.handover }] : [],
    ),
  );
}

/**
 * Organisations that act after a step: those of later activities, with what they call; of the whole pathway where a
 * `go to` or loop can lead back; and of every pathway that calls this one, since patients return there.
 */
function organisationsAfter(pathway: Pathway, step: Step, model: Model): ReadonlySet<string> {
  const found = new Set<string>();
  const all = activitiesOf(pathway);
  const leadsBack = all.some(({ kind }) => kind === 'go to' || kind === 'repeat');
  const seen = new Set<string>();
  collect(leadsBack ? all : all.slice(all.indexOf(step) + 1), pathway);
  for (const caller of model.pathways) {
    if (caller !== pathway && reaches(caller, pathway.id, model)) collect(activitiesOf(caller), caller);
  }
  return found;

  function collect(activities: readonly Activity[], inside: Pathway): void {
    for (const activity of activities) {
      if (activity.kind === 'step') {
        const place = placeOf(activity, inside);
        if (place !== undefined) for (const each of withParents(place, model)) found.add(each);
      }
      if (activity.kind !== 'call' || seen.has(activity.pathway)) continue;
      seen.add(activity.pathway);
      const called = byId(model.pathways, activity.pathway);
      if (called !== undefined) collect(activitiesOf(called), called);
    }
  }
}

function reaches(pathway: Pathway, target: string, model: Model, seen = new Set<string>()): boolean {
  if (seen.has(pathway.id)) return false;
  seen.add(pathway.id);
  return activitiesOf(pathway).some((activity) => {
    if (activity.kind !== 'call') return false;
    const called = byId(model.pathways, activity.pathway);
    return activity.pathway === target || (called !== undefined && reaches(called, target, model, seen));
  });
}
