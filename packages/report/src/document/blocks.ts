import type { SummaryPart } from '../summary.js';

/** A part of a document, in plain text that whoever writes it out escapes. */
export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | SummaryPart
  | TableBlock
  /** Text of the language, line for line. */
  | { readonly kind: 'code'; readonly text: string }
  /** A chart of the page, as a complete `svg` element with the page's classes. */
  | { readonly kind: 'chart'; readonly title: string; readonly svg: string; readonly isWide?: boolean }
  | { readonly kind: 'drawing'; readonly title: string; readonly svg: string }
  | { readonly kind: 'provenance'; readonly languageVersion: string; readonly sourceHash: string };

/** A table with one alignment a column. */
export interface TableBlock {
  readonly kind: 'table';
  /** Names the table where no heading does. */
  readonly caption?: string;
  readonly align: readonly ('left' | 'right')[];
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A heading; level 1 is the title of the document. */
export function heading(level: 1 | 2 | 3, text: string): Block {
  return { kind: 'heading', level, text };
}

/** A table; `align` has a letter for each column, `r` for right. */
export function tableOf(align: string, head: readonly string[], rows: readonly (readonly string[])[]): TableBlock {
  return { kind: 'table', align: Array.from(align, (side) => (side === 'r' ? 'right' : 'left')), head, rows };
}

/** Text that stands for itself. */
export function paragraph(text: string): Block {
  return { kind: 'text', text };
}

/** A list that needs no introduction. */
export function list(items: readonly string[]): Block {
  return { kind: 'list', lead: '', items };
}
