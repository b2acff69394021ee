import type { AstNode, CstNode } from 'langium';
import { EmptyFileSystem, isAstNode } from 'langium';
import type { Diagnostic } from '@pathway/model';
import * as ast from './generated/ast.js';
import { createPathwayServices, type PathwayServices } from './module.js';
import { syntaxDiagnostics } from './parser/syntax-diagnostics.js';

/**
 * A part of a text with what it contains: a declaration, a property, a step, a branch. The text of a part is `lead`,
 * `head`, the texts of `items` and `foot`, one after the other; nothing of the text is left out.
 */
export interface OutlineItem {
  /** What tells it from its siblings, where something does: `Step Scan`, `TakesProperty`. */
  readonly key?: string;
  /** How people call it: `step Scan`, `takes`. */
  readonly phrase: string;
  /** Space and comments before it. */
  readonly lead: string;
  /** Up to and with the brace that opens its block; everything where it has none. */
  readonly head: string;
  /** What stands in its block; absent where it has none. */
  readonly items?: readonly OutlineItem[];
  readonly foot: string;
}

/** What stands where in a text, or the syntax errors for which that cannot be told. */
export type OutlineResult = { readonly outline: OutlineItem } | { readonly errors: readonly Diagnostic[] };

/** Lists of what stands in the block of a node, one thing on a line. */
const CONTENTS = [
  'imports',
  'declarations',
  'properties',
  'items',
  'activities',
  'branches',
  'settings',
  'conversions',
  'plans',
  'cases',
] as const;

let shared: PathwayServices | undefined;

/** The parts of a text. Names are not looked up, so that a single file is enough. */
export function outlineOf(text: string, file = ''): OutlineResult {
  shared ??= createPathwayServices(EmptyFileSystem).pathway;
  const parsed = shared.parser.LangiumParser.parse<ast.Document>(text);
  const errors = syntaxDiagnostics(parsed, file, text);
  if (errors.length > 0) return { errors };
  const items = itemsOf(contentsOf(parsed.value), text, 0);
  return { outline: { phrase: 'the file', lead: '', head: '', items, foot: text.slice(endOf(items)) } };
}

function contentsOf(node: AstNode): AstNode[] {
  const found = CONTENTS.flatMap((name) => {
    const value: unknown = Reflect.get(node, name);
    return Array.isArray(value) ? value.filter(isAstNode) : [];
  });
  // What a response puts in the place of something is a block of its own.
  if (ast.isReplacePatch(node) || ast.isInsertPatch(node)) found.push(...contentsOf(node.with));
  return found.sort((a, b) => (a.$cstNode?.offset ?? 0) - (b.$cstNode?.offset ?? 0));
}

interface PlacedItem extends OutlineItem {
  readonly end: number;
}

function endOf(items: readonly PlacedItem[], start = 0): number {
  return items.at(-1)?.end ?? start;
}

function itemsOf(nodes: readonly AstNode[], text: string, start: number): PlacedItem[] {
  const items: PlacedItem[] = [];
  const keys = new Map<string, number>();
  let at = start;
  for (const node of nodes) {
    const cst = node.$cstNode;
    if (cst === undefined) continue;
    const item = itemOf(node, cst, text, at, keys);
    items.push(item);
    at = item.end;
  }
  return items;
}

function itemOf(node: AstNode, cst: CstNode, text: string, at: number, keys: Map<string, number>): PlacedItem {
  const end = withTrailingComment(text, cst.end);
  const lead = text.slice(at, cst.offset);
  const phrase = phraseOf(node, cst.text);
  const wanted = keyOf(node, cst.text);
  const count = wanted === undefined ? 0 : (keys.get(wanted) ?? 0) + 1;
  if (wanted !== undefined) keys.set(wanted, count);
  const named = wanted === undefined ? {} : { key: count === 1 ? wanted : `${wanted} ${count}` };
  const inside = contentsOf(node);
  const first = inside[0]?.$cstNode;
  const brace = first === undefined ? emptyBlock(cst.text) : openingBrace(text, cst.offset, first.offset);
  const block = first === undefined ? (brace === undefined ? undefined : cst.offset + brace) : brace;
  if (block === undefined) return { ...named, phrase, lead, head: text.slice(cst.offset, end), foot: '', end };
  const begin = withTrailingComment(text, block);
  const items = itemsOf(inside, text, begin);
  return {
    ...named,
    phrase,
    lead,
    head: text.slice(cst.offset, begin),
    items,
    foot: text.slice(endOf(items, begin), end),
    end,
  };
}

/** Where the block begins: after the last brace before what stands in it. */
function openingBrace(text: string, from: number, to: number): number | undefined {
  const plain = blanked(text.slice(from, to));
  const brace = plain.lastIndexOf('{');
  return brace < 0 ? undefined : from + brace + 1;
}

function emptyBlock(text: string): number | undefined {
  const found = /\{\s*\}$/.exec(blanked(text));
  return found === null ? undefined : found.index + 1;
}

/** A text of the same length in which comments and texts hold no braces. */
function blanked(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n\r]*|"(?:\\.|[^"\\\r\n])*"|`[^`\r\n]+`/g, (found) =>
    ' '.repeat(found.length),
  );
}

/** A comment behind something on its line belongs to it. */
function withTrailingComment(text: string, end: number): number {
  const rest = /^[ \t]*(?:\/\/[^\n\r]*|\/\*[^\n\r]*?\*\/[ \t]*(?=[\r\n]|$))/.exec(text.slice(end));
  return end + (rest?.[0].length ?? 0);
}

function nameIn(node: AstNode): string | undefined {
  const name: unknown = Reflect.get(node, 'name');
  return typeof name === 'string' ? name : undefined;
}

function keyOf(node: AstNode, text: string): string | undefined {
  if (ast.isImport(node)) return `Import ${node.path}`;
  if (ast.isApproval(node)) return `Approval ${plain(text.split(/\son\s/)[0] ?? '')}`;
  if (ast.isExpectation(node)) return `Expectation ${plain(text.split(/[<>]/)[0] ?? '')}`;
  if (ast.isBranch(node) && node.share !== undefined)
    return node.name === undefined ? undefined : `Branch ${node.name}`;
  if (ast.isBranch(node)) return `Branch ${plain(text.split('{')[0] ?? '')}`;
  if (ast.isSetting(node)) return `Setting ${plain(text.split('=')[0] ?? '')}`;
  if (ast.isStaff(node) || ast.isHold(node)) return `${node.$type} ${node.name ?? plain(text.split('{')[0] ?? '')}`;
  if (ast.isCall(node) || ast.isGoTo(node)) return plain(text);
  if (isPlanLine(node)) return withoutFigures(text);
  const name = nameIn(node);
  if (name !== undefined) return `${node.$type} ${name}`;
  return ast.isActivity(node) ? undefined : node.$type;
}

function phraseOf(node: AstNode, text: string): string {
  const name = nameIn(node);
  const [first = ''] = text.split(/[\s{(]/);
  if (isPlanLine(node)) return withoutFigures(text);
  if (name !== undefined && !ast.isBranch(node)) return `${first} ${name}`;
  if (!isBlockOrLine(node)) return first;
  const line = plain((text.split(/[{\n]/)[0] ?? '').trim());
  return ast.isBranch(node) ? `branch ${line}` : line;
}

function isBlockOrLine(node: AstNode): boolean {
  return (
    ast.isBranch(node) ||
    ast.isActivity(node) ||
    ast.isExpectation(node) ||
    ast.isApproval(node) ||
    ast.isImport(node) ||
    ast.isStaff(node) ||
    ast.isSetting(node)
  );
}

/** What a crisis does, or a response changes. */
function isPlanLine({ $container }: AstNode): boolean {
  return ast.isResponse($container) || ast.isCrisis($container);
}

/**
 * `call in StrokeNurse from HomeTeam` of `call in 6 StrokeNurse from HomeTeam after 12 h`: what a line of a plan is about.
 * What changes most is the figures and times, so that the words before them tell the line from others.
 */
function withoutFigures(text: string): string {
  const words = (text.split(/[{"]/)[0] ?? '').replace(/[+-]?\b\d\S*/g, '');
  return plain(words.split(/\s(?:for|after|until|at|cost|by|speed|trained|supervised|returns)\b/)[0] ?? '');
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
