import { type BudgetLine, budgetLines, type Model, requireConstant, type Tariff } from '@pathway/model';
import type { InputFormula, InputIndicator } from './types.js';

/** Where a budget finds what it counts in the input of a study. */
export interface BudgetPlaces {
  /** Undefined for an activity that takes no part in the study. */
  readonly activity: (id: string) => number | undefined;
  readonly facilities: (id: string) => readonly number[];
  readonly cohort: (id: string) => readonly number[];
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
  const facilities = line.costs.facilities.flatMap((id) => [...places.facilities(id)]);
  const spent: InputFormula[] = [
    ...(facilities.length > 0 ? [{ op: 'cost' as const, of: 'all' as const, facilities }] : []),
    ...(line.costs.rest ? [costOfTheRest(model, places)] : []),
  ];
  if (line.kind === 'costs') return sum(spent);
  return line.kind === 'balance' ? { op: 'operation', operator: '-', left: sum(paid), right: sum(spent) } : sum(paid);
}

/** What no resource and no group of staff costs: steps, and what responses bring. */
function costOfTheRest(model: Model, places: BudgetPlaces): InputFormula {
  const all = [...model.resources, ...model.staff, ...model.stocks].flatMap(({ id }) => [...places.facilities(id)]);
  return {
    op: 'operation',
    operator: '-',
    left: { op: 'cost', of: 'all' },
    right: { op: 'cost', of: 'all', facilities: all },
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
      return times({ op: 'busy time', facilities: places.facilities(of.resource) });
    case 'cohort':
      return times({ op: 'arrivals', cohorts: places.cohort(of.cohort) });
    case 'organisation':
      return times({ op: 'window' });
  }
}

function sum(parts: readonly InputFormula[]): InputFormula {
  const [first, ...rest] = parts;
  if (first === undefined) return { op: 'number', value: 0 };
  return rest.reduce((left, right) => ({ op: 'operation', operator: '+', left, right }), first);
}
