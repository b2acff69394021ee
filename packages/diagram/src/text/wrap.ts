import { breaksAnywhere, splitGraphemes, textWidth, type TextStyle } from './measure.js';
import { partsOfWord } from './word-breaks.js';

const ELLIPSIS = '…';

/** Lines of texts that were asked for before: one drawing, and each drawn after an edit, asks for the same again and again. */
const wrapped = new Map<string, readonly string[]>();
const MOST_KEPT = 4000;

const HYPHEN = '-';
const SOFT_HYPHEN = '\u00ad';

/** A piece of text that must stay on one line. */
interface Piece {
  readonly text: string;
  /** A space stood before it. */
  readonly spaced: boolean;
  /** A word goes on after it: where a line ends here, it ends with a hyphen. */
  readonly goesOn: boolean;
}

/**
 * Breaks a text into as few lines of at most `limit` pixels as it needs, of even length. A word that is wider makes all lines as
 * wide as it is, up to `widest` pixels; words wider still are parted by a hyphen, or anywhere where they have no syllables. No-break
 * spaces are kept, and so is a middle dot with the word before it; what does not fit on `maximumLines` lines ends with an
 * ellipsis. Empty text gives no line.
 */
export function wrapText(
  text: string,
  style: TextStyle,
  limit: number,
  maximumLines: number,
  widest = limit,
): readonly string[] {
  const key = `${style.size} ${style.weight} ${limit} ${widest} ${maximumLines} ${text}`;
  const known = wrapped.get(key);
  if (known !== undefined) return known;
  if (wrapped.size >= MOST_KEPT) wrapped.clear();
  const room = widest > limit ? Math.max(limit, widestWord(text, style, widest)) : limit;
  const lines = wrapAnew(text, style, room, maximumLines);
  wrapped.set(key, lines);
  return lines;
}

/** The widest of what stands between places at which a line may end and is no wider than that, in pixels. */
export function widestWord(text: string, style: TextStyle, most = Infinity): number {
  const parts = wordsOf(text).flatMap((word) => unbrokenParts(word));
  return parts.reduce((widest, part) => {
    const width = textWidth(part.text, style);
    return width > most ? widest : Math.max(widest, width);
  }, 0);
}

/** What spaces part; a middle dot stays with the word before it. */
function wordsOf(text: string): readonly string[] {
  const words: string[] = [];
  for (const word of text.split(/[ \t\r\n]+/u).filter((part) => part !== '')) {
    const before = words.at(-1);
    if (word === '·' && before !== undefined) words[words.length - 1] = `${before} ·`;
    else words.push(word);
  }
  return words;
}

function wrapAnew(text: string, style: TextStyle, limit: number, maximumLines: number): readonly string[] {
  const pieces = splitPieces(text, style, limit);
  if (pieces.length === 0) return [];
  const lineCount = fill(pieces, style, limit).length;
  if (lineCount > maximumLines) return shorten(fill(pieces, style, limit), style, limit, maximumLines);
  let narrow = 0;
  let wide = limit;
  while (wide - narrow > 1) {
    const middle = (narrow + wide) / 2;
    const lines = fill(pieces, style, middle);
    const fits = lines.length <= lineCount && lines.every((line) => textWidth(line, style) <= middle);
    if (fits) wide = middle;
    else narrow = middle;
  }
  return fill(pieces, style, wide);
}

/** The widest of some lines, in pixels. */
export function widestLine(lines: readonly string[], style: TextStyle): number {
  return lines.reduce((widest, line) => Math.max(widest, textWidth(line, style)), 0);
}

function splitPieces(text: string, style: TextStyle, limit: number): readonly Piece[] {
  return wordsOf(text).flatMap((word) => {
    const parts = unbrokenParts(word).flatMap((part) =>
      textWidth(part.text, style) > limit ? broken(part, style, limit) : [part],
    );
    return parts.map((part, place): Piece => ({ ...part, spaced: place === 0 }));
  });
}

type Part = Omit<Piece, 'spaced'>;

/** A word up to each place at which a line may end: after hyphens and slashes, and in Chinese everywhere. */
function unbrokenParts(word: string): readonly Part[] {
  const parts: Part[] = [];
  let current = '';
  const push = (goesOn = false): void => {
    if (current !== '') parts.push({ text: current, goesOn });
    current = '';
  };
  const characters = [...splitGraphemes(word)];
  for (const [place, character] of characters.entries()) {
    if (breaksAnywhere(character)) push();
    current += character;
    // Dates and ranges of numbers stay whole: 2025-04-28, 07:00–15:00.
    const isInNumber = /\d[-/–—]$/u.test(current) && /^\d/u.test(characters[place + 1] ?? '');
    // One letter or a number does not stand alone before its hyphen: X-ray, 12-mal.
    const isAfterLittle = /^(?:\p{L}|\d+)-$/u.test(current);
    if (breaksAnywhere(character) || (/[-/–—]$/u.test(character) && !isInNumber && !isAfterLittle)) push();
    else if (character === SOFT_HYPHEN) push(true);
  }
  push();
  return parts;
}

/** What no line can hold, parted between syllables, and where these are too wide, anywhere. */
function broken({ text, goesOn }: Part, style: TextStyle, limit: number): readonly Part[] {
  const room = limit - textWidth(HYPHEN, style);
  const parts: Part[] = [];
  const syllables = partsOfWord(text);
  for (const [place, syllable] of syllables.entries()) {
    let current = '';
    for (const character of splitGraphemes(syllable)) {
      if (current !== '' && textWidth(current + character, style) > (syllables.length > 1 ? room : limit)) {
        parts.push({ text: current, goesOn: false });
        current = '';
      }
      current += character;
    }
    parts.push({ text: current, goesOn: place < syllables.length - 1 || goesOn });
  }
  return parts;
}

function fill(pieces: readonly Piece[], style: TextStyle, limit: number): readonly string[] {
  const lines: string[] = [];
  let current = '';
  let goesOn = false;
  for (const piece of pieces) {
    const longer = current === '' ? piece.text : current + (piece.spaced ? ' ' : '') + piece.text;
    if (current !== '' && textWidth(longer + (piece.goesOn ? HYPHEN : ''), style) > limit) {
      lines.push(goesOn ? current + HYPHEN : current);
      current = piece.text;
    } else {
      current = longer;
    }
    goesOn = piece.goesOn;
  }
  if (current !== '') lines.push(current);
  return lines;
}

function shorten(lines: readonly string[], style: TextStyle, limit: number, maximumLines: number): readonly string[] {
  const kept = lines.slice(0, maximumLines);
  const characters = [...splitGraphemes(kept.at(-1) ?? '')];
  while (characters.length > 0 && textWidth(characters.join('') + ELLIPSIS, style) > limit) characters.pop();
  return [...kept.slice(0, -1), characters.join('').trimEnd() + ELLIPSIS];
}
