import type { AstNode, CstNode } from 'langium';
import { PackedCst } from './packed-cst.js';

/** Where something is written: its concrete syntax, or its number in that of its file, which is packed. */
export type TextPlace = CstNode | number | undefined;

/** The concrete syntax at a place in the file of a node. */
export function cstAt(place: TextPlace, node: AstNode): CstNode | undefined {
  return typeof place === 'number' ? packedAround(node).node(place) : place;
}

function packedAround(node: AstNode): PackedCst {
  let root = node;
  while (root.$container !== undefined) root = root.$container;
  if ('$place' in root && root.$place instanceof PackedCst) return root.$place;
  throw new Error('the text of a node is packed and that of its file is not');
}
