import elkModule from 'elkjs/lib/elk.bundled.js';
import type { ElkExtendedEdge, ElkNode } from 'elkjs/lib/elk-api.js';
import type { GraphEdge, PathwayGraph } from '../graph/graph.js';
import { frame } from './frame.js';
import type { Direction, Layout, PlacedEdge, PlacedNode } from './layout.js';
import { placeLabel, placeNode } from './placement.js';
import { sizeOfLabel, sizeOfNode, type Sized } from './sizes.js';
import { orderInStages } from './stage-order.js';

/**
 * Places a graph whose lanes are stages: the flow goes through one after another, to the right or down, and each has its
 * lane across the flow. Ways inside a stage make it longer.
 * @throws Error when the engine fails, or stages come out mixed
 */
export async function layOutStages(graph: PathwayGraph, direction: Direction): Promise<Layout> {
  const ordered = orderInStages(graph);
  const sizes = new Map(ordered.map((node) => [node.id, sizeOfNode(node, direction, 0)] as const));
  const labels = new Map(
    graph.edges.flatMap((edge): [string, Sized][] => {
      const label = sizeOfLabel(edge);
      return label === undefined ? [] : [[edge.id, label]];
    }),
  );
  const lanes = new Map(ordered.map(({ id, lane }) => [id, lane] as const));
  const isBackwards = ({ from, to }: GraphEdge): boolean => (lanes.get(from) ?? 0) > (lanes.get(to) ?? 0);
  const root: ElkNode = {
    id: '\u0001root',
    layoutOptions: optionsFor(direction),
    children: [
      ...ordered.map(({ id, lane }): ElkNode => {
        const { width = 0, height = 0 } = sizes.get(id) ?? {};
        return { id, width, height, layoutOptions: { 'elk.partitioning.partition': String(2 * lane) } };
      }),
      ...graph.lanes.slice(1).map((_, lane) => layerForTexts(lane)),
    ],
    edges: graph.edges.map((edge): ElkExtendedEdge => {
      const [from, to] = isBackwards(edge) ? [edge.to, edge.from] : [edge.from, edge.to];
      const label = labels.get(edge.id);
      const text = label && { id: `${edge.id}\u0001label`, text: edge.label, width: label.width, height: label.height };
      return { id: edge.id, sources: [from], targets: [to], ...(text && { labels: [text] }) };
    }),
  };
  const result = await new elkModule.default().layout(root);
  const children = new Map((result.children ?? []).map((child) => [child.id, child] as const));
  const nodes = ordered.flatMap((node): PlacedNode[] => {
    const child = children.get(node.id);
    const sized = sizes.get(node.id);
    if (child === undefined || sized === undefined) return [];
    return [placeNode(node, node.lane, sized, { x: child.x ?? 0, y: child.y ?? 0 })];
  });
  const routes = new Map((result.edges ?? []).map((edge) => [edge.id, edge] as const));
  const edges = graph.edges.flatMap((edge): PlacedEdge[] => {
    const route = routes.get(edge.id);
    return route === undefined ? [] : [placeEdge(edge, route, labels.get(edge.id), isBackwards(edge))];
  });
  // Lanes lie across the flow here, so that they are framed as those of a flow that is turned.
  return frame(
    graph,
    direction === 'right' ? 'down' : 'right',
    nodes,
    edges,
    bordersBetween(graph, nodes, direction),
    [],
  );
}

/**
 * An invisible node alone between two stages: texts of ways stand in its layer, so that none pushes a node out of the
 * layer of its stage. Graph ids never start with a control character.
 */
function layerForTexts(lane: number): ElkNode {
  const layoutOptions = { 'elk.partitioning.partition': String(2 * lane + 1) };
  return { id: `\u0001texts${lane}`, width: 1, height: 1, layoutOptions };
}

function optionsFor(direction: Direction): Record<string, string> {
  return {
    'elk.algorithm': 'layered',
    'elk.direction': direction === 'down' ? 'DOWN' : 'RIGHT',
    'elk.edgeRouting': 'ORTHOGONAL',
    'elk.partitioning.activate': 'true',
    'elk.separateConnectedComponents': 'false',
    'elk.layered.considerModelOrder.strategy': 'PREFER_NODES',
    'elk.layered.crossingMinimization.forceNodeModelOrder': 'true',
    'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
    'elk.layered.edgeLabels.sideSelection': 'ALWAYS_UP',
    'elk.edgeLabels.placement': 'CENTER',
    'elk.spacing.nodeNode': '18',
    'elk.spacing.edgeNode': '14',
    'elk.spacing.edgeEdge': '10',
    'elk.layered.spacing.nodeNodeBetweenLayers': '22',
    'elk.layered.spacing.edgeNodeBetweenLayers': '14',
    'elk.layered.spacing.edgeEdgeBetweenLayers': '10',
    'elk.spacing.edgeLabel': '3',
  };
}

function placeEdge(
  edge: GraphEdge,
  route: ElkExtendedEdge,
  sized: Sized | undefined,
  isBackwards: boolean,
): PlacedEdge {
  const forward = (route.sections ?? []).flatMap((section) => [
    section.startPoint,
    ...(section.bendPoints ?? []),
    section.endPoint,
  ]);
  const points = isBackwards ? forward.reverse() : forward;
  const label = route.labels?.[0];
  if (sized === undefined || label === undefined) return { edge, points };
  return { edge, points, label: placeLabel(sized, { x: label.x ?? 0, y: label.y ?? 0 }) };
}

/**
 * Half way between the nodes of a stage and those of the next.
 * @throws Error when a node of one stands beside a node of the next
 */
function bordersBetween(
  { lanes }: PathwayGraph,
  nodes: readonly PlacedNode[],
  direction: Direction,
): readonly number[] {
  const reach = lanes.map((_, lane) => {
    const boxes = nodes.filter(({ node }) => node.lane === lane).map(({ box }) => box);
    const starts = boxes.map(({ x, y }) => (direction === 'right' ? x : y));
    const ends = boxes.map(({ x, y, width, height }) => (direction === 'right' ? x + width : y + height));
    return { start: Math.min(...starts), end: Math.max(...ends) };
  });
  return reach.slice(1).map(({ start }, index) => {
    const before = reach[index]?.end ?? start;
    if (start < before) throw new Error('stages came out mixed');
    return (before + start) / 2;
  });
}
