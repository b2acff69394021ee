import { breaksAnywhere, splitGraphemes, textWidth, type TextStyle } from './measure.js';

const ELLIPSIS = '…';

/** Lines of texts that were asked for before: one drawing, and each drawn after an edit, asks for the same again and again. */
const wrapped = new Map<string, readonly string[]>();
const MOST_KEPT = 4000;

/** A piece of text that must stay on one line, and whether a space stood before it. */
interface Piece {
  readonly text: string;
  readonly spaced: boolean;
}

/**
 * Breaks a text into as few lines of at most `limit` pixels as it needs, of even length. Words wider than a line
 * are broken inside, no-break spaces are kept; what does not fit on `maximumLines` lines ends with an ellipsis. Empty text gives no line.
 */
export function wrapText(text: string, style: TextStyle, limit: number, maximumLines: number): readonly string[] {
  const key = `${style.size} ${style.weight} ${limit} ${maximumLines} ${text}`;
  const known = wrapped.get(key);
  if (known !== undefined) return known;
  if (wrapped.size >= MOST_KEPT) wrapped.clear();
  const lines = wrapAnew(text, style, limit, maximumLines);
  wrapped.set(key, lines);
  return lines;
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
  const pieces: Piece[] = [];
  for (const word of text.split(/[ \t\r\n]+/u).filter((part) => part !== '')) {
    let current = '';
    let spaced = true;
    const push = (): void => {
      if (current === '') return;
      pieces.push({ text: current, spaced });
      spaced = false;
      current = '';
    };
    const characters = [...splitGraphemes(word)];
    for (const [place, character] of characters.entries()) {
      const tooWide = current !== '' && textWidth(current + character, style) > limit;
      if (tooWide || breaksAnywhere(character)) push();
      current += character;
      // Dates and ranges of numbers stay whole: 2025-04-28, 07:00–15:00.
      const isInNumber = /\d[-/–—]$/u.test(current) && /^\d/u.test(characters[place + 1] ?? '');
      if (breaksAnywhere(character) || (/[-/–—]$/u.test(character) && !isInNumber)) push();
    }
    push();
  }
  return pieces;
}

function fill(pieces: readonly Piece[], style: TextStyle, limit: number): readonly string[] {
  const lines: string[] = [];
  let current = '';
  for (const piece of pieces) {
    const longer = current === '' ? piece.text : current + (piece.spaced ? ' ' : '') + piece.text;
    if (current !== '' && textWidth(longer, style) > limit) {
      lines.push(current);
      current = piece.text;
    } else {
      current = longer;
    }
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
