import { type FlowTree, isNothing, sequence } from './flow-tree.js';

/** The same tree with blocks directly inside blocks of the same kind drawn together, as people would write it. */
export function simplify(tree: FlowTree): FlowTree {
  switch (tree.kind) {
    case 'step':
      return tree;
    case 'sequence':
      return sequence(tree.parts.map(simplify));
    case 'loop':
      return { ...tree, body: simplify(tree.body), redo: simplify(tree.redo) };
    case 'parallel': {
      const branches = tree.branches
        .map(simplify)
        .flatMap((branch) => (branch.kind === 'parallel' ? branch.branches : [branch]))
        .filter((branch) => !isNothing(branch));
      return branches.length === 1 ? branches[0]! : { ...tree, branches };
    }
    case 'choice': {
      const branches = tree.branches
        .map(simplify)
        .flatMap((branch) => (branch.kind === 'choice' ? branch.branches : [branch]));
      const [nothing] = branches.filter(isNothing);
      const others = branches.filter((branch) => !isNothing(branch));
      const all = nothing === undefined ? others : [...others, nothing];
      return all.length === 1 ? all[0]! : { ...tree, branches: all };
    }
  }
}
