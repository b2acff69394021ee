import { byId } from '../by-id.js';
import { dimensionOf } from '../dimension-of.js';
import type { Response } from '../crisis/response.js';
import { titleOf } from '../elements.js';
import type { Activity, Pathway } from '../flow.js';
import type { Model } from '../model.js';
import { activitiesOf } from '../walk.js';
import type { Tariff } from './payer.js';

/**
 * A line of the budget of a model with payers, measured in every scenario over the window of a study: what a payer `pays` an
 * organisation, what it pays in `total`, what the staff and things of an organisation `cost`, and its `balance`: what it is
 * paid less what it costs.
 */
export interface BudgetLine {
  /** As the indicator of the results that holds its figures. */
  readonly id: string;
  readonly title: string;
  readonly kind: 'pays' | 'total' | 'costs' | 'balance';
  readonly payer?: string;
  /** Absent for money that goes to, or is spent by, no organisation in particular. */
  readonly organisation?: string;
  /** What is paid. */
  readonly tariffs: readonly Tariff[];
  /**
   * Ids of the resources and staff groups whose cost counts, of the responses whose own cost and that of what they bring
   * beyond the usual does, and whether that of steps and of all other responses does.
   */
  readonly costs: {
    readonly facilities: readonly string[];
    readonly responses: readonly string[];
    readonly rest: boolean;
  };
  readonly currency?: string;
}

const NO_COSTS: BudgetLine['costs'] = { facilities: [], responses: [], rest: false };

/** The lines of the budget: by payer in the order of declaration, then by organisation. None without payers. */
export function budgetLines(model: Model): readonly BudgetLine[] {
  const payers = model.payers ?? [];
  if (payers.length === 0) return [];
  const all = payers.flatMap(({ tariffs }) => tariffs);
  const currency = currencyOf(all, model);
  const common = { ...(currency !== undefined && { currency }) };
  const paid = payers.flatMap((payer) => {
    const payees = [...new Set(payer.tariffs.map((tariff) => payeeOf(tariff, model) ?? ''))];
    const lines = payees.map((payee): BudgetLine => {
      const tariffs = payer.tariffs.filter((tariff) => (payeeOf(tariff, model) ?? '') === payee);
      const title = `${titleOf(payer)} pays ${nameOf(payee, model)}`;
      const about = { payer: payer.id, ...(payee !== '' && { organisation: payee }) };
      return {
        id: `budget.pays.${payer.id}.${payee}`,
        title,
        kind: 'pays',
        ...about,
        tariffs,
        costs: NO_COSTS,
        ...common,
      };
    });
    const total: BudgetLine = {
      id: `budget.pays.${payer.id}`,
      title: `${titleOf(payer)} pays in all`,
      kind: 'total',
      payer: payer.id,
      tariffs: payer.tariffs,
      costs: NO_COSTS,
      ...common,
    };
    return [...lines, total];
  });
  const organisations = ['', ...model.organisations.map(({ id }) => id)];
  const own = organisations.flatMap((organisation): BudgetLine[] => {
    const costs = costsOf(organisation, model);
    const tariffs = all.filter((tariff) => (payeeOf(tariff, model) ?? '') === organisation);
    const spends = costs.facilities.length > 0 || costs.responses.length > 0 || costs.rest;
    const about = organisation === '' ? common : { organisation, ...common };
    const name = nameOf(organisation, model);
    return [
      ...(spends
        ? [
            {
              id: `budget.costs.${organisation}`,
              title: `Costs of ${name}`,
              kind: 'costs' as const,
              ...about,
              tariffs: [],
              costs,
            },
          ]
        : []),
      ...(organisation !== '' && (spends || tariffs.length > 0)
        ? [
            {
              id: `budget.balance.${organisation}`,
              title: `Balance of ${name}`,
              kind: 'balance' as const,
              ...about,
              tariffs,
              costs,
            },
          ]
        : []),
    ];
  });
  return [...paid, ...own];
}

/** Who is paid: where the work is done, where the thing is, who owns the pathway that a cohort enters or a response adapts. */
function payeeOf({ of }: Tariff, model: Model): string | undefined {
  switch (of.kind) {
    case 'organisation':
      return of.organisation;
    case 'resource':
      return byId(model.resources, of.resource)?.organisation;
    case 'cohort':
      return model.pathways.find(({ cohorts }) => cohorts.some(({ cohort }) => cohort === of.cohort))?.owner;
    case 'response': {
      const response = byId(model.responses ?? [], of.response);
      return response === undefined ? undefined : bearerOf(response, model);
    }
    case 'activity': {
      for (const pathway of model.pathways) {
        const activity = activitiesOf(pathway).find(({ id }) => id === of.activity);
        if (activity !== undefined) return placeOfActivity(activity, pathway, model);
      }
      return undefined;
    }
  }
}

/** Whoever bears what a response costs: the owner of the pathway that it adapts. */
function bearerOf({ pathway }: Response, model: Model): string | undefined {
  return pathway === undefined ? undefined : byId(model.pathways, pathway)?.owner;
}

/** The responses that cost something whoever bears them. */
function costlyResponses(model: Model): readonly Response[] {
  return (model.responses ?? []).filter(
    ({ costs = [], patches }) =>
      costs.length > 0 ||
      patches.some((patch) => (patch.kind === 'add' || patch.kind === 'call in') && patch.cost !== undefined),
  );
}

/** Ids of the costly responses that an organisation bears; of nobody in particular for an empty id. */
function borneBy(organisation: string, model: Model): readonly string[] {
  return costlyResponses(model)
    .filter((response) => (bearerOf(response, model) ?? '') === organisation)
    .map(({ id }) => id);
}

function placeOfActivity(activity: Activity, pathway: Pathway, model: Model): string | undefined {
  if (activity.kind === 'step') return activity.organisation ?? pathway.owner;
  if (activity.kind !== 'hold') return pathway.owner;
  const kept = activity.needs.flatMap(({ of }) =>
    of.flatMap((each) => (each.kind === 'resource' ? [each.resource] : [])),
  );
  return kept.map((id) => byId(model.resources, id)?.organisation).find((each) => each !== undefined) ?? pathway.owner;
}

function costsOf(organisation: string, model: Model): BudgetLine['costs'] {
  const isHere = (each: { readonly organisation?: string }): boolean => (each.organisation ?? '') === organisation;
  const steps = model.pathways
    .flatMap((pathway) => activitiesOf(pathway))
    .some((a) => a.kind === 'step' && a.costs.length > 0);
  return {
    facilities: [
      ...model.resources.filter((each) => isHere(each) && each.cost !== undefined).map(({ id }) => id),
      ...model.staff
        .filter((each) => isHere(each) && byId(model.roles, each.role)?.cost !== undefined)
        .map(({ id }) => id),
    ],
    responses: organisation === '' ? [] : borneBy(organisation, model),
    // What steps cost is known for all of them together.
    rest: organisation === '' && (steps || borneBy('', model).length > 0),
  };
}

function currencyOf(tariffs: readonly Tariff[], model: Model): string | undefined {
  const costs = [
    ...[...model.resources, ...model.roles].flatMap(({ cost }) => (cost === undefined ? [] : [cost])),
    ...costlyResponses(model).flatMap((response) => response.costs ?? []),
  ];
  return [...tariffs.map(({ price }) => price), ...costs]
    .map((price) => dimensionOf(price, model)?.currency)
    .find((each) => each !== undefined);
}

function nameOf(organisation: string, model: Model): string {
  if (organisation === '') return 'no organisation in particular';
  const found = byId(model.organisations, organisation);
  return found === undefined ? organisation : titleOf(found);
}
