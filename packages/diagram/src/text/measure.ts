import { FONT_METRICS, type WidthRun } from './font-metrics.js';

type Weight = keyof typeof FONT_METRICS;

/** Font size in pixels and weight, as text is measured and drawn. */
export interface TextStyle {
  readonly size: number;
  readonly weight: Weight;
}

/**
 * Widths of blocks that Inter does not have, in thousandths of the font size, as usual fallback fonts draw them: of letters, of
 * vowel signs that stand beside them, and of a letter that joins the one before it.
 */
const BLOCKS: readonly {
  readonly first: number;
  readonly last: number;
  readonly width: number;
  readonly sign?: number;
  readonly joined?: number;
}[] = [
  { first: 0x0530, last: 0x058f, width: 730 }, // Armenian
  { first: 0x0590, last: 0x05ff, width: 600 }, // Hebrew
  { first: 0x0600, last: 0x08ff, width: 600 }, // Arabic, Syriac
  { first: 0x0900, last: 0x097f, width: 640, sign: 300, joined: 250 }, // Devanagari
  { first: 0x0980, last: 0x09ff, width: 680, sign: 310, joined: 250 }, // Bengali
  { first: 0x0a00, last: 0x0aff, width: 640, sign: 300, joined: 250 }, // Gurmukhi, Gujarati
  { first: 0x0b80, last: 0x0bff, width: 1000, sign: 620 }, // Tamil
  { first: 0x0b00, last: 0x0d7f, width: 790, sign: 520, joined: 150 }, // Odia, Telugu, Kannada, Malayalam
  { first: 0x0d80, last: 0x0dff, width: 720, sign: 500, joined: 250 }, // Sinhala
  { first: 0x0e00, last: 0x0e7f, width: 590 }, // Thai
  { first: 0x0e80, last: 0x0eff, width: 640 }, // Lao
  { first: 0x1000, last: 0x109f, width: 790, sign: 440, joined: 0 }, // Burmese
  { first: 0x10a0, last: 0x10ff, width: 640 }, // Georgian
  { first: 0x1100, last: 0x11ff, width: 1000 }, // Hangul Jamo
  { first: 0x1200, last: 0x139f, width: 760 }, // Ethiopic
  { first: 0x1780, last: 0x17ff, width: 720, sign: 420, joined: 0 }, // Khmer
  { first: 0x2e80, last: 0xa4cf, width: 1000 }, // CJK
  { first: 0xac00, last: 0xd7af, width: 1000 }, // Hangul
  { first: 0xf900, last: 0xfaff, width: 1000 }, // CJK compatibility
  { first: 0xfb50, last: 0xfeff, width: 560 }, // Arabic forms
  { first: 0xff00, last: 0xff60, width: 1000 }, // full-width forms
  { first: 0x20000, last: 0x3ffff, width: 1000 }, // CJK extensions
];
const UNKNOWN = 660;
const EMOJI = 1300;

/** Narrow and wide letters of Arabic script, where one width for all would be far off. */
const NARROW_ARABIC =
  /^[\u0621-\u0625\u0627\u062f-\u0632\u0644\u0648\u0649\u064a\u0647\u0671\u0688\u0691\u0698\u06cc]$/u;
const ARABIC_NARROW = 430;

/** Marks above, below and around letters, and signs without a width of their own. */
const MARK = /^[\p{Mn}\p{Me}\p{Cf}\u{1f3fb}-\u{1f3ff}]$/u;
const SIGN = /^\p{Mc}$/u;
/** After one of these a consonant joins the one before it. */
const JOINER = /^[\u094d\u09cd\u0a4d\u0acd\u0b4d\u0c4d\u0ccd\u0d4d\u0dca\u1039\u17d2]$/u;
const RIGHT_TO_LEFT = /^[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]$/u;
const SOFT_HYPHEN = 0xad;
const ZERO_WIDTH_JOINER = 0x200d;
const AS_EMOJI = 0xfe0f;
const isFlag = (code: number): boolean => code >= 0x1f1e6 && code <= 0x1f1ff;
const isEmoji = (code: number): boolean => code >= 0x1f000 && code <= 0x1ffff;

/** Each of these is a character by itself, whatever stands beside it. */
const PLAIN = /^[\u0020-\u007e\u00a0-\u00ac\u00ae-\u02ff]*$/u;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * Width of a text in pixels. Kerning is left out, which makes some words a few hundredths narrower. Scripts that Inter lacks are
 * drawn by whatever font the reader has; how near these widths come to those of Noto fonts is tested against a browser.
 */
export function textWidth(text: string, style: TextStyle): number {
  let thousandths = 0;
  let before = 0;
  /** What the last sign took that is not a mark on another. */
  let taken = 0;
  let flags = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0x20;
    flags = isFlag(code) ? flags + 1 : 0;
    // A family of emoji is one sign, and so is a pair of letters that make a flag.
    const isPart = (before === ZERO_WIDTH_JOINER && code >= 0x2190) || (flags > 0 && flags % 2 === 0);
    if (code === AS_EMOJI) thousandths += taken === 0 ? 0 : EMOJI - taken;
    else {
      taken = isPart ? 0 : advance(character, code, before, style.weight);
      thousandths += taken;
    }
    before = code;
  }
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

function advance(character: string, code: number, before: number, weight: Weight): number {
  const known = code < 0x300 && code !== SOFT_HYPHEN ? lookUp(FONT_METRICS[weight], code) : undefined;
  if (known !== undefined) return known;
  if (MARK.test(character)) return 0;
  if (isEmoji(code)) return EMOJI;
  if (NARROW_ARABIC.test(character)) return ARABIC_NARROW;
  const block = BLOCKS.find((candidate) => code >= candidate.first && code <= candidate.last);
  if (block === undefined) return lookUp(FONT_METRICS[weight], code) ?? UNKNOWN;
  if (block.joined !== undefined && JOINER.test(String.fromCodePoint(before))) return block.joined;
  return block.sign !== undefined && SIGN.test(character) ? block.sign : block.width;
}

/** Whether a line is written from right to left: its first letter is of such a script. */
export function isRightToLeft(text: string): boolean {
  return RIGHT_TO_LEFT.test(/\p{L}/u.exec(text)?.[0] ?? '');
}

function lookUp(runs: readonly WidthRun[], code: number): number | undefined {
  for (const run of runs) {
    if (code < run.first) return undefined;
    const width = run.widths[code - run.first];
    if (width !== undefined) return width;
  }
  return undefined;
}
