import { LIGHT } from '../palette.js';
import { named } from '../text.js';
import type { Language } from '../words/languages.js';
import { sizeOf } from '../drawing-size.js';
import { printDrawingIn } from './print-drawing.js';
import { PAGE, pageSize, type Paper, type PrintFonts, startPrinting } from './printer.js';

/** A drawing to print, and what in it leads to other sheets of the document. */
export interface PrintedSheet {
  /** By which links lead to it. */
  readonly id: string;
  readonly title: string;
  readonly svg: string;
  /** Other names by which links lead to it. */
  readonly instead?: readonly string[];
  /** Areas in the drawing's own units that lead to another sheet. */
  readonly links?: readonly {
    readonly sheet: string;
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  }[];
}

/** How much small drawings are enlarged: so that sheets of one document do not differ too much in size of text. */
const LARGEST: Readonly<Record<Paper, number>> = { A5: 1.1, A4: 1.5, A3: 2.1, slide: 1.7 };
/** Points. */
const SMALLEST_TITLE = 12;

/**
 * Drawings each on a sheet of its own, as large as the paper allows, for walls and boards: upright or on its side by the
 * drawing's own shape, its title above and where it comes from below. Links lead from sheet to sheet.
 * @param note under the drawings, such as the hash of the text that they were drawn from
 * @throws RangeError without a sheet
 */
export async function printSheets(
  sheets: readonly PrintedSheet[],
  note: string,
  paper: Paper,
  fonts: PrintFonts,
): Promise<Uint8Array> {
  const [first] = sheets;
  if (first === undefined) throw new RangeError('a document of drawings needs a sheet');
  const layoutOf = ({ svg }: PrintedSheet): 'landscape' | 'portrait' => {
    const { width, height } = sizeOf(svg);
    return paper === 'slide' || width > height ? 'landscape' : 'portrait';
  };
  const ids = new Set(sheets.flatMap(({ id, instead = [] }) => [id, ...instead]));
  const printer = startPrinting(named(first.title), fonts, { paper, orientation: layoutOf(first) });
  const { document } = printer;
  for (const sheet of sheets) {
    if (sheet !== first)
      document.addPage({
        size: pageSize(paper),
        layout: layoutOf(sheet),
        margins: { top: PAGE.margin, left: PAGE.margin, right: PAGE.margin, bottom: PAGE.bottom },
      });
    const title = named(sheet.title);
    const width = document.page.width - 2 * PAGE.margin;
    if (sheets.length > 1) {
      for (const name of [sheet.id, ...(sheet.instead ?? [])]) document.addNamedDestination(name);
      document.outline.addItem(title);
    }
    document.font('bold').fillColor(LIGHT.text);
    setOnOneLine(document, title, width, paper === 'A3' ? 26 : 18);
    document.text(title, PAGE.margin, PAGE.margin, { width });
    const top = document.y + 10;
    const room = { x: PAGE.margin, y: top, width, height: document.page.height - top - PAGE.bottom };
    const own = sizeOf(sheet.svg);
    const scale = Math.min(room.width / own.width, room.height / own.height, LARGEST[paper]);
    printDrawingIn(document, sheet.svg, { ...room, height: own.height * scale });
    const left = room.x + (room.width - own.width * scale) / 2;
    for (const { sheet: target, x, y, width: across, height } of sheet.links ?? [])
      if (ids.has(target)) document.goTo(left + x * scale, room.y + y * scale, across * scale, height * scale, target);
  }
  return printer.finish(note);
}

/** Sets the largest size, up to a limit, at which a title stands on one line; one that is longer still has several. */
function setOnOneLine(document: PDFKit.PDFDocument, title: string, width: number, largest: number): void {
  for (let size = largest; size > SMALLEST_TITLE; size--) {
    document.fontSize(size);
    if (document.widthOfString(title) <= width) return;
  }
  document.fontSize(SMALLEST_TITLE);
}

/** A poster on A3 to the edges of the sheet. */
export async function printPoster(
  title: string,
  svg: string,
  fonts: PrintFonts,
  language: Language = 'en',
): Promise<Uint8Array> {
  const { width, height } = sizeOf(svg);
  const printer = startPrinting(named(title), fonts, {
    paper: 'A3',
    orientation: width > height ? 'landscape' : 'portrait',
    language,
  });
  const { page } = printer.document;
  printDrawingIn(printer.document, svg, { x: 0, y: 0, width: page.width, height: page.height });
  return printer.finish();
}
