import type { Patch, Response } from './response.js';

/** A place that several activities stand for: what is measured of it, pays for it or leads to it means these. */
export interface StandIn {
  readonly place: string;
  /** Ids, in the order in which they are passed; the first is where the place begins, the last where it ends. */
  readonly activities: readonly string[];
}

/** A patch with the response that it belongs to. */
export interface PatchOf {
  readonly response: Response;
  readonly patch: Patch;
}

export type CompositionProblem =
  /** Both change the same place, and nothing says which has the last word. */
  | { readonly kind: 'conflict'; readonly place: string; readonly first: PatchOf; readonly second: PatchOf }
  /** The place is not there any more when its turn comes; `after` is the patch that took it away, where known. */
  | { readonly kind: 'missing'; readonly place: string; readonly patch: PatchOf; readonly after?: PatchOf };
