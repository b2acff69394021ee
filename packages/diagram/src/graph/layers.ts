import type { GraphEdge, GraphNode } from './graph.js';

/**
 * The layer of every node, counted from 0 along the flow: one more than the deepest node before it. Starts and the
 * far ends of connectors stand directly before what they lead to. Needs nodes and edges in the order of the text.
 */
export function layersOf(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): ReadonlyMap<string, number> {
  const layers = new Map(nodes.map((node) => [node.id, 0]));
  const forward = edges.filter((edge) => edge.kind === 'flow');
  const outgoing = groupByFrom(forward);
  for (const node of nodes) {
    const layer = layers.get(node.id) ?? 0;
    for (const edge of outgoing.get(node.id) ?? []) {
      layers.set(edge.to, Math.max(layers.get(edge.to) ?? 0, layer + 1));
    }
  }
  const entered = new Set(forward.map((edge) => edge.to));
  for (const node of nodes) {
    if (entered.has(node.id)) continue;
    const next = (outgoing.get(node.id) ?? []).map((edge) => layers.get(edge.to) ?? 0);
    if (next.length > 0) layers.set(node.id, Math.min(...next) - 1);
  }
  return layers;
}

function groupByFrom(edges: readonly GraphEdge[]): ReadonlyMap<string, readonly GraphEdge[]> {
  const groups = new Map<string, GraphEdge[]>();
  for (const edge of edges) {
    const group = groups.get(edge.from);
    if (group === undefined) groups.set(edge.from, [edge]);
    else group.push(edge);
  }
  return groups;
}
