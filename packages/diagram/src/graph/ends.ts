import type { DrawingWords } from './words.js';

/** A way that is still open: it leads from a node to whatever comes next. */
export interface OpenEnd {
  readonly from: string;
  readonly label: string;
}

/** Joins two labels of ways that became one. */
export function joinLabels({ say }: Pick<DrawingWords, 'say'>, first: string, second: string): string {
  if (first === '' || second === '' || first === second) return first === '' ? second : first;
  return say`${first} or ${second}`;
}
