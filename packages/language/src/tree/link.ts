import type { AstNode, AstNodeDescription, LangiumDocument, LangiumSharedCoreServices } from 'langium';
import { DocumentState, MultiMap } from 'langium';
import { PathwayIndexManager } from '../scope/index-manager.js';

/**
 * Makes the names of parsed files known to one another, so that references resolve when they are first followed. A
 * compilation follows each of them once anyway, which saves the walks of a full build.
 */
export function linkOnDemand(documents: readonly LangiumDocument[], shared: LangiumSharedCoreServices): void {
  const { IndexManager } = shared.workspace;
  if (!(IndexManager instanceof PathwayIndexManager)) throw new Error('the names of Pathway need their own index');
  for (const document of documents) {
    IndexManager.publish(document);
    document.localSymbols = new MultiMap<AstNode, AstNodeDescription>();
    document.state = DocumentState.ComputedScopes;
  }
}
