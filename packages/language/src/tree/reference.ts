import type { AstNode, AstNodeDescription, CstNode, LinkingError, Reference } from 'langium';
import { isLinkingError } from 'langium';
import { cstAt, type TextPlace } from './text-place.js';

/** Finds what references lead to. */
export interface Resolver {
  resolveReference(reference: PathwayReference, container: AstNode, property: string): AstNode | undefined;
}

/** A name that leads somewhere, found when it is first followed; Langium's, whose text can be packed. */
export class PathwayReference implements Reference {
  declare readonly ref: AstNode | undefined;
  declare readonly error?: LinkingError;
  declare readonly $refNode?: CstNode;
  declare readonly $nodeDescription?: AstNodeDescription;
  /** What the linker has found. */
  declare _ref?: AstNode | LinkingError;
  declare _nodeDescription?: AstNodeDescription;
  readonly resolver: Resolver;
  /** The node whose property this is. */
  container: AstNode;
  readonly property: string;
  readonly $refText: string;
  $place: TextPlace;

  constructor(resolver: Resolver, container: AstNode, property: string, place: CstNode | undefined, text: string) {
    this.resolver = resolver;
    this.container = container;
    this.property = property;
    this.$place = place;
    this.$refText = text;
    Object.assign(this, NOT_FOLLOWED);
  }
}

/** What Langium's linker looks for in a reference; there from the start, it has its place in the object itself. */
const NOT_FOLLOWED = { _ref: undefined, _nodeDescription: undefined };

Object.defineProperties(PathwayReference.prototype, {
  ref: {
    get(this: PathwayReference): AstNode | undefined {
      return this.resolver.resolveReference(this, this.container, this.property);
    },
  },
  error: {
    get(this: PathwayReference): LinkingError | undefined {
      return isLinkingError(this._ref) ? this._ref : undefined;
    },
  },
  $refNode: {
    get(this: PathwayReference): CstNode | undefined {
      return cstAt(this.$place, this.container);
    },
  },
  $nodeDescription: {
    get(this: PathwayReference): AstNodeDescription | undefined {
      return this._nodeDescription;
    },
  },
});
