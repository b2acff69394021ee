import { type Html, html, type HtmlPart, lines } from '../html/html.js';
import { summariseStaffing, summariseStudy, type SummaryPart } from '../summary.js';
import { forEachStudy, type PageContext } from './context.js';

/** The page's answer in plain words, warnings before any figure. */
export function summarySection(context: PageContext): Html {
  const { input } = context;
  const studies =
    input.results.length === 0
      ? html`<p>No study was simulated. This page shows the model, and what follows from it exactly.</p>`
      : forEachStudy(context, (study) => partsAsHtml(summariseStudy(study, input)));
  return lines([studies, partsAsHtml(summariseStaffing(input.plans))]);
}

function partsAsHtml(parts: readonly SummaryPart[]): Html {
  return lines(parts.map(partAsHtml));
}

function partAsHtml(part: SummaryPart): HtmlPart {
  switch (part.kind) {
    case 'warning':
      return html`<p class="warning"><strong>Warning.</strong> ${part.text}</p>`;
    case 'note':
      return html`<p class="remark"><strong>Note.</strong> ${part.text}</p>`;
    case 'text':
      return html`<p>${part.text}</p>`;
    case 'list':
      return html`<div class="keep">
        <p class="lead">${part.lead}</p>
        <ul>
          ${part.items.map((item) => html`<li>${item}</li>`)}
        </ul>
      </div>`;
  }
}
