import type { AstNode, CstNode, LangiumDocument } from 'langium';
import { CompositeCstNodeImpl, isAstNode } from 'langium';
import { PackedCst } from './packed-cst.js';
import { PathwayReference } from './reference.js';
import { cstAt, type TextPlace } from './text-place.js';

/**
 * A node of a syntax tree in as few bytes as it takes. The parser builds nodes whose properties lie outside of them, in
 * lists with room for sixteen: over all files of a large project that is three times as much. What a node is stands in its
 * class, and its text is found through the file where that is packed.
 */
export class LeanNode implements AstNode {
  [property: string]: unknown;
  declare readonly $type: string;
  declare readonly $document?: LangiumDocument;
  declare readonly $container?: AstNode;
  declare readonly $containerProperty?: string;
  declare readonly $containerIndex?: number;
  /** The concrete syntax of a node; that of a packed file is built again when somebody asks. */
  declare readonly $cstNode?: CstNode;
  $place: TextPlace | PackedCst;

  constructor(source: AstNode, place?: PlaceInTree) {
    this.$place = source.$cstNode;
    if (place === undefined) return;
    this.$container = place.container;
    this.$containerProperty = place.property;
    if (place.index !== undefined) this.$containerIndex = place.index;
  }
}

Object.defineProperty(LeanNode.prototype, '$cstNode', {
  get(this: LeanNode): CstNode | undefined {
    const place = this.$place;
    return place instanceof PackedCst ? place.node(0) : cstAt(place, this);
  },
});

/** The property of another node that a node is, or is in the list of. */
interface PlaceInTree {
  readonly container: LeanNode;
  readonly property: string;
  readonly index?: number;
}

/** A tree that the parser has built, in lean nodes; the tree that it has built is not usable any more. */
export function leanTree(source: AstNode): LeanNode {
  const made = new Map<AstNode, LeanNode>();
  const root = leanNode(source, made);
  if (source.$cstNode !== undefined) leadBack(source.$cstNode, made);
  return root;
}

/** Turns what concrete syntax leads back to from the parser's nodes to those that stand for them, outer ones first. */
function leadBack(cst: CstNode, made: ReadonlyMap<AstNode, LeanNode>): void {
  if (!(cst instanceof CompositeCstNodeImpl)) return;
  const node = made.get(cst.astNode);
  if (node !== undefined) cst.astNode = node;
  for (const child of cst.content) leadBack(child, made);
}

function leanNode(source: AstNode, made: Map<AstNode, LeanNode>, place?: PlaceInTree): LeanNode {
  const node = new (classOf(source.$type))(source, place);
  made.set(source, node);
  for (const [property, value] of Object.entries(source)) {
    if (property.startsWith('$')) continue;
    node[property] = Array.isArray(value)
      ? leanList(value, made, node, property)
      : leanValue(value, made, { container: node, property });
  }
  return node;
}

type LeanClass = new (source: AstNode, place?: PlaceInTree) => LeanNode;

/** One class for each type, so that nodes of a type have their properties at the same places. */
const classes = new Map<string, LeanClass>();

function classOf(type: string): LeanClass {
  const known = classes.get(type);
  if (known !== undefined) return known;
  const made: LeanClass = class extends LeanNode {};
  Object.defineProperty(made.prototype, '$type', { value: type, enumerable: true });
  classes.set(type, made);
  return made;
}

/** What all empty lists are. */
const EMPTY: readonly unknown[] = Object.freeze([]);

function leanList(
  list: readonly unknown[],
  made: Map<AstNode, LeanNode>,
  container: LeanNode,
  property: string,
): readonly unknown[] {
  if (list.length === 0) return EMPTY;
  return list.map((item, index) => leanValue(item, made, { container, property, index }));
}

function leanValue(value: unknown, made: Map<AstNode, LeanNode>, place: PlaceInTree): unknown {
  if (typeof value !== 'object') return value;
  if (value instanceof PathwayReference) value.container = place.container;
  else if (isAstNode(value)) return leanNode(value, made, place);
  return value;
}
