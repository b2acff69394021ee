import type { GraphNode, PathwayGraph } from '../graph/graph.js';
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

function compareBranches(a: readonly number[], b: readonly number[]): number {
  const shared = Math.min(a.length, b.length);
  for (let index = 0; index < shared; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
