import type { Block, Words } from '@pathway/report';
import type { Colours } from '../shell/context.js';
import { printable } from './printable.js';
import { table } from './table.js';

/** Blocks of a document for a terminal, without drawings and charts. */
export function blocksText(blocks: readonly Block[], words: Words, colours: Colours): string {
  const told = blocks
    .map((block) => ({ kind: block.kind, text: blockText(block, words, colours) }))
    .filter(({ text }) => text !== '');
  const parts = told.map(({ text }, i) => {
    // What follows a heading stands right under it.
    return i === 0 ? text : `${told[i - 1]?.kind === 'heading' ? '\n' : '\n\n'}${text}`;
  });
  return `${parts.join('')}\n`;
}

function blockText(block: Block, { say }: Words, colours: Colours): string {
  switch (block.kind) {
    case 'heading':
      return colours.bold(plainSpaces(block.text));
    case 'text':
      return plainSpaces(block.text);
    case 'note':
      return `${say`Note.`} ${plainSpaces(block.text)}`;
    case 'warning':
      return `${colours.yellow(say`Warning.`)} ${plainSpaces(block.text)}`;
    case 'list':
      return [...(block.lead === '' ? [] : [block.lead]), ...block.items.map((item) => `- ${item}`)]
        .map(plainSpaces)
        .join('\n');
    case 'table':
      return table(
        block.head.map(plainSpaces),
        block.rows.map((row) => row.map(plainSpaces)),
        block.align.flatMap((side, column) => (side === 'right' ? [column] : [])),
      );
    case 'code':
      return printable(block.text.trimEnd());
    case 'chart':
    case 'drawing':
    case 'provenance':
      return '';
  }
}

/** Text without the spaces at which a page does not break a line: terminals show some of them as signs. */
function plainSpaces(text: string): string {
  return printable(text.replaceAll(/[\u00a0\u202f]/g, ' '));
}
