import type { ReportInput } from '../input.js';
import type { Language } from '../words/languages.js';
import type { PrintedSheet } from './drawing-pdf.js';
import type { Paper, PrintFonts } from './printer.js';

/**
 * The report as a PDF document on A4, see {@link printReport}; what sets it is loaded when it is first asked for.
 * @throws nothing of its own: whatever a typeface lacks is printed as its sign for a missing letter
 */
export async function reportPdf(input: ReportInput, fonts: PrintFonts): Promise<Uint8Array> {
  const { printReport } = await import('./report-pdf.js');
  return printReport(input, fonts);
}

/** Drawings each on a sheet of its own, for walls and boards, see {@link printSheets}. */
export async function drawingsPdf(
  sheets: readonly PrintedSheet[],
  note: string,
  paper: Paper,
  fonts: PrintFonts,
): Promise<Uint8Array> {
  const { printSheets } = await import('./drawing-pdf.js');
  return printSheets(sheets, note, paper, fonts);
}

/** A poster, which brings its own texts, on one sheet of A3 of its shape. */
export async function posterPdf(
  title: string,
  svg: string,
  fonts: PrintFonts,
  language?: Language,
): Promise<Uint8Array> {
  const { printPoster } = await import('./drawing-pdf.js');
  return printPoster(title, svg, fonts, language);
}
