import {
  activitiesOf,
  type Composition,
  composeResponses,
  conflictsAmong,
  constantValue,
  createDiagnostic,
  type Diagnostic,
  findActivity,
  type Model,
  type Origin,
  type Pathway,
  type PatchOf,
  type Response,
  titleOf,
  unsoundnessOf,
} from '@pathway/model';
import { neverTogether, responseSets } from './response-sets.js';

/** Responses that change one place have an order, and none changes what another one has taken away. */
export function responsesGoTogether(model: Model): Diagnostic[] {
  const found = new Map<string, Diagnostic>();
  for (const set of responseSets(model)) {
    for (const { first, second, place } of conflictsAmong(set, model.pathways)) {
      if (neverTogether(first.response, second.response, model)) continue;
      const params = {
        first: titleOf(first.response),
        second: titleOf(second.response),
        place: nameOfPlace(place, model),
      };
      add(
        found,
        first,
        second,
        createDiagnostic('PW6010', params, second.patch.origin, related(first, 'also changes it')),
      );
    }
  }
  for (const set of withSingles(model)) {
    for (const problem of composeResponses(
      model,
      set.map(({ id }) => id),
    ).problems) {
      if (problem.kind !== 'missing') continue;
      const { patch, after, place } = problem;
      // Without an order between them, that is what is told.
      if (after !== undefined && found.has(keyOf(after, patch, 'PW6010'))) continue;
      if (after !== undefined && neverTogether(after.response, patch.response, model)) continue;
      const params = { response: titleOf(patch.response), place: nameOfPlace(place, model) };
      const extras = after === undefined ? {} : related(after, 'takes it away');
      add(found, after ?? patch, patch, createDiagnostic('PW6011', params, patch.patch.origin, extras));
    }
  }
  return [...found.values()];
}

function related({ response, patch }: PatchOf, what: string): Pick<Diagnostic, 'related'> {
  return { related: [{ message: `${titleOf(response)} ${what} here.`, origin: patch.origin }] };
}

function keyOf(first: PatchOf, second: PatchOf, code: string): string {
  return `${code} ${[first.patch.id, second.patch.id].sort().join(' ')}`;
}

function add(found: Map<string, Diagnostic>, first: PatchOf, second: PatchOf, diagnostic: Diagnostic): void {
  const key = keyOf(first, second, diagnostic.code);
  if (!found.has(key)) found.set(key, diagnostic);
}

function nameOfPlace(id: string, model: Model): string {
  const activity = findActivity(model, id);
  if (activity !== undefined && 'name' in activity) return activity.name;
  return id.slice(id.indexOf('.') + 1);
}

/** Each response by itself, then the sets that can be in force together. */
function withSingles(model: Model): readonly (readonly Response[])[] {
  const sets = responseSets(model).filter((set) => set.length > 1);
  return [...(model.responses ?? []).map((response) => [response]), ...sets];
}

/** Every adapted pathway holds together as a pathway in a text does. */
export function adaptedPathwaysAreSound(model: Model): Diagnostic[] {
  const told = new Set<string>();
  return withSingles(model).flatMap((set) => {
    const composed = composeResponses(
      model,
      set.map(({ id }) => id),
    );
    return changedPathways(model, composed).flatMap(({ pathway, before }) => {
      const known = new Set(unsoundnessOf(before).map(({ activity }) => activity.id));
      const [wrong] = unsoundnessOf(pathway).filter(({ activity }) => !known.has(activity.id));
      const reason = activitiesOf(pathway).length === 0 ? 'nothing is left of it' : wrong?.reason;
      const key = `${pathway.id} ${wrong?.activity.id ?? ''}`;
      if (reason === undefined || told.has(key)) return [];
      told.add(key);
      const params = {
        pathway: titleOf(pathway),
        responses: set.map((response) => titleOf(response)).join(' and '),
        reason: wrong === undefined ? reason : `${nameOfActivity(wrong.activity)} ${reason}`,
      };
      const place: Origin = (set.at(-1) ?? pathway).origin;
      const at = wrong?.activity.origin;
      return [
        createDiagnostic('PW6012', params, headOf(place), {
          related: at === undefined ? [] : [{ message: 'This is the place.', origin: at }],
        }),
      ];
    });
  });
}

function nameOfActivity(activity: { readonly kind: string; readonly name?: string | undefined }): string {
  return activity.name ?? `a \`${activity.kind}\``;
}

/** The first line of what was written. */
export function headOf(origin: Origin): Origin {
  if (origin.endLine === origin.line) return origin;
  return { ...origin, endLine: origin.line + 1, endColumn: 1 };
}

function changedPathways(
  model: Model,
  { model: composed }: Composition,
): readonly { readonly pathway: Pathway; readonly before: Pathway }[] {
  return model.pathways.flatMap((before, i) => {
    const pathway = composed.pathways[i];
    return pathway === undefined || pathway === before ? [] : [{ pathway, before }];
  });
}

/** A handover that the care needs stays while a response is in force. */
export function handoversStay(model: Model): Diagnostic[] {
  return (model.responses ?? []).flatMap((response) =>
    changedPathways(model, composeResponses(model, [response.id])).flatMap(({ pathway, before }) => {
      const receivers = new Set(stepsOf(pathway).flatMap(({ handover }) => handover?.to ?? []));
      const working = new Set(stepsOf(pathway).map(({ organisation }) => organisation ?? pathway.owner));
      return stepsOf(before).flatMap((step) =>
        (step.handover?.to ?? [])
          .filter((organisation) => working.has(organisation) && !receivers.has(organisation))
          .map((organisation) => {
            const to = model.organisations.find(({ id }) => id === organisation);
            const params = {
              response: titleOf(response),
              step: titleOf(step),
              organisation: to ? titleOf(to) : organisation,
            };
            return createDiagnostic('PW6014', params, headOf(response.origin), {
              related: [{ message: 'The handover is here.', origin: step.handover?.origin ?? step.origin }],
            });
          }),
      );
    }),
  );
}

function stepsOf(pathway: Pathway) {
  return activitiesOf(pathway).filter((activity) => activity.kind === 'step');
}

/** What is said to be relaxed is no stricter than before. */
export function whatIsRelaxedIsWeaker(model: Model): Diagnostic[] {
  return (model.responses ?? []).flatMap(({ patches }) =>
    patches.flatMap((patch) => {
      if (patch.kind !== 'change' || !patch.relaxes) return [];
      const place = findActivity(model, patch.place);
      if (place?.kind !== 'step' && place?.kind !== 'hold') return [];
      const pairs = [
        {
          what: 'within',
          before: place.kind === 'step' ? place.within?.limit : undefined,
          after: patch.to.within?.limit,
        },
        { what: 'waits at most', before: place.waits?.atMost, after: patch.to.waits?.atMost },
      ];
      return pairs.flatMap(({ what, before, after }) => {
        const [own, other] = [before && constantValue(before, model), after && constantValue(after, model)];
        if (own === undefined || other === undefined || other >= own) return [];
        return [createDiagnostic('PW6027', { place: place.name, what }, patch.origin)];
      });
    }),
  );
}
