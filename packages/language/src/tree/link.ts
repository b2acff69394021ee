import type { AstNode, AstNodeDescription, LangiumDocument, LangiumSharedCoreServices } from 'langium';
import { DocumentState, MultiMap } from 'langium';

/**
 * Makes the names of parsed files known to one another, so that references resolve when they are first followed. A
 * compilation follows each of them once anyway, which saves the walks of a full build.
 */
export async function linkOnDemand(
  documents: readonly LangiumDocument[],
  shared: LangiumSharedCoreServices,
): Promise<void> {
  for (const document of documents) {
    await shared.workspace.IndexManager.updateContent(document);
    document.localSymbols = new MultiMap<AstNode, AstNodeDescription>();
    document.state = DocumentState.ComputedScopes;
  }
}
