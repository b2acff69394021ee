import elkModule from 'elkjs/lib/elk.bundled.js';
import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js';
import type { PathwayGraph } from '../graph/graph.js';
import { borderId, prepareGraph, type PreparedGraph } from './elk-graph.js';
import { frame } from './frame.js';
import type { Direction, Layout, PlacedEdge, PlacedNode } from './layout.js';
import { placeLabel, placeNode, touchShape } from './placement.js';

/**
 * Layout by the Eclipse Layout Kernel. It computes without pause and cannot be interrupted: a host that must answer
 * in time runs it in a worker and ends that.
 * @throws Error when the engine fails
 */
export async function layOutWithElk(graph: PathwayGraph, direction: Direction): Promise<Layout> {
  const prepared = prepareGraph(graph, direction);
  const elk = new elkModule.default();
  const result = await elk.layout(prepared.root);
  const children = new Map((result.children ?? []).map((child) => [child.id, child] as const));
  const nodes = prepared.cells.flatMap(({ node, layer }): PlacedNode[] => {
    const child = children.get(node.id);
    const sized = prepared.sizes.get(node.id);
    if (child === undefined || sized === undefined) return [];
    return [placeNode(node, layer, sized, { x: child.x ?? 0, y: child.y ?? 0 })];
  });
  const byId = new Map(nodes.map((placed) => [placed.node.id, placed] as const));
  const drawn = new Map((result.edges ?? []).map((edge) => [edge.id, edge] as const));
  const edges = graph.edges.flatMap((edge): PlacedEdge[] => {
    const route = drawn.get(edge.id);
    return route === undefined ? [] : [placeEdge(edge, route, prepared, byId)];
  });
  return frame(graph, direction, nodes, edges, readBorders(prepared, children), []);
}

function placeEdge(
  edge: PathwayGraph['edges'][number],
  route: ElkExtendedEdge,
  prepared: PreparedGraph,
  nodes: ReadonlyMap<string, PlacedNode>,
): PlacedEdge {
  const points = (route.sections ?? []).flatMap((section) => [
    section.startPoint,
    ...(section.bendPoints ?? []),
    section.endPoint,
  ]);
  const from = nodes.get(edge.from);
  const to = nodes.get(edge.to);
  const [first, second] = points;
  const last = points.at(-1);
  const beforeLast = points.at(-2);
  if (from !== undefined && first !== undefined && second !== undefined) points[0] = touchShape(first, second, from);
  if (to !== undefined && last !== undefined && beforeLast !== undefined) {
    points[points.length - 1] = touchShape(last, beforeLast, to);
  }
  const sized = prepared.labels.get(edge.id);
  const label = route.labels?.[0];
  if (sized === undefined || label === undefined) return { edge, points };
  return { edge, points, label: placeLabel(sized, { x: label.x ?? 0, y: label.y ?? 0 }) };
}

/**
 * Where the chains of invisible nodes came to stand, across the flow.
 * @throws Error when a chain is not straight, so that no lane border would be true
 */
function readBorders(prepared: PreparedGraph, children: ReadonlyMap<string, ElkNode>): readonly number[] {
  const borders: number[] = [];
  for (let lane = 0; lane < prepared.graph.lanes.length - 1; lane++) {
    const places: number[] = [];
    for (let layer = 0; layer < prepared.layerCount; layer++) {
      const { x = 0, y = 0, width = 0, height = 0 } = children.get(borderId(lane, layer)) ?? {};
      places.push(prepared.direction === 'down' ? x + width / 2 : y + height / 2);
    }
    const first = places[0] ?? 0;
    if (places.some((place) => Math.abs(place - first) > 1)) throw new Error('a border between lanes came out bent');
    borders.push(first);
  }
  return borders;
}
