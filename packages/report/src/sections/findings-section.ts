import type { Diagnostic, Severity } from '@pathway/model';
import { type Html, html } from '../html/html.js';
import { table } from '../html/table.js';
import { counted, listOf, named } from '../text.js';
import { type PageContext, placeLink } from './context.js';

const SEVERITIES: readonly { readonly severity: Severity; readonly one: string; readonly many: string }[] = [
  { severity: 'error', one: 'error', many: 'errors' },
  { severity: 'warning', one: 'warning', many: 'warnings' },
  { severity: 'information', one: 'note', many: 'notes' },
  { severity: 'hint', one: 'hint', many: 'hints' },
];

/** What the checks found in the model, worst first, each with its place. */
export function findingsSection(context: PageContext): Html {
  const { diagnostics } = context.input;
  const sentence = html`<p>${findingsSentence(diagnostics)}</p>`;
  if (diagnostics.length === 0) return sentence;
  return html`${sentence}
  ${table(context.ids, {
    caption: 'Findings, worst first',
    columns: [{ label: 'Code' }, { label: 'Severity' }, { label: 'Finding' }, { label: 'Place' }],
    rows: worstFirst(diagnostics).map((each) => [
      each.code,
      severityWord(each.severity),
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
export function findingsSentence(diagnostics: readonly Diagnostic[]): string {
  if (diagnostics.length === 0) return 'The checks found nothing to mention.';
  const parts = SEVERITIES.map(({ severity, one, many }) => {
    const count = diagnostics.filter((each) => each.severity === severity).length;
    return count === 0 ? '' : counted(count, one, many);
  });
  return `The checks found ${listOf(parts.filter((part) => part !== ''))}.`;
}

/** By severity; within one, in the order given. */
export function worstFirst(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return SEVERITIES.flatMap(({ severity }) => diagnostics.filter((each) => each.severity === severity));
}

/** The word for a severity: `error`, `warning`, `note`, `hint`. */
export function severityWord(severity: Severity): string {
  return SEVERITIES.find((each) => each.severity === severity)?.one ?? severity;
}
