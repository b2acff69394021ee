import type { Block } from './document/blocks.js';
import { reportDocument } from './document/report-document.js';
import type { ReportInput } from './input.js';
import { escapeMarkdown } from './text.js';
import { type Words, wordsOf } from './words/words.js';

/**
 * The report's summary and main tables as Markdown (CommonMark with tables), for pull requests and terminals. No
 * drawings and no charts. The same input gives the same text.
 */
export function reportMarkdown(input: ReportInput): string {
  const words = wordsOf(input.language);
  return blocksAsMarkdown(words, reportDocument(words, input));
}

/** Blocks of a document as Markdown, without drawings and charts. */
export function blocksAsMarkdown(words: Words, blocks: readonly Block[]): string {
  return `${blocks.flatMap((block) => asMarkdown(words, block)).join('\n\n')}\n`;
}

function asMarkdown(words: Words, block: Block): string[] {
  const { say } = words;
  switch (block.kind) {
    case 'heading':
      return [`${'#'.repeat(block.level)} ${escapeMarkdown(block.text)}`];
    case 'warning':
      return [`> **${say`Warning.`}** ${escapeMarkdown(block.text)}`];
    case 'note':
      return [`> **${say`Note.`}** ${escapeMarkdown(block.text)}`];
    case 'text':
      return [escapeMarkdown(block.text)];
    case 'list': {
      const items = block.items.map((item) => `- ${escapeMarkdown(item)}`).join('\n');
      return [block.lead === '' ? items : `${escapeMarkdown(block.lead)}\n\n${items}`];
    }
    case 'table':
      return [[row(block.head), rule(block.align), ...block.rows.map(row)].join('\n')];
    case 'code':
      return [fenced(block.text)];
    case 'chart':
    case 'drawing':
      return [];
    case 'provenance':
      return [
        say`Language version ${escapeMarkdown(block.languageVersion)}, source hash \`${block.sourceHash.replace(/[^\w:-]/g, '')}\`.`,
      ];
  }
}

/** Lines between fences that are longer than any in them. */
function fenced(text: string): string {
  const longest = Math.max(2, ...Array.from(text.matchAll(/`+/g), ([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}pathway\n${text.trimEnd()}\n${fence}`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map(escapeMarkdown).join(' | ')} |`;
}

function rule(align: readonly ('left' | 'right')[]): string {
  return `| ${align.map((side) => (side === 'right' ? '---:' : '---')).join(' | ')} |`;
}
