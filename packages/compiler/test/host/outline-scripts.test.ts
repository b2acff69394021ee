import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { scriptTypesetter, type ScriptTypesetter } from '../../src/host/outline-scripts.js';
import { rasterise } from '../../src/host/rasterise.js';

/** How far letters reach across. */
interface Ink {
  readonly left: number;
  readonly right: number;
}

const folder = mkdtempSync(join(tmpdir(), 'pathway-fonts-'));
let outline: ScriptTypesetter['outline'];
let setLine: ScriptTypesetter['setLine'];

/** Fonts as a machine has them, some scripts and no others. */
function putFontsIn(folder: string): void {
  mkdirSync(join(folder, 'noto'));
  for (const [entry, file] of [
    [
      createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-devanagari/package.json'),
      'NotoSansDevanagari',
    ],
    [createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-arabic/package.json'), 'NotoSansArabic'],
  ] as const)
    for (const [cut, from] of [
      ['Regular', '400Regular'],
      ['Bold', '700Bold'],
    ] as const)
      copyFileSync(join(dirname(entry), from, `${file}_${from}.ttf`), join(folder, 'noto', `${file}-${cut}.ttf`));
}

/** What is installed: these scripts, and no others. */
beforeAll(async () => {
  putFontsIn(folder);
  ({ outline, setLine } = await scriptTypesetter([join(folder, 'not-there'), folder]));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const drawing = (text: string, attributes = ''): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 60"><text x="200" y="40" font-size="20"${attributes} fill="#123">${text}</text></svg>`;

function inkOf(svg: string): Ink {
  const [, path = ''] = /<path[^>]* d="([^"]*)"/.exec(svg) ?? [];
  // Every second number is across: paths have points and no arcs.
  const across = Array.from(path.matchAll(/-?[\d.]+/g), Number).filter((_, index) => index % 2 === 0);
  return { left: Math.min(...across), right: Math.max(...across) };
}

const widthOf = (text: string, attributes = ''): number => {
  const { left, right } = inkOf(outline(drawing(text, attributes)).svg);
  return right - left;
};

test('leaves a drawing in letters of Inter as it is', () => {
  const latin = drawing('Überweisung → Αθήνα, Київ & 25 %');
  expect(outline(latin)).toEqual({ svg: latin, missing: [] });
});

test('joins what belongs together in Hindi, and keeps its spaces and the room of its vowel signs', () => {
  const { svg, missing } = outline(drawing('प्रशिक्षण'));
  expect(missing).toEqual([]);
  expect(svg).not.toContain('<text');
  // The halant joins two letters: narrower than both beside one another.
  expect(widthOf('क्ष')).toBeLessThan(widthOf('कष') * 0.8);
  // A sign beside its letter takes room, and the short i is drawn before it, so that the letter moves to the right.
  expect(widthOf('का')).toBeGreaterThan(widthOf('क') + 3);
  expect(widthOf('क क') - widthOf('कक')).toBeCloseTo(0.26 * 20, 1);
});

test('joins letters whatever was drawn before, parts of which look like them', async () => {
  const { outline: outlineAfter } = await scriptTypesetter([folder]);
  // Noto draws the end of the first word with the outline of the letter that begins the second.
  outlineAfter(drawing('الخطورة؟ ة'));
  expect(outlineAfter(drawing('هل')).svg).toBe((await scriptTypesetter([folder])).outline(drawing('هل')).svg);
});

test('places a text at its beginning, middle or end', () => {
  const at = (attributes: string): Ink => inkOf(outline(drawing('सेवा', attributes)).svg);
  expect(at('').left).toBeGreaterThanOrEqual(199);
  expect(at(' text-anchor="end"').right).toBeLessThanOrEqual(201);
  const middle = at(' text-anchor="middle"');
  expect((middle.left + middle.right) / 2).toBeCloseTo(200, -0.5);
  // From right to left the beginning is on the right.
  const arabic = (attributes: string): Ink => inkOf(outline(drawing('قسم', ` direction="rtl"${attributes}`)).svg);
  expect(arabic('').right).toBeLessThanOrEqual(201);
  expect(arabic(' text-anchor="end"').left).toBeGreaterThanOrEqual(199);
});

test('orders a line that runs both ways, with brackets that face one another', () => {
  const reversed = ' direction="rtl" text-anchor="end"';
  const numbers = (text: string, attributes: string): readonly number[] =>
    Array.from((/d="([^"]*)"/.exec(outline(drawing(text, attributes)).svg)?.[1] ?? '').matchAll(/-?[\d.]+/g), Number);
  const farthest = (one: readonly number[], other: readonly number[]): number =>
    Math.max(...one.map((number, index) => Math.abs(number - (other[index] ?? Number.POSITIVE_INFINITY))));
  // What is read from right to left looks like its parts in the other order, but for the kerning of brackets.
  const line = numbers('قسم (25)', reversed);
  expect(farthest(line, numbers('(25) قسم', ''))).toBeLessThan(1.5);
  expect(farthest(line, numbers(')25( قسم', ''))).toBeGreaterThan(2);
  expect(farthest(line, numbers('(52) قسم', ''))).toBeGreaterThan(2);
});

test('draws bold texts bold, and a halo below its letters', () => {
  expect(widthOf('सेवा', ' font-weight="600"')).toBeGreaterThan(widthOf('सेवा'));
  const { svg } = outline(drawing('सेवा', ' paint-order="stroke" stroke="#fff" stroke-width="3"'));
  expect(svg.match(/<path[^>]*>/g)?.map((path) => path.replace(/ d="[^"]*"/, ''))).toEqual([
    '<path stroke="#fff" stroke-width="3" fill="#123"/>',
    '<path fill="#123"/>',
  ]);
});

test('reads signs that are written as entities', () => {
  expect(outline(drawing('क &amp; क')).svg).toBe(outline(drawing('क &#38; क')).svg);
  expect(widthOf('क &amp; क')).toBeLessThan(widthOf('क amp; क'));
});

test('says which fonts are missing, and leaves their texts', () => {
  const { svg, missing } = outline(drawing('பராமரிப்பு') + drawing('患者') + drawing('患者の') + drawing('सेवा'));
  expect(missing).toEqual(['Noto Sans CJK JP', 'Noto Sans Tamil']);
  expect(svg.match(/<text/g)).toHaveLength(3);
  expect(outline(drawing('환자')).missing).toEqual(['Noto Sans CJK KR']);
  expect(outline(drawing('患者')).missing).toEqual(['Noto Sans CJK SC']);
});

test('draws the same picture each time, with ink where the text was', async () => {
  const { svg } = outline(drawing('सेवा'));
  const [first, second] = [await rasterise(svg), await rasterise(svg)];
  expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true);
  expect(first.length).toBeGreaterThan((await rasterise(drawing(' '))).length);
});

test('sets one line with its width, and none that Inter has or no typeface here', () => {
  expect(setLine('Überweisung → Αθήνα, Київ & 25 %', 20, false)).toBeUndefined();
  expect(setLine('病床够吗？', 20, false)).toBeUndefined();
  for (const text of ['स्ट्रोक की देखभाल', 'Station مستشفى 24', 'السكتة الدماغية (حادة)']) {
    const line = setLine(text, 20, false);
    const ink = inkOf(`<path d="${line?.path ?? ''}"/>`);
    expect(ink.left).toBeGreaterThan(-3);
    expect(ink.right).toBeLessThan((line?.width ?? 0) + 3);
    expect(ink.right - ink.left).toBeGreaterThan((line?.width ?? Number.POSITIVE_INFINITY) - 8);
    expect(setLine(text, 40, false)?.width).toBeCloseTo(2 * (line?.width ?? 0), 6);
  }
});

test('begins a line at the side from which its first letter runs', () => {
  const [first, alone] = ['حادة 24', 'حادة'].map((text) => setLine(text, 20, false));
  // The number stands on the left of the word that it follows.
  const shift = (first?.width ?? 0) - (alone?.width ?? 0);
  expect(inkOf(`<path d="${first?.path ?? ''}"/>`).right - shift).toBeCloseTo(
    inkOf(`<path d="${alone?.path ?? ''}"/>`).right,
    1,
  );
});
