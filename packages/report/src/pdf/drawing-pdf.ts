import { LIGHT } from '../palette.js';
import { named } from '../text.js';
import type { Language } from '../words/languages.js';
import { sizeOf } from '../drawing-size.js';
import { printDrawingIn } from './print-drawing.js';
import { PAGE, type Paper, type PrintFonts, startPrinting } from './printer.js';

/**
 * A drawing on one sheet, as large as the paper allows, for walls and boards: upright or on its side by the drawing's
 * own shape, its title above and where it comes from below.
 * @param note under the drawing, such as the hash of the text that it was drawn from
 */
export async function printSheet(
  drawing: { readonly title: string; readonly svg: string; readonly note: string },
  paper: Paper,
  fonts: PrintFonts,
): Promise<Uint8Array> {
  const [, width = '1', height = '1'] = /viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"/.exec(drawing.svg) ?? [];
  const title = named(drawing.title);
  const printer = startPrinting(title, fonts, {
    paper,
    orientation: Number(width) > Number(height) ? 'landscape' : 'portrait',
  });
  const { document } = printer;
  document
    .font('bold')
    .fontSize(paper === 'A3' ? 26 : 18)
    .fillColor(LIGHT.text);
  document.text(title, PAGE.margin, PAGE.margin);
  const top = document.y + 10;
  const room = { x: PAGE.margin, y: top, width: printer.width, height: document.page.height - top - PAGE.bottom };
  printDrawingIn(document, drawing.svg, room);
  return printer.finish(drawing.note);
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
