import type { RunCheck, StudyResults } from '@pathway/simulation';
import { DURATION_FIGURE, figure, plain } from '../figures.js';
import { type Html, html, type HtmlPart, lines } from '../html/html.js';
import { table } from '../html/table.js';
import { named } from '../text.js';
import { forEachStudy, type PageContext } from './context.js';
import type { Words } from '../words/words.js';

/** What is needed to get the same figures again, and the laws that every run was held against. */
export function settingsSection(context: PageContext): Html {
  const { words } = context;
  const { say } = words;
  const { model, results } = context.input;
  const versions: (readonly [string, HtmlPart])[] = [
    [say`Language version`, model.languageVersion],
    [say`Hash of the sources (SHA-256)`, html`<code class="hash">${model.sourceHash}</code>`],
  ];
  return lines([
    definitions(versions),
    ...(results.some((study) => study.sourceHash !== model.sourceHash)
      ? [
          html`<p class="warning">
            <strong>${say`Warning.`}</strong>
            ${say`Some results were computed from other sources than the model shown here.`}
          </p>`,
        ]
      : []),
    results.length === 0
      ? undefined
      : forEachStudy(context, (study) => lines([definitions(settingsOf(words, study)), lawTable(context, study)])),
    results.length === 0
      ? undefined
      : html`<p>
          ${say`To repeat: simulate the same study from sources with this hash, with language version ${model.languageVersion}. The seed is part of the study, so the figures come out the same to the last digit, on any machine and with any number of workers.`}
        </p>`,
  ]);
}

/** The settings of a study as terms and values. */
export function settingsOf(words: Words, study: StudyResults): (readonly [string, string])[] {
  const { say } = words;
  const replications = study.scenarios.map(
    (scenario) => `${named(scenario.title)}: ${plain(words, scenario.replications, 0)}`,
  );
  return [
    [say`Study`, `${named(study.title)} (${named(study.study)})`],
    [say`Start of the clock`, `${words.date(study.start)}, ${study.timezone}`],
    [say`Warm-up, not counted`, figure(words, study.warmUp, DURATION_FIGURE)],
    [say`Run`, figure(words, study.runLength, DURATION_FIGURE)],
    [say`Replications`, replications.join('; ')],
    [say`Seed`, String(study.seed)],
    [
      say`Events simulated`,
      plain(
        words,
        study.scenarios.reduce((total, scenario) => total + scenario.events, 0),
        0,
      ),
    ],
    [say`Source hash of the results`, study.sourceHash],
    ...(study.interrupted ? [[say`Interrupted`, say`yes; only finished replications are counted`] as const] : []),
  ];
}

function definitions(entries: readonly (readonly [string, HtmlPart])[]): Html {
  return html`<dl>
    ${lines(
      entries.map(
        ([term, value]) =>
          html`<div>
            <dt>${term}</dt>
            <dd>${value}</dd>
          </div>`,
      ),
    )}
  </dl>`;
}

/** A law with how often it was checked and how often it held, over all scenarios of a study. */
export interface LawCount {
  readonly law: string;
  readonly checked: number;
  readonly held: number;
  readonly worst: number;
}

/** Laws in order of first appearance; `worst` is the largest relative difference of the two sides. */
export function lawCounts(study: StudyResults): readonly LawCount[] {
  const checks = study.scenarios.flatMap((scenario) => scenario.checks);
  const laws = [...new Set(checks.map((check) => check.law))];
  return laws.map((law) => {
    const mine = checks.filter((check) => check.law === law);
    const held = mine.filter((check) => check.holds).length;
    return { law, checked: mine.length, held, worst: Math.max(...mine.map(relativeDifference)) };
  });
}

function relativeDifference(check: RunCheck): number {
  const size = Math.max(Math.abs(check.left), Math.abs(check.right));
  return size === 0 ? 0 : Math.abs(check.left - check.right) / size;
}

function lawTable(context: PageContext, study: StudyResults): Html | undefined {
  const { words } = context;
  const { say } = words;
  const counts = lawCounts(study);
  if (counts.length === 0) return undefined;
  return table(context.ids, {
    caption: say`Laws that every run must obey`,
    columns: [
      { label: say`Law` },
      ...[say`Checked`, say`Held`, say`Largest relative difference`].map((label) => ({ label, numeric: true })),
      { label: say`Verdict` },
    ],
    rows: counts.map((each) => [
      words.known(named(each.law)),
      each.checked,
      each.held,
      each.worst === 0 ? '0' : each.worst.toExponential(1).replace('-', '\u2212'),
      each.held === each.checked
        ? html`<span class="verdict good">✓ ${say`holds`}</span>`
        : html`<span class="verdict bad">✗ ${say`${each.checked - each.held} violations`}</span>`,
    ]),
  });
}
