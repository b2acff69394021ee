import { type AstNode, AstUtils, CstUtils, type CstNode, GrammarAST, GrammarUtils } from 'langium';
import type { Origin } from '@pathway/model';
import type { Location, Position, Range } from 'vscode-languageserver-types';
import * as ast from '../generated/ast.js';
import type { NamedNode } from '../scope/symbols.js';
import { nodesOf, type PlacedReference, referencesOf } from '../tree/nodes.js';
import { TravelCalls } from '../tree/travel-calls.js';
import { fileOfNode } from '../validation/places.js';
import type { LoadedFile } from '../workspace/load.js';
import type { EditorProject } from './project.js';

/** A place in a file of a project, with all that questions about it begin with. */
export interface Spot {
  readonly project: EditorProject;
  readonly file: string;
  readonly loaded: LoadedFile;
  readonly root: ast.Document;
  readonly offset: number;
}

/** The place of a position; undefined where the file is not part of the project. */
export function spotAt(project: EditorProject, file: string, position: Position): Spot | undefined {
  const loaded = project.file(file);
  const root = project.root(file);
  if (loaded === undefined || root === undefined) return undefined;
  return { project, file, loaded, root, offset: loaded.document.textDocument.offsetAt(position) };
}

/** An origin (from 1) as editors count (from 0). */
export function rangeOf(origin: Origin): Range {
  return {
    start: { line: origin.line - 1, character: origin.column - 1 },
    end: { line: origin.endLine - 1, character: origin.endColumn - 1 },
  };
}

export const EMPTY_RANGE: Range = Object.freeze({
  start: Object.freeze({ line: 0, character: 0 }),
  end: Object.freeze({ line: 0, character: 0 }),
});

export function cstRange(cst: CstNode | undefined): Range {
  return cst?.range ?? EMPTY_RANGE;
}

/** The name of a node where it is declared. */
export function nameNode(node: AstNode): CstNode | undefined {
  return GrammarUtils.findNodeForProperty(node.$cstNode, 'name');
}

/** The range that stands for a node: its name, else its first word. */
export function headRange(node: AstNode): Range {
  const name = nameNode(node);
  if (name !== undefined) return name.range;
  const first = node.$cstNode === undefined ? undefined : firstLeaf(node.$cstNode);
  return cstRange(first);
}

function firstLeaf(cst: CstNode): CstNode {
  return CstUtils.flattenCst(cst).find((leaf) => !leaf.hidden) ?? cst;
}

/** What holds a place: the innermost node whose text has it inside or at its end. */
export function nodeAt(root: ast.Document, offset: number): AstNode {
  let found: AstNode = root;
  for (const node of nodesOf(root)) {
    const cst = node.$cstNode;
    if (cst !== undefined && cst.offset <= offset && offset <= cst.end) found = node;
  }
  return found;
}

/** The node of a kind around a place. */
export function aroundPlace<T extends AstNode>(
  root: ast.Document,
  offset: number,
  guard: (node: unknown) => node is T,
): T | undefined {
  return AstUtils.getContainerOfType(nodeAt(root, offset), guard);
}

/** The reference whose name stands at a place. */
export function referenceAt(root: ast.Document, offset: number): PlacedReference | undefined {
  return referencesOf(root).find(({ reference: { $refNode: cst } }) => touches(cst, offset));
}

function touches(cst: CstNode | undefined, offset: number): boolean {
  return cst !== undefined && cst.offset <= offset && offset <= cst.end;
}

/** What a name at a place means, and where that name stands. */
export interface Meant {
  readonly target: AstNode;
  readonly range: Range;
  /** True where the name is declared. */
  readonly isDeclaration: boolean;
}

/** What the name at a place means: what is declared there, referred to, called as a travel. */
export function meantAt(spot: Spot): Meant | undefined {
  const { root, offset, project } = spot;
  for (const node of nodesOf(root)) {
    const name = nameNode(node);
    if (isNamed(node) && touches(name, offset)) return { target: node, range: cstRange(name), isDeclaration: true };
  }
  const placed = referenceAt(root, offset);
  if (placed !== undefined) {
    const owner = ownerNamedAt(placed, offset);
    const target = owner ?? placed.reference.ref;
    return target && { target, range: cstRange(placed.reference.$refNode), isDeclaration: false };
  }
  const call = nodesOf(root).find(
    (node) => ast.isFunctionCall(node) && touches(GrammarUtils.findNodeForProperty(node.$cstNode, 'function'), offset),
  );
  if (ast.isFunctionCall(call)) {
    const target = travelCalls(project).of(call);
    const range = cstRange(GrammarUtils.findNodeForProperty(call.$cstNode, 'function'));
    return target && { target, range, isDeclaration: false };
  }
  return undefined;
}

/** Of `Care.Scan` with the place in `Care`: the pathway; of `devon.Bed` with the place in `devon`: the import. */
function ownerNamedAt({ reference, container }: PlacedReference, offset: number): AstNode | undefined {
  const parts = segmentsOf(reference.$refText, reference.$refNode);
  const index = parts.findIndex((part) => part.offset <= offset && offset <= part.offset + part.length);
  if (index < 0 || index === parts.length - 1) return undefined;
  const target = reference.ref;
  const owner = target === undefined ? undefined : ownerOf(target);
  if (owner?.name === parts[index]?.name && index === parts.length - 2) return owner;
  const root = AstUtils.findRootNode(container);
  return ast.isDocument(root) ? root.imports.find(({ name }) => name === parts[index]?.name) : undefined;
}

/** A part of a qualified name with its place. */
export interface Segment {
  readonly name: string;
  readonly offset: number;
  readonly length: number;
}

/** The names of a qualified name as they stand in the text, backquotes included. */
export function segmentsOf(name: string, cst: CstNode | undefined): readonly Segment[] {
  if (cst === undefined) return [];
  const found: Segment[] = [];
  const pattern = /`[^`]+`|[^.\s`]+/g;
  for (const match of cst.text.matchAll(pattern)) {
    const [text] = match;
    found.push({ name: text.replaceAll('`', ''), offset: cst.offset + match.index, length: text.length });
  }
  return found.length > 0 ? found : [{ name, offset: cst.offset, length: cst.length }];
}

/** The declaration by whose name something inside it is qualified. */
export function ownerOf(node: AstNode): NamedNode | undefined {
  const around = node.$container;
  return AstUtils.getContainerOfType(
    around,
    (each): each is ast.Pathway | ast.Response | ast.Cohort =>
      ast.isPathway(each) || ast.isResponse(each) || ast.isCohort(each),
  );
}

export function isNamed(node: AstNode): node is AstNode & { readonly name: string } {
  return 'name' in node && typeof node.name === 'string' && !ast.isArgument(node) && !ast.isCurveParameter(node);
}

export function travelCalls(project: EditorProject): TravelCalls {
  return new TravelCalls(project.roots.map(({ root }) => root));
}

/** Where a node's name stands. */
export function declarationLocation(project: EditorProject, node: AstNode): Location {
  return { uri: project.uriOf(fileOfNode(node)), range: headRange(node) };
}

/** The name of the rule of the grammar in which a part of it stands. */
export function ruleOf(feature: AstNode): string | undefined {
  return AstUtils.getContainerOfType(feature, GrammarAST.isParserRule)?.name;
}
