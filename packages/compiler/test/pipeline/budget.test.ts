import { readFileSync, writeFileSync } from 'node:fs';
import { stableJson } from '@pathway/model';
import { type Budget, budgetOf, perHeadAndYear } from '@pathway/report';
import { simulateStudy } from '@pathway/simulation';
import { describe, expect, test } from 'vitest';
import { budgetCsv, budgetFile, budgetFileSchema, budgetJsonSchema } from '../../src/index.js';
import { amounts, budgetOfText, modelOf } from './budget-of-text.js';

const HOME_TEAM = 'organisation HomeTeam "Home team" { sector home  in Shire }';
const TEXT = readFileSync(new URL('./budget.pathway', import.meta.url), 'utf8');

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

  test('says per head what that is a year, of the people where the organisations are', async () => {
    const budget = await budgetOfText(TEXT);
    const perHead = (of: Budget, id: string): number | undefined => {
      const found = of.scenarios[0]?.lines.find(({ line }) => line.id === id);
      return found && perHeadAndYear(of, found);
    };
    expect(perHead(budget, 'budget.pays.Board.Hospital')).toBeCloseTo((22_500 * 36.525) / 100_000, 9);
    const nowhere = 'organisation HomeTeam "Home team" { sector home }';
    const elsewhere = await budgetOfText(TEXT.replace(HOME_TEAM, nowhere));
    expect(perHead(elsewhere, 'budget.pays.Board.Hospital')).toBeCloseTo((22_500 * 36.525) / 100_000, 9);
    expect(perHead(elsewhere, 'budget.pays.Board')).toBeUndefined();
    // What a payer pays in two territories is for the people of both.
    const there = 'territory Vale { population 50_000 }\norganisation HomeTeam "Home team" { sector home  in Vale }';
    const both = await budgetOfText(TEXT.replace(HOME_TEAM, there));
    expect(perHead(both, 'budget.pays.Board')).toBeCloseTo((24_100 * 36.525) / 150_000, 9);
    expect(perHead(both, 'budget.costs.HomeTeam')).toBeCloseTo((7440 * 36.525) / 50_000, 9);
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

  test('is data for machines, by a published schema', async () => {
    const file = budgetFile(await modelOf(TEXT), [await budgetOfText(TEXT)]);
    expect(budgetFileSchema.parse(JSON.parse(JSON.stringify(file)))).toEqual(file);
    expect(file.studies[0]?.scenarios[1]?.shift).toEqual({
      paysMore: [],
      paysLess: ['Board'],
      gains: [],
      loses: ['Hospital'],
      apart: true,
    });
    const path = new URL('../../../../docs/schemas/budget.schema.json', import.meta.url);
    const published = `${stableJson(budgetJsonSchema(), 2)}\n`;
    if (process.env.UPDATE_GOLDENS === '1') writeFileSync(path, published);
    expect(readFileSync(path, 'utf8')).toBe(published);
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
