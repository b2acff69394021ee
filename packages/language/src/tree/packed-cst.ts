import type { AstNode, CstNode, GrammarAST, RootCstNode } from 'langium';
import { CompositeCstNodeImpl, CstNodeBuilder, isCompositeCstNode, isLeafCstNode } from 'langium';
import type { TokenType } from 'chevrotain';

/** A concrete syntax tree that has been unpacked, with all its nodes in textual order. */
interface Unpacked {
  readonly root: RootCstNode;
  readonly nodes: readonly CstNode[];
}

/** Nodes of concrete syntax that are kept at once of files that were asked for lately: about 1,500 lines. */
const MOST_UNPACKED = 20_000;

/**
 * The concrete syntax trees of the files of a project, in a few bytes a node. Unpacked they take half of the memory of a
 * project, and are asked for in one file at a time. All of a tree is unpacked at once, in a tenth of the time that the parser
 * takes; as long as somebody holds a node of it, the tree stays the same.
 */
export class CstShelf {
  readonly sources = new Numbered<GrammarAST.AbstractElement>();
  readonly types = new Numbered<TokenType>();
  readonly #recent: Unpacked[] = [];
  #size = 0;

  /** Keeps a tree at hand, instead of those that have not been asked for as long. */
  keep(tree: Unpacked): void {
    const place = this.#recent.indexOf(tree);
    if (place === this.#recent.length - 1 && place >= 0) return;
    if (place >= 0) this.#recent.splice(place, 1);
    else this.#size += tree.nodes.length;
    this.#recent.push(tree);
    while (this.#size > MOST_UNPACKED && this.#recent.length > 1) this.#size -= this.#recent.shift()?.nodes.length ?? 0;
  }
}

/** Things with numbers from 1; 0 stands for none. */
class Numbered<T extends object> {
  readonly #numbers = new Map<T, number>();
  readonly #things: T[] = [];

  numberOf(thing: T | undefined): number {
    if (thing === undefined) return 0;
    const known = this.#numbers.get(thing);
    if (known !== undefined) return known;
    const number = this.#things.push(thing);
    this.#numbers.set(thing, number);
    return number;
  }

  thing(number: number): T | undefined {
    return this.#things[number - 1];
  }
}

/** What has been unpacked, by its root: as long as somebody holds a node of a tree, the tree stays the same. */
const unpackedTrees = new WeakMap<RootCstNode, Unpacked>();

/** The concrete syntax tree of one file, packed. */
export class PackedCst {
  readonly #shelf: CstShelf;
  readonly #text: string;
  readonly #bytes: Uint8Array;
  readonly #nodes: () => readonly AstNode[];
  #root: WeakRef<RootCstNode> | undefined;

  /**
   * @param nodes gives the nodes of the syntax tree, to which concrete syntax leads back, in the order of packing
   */
  constructor(shelf: CstShelf, text: string, bytes: Uint8Array, nodes: () => readonly AstNode[]) {
    this.#shelf = shelf;
    this.#text = text;
    this.#bytes = bytes;
    this.#nodes = nodes;
  }

  /** The node with a number in textual order. */
  node(number: number): CstNode {
    const root = this.#root?.deref();
    const tree = (root === undefined ? undefined : unpackedTrees.get(root)) ?? this.#unpack();
    this.#shelf.keep(tree);
    const node = tree.nodes[number];
    if (node === undefined) throw new Error(`a packed text has no node ${number}`);
    return node;
  }

  #unpack(): Unpacked {
    const { sources, types } = this.#shelf;
    const bytes = new ByteReader(this.#bytes);
    const lines = new LineCounter(this.#text);
    const builder = new CstNodeBuilder();
    const root = builder.buildRootNode(this.#text);
    const owners = this.#nodes();
    const nodes: CstNode[] = [root];
    let end = 0;
    const leaf = (source: GrammarAST.AbstractElement | undefined): CstNode => {
      const startOffset = end + bytes.next();
      end = startOffset + bytes.next();
      const tokenType = types.thing(bytes.next());
      if (tokenType === undefined) throw new Error('a packed text has a token of no type');
      // The builder counts lines and columns from 1, and the end with the last character.
      const [startLine, startColumn] = lines.placeOf(startOffset);
      const [endLine, endColumn] = lines.placeOf(end);
      const token = {
        image: this.#text.slice(startOffset, end),
        startOffset,
        startLine: startLine + 1,
        startColumn: startColumn + 1,
        endLine: endLine + 1,
        endColumn,
        tokenType,
        tokenTypeIdx: tokenType.tokenTypeIdx ?? 0,
      };
      return builder.buildLeafNode(token, source);
    };
    const fill = (composite: CstNode): void => {
      const owner = bytes.next();
      if (owner > 0) setOwner(composite, owners[owner - 1]);
      for (let left = bytes.next(); left > 0; left--) {
        const head = bytes.next();
        const source = sources.thing(head >> 1);
        if (head % 2 === 1) {
          nodes.push(leaf(source));
          continue;
        }
        if (source === undefined) throw new Error('a packed text has a part from no rule');
        const inner = builder.buildCompositeNode(source);
        nodes.push(inner);
        fill(inner);
      }
      builder.construct({ $type: undefined, $cstNode: composite });
    };
    fill(root);
    const tree = { root, nodes };
    unpackedTrees.set(root, tree);
    this.#root = new WeakRef(root);
    return tree;
  }
}

function setOwner(cst: CstNode, owner: AstNode | undefined): void {
  if (owner === undefined || !(cst instanceof CompositeCstNodeImpl)) throw new Error('a packed text leads nowhere');
  cst.astNode = owner;
}

/** A packed tree, with the numbers of its nodes. */
export interface Packing {
  readonly bytes: Uint8Array;
  readonly numbers: ReadonlyMap<CstNode, number>;
}

/**
 * Packs a tree that leads back to nodes of a syntax tree. Undefined for one that would not come out as it is, such as one in which recovery from a mistake has
 * left tokens that do not stand in the text.
 */
export function packCst(root: CstNode, nodes: readonly AstNode[], text: string, shelf: CstShelf): Packing | undefined {
  const owners = new Map(nodes.map((node, index) => [node, index + 1]));
  const bytes = new ByteWriter();
  const lines = new LineCounter(text);
  const numbers = new Map<CstNode, number>();
  let end = 0;
  const write = (node: CstNode, around?: AstNode): boolean => {
    numbers.set(node, numbers.size);
    if (isLeafCstNode(node)) {
      const { offset, length, range } = node;
      if (offset < end || node.hidden !== (node.grammarSource === undefined)) return false;
      const [startLine, startColumn] = lines.placeOf(offset);
      bytes.add(shelf.sources.numberOf(node.grammarSource) * 2 + 1);
      bytes.add(offset - end);
      bytes.add(length);
      bytes.add(shelf.types.numberOf(node.tokenType));
      end = offset + length;
      const [endLine, endColumn] = lines.placeOf(end);
      return (
        range.start.line === startLine &&
        range.start.character === startColumn &&
        range.end.line === endLine &&
        range.end.character === endColumn
      );
    }
    if (!isCompositeCstNode(node) || node.content.length === 0) return false;
    // Nothing but the root comes from no rule of the grammar.
    if ((node === root) !== (node.grammarSource === undefined)) return false;
    if (node !== root) bytes.add(shelf.sources.numberOf(node.grammarSource) * 2);
    const { astNode } = node;
    const owner = owners.get(astNode);
    if (owner === undefined) return false;
    bytes.add(astNode === around ? 0 : owner);
    bytes.add(node.content.length);
    return node.content.every((child) => write(child, astNode));
  };
  return write(root) ? { bytes: bytes.all(), numbers } : undefined;
}

/** Tells the line and column of offsets that are asked for in growing order. */
class LineCounter {
  readonly #text: string;
  #line = 0;
  #start = 0;
  #next: number;

  constructor(text: string) {
    this.#text = text;
    this.#next = this.#lineAfter(0);
  }

  placeOf(offset: number): [line: number, column: number] {
    while (offset >= this.#next) {
      this.#line++;
      this.#start = this.#next;
      this.#next = this.#lineAfter(this.#start);
    }
    return [this.#line, offset - this.#start];
  }

  #lineAfter(start: number): number {
    const end = this.#text.indexOf('\n', start);
    return end < 0 ? Infinity : end + 1;
  }
}

/** Whole numbers from 0, the smaller the shorter. */
class ByteWriter {
  #bytes = new Uint8Array(4096);
  #length = 0;

  add(value: number): void {
    if (this.#length + 5 > this.#bytes.length) {
      const longer = new Uint8Array(this.#bytes.length * 2);
      longer.set(this.#bytes);
      this.#bytes = longer;
    }
    let rest = value;
    for (; rest >= 128; rest >>>= 7) this.#bytes[this.#length++] = (rest & 127) | 128;
    this.#bytes[this.#length++] = rest;
  }

  all(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }
}

class ByteReader {
  readonly #bytes: Uint8Array;
  #place = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  next(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.#bytes[this.#place++] ?? 0;
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  }
}
