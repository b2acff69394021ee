import { compile } from '@pathway/language';
import type { Model } from '@pathway/model';
import { type Budget, budgetOf } from '@pathway/report';
import { simulateStudy } from '@pathway/simulation';

/** The model of a text. @throws Error with what the checks found where there is none */
export async function modelOf(text: string): Promise<Model> {
  const { model, diagnostics } = await compile(['a.pathway'], { read: () => Promise.resolve(text) });
  if (model === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return model;
}

/** The budget of the study `Which` of a text. */
export async function budgetOfText(text: string): Promise<Budget> {
  const model = await modelOf(text);
  const budget = budgetOf(model, await simulateStudy(model, 'Which'));
  if (budget === undefined) throw new Error('there is no budget');
  return budget;
}

/** The mean of each line of the budget in a scenario, by its id. */
export function amounts(budget: Budget, scenario: string): Readonly<Record<string, number>> {
  const found = budget.scenarios.find((each) => each.scenario === scenario);
  return Object.fromEntries((found?.lines ?? []).map(({ line, amount }) => [line.id, amount.mean]));
}
