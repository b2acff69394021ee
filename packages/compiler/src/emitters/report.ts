import { reportHtml, reportMarkdown } from '@pathway/report';
import * as z from 'zod';
import { reportInput } from '../pipeline/report-input.js';
import { defineEmitter } from './emitter.js';

/** Everything on one page that needs no network. */
export const report = defineEmitter({
  name: 'report',
  describes: 'One page for browsers with everything: summary, drawings, results, staffing, sources.',
  options: z.strictObject({}),
  emit: async (model, context) => [{ path: 'report.html', content: reportHtml(await reportInput(model, context)) }],
});

/** The report's main figures for places that show Markdown, such as a pull request. */
export const summary = defineEmitter({
  name: 'summary',
  describes: 'The main figures as Markdown, for a pull request or a wiki.',
  options: z.strictObject({}),
  emit: async (model, context) => [{ path: 'summary.md', content: reportMarkdown(await reportInput(model, context)) }],
});
