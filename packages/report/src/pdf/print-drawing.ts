import drawSvg from 'svg-to-pdfkit';
import { sizeOf } from '../drawing-size.js';
import { LIGHT } from '../palette.js';
import { PAGE, type Printer } from './printer.js';
import type { ScriptDocument } from './script-document.js';

/** Points of a drawing's own title, and of a heading above it on the same page. */
const WITH_TITLE = 30;
const UNDER_HEADING = 36;

/** Points for a pixel of a drawing, of which there are 96 to an inch: the largest it is printed. */
const OWN_SIZE = 0.75;
/** From so many points for a pixel on, a drawing is large enough on an upright page: its smallest text has 6 points or more. */
const LARGE_ENOUGH = 0.55;

/**
 * Prints a drawing under its title, as large as fits on one page and at most at its own size. One that would be small on an
 * upright page, and larger on its side, has a page of its own that lies so.
 */
export function printDrawing(printer: Printer, title: string, svg: string): void {
  const { document } = printer;
  const size = sizeOf(svg);
  const isTurned = liesOnItsSide(printer, svg);
  if (isTurned) printer.newPage('landscape');
  else if (printer.room() < heightOfDrawing(printer, svg)) printer.newPage();
  const scale = isTurned ? turnedScale(printer, svg) : scaleOf(printer, svg);
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
  // What follows stands upright again.
  document.y = isTurned ? document.page.height - PAGE.bottom : top + size.height * scale;
  document.moveDown(0.8);
}

/** Points that a drawing takes with its title on an upright page; one that lies on its side takes none of this one. */
export function heightOfDrawing(printer: Printer, svg: string): number {
  return liesOnItsSide(printer, svg) ? 0 : sizeOf(svg).height * scaleOf(printer, svg) + WITH_TITLE;
}

/** Whether a drawing would be small on an upright page, and larger on its side. */
function liesOnItsSide(printer: Printer, svg: string): boolean {
  const upright = scaleOf(printer, svg);
  return upright < LARGE_ENOUGH && turnedScale(printer, svg) > upright;
}

function scaleOf({ document, width }: Printer, svg: string): number {
  const most = uprightHeight(document) - PAGE.margin - PAGE.bottom - WITH_TITLE;
  const whole = scaleWithin(svg, width, most);
  // Only what is small anyway leaves no room for a heading on its page.
  return whole < LARGE_ENOUGH ? whole : scaleWithin(svg, width, most - UNDER_HEADING);
}

function turnedScale({ document, width }: Printer, svg: string): number {
  const across = uprightHeight(document) - 2 * PAGE.margin;
  return scaleWithin(svg, across, width + PAGE.margin - PAGE.bottom - WITH_TITLE);
}

/** Points of the long side of the page. */
function uprightHeight({ page }: ScriptDocument): number {
  return Math.max(page.width, page.height);
}

function scaleWithin(svg: string, width: number, height: number): number {
  const size = sizeOf(svg);
  return Math.min(OWN_SIZE, width / size.width, height / size.height);
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
