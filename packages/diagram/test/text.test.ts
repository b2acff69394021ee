import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitGraphemes, textWidth, type TextStyle } from '../src/text/measure.js';
import { wrapText } from '../src/text/wrap.js';

const style: TextStyle = { size: 13, weight: 'semibold' };

describe('width of text', () => {
  it('follows the font: wide letters are wider, bold is wider than regular, size scales', () => {
    expect(textWidth('W', style)).toBeGreaterThan(2 * textWidth('i', style));
    expect(textWidth('Triage', style)).toBeGreaterThan(textWidth('Triage', { ...style, weight: 'regular' }));
    expect(textWidth('Triage', { ...style, size: 26 })).toBeCloseTo(2 * textWidth('Triage', style), 9);
  });

  it('knows scripts that the font lacks', () => {
    expect(textWidth('评估', style)).toBeCloseTo(26, 9);
    expect(textWidth('한글', style)).toBeCloseTo(26, 9);
    expect(textWidth('e\u0301', style)).toBe(textWidth('e', style));
    expect(textWidth('تقييم', style)).toBeGreaterThan(20);
  });
});

describe('wrapping', () => {
  it('makes lines of even length', () => {
    expect(wrapText('Emergency call & dispatch', style, 150, 5)).toEqual(['Emergency', 'call & dispatch']);
  });

  it('keeps what a no-break space joins', () => {
    expect(
      wrapText('2\u00a0×\u00a0Paramedic · Ambulance · 28\u00a0min', { size: 11, weight: 'regular' }, 120, 3),
    ).toEqual(['2\u00a0×\u00a0Paramedic ·', 'Ambulance · 28\u00a0min']);
  });

  it('breaks words that no line can hold, and says that something is missing at the end', () => {
    const lines = wrapText('x'.repeat(400), style, 100, 3);
    expect(lines).toHaveLength(3);
    expect(lines[2]).toMatch(/…$/u);
  });

  it('breaks Chinese between any two characters', () => {
    expect(wrapText('急性脑卒中患者的紧急评估', style, 80, 5).join('')).toBe('急性脑卒中患者的紧急评估');
  });

  it('gives nothing for nothing', () => {
    expect(wrapText('  ', style, 100, 3)).toEqual([]);
  });

  it('never makes a line wider than the limit, nor loses a character where lines suffice', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.integer({ min: 40, max: 200 }), (text, limit) => {
        const lines = wrapText(text, style, limit, 1000);
        for (const line of lines) {
          expect(textWidth(line, style) <= limit || splitGraphemes(line).length === 1).toBe(true);
        }
        const letters = (value: string): string => value.replace(/[ \t\r\n]/gu, '');
        expect(letters(lines.join(''))).toBe(letters(text));
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});
