import { readFileSync } from 'node:fs';
import { simulateStudy } from '@pathway/simulation';
import { describe, expect, test } from 'vitest';
import { amounts, budgetOfText, modelOf } from './budget-of-text.js';

const TEXT = readFileSync(new URL('./response-budget.pathway', import.meta.url), 'utf8');

describe('ten days in which a response begins twice, for three days and for one', () => {
  test('cost what a person adds up, and so do those who pay for them', async () => {
    const budget = await budgetOfText(TEXT);
    const plan = amounts(budget, 'Plan');
    // Twice 5,000, four days at 800; beds come 12 h late: 2.5 days and half a day, two at 400; four days of a nurse at 1,200.
    const own = 2 * 5000 + 4 * 800;
    const added = 3 * 2 * 400 + 4 * 1200;
    expect(plan['budget.pays.Region.Hospital']).toBeCloseTo(own + added, 6);
    // Beyond that: ten beds and a nurse, all ten days.
    const usual = 10 * 10 * 240 + 240 * 30;
    expect(plan['budget.costs.Hospital']).toBeCloseTo(usual + own + added, 6);
    // Half of what a van costs, and all that the agency has: the van.
    expect(plan['budget.pays.Region.Agency']).toBeCloseTo(0.5 * 240, 6);
    expect(plan['budget.pays.Board.Agency']).toBeCloseTo(240, 6);
    // For each beginning, and for each day in force.
    expect(plan['budget.pays.Board.Hospital']).toBeCloseTo(2 * 600 + 4 * 24, 6);
    // A response that adapts no pathway is of no house in particular.
    expect(plan['budget.pays.Region.']).toBeCloseTo(2 * 100, 6);
    expect(plan['budget.costs.']).toBeCloseTo(2 * 50, 6);
    expect(plan['budget.balance.Hospital']).toBeCloseTo(2 * 600 + 4 * 24 - usual, 6);
  });

  test('cost nothing where the response is not at hand', async () => {
    const usual = amounts(await budgetOfText(TEXT), 'Usual');
    expect(usual['budget.pays.Region.Hospital']).toBe(0);
    expect(usual['budget.pays.Board.Hospital']).toBe(0);
    expect(usual['budget.costs.']).toBeCloseTo(0, 6);
    expect(usual['budget.costs.Hospital']).toBeCloseTo(10 * 10 * 240 + 240 * 30, 6);
  });

  test('stand in the cost of everything, so that the balances come out even', async () => {
    const text = `${TEXT}\nindicator All "All costs" { value cost(all) }\n`;
    const budget = await budgetOfText(text);
    const plan = amounts(budget, 'Plan');
    const results = await simulateStudy(await modelOf(text), 'Which');
    const all = results.scenarios[1]?.indicators.find(({ indicator }) => indicator === 'All')?.estimate.mean;
    const parts = ['budget.costs.', 'budget.costs.Hospital', 'budget.costs.Agency'];
    expect(all).toBeCloseTo(
      parts.reduce((sum, id) => sum + (plan[id] ?? Number.NaN), 0),
      6,
    );
  });

  test('show that those who pay are not those who gain', async () => {
    const { scenarios } = await budgetOfText(TEXT.replace('pays More at cost', 'pays More 60_000 GBP'));
    const shift = scenarios[1]?.shift;
    expect(shift?.paysMore.map(({ line }) => line.payer)).toEqual(['Region', 'Board']);
    expect(shift?.gains.map(({ line }) => line.organisation)).toEqual(['Hospital']);
  });
});
