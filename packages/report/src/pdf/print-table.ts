import type { TableBlock } from '../document/blocks.js';
import { LIGHT } from '../palette.js';
import { PAGE, type Printer } from './printer.js';

const SIZE = 8;
const PADDING = 3;
const LEAST_WIDTH = 34;
const FIRST_WIDTH = 84;
/** Points up to which a table is not divided among pages. */
const MOST_TOGETHER = 160;
/** Rows of a longer one that stand together at its beginning and at its end. */
const LEAST_ROWS = 2;

/**
 * Prints a table; rows are never cut by the end of a page, and the head is repeated on each. One that is too wide for the
 * page is printed in parts below one another, each with the columns that tell what a row is about.
 */
export function printTable(printer: Printer, table: TableBlock): void {
  for (const part of partsThatFit(printer, table)) printPart(printer, part);
}

/**
 * Points that the beginning of a table takes, so that what announces a table stands on its page: all of a short one, and of a
 * long one the head with the first rows.
 */
export function heightOfTableStart(printer: Printer, table: TableBlock): number {
  const [part] = partsThatFit(printer, table);
  return part === undefined ? 0 : heightOfPartStart(printer, part, columnWidths(printer, part));
}

function heightOfPartStart(printer: Printer, { head, rows }: TableBlock, widths: readonly number[]): number {
  const heights = [
    rowHeight(printer, head, widths, true),
    ...rows.map((row) => rowHeight(printer, row, widths, false)),
  ];
  const whole = sumOf(heights);
  return whole <= MOST_TOGETHER ? whole : sumOf(heights.slice(0, 1 + LEAST_ROWS));
}

function printPart(printer: Printer, table: TableBlock): void {
  const { document } = printer;
  document.fontSize(SIZE);
  const widths = columnWidths(printer, table);
  const head = (): void => printRow(printer, table, table.head, widths, true);
  if (printer.room() < heightOfPartStart(printer, table, widths)) printer.newPage();
  head();
  const grouping = groupingColumns(table);
  let told: readonly string[] = [];
  for (const [index, row] of table.rows.entries()) {
    told = row.slice(0, grouping).map((cell, column) => (cell === '' ? (told[column] ?? '') : cell));
    // The last row does not stand alone on a page.
    const together = index === table.rows.length - LEAST_ROWS ? table.rows.slice(index) : [row];
    if (printer.room() < sumOf(together.map((each) => rowHeight(printer, each, widths, false)))) {
      printer.newPage();
      head();
      // What is as above is not above any more.
      printRow(printer, table, [...told, ...row.slice(grouping)], widths, false);
    } else printRow(printer, table, row, widths, false);
  }
  document.x = PAGE.margin;
  document.moveDown(0.8);
}

/** How many columns say by an empty cell that something is as above: only those before the figures do. */
function groupingColumns({ align, head }: TableBlock): number {
  const figures = align.indexOf('right');
  return figures === -1 ? head.length : figures;
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
  const first = sumOf(widths.slice(0, telling));
  const repeated = [...widths.keys()].slice(0, telling);
  const groups = evenly(widths.slice(telling), printer.width - first).map((columns) =>
    columns.map((column) => column + telling),
  );
  if (groups.length < 2) return [table];
  return groups.map((columns) => {
    const pick = <T>(list: readonly T[]): T[] =>
      [...repeated, ...columns].flatMap((column) => list.slice(column, column + 1));
    return { ...table, align: pick(table.align), head: pick(table.head), rows: table.rows.map(pick) };
  });
}

/** Places of so many neighbours as fit into a width, in no more groups than needed and these as even as they can be. */
function evenly(widths: readonly number[], room: number): readonly (readonly number[])[] {
  const grouped = (most: number): number[][] => {
    const groups: number[][] = [];
    let taken = Number.POSITIVE_INFINITY;
    widths.forEach((width, place) => {
      if (taken + width > room || (groups.at(-1)?.length ?? most) >= most) {
        groups.push([]);
        taken = 0;
      }
      groups.at(-1)?.push(place);
      taken += width;
    });
    return groups;
  };
  const fewest = grouped(widths.length);
  const even = grouped(Math.ceil(widths.length / Math.max(1, fewest.length)));
  return even.length > fewest.length ? fewest : even;
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
  if (sumOf(wanted.map(({ whole }) => whole)) <= width) return wanted.map(({ whole }) => whole);
  const words = sumOf(wanted.map(({ word }) => word));
  if (words >= width) return wanted.map(({ word }) => (word / words) * width);
  const spare = width - words;
  const hunger = sumOf(wanted.map(({ whole, word }) => Math.max(0, whole - word)));
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
        (align[column] === 'right' && i > 0 ? [cell] : unbrokenParts(cell)).map((part) =>
          measured(document, part, i === 0),
        ),
      ),
    );
    // What a row is about is read first, and not as one word a line.
    const least = column === 0 ? Math.min(whole, FIRST_WIDTH) : LEAST_WIDTH;
    return { whole: whole + 2 * PADDING + 1, word: Math.max(least, word + 2 * PADDING + 1) };
  });
}

/** The words of a text, each with the space after it: a line is broken where both do not fit. */
function unbrokenParts(text: string): readonly string[] {
  return text.split(/(?<=[^\S\u00a0\u202f])/u);
}

function sumOf(sizes: readonly number[]): number {
  return sizes.reduce((sum, size) => sum + size, 0);
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
  const whole = sumOf(widths);
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
