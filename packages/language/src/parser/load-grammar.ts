import type { AstNode, Grammar, Mutable } from 'langium';
import { DefaultAstNodeLocator, DocumentState, isAstNode, URI } from 'langium';
import { TextDocument } from 'vscode-languageserver-textdocument';

/**
 * The grammar as the parser is built from it, from the JSON that is generated.
 * @throws Error where a reference leads nowhere, which a generated grammar never has
 */
export function loadGrammar(json: string): Grammar {
  return linkGrammar(JSON.parse(json));
}

/**
 * The grammar with every node knowing what holds it and every reference leading to its target, from the tree of its nodes.
 * Langium's own loader brings the whole of its services along for that. The bundle of the server keeps the tree in fewer
 * words than JSON, and begins here.
 * @throws Error where a reference leads nowhere, which a generated grammar never has
 */
export function linkGrammar(grammar: unknown): Grammar {
  if (!isGrammar(grammar)) throw new Error('this is no grammar');
  link(grammar, grammar, new Map());
  const uri = URI.parse(`memory:/${grammar.name ?? 'grammar'}.langium`);
  const $document = {
    uri,
    state: DocumentState.Parsed,
    references: [],
    textDocument: TextDocument.create(uri.toString(), 'langium', 0, ''),
    parseResult: { value: grammar, parserErrors: [], lexerErrors: [] },
  };
  return Object.assign(grammar, { $document });
}

function isGrammar(value: unknown): value is Grammar {
  return isAstNode(value) && value.$type === 'Grammar';
}

/** References by the way to their targets, many of which are referred to often. */
type Known = Map<string, { readonly $refText: string; readonly ref: AstNode }>;

/** Lets every node below one know what holds it, and leads references to their targets. */
function link(node: AstNode, root: AstNode, known: Known): void {
  for (const [property, value] of Object.entries(node)) {
    if (typeof value !== 'object' || value === null || property.startsWith('$')) continue;
    if (Array.isArray(value)) {
      const members: unknown[] = value;
      for (const [index, member] of members.entries()) {
        if (isWrittenReference(member)) members[index] = targetOf(member, root, known);
        else hold(member, node, property, index, root, known);
      }
    } else if (isWrittenReference(value)) Reflect.set(node, property, targetOf(value, root, known));
    else hold(value, node, property, undefined, root, known);
  }
}

function hold(
  part: unknown,
  holder: AstNode,
  property: string,
  index: number | undefined,
  root: AstNode,
  known: Known,
): void {
  if (!isAstNode(part)) return;
  link(part, root, known);
  const held: Mutable<AstNode> = part;
  held.$container = holder;
  held.$containerProperty = property;
  if (index !== undefined) held.$containerIndex = index;
}

function targetOf(written: WrittenReference, root: AstNode, known: Known): { $refText: string; ref: AstNode } {
  const found = known.get(written.$ref);
  if (found !== undefined) return { $refText: written.$refText ?? found.$refText, ref: found.ref };
  const ref = new DefaultAstNodeLocator().getAstNode<AstNode & { name?: string }>(root, written.$ref.slice(1));
  if (ref === undefined) throw new Error(`the grammar has no ${written.$ref}`);
  known.set(written.$ref, { $refText: ref.name ?? '', ref });
  return { $refText: written.$refText ?? ref.name ?? '', ref };
}

interface WrittenReference {
  readonly $ref: string;
  readonly $refText?: string;
}

/** A reference as JSON has it: `#` and the way from the root. */
function isWrittenReference(value: unknown): value is WrittenReference {
  return typeof value === 'object' && value !== null && '$ref' in value && typeof value.$ref === 'string';
}
