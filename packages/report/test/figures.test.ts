import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  COUNT_FIGURE,
  differed,
  DURATION_FIGURE,
  estimated,
  exactBeside,
  excludesZero,
  figure,
  interval,
  liesInside,
  NUMBER_FIGURE,
  percent,
  SHARE_FIGURE,
} from '../src/figures.js';
import { wordsOf } from '../src/words/words.js';
import { estimate } from './fixture.js';

const ENGLISH = wordsOf('en');

/** Figures keep their unit on the line by a no-break space; tests read better with a common one. */
const spaced = (text: string): string => text.replace(/\u00a0/g, ' ');

describe('a mean with its interval', () => {
  it.each([
    [estimate(0.091, 0.003), SHARE_FIGURE, '9.1 % (8.8–9.4 %)'],
    [estimate(0.0193, 0.0003), SHARE_FIGURE, '1.93 % (1.90–1.96 %)'],
    [estimate(48.3 * 60, 72), DURATION_FIGURE, '48.3 min (47.1–49.5 min)'],
    [estimate(5.2 * 3600, 1500), DURATION_FIGURE, '5.2 h (4.8–5.6 h)'],
    [estimate(14.2 * 86_400, 0.2 * 86_400), DURATION_FIGURE, '14.2 d (14.0–14.4 d)'],
    [estimate(1521, 7), COUNT_FIGURE, '1,521 (1,514–1,528)'],
    [
      estimate(1_284_008, 9_100),
      { unit: 'money', currency: 'GBP' } as const,
      '1,284,000 GBP (1,275,000–1,293,000 GBP)',
    ],
    [estimate(12 / 86_400, 0.5 / 86_400), { unit: 'rate' } as const, '12.0 per d (11.5–12.5 per d)'],
    [estimate(0.2, 0.4), NUMBER_FIGURE, '0.2 (−0.2 to 0.6)'],
    [estimate(3, 0), COUNT_FIGURE, '3 (3–3)'],
  ])('is written to the digits that the interval supports: %#', (value, kind, text) => {
    expect(spaced(estimated(ENGLISH, value, kind))).toBe(text);
  });

  it('says so when there is no interval or no value', () => {
    expect(estimated(ENGLISH, estimate(17, 0, 1), COUNT_FIGURE)).toBe('17 (one replication, no interval)');
    expect(estimated(ENGLISH, estimate(0, 0, 0), COUNT_FIGURE)).toBe('no value');
    expect(estimated(ENGLISH, { ...estimate(3, 1), mean: Number.NaN }, COUNT_FIGURE)).toBe('no value');
    expect(interval(ENGLISH, estimate(17, 0, 1), COUNT_FIGURE)).toBe('no interval');
  });

  it('is never further from the truth than half of its last digit', () => {
    const positive = fc.double({ min: 1e-4, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(positive, fc.double({ min: 0.001, max: 0.5, noNaN: true }), (mean, relative) => {
        const text = estimated(ENGLISH, estimate(mean, mean * relative), NUMBER_FIGURE);
        const shown = Number((text.split(' ')[0] ?? '').replace(/,/g, ''));
        // The last digit shown is at most a whole half-width.
        expect(Math.abs(shown - mean)).toBeLessThanOrEqual((mean * relative) / 2 + 1e-6);
      }),
    );
  });
});

describe('a difference', () => {
  it('has a sign, and percentage points where shares differ', () => {
    expect(spaced(differed(ENGLISH, estimate(-0.032, 0.003), SHARE_FIGURE))).toBe(
      '−3.2 percentage points (−3.5 to −2.9)',
    );
    expect(spaced(differed(ENGLISH, estimate(4100, 900), { unit: 'money', currency: 'EUR' }))).toBe(
      '+4,100 EUR (+3,200 to +5,000)',
    );
    expect(spaced(differed(ENGLISH, estimate(2, 0, 1), COUNT_FIGURE))).toBe('+2 (one replication, no interval)');
  });

  it('never shows a signed zero', () => {
    expect(spaced(differed(ENGLISH, estimate(0.04, 3), NUMBER_FIGURE))).toBe('0 (−3 to +3)');
    expect(spaced(differed(ENGLISH, estimate(-0.04, 3), NUMBER_FIGURE))).toBe('0 (−3 to +3)');
  });

  it('shows no bound as zero where the interval excludes it', () => {
    expect(spaced(differed(ENGLISH, estimate(-4.1, 4.05), NUMBER_FIGURE))).toBe('−4.10 (−8.15 to −0.05)');
  });

  it('excludes zero only where both bounds are on one side', () => {
    expect(excludesZero(estimate(2, 1))).toBe(true);
    expect(excludesZero(estimate(-2, 1))).toBe(true);
    expect(excludesZero(estimate(1, 2))).toBe(false);
    expect(excludesZero(estimate(1, 1))).toBe(false);
    expect(excludesZero(estimate(5, 0, 1))).toBe(false);
  });
});

describe('exact values', () => {
  it('take the digits of the simulated value beside them', () => {
    expect(spaced(exactBeside(ENGLISH, 0.132, estimate(0.1327, 0.002), SHARE_FIGURE))).toBe('13.2 %');
    expect(spaced(exactBeside(ENGLISH, 3100, estimate(3000, 60), DURATION_FIGURE))).toBe('51.7 min');
  });

  it('lie inside or outside, or neither without an interval', () => {
    expect(liesInside(1, estimate(2, 1))).toBe(true);
    expect(liesInside(0.99, estimate(2, 1))).toBe(false);
    expect(liesInside(2, estimate(2, 0, 1))).toBeUndefined();
  });
});

describe('single figures', () => {
  it('choose the unit that reads best', () => {
    expect(spaced(figure(ENGLISH, 90, DURATION_FIGURE))).toBe('90 s');
    expect(spaced(figure(ENGLISH, 3600, DURATION_FIGURE))).toBe('60 min');
    expect(spaced(figure(ENGLISH, 1825 * 86_400, DURATION_FIGURE))).toBe('1,825 d');
    expect(spaced(figure(ENGLISH, 6 / 3600, { unit: 'rate' }))).toBe('6 per h');
    expect(spaced(percent(ENGLISH, 0.055))).toBe('5.5 %');
    expect(figure(ENGLISH, Number.POSITIVE_INFINITY, COUNT_FIGURE)).toBe('no value');
  });
});
