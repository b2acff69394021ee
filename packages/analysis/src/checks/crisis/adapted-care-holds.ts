import {
  byId,
  composeResponses,
  constantValue,
  createDiagnostic,
  type Crisis,
  type Diagnostic,
  formatShare,
  type Model,
  type Response,
  scenarioChain,
  titleOf,
  withAllPlanSets,
} from '@pathway/model';
import type { OfferedLoad } from '../../facts.js';
import type { Period } from '../../arrival-rate.js';
import { type Demand, demandOf, offeredLoads, requestsOf } from '../../offered-load.js';
import { type Overload, overloadsOf } from '../../overloads.js';
import { servedShare } from '../essential-care-holds.js';
import { spanOf } from './crises-leave-what-is-needed.js';
import { headOf } from './responses-go-together.js';

/**
 * Essential care reaches its minimum while the responses of a scenario are in force in its crises: what the adapted pathway
 * asks for, with the people who come then, against what there is then. What is lost for a part of a crisis counts for that part.
 * Not told where care falls short already as it is.
 * @throws ModelError for impossible numbers
 */
export function adaptedCareHolds(model: Model, period: Period, before: readonly Overload[]): Diagnostic[] {
  const essential = model.pathways.filter(({ essential: own }) => own?.minimum !== undefined);
  if (essential.length === 0 || (model.responses ?? []).length === 0) return [];
  const told = new Set<string>();
  const whole = withAllPlanSets(model);
  return whole.scenarios.flatMap(({ id }) => {
    const chain = scenarioChain(whole, id);
    const crises = listed(
      model.crises ?? [],
      chain.flatMap((each) => each.crises ?? []),
    );
    const responses = listed(
      model.responses ?? [],
      chain.flatMap((each) => each.responses ?? []),
    );
    const first = responses[0];
    if (crises.length === 0 || first === undefined) return [];
    const names = [crises, responses].map((list) => list.map((each) => titleOf(each)).join(' and '));
    const [during = '', plans = ''] = names;
    if (told.has(`${during}\n${plans}`)) return [];
    told.add(`${during}\n${plans}`);
    const { model: adapted, problems } = composeResponses(
      model,
      responses.map((each) => each.id),
    );
    if (problems.length > 0) return [];
    const surged = inCrisis(demandOf(adapted, period), crises, model);
    const requests = requestsOf(adapted, surged);
    const then = overloadsOf(offeredLoads(adapted, surged).loads, requests, (load) =>
      capacityThen(load, crises, responses, model),
    );
    return essential.flatMap((pathway) => {
      const minimum = pathway.essential?.minimum && constantValue(pathway.essential.minimum, model);
      if (minimum === undefined) return [];
      const share = servedShare(pathway, then, requests);
      if (share >= minimum || servedShare(pathway, before, requests) < minimum) return [];
      const params = {
        response: `${plans} in ${during}`,
        pathway: titleOf(pathway),
        share: formatShare(share),
        minimum: formatShare(minimum),
      };
      return [createDiagnostic('PW6013', params, headOf(first.origin))];
    });
  });
}

function listed<T extends { readonly id: string }>(all: readonly T[], ids: readonly string[]): readonly T[] {
  return [...new Set(ids)].flatMap((id) => byId(all, id) ?? []);
}

/** The demand while crises last: more or fewer of each cohort by what is said as a share, at its largest. */
function inCrisis(demand: Demand, crises: readonly Crisis[], model: Model): Demand {
  const changes = crises.flatMap(({ effects }) =>
    effects.flatMap((effect) => {
      if (effect.kind !== 'arrivals' || effect.change.kind !== 'share') return [];
      const share = constantValue(effect.change.share, model);
      return share === undefined ? [] : [{ cohorts: effect.cohorts, factor: Math.max(0, 1 + share) }];
    }),
  );
  const rates = new Map(
    [...demand.rates].map(([cohort, rate]) => {
      const factor = changes
        .filter(({ cohorts }) => cohorts.includes(cohort))
        .reduce((product, change) => product * change.factor, 1);
      return [cohort, { ...rate, rate: rate.rate === undefined ? undefined : rate.rate * factor }] as const;
    }),
  );
  return { ...demand, rates };
}

/** What there is of a resource or group while crises last and responses are in force: what is added, less what is lost. */
function capacityThen(
  { id, capacity }: OfferedLoad,
  crises: readonly Crisis[],
  responses: readonly Response[],
  model: Model,
): number | null {
  if (capacity === null) return null;
  const group = byId(model.staff, id);
  let added = 0;
  for (const patch of responses.flatMap(({ patches }) => patches)) {
    if (patch.kind === 'add' && patch.resource === id) added += constantValue(patch.amount, model) ?? Infinity;
    if (patch.kind === 'convert' && patch.to === id) added += constantValue(patch.amount, model) ?? Infinity;
    if (patch.kind === 'convert' && patch.from === id) added -= constantValue(patch.amount, model) ?? 0;
    if (patch.kind === 'call in' && patch.role === group?.role) added += constantValue(patch.amount, model) ?? Infinity;
    // Whoever may have the one has both.
    if (patch.kind === 'merge' && patch.of.some((each) => Object.values(each).includes(id))) return null;
    if (patch.kind === 'allow' && patch.as === group?.role) return null;
  }
  const left = crises.reduce((share, crisis) => share * shareLeft(id, group, capacity, crisis, model), 1);
  return Math.max(0, capacity * left + added);
}

/** Share of a resource or group that is there over a crisis, as a mean over its time. */
function shareLeft(
  id: string,
  group: Model['staff'][number] | undefined,
  capacity: number,
  crisis: Crisis,
  model: Model,
): number {
  const whole = spanOf(crisis.span, model);
  return crisis.effects.reduce((left, effect) => {
    const own = effect.span === undefined ? whole : spanOf(effect.span, model);
    const part =
      effect.span === undefined
        ? 1
        : own === undefined || whole === undefined
          ? 0
          : Math.min(1, (own.end - own.begin) / (whole.end - whole.begin));
    return left * (1 - part * lostShare(effect, id, group, capacity, model));
  }, 1);
}

function lostShare(
  effect: Crisis['effects'][number],
  id: string,
  group: Model['staff'][number] | undefined,
  capacity: number,
  model: Model,
): number {
  switch (effect.kind) {
    case 'loss': {
      if (effect.resource !== id) return 0;
      if (effect.amount !== undefined) return Math.min(1, (constantValue(effect.amount, model) ?? 0) / capacity);
      return effect.share === undefined ? 1 : (constantValue(effect.share, model) ?? 0);
    }
    case 'absence': {
      const concerns = effect.organisation === undefined || effect.organisation === group?.organisation;
      return effect.role === group?.role && concerns ? (constantValue(effect.share, model) ?? 0) : 0;
    }
    case 'closure': {
      const place = group?.organisation ?? byId(model.resources, id)?.organisation;
      return place !== undefined && effect.organisations.includes(place) ? 1 : 0;
    }
    default:
      return 0;
  }
}
