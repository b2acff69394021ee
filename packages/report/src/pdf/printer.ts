import { LIGHT } from '../palette.js';
import type { Language } from '../words/languages.js';
import { ScriptDocument, type ScriptSetter } from './script-document.js';

/** The two cuts of the typeface that the document is set in, as TrueType or OpenType files. */
export interface PrintFonts extends ScriptSetter {
  readonly regular: Uint8Array;
  readonly bold: Uint8Array;
}

/** Sizes in points. */
export const PAGE = { margin: 50, bottom: 60 } as const;

/** A PDF document under way; texts flow from page to page. */
export interface Printer {
  readonly document: ScriptDocument;
  /** Points from the left to the right margin. */
  readonly width: number;
  /** Points that are left on this page. */
  room(): number;
  /** Begins a page, as the others lie unless said otherwise. */
  newPage(layout?: 'portrait' | 'landscape'): void;
  /** The whole document as bytes; with a footer, pages are numbered. */
  finish(footer?: string): Promise<Uint8Array>;
}

/** Sheets that a drawing can be printed on; a slide has 16 : 9, and is only of use on its side. */
export type Paper = 'A5' | 'A4' | 'A3' | 'slide';

/** Short and long side of a slide, in points: half a point is a pixel on a projector of 1920 × 1080. */
const SLIDE: [number, number] = [540, 960];

/** The size of a sheet as PDFKit takes it. */
export function pageSize(paper: Paper): Exclude<Paper, 'slide'> | [number, number] {
  return paper === 'slide' ? SLIDE : paper;
}

/** How a document is set. */
interface PrintSheet {
  readonly paper?: Paper;
  readonly orientation?: 'portrait' | 'landscape';
  readonly language?: Language;
}

/** Begins a document, on upright A4 unless said otherwise, with fixed metadata, so that the same input gives the same bytes. */
export function startPrinting(
  title: string,
  fonts: PrintFonts,
  { paper = 'A4', orientation = 'portrait', language = 'en' }: PrintSheet = {},
): Printer {
  const margins = { top: PAGE.margin, left: PAGE.margin, right: PAGE.margin, bottom: PAGE.bottom };
  const document = new ScriptDocument(
    {
      size: pageSize(paper),
      layout: orientation,
      margins,
      bufferPages: true,
      // No font of its own: only those that are registered below, which are embedded.
      font: '',
      lang: language,
      displayTitle: true,
      info: { Title: title, Creator: 'Pathway', Producer: 'Pathway', CreationDate: new Date(0), ModDate: new Date(0) },
    },
    fonts,
  );
  // Bytes come out as the document grows; they are listened for before anything is written.
  const chunks: Uint8Array[] = [];
  const done = new Promise<Uint8Array>((resolve, reject) => {
    document.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    document.on('error', reject);
    document.on('end', () => resolve(joined(chunks)));
  });
  document.registerFont('regular', fonts.regular);
  document.registerFont('bold', fonts.bold);
  document.font('regular').fontSize(10).fillColor(LIGHT.text);
  const { page } = document;
  return {
    document,
    width: page.width - 2 * PAGE.margin,
    room: () => document.page.height - PAGE.bottom - document.y,
    newPage: (layout = orientation) => document.addPage({ size: pageSize(paper), layout, margins }),
    finish(footer) {
      if (footer !== undefined) numberPages(document, footer);
      document.end();
      return done;
    },
  };
}

function numberPages(document: PDFKit.PDFDocument, footer: string): void {
  const { start, count } = document.bufferedPageRange();
  for (let i = start; i < start + count; i++) {
    document.switchToPage(i);
    const { page } = document;
    // Text below the bottom margin would begin a new page.
    page.margins.bottom = 0;
    document.font('regular').fontSize(8).fillColor(LIGHT.muted);
    const y = page.height - 36;
    const width = page.width - 2 * PAGE.margin;
    document.text(footer, PAGE.margin, y, { width: width - 60, lineBreak: false, ellipsis: true });
    document.text(`${i - start + 1} / ${count}`, PAGE.margin + width - 60, y, { width: 60, align: 'right' });
    page.margins.bottom = PAGE.bottom;
  }
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
