import { createRequire } from 'node:module';
import bidiFactory from 'bidi-js';
import type { Font } from 'fontkit';
import { familyOf, fontFinder, OTHER, runsOf, type ScriptFont, type ScriptRun } from './script-fonts.js';

/** A drawing whose texts beyond Latin, Greek and Cyrillic letters are outlines. */
interface OutlinedDrawing {
  readonly svg: string;
  /** Typefaces that its texts ask for and that this machine lacks; these texts are left as they were. */
  readonly missing: readonly string[];
}

const bidi = bidiFactory();
const TEXT = /<text\b([^>]*)>([^<]+)<\/text>/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
/** What places a text, and what of its look the outlines do not share. */
const PLACING = ['x', 'y', 'text-anchor', 'direction', 'font-size', 'font-weight', 'font-family', 'paint-order'];
/** These order a line and have no look. */
const BIDI_CONTROLS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
const HALO = ['stroke', 'stroke-width', 'stroke-linejoin'];

/** A line whose letters are outlines: from the left end of its baseline, `y` downwards, in the unit of its size. */
interface OutlinedLine {
  /** As in the `d` of an SVG path. */
  readonly path: string;
  readonly width: number;
}

/** What sets texts in the typefaces of their scripts. */
export interface ScriptTypesetter {
  /** A drawing, its texts beyond Inter as outlines. */
  readonly outline: (svg: string) => OutlinedDrawing;
  /**
   * One line; `undefined` where Inter has all its letters, or a typeface lacks.
   * @param isRightToLeft of its paragraph; without it, the line's first letter tells
   * @param onMissing called with the typeface that lacks
   */
  readonly setLine: (
    text: string,
    size: number,
    isBold: boolean,
    isRightToLeft?: boolean,
    onMissing?: (family: string) => void,
  ) => OutlinedLine | undefined;
}

/**
 * What draws texts with letters that Inter lacks as outlines of their Noto typefaces. Renderers of pictures and printed pages
 * take any font for such letters, bold or with serifs, and place vowel signs of Indic scripts wrongly; here the typeface of
 * each script shapes its own letters, and lines that run both ways are ordered by the Unicode Bidirectional Algorithm (UAX #9).
 * @param folders where fonts are looked for; without them, where this platform has them
 */
export async function scriptTypesetter(folders?: readonly string[]): Promise<ScriptTypesetter> {
  const fonts = await openFonts(folders);
  const setLine: ScriptTypesetter['setLine'] = (
    text,
    size,
    isBold,
    isRightToLeft = beginsRightToLeft(text),
    onMissing = () => undefined,
  ) => {
    const runs = runsOf(text);
    if (runs.every(({ script }) => script === undefined)) return undefined;
    const fontOf = (script: string | undefined): Typeface | undefined => {
      if (script === OTHER) return undefined;
      const family = script === undefined ? undefined : familyOf(script, text);
      const font = fonts(family, isBold);
      if (font === undefined && family !== undefined) onMissing(family);
      return font;
    };
    const set = setRuns(runs, { size, isRightToLeft }, fontOf);
    return set === undefined ? undefined : { path: set.pathAt(0, 0), width: set.width };
  };
  const outline = (svg: string): OutlinedDrawing => {
    const missing = new Set<string>();
    const outlined = svg.replace(TEXT, (text, attributes: string, content: string) => {
      const runs = runsOf(decoded(content));
      if (runs.every(({ script }) => script === undefined)) return text;
      const fontOf = (script: string | undefined, isBold: boolean): Typeface | undefined => {
        if (script === OTHER) return undefined;
        const family = script === undefined ? undefined : familyOf(script, svg);
        const font = fonts(family, isBold);
        if (font === undefined && family !== undefined) missing.add(family);
        return font;
      };
      return outlineText(attributesOf(attributes), runs, fontOf) ?? text;
    });
    return { svg: outlined, missing: [...missing].sort() };
  };
  return { outline, setLine };
}

/** Whether the first letter of a text runs from right to left, and with it the whole line (rule P2). */
function beginsRightToLeft(text: string): boolean {
  return bidi.getEmbeddingLevels(text, 'auto').paragraphs[0]?.level === 1;
}

/**
 * A font twice: a glyph whose outline was taken as a part of another one no longer knows its letter, so that the next word
 * with it would not be joined.
 */
interface Typeface {
  /** Chooses and places glyphs. */
  readonly letters: Font;
  readonly outlines: Font;
}

type FontOf = (script: string | undefined, isBold: boolean) => Typeface | undefined;

/** A text as paths, or `undefined` where it cannot be: a font lacks, or it is placed in a way that is not known here. */
function outlineText(
  attributes: ReadonlyMap<string, string>,
  runs: readonly ScriptRun[],
  fontOf: FontOf,
): string | undefined {
  const [x, y, size] = ['x', 'y', 'font-size'].map((name) => Number.parseFloat(attributes.get(name) ?? ''));
  if (x === undefined || y === undefined || size === undefined || ![x, y, size].every(Number.isFinite))
    return undefined;
  const weight = attributes.get('font-weight') ?? '400';
  const isBold = weight === 'bold' || Number.parseInt(weight, 10) >= 600;
  const isRightToLeft = attributes.get('direction') === 'rtl';
  const set = setRuns(runs, { size, isRightToLeft }, (script) => fontOf(script, isBold));
  if (set === undefined) return undefined;
  const left = x - set.width * shareBefore(attributes.get('text-anchor') ?? 'start', isRightToLeft);
  return drawn(attributes, set.pathAt(left, y));
}

/** Letters of a line with their places from its beginning, or `undefined` where a font lacks. */
function setRuns(
  runs: readonly ScriptRun[],
  { size, isRightToLeft }: { readonly size: number; readonly isRightToLeft: boolean },
  fontOf: (script: string | undefined) => Typeface | undefined,
): { readonly width: number; readonly pathAt: (x: number, y: number) => string } | undefined {
  const placed: { readonly font: Typeface; readonly text: string; readonly level: number }[] = [];
  for (const { script, text, level } of inVisualOrder(runs, isRightToLeft)) {
    const font = fontOf(script);
    if (font === undefined) return undefined;
    placed.push({ font, text, level });
  }
  let width = 0;
  const glyphs = placed.flatMap(({ font, text, level }) => {
    const scale = size / font.letters.unitsPerEm;
    const run = font.letters.layout(
      text.replace(BIDI_CONTROLS, ''),
      undefined,
      undefined,
      undefined,
      level % 2 === 1 ? 'rtl' : 'ltr',
    );
    return run.glyphs.map((glyph, index) => {
      const position = run.positions[index] ?? { xAdvance: 0, yAdvance: 0, xOffset: 0, yOffset: 0 };
      const at = { x: width + position.xOffset * scale, y: -position.yOffset * scale };
      width += position.xAdvance * scale;
      return { path: font.outlines.getGlyph(glyph.id).path, scale, at };
    });
  });
  const pathAt = (x: number, y: number): string =>
    glyphs
      .map(({ path, scale, at }) =>
        path
          .scale(scale, -scale)
          .translate(x + at.x, y + at.y)
          .toSVG(),
      )
      .join('');
  return { width, pathAt };
}

/** How much of its width a text has before the point at which it is placed. */
function shareBefore(anchor: string, isRightToLeft: boolean): number {
  if (anchor === 'middle') return 0.5;
  return (anchor === 'end') === isRightToLeft ? 0 : 1;
}

/** A halo lies below letters, which not every renderer knows how to do with one path. */
function drawn(attributes: ReadonlyMap<string, string>, path: string): string {
  const look = [...attributes].filter(([name]) => !PLACING.includes(name));
  const letters = look.filter(([name]) => !attributes.has('paint-order') || !HALO.includes(name));
  const draw = (own: typeof look): string =>
    `<path${own.map(([name, value]) => ` ${name}="${value}"`).join('')} d="${path}"/>`;
  return letters.length === look.length ? draw(look) : draw(look) + draw(letters);
}

/** Runs of one script and direction, from left to right. */
function inVisualOrder(
  runs: readonly ScriptRun[],
  isRightToLeft: boolean,
): readonly { readonly script: string | undefined; readonly text: string; readonly level: number }[] {
  const text = runs.map((run) => run.text).join('');
  const embedding = bidi.getEmbeddingLevels(text, isRightToLeft ? 'rtl' : 'ltr');
  const mirrored = bidi.getMirroredCharactersMap(text, embedding.levels);
  const parts: { script: string | undefined; text: string; level: number }[] = [];
  let start = 0;
  for (const { script, text: own } of runs) {
    for (let index = start; index < start + own.length; index++) {
      const level = embedding.levels[index] ?? 0;
      const character = mirrored.get(index) ?? text.charAt(index);
      const last = parts.at(-1);
      if (index > start && last?.level === level) last.text += character;
      else parts.push({ script, text: character, level });
    }
    start += own.length;
  }
  // Rule L2: from the highest level to the lowest odd one, each sequence at that level or above is turned round.
  for (let level = Math.max(...parts.map((part) => part.level)); level > 0; level--)
    for (let from = 0; from < parts.length; from++) {
      let to = from;
      while ((parts[to]?.level ?? -1) >= level) to++;
      if (to > from) parts.splice(from, to - from, ...parts.slice(from, to).reverse());
      from = to;
    }
  return parts;
}

/** Opens each font at most once; Inter is what has no family. */
async function openFonts(
  folders: readonly string[] | undefined,
): Promise<(family: string | undefined, isBold: boolean) => Typeface | undefined> {
  const { openSync } = await import('fontkit');
  const { resolve } = createRequire(import.meta.url);
  const find = fontFinder(folders);
  const inter: ScriptFont = {
    regular: resolve('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf'),
    bold: resolve('@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf'),
  };
  const openOne = (file: string, family: string | undefined): Font | undefined => {
    const content = openSync(file);
    return 'fonts' in content ? content.fonts.find((own) => own.familyName === family) : content;
  };
  const open = (family: string | undefined, isBold: boolean): Typeface | undefined => {
    const font = family === undefined ? inter : find(family);
    if (font === undefined) return undefined;
    const file = isBold ? font.bold : font.regular;
    const [letters, outlines] = [openOne(file, family), openOne(file, family)];
    return letters === undefined || outlines === undefined ? undefined : { letters, outlines };
  };
  const opened = new Map<string, Typeface | undefined>();
  return (family, isBold) => {
    const key = `${family ?? ''} ${isBold}`;
    if (!opened.has(key)) opened.set(key, open(family, isBold));
    return opened.get(key);
  };
}

function attributesOf(attributes: string): ReadonlyMap<string, string> {
  return new Map(Array.from(attributes.matchAll(/([\w:-]+)="([^"]*)"/g), ([, name = '', value = '']) => [name, value]));
}

function decoded(content: string): string {
  return content.replace(
    /&(?:#(\d+)|#x([\da-f]+)|(\w+));/giu,
    (entity, decimal?: string, hex?: string, name?: string) =>
      name !== undefined
        ? (ENTITIES[name] ?? entity)
        : String.fromCodePoint(decimal === undefined ? Number.parseInt(hex ?? '20', 16) : Number(decimal)),
  );
}
