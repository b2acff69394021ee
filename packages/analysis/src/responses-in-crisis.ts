import {
  byId,
  composeResponses,
  type Crisis,
  findActivity,
  isPathwayPatch,
  type Model,
  type Patch,
  type Response,
  scenarioChain,
  titleOf,
} from '@pathway/model';
import { neverTogether } from './checks/crisis/response-sets.js';
import type { Demand } from './offered-load.js';

/** What the demand in a crisis leaves out of what responses change, and of whom: titles of responses, or of an activity. */
export interface LeftOut {
  readonly kind: 'scenarios differ' | 'not together' | 'postponed' | 'no closed form';
  readonly of: string;
}

/** Responses that are taken to be in force in a crisis, and the model with its pathways as they make them. */
interface InForce {
  readonly model: Model;
  readonly responses: readonly Response[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * The responses that are at hand in a crisis, all in force: those of the scenario, or, without one, those of the scenarios in which
 * the crisis happens, where they agree. When each would begin follows from a run alone. Where they change the same place
 * without an order, or are never in force together, none is taken.
 */
export function responsesInForce(model: Model, crisis: Crisis, scenarioId: string | undefined): InForce {
  const sets = setsAtHand(model, crisis, scenarioId);
  const [ids = []] = sets;
  if (sets.length > 1) {
    const of = sets.map((set) => titlesOf(listed(model, set))).join(' / ');
    return { model, responses: [], leftOut: [{ kind: 'scenarios differ', of }] };
  }
  const responses = listed(model, ids);
  const apart = responses.some((one, index) =>
    responses.slice(index + 1).some((other) => neverTogether(one, other, model)),
  );
  const composed = composeResponses(model, ids);
  if (apart || composed.problems.length > 0)
    return { model, responses: [], leftOut: [{ kind: 'not together', of: titlesOf(responses) }] };
  return { model: composed.model, responses, leftOut: responses.flatMap(beyondTheMeanWeek) };
}

/**
 * Sets of ids of responses that change the work or who does it, one for each that scenarios with the crisis differ in; empty sets left out. Where no
 * scenario names any response, all are at hand.
 */
function setsAtHand(model: Model, crisis: Crisis, scenarioId: string | undefined): readonly (readonly string[])[] {
  const changing = (model.responses ?? []).filter(({ patches }) => patches.some(concernsStaffing)).map(({ id }) => id);
  const namedBy = (id: string): readonly string[] =>
    scenarioChain(model, id).flatMap(({ responses }) => responses ?? []);
  const responsesOf = (id: string): readonly string[] => {
    const named = new Set(namedBy(id));
    return changing.filter((response) => named.has(response));
  };
  if (scenarioId === undefined && model.scenarios.every(({ id }) => namedBy(id).length === 0)) return [changing];
  const happens = (id: string): boolean =>
    scenarioChain(model, id).some(({ crises }) => crises?.includes(crisis.id) === true);
  const scenarios = scenarioId === undefined ? model.scenarios.map(({ id }) => id).filter(happens) : [scenarioId];
  const sets = scenarios.map(responsesOf).filter((set) => set.length > 0);
  return [...new Map(sets.map((set) => [set.join('\n'), set])).values()];
}

function listed(model: Model, ids: readonly string[]): readonly Response[] {
  return ids.flatMap((id) => byId(model.responses ?? [], id) ?? []);
}

function titlesOf(responses: readonly Response[]): string {
  return responses.map((each) => titleOf(each)).join(', ');
}

/** What a response does that a mean week of work does not show. */
function beyondTheMeanWeek(response: Response): readonly LeftOut[] {
  return response.patches.some(({ kind }) => kind === 'postpone') ? [{ kind: 'postponed', of: titleOf(response) }] : [];
}

/** Activities and attributes whose part in the adapted work has no closed form, though it has one in the usual work. */
export function withoutClosedForm(model: Model, adapted: Demand, usual: Demand): readonly LeftOut[] {
  const known = new Set(subjectsOf(usual));
  const found = new Set(subjectsOf(adapted).filter((subject) => !known.has(subject)));
  return [...found].map((subject) => {
    const activity = findActivity(model, subject);
    const isNamed = activity?.kind === 'step' || activity?.kind === 'hold';
    return { kind: 'no closed form', of: isNamed ? titleOf(activity) : subject };
  });
}

function subjectsOf({ limits, traffic }: Demand): readonly string[] {
  const open = traffic.flatMap(({ kinds }) =>
    kinds.flatMap(({ visits }) =>
      visits
        .filter(({ kept, amounts }) => [...kept, ...amounts].includes(undefined))
        .map(({ activity }) => activity.id),
    ),
  );
  return [...limits.map(({ subject }) => subject), ...open];
}

/** Who comes in an hour when responses hold people back, send them elsewhere or let them come. */
export function arrivingUnder(
  { responses, model }: InForce,
  cohort: string,
  weekOf: (cohort: string) => readonly number[],
  share: (patch: Extract<Patch, { kind: 'divert' }>) => number,
): readonly number[] {
  const patches = responses.flatMap((each) => each.patches);
  const comes = (id: string): boolean => {
    if (patches.some((each) => (each.kind === 'pause' || each.kind === 'cancel') && each.cohorts.includes(id)))
      return false;
    const starts = (each: Patch): boolean => each.kind === 'start' && each.cohorts.includes(id);
    return patches.some(starts) || !(model.responses ?? []).some((each) => each.patches.some(starts));
  };
  const own = weekOf(cohort).map((people) => (comes(cohort) ? people : 0));
  return patches.reduce<readonly number[]>((week, patch) => {
    if (patch.kind !== 'divert') return week;
    if (patch.cohort === cohort) return week.map((people) => people * (1 - share(patch)));
    if (patch.to !== cohort || !comes(patch.cohort)) return week;
    const others = weekOf(patch.cohort);
    return week.map((people, hour) => people + share(patch) * (others[hour] ?? 0));
  }, own);
}

/** What changes a way of care, who comes, or who is there to do the work. */
function changesStaffing(patch: Patch): boolean {
  return isPathwayPatch(patch) || ['pause', 'cancel', 'start', 'divert', 'call in'].includes(patch.kind);
}

function concernsStaffing(patch: Patch): boolean {
  return changesStaffing(patch) || patch.kind === 'postpone';
}

/** The responses whose changes a mean week of the crisis shows. */
export function changersOf({ responses }: InForce): readonly Response[] {
  return responses.filter(({ patches }) => patches.some(changesStaffing));
}
