import { reportHtml, reportMarkdown, reportPdf, reportWorkbook } from '@pathway/report';
import { printedReportInput, reportInput } from '../pipeline/report-input.js';
import { languageOf, languageOption } from './language-option.js';
import { defineEmitter } from './emitter.js';

/** Everything on one page that needs no network. */
export const report = defineEmitter({
  name: 'report',
  describes: 'One page for browsers with everything: summary, drawings, results, staffing, sources.',
  options: languageOption,
  emit: async (model, context) => [
    { path: 'report.html', content: reportHtml(await reportInput(model, context, languageOf(context))) },
  ],
});

/** The report's main figures for places that show Markdown, such as a pull request. */
export const summary = defineEmitter({
  name: 'summary',
  describes: 'The main figures as Markdown, for a pull request or a wiki.',
  options: languageOption,
  emit: async (model, context) => [
    { path: 'summary.md', content: reportMarkdown(await reportInput(model, context, languageOf(context))) },
  ],
});

/** The report for print and for boards. */
export const pdf = defineEmitter({
  name: 'pdf',
  describes: 'The report as a PDF document on A4: summary, tables, drawings.',
  options: languageOption,
  emit: async (model, context) => [
    {
      path: 'report.pdf',
      content: await reportPdf(
        await printedReportInput(model, context, languageOf(context)),
        await context.products.printFonts(),
      ),
    },
  ],
});

/** Results and staffing for those who go on computing. */
export const workbook = defineEmitter({
  name: 'workbook',
  describes: 'Results and staffing as an XLSX workbook with numbers to compute with.',
  options: languageOption,
  emit: async (model, context) => [
    { path: 'report.xlsx', content: await reportWorkbook(await reportInput(model, context, languageOf(context))) },
  ],
});
