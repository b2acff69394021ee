import type { AstNode, AstNodeDescription, CstNode, LinkingError, Reference } from 'langium';
import { DefaultLinker } from 'langium';
import { PathwayReference } from '../tree/reference.js';
import { isReading, noteTarget, withoutReads } from '../tree/reads.js';

/** What Langium keeps in a reference that is being followed. */
interface OpenReference extends Reference {
  _ref?: AstNode | LinkingError;
  _nodeDescription?: AstNodeDescription;
}

/** Langium's linker, which notes where names lead. What is looked at to find that out is the linker's own affair. */
export class PathwayLinker extends DefaultLinker {
  override buildReference(node: AstNode, property: string, refNode: CstNode | undefined, refText: string): Reference {
    return new PathwayReference(this.referenceResolver, node, property, refNode, refText);
  }

  protected override resolveReference(reference: OpenReference, node: AstNode, property: string): AstNode | undefined {
    if (!isReading()) return super.resolveReference(reference, node, property);
    const target = withoutReads(() => super.resolveReference(reference, node, property));
    if (target !== undefined) noteTarget(target);
    return target;
  }
}
