export type { ReportInput, ReportOptions } from './input.js';
export { reportHtml } from './report-html.js';
export { reportMarkdown } from './report-markdown.js';
export { DiagramError } from './diagram-figure.js';
export { reportWorkbook } from './workbook/report-workbook.js';
export { drawingPdf, reportPdf } from './pdf/index.js';
export type { Paper, PrintFonts } from './pdf/printer.js';
