import { scriptTypesetter } from '@pathway/compiler';
import { createColors } from 'picocolors';
import { expect, test } from 'vitest';
import { printFontsTelling, setInScripts } from '../../src/drawing/scripts.js';

const drawing = (text: string): string => `<svg><text x="0" y="10" font-size="10">${text}</text></svg>`;

test('says once for each font that it is not installed, and leaves the text', async () => {
  const warnings: string[] = [];
  const context = { errColours: createColors(false), warn: (text: string) => void warnings.push(text) };
  const nothing = scriptTypesetter([]);
  expect(await setInScripts(drawing('Sorge'), context, nothing)).toBe(drawing('Sorge'));
  expect(await setInScripts(drawing('सेवा'), context, nothing)).toBe(drawing('सेवा'));
  await setInScripts(drawing('सेवा') + drawing('ผู้ป่วย'), context, nothing);
  expect(warnings).toHaveLength(2);
  expect(warnings[0]).toContain(
    'warning: Noto Sans Devanagari is not installed: in PNG and PDF, letters of its script',
  );
  expect(warnings[1]).toContain('Noto Sans Thai is not installed');
  expect(warnings[1]).not.toContain('Devanagari');
});

test('says the same of printed documents, once, whatever has the letters', async () => {
  const warnings: string[] = [];
  const context = { errColours: createColors(false), warn: (text: string) => void warnings.push(text) };
  const nothing = scriptTypesetter([]);
  const { setLine, outline } = await printFontsTelling(context, nothing);
  setLine?.('Sorge', 10, false, false);
  expect(warnings).toEqual([]);
  for (let line = 0; line < 3; line++) setLine?.('सेवा', 10, false, false);
  outline?.(drawing('सेवा'));
  await setInScripts(drawing('सेवा'), context, nothing);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain('Noto Sans Devanagari is not installed');
});
