import { describe, expect, it } from 'vitest';
import { DARK, levelStep, LIGHT, type Palette } from '../src/palette.js';
import { contrastRatio } from './contrast.js';

describe('contrastRatio', () => {
  it('gives the values of WCAG for known pairs', () => {
    expect(contrastRatio('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrastRatio('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
    expect(contrastRatio('#123456', '#123456')).toBe(1);
  });
});

const PALETTES: readonly (readonly [string, Palette])[] = [
  ['light', LIGHT],
  ['dark', DARK],
];

describe.each(PALETTES)('the %s palette', (_, palette) => {
  it('sets all text at least 4.5 : 1 from its ground (WCAG 1.4.3)', () => {
    const pairs = [
      ...[palette.text, palette.muted, palette.link, palette.good, palette.bad, palette.unsure].map((colour) => [
        colour,
        palette.surface,
      ]),
      [palette.text, palette.panel],
      [palette.warningText, palette.warningSurface],
      ...palette.heat.map((step) => [step.text, step.surface]),
      ...palette.levels.map((step) => [step.text, step.surface]),
      ...palette.series.map((colour) => [colour, palette.surface]),
    ];
    const faint = pairs.filter(([text = '', ground = '']) => contrastRatio(text, ground) < 4.5);
    expect(faint).toEqual([]);
  });

  it('sets rules and marks at least 3 : 1 from the ground (WCAG 1.4.11)', () => {
    const faint = [palette.rule, palette.bad, ...palette.series].filter(
      (colour) => contrastRatio(colour, palette.surface) < 3,
    );
    expect(faint).toEqual([]);
  });

  it('deepens the heat map step by step', () => {
    const distance = palette.heat.map((step) => contrastRatio(step.surface, palette.surface));
    expect([...distance].sort((a, b) => a - b)).toEqual(distance);
    expect(new Set(palette.heat.map((step) => step.surface)).size).toBe(palette.heat.length);
  });
});

describe('the colours of levels', () => {
  it('give the calmest level the first colour and the worst the last, however many there are', () => {
    expect(levelStep(0, 3)).toBe(0);
    for (const levels of [2, 3, 4, 5]) expect(levelStep(levels - 1, levels)).toBe(4);
    expect([0, 1, 2, 3, 4].map((place) => levelStep(place, 5))).toEqual([0, 1, 2, 3, 4]);
  });

  it('never give a level that is not the calmest the colour of calm', () => {
    expect(levelStep(1, 12)).toBe(1);
  });
});

/** What someone without red-sensitive or green-sensitive cones sees, after Viénot, Brettel and Mollon (1999). */
function seenBy(kind: 'protanope' | 'deuteranope', colour: string): readonly number[] {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map(
    (from) => (Number.parseInt(colour.slice(from, from + 2), 16) / 255) ** 2.2,
  );
  const long = 17.8824 * r + 43.5161 * g + 4.11935 * b;
  const medium = 3.45565 * r + 27.1554 * g + 3.86714 * b;
  const short = 0.0299566 * r + 0.184309 * g + 1.46709 * b;
  const isProtanope = kind === 'protanope';
  return [
    isProtanope ? 2.02344 * medium - 2.52581 * short : long,
    isProtanope ? medium : 0.494207 * long + 1.24827 * short,
    short,
  ];
}

describe('the colours of the first four series', () => {
  it.each(['protanope', 'deuteranope'] as const)('stay apart for a %s', (kind) => {
    for (const palette of [LIGHT, DARK]) {
      const seen = palette.series.slice(0, 4).map((colour) => seenBy(kind, colour));
      for (const [index, a] of seen.entries()) {
        for (const b of seen.slice(index + 1)) {
          // Relative difference in the cone that differs most.
          const difference = Math.max(
            ...a.map((value, cone) => Math.abs(value - (b[cone] ?? 0)) / Math.max(value, b[cone] ?? 0)),
          );
          expect(difference).toBeGreaterThan(0.3);
        }
      }
    }
  });
});
