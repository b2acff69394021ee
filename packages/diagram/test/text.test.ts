import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { isRightToLeft, splitGraphemes, textWidth, type TextStyle } from '../src/text/measure.js';
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

/** How far our widths may be from a browser's, as a share of these; kerning makes the one line of capitals narrower. */
const BOUNDS: Readonly<Record<string, readonly [least: number, most: number]>> = {
  Latin: [0.99, 1.06],
  Greek: [0.99, 1.02],
  Cyrillic: [0.99, 1.02],
  Vietnamese: [0.99, 1.02],
  'combining marks': [0.99, 1.02],
  Chinese: [0.99, 1.01],
  Japanese: [0.99, 1.01],
  'full width': [0.99, 1.01],
  mixed: [0.99, 1.1],
};
const OTHER_SCRIPTS = [0.95, 1.26] as const;

const measuredSchema = z.array(
  z.object({ script: z.string(), text: z.string(), regular: z.number(), semibold: z.number() }),
);

describe('widths beside those of Chromium', () => {
  const file = new URL('support/chromium-widths.json', import.meta.url);
  const measured = measuredSchema.parse(JSON.parse(readFileSync(file, 'utf8')));

  it.each([...new Set(measured.map(({ script }) => script))])('are near enough in %s', (script) => {
    const [least, most] = BOUNDS[script] ?? OTHER_SCRIPTS;
    for (const { text, ...widths } of measured.filter((each) => each.script === script))
      for (const weight of ['regular', 'semibold'] as const) {
        const ratio = textWidth(text, { size: 100, weight }) / widths[weight];
        expect(ratio, text).toBeGreaterThan(least);
        expect(ratio, text).toBeLessThan(most);
      }
  });

  it('count what is drawn as one sign once', () => {
    const wide = (text: string): number => textWidth(text, { size: 100, weight: 'regular' });
    for (const sign of ['👩‍⚕️', '🧑🏽‍🦽', '❤️', '❤️‍🩹', '🇮🇹']) expect(wide(sign), sign).toBeCloseTo(wide('🚑'), 9);
    expect(wide('🇮🇹🇫🇷')).toBeCloseTo(2 * wide('🚑'), 9);
    expect(wide('soft\u00adhyphen\u200b')).toBeCloseTo(wide('softhyphen'), 9);
  });

  it('know which lines are written from right to left', () => {
    expect(['تقييم CT', '2 × ממרض', 'CT تقييم', 'Triage', '20'].map(isRightToLeft)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
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

  it('keeps a long word whole where its place may become wider for it', () => {
    expect(wrapText('Aufnahmeuntersuchung bei Ankunft', style, 120, 5, 168)).toEqual([
      'Aufnahmeuntersuchung',
      'bei Ankunft',
    ]);
    expect(wrapText('Emergency call & dispatch', style, 120, 5, 168)).toEqual(
      wrapText('Emergency call & dispatch', style, 120, 5),
    );
  });

  it('parts a word that is too long for that between syllables, with a hyphen', () => {
    expect(wrapText('Aufnahmeuntersuchung', style, 100, 5)).toEqual(['Aufnahmeun-', 'tersuchung']);
    expect(wrapText('Entlassungsmanagementbeauftragte', style, 120, 5).join(' ')).toMatch(
      /^\p{L}+- \p{L}+(?:- \p{L}+)*$/u,
    );
    expect(wrapText('Suchungschule', style, 60, 5).join('')).not.toMatch(/c-h|s-ch/u);
  });

  it('leaves neither one letter nor a number alone before a hyphen', () => {
    for (let limit = 40; limit < 200; limit += 5)
      for (const text of ['Radiographer · X-ray room · 10 min', 'höchstens 12-mal, alle 21 Tage'])
        for (const line of wrapText(text, style, limit, 9)) expect(line).not.toMatch(/(?:^|\s)(?:\p{L}|\d+)-$/u);
    expect(wrapText('Follow-up appointment', style, 60, 5)[0]).toBe('Follow-');
  });

  it('parts a word at its soft hyphens', () => {
    expect(wrapText('Kranken\u00adhaus\u00adbett', style, 90, 5).join('|').replaceAll('\u00ad', '')).toBe(
      'Kranken-|hausbett',
    );
  });

  it('never begins a line with the dot between two parts of a note', () => {
    const note = { size: 11, weight: 'regular' } as const;
    for (let limit = 60; limit < 200; limit += 5)
      for (const line of wrapText('General\u00a0practitioner · 10\u00a0min · remote', note, limit, 9))
        expect(line).not.toMatch(/^·/u);
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
        // A line may end with a hyphen that the text does not have.
        let left = letters(text);
        for (const line of lines.map(letters)) {
          expect(left.startsWith(line) || (line.endsWith('-') && left.startsWith(line.slice(0, -1)))).toBe(true);
          left = left.slice(left.startsWith(line) ? line.length : line.length - 1);
        }
        expect(left).toBe('');
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});
