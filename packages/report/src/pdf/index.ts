import type { ReportInput } from '../input.js';
import type { Paper, PrintFonts } from './printer.js';

/**
 * The report as a PDF document on A4, see {@link printReport}; what sets it is loaded when it is first asked for.
 * @throws nothing of its own: whatever a typeface lacks is printed as its sign for a missing letter
 */
export async function reportPdf(input: ReportInput, fonts: PrintFonts): Promise<Uint8Array> {
  const { printReport } = await import('./report-pdf.js');
  return printReport(input, fonts);
}

/** A drawing on one sheet for walls and boards, see {@link printSheet}. */
export async function drawingPdf(
  drawing: { readonly title: string; readonly svg: string; readonly note: string },
  paper: Paper,
  fonts: PrintFonts,
): Promise<Uint8Array> {
  const { printSheet } = await import('./drawing-pdf.js');
  return printSheet(drawing, paper, fonts);
}
