import type { AstNode, CstNode, LeafCstNode, RootCstNode } from 'langium';
import { AstUtils, CstUtils, GrammarAST, isAstNode } from 'langium';
import * as ast from '../generated/ast.js';

/** A token or a comment of a file, with what the printer wants to know of it. */
export interface Element {
  readonly kind: 'token' | 'lineComment' | 'blockComment';
  readonly text: string;
  /** Line breaks between the element before and this one, in the text as it is. */
  readonly breaks: number;
  /** Type of the token: a keyword's text, or the terminal's name. */
  readonly type: string;
  /** Grammar rule that the token belongs to. */
  readonly rule: string;
  /** True for the first token of whatever stands on a line of its own: a declaration, a property, a step, a case. */
  readonly leads: boolean;
}

/** Properties of syntax nodes that hold what stands on lines of its own. */
const LINES = [
  'imports',
  'declarations',
  'items',
  'properties',
  'activities',
  'branches',
  'settings',
  'conversions',
  'plans',
  'cases',
  'columns',
  'titles',
  'bindings',
  'rates',
  'ratings',
  'anchors',
];

/** The tokens and comments of a file in their order. */
export function elementsOf(document: AstNode, root: RootCstNode): Element[] {
  const starts = lineStarts(document);
  const elements: Element[] = [];
  let end = 0;
  for (const leaf of CstUtils.flattenCst(root)) {
    const gap = root.fullText.slice(end, leaf.offset);
    end = leaf.end;
    if (leaf.tokenType.name === 'WS') continue;
    const breaks = gap.match(/\r\n|\r|\n/g)?.length ?? 0;
    const rule = leaf.hidden ? '' : ruleOf(leaf);
    const joins = rule === 'SourceReference' && breaks === 0 && endsProperty(elements[elements.length - 1]);
    elements.push({
      kind: kindOf(leaf),
      text: leaf.text.replaceAll(/\r\n?/g, '\n'),
      breaks,
      type: leaf.tokenType.name,
      rule,
      leads: !leaf.hidden && starts.has(leaf.offset) && !joins,
    });
  }
  return elements;
}

/** A `source` written on the line of a property says what that one rests on, and stays there. */
function endsProperty(before: Element | undefined): boolean {
  return before?.kind === 'token' && before.type !== '{' && before.type !== '}';
}

function kindOf(leaf: LeafCstNode): Element['kind'] {
  if (leaf.tokenType.name === 'SL_COMMENT') return 'lineComment';
  return leaf.tokenType.name === 'ML_COMMENT' ? 'blockComment' : 'token';
}

function ruleOf(leaf: CstNode): string {
  return AstUtils.getContainerOfType(leaf.grammarSource, GrammarAST.isParserRule)?.name ?? '';
}

/** Levels that are explained have a line each; short ones stand together. */
function hasTitledLevels(node: AstNode): boolean {
  return ast.isScale(node) && node.levels.some(({ title }) => title !== undefined);
}

/** What a template needs is said in one line, with all that it has to be. */
function standsInALine(node: AstNode): boolean {
  return ast.isRequirement(node.$container) && !ast.isAgreement(node);
}

function lineStarts(document: AstNode): Set<number> {
  const starts = new Set<number>();
  for (const node of AstUtils.streamAst(document)) {
    if (standsInALine(node)) continue;
    const properties = new Map<string, unknown>(Object.entries(node));
    for (const name of hasTitledLevels(node) ? [...LINES, 'levels'] : LINES) {
      const children = properties.get(name);
      if (!Array.isArray(children)) continue;
      for (const child of children)
        if (isAstNode(child) && child.$cstNode !== undefined) starts.add(child.$cstNode.offset);
    }
  }
  return starts;
}
