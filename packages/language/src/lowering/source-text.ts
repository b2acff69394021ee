import type { AstNode } from 'langium';

/** A node as it was written, on one line; for labels and contracts that are quoted. */
export function sourceText(node: AstNode): string {
  return (node.$cstNode?.text ?? '').replace(/\s+/g, ' ').trim();
}
