import { blocksAsHtml } from '../html/blocks-html.js';
import { type Html, html, lines } from '../html/html.js';
import { summariseStaffing, summariseStudy } from '../summary.js';
import { forEachStudy, type PageContext } from './context.js';

/** The page's answer in plain words, warnings before any figure. */
export function summarySection(context: PageContext): Html {
  const { words } = context;
  const { input } = context;
  const studies =
    input.results.length === 0
      ? html`<p>${words.say`No study was simulated. This page shows the model, and what follows from it exactly.`}</p>`
      : forEachStudy(context, (study) => blocksAsHtml(context, summariseStudy(words, study, input), ''));
  return lines([studies, blocksAsHtml(context, summariseStaffing(words, input.plans), '')]);
}
