import { type BudgetLine, budgetLines, type Model, requireConstant, type Tariff } from '@pathway/model';
import type { InputFormula, InputIndicator } from './measure-types.js';

/** Where a budget finds what it counts in the input of a study. */
export interface BudgetPlaces {
  /** Undefined for an activity that takes no part in the study. */
  readonly activity: (id: string) => number | undefined;
  readonly facilities: (id: string) => readonly number[];
  readonly cohort: (id: string) => readonly number[];
  /** Undefined for a response that is not at hand. */
  readonly response: (id: string) => number | undefined;
}

/** The lines of the budget of a model with payers as figures of a run. */
export function budgetIndicators(model: Model, places: BudgetPlaces): readonly InputIndicator[] {
  return budgetLines(model).map((line) => ({
    id: line.id,
    title: line.title,
    unit: 'money',
    ...(line.currency !== undefined && { currency: line.currency }),
    aim: 'cost',
    measure: { kind: 'value', value: formulaOf(line, model, places) },
  }));
}

function formulaOf(line: BudgetLine, model: Model, places: BudgetPlaces): InputFormula {
  const paid = line.tariffs.flatMap((tariff) => payment(tariff, model, places));
  const spent: InputFormula[] = [
    ...costOfThings(line.costs.facilities, places),
    ...line.costs.responses.flatMap((id) => costOfResponse(id, 'beyond', places)),
    ...(line.costs.rest ? [costOfTheRest(model, places)] : []),
  ];
  if (line.kind === 'costs') return sum(spent);
  return line.kind === 'balance' ? { op: 'operation', operator: '-', left: sum(paid), right: sum(spent) } : sum(paid);
}

function costOfThings(ids: readonly string[], places: BudgetPlaces): InputFormula[] {
  const facilities = ids.flatMap((id) => [...places.facilities(id)]);
  return facilities.length > 0 ? [{ op: 'cost', of: 'all', facilities }] : [];
}

function costOfResponse(id: string, of: 'beyond' | 'all', places: BudgetPlaces): InputFormula[] {
  const response = places.response(id);
  return response === undefined ? [] : [{ op: 'response cost', response, of }];
}

/** What no resource, no group of staff and no response of an organisation costs: steps, and other responses. */
function costOfTheRest(model: Model, places: BudgetPlaces): InputFormula {
  const all = [...model.resources, ...model.staff, ...model.stocks].flatMap(({ id }) => [...places.facilities(id)]);
  const borne = budgetLines(model)
    .filter(({ kind }) => kind === 'costs')
    .flatMap(({ costs }) => costs.responses.flatMap((id) => costOfResponse(id, 'beyond', places)));
  return {
    op: 'operation',
    operator: '-',
    left: { op: 'cost', of: 'all' },
    right: sum([{ op: 'cost', of: 'all', facilities: all }, ...borne]),
  };
}

function payment({ of, price, per }: Tariff, model: Model, places: BudgetPlaces): InputFormula[] {
  const value = requireConstant(price, model, 'the price that a payer pays');
  const times = (counted: InputFormula): InputFormula[] => [
    { op: 'operation', operator: '*', left: { op: 'number', value }, right: counted },
  ];
  switch (of.kind) {
    case 'activity': {
      const activity = places.activity(of.activity);
      if (activity === undefined) return [];
      return times({ op: per === 'second' ? 'time in' : 'completions', activities: [activity] });
    }
    case 'resource':
      if (per === 'cost') return costOfThings([of.resource], places).flatMap(times);
      return times({ op: 'busy time', facilities: places.facilities(of.resource) });
    case 'cohort':
      return times({ op: 'arrivals', cohorts: places.cohort(of.cohort) });
    case 'organisation':
      return per === 'cost' ? times(sum(costOfOrganisation(of.organisation, model, places))) : times({ op: 'window' });
    case 'response': {
      if (per === 'cost') return costOfResponse(of.response, 'all', places).flatMap(times);
      const response = places.response(of.response);
      if (response === undefined) return [];
      if (per === 'time') return times({ op: 'activations', response });
      const share: InputFormula = { op: 'time share', of: { response } };
      return times({ op: 'operation', operator: '*', left: share, right: { op: 'window' } });
    }
  }
}

/** What the things, the staff and the responses of an organisation cost. */
function costOfOrganisation(id: string, model: Model, places: BudgetPlaces): readonly InputFormula[] {
  const line = budgetLines(model).find(({ kind, organisation }) => kind === 'costs' && organisation === id);
  if (line === undefined) return [];
  return [
    ...costOfThings(line.costs.facilities, places),
    ...line.costs.responses.flatMap((each) => costOfResponse(each, 'beyond', places)),
  ];
}

function sum(parts: readonly InputFormula[]): InputFormula {
  const [first, ...rest] = parts;
  if (first === undefined) return { op: 'number', value: 0 };
  return rest.reduce((left, right) => ({ op: 'operation', operator: '+', left, right }), first);
}
