import type { Estimate, StockResult } from '@pathway/simulation';
import { describe, expect, it } from 'vitest';
import { reportMarkdown } from '../src/index.js';
import { workbookOf } from '../src/workbook/report-workbook.js';
import { INPUT } from './fixture.js';
import { METHODS } from './methods-fixture.js';

const exactly = (mean: number): Estimate => ({ mean, halfWidth: 0, low: mean, high: mean, replications: 20 });
const OXYGEN: StockResult = {
  id: 'Oxygen',
  title: 'Oxygen',
  unit: 'L',
  level: exactly(250),
  lowest: exactly(12),
  consumed: exactly(900),
  delivered: exactly(800),
  refused: exactly(0),
  short: exactly(0.25),
  wait: exactly(5400),
  waitedShare: exactly(0.4),
  levelOverTime: { from: 0, slot: 3600, mean: [250], low: [250], high: [250] },
};
const RESULTS = { ...METHODS, scenarios: METHODS.scenarios.map((each) => ({ ...each, stocks: [OXYGEN] })) };
const sheets = workbookOf({ ...INPUT, results: [RESULTS] }).sheets;

/** The values of a sheet, row by row, as far as they are not empty. */
function valuesOf(name: RegExp): readonly (readonly (string | number | undefined)[])[] {
  const sheet = sheets.find((each) => name.test(each.name));
  return (sheet?.rows ?? []).map((row) => row.map(({ value }) => value));
}

describe('the workbook of a study with methods', () => {
  it('has a sheet of stocks with shares, hours and units that can be computed with', () => {
    const [head, first] = valuesOf(/^Stocks/);
    expect(head?.slice(1, 4)).toEqual(['Stock', 'Unit', 'Mean level']);
    expect(first?.slice(1)).toEqual(['Oxygen', 'L', 250, 12, 900, 800, 0, 0.25, 90, 0.4]);
  });

  it('ranks the scenarios, each with its distance from the first', () => {
    const [, first, second] = valuesOf(/^Ranking/);
    expect(first?.slice(0, 2)).toEqual([1, 'B']);
    expect(second?.slice(0, 2)).toEqual([2, 'A']);
    expect(second?.[6]).toBeCloseTo(0.1, 12);
    expect(second?.at(-1)).toBe(12);
  });

  it('has a sheet for each sensitivity, in the figure’s unit', () => {
    const tornado = sheets.filter(({ name }) => name.startsWith('Sensitivity'));
    expect(tornado).toHaveLength(3);
    const [head, first] = valuesOf(/^Sensitivity p90/);
    expect(head).toContain('At the low end, h');
    // One hour and four, three apart.
    expect(first?.slice(3, 6)).toEqual([1, 4, 3]);
  });

  it('shows the combinations that were tried with their cost a day', () => {
    const [head, first] = valuesOf(/^Found/);
    expect(head?.slice(0, 2)).toEqual(['Bed.count', 'GBP a day']);
    expect(first?.[1]).toBeCloseTo(12, 9);
    expect(first?.[2]).toBe('not decided');
  });
});

it('tells in Markdown what became of stocks', () => {
  const text = reportMarkdown({ ...INPUT, results: [RESULTS] });
  const row = text.split('\n').find((line) => line.startsWith('| Oxygen'));
  expect(row?.replaceAll('\u00a0', ' ')).toBe(
    '| Oxygen (L) | 250 (250–250) | 12 (12–12) | 900 (900–900) | 800 (800–800) | 25 % (25–25 %) | 90 min (90–90 min) |',
  );
});
