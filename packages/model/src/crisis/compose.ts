import type { Pathway } from '../flow.js';
import { deepFreeze } from '../json.js';
import type { Model } from '../model.js';
import { ModelError } from '../model-error.js';
import { walkActivities } from '../walk.js';
import type { CompositionProblem, StandIn } from './composition.js';
import { Patching } from './patching.js';
import { clash } from './places.js';
import { isPathwayPatch, type Response, type ResponseMeasure } from './response.js';

/** What a set of active responses makes of a model. */
export interface Composition {
  /** The model with its pathways patched, frozen; what no patch touches is the same object as before. */
  readonly model: Model;
  readonly standIns: readonly StandIn[];
  /** What is done beside the pathways, in the order in which the responses compose. */
  readonly measures: readonly { readonly response: string; readonly measure: ResponseMeasure }[];
  /** Empty for a set of responses that go together; patches with a problem are left out. */
  readonly problems: readonly CompositionProblem[];
}

/**
 * The responses in the order in which they are applied: those without a priority first, then from the greatest number to
 * the smallest, which has the last word; equal ones in the order of declaration.
 */
export function compositionOrder(responses: readonly Response[]): readonly Response[] {
  const rank = ({ priority }: Response): number => -(priority ?? Number.POSITIVE_INFINITY);
  return responses
    .map((response, index) => ({ response, index }))
    .sort((a, b) => {
      const [x, y] = [rank(a.response), rank(b.response)];
      return x === y ? a.index - b.index : x - y;
    })
    .map(({ response }) => response);
}

/**
 * What a model's pathways become while these responses are in force. No response gives the model itself; the order of
 * the ids does not matter.
 * @throws ModelError for an unknown response
 */
export function composeResponses(model: Model, responseIds: readonly string[]): Composition {
  const declared = model.responses ?? [];
  for (const id of responseIds) {
    if (declared.some((each) => each.id === id)) continue;
    const known = declared.map((each) => each.id).join(', ');
    throw new ModelError(`There is no response ${id}; ${known === '' ? 'none is declared' : `known are ${known}`}.`);
  }
  const responses = compositionOrder(declared.filter(({ id }) => responseIds.includes(id)));
  const problems: CompositionProblem[] = [...conflictsAmong(responses, model.pathways)];
  const composer = new Patching(model.pathways);
  const measures: { response: string; measure: ResponseMeasure }[] = [];
  for (const response of responses) {
    for (const patch of response.patches) {
      if (isPathwayPatch(patch)) composer.apply({ response, patch }, patch);
      else measures.push({ response: response.id, measure: patch });
    }
  }
  const { pathways } = composer;
  const changed = pathways.some((pathway, i) => pathway !== model.pathways[i]);
  return deepFreeze({
    model: changed ? { ...model, pathways } : model,
    standIns: composer.standIns,
    measures,
    problems: [...problems, ...composer.problems],
  });
}

/** Pairs of patches of different responses that change the same place though neither response comes before the other. */
export function conflictsAmong(
  responses: readonly Response[],
  pathways: readonly Pathway[],
): Extract<CompositionProblem, { kind: 'conflict' }>[] {
  const insides = insideTable(pathways);
  const inside = (outer: string): ReadonlySet<string> => insides.get(outer) ?? NOTHING;
  const found: Extract<CompositionProblem, { kind: 'conflict' }>[] = [];
  for (const [index, one] of responses.entries()) {
    for (const other of responses.slice(index + 1)) {
      if (one.priority !== undefined && other.priority !== undefined && one.priority !== other.priority) continue;
      for (const patch of one.patches) {
        for (const second of other.patches) {
          const place = clash(patch, second, pathways, inside);
          if (place === undefined) continue;
          found.push({
            kind: 'conflict',
            place,
            first: { response: one, patch },
            second: { response: other, patch: second },
          });
        }
      }
    }
  }
  return found;
}

const NOTHING: ReadonlySet<string> = new Set();

/** For each activity, the ids of all that stands inside it. */
function insideTable(pathways: readonly Pathway[]): ReadonlyMap<string, ReadonlySet<string>> {
  const table = new Map<string, Set<string>>();
  for (const { body } of pathways) {
    for (const { activity, ancestors } of walkActivities(body)) {
      for (const { id } of ancestors) {
        const inside = table.get(id) ?? new Set<string>();
        table.set(id, inside.add(activity.id));
      }
    }
  }
  return table;
}
