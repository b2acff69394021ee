/**
 * What may happen in a pathway, as a tree of blocks. The place of a block says where it stands in the pathway that the
 * tree was made from, so that what is counted can be told of it; copies of a block share their place.
 */
export type FlowTree =
  | FlowStep
  | { readonly kind: 'sequence'; readonly parts: readonly FlowTree[] }
  | FlowChoice
  | { readonly kind: 'parallel'; readonly place: string; readonly branches: readonly FlowTree[] }
  | FlowLoop;

/** `label` is the number of the activity whose events it leaves; undefined for a step that leaves none. */
interface FlowStep {
  readonly kind: 'step';
  readonly label: number | undefined;
  readonly place: string;
}

/** One branch of several. `numbers` are those of the branches at their place, where not all of them stand here. */
interface FlowChoice {
  readonly kind: 'choice';
  readonly place: string;
  readonly branches: readonly FlowTree[];
  readonly numbers?: readonly number[];
}

/** `body`, then any number of times `redo` and `body` again. */
interface FlowLoop {
  readonly kind: 'loop';
  readonly place: string;
  readonly body: FlowTree;
  readonly redo: FlowTree;
}

export const NOTHING: FlowTree = Object.freeze({ kind: 'sequence', parts: Object.freeze([]) });

export function isNothing(tree: FlowTree): boolean {
  return tree.kind === 'sequence' && tree.parts.length === 0;
}

export function sequence(parts: readonly FlowTree[]): FlowTree {
  const flat = parts.flatMap((part) => (part.kind === 'sequence' ? part.parts : [part]));
  return flat.length === 1 ? flat[0]! : { kind: 'sequence', parts: flat };
}

/** The labels that occur in a tree. */
export function labelsOf(tree: FlowTree, into = new Set<number>()): Set<number> {
  switch (tree.kind) {
    case 'step':
      if (tree.label !== undefined) into.add(tree.label);
      break;
    case 'sequence':
      for (const part of tree.parts) labelsOf(part, into);
      break;
    case 'choice':
    case 'parallel':
      for (const branch of tree.branches) labelsOf(branch, into);
      break;
    case 'loop':
      labelsOf(tree.body, into);
      labelsOf(tree.redo, into);
  }
  return into;
}
