import type { AstNode, AstNodeDescription, LangiumDocument, LocalSymbols } from 'langium';
import { DefaultScopeComputation, MultiMap } from 'langium';
import * as ast from '../generated/ast.js';
import { exportedSymbols } from './symbols.js';

/** Publishes what a file declares, nested names with the name of what holds them. */
export class PathwayScopeComputation extends DefaultScopeComputation {
  override collectExportedSymbols(document: LangiumDocument): Promise<AstNodeDescription[]> {
    return Promise.resolve(this.exportedBy(document));
  }

  /** What other files can refer to. */
  exportedBy(document: LangiumDocument): AstNodeDescription[] {
    const root = document.parseResult.value;
    const descriptions: AstNodeDescription[] = [];
    if (ast.isDocument(root)) {
      for (const { name, node } of exportedSymbols(root)) {
        descriptions.push(this.descriptions.createDescription(node, name, document));
      }
    }
    return descriptions;
  }

  /** Nothing is local by nesting alone: the scope provider decides by the place. */
  override collectLocalSymbols(): Promise<LocalSymbols> {
    return Promise.resolve(new MultiMap<AstNode, AstNodeDescription>());
  }
}
