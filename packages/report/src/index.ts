export type { ReportInput, ReportOptions } from './input.js';
export { reportHtml } from './report-html.js';
export { reportMarkdown } from './report-markdown.js';
export { DiagramError } from './diagram-figure.js';
