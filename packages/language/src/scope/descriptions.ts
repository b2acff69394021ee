import type { AstNode, AstNodeDescription, LangiumDocument } from 'langium';
import { AstUtils, DefaultAstNodeDescriptionProvider } from 'langium';

/**
 * Describes what is declared by what the linker and the scopes ask for. Langium's own has places and paths too, which
 * nobody asks for here: the node is always at hand.
 */
export class PathwayDescriptions extends DefaultAstNodeDescriptionProvider {
  override createDescription(
    node: AstNode,
    name: string,
    document: LangiumDocument = AstUtils.getDocument(node),
  ): AstNodeDescription {
    return { node, name, type: node.$type, documentUri: document.uri, path: '' };
  }
}
