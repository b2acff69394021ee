import type { ExpectationResult } from '@pathway/simulation';
import { expectationTexts } from '../expectation-texts.js';
import { type Html, html } from '../html/html.js';
import { table } from '../html/table.js';
import { kindOfExpectation } from '../study-view.js';
import { named } from '../text.js';
import { forEachStudy, type PageContext, placeLink } from './context.js';
import type { Words } from '../words/words.js';

/** Every expectation in every scenario, with its verdict and how far the mean is from the limit. */
export function expectationsSection(context: PageContext): Html | undefined {
  const { words } = context;
  const { say } = words;
  const { model, results } = context.input;
  const count = results.flatMap((study) => study.scenarios.flatMap((scenario) => scenario.expectations)).length;
  if (count === 0) return undefined;
  return forEachStudy(context, (study) => {
    const rows = study.scenarios.flatMap((scenario) =>
      scenario.expectations.map((result) => {
        const texts = expectationTexts(words, result, kindOfExpectation(model, result));
        const origin = model.expectations.find((each) => each.id === result.expectation)?.origin;
        return [
          html`${named(result.text)}${origin === undefined ? undefined : html` <span class="place">${placeLink(context, origin)}</span>`}`,
          named(scenario.title),
          verdictText(words, result.verdict),
          texts.simulated,
          texts.limit,
          texts.margin,
        ];
      }),
    );
    if (rows.length === 0) return html`<p>${say`This study decides no expectation.`}</p>`;
    return table(context.ids, {
      caption: say`Expectations`,
      columns: [
        { label: say`Expectation` },
        { label: say`Scenario` },
        { label: say`Verdict` },
        { label: say`Simulated (95 % interval)`, numeric: true },
        { label: say`Limit`, numeric: true },
        { label: say`Margin` },
      ],
      rows,
      note: say`Not decided: the interval contains the limit, so more replications are needed.`,
    });
  });
}

function verdictText(words: Words, verdict: ExpectationResult['verdict']): Html {
  const { say } = words;
  switch (verdict) {
    case 'holds':
      return html`<span class="verdict good">✓ ${say`holds`}</span>`;
    case 'fails':
      return html`<span class="verdict bad">✗ ${say`fails`}</span>`;
    case 'not decided':
      return html`<span class="verdict unsure">? ${say`not decided`}</span>`;
  }
}
