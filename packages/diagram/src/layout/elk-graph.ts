import type { ElkExtendedEdge, ElkNode, ElkPort } from 'elkjs/lib/elk-api.js';
import type { GraphEdge, GraphNode, PathwayGraph } from '../graph/graph.js';
import { cellsOf, type Cell } from './order.js';
import type { Direction } from './layout.js';
import { sizeOfLabel, sizeOfNode, type Sized } from './sizes.js';

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

type Side = 'NORTH' | 'SOUTH' | 'EAST' | 'WEST';

interface Sides {
  readonly forward: Side;
  readonly backward: Side;
  /** Towards the first lane, and towards the last. */
  readonly before: Side;
  readonly after: Side;
}

const SIDES: Readonly<Record<Direction, Sides>> = {
  down: { forward: 'SOUTH', backward: 'NORTH', before: 'WEST', after: 'EAST' },
  right: { forward: 'EAST', backward: 'WEST', before: 'NORTH', after: 'SOUTH' },
};

/**
 * The graph as the layered algorithm of ELK takes it. ELK knows no swimlanes: every node gets the coordinates of
 * its cell, the interactive strategies keep layers and order, and each lane border is a chain of invisible nodes
 * whose straightness outweighs everything else.
 */
export function prepareGraph(graph: PathwayGraph, direction: Direction): PreparedGraph {
  const { cells, layerCount } = cellsOf(graph);
  const sizes = new Map(
    graph.nodes.map((node) => [node.id, sizeOfNode(node, direction, branchesOf(graph, node))] as const),
  );
  const labels = new Map<string, Sized>();
  for (const edge of graph.edges) {
    const label = sizeOfLabel(edge);
    if (label !== undefined) labels.set(edge.id, label);
  }
  const children = new Map(cells.map((cell) => [cell.node.id, childOf(cell, direction, sizes)] as const));
  const ports = new Ports(direction, children, sizes);
  const byId = new Map(cells.map((cell) => [cell.node.id, cell] as const));
  const sides = departures(graph, byId, direction);
  const edges = graph.edges.map((edge) => elkEdge(edge, byId, ports, sides, labels.get(edge.id), direction));
  const borders = bordersOf(graph, layerCount, direction);
  const root: ElkNode = {
    id: '\u0001root',
    layoutOptions: optionsFor(direction),
    children: [...children.values(), ...borders.nodes],
    edges: [...edges, ...borders.edges],
  };
  return { graph, direction, cells, layerCount, sizes, labels, root };
}

function branchesOf(graph: PathwayGraph, node: GraphNode): number {
  if (node.kind === 'fork') return graph.edges.filter((edge) => edge.from === node.id).length;
  return node.kind === 'join' ? graph.edges.filter((edge) => edge.to === node.id).length : 1;
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

type Child = ElkNode & { ports: ElkPort[]; layoutOptions: Record<string, string> };

function childOf(cell: Cell, direction: Direction, sizes: ReadonlyMap<string, Sized>): Child {
  const size = sizes.get(cell.node.id);
  const place = hint(cell.layer, cell.node.lane * 100_000 + cell.order * 100 + 50, direction);
  return {
    ...place,
    id: cell.node.id,
    width: size?.width ?? 0,
    height: size?.height ?? 0,
    ports: [],
    layoutOptions: { ...place.layoutOptions, 'elk.portConstraints': isCircle(cell.node) ? 'FIXED_POS' : 'FIXED_SIDE' },
  };
}

function isCircle(node: GraphNode): boolean {
  return node.kind === 'start' || node.kind === 'end' || node.kind === 'connector';
}

/** Hands out the points at which edges meet nodes. */
class Ports {
  private count = 0;
  private readonly shared = new Map<string, string>();

  constructor(
    private readonly direction: Direction,
    private readonly children: ReadonlyMap<string, Child>,
    private readonly sizes: ReadonlyMap<string, Sized>,
  ) {}

  /** The id of a port on a side of a node; all who share get the same one. */
  port(node: GraphNode, side: Side, share: boolean): string {
    const key = `${node.id}\u0001${side}`;
    const known = share ? this.shared.get(key) : undefined;
    if (known !== undefined) return known;
    const id = `${key}${this.count++}`;
    const port: ElkPort = { id, width: 0, height: 0, layoutOptions: { 'elk.port.side': side } };
    this.children.get(node.id)?.ports.push(isCircle(node) ? { ...port, ...this.circlePoint(node, side) } : port);
    if (share) this.shared.set(key, id);
    return id;
  }

  private circlePoint(node: GraphNode, side: Side): { x: number; y: number } {
    const size = this.sizes.get(node.id);
    if (size === undefined) return { x: 0, y: 0 };
    const middle = { x: size.shape.x + size.shape.width / 2, y: size.shape.y + size.shape.height / 2 };
    if (this.direction === 'down') return { x: middle.x, y: side === 'NORTH' ? 0 : size.height };
    return { x: side === 'WEST' ? 0 : size.width, y: middle.y };
  }
}

/** The side on which each edge leaves: one goes straight on, the others leave towards where they lead. */
function departures(
  graph: PathwayGraph,
  cells: ReadonlyMap<string, Cell>,
  direction: Direction,
): ReadonlyMap<string, Side> {
  const sides = SIDES[direction];
  const chosen = new Map<string, Side>();
  for (const node of graph.nodes) {
    if (node.kind === 'fork') continue;
    const leaving = graph.edges.filter((edge) => edge.from === node.id);
    const forward = leaving.filter((edge) => edge.kind === 'flow');
    if (forward.length < 2) continue;
    const turnsBack =
      leaving.length > forward.length || graph.edges.some((edge) => edge.to === node.id && edge.kind === 'return');
    const laneStep = (edge: GraphEdge): number => Math.sign((cells.get(edge.to)?.node.lane ?? 0) - node.lane);
    const main = mainWay(forward, laneStep, cells);
    const mainCell = cells.get(main.to);
    for (const edge of forward) {
      const cell = cells.get(edge.to);
      const step = laneStep(edge);
      const leftOfMain =
        cell !== undefined && mainCell !== undefined && cell.layer === mainCell.layer && cell.order < mainCell.order;
      if (edge === main) chosen.set(edge.id, sides.forward);
      else if (step < 0 || (step === 0 && leftOfMain)) chosen.set(edge.id, sides.before);
      else chosen.set(edge.id, turnsBack ? sides.forward : sides.after);
    }
  }
  return chosen;
}

/** The way that goes straight on: the first of those that stay in the lane and lead nearest. */
function mainWay(
  forward: readonly GraphEdge[],
  laneStep: (edge: GraphEdge) => number,
  cells: ReadonlyMap<string, Cell>,
): GraphEdge {
  const layer = (edge: GraphEdge): number => cells.get(edge.to)?.layer ?? 0;
  const order = (edge: GraphEdge): number => cells.get(edge.to)?.order ?? 0;
  const ranked = [...forward].sort(
    (a, b) => Math.abs(laneStep(a)) - Math.abs(laneStep(b)) || layer(a) - layer(b) || order(a) - order(b),
  );
  const [first] = ranked;
  if (first === undefined) throw new RangeError('a node without ways has no main way');
  return first;
}

function elkEdge(
  edge: GraphEdge,
  cells: ReadonlyMap<string, Cell>,
  ports: Ports,
  departure: ReadonlyMap<string, Side>,
  label: Sized | undefined,
  direction: Direction,
): ElkExtendedEdge {
  const sides = SIDES[direction];
  const from = cells.get(edge.from);
  const to = cells.get(edge.to);
  if (from === undefined || to === undefined)
    throw new RangeError(`the way ${edge.id} leads to a node that is not there`);
  const back = edge.kind === 'return';
  const side = back ? sides.after : (departure.get(edge.id) ?? sides.forward);
  const ownPort = from.node.kind === 'fork' || label !== undefined || back;
  const straightOn = !back && from.node.lane === to.node.lane && to.layer - from.layer === 1 && side === sides.forward;
  const text = label && {
    id: `${edge.id}\u0001label`,
    text: edge.label,
    width: label.width,
    height: label.height,
    layoutOptions: { 'elk.edgeLabels.placement': 'TAIL' },
  };
  return {
    id: edge.id,
    sources: [ports.port(from.node, side, !ownPort)],
    targets: [ports.port(to.node, back ? sides.after : sides.backward, to.node.kind !== 'join')],
    layoutOptions: { 'elk.layered.priority.straightness': back ? '4' : straightOn ? '60' : '1' },
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
