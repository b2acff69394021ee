import { type AstNode, CstUtils, EmptyFileSystem, isLeafCstNode } from 'langium';
import { describe, expect, test } from 'vitest';
import { createPathwayServices } from '../../src/module.js';
import { LeanNode } from '../../src/tree/lean-nodes.js';
import { nodesOf, referencesOf } from '../../src/tree/nodes.js';
import { packFile } from '../../src/tree/pack-file.js';
import { CstShelf, PackedCst } from '../../src/tree/packed-cst.js';
import { pathwayFiles } from '../corpus.js';
import { mutate, randomNumbers } from '../parser/mutations.js';

const { LangiumParser: parser, Lexer: lexer } = createPathwayServices(EmptyFileSystem).pathway.parser;
const texts = ['language/conformance', 'language/library', 'examples'].flatMap(pathwayFiles).map(({ text }) => text);

/** Numbers for things, in the order in which they are met. */
function numbering(): (thing: object | undefined) => number {
  const numbers = new Map<object | undefined, number>();
  return (thing) => {
    const number = numbers.get(thing) ?? numbers.size;
    numbers.set(thing, number);
    return number;
  };
}

/** All that can be asked of the concrete syntax of a tree: of each of its nodes, and of what leads to them. */
function described(root: AstNode): string {
  const cst = root.$cstNode;
  if (cst === undefined) throw new Error('a parsed text has no concrete syntax');
  const [numberOf, ownerOf, sourceOf] = [numbering(), numbering(), numbering()];
  nodesOf(root).forEach(ownerOf);
  const lines = CstUtils.streamCst(cst).map((node) => {
    const { start, end } = node.range;
    const type = isLeafCstNode(node) ? node.tokenType.name : '';
    const places = [node.offset, node.length, start.line, start.character, end.line, end.character];
    const links = [numberOf(node), numberOf(node.container), ownerOf(node.astNode), sourceOf(node.grammarSource)];
    return [type, node.hidden, ...places, ...links, isLeafCstNode(node) ? node.text : ''].join(' ');
  });
  const nodes = nodesOf(root).map(({ $type, $cstNode }) => `${$type} ${numberOf($cstNode)}`);
  const references = referencesOf(root).map(({ reference }) => `${reference.$refText} ${numberOf(reference.$refNode)}`);
  return [...lines, ...nodes, ...references].join('\n');
}

/** Whether a tree could be packed; what can be asked of it is the same after it as before. */
function packs(text: string, shelf: CstShelf): boolean {
  const root = parser.parse(text).value;
  const before = described(root);
  packFile(root, text, shelf);
  expect(described(root)).toBe(before);
  return root instanceof LeanNode && root.$place instanceof PackedCst;
}

describe('concrete syntax that has been packed comes out as it went in', () => {
  test('of all examples, cases and the library', () => {
    const shelf = new CstShelf();
    const packed = texts.map((text) => packs(text, shelf));
    expect(packed.filter((each) => each).length).toBeGreaterThan(0.9 * texts.length);
  });

  test('with other line ends, a byte-order mark, comments and signs beyond the basic plane', () => {
    const text =
      '\uFEFF// 病院 \u{1F691}\r\n/** Of\r\n two lines. */\r\nrole Nurse "病院 \u{1F691}" { cost 30 GBP/h }\r\n// end';
    const shelf = new CstShelf();
    expect(packs(text, shelf)).toBe(true);
    expect(packs(text.replaceAll('\r\n', '\n'), shelf)).toBe(true);
    packs(text.replaceAll('\r\n', '\r'), shelf);
    expect(packs('', shelf)).toBe(false);
  });

  test('of texts with mistakes, packed or not', () => {
    const random = randomNumbers(11);
    const shelf = new CstShelf();
    const long = texts.filter((text) => lexer.tokenize(text).tokens.length > 20);
    for (let round = 0; round < 150; round++) {
      let text = long[round % long.length] ?? '';
      for (let slip = 0; slip <= round % 3; slip++) text = mutate(text, lexer.tokenize(text).tokens, random).text;
      packs(text, shelf);
    }
  });
});

test('as long as a node of concrete syntax is held, its tree stays the same', () => {
  const shelf = new CstShelf();
  const roots = texts.slice(0, 100).map((text) => {
    const root = parser.parse(text).value;
    packFile(root, text, shelf);
    return root;
  });
  const held = roots.map((root) => root.$cstNode);
  expect(roots.every((root, index) => root.$cstNode === held[index])).toBe(true);
  for (const root of roots) expect(nodesOf(root).every((node) => node.$cstNode?.root === root.$cstNode)).toBe(true);
});
