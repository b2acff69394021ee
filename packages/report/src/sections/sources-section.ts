import { type Grade, type Source, titleOf } from '@pathway/model';
import { safeAddress } from '../html/address.js';
import { type Html, html, type HtmlPart, lines } from '../html/html.js';
import { folded, table } from '../html/table.js';
import { type NumberUse, numberUses } from '../provenance.js';
import { counted, named } from '../text.js';
import { type PageContext, placeLink } from './context.js';

const GRADES: Readonly<Record<Grade, string>> = Object.freeze({
  A: 'A, measured here',
  B: 'B, measured elsewhere',
  C: 'C, expert opinion',
  D: 'D, assumed',
});

/** Where the numbers come from, how good they are, and which have no source. */
export function sourcesSection(context: PageContext): Html {
  const { model } = context.input;
  const uses = numberUses(model);
  const assumed = uses.filter((use) => use.sources.length === 0);
  return lines([
    html`<p>${countSentence(uses, assumed)}</p>`,
    model.sources.length === 0 ? html`<p>The model declares no source.</p>` : sourceTable(context, uses),
    assumed.length === 0
      ? undefined
      : folded(
          'Numbers without a source',
          table(context.ids, {
            caption: 'Numbers without a source',
            columns: [{ label: 'Declared in' }, { label: 'Numbers', numeric: true }, { label: 'Place' }],
            rows: assumed.map((use) => [named(use.title), use.numbers, placeLink(context, use.origin)]),
          }),
        ),
  ]);
}

/** How many numbers have a source and how many are assumed, as a sentence. */
export function countSentence(uses: readonly NumberUse[], assumed: readonly NumberUse[]): string {
  const count = (some: readonly NumberUse[]): number => some.reduce((total, use) => total + use.numbers, 0);
  const all = count(uses);
  const without = count(assumed);
  if (all === 0) return 'The model holds no numbers.';
  if (without === 0) return `All ${counted(all, 'number')} of the model have a source.`;
  return `Of ${counted(all, 'number')} in the model, ${all - without} have a source and ${without} have none: those count as assumed.`;
}

/** What a grade means, in words; undefined grades say so. */
export function gradeWords(grade: Grade | undefined): string {
  return grade === undefined ? 'not graded' : GRADES[grade];
}

function sourceTable(context: PageContext, uses: readonly NumberUse[]): Html {
  return table(context.ids, {
    caption: 'Sources and their grades',
    columns: [{ label: 'Source' }, { label: 'Date' }, { label: 'Grade' }, { label: 'Address' }, { label: 'Used by' }],
    rows: context.input.model.sources.map((source) => [
      html`${named(titleOf(source))}${source.note === undefined ? undefined : html`<br /><span class="note">${named(source.note)}</span>`}`,
      source.date ?? '–',
      gradeWords(source.grade),
      addressCell(source),
      usedBy(source, uses),
    ]),
  });
}

function addressCell(source: Source): HtmlPart {
  if (source.url === undefined) return '–';
  const address = safeAddress(source.url);
  return address === undefined ? source.url : html`<a href="${address}" rel="noreferrer">${named(source.url)}</a>`;
}

/** Titles of what takes its numbers from a source; says so when nothing does. */
export function usedBy(source: Source, uses: readonly NumberUse[]): string {
  const titles = uses.filter((use) => use.sources.includes(source.id)).map((use) => named(use.title));
  return titles.length === 0 ? 'nothing' : [...new Set(titles)].join('; ');
}
