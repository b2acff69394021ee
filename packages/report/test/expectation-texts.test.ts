import type { ExpectationResult } from '@pathway/simulation';
import { describe, expect, it } from 'vitest';
import { type ExpectationTexts, expectationTexts } from '../src/expectation-texts.js';
import { DURATION_FIGURE, type FigureKind, SHARE_FIGURE } from '../src/figures.js';
import { wordsOf } from '../src/words/words.js';

const around = (mean: number, halfWidth: number) => ({
  mean,
  halfWidth,
  low: mean - halfWidth,
  high: mean + halfWidth,
  replications: 20,
});

const RESULT: ExpectationResult = {
  expectation: 'expect-1',
  text: 'Wait in Plan <= 80% of Wait in Today',
  verdict: 'holds',
  estimate: around(-2000, 400),
  operator: '<=',
  limit: 0,
  unit: 'duration',
  against: {
    scenario: 'Today',
    title: 'As it is',
    factor: 0.8,
    figure: around(10_800, 600),
    compared: around(16_000, 800),
    ratio: around(0.68, 0.03),
  },
};

/** The texts with plain spaces. */
function textsOf(result: ExpectationResult, kind: FigureKind): ExpectationTexts {
  const { simulated, limit, margin } = expectationTexts(wordsOf('en'), result, kind);
  const plain = (text: string): string => text.replaceAll('\u00a0', ' ');
  return { simulated: plain(simulated), limit: plain(limit), margin: plain(margin) };
}

describe('the texts of an expectation', () => {
  it('say what share of the other figure it is, with the margin in percentage points', () => {
    expect(textsOf(RESULT, DURATION_FIGURE)).toEqual({
      simulated: '3.00 h against 4.4 h in As it is: 68 % (65–71 %) of it',
      limit: '80 %',
      margin: '12 percentage points below the limit',
    });
  });

  it('say how much two figures differ, where something is added or the other may be 0', () => {
    const { ratio: _, ...against } = RESULT.against!;
    const without = { ...RESULT, against };
    expect(textsOf(without, DURATION_FIGURE).simulated).toBe(
      '3.00 h against 80 % of 4.4 h in As it is: \u221233 min (\u221240 to \u221227)',
    );
    const shares = { ...against, factor: 1, figure: around(0.1, 0.01), compared: around(0.2, 0.01) };
    const result = { ...RESULT, against: shares, estimate: around(-0.1, 0.012), limit: -0.05 };
    expect(textsOf(result, SHARE_FIGURE)).toEqual({
      simulated: '10.00 % against 20.0 % in As it is: \u221210.0 percentage points (\u221211.2 to \u22128.8)',
      limit: '\u22125 percentage points',
      margin: '5.0 percentage points below the limit',
    });
  });
});
