import drawSvg from 'svg-to-pdfkit';
import { escapeHtml } from '../text.js';
import type { PrintFonts } from './printer.js';

/** Height of a line, as a multiple of its size. */
const LEADING = 1.25;
const RIGHT_TO_LEFT = /[\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Syriac}\p{sc=Thaana}\p{sc=Nko}]/u;

/**
 * Prints one line as outlines, where it has letters that the typeface of the document lacks.
 * @param line where its upper left corner is, and its size, in points
 * @returns the height of the line in points; `undefined` where nothing was printed, since the typeface has all its letters or
 * no other has them
 */
export function printOutlined(
  document: PDFKit.PDFDocument,
  text: string,
  { outline }: PrintFonts,
  line: {
    readonly x: number;
    readonly y: number;
    readonly size: number;
    readonly colour: string;
    readonly bold?: boolean;
  },
): number | undefined {
  const height = line.size * LEADING;
  const way = RIGHT_TO_LEFT.test(/\p{L}/u.exec(text)?.[0] ?? '') ? ' direction="rtl" text-anchor="end"' : '';
  const weight = line.bold === true ? ' font-weight="600"' : '';
  const written = `<svg xmlns="http://www.w3.org/2000/svg"><text x="0" y="${line.size}" font-size="${line.size}"${weight}${way} fill="${line.colour}">${escapeHtml(text)}</text></svg>`;
  const outlined = outline?.(written) ?? written;
  if (outlined === written) return undefined;
  drawSvg(document, outlined, line.x, line.y, { assumePt: true });
  return height;
}
