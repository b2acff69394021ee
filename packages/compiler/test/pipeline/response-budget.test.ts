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

describe('beds that are lent at no cost for three days', () => {
  const text = (measures: string, crisis = ''): string => `
    organisation Hospital "Hospital" { sector hospital }
    scale Level { calm < crisis }
    role Nurse "Nurse"
    staff 4 Nurse at Hospital { on duty 1 }
    resource Power "Power" { at Hospital  kind system }
    resource Bed "Bed" { at Hospital  count 2  cost 240 GBP/d  depends on Power }
    cohort Patients "Patients" { arrives 4 at 00:00 daily }
    pathway Care "Care" for Patients { owner Hospital  step Stay { uses 1 Bed  takes 36 h } }
    trigger Warned sets Level crisis on alert { event "heat" }
    crisis Heat "Heat" { alert Warned from day 2 for 3 d ${crisis} }
    response More "More beds" adapts Care on Warned { ${measures} }
    payer Region "Region" { pays More at cost }
    scenario Plan "With the plan" { crisis Heat  with More }
    indicator Things "Things" { value cost(resources) }
    study Which "Which?" { compare Plan  from 2026-01-05  run 10 d  replicate 2 times }`;
  const costs = async (measures: string, crisis?: string): Promise<number | undefined> => {
    const results = await simulateStudy(await modelOf(text(measures, crisis)), 'Which');
    return results.scenarios[0]?.indicators.find(({ indicator }) => indicator === 'Things')?.estimate.mean;
  };

  test('take nothing off the cost of others while too few staff are there for any of them', async () => {
    // One nurse for two beds: the usual two are there all ten days, and none of the eight.
    const lent = 'add 8 Bed cost 0 GBP/d each  staff Bed { crisis: 1 Nurse per 2 }';
    expect(await costs(lent)).toBeCloseTo(2 * 240 * 10, 6);
    expect(amounts(await budgetOfText(text(lent)), 'Plan')['budget.pays.Region.Hospital']).toBe(0);
  });

  test('take nothing off it while the power is out', async () => {
    // Two are there for eight days. Eight patients came into the others on day 2, and stay there half a day after the power went.
    const out = 'lose Power from day 3 for 2 d';
    const kept = 2 * 240 * 8;
    const inUse = 8 * 240 * 0.5;
    expect(await costs('add 8 Bed cost 0 GBP/d each', out)).toBeCloseTo(kept + inUse, 6);
  });

  test('cost what others do once they should have gone and somebody lies in them', async () => {
    // Four are in use when the two go at day 5, two since day 4.5 and two since that instant: two are too many until day 6.
    expect(await costs('add 2 Bed cost 0 GBP/d each')).toBeCloseTo(2 * 240 * 10 + 2 * 240 * 1, 6);
  });
});
