import drawSvg from 'svg-to-pdfkit';
import { sizeOf } from '../drawing-size.js';
import { LIGHT } from '../palette.js';
import { PAGE, type Printer } from './printer.js';
import type { ScriptDocument } from './script-document.js';

/** Points of a drawing's own title, and of a heading above it on the same page. */
const WITH_TITLE = 30;
const UNDER_HEADING = 36;

/** Prints a drawing under its title, as large as fits on one page and at most at its own size. */
export function printDrawing(printer: Printer, title: string, svg: string): void {
  const { document } = printer;
  const size = sizeOf(svg);
  const scale = scaleOf(printer, svg);
  if (printer.room() < heightOfDrawing(printer, svg)) printer.newPage();
  document.font('bold').fontSize(11).fillColor(LIGHT.text).text(title, PAGE.margin);
  document.moveDown(0.4);
  const top = document.y;
  printDrawingIn(document, svg, {
    x: PAGE.margin,
    y: top,
    width: size.width * scale,
    height: size.height * scale,
  });
  document.x = PAGE.margin;
  document.y = top + size.height * scale;
  document.moveDown(0.8);
}

/** Points that a drawing takes with its title. */
export function heightOfDrawing(printer: Printer, svg: string): number {
  return sizeOf(svg).height * scaleOf(printer, svg) + WITH_TITLE;
}

function scaleOf({ document, width }: Printer, svg: string): number {
  const size = sizeOf(svg);
  const most = document.page.height - PAGE.margin - PAGE.bottom - WITH_TITLE - UNDER_HEADING;
  return Math.min(1, width / size.width, most / size.height);
}

/** Prints a drawing as large as a rectangle allows (points), in the middle of its width. */
export function printDrawingIn(
  document: ScriptDocument,
  svg: string,
  room: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): void {
  drawSvg(document, printable(document.outlined(svg)), room.x, room.y, {
    width: room.width,
    height: room.height,
    assumePt: true,
    preserveAspectRatio: 'xMidYMin meet',
    fontCallback: (_family, bold) => (bold ? 'bold' : 'regular'),
  });
}

/**
 * A drawing as the printer understands it: `paint-order` is unknown to it, so that the halo of a label would lie over its
 * letters; such a text is written twice, first with its halo and then without. Weights above 500 are bold.
 */
export function printable(svg: string): string {
  return svg
    .replace(/<text\b[^>]*\bpaint-order="[^"]*"[^>]*>[\s\S]*?<\/text>/g, (text) => {
      const [open = ''] = /^<text\b[^>]*>/.exec(text) ?? [];
      return text + text.replace(open, open.replace(/ (?:paint-order|stroke[-a-z]*)="[^"]*"/g, ''));
    })
    .replace(/font-weight="[5-9]00"/g, 'font-weight="bold"');
}
