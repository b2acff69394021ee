import type { SummaryPart } from '../summary.js';

/** A part of a document, in plain text that whoever writes it out escapes. */
export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | SummaryPart
  | TableBlock
  | { readonly kind: 'drawing'; readonly title: string; readonly svg: string }
  | { readonly kind: 'provenance'; readonly languageVersion: string; readonly sourceHash: string };

/** A table with one alignment a column. */
export interface TableBlock {
  readonly kind: 'table';
  readonly align: readonly ('left' | 'right')[];
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A heading; level 1 is the title of the document. */
export function heading(level: 1 | 2 | 3, text: string): Block {
  return { kind: 'heading', level, text };
}

/** Text that stands for itself. */
export function paragraph(text: string): Block {
  return { kind: 'text', text };
}

/** A list that needs no introduction. */
export function list(items: readonly string[]): Block {
  return { kind: 'list', lead: '', items };
}
