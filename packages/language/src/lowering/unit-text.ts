import type * as ast from '../generated/ast.js';

/** The unit as one text: `min`, `GBP/h`, `/day` for `per day`; undefined for a plain number. */
export function unitText(node: ast.NumberLiteral): string | undefined {
  const per = node.per === undefined ? '' : `/${node.per}`;
  return node.unit === undefined && per === '' ? undefined : `${node.unit ?? ''}${per}`;
}
