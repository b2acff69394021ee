import type { Diagnostic, Severity } from '@pathway/model';
import { type Html, html } from '../html/html.js';
import { table } from '../html/table.js';
import { named } from '../text.js';
import { type PageContext, placeLink } from './context.js';
import type { Words } from '../words/words.js';

const SEVERITIES: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

/** What the checks found in the model, worst first, each with its place. */
export function findingsSection(context: PageContext): Html {
  const { words } = context;
  const { say } = words;
  const { diagnostics } = context.input;
  const sentence = html`<p>${findingsSentence(words, diagnostics)}</p>`;
  if (diagnostics.length === 0) return sentence;
  const inEnglish =
    words.language === 'en'
      ? undefined
      : html`<p class="lead">
          ${say`Findings are for those who write the pathways, and are told in English, like the language itself.`}
        </p>`;
  return html`${sentence} ${inEnglish}
  ${table(context.ids, {
    caption: say`Findings, worst first`,
    columns: [{ label: say`Code` }, { label: say`Severity` }, { label: say`Finding` }, { label: say`Place` }],
    rows: worstFirst(diagnostics).map((each) => [
      each.code,
      severityWord(words, each.severity),
      withCode(named(each.message)),
      placeLink(context, each.range),
    ]),
  })}`;
}

/** A message whose parts between backquotes are source text. */
function withCode(message: string): Html {
  return html`${message.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}

/** How many findings of each severity, as a sentence. */
export function findingsSentence(words: Words, diagnostics: readonly Diagnostic[]): string {
  const { say } = words;
  if (diagnostics.length === 0) return say`The checks found nothing to mention.`;
  const parts = SEVERITIES.map((severity) => ({
    severity,
    count: diagnostics.filter((each) => each.severity === severity).length,
  }));
  const told = parts
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => countedFindings(words, severity, count));
  return say`The checks found ${words.list(told)}.`;
}

function countedFindings({ say }: Words, severity: Severity, count: number): string {
  switch (severity) {
    case 'error':
      return say`${count} errors`;
    case 'warning':
      return say`${count} warnings`;
    case 'information':
      return say`${count} notes`;
    case 'hint':
      return say`${count} hints`;
  }
}

/** By severity; within one, in the order given. */
export function worstFirst(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return SEVERITIES.flatMap((severity) => diagnostics.filter((each) => each.severity === severity));
}

/** The word for a severity: `error`, `warning`, `note`, `hint`. */
export function severityWord({ say }: Words, severity: Severity): string {
  switch (severity) {
    case 'error':
      return say`error`;
    case 'warning':
      return say`warning`;
    case 'information':
      return say`note`;
    case 'hint':
      return say`hint`;
  }
}
