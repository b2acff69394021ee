// Writes src/text/font-metrics.ts: advance widths of Inter (SIL Open Font License), rounded to thousandths of the
// font size, so that drawings need no font file to measure text. Run: npm run font-metrics -w packages/diagram
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import * as fontkit from 'fontkit';

const require = createRequire(import.meta.url);
const weights = {
  regular: require.resolve('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf'),
  semibold: require.resolve('@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf'),
};
/** Latin, Greek and Cyrillic, general punctuation, currency signs, arrows and mathematical signs. */
const ranges = [
  [0x20, 0x7e],
  [0xa0, 0x17f],
  [0x218, 0x21b],
  [0x370, 0x3ff],
  [0x400, 0x45f],
  [0x490, 0x4f9],
  [0x1e80, 0x1e85],
  [0x1ea0, 0x1ef9],
  [0x2010, 0x2026],
  [0x2030, 0x203a],
  [0x20a0, 0x20bf],
  [0x2190, 0x2199],
  [0x2260, 0x2265],
];

const tables = Object.entries(weights).map(([weight, file]) => {
  const font = fontkit.create(readFileSync(file));
  const unknown = Math.round((font.glyphForCodePoint(0x6e).advanceWidth * 1000) / font.unitsPerEm);
  const runs = ranges.map(([first, last]) => {
    const widths = [];
    for (let code = first; code <= last; code++) {
      const advance = font.hasGlyphForCodePoint(code) ? font.glyphForCodePoint(code).advanceWidth : undefined;
      widths.push(advance === undefined ? unknown : Math.round((advance * 1000) / font.unitsPerEm));
    }
    return `    { first: 0x${first.toString(16)}, widths: [${widths.join(', ')}] },`;
  });
  return `  ${weight}: [\n${runs.join('\n')}\n  ],`;
});

const text = `// Written by scripts/font-metrics.mjs from Inter (SIL Open Font License 1.1); do not edit.

/** Advance widths, in thousandths of the font size, of the code points from \`first\` on. */
export interface WidthRun {
  readonly first: number;
  readonly widths: readonly number[];
}

// prettier-ignore
export const FONT_METRICS: { readonly regular: readonly WidthRun[]; readonly semibold: readonly WidthRun[] } = {
${tables.join('\n')}
};
`;
writeFileSync(fileURLToPath(new URL('../src/text/font-metrics.ts', import.meta.url)), text);
