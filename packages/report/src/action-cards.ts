import type { Model } from '@pathway/model';
import { actionCards } from './document/cards.js';
import { heading as headingBlock, paragraph } from './document/blocks.js';
import { blocksAsHtml } from './html/blocks-html.js';
import { heading, html, IdSource, lines } from './html/html.js';
import { page } from './html/page.js';
import type { Paper, PrintFonts } from './pdf/printer.js';
import { named } from './text.js';
import type { Language } from './words/languages.js';
import { wordsOf } from './words/words.js';

/** A model without anybody to write a card for. */
export class NoCardsError extends Error {
  public constructor() {
    super(
      'No step asks for people by a role or a skill and no response has a card, so that there is nobody to write a card for.',
    );
    this.name = 'NoCardsError';
  }
}

/**
 * What each role does, a card for each, as one HTML page that prints a card a sheet.
 * @throws NoCardsError where no step asks for people and no response has a card
 */
export function cardsHtml(model: Model, language?: Language): string {
  const words = wordsOf(language);
  const ids = new IdSource();
  const cards = actionCards(words, model);
  if (cards.length === 0) throw new NoCardsError();
  return page({
    words,
    title: words.say`Action cards: ${named(model.title)}`,
    question: undefined,
    sections: cards.map(({ role, title, parts }) => ({
      id: `card-${role.replace(/[^\w-]/g, '-')}`,
      title,
      content: lines(
        parts.map(
          (part) => html`${heading(3, part.title)} ${blocksAsHtml({ words, ids }, lowered(part.blocks), title, 4)}`,
        ),
      ),
    })),
    footer: html`<p>${provenance(words, model)}</p>`,
    isCards: true,
  });
}

/** On the page a pathway's title is a paragraph in bold, so that levels of headings follow one another. */
function lowered(blocks: ReturnType<typeof actionCards>[number]['parts'][number]['blocks']): typeof blocks {
  return blocks.map((block) =>
    block.kind === 'heading' && block.level === 2 ? { kind: 'text', text: block.text } : block,
  );
}

/**
 * The same as a PDF document, a card from the top of a page each.
 * @throws NoCardsError where no step asks for people and no response has a card
 */
export async function cardsPdf(
  model: Model,
  paper: Paper,
  fonts: PrintFonts,
  language?: Language,
): Promise<Uint8Array> {
  const words = wordsOf(language);
  const cards = actionCards(words, model);
  if (cards.length === 0) throw new NoCardsError();
  const [{ startPrinting }, { printBlocks }] = await Promise.all([
    import('./pdf/printer.js'),
    import('./pdf/report-pdf.js'),
  ]);
  const title = words.say`Action cards: ${named(model.title)}`;
  const printer = startPrinting(title, fonts, { paper, language: words.language });
  cards.forEach((card, i) => {
    if (i > 0) printer.newPage();
    printBlocks(words, printer, [
      { kind: 'heading', level: 1, text: card.title },
      ...card.parts.flatMap(({ title: part, blocks }) => [
        // The everyday part goes on with headings of its own, a pathway each.
        blocks[0]?.kind === 'heading' ? paragraph(part) : headingBlock(2, part),
        ...blocks,
      ]),
    ]);
  });
  return printer.finish(title);
}

function provenance({ say }: ReturnType<typeof wordsOf>, { languageVersion, sourceHash }: Model): string {
  return say`Language version ${languageVersion}, source hash ${sourceHash.slice(0, 12)}`;
}
