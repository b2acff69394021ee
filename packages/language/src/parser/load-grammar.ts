import type { AstNode, Grammar } from 'langium';
import { DefaultAstNodeLocator, DocumentState, isAstNode, URI } from 'langium';
import { TextDocument } from 'vscode-languageserver-textdocument';

/**
 * The grammar as the parser is built from it: the JSON that is generated, with every node knowing what holds it and every
 * reference leading to its target. Langium's own loader brings the whole of its services along for that.
 * @throws Error where a reference leads nowhere, which a generated grammar never has
 */
export function loadGrammar(json: string): Grammar {
  const grammar: unknown = JSON.parse(json);
  if (!isGrammar(grammar)) throw new Error('this is no grammar');
  link(grammar, grammar, new DefaultAstNodeLocator());
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

function link(node: AstNode, root: AstNode, locator: DefaultAstNodeLocator): void {
  const revived = (value: unknown, property: string, index?: number): unknown => {
    if (isWrittenReference(value)) {
      const ref = locator.getAstNode<AstNode & { name?: string }>(root, value.$ref.slice(1));
      if (ref === undefined) throw new Error(`the grammar has no ${value.$ref}`);
      return { $refText: value.$refText ?? ref.name ?? '', ref };
    }
    if (isAstNode(value)) {
      link(value, root, locator);
      Object.assign(value, { $container: node, $containerProperty: property, $containerIndex: index });
    }
    return value;
  };
  for (const [property, value] of Object.entries(node)) {
    const linked = Array.isArray(value)
      ? value.map((each: unknown, index) => revived(each, property, index))
      : revived(value, property);
    Object.assign(node, { [property]: linked });
  }
}

/** A reference as JSON has it: `#` and the way from the root. */
function isWrittenReference(value: unknown): value is { readonly $ref: string; readonly $refText?: string } {
  return typeof value === 'object' && value !== null && '$ref' in value && typeof value.$ref === 'string';
}
