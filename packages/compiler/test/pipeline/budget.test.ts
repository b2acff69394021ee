import { readFileSync } from 'node:fs';
import { compile } from '@pathway/language';
import type { Model } from '@pathway/model';
import { simulateStudy } from '@pathway/simulation';
import { describe, expect, test } from 'vitest';
import { type Budget, budgetCsv, budgetOf, perHeadAndYear } from '../../src/index.js';

const TEXT = readFileSync(new URL('./budget.pathway', import.meta.url), 'utf8');

async function modelOf(text: string): Promise<Model> {
  const { model, diagnostics } = await compile(['a.pathway'], { read: () => Promise.resolve(text) });
  if (model === undefined) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return model;
}

async function budgetOfText(text: string): Promise<Budget> {
  const model = await modelOf(text);
  const budget = budgetOf(model, await simulateStudy(model, 'Which'));
  if (budget === undefined) throw new Error('there is no budget');
  return budget;
}

function amounts(budget: Budget, scenario: string): Readonly<Record<string, number>> {
  const found = budget.scenarios.find((each) => each.scenario === scenario);
  return Object.fromEntries((found?.lines ?? []).map(({ line, amount }) => [line.id, amount.mean]));
}

describe('the budget of ten days in which two patients come each midnight', () => {
  test('is what a person adds up', async () => {
    const budget = await budgetOfText(TEXT);
    const found = amounts(budget, 'Today');
    // 20 stays of 2 days at 310, ten days of a grant of 1,000, 20 arrivals at 5.
    expect(found['budget.pays.Board.Hospital']).toBeCloseTo(20 * 2 * 310 + 10 * 1000 + 20 * 5, 6);
    // 20 visits at 80, and from the fund the 20 hours in which the car is in use at 6 an hour.
    expect(found['budget.pays.Board.HomeTeam']).toBeCloseTo(20 * 80, 6);
    expect(found['budget.pays.Fund.HomeTeam']).toBeCloseTo(20 * 6, 6);
    expect(found['budget.pays.Board']).toBeCloseTo(22_500 + 1600, 6);
    // Ten beds at 240 a day; one nurse on duty for 240 hours at 30, and a car at 1 an hour, used or not.
    expect(found['budget.costs.Hospital']).toBeCloseTo(10 * 10 * 240, 6);
    expect(found['budget.costs.HomeTeam']).toBeCloseTo(240 * 30 + 240 * 1, 6);
    expect(found['budget.balance.Hospital']).toBeCloseTo(22_500 - 24_000, 6);
    expect(found['budget.balance.HomeTeam']).toBeCloseTo(1600 + 120 - 7440, 6);
    // What steps cost is nobody's in particular.
    expect(found['budget.costs.']).toBeCloseTo(20 * 3, 6);
  });

  test('says per head what that is a year', async () => {
    const budget = await budgetOfText(TEXT);
    expect(budget.population).toEqual({ territory: 'The Shire', people: 100_000 });
    expect(perHeadAndYear(budget, 22_500)).toBeCloseTo((22_500 * 36.525) / 100_000, 9);
    const elsewhere = await budgetOfText(
      TEXT.replace(
        'organisation HomeTeam "Home team" { sector home  in Shire }',
        'organisation HomeTeam "Home team" { sector home }',
      ),
    );
    expect(elsewhere.population).toBeUndefined();
    expect(perHeadAndYear(elsewhere, 22_500)).toBeUndefined();
  });

  test('shows who pays less and who loses by it, and leaves out what does not change', async () => {
    const { scenarios } = await budgetOfText(TEXT);
    const shift = scenarios.find(({ scenario }) => scenario === 'Short')?.shift;
    expect(shift?.paysLess.map(({ line, difference }) => [line.payer, difference?.mean])).toEqual([['Board', -6200]]);
    expect(shift?.loses.map(({ line }) => line.organisation)).toEqual(['Hospital']);
    expect(shift?.paysMore).toEqual([]);
    expect(shift?.gains).toEqual([]);
    expect(scenarios[0]?.shift).toBeUndefined();
  });

  test('follows a price that a scenario changes', async () => {
    const budget = await budgetOfText(TEXT);
    expect(amounts(budget, 'Dearer')['budget.pays.Board.HomeTeam']).toBeCloseTo(20 * 100, 6);
  });

  test('is a table with a row for each line in each scenario', async () => {
    const [header, ...rows] = budgetCsv(await budgetOfText(TEXT))
      .trimEnd()
      .split(/\r?\n/);
    expect(header).toBe(
      'study,scenario,line,kind,payer,organisation,title,currency,mean,low,high,difference,difference_low,difference_high,per_head_and_year',
    );
    expect(rows).toHaveLength(3 * 10);
    expect(
      rows.filter((row) => row.startsWith('Which,Today,budget.pays.Board.Hospital,pays,Board,Hospital,')),
    ).toHaveLength(1);
  });

  test('is none where nobody pays, and changes nothing else', async () => {
    const without = await modelOf(TEXT.replace(/payer [\s\S]*?\n}\n/g, ''));
    const results = await simulateStudy(without, 'Which');
    expect(budgetOf(without, results)).toBeUndefined();
    const model = await modelOf(TEXT);
    const paid = await simulateStudy(model, 'Which');
    const rest = paid.scenarios.map(({ indicators, ...others }) => ({
      ...others,
      indicators: indicators.filter(({ indicator }) => !indicator.startsWith('budget.')),
    }));
    expect(rest).toEqual(results.scenarios);
  });
});
