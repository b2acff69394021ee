import type { BranchPlace, GraphNode, PathwayGraph } from '../graph/graph.js';
import { layersOf } from '../graph/layers.js';

/** A node's cell in the grid that the text itself gives: layer along the flow, lane, and order within both. */
export interface Cell {
  readonly node: GraphNode;
  readonly layer: number;
  readonly order: number;
}

/** Every node's cell. Order follows the branches of the text, so that an edit moves only what it touches. */
export function cellsOf(graph: PathwayGraph): { readonly cells: readonly Cell[]; readonly layerCount: number } {
  const layers = layersOf(graph.nodes, graph.edges);
  const lowest = Math.min(...layers.values(), 0);
  const position = new Map(graph.nodes.map((node, index) => [node, index] as const));
  const groups = new Map<number, GraphNode[]>();
  for (const node of graph.nodes) {
    const layer = (layers.get(node.id) ?? 0) - lowest;
    const group = groups.get(layer);
    if (group === undefined) groups.set(layer, [node]);
    else group.push(node);
  }
  const cells: Cell[] = [];
  const sortedLayers = [...groups.keys()].sort((a, b) => a - b);
  sortedLayers.forEach((key, layer) => {
    const group = groups.get(key) ?? [];
    const before = (a: GraphNode, b: GraphNode): number =>
      a.lane - b.lane || compareBranches(a.branchPath, b.branchPath) || (position.get(a) ?? 0) - (position.get(b) ?? 0);
    [...group].sort(before).forEach((node, order) => cells.push({ node, layer, order }));
  });
  return { cells, layerCount: sortedLayers.length };
}

/**
 * What goes straight on comes first; then what left it, the latest first, so that a way which left earlier stays
 * outside; branches of one choice in the order of the text.
 */
function compareBranches(a: readonly BranchPlace[], b: readonly BranchPlace[]): number {
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index++) {
    const [first, second] = [a[index], b[index]];
    if (first === undefined || second === undefined) break;
    const difference = second.block - first.block || first.branch - second.branch;
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
