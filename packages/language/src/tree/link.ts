import type { AstNode, AstNodeDescription, LangiumDocument, LangiumSharedCoreServices, Reference } from 'langium';
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

/** What Langium keeps in a reference that has been followed. */
export interface FollowedReference extends Reference {
  _ref?: unknown;
  _nodeDescription?: AstNodeDescription | undefined;
}

/** Whether a reference leads to one thing, as all of Pathway do. */
export function isSingle(reference: LangiumDocument['references'][number]): reference is FollowedReference {
  return '_ref' in reference;
}

/** Takes back what a reference leads to, so that it is looked up when it is followed again. */
export function forgetLink(reference: FollowedReference): void {
  reference._ref = undefined;
  reference._nodeDescription = undefined;
}

/** Takes back what all references of a file lead to. */
export function forgetLinks(document: LangiumDocument): void {
  for (const reference of document.references) if (isSingle(reference)) forgetLink(reference);
  document.references = document.references.filter((reference) => !isSingle(reference));
}
