import type { Block } from '../document/blocks.js';
import { reportDocument } from '../document/report-document.js';
import type { ReportInput } from '../input.js';
import { LIGHT } from '../palette.js';
import { isRightToLeft, named } from '../text.js';
import { heightOfDrawing, printDrawing } from './print-drawing.js';
import { PAGE, type Printer, type PrintFonts, startPrinting } from './printer.js';
import { heightOfChart, printCharts } from './print-chart.js';
import { heightOfTableStart, printTable } from './print-table.js';
import { type Words, wordsOf } from '../words/words.js';

/**
 * The report as a PDF document on A4: summary, tables and drawings, set in the given typeface.
 * @returns the bytes of the file; the same input gives the same bytes
 */
export async function printReport(input: ReportInput, fonts: PrintFonts): Promise<Uint8Array> {
  const words = wordsOf(input.language);
  const title = named(input.model.title);
  const printer = startPrinting(title, fonts, { language: words.language });
  printBlocks(words, printer, reportDocument(words, input));
  return printer.finish(title);
}

/** Prints blocks one after the other; charts that follow one another stand side by side. */
export function printBlocks(words: Words, printer: Printer, blocks: readonly Block[]): void {
  let charts: Extract<Block, { kind: 'chart' }>[] = [];
  for (const [index, block] of blocks.entries()) {
    if (block.kind === 'chart') {
      charts.push(block);
      continue;
    }
    printCharts(printer, charts);
    charts = [];
    if (block.kind === 'heading')
      printHeading(printer, block.level, block.text, heightOfStart(printer, blocks, index + 1));
    else printBlock(words, printer, block);
  }
  printCharts(printer, charts);
}

/** Points that the beginning of what follows takes, which a heading stays with: as far as the first lines of it. */
function heightOfStart(printer: Printer, blocks: readonly Block[], index: number): number {
  const next = blocks[index];
  switch (next?.kind) {
    case 'heading':
      return heightOfHeading(printer, next.level, next.text) + heightOfStart(printer, blocks, index + 1);
    case 'drawing':
      return heightOfDrawing(printer, next.svg);
    case 'chart':
      // What fills a page by itself does not draw the heading along.
      return Math.min(MOST_UNDER_HEADING, heightOfChart(printer, next));
    case 'table':
      return Math.min(300, heightOfTableStart(printer, next));
    case 'list':
      return heightOfListStart(printer, next.lead, next.items);
    default:
      return 60;
  }
}

function printBlock(words: Words, printer: Printer, block: Exclude<Block, { kind: 'heading' }>): void {
  const { say } = words;
  switch (block.kind) {
    case 'text':
      printText(printer, block.text);
      break;
    case 'warning':
      printBoxed(printer, `${say`Warning.`} ${block.text}`);
      break;
    case 'note':
      printText(printer, `${say`Note.`} ${block.text}`, LIGHT.muted);
      break;
    case 'list':
      printList(printer, block.lead, block.items);
      break;
    case 'table':
      printTable(printer, block);
      break;
    case 'code':
      printText(printer, block.text);
      break;
    case 'chart':
      printCharts(printer, [block]);
      break;
    case 'drawing':
      printDrawing(printer, block.title, block.svg);
      break;
    case 'provenance':
      printText(printer, say`Language version ${block.languageVersion}, source hash ${block.sourceHash}`, LIGHT.muted);
      break;
  }
}

/** Points of the highest chart that a heading stays with. */
const MOST_UNDER_HEADING = 650;

/** Points of room above a heading that is not the first thing on its page. */
const ABOVE_HEADING = { 1: 10, 2: 10, 3: 5 } as const;
/** Lines of room below a heading. */
const UNDER_HEADING = 0.35;
const HEADING_SIZES = { 1: 22, 2: 15, 3: 11.5 } as const;

/** @param follows points of what must stand on the heading's page: it never stands alone at the foot of one */
function printHeading(printer: Printer, level: 1 | 2 | 3, text: string, follows: number): void {
  const { document } = printer;
  if (printer.room() < heightOfHeading(printer, level, text) + follows) printer.newPage();
  else if (document.y > PAGE.margin + 1) document.y += ABOVE_HEADING[level];
  document.font('bold').fontSize(HEADING_SIZES[level]).fillColor(LIGHT.text).text(text, PAGE.margin);
  document.moveDown(UNDER_HEADING);
}

/** Points that a heading takes with the room above and below it. */
function heightOfHeading({ document, width }: Printer, level: 1 | 2 | 3, text: string): number {
  document.font('bold').fontSize(HEADING_SIZES[level]);
  return (
    ABOVE_HEADING[level] + document.heightOfString(text, { width }) + UNDER_HEADING * document.currentLineHeight(true)
  );
}

function printText(printer: Printer, text: string, colour: string = LIGHT.text): void {
  const { document } = printer;
  // A page that text begins by itself lies as the one before it does.
  if (printer.room() <= 0) printer.newPage();
  document.font('regular').fontSize(10).fillColor(colour).text(text, PAGE.margin, undefined, { lineGap: 1.5 });
  document.moveDown(0.5);
}

function printBoxed(printer: Printer, text: string): void {
  const { document, width } = printer;
  document.font('regular').fontSize(10);
  const height = document.heightOfString(text, { width: width - 16, lineGap: 1.5 }) + 12;
  if (printer.room() < height) printer.newPage();
  const top = document.y;
  document.rect(PAGE.margin, top, width, height).fill(LIGHT.warningSurface);
  document.fillColor(LIGHT.warningText).text(text, PAGE.margin + 8, top + 6, { width: width - 16, lineGap: 1.5 });
  document.x = PAGE.margin;
  document.y = top + height;
  document.moveDown(0.5);
}

/** Points that what announces a list takes with its first item. */
function heightOfListStart(
  { document, width }: Printer,
  lead: string,
  [first = '']: Extract<Block, { kind: 'list' }>['items'],
): number {
  document.fontSize(10);
  const above = lead === '' ? 0 : document.font('bold').heightOfString(lead, { width, lineGap: 1.5 });
  return above + document.font('regular').heightOfString(first, { width: width - 16, lineGap: 1.5 });
}

function printList(printer: Printer, lead: string, items: readonly string[]): void {
  const { document, width } = printer;
  document.fontSize(10).fillColor(LIGHT.text);
  // What announces a list does not stand alone at the foot of a page.
  if (lead !== '' && printer.room() < heightOfListStart(printer, lead, items)) printer.newPage();
  if (lead !== '') document.font('bold').text(lead, PAGE.margin, undefined, { lineGap: 1.5 });
  document.font('regular');
  for (const item of items) {
    // A bullet stays with its text.
    if (printer.room() < document.heightOfString(item, { width: width - 16, lineGap: 1.5 })) printer.newPage();
    const [bullet, text] = isRightToLeft(item) ? [width - 8, 0] : [4, 16];
    document.text('•', PAGE.margin + bullet, undefined, { continued: false, lineBreak: false });
    document.text(item, PAGE.margin + text, document.y, { width: width - 16, lineGap: 1.5 });
  }
  document.x = PAGE.margin;
  document.moveDown(0.5);
}
