import type { AstNode, CstNode } from 'langium';
import { LeanNode } from './lean-nodes.js';
import { nodesOf, referencesOf } from './nodes.js';
import { type CstShelf, PackedCst, packCst } from './packed-cst.js';
import { withoutReads } from './reads.js';
import { PathwayReference } from './reference.js';

/**
 * Packs the concrete syntax of a file. Its nodes and references give it as before, unpacked when it is asked for. A file
 * that would not come out as it is stays as it is.
 */
export function packFile(root: AstNode, text: string, shelf: CstShelf): void {
  withoutReads(() => {
    const cst = root.$cstNode;
    if (!(root instanceof LeanNode) || root.$place instanceof PackedCst || cst === undefined) return;
    const packing = packCst(cst, nodesOf(root), text, shelf);
    if (packing === undefined) return;
    const places = new Map<LeanNode | PathwayReference, number>();
    for (const node of nodesOf(root)) if (!place(node, node.$cstNode, packing.numbers, places)) return;
    for (const { reference } of referencesOf(root))
      if (!place(reference, reference.$refNode, packing.numbers, places)) return;
    for (const [thing, number] of places) thing.$place = number;
    root.$place = new PackedCst(shelf, text, packing.bytes, () => withoutReads(() => nodesOf(root)));
  });
}

/** Notes the number of what a node or a reference is written as; false where it has none. */
function place(
  thing: object,
  cst: CstNode | undefined,
  numbers: ReadonlyMap<CstNode, number>,
  places: Map<LeanNode | PathwayReference, number>,
): boolean {
  const number = cst === undefined ? undefined : numbers.get(cst);
  if (number === undefined || !(thing instanceof LeanNode || thing instanceof PathwayReference)) return false;
  places.set(thing, number);
  return true;
}
