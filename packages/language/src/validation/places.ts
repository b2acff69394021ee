import type { AstNode, CstNode } from 'langium';
import { AstUtils, GrammarUtils } from 'langium';
import type { Diagnostic, DiagnosticFix, Origin } from '@pathway/model';
import { notePlace } from '../tree/reads.js';
import { fileOf } from '../workspace/files.js';

/** The file a node was written in, as users see its path. */
export function fileOfNode(node: AstNode): string {
  const root = AstUtils.findRootNode(node);
  return root.$document === undefined ? '' : fileOf(root.$document.uri);
}

/** Where a node was written; the start of its file for a node that a half-parsed text left without a place. */
export function originOf(node: AstNode): Origin {
  return originOfCst(node, node.$cstNode);
}

/** Where a property of a node was written, or the whole node where the property is missing. */
export function originOfProperty(node: AstNode, property: string, index?: number): Origin {
  return originOfCst(node, GrammarUtils.findNodeForProperty(node.$cstNode, property, index) ?? node.$cstNode);
}

/** Where a keyword of a node was written, or the whole node where it is missing. */
export function originOfKeyword(node: AstNode, keyword: string): Origin {
  return originOfCst(node, GrammarUtils.findNodeForKeyword(node.$cstNode, keyword) ?? node.$cstNode);
}

/** The name of a declaration or activity; its first line where it has none, so that no whole block is marked. */
export function originOfHead(node: AstNode): Origin {
  const name = GrammarUtils.findNodeForProperty(node.$cstNode, 'name');
  if (name !== undefined) return originOfCst(node, name);
  const origin = originOf(node);
  if (origin.endLine === origin.line) return origin;
  const firstLine = node.$cstNode?.text.split(/\r?\n/, 1)[0]?.trimEnd() ?? '';
  return { ...origin, endLine: origin.line, endColumn: origin.column + Math.max(1, firstLine.length) };
}

/** The text of a node as written. */
export function textOf(node: AstNode | undefined): string {
  return node?.$cstNode?.text ?? '';
}

function originOfCst(node: AstNode, cst: CstNode | undefined): Origin {
  notePlace(node);
  const file = fileOfNode(node);
  if (cst === undefined) return { file, line: 1, column: 1, endLine: 1, endColumn: 1 };
  const { start, end } = cst.range;
  return {
    file,
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

/** The fix that writes another text in a place; none without a text. */
export function replacement(origin: Diagnostic['range'], newText: string | undefined): readonly DiagnosticFix[] {
  return newText === undefined ? [] : [{ title: `Write \`${newText}\``, edits: [{ origin, newText }] }];
}
