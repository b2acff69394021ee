import { type AstNode, CstUtils } from 'langium';
import type {
  DocumentSymbol,
  FoldingRange,
  Position,
  Range,
  SelectionRange,
  WorkspaceSymbol,
} from 'vscode-languageserver-types';
import { FoldingRangeKind, SymbolKind } from 'vscode-languageserver-types';
import * as ast from '../generated/ast.js';
import { exportedSymbols } from '../scope/symbols.js';
import { nodesOf } from '../tree/nodes.js';
import { activityName } from '../validation/references.js';
import { cstRange, declarationLocation, headRange, isNamed, nodeAt, spotAt } from './places.js';
import { type EditorProject, isForeign } from './project.js';

const KINDS: Readonly<Record<string, SymbolKind>> = {
  Import: SymbolKind.Module,
  Source: SymbolKind.File,
  Territory: SymbolKind.Namespace,
  Organisation: SymbolKind.Package,
  Skill: SymbolKind.Key,
  SkillLevel: SymbolKind.EnumMember,
  Role: SymbolKind.Interface,
  Shift: SymbolKind.Event,
  Staff: SymbolKind.Array,
  Resource: SymbolKind.Object,
  Stock: SymbolKind.Object,
  Travel: SymbolKind.Function,
  NumberDeclaration: SymbolKind.Constant,
  Cohort: SymbolKind.Struct,
  Attribute: SymbolKind.Field,
  CategoryOption: SymbolKind.EnumMember,
  Pathway: SymbolKind.Class,
  Step: SymbolKind.Method,
  Hold: SymbolKind.Method,
  Branch: SymbolKind.EnumMember,
  TogetherBranch: SymbolKind.EnumMember,
  Finish: SymbolKind.EnumMember,
  Indicator: SymbolKind.Property,
  Expectation: SymbolKind.Boolean,
  Scale: SymbolKind.Enum,
  ScaleLevel: SymbolKind.EnumMember,
  Signal: SymbolKind.Variable,
  Gauge: SymbolKind.Variable,
  Trigger: SymbolKind.Event,
  Crisis: SymbolKind.Event,
  Response: SymbolKind.Event,
  Scenario: SymbolKind.Struct,
  Study: SymbolKind.Class,
};

/** How editors mark a kind of thing. */
function symbolKind(type: string): SymbolKind {
  return KINDS[type] ?? SymbolKind.Operator;
}

/** What stands in a file, nested as it is written. */
export function documentSymbols(project: EditorProject, file: string): DocumentSymbol[] {
  return project.root(file)?.declarations.flatMap((node) => symbolsOf(node)) ?? [];
}

function symbolsOf(node: AstNode): DocumentSymbol[] {
  const inside = childrenOf(node).flatMap((child) => symbolsOf(child));
  const name = symbolName(node);
  if (name === undefined || node.$cstNode === undefined) return inside;
  const title = 'title' in node && typeof node.title === 'string' ? node.title : undefined;
  return [
    {
      name,
      kind: symbolKind(node.$type),
      ...(title !== undefined && { detail: title }),
      range: cstRange(node.$cstNode),
      selectionRange: headRange(node),
      ...(inside.length > 0 && { children: inside }),
    },
  ];
}

const BLOCKS: ReadonlySet<string> = new Set(['Hold', 'Choose', 'Together', 'Race', 'Gather', 'Repeat', 'Wait', 'Call']);

function symbolName(node: AstNode): string | undefined {
  if (isNamed(node)) return node.name === '' ? undefined : node.name;
  const firstLine = node.$cstNode?.text.split(/[{\r\n]/)[0]?.trim();
  if (ast.isStaff(node) || ast.isExpectation(node) || ast.isApproval(node) || ast.isTranslation(node)) return firstLine;
  if (ast.isBranch(node)) return firstLine === '' ? undefined : firstLine;
  if (BLOCKS.has(node.$type)) return firstLine ?? activityName(node);
  return undefined;
}

function childrenOf(node: AstNode): AstNode[] {
  const found: AstNode[] = [];
  for (const [key, value] of Object.entries(node)) {
    if (key.startsWith('$')) continue;
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    for (const child of values) if (isTree(child)) found.push(child);
  }
  return found.sort((a, b) => (a.$cstNode?.offset ?? 0) - (b.$cstNode?.offset ?? 0));
}

function isTree(value: unknown): value is AstNode {
  return typeof value === 'object' && value !== null && '$type' in value && '$cstNode' in value;
}

/** What the project declares under names that have all letters of a query in their order, the nearest first. */
export function workspaceSymbols(project: EditorProject, query: string): WorkspaceSymbol[] {
  const found: { readonly symbol: WorkspaceSymbol; readonly rank: number }[] = [];
  for (const { file, root } of project.roots) {
    if (isForeign(file)) continue;
    const seen = new Map<AstNode, string>();
    for (const { name, node } of exportedSymbols(root)) seen.set(node, name);
    for (const [node, name] of seen) {
      const title = 'title' in node && typeof node.title === 'string' ? node.title : '';
      const rank = Math.min(matchRank(name, query), 1 + matchRank(title, query));
      if (!Number.isFinite(rank)) continue;
      const dot = name.lastIndexOf('.');
      found.push({
        rank,
        symbol: {
          name: name.slice(dot + 1),
          kind: symbolKind(node.$type),
          ...(dot > 0 ? { containerName: name.slice(0, dot) } : title !== '' && { containerName: title }),
          location: declarationLocation(project, node),
        },
      });
    }
  }
  return found.sort((a, b) => a.rank - b.rank).map(({ symbol }) => symbol);
}

/** 0 for the same text, more the further its letters are apart; infinite where one is missing. */
function matchRank(text: string, query: string): number {
  const wanted = [...query.toLowerCase()].filter((letter) => letter.trim() !== '');
  const letters = [...text.toLowerCase()];
  let at = 0;
  let gaps = 0;
  for (const letter of wanted) {
    const next = letters.indexOf(letter, at);
    if (next < 0) return Infinity;
    gaps += next - at;
    at = next + 1;
  }
  return gaps + (letters.length - wanted.length) / 1000;
}

/** Blocks, comments of several lines, imports, and what stands between `#region` and `#endregion`. */
export function foldingRanges(project: EditorProject, file: string): FoldingRange[] {
  const loaded = project.file(file);
  const root = project.root(file);
  if (loaded === undefined || root === undefined) return [];
  const found: FoldingRange[] = [];
  for (const node of nodesOf(root)) {
    const { start, end } = cstRange(node.$cstNode);
    if (end.line > start.line && node.$cstNode?.text.endsWith('}') === true)
      found.push({ startLine: start.line, endLine: end.line - 1 });
  }
  const [first] = root.imports;
  const last = root.imports.at(-1);
  if (first !== undefined && last !== undefined && first !== last) {
    const lines = [cstRange(first.$cstNode).start.line, cstRange(last.$cstNode).end.line] as const;
    found.push({ startLine: lines[0], endLine: lines[1], kind: FoldingRangeKind.Imports });
  }
  found.push(...commentFolds(root), ...regionFolds(loaded.text));
  const seen = new Set<number>();
  return found.filter(({ startLine, endLine }) => endLine > startLine && !seen.has(startLine) && seen.add(startLine));
}

function commentFolds(root: ast.Document): FoldingRange[] {
  if (root.$cstNode === undefined) return [];
  const folds: FoldingRange[] = [];
  for (const leaf of CstUtils.flattenCst(root.$cstNode)) {
    const { start, end } = leaf.range;
    if (leaf.hidden && end.line > start.line)
      folds.push({ startLine: start.line, endLine: end.line, kind: FoldingRangeKind.Comment });
  }
  return folds;
}

function regionFolds(text: string): FoldingRange[] {
  const folds: FoldingRange[] = [];
  const open: number[] = [];
  for (const [line, content] of text.split(/\r?\n/).entries()) {
    if (/^\s*\/\/\s*#region\b/.test(content)) open.push(line);
    const startLine = /^\s*\/\/\s*#endregion\b/.test(content) ? open.pop() : undefined;
    if (startLine !== undefined) folds.push({ startLine, endLine: line, kind: FoldingRangeKind.Region });
  }
  return folds;
}

/** What a selection at a place grows to, step by step: the word, then each thing around it. */
export function selectionRanges(
  project: EditorProject,
  file: string,
  positions: readonly Position[],
): SelectionRange[] {
  return positions.map((position) => {
    const spot = spotAt(project, file, position);
    const around: Range[] = [];
    if (spot?.root.$cstNode !== undefined) {
      const leaf = CstUtils.findLeafNodeAtOffset(spot.root.$cstNode, spot.offset);
      if (leaf !== undefined && !leaf.hidden) around.push(leaf.range);
      let node: AstNode | undefined = nodeAt(spot.root, spot.offset);
      for (; node !== undefined; node = node.$container) around.push(cstRange(node.$cstNode));
    }
    const outermostFirst = around.reverse();
    let chain: SelectionRange | undefined;
    for (const range of outermostFirst) {
      if (chain !== undefined && sameRange(chain.range, range)) continue;
      chain = chain === undefined ? { range } : { range, parent: chain };
    }
    return chain ?? { range: { start: position, end: position } };
  });
}

function sameRange(a: Range, b: Range): boolean {
  return (
    a.start.line === b.start.line &&
    a.start.character === b.start.character &&
    a.end.line === b.end.line &&
    a.end.character === b.end.character
  );
}
