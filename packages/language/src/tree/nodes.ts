import type { AstNode, Reference } from 'langium';
import { isAstNode, isReference } from 'langium';
import { noteInside } from './reads.js';

/** A reference where it stands; `index` is its place in a list. */
export interface PlacedReference {
  readonly container: AstNode;
  readonly property: string;
  readonly index?: number;
  readonly reference: Reference;
}

/** Trees never change after parsing, so each is walked once; Langium's own streams cost several times as much. */
const nodesByRoot = new WeakMap<AstNode, readonly AstNode[]>();
const referencesByRoot = new WeakMap<AstNode, readonly PlacedReference[]>();

/** A node and everything inside it, in textual order. */
export function nodesOf(root: AstNode): readonly AstNode[] {
  noteInside(root);
  const known = nodesByRoot.get(root);
  if (known !== undefined) return known;
  const nodes: AstNode[] = [];
  collectNodes(root, nodes);
  nodesByRoot.set(root, nodes);
  return nodes;
}

/** Every single reference of a tree, in textual order; those that the parser left without a text are passed over. */
export function referencesOf(root: AstNode): readonly PlacedReference[] {
  noteInside(root);
  const known = referencesByRoot.get(root);
  if (known !== undefined) return known;
  const references: PlacedReference[] = [];
  for (const node of nodesOf(root)) collectReferences(node, references);
  referencesByRoot.set(root, references);
  return references;
}

function collectNodes(node: AstNode, nodes: AstNode[]): void {
  nodes.push(node);
  for (const [name, value] of Object.entries(node)) {
    if (name.startsWith('$')) continue;
    if (Array.isArray(value)) {
      for (const item of value as readonly unknown[]) if (isAstNode(item)) collectNodes(item, nodes);
    } else if (isAstNode(value)) {
      collectNodes(value, nodes);
    }
  }
}

function collectReferences(container: AstNode, references: PlacedReference[]): void {
  for (const [property, value] of Object.entries(container)) {
    if (property.startsWith('$')) continue;
    if (Array.isArray(value)) {
      for (const [index, item] of (value as readonly unknown[]).entries()) {
        if (isReference(item) && item.$refText !== '') references.push({ container, property, index, reference: item });
      }
    } else if (isReference(value) && value.$refText !== '') {
      references.push({ container, property, reference: value });
    }
  }
}
