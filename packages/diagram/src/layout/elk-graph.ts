import type { ElkExtendedEdge, ElkNode, ElkPort } from 'elkjs/lib/elk-api.js';
import type { GraphEdge, PathwayGraph } from '../graph/graph.js';
import { cellsOf, type Cell } from './order.js';
import type { Direction } from './layout.js';
import { arrangeWays, Ports, RETURN_IN, SIDES, type Departure } from './ports.js';
import { sizeOfLabel, type Sized } from './sizes.js';

/** Distance of two lanes' contents on either side of their border, and other spaces, in pixels. */
const LANE_GAP = 30;
const SPACES = { node: 30, layer: 26, edgeNode: 14, edge: 10 };

/** What goes into the layout engine, and what is needed to read its answer. */
export interface PreparedGraph {
  readonly graph: PathwayGraph;
  readonly direction: Direction;
  readonly cells: readonly Cell[];
  readonly layerCount: number;
  readonly sizes: ReadonlyMap<string, Sized>;
  readonly labels: ReadonlyMap<string, Sized>;
  readonly root: ElkNode;
}

/** Ids of the invisible nodes that hold the border after a lane straight; graph ids never start with a control character. */
export function borderId(lane: number, layer: number): string {
  return `\u0001border${lane}.${layer}`;
}

/**
 * The graph as the layered algorithm of ELK takes it. ELK knows no swimlanes: every node gets the coordinates of
 * its cell, the interactive strategies keep layers and order, and each lane border is a chain of invisible nodes
 * whose straightness outweighs everything else.
 */
export function prepareGraph(graph: PathwayGraph, direction: Direction): PreparedGraph {
  const { cells, layerCount } = cellsOf(graph);
  const labels = new Map<string, Sized>();
  for (const edge of graph.edges) {
    const label = sizeOfLabel(edge);
    if (label !== undefined) labels.set(edge.id, label);
  }
  const byId = new Map(cells.map((cell) => [cell.node.id, cell] as const));
  const { sizes, departures } = arrangeWays(graph, byId, direction);
  const children = new Map(cells.map((cell) => [cell.node.id, childOf(cell, direction, sizes)] as const));
  const ports = new Ports(children, sizes);
  const edges = graph.edges.map((edge) =>
    elkEdge(edge, byId, ports, departures.get(edge.id), labels.get(edge.id), direction),
  );
  const borders = bordersOf(graph, layerCount, direction);
  const root: ElkNode = {
    id: '\u0001root',
    layoutOptions: optionsFor(direction),
    children: [...children.values(), ...borders.nodes],
    edges: [...edges, ...borders.edges],
  };
  return { graph, direction, cells, layerCount, sizes, labels, root };
}

function optionsFor(direction: Direction): Record<string, string> {
  return {
    'elk.algorithm': 'layered',
    'elk.direction': direction === 'down' ? 'DOWN' : 'RIGHT',
    'elk.edgeRouting': 'ORTHOGONAL',
    'elk.separateConnectedComponents': 'false',
    'elk.layered.cycleBreaking.strategy': 'INTERACTIVE',
    'elk.layered.layering.strategy': 'INTERACTIVE',
    'elk.layered.crossingMinimization.semiInteractive': 'true',
    'elk.layered.crossingMinimization.greedySwitch.type': 'OFF',
    'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
    'elk.layered.thoroughness': '1',
    'elk.layered.edgeLabels.sideSelection': 'ALWAYS_UP',
    'elk.spacing.nodeNode': String(SPACES.node),
    'elk.spacing.edgeNode': String(SPACES.edgeNode),
    'elk.spacing.edgeEdge': String(SPACES.edge),
    'elk.layered.spacing.nodeNodeBetweenLayers': String(SPACES.layer),
    'elk.layered.spacing.edgeNodeBetweenLayers': String(SPACES.edgeNode),
    'elk.layered.spacing.edgeEdgeBetweenLayers': String(SPACES.edge),
    'elk.spacing.edgeLabel': '3',
    'elk.spacing.nodeSelfLoop': '18',
  };
}

/** Coordinates that tell the interactive strategies layer and order of a node. */
function hint(
  layer: number,
  across: number,
  direction: Direction,
): { x: number; y: number; layoutOptions: Record<string, string> } {
  const along = layer * 10_000;
  const place = direction === 'down' ? { x: across, y: along } : { x: along, y: across };
  return { ...place, layoutOptions: { 'elk.position': `(${place.x},${place.y})` } };
}

type Child = ElkNode & { ports: ElkPort[] };

function childOf(cell: Cell, direction: Direction, sizes: ReadonlyMap<string, Sized>): Child {
  const size = sizes.get(cell.node.id);
  const place = hint(cell.layer, cell.node.lane * 100_000 + cell.order * 100 + 50, direction);
  const isBar = cell.node.kind === 'fork' || cell.node.kind === 'join';
  return {
    ...place,
    id: cell.node.id,
    width: size?.width ?? 0,
    height: size?.height ?? 0,
    ports: [],
    layoutOptions: { ...place.layoutOptions, 'elk.portConstraints': isBar ? 'FIXED_SIDE' : 'FIXED_POS' },
  };
}

function elkEdge(
  edge: GraphEdge,
  cells: ReadonlyMap<string, Cell>,
  ports: Ports,
  departure: Departure | undefined,
  label: Sized | undefined,
  direction: Direction,
): ElkExtendedEdge {
  const sides = SIDES[direction];
  const from = cells.get(edge.from);
  const to = cells.get(edge.to);
  if (from === undefined || to === undefined || departure === undefined) {
    throw new RangeError(`the way ${edge.id} leads to a node that is not there`);
  }
  const back = edge.kind === 'return';
  const near = !back && from.node.lane === to.node.lane && to.layer - from.layer === 1;
  const straightness = back ? 4 : !near ? 1 : departure.side === sides.forward ? 60 : 20;
  const text = label && {
    id: `${edge.id}\u0001label`,
    text: edge.label,
    width: label.width,
    height: label.height,
    layoutOptions: { 'elk.edgeLabels.placement': 'TAIL' },
  };
  const arrival: Departure = back ? { side: sides.after, at: RETURN_IN } : { side: sides.backward, at: 0.5 };
  return {
    id: edge.id,
    sources: [ports.port(from.node, departure, from.node.kind !== 'fork' && label === undefined)],
    targets: [ports.port(to.node, arrival, to.node.kind !== 'join')],
    layoutOptions: { 'elk.layered.priority.straightness': String(straightness) },
    ...(text === undefined ? {} : { labels: [text] }),
  };
}

function bordersOf(
  graph: PathwayGraph,
  layerCount: number,
  direction: Direction,
): { nodes: ElkNode[]; edges: ElkExtendedEdge[] } {
  const nodes: ElkNode[] = [];
  const edges: ElkExtendedEdge[] = [];
  for (let lane = 0; lane < graph.lanes.length - 1; lane++) {
    for (let layer = 0; layer < layerCount; layer++) {
      const id = borderId(lane, layer);
      const size = direction === 'down' ? { width: LANE_GAP, height: 2 } : { width: 2, height: LANE_GAP };
      nodes.push({ id, ...size, ...hint(layer, lane * 100_000 + 99_999, direction) });
      if (layer === 0) continue;
      edges.push({
        id: `${id}\u0001chain`,
        sources: [borderId(lane, layer - 1)],
        targets: [id],
        layoutOptions: { 'elk.layered.priority.straightness': '1000', 'elk.layered.priority.shortness': '1' },
      });
    }
  }
  return { nodes, edges };
}
