import { element, escapeXml } from './xml.js';

/** A font as a `data:` address, for characters of some ranges as style sheets write them. */
export interface FontFace {
  readonly weight: 400 | 600;
  /** `U+0000-00FF,U+0131`. */
  readonly range: string;
  readonly source: string;
}

/** Any drawing with fonts in it, under the name in which drawings are set: it looks the same where the reader has none. */
export function withFonts(svg: string, faces: readonly FontFace[]): string {
  const rules = faces.map(({ weight, range, source }) => {
    const address = source.replace(/["\\\n]/gu, '');
    return `@font-face{font-family:Inter;font-weight:${weight};src:url("${address}") format("woff2");unicode-range:${range}}`;
  });
  const style = element('style', {}, [escapeXml(rules.join('')).replaceAll('&quot;', '"')]);
  // Screen readers look for the title first.
  const place = /<svg\b[^>]*>\s*(?:<title>[^<]*<\/title>)?/u.exec(svg)?.[0].length ?? 0;
  return `${svg.slice(0, place)}${style}${svg.slice(place)}`;
}

/** The characters that a drawing shows. */
export function charactersOf(svg: string): ReadonlySet<string> {
  const texts = [...svg.matchAll(/<text\b[^>]*>([^<]*)/gu)].map(([, text = '']) => text);
  return new Set(texts.flatMap((text) => [...text]));
}
