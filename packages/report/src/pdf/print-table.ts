import type { TableBlock } from '../document/blocks.js';
import { LIGHT } from '../palette.js';
import { PAGE, type Printer } from './printer.js';

const SIZE = 8;
const PADDING = 3;
const LEAST_WIDTH = 34;

/** Prints a table; rows are never cut by the end of a page, and the head is repeated on each. */
export function printTable(printer: Printer, table: TableBlock): void {
  const { document } = printer;
  document.fontSize(SIZE);
  const widths = columnWidths(printer, table);
  const head = (): void => printRow(printer, table, table.head, widths, true);
  if (printer.room() < 60) printer.newPage();
  head();
  for (const row of table.rows) {
    if (printer.room() < rowHeight(printer, row, widths, false)) {
      printer.newPage();
      head();
    }
    printRow(printer, table, row, widths, false);
  }
  document.x = PAGE.margin;
  document.moveDown(0.8);
}

/** Widths by what the cells hold, no column so narrow that its longest word breaks while another has room to spare. */
function columnWidths({ document, width }: Printer, { align, head, rows }: TableBlock): readonly number[] {
  const all = [head, ...rows];
  const wanted = head.map((_, column) => {
    const cells = all.map((row) => row[column] ?? '');
    const whole = Math.max(...cells.map((cell, i) => measured(document, cell, i === 0)));
    const word = Math.max(
      ...cells.flatMap((cell, i) =>
        // Figures stay on one line; texts and heads may break between words.
        (align[column] === 'right' && i > 0 ? [cell] : cell.split(/\s/)).map((part) =>
          measured(document, part, i === 0),
        ),
      ),
    );
    return { whole: whole + 2 * PADDING + 1, word: Math.max(LEAST_WIDTH, word + 2 * PADDING + 1) };
  });
  const sumOf = (pick: (each: (typeof wanted)[number]) => number): number =>
    wanted.reduce((sum, each) => sum + pick(each), 0);
  if (sumOf(({ whole }) => whole) <= width) return wanted.map(({ whole }) => whole);
  const words = sumOf(({ word }) => word);
  if (words >= width) return wanted.map(({ word }) => (word / words) * width);
  const spare = width - words;
  const hunger = sumOf(({ whole, word }) => Math.max(0, whole - word));
  return wanted.map(({ whole, word }) => word + (hunger > 0 ? (Math.max(0, whole - word) / hunger) * spare : 0));
}

function measured(document: PDFKit.PDFDocument, text: string, bold: boolean): number {
  return document.font(bold ? 'bold' : 'regular').widthOfString(text);
}

function rowHeight({ document }: Printer, row: readonly string[], widths: readonly number[], bold: boolean): number {
  document.font(bold ? 'bold' : 'regular').fontSize(SIZE);
  const heights = row.map((cell, i) => document.heightOfString(cell, { width: (widths[i] ?? 0) - 2 * PADDING }));
  return Math.max(SIZE, ...heights) + 2 * PADDING;
}

function printRow(
  printer: Printer,
  { align }: TableBlock,
  row: readonly string[],
  widths: readonly number[],
  isHead: boolean,
): void {
  const { document } = printer;
  const height = rowHeight(printer, row, widths, isHead);
  const top = document.y;
  const whole = widths.reduce((sum, each) => sum + each, 0);
  if (isHead) document.rect(PAGE.margin, top, whole, height).fill(LIGHT.panel);
  document
    .font(isHead ? 'bold' : 'regular')
    .fontSize(SIZE)
    .fillColor(LIGHT.text);
  let x = PAGE.margin;
  row.forEach((cell, i) => {
    const width = widths[i] ?? 0;
    document.text(cell, x + PADDING, top + PADDING, { width: width - 2 * PADDING, align: align[i] ?? 'left' });
    x += width;
  });
  document
    .moveTo(PAGE.margin, top + height)
    .lineTo(PAGE.margin + whole, top + height)
    .lineWidth(0.5)
    .stroke(LIGHT.grid);
  document.x = PAGE.margin;
  document.y = top + height;
}
