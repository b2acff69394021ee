import { type Grade, type Source, titleOf } from '@pathway/model';
import { safeAddress } from '../html/address.js';
import { type Html, html, type HtmlPart, lines } from '../html/html.js';
import { folded, table } from '../html/table.js';
import { type NumberUse, numberUses } from '../provenance.js';
import { named } from '../text.js';
import { type PageContext, placeLink } from './context.js';
import type { Words } from '../words/words.js';

function gradesOf({ say }: Words): Readonly<Record<Grade, string>> {
  return {
    A: say`A, measured here`,
    B: say`B, measured elsewhere`,
    C: say`C, expert opinion`,
    D: say`D, assumed`,
  };
}

/** Where the numbers come from, how good they are, and which have no source. */
export function sourcesSection(context: PageContext): Html {
  const { words } = context;
  const { say } = words;
  const { model } = context.input;
  const uses = numberUses(model);
  const assumed = uses.filter((use) => use.sources.length === 0);
  return lines([
    html`<p>${countSentence(words, uses, assumed)}</p>`,
    model.sources.length === 0 ? html`<p>${words.say`The model declares no source.`}</p>` : sourceTable(context, uses),
    assumed.length === 0
      ? undefined
      : folded(
          say`Numbers without a source`,
          table(context.ids, {
            caption: say`Numbers without a source`,
            columns: [{ label: say`Declared in` }, { label: say`Numbers`, numeric: true }, { label: say`Place` }],
            rows: assumed.map((use) => [named(use.title), use.numbers, placeLink(context, use.origin)]),
          }),
        ),
  ]);
}

/** How many numbers have a source and how many are assumed, as a sentence. */
export function countSentence(words: Words, uses: readonly NumberUse[], assumed: readonly NumberUse[]): string {
  const { say } = words;
  const count = (some: readonly NumberUse[]): number => some.reduce((total, use) => total + use.numbers, 0);
  const all = count(uses);
  const without = count(assumed);
  if (all === 0) return say`The model holds no numbers.`;
  if (without === 0) return say`All ${all} numbers of the model have a source.`;
  return say`Of ${all} numbers in the model, ${all - without} have a source and ${without} have none: those count as assumed.`;
}

/** What a grade means, in words; undefined grades say so. */
export function gradeWords(words: Words, grade: Grade | undefined): string {
  const { say } = words;
  return grade === undefined ? say`not graded` : gradesOf(words)[grade];
}

function sourceTable(context: PageContext, uses: readonly NumberUse[]): Html {
  const { words } = context;
  const { say } = words;
  return table(context.ids, {
    caption: say`Sources and their grades`,
    columns: [
      { label: say`Source` },
      { label: say`Date` },
      { label: say`Grade` },
      { label: say`Address` },
      { label: say`Used by` },
    ],
    rows: context.input.model.sources.map((source) => [
      html`${named(titleOf(source))}${source.note === undefined ? undefined : html`<br /><span class="note">${named(source.note)}</span>`}`,
      source.date ?? '–',
      gradeWords(words, source.grade),
      addressCell(source),
      usedBy(words, source, uses),
    ]),
  });
}

function addressCell(source: Source): HtmlPart {
  if (source.url === undefined) return '–';
  const address = safeAddress(source.url);
  return address === undefined ? source.url : html`<a href="${address}" rel="noreferrer">${named(source.url)}</a>`;
}

/** Titles of what takes its numbers from a source; says so when nothing does. */
export function usedBy(words: Words, source: Source, uses: readonly NumberUse[]): string {
  const titles = uses.filter((use) => use.sources.includes(source.id)).map((use) => named(use.title));
  return titles.length === 0 ? words.say`nothing` : [...new Set(titles)].join('; ');
}
