import type { Model } from '@pathway/model';
import { type Block, heading, list } from '../document/blocks.js';
import { safeAddress } from '../html/address.js';
import { heading as headingOf, type Html, html, IdSource, lines } from '../html/html.js';
import { page } from '../html/page.js';
import { named } from '../text.js';
import type { Words } from '../words/words.js';
import { type DirectoryEntry, type ServiceFact, serviceFacts } from './service-facts.js';

/** Services of one territory, or those of none. */
interface Group {
  readonly title: string;
  readonly entries: readonly DirectoryEntry[];
}

/** Territories in the order of their first service; services that are in none stand last. */
function groupsOf({ say }: Words, entries: readonly DirectoryEntry[]): readonly Group[] {
  const places = new Map<string | undefined, DirectoryEntry[]>();
  for (const entry of entries) places.set(entry.territory, [...(places.get(entry.territory) ?? []), entry]);
  const groups = Array.from(places, ([territory, inside]) => ({ territory, inside }));
  return groups
    .toSorted((a, b) => Number(a.territory === undefined) - Number(b.territory === undefined))
    .map(({ territory, inside }) => ({ title: named(territory ?? say`In no territory`), entries: inside }));
}

/** A directory of services as a document: a part for each territory, a list for each service. */
export function directoryBlocks(words: Words, entries: readonly DirectoryEntry[]): readonly Block[] {
  return groupsOf(words, entries).flatMap((group) => [
    heading(2, group.title),
    ...group.entries.flatMap((entry): Block[] => [
      heading(3, named(entry.title)),
      list(inGroup(words, entry).map(({ label, text }) => `${label}: ${text}`)),
    ]),
  ]);
}

/**
 * A directory of services as one HTML page that needs nothing beside itself: a part for each territory, in it those first to
 * whom people turn, with numbers and addresses that can be followed. The same entries give the same bytes.
 */
export function directoryHtml(
  words: Words,
  entries: readonly DirectoryEntry[],
  model: Pick<Model, 'title' | 'languageVersion' | 'sourceHash'>,
): string {
  const { say } = words;
  const ids = new IdSource();
  return page({
    words,
    title: named(model.title),
    question: html`<p class="question">${say`Directory of services`}</p>`,
    sections: groupsOf(words, entries).map((group) => ({
      id: ids.take('territory'),
      title: group.title,
      content: lines(group.entries.map((entry) => service(words, entry))),
    })),
    footer: html`<p>
      ${say`Written by Pathway, language version ${model.languageVersion}, from sources with the hash ${model.sourceHash.slice(0, 12)}.`}
    </p>`,
  });
}

/** The facts of a service where its territory stands above it. */
function inGroup(words: Words, { territory: _, ...entry }: DirectoryEntry): readonly ServiceFact[] {
  return serviceFacts(words, entry);
}

function service(words: Words, entry: DirectoryEntry): Html {
  const rows = inGroup(words, entry).map(
    ({ label, text, address }) =>
      html`<div>
        <dt>${label}</dt>
        <dd>${linked(text, address)}</dd>
      </div>`,
  );
  return html`<article class="keep">
    ${headingOf(3, named(entry.title))}
    <dl>${lines(rows)}</dl>
  </article>`;
}

function linked(text: string, address: string | undefined): Html | string {
  const safe = address === undefined ? undefined : safeAddress(address);
  return safe === undefined ? text : html`<a href="${safe}">${text}</a>`;
}
