import type { AstNode } from 'langium';
import * as ast from '../generated/ast.js';

/**
 * The holds whose resources a patient has at a place, innermost first; not those in whose `else` it stands, and not
 * those around a `gather`, which its members have each for themselves.
 */
export function holdsAround(node: AstNode): readonly ast.Hold[] {
  const holds: ast.Hold[] = [];
  let inner = node;
  for (let outer = node.$container; outer !== undefined && !ast.isGather(outer); outer = outer.$container) {
    if (ast.isHold(outer) && !ast.isBlock(inner) && !ast.isWaitsProperty(inner)) holds.push(outer);
    inner = outer;
  }
  return holds;
}
