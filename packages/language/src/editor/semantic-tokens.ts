import { type AstNode, type CstNode, CstUtils, GrammarUtils } from 'langium';
import type { SemanticTokens } from 'vscode-languageserver-types';
import * as ast from '../generated/ast.js';
import { nodesOf, referencesOf } from '../tree/nodes.js';
import { fileOfNode } from '../validation/places.js';
import { isNamed, nameNode } from './places.js';
import { type EditorProject, isForeign } from './project.js';

/** Types of tokens in the order of their numbers: the protocol's own, so that every theme has colours for them. */
export const TOKEN_TYPES = [
  'namespace',
  'class',
  'interface',
  'enum',
  'enumMember',
  'struct',
  'function',
  'method',
  'property',
  'variable',
  'parameter',
  'event',
  'number',
  'type',
] as const;

export const TOKEN_MODIFIERS = ['declaration', 'readonly', 'defaultLibrary'] as const;

type TokenType = (typeof TOKEN_TYPES)[number];

const TYPES: Readonly<Record<string, TokenType>> = {
  Import: 'namespace',
  Territory: 'namespace',
  Organisation: 'namespace',
  Source: 'namespace',
  Skill: 'type',
  SkillLevel: 'enumMember',
  Role: 'interface',
  Shift: 'event',
  Staff: 'variable',
  Resource: 'variable',
  Stock: 'variable',
  Travel: 'function',
  NumberDeclaration: 'variable',
  Cohort: 'struct',
  Attribute: 'property',
  CategoryOption: 'enumMember',
  Pathway: 'class',
  Response: 'class',
  Crisis: 'event',
  Trigger: 'event',
  Scale: 'enum',
  ScaleLevel: 'enumMember',
  Signal: 'variable',
  Gauge: 'variable',
  Indicator: 'property',
  Scenario: 'struct',
  Study: 'class',
  TableVariable: 'parameter',
  Branch: 'enumMember',
  TogetherBranch: 'enumMember',
  Finish: 'enumMember',
};

function typeOf(node: AstNode): TokenType {
  return TYPES[node.$type] ?? (ast.isActivity(node) ? 'method' : 'variable');
}

/** What the names of a file mean, in the protocol's encoding: five numbers for each. */
export function semanticTokens(project: EditorProject, file: string): SemanticTokens {
  const root = project.root(file);
  if (root === undefined) return { data: [] };
  const found: { readonly cst: CstNode; readonly type: TokenType; readonly modifiers: number }[] = [];
  for (const node of nodesOf(root)) {
    const name = isNamed(node) ? nameNode(node) : undefined;
    if (name !== undefined) found.push({ cst: name, type: typeOf(node), modifiers: 1 | modifiersOf(node) });
    const called = ast.isFunctionCall(node) ? GrammarUtils.findNodeForProperty(node.$cstNode, 'function') : undefined;
    if (called !== undefined) found.push({ cst: called, type: 'function', modifiers: 0 });
    const unit = ast.isNumberLiteral(node) ? GrammarUtils.findNodeForProperty(node.$cstNode, 'unit') : undefined;
    if (unit !== undefined) found.push({ cst: unit, type: 'type', modifiers: 0 });
  }
  for (const { reference } of referencesOf(root)) {
    const target = reference.ref;
    if (target === undefined || reference.$refNode === undefined) continue;
    found.push({ cst: reference.$refNode, type: typeOf(target), modifiers: modifiersOf(target) });
  }
  return { data: encode(found) };
}

function modifiersOf(node: AstNode): number {
  const constant = ast.isNumberDeclaration(node) ? 2 : 0;
  return constant | (isForeign(fileOfNode(node)) ? 4 : 0);
}

function encode(
  tokens: readonly { readonly cst: CstNode; readonly type: TokenType; readonly modifiers: number }[],
): number[] {
  const data: number[] = [];
  let line = 0;
  let character = 0;
  let end = -1;
  for (const { cst, type, modifiers } of [...tokens].sort((a, b) => a.cst.offset - b.cst.offset)) {
    // A name in backquotes or a qualified one never spans lines; what does is left to the grammar's colours.
    if (cst.offset < end || cst.range.start.line !== cst.range.end.line) continue;
    end = cst.end;
    const { start } = cst.range;
    data.push(
      start.line - line,
      start.line === line ? start.character - character : start.character,
      CstUtils.toDocumentSegment(cst).length,
      TOKEN_TYPES.indexOf(type),
      modifiers,
    );
    ({ line, character } = start);
  }
  return data;
}
