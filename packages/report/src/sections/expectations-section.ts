import type { ExpectationResult } from '@pathway/simulation';
import { estimated, exactBeside, type FigureKind, figure } from '../figures.js';
import { type Html, html } from '../html/html.js';
import { table } from '../html/table.js';
import { kindOfExpectation } from '../study-view.js';
import { named } from '../text.js';
import { forEachStudy, type PageContext, placeLink } from './context.js';

/** Every expectation in every scenario, with its verdict and how far the mean is from the limit. */
export function expectationsSection(context: PageContext): Html | undefined {
  const { model, results } = context.input;
  const count = results.flatMap((study) => study.scenarios.flatMap((scenario) => scenario.expectations)).length;
  if (count === 0) return undefined;
  return forEachStudy(context, (study) => {
    const rows = study.scenarios.flatMap((scenario) =>
      scenario.expectations.map((result) => {
        const kind = kindOfExpectation(model, result);
        const origin = model.expectations.find((each) => each.id === result.expectation)?.origin;
        return [
          html`${named(result.text)}${origin === undefined ? undefined : html` <span class="place">${placeLink(context, origin)}</span>`}`,
          named(scenario.title),
          verdictText(result.verdict),
          estimated(result.estimate, kind),
          figure(result.limit, kind),
          marginText(result, kind),
        ];
      }),
    );
    if (rows.length === 0) return html`<p>This study decides no expectation.</p>`;
    return table(context.ids, {
      caption: 'Expectations',
      columns: [
        { label: 'Expectation' },
        { label: 'Scenario' },
        { label: 'Verdict' },
        { label: 'Simulated (95 % interval)', numeric: true },
        { label: 'Limit', numeric: true },
        { label: 'Margin' },
      ],
      rows,
      note: 'Not decided: the interval contains the limit, so more replications are needed.',
    });
  });
}

function verdictText(verdict: ExpectationResult['verdict']): Html {
  switch (verdict) {
    case 'holds':
      return html`<span class="verdict good">✓ holds</span>`;
    case 'fails':
      return html`<span class="verdict bad">✗ fails</span>`;
    case 'not decided':
      return html`<span class="verdict unsure">? not decided</span>`;
  }
}

/** How far the mean lies from the limit, and on which side: `0.9 percentage points above the limit`. */
export function marginText(result: ExpectationResult, kind: FigureKind): string {
  const margin = result.estimate.mean - result.limit;
  if (!Number.isFinite(margin)) return 'no value';
  if (margin === 0) return 'at the limit';
  const size = exactBeside(Math.abs(margin), result.estimate, kind);
  const points = /^1\D/.test(size) && !size.startsWith('1.') ? 'percentage point' : 'percentage points';
  const amount = kind.unit === 'share' ? size.replace('%', points) : size;
  return `${amount} ${margin > 0 ? 'above' : 'below'} the limit`;
}
