import { FONT_METRICS, type WidthRun } from './font-metrics.js';

type Weight = keyof typeof FONT_METRICS;

/** Font size in pixels and weight, as text is measured and drawn. */
export interface TextStyle {
  readonly size: number;
  readonly weight: Weight;
}

/** Widths of blocks that Inter does not have, in thousandths of the font size, as usual fallback fonts draw them. */
const BLOCKS: readonly { readonly first: number; readonly last: number; readonly width: number }[] = [
  { first: 0x0300, last: 0x036f, width: 0 }, // combining marks
  { first: 0x0591, last: 0x05bd, width: 0 }, // Hebrew points
  { first: 0x0590, last: 0x05ff, width: 600 }, // Hebrew
  { first: 0x064b, last: 0x065f, width: 0 }, // Arabic vowel marks
  { first: 0x0600, last: 0x08ff, width: 640 }, // Arabic, Syriac
  { first: 0x0900, last: 0x0dff, width: 700 }, // Indic scripts
  { first: 0x0e00, last: 0x0eff, width: 620 }, // Thai, Lao
  { first: 0x10a0, last: 0x10ff, width: 640 }, // Georgian
  { first: 0x1100, last: 0x11ff, width: 1000 }, // Hangul Jamo
  { first: 0x1200, last: 0x139f, width: 800 }, // Ethiopic
  { first: 0x200b, last: 0x200f, width: 0 }, // zero-width and direction marks
  { first: 0x2e80, last: 0xa4cf, width: 1000 }, // CJK
  { first: 0xac00, last: 0xd7af, width: 1000 }, // Hangul
  { first: 0xf900, last: 0xfaff, width: 1000 }, // CJK compatibility
  { first: 0xfe00, last: 0xfe0f, width: 0 }, // variation selectors
  { first: 0xff00, last: 0xff60, width: 1000 }, // full-width forms
  { first: 0x1f000, last: 0x1ffff, width: 1300 }, // emoji
  { first: 0x20000, last: 0x3ffff, width: 1000 }, // CJK extensions
];
const UNKNOWN = 660;

/** Each of these is a character by itself, whatever stands beside it. */
const PLAIN = /^[\u0020-\u007e\u00a0-\u00ac\u00ae-\u02ff]*$/u;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Width of a text in pixels. Kerning is left out: it makes text narrower by less than one hundredth. */
export function textWidth(text: string, style: TextStyle): number {
  let thousandths = 0;
  for (const character of text) thousandths += advance(character.codePointAt(0) ?? 0x20, style.weight);
  return (thousandths * style.size) / 1000;
}

/** What a reader sees as single characters; accents and joined emoji stay with their base. */
export function splitGraphemes(text: string): readonly string[] {
  if (PLAIN.test(text)) return text.split('');
  return Array.from(graphemes.segment(text), (part) => part.segment);
}

/** True for writing that may break between any two characters (Chinese, Japanese, Thai and the like). */
export function breaksAnywhere(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return (
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xff00 && code <= 0xff60) ||
    code >= 0x20000
  );
}

function advance(code: number, weight: Weight): number {
  const block = BLOCKS.find((candidate) => code >= candidate.first && code <= candidate.last);
  if (block !== undefined) return block.width;
  return lookUp(FONT_METRICS[weight], code) ?? UNKNOWN;
}

function lookUp(runs: readonly WidthRun[], code: number): number | undefined {
  for (const run of runs) {
    if (code < run.first) return undefined;
    const width = run.widths[code - run.first];
    if (width !== undefined) return width;
  }
  return undefined;
}
