import type { TableBlock } from '../document/blocks.js';
import { LIGHT } from '../palette.js';
import { PAGE, type Printer } from './printer.js';

const SIZE = 8;
const PADDING = 3;
const LEAST_WIDTH = 34;
const FIRST_WIDTH = 84;

/**
 * Prints a table; rows are never cut by the end of a page, and the head is repeated on each. One that is too wide for the
 * page is printed in parts below one another, each with the columns that tell what a row is about.
 */
export function printTable(printer: Printer, table: TableBlock): void {
  for (const part of partsThatFit(printer, table)) printPart(printer, part);
}

/** Points that the head of a table and its first row take, so that what announces a table stands on its page. */
export function heightOfTableStart(printer: Printer, table: TableBlock): number {
  const [part] = partsThatFit(printer, table);
  if (part === undefined) return 0;
  const widths = columnWidths(printer, part);
  const [row] = part.rows;
  return rowHeight(printer, part.head, widths, true) + (row === undefined ? 0 : rowHeight(printer, row, widths, false));
}

function printPart(printer: Printer, table: TableBlock): void {
  const { document } = printer;
  document.fontSize(SIZE);
  const widths = columnWidths(printer, table);
  const head = (): void => printRow(printer, table, table.head, widths, true);
  if (printer.room() < Math.max(60, heightOfTableStart(printer, table))) printer.newPage();
  head();
  const telling = tellingColumns(table);
  let told: readonly string[] = [];
  for (const row of table.rows) {
    told = row.slice(0, telling).map((cell, column) => (cell === '' ? (told[column] ?? '') : cell));
    if (printer.room() < rowHeight(printer, row, widths, false)) {
      printer.newPage();
      head();
      // What is as above is not above any more.
      printRow(printer, table, [...told, ...row.slice(telling)], widths, false);
    } else printRow(printer, table, row, widths, false);
  }
  document.x = PAGE.margin;
  document.moveDown(0.8);
}

/** How many columns tell what a row is about: the first, and the next where rows leave it empty because it is as above. */
function tellingColumns({ head, rows }: TableBlock): number {
  let count = 1;
  while (count < head.length - 1 && rows.some((row) => row[count - 1] === '')) count += 1;
  return count;
}

/** The table in parts of so many columns as stand side by side without a word cut, those that tell rows apart in each. */
function partsThatFit(printer: Printer, table: TableBlock): readonly TableBlock[] {
  printer.document.fontSize(SIZE);
  const widths = wantedWidths(printer.document, table).map(({ word }) => word);
  const telling = tellingColumns(table);
  const first = widths.slice(0, telling).reduce((sum, width) => sum + width, 0);
  const repeated = [...widths.keys()].slice(0, telling);
  const groups: number[][] = [];
  let taken = Number.POSITIVE_INFINITY;
  widths.slice(telling).forEach((width, index) => {
    if (taken + width > printer.width) {
      groups.push([]);
      taken = first;
    }
    groups.at(-1)?.push(index + telling);
    taken += width;
  });
  if (groups.length < 2) return [table];
  return groups.map((columns) => {
    const pick = <T>(list: readonly T[]): T[] =>
      [...repeated, ...columns].flatMap((column) => list.slice(column, column + 1));
    return { ...table, align: pick(table.align), head: pick(table.head), rows: table.rows.map(pick) };
  });
}

interface WantedWidth {
  /** Of the longest cell on one line. */
  readonly whole: number;
  /** Of the longest part that must not be cut. */
  readonly word: number;
}

/** Widths by what the cells hold, no column so narrow that its longest word breaks while another has room to spare. */
function columnWidths({ document, width }: Printer, table: TableBlock): readonly number[] {
  const wanted = wantedWidths(document, table);
  const sumOf = (pick: (each: WantedWidth) => number): number => wanted.reduce((sum, each) => sum + pick(each), 0);
  if (sumOf(({ whole }) => whole) <= width) return wanted.map(({ whole }) => whole);
  const words = sumOf(({ word }) => word);
  if (words >= width) return wanted.map(({ word }) => (word / words) * width);
  const spare = width - words;
  const hunger = sumOf(({ whole, word }) => Math.max(0, whole - word));
  return wanted.map(({ whole, word }) => word + (hunger > 0 ? (Math.max(0, whole - word) / hunger) * spare : 0));
}

function wantedWidths(document: PDFKit.PDFDocument, { align, head, rows }: TableBlock): readonly WantedWidth[] {
  const all = [head, ...rows];
  return head.map((_, column) => {
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
    // What a row is about is read first, and not as one word a line.
    const least = column === 0 ? Math.min(whole, FIRST_WIDTH) : LEAST_WIDTH;
    return { whole: whole + 2 * PADDING + 1, word: Math.max(least, word + 2 * PADDING + 1) };
  });
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
