import { describe, expect, it } from 'vitest';
import { compile } from '../src/index.js';

const WARD = `organisation Hospital "Hospital"
resource Bed "Bed" { at Hospital count 4 }
resource Chair "Chair" { at Hospital count 4 }
cohort Stroke { arrives every exponential(1 d) }
cohort Fall { arrives every exponential(1 d) }
pathway Care "Care" for Stroke, Fall {
  owner Hospital
  hold 1 Bed { step Stay { uses 1 Chair takes 2 d } }
  step Visit { takes 1 h }
  choose {
    20% { finish Ward "Ward" }
    otherwise { finish Home "Home" }
  }
}
`;

/** Whether the figures of such a formula read as percentages. */
async function isPercentage(formula: string): Promise<boolean | undefined> {
  const text = `${WARD}indicator Figure "Figure" { value ${formula} }\n`;
  const { model, diagnostics } = await compile(['main.pathway'], {
    read: (path) => Promise.resolve(path === 'main.pathway' ? text : undefined),
  });
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return model?.indicators[0]?.percentage;
}

describe('figures of formulas read as percentages', () => {
  it.each([
    'exits(Home) / exits()',
    '(exits(Home) + exits(Ward)) / exits()',
    'exits(Home) / (exits(Home) + exits(Ward))',
    'arrivals(Fall) / (arrivals(Stroke) + arrivals(Fall))',
    '1 - exits(Home) / exits()',
    'P(queue(Bed) > 0)',
    'P(census(Bed) = 4) / P(census(Bed) <= 4)',
    'occupancy(Bed)',
    '(occupancy(Bed) + occupancy(Chair)) / 2',
    '0.5 * occupancy(Bed)',
    '20% * P(queue(Bed) > 0)',
  ])('where they are shares of a whole: %s', async (formula) => {
    expect(await isPercentage(formula)).toBe(true);
  });

  it.each([
    'starts(Visit) / arrivals(Stroke)',
    'starts(Visit) / starts(Stay)',
    'completions(Visit) / starts(Visit)',
    'exits(Home) / exits(Ward)',
    '(exits(Home) + exits(Home)) / exits()',
    '(exits(Home) + exits()) / exits()',
    'exits() / exits(Home)',
    '100 * exits(Home) / exits()',
    '100 * (exits(Home) / exits())',
    'occupancy(Bed) * capacity(Bed)',
    'occupancy(Bed) / occupancy(Chair)',
    '1 / occupancy(Bed)',
    'occupancy(Bed) / capacity(Bed)',
    'P(queue(Bed) > 0) * 0.5 s',
    'P(queue(Bed) > 0) / 1 h',
    'exits(Home)',
  ])('and not where they are ratios of different things, or counts: %s', async (formula) => {
    expect(await isPercentage(formula)).toBe(false);
  });
});
