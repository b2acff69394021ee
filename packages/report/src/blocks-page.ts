import type { Model } from '@pathway/model';
import type { Block } from './document/blocks.js';
import { blocksAsHtml } from './html/blocks-html.js';
import { html, IdSource } from './html/html.js';
import { page, type PageSection } from './html/page.js';
import { named } from './text.js';
import type { Words } from './words/words.js';

/** Blocks that make a page of their own. */
export interface BlocksPageInput {
  readonly words: Words;
  /** Called by its title where the blocks have several headings of the second level. */
  readonly model: Pick<Model, 'title' | 'languageVersion' | 'sourceHash'>;
  readonly blocks: readonly Block[];
  /** The source of ids that charts among the blocks have been drawn with. */
  readonly ids?: IdSource;
}

/**
 * One HTML page that needs nothing beside itself. With a single heading of the second level, that is the title and those of the
 * third begin the sections; with several, each begins a section. What stands before the first section is the introduction.
 */
export function blocksHtml({ words, model, blocks, ids = new IdSource() }: BlocksPageInput): string {
  const titles = blocks.flatMap((each) => (each.kind === 'heading' && each.level === 2 ? [each.text] : []));
  const [only] = titles;
  const begins = titles.length > 1 ? 2 : 3;
  const groups: { readonly title: string; readonly blocks: Block[] }[] = [{ title: '', blocks: [] }];
  for (const block of blocks) {
    if (block.kind === 'heading' && block.level === begins) groups.push({ title: block.text, blocks: [] });
    else if (block.kind !== 'heading' || block.level !== 2) groups.at(-1)?.blocks.push(block);
  }
  const [introduction, ...others] = groups;
  const sections = others.map((group): PageSection => ({
    id: ids.take('part'),
    title: named(group.title),
    content: blocksAsHtml({ words, ids }, group.blocks, named(group.title)),
  }));
  const title = named(titles.length === 1 && only !== undefined ? only : model.title);
  return page({
    words,
    title,
    question: blocksAsHtml({ words, ids }, introduction?.blocks ?? [], title),
    sections,
    footer: html`<p>
      ${words.say`Written by Pathway, language version ${model.languageVersion}, from sources with the hash ${model.sourceHash.slice(0, 12)}.`}
    </p>`,
  });
}
