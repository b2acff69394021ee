import type { AstNode } from 'langium';
import type { Position, Range, TextEdit, WorkspaceEdit } from 'vscode-languageserver-types';
import * as ast from '../generated/ast.js';
import { Vocabulary } from '../parser/vocabulary.js';
import { PathwayLexer } from '../parser/lexer.js';
import { kindName } from '../validation/references.js';
import { fileOfNode } from '../validation/places.js';
import { fileOf, uriOfFile } from '../workspace/files.js';
import { importedUri } from '../workspace/imports.js';
import { relativeImport } from '../workspace/paths.js';
import { importersOf, mentionsOf } from './mentions.js';
import { cstRange, isNamed, meantAt, ownerOf, segmentsOf, spotAt } from './places.js';
import { type EditorProject, isForeign } from './project.js';

/** Why something cannot be renamed, in words for the user. */
export class CannotRename extends Error {}

/** The range of the name at a place and the name itself; undefined where nothing has a name. */
export function prepareRename(
  project: EditorProject,
  file: string,
  position: Position,
): { readonly range: Range; readonly placeholder: string } | undefined {
  const spot = spotAt(project, file, position);
  const meant = spot && meantAt(spot);
  if (spot === undefined || meant === undefined || !isNamed(meant.target) || !canBeChanged(meant.target))
    return undefined;
  return {
    range: nameRange(spot.loaded.document.textDocument, meant.range, spot.offset),
    placeholder: meant.target.name,
  };
}

/** The part of a qualified name at an offset. */
function nameRange(
  document: {
    getText(range: Range): string;
    offsetAt(position: Position): number;
    positionAt(offset: number): Position;
  },
  range: Range,
  offset: number,
): Range {
  const start = document.offsetAt(range.start);
  const text = document.getText(range);
  for (const match of text.matchAll(/`[^`]+`|[^.\s`]+/g)) {
    const from = start + match.index;
    const to = from + match[0].length;
    if (from <= offset && offset <= to) return { start: document.positionAt(from), end: document.positionAt(to) };
  }
  return range;
}

/**
 * The edits that give a thing another name wherever it is named.
 * @throws CannotRename where the name cannot stand in the language, is taken, or is declared in a file of others
 */
export function rename(
  project: EditorProject,
  file: string,
  position: Position,
  newName: string,
): WorkspaceEdit | undefined {
  const spot = spotAt(project, file, position);
  const meant = spot && meantAt(spot);
  if (meant === undefined || !isNamed(meant.target)) return undefined;
  const { target } = meant;
  if (!canBeChanged(target))
    throw new CannotRename(`\`${target.name}\` is declared in ${fileOfNode(target)}, which cannot be changed here.`);
  const written = writtenName(project, newName);
  const taken = namesake(project, target, newName.replaceAll('`', ''));
  if (taken !== undefined) throw new CannotRename(`There is ${kindWithName(taken)} already.`);
  const changes: Record<string, TextEdit[]> = {};
  for (const mention of mentionsOf(project, target)) {
    if (isForeign(mention.file)) continue;
    (changes[project.uriOf(mention.file)] ??= []).push({ range: mention.range, newText: written });
  }
  return { changes };
}

function canBeChanged(node: AstNode): boolean {
  return !isForeign(fileOfNode(node));
}

/**
 * A name as it must be written: in backquotes where it is a word of the language or has other characters than names.
 * @throws CannotRename for what not even backquotes allow
 */
export function writtenName(project: EditorProject, name: string): string {
  const plain = name.trim().replace(/^`(.*)`$/, '$1');
  if (plain === '') throw new CannotRename('A name has at least one character.');
  if (/[`\r\n]/.test(plain)) throw new CannotRename('A name holds no backquotes and no line breaks.');
  const { Lexer } = project.services.parser;
  if (!(Lexer instanceof PathwayLexer)) return plain;
  const { tokens, errors } = Lexer.tokenize(plain);
  const isPlain = errors.length === 0 && tokens.length === 1 && tokens[0]?.tokenType.name === 'ID';
  return isPlain && new Vocabulary(Lexer.definition).keyword(plain) === undefined ? plain : `\`${plain}\``;
}

/** What has the name already where the renamed thing would have it too. */
function namesake(project: EditorProject, target: AstNode, name: string): AstNode | undefined {
  if (isNamed(target) && target.name === name) return undefined;
  const owner = ownerOf(target);
  const file = fileOfNode(target);
  const scope = owner ?? project.root(file);
  if (scope === undefined) return undefined;
  if (ast.isDocument(scope))
    return scope.declarations.find((each) => each !== target && isNamed(each) && each.name === name);
  if (ast.isCohort(scope) || ast.isFinish(target) || ast.isCategoryOption(target)) return undefined;
  return namedInside(scope).find((each) => each !== target && each.$type !== 'Finish' && each.name === name);
}

function namedInside(scope: AstNode): (AstNode & { readonly name: string })[] {
  const found: (AstNode & { readonly name: string })[] = [];
  const visit = (node: AstNode): void => {
    if (node !== scope && ast.isActivity(node) && isNamed(node)) found.push(node);
    for (const [key, value] of Object.entries(node)) {
      if (key.startsWith('$')) continue;
      const children: readonly unknown[] = Array.isArray(value) ? value : [value];
      for (const child of children) if (isChild(child)) visit(child);
    }
  };
  visit(scope);
  return found;
}

function isChild(value: unknown): value is AstNode {
  return typeof value === 'object' && value !== null && '$type' in value && '$container' in value;
}

function kindWithName(node: AstNode): string {
  return isNamed(node) ? `a ${kindName(node.$type)} \`${node.name}\`` : 'something of that name';
}

/** The edits of imports when files get other paths, in the files that move too. */
export function renameFiles(
  project: EditorProject,
  moves: readonly { readonly from: string; readonly to: string }[],
): WorkspaceEdit {
  const movedTo = new Map(moves.map(({ from, to }) => [from, to]));
  const changes: Record<string, TextEdit[]> = {};
  const write = (file: string, statement: ast.Import, target: string): void => {
    const path = relativeImport(movedTo.get(file) ?? file, movedTo.get(target) ?? target);
    const [place] = segmentsOf(statement.path, statement.$cstNode);
    if (path === undefined || path === statement.path || place === undefined) return;
    const range = pathRange(statement);
    (changes[project.uriOf(file)] ??= []).push({ range, newText: `"${withSuffixAs(statement.path, path)}"` });
  };
  for (const { from } of moves) {
    for (const { file, statement } of importersOf(project, uriOfFile(from).toString())) write(file, statement, from);
    const document = project.file(from)?.document;
    for (const statement of project.root(from)?.imports ?? []) {
      const uri = document && importedUri(document.uri, statement.path);
      const target = uri && fileOf(uri);
      if (target === undefined || isForeign(target) || movedTo.has(target)) continue;
      write(from, statement, target);
    }
  }
  return { changes };
}

function pathRange(statement: ast.Import): Range {
  const cst = statement.$cstNode;
  const text = cst?.text ?? '';
  const quote = text.indexOf('"');
  const end = text.indexOf('"', quote + 1) + 1;
  const { start } = cstRange(cst);
  return {
    start: { line: start.line, character: start.character + quote },
    end: { line: start.line, character: start.character + end },
  };
}

/** An import without the file's ending stays without it. */
function withSuffixAs(before: string, path: string): string {
  return before.endsWith('.pathway') ? path : path.replace(/\.pathway$/, '');
}
