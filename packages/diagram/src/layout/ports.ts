import type { ElkNode, ElkPort } from 'elkjs/lib/elk-api.js';
import type { GraphEdge, GraphNode, PathwayGraph } from '../graph/graph.js';
import type { Direction } from './layout.js';
import type { Cell } from './order.js';
import { sizeOfNode, slotOfWay, wideEnough, type Sized } from './sizes.js';

export type Side = 'NORTH' | 'SOUTH' | 'EAST' | 'WEST';

export interface Sides {
  readonly forward: Side;
  readonly backward: Side;
  /** Towards the first lane, and towards the last. */
  readonly before: Side;
  readonly after: Side;
}

export const SIDES: Readonly<Record<Direction, Sides>> = {
  down: { forward: 'SOUTH', backward: 'NORTH', before: 'WEST', after: 'EAST' },
  right: { forward: 'EAST', backward: 'WEST', before: 'NORTH', after: 'SOUTH' },
};

/** Where a way meets a node: on which side, and how far along it, from 0 to 1. */
export interface Departure {
  readonly side: Side;
  readonly at: number;
}

/** Ways back leave below the middle of a side and arrive above it, so that a loop on one node stays open. */
const RETURN_OUT = 0.72;
export const RETURN_IN = 0.28;

/** Distance of the first way from the end of its slot; its text fills the rest. */
const BEFORE_WAY = 4;

/** The size of every node, with room for the ways that leave it, and where each way leaves. */
export function arrangeWays(
  graph: PathwayGraph,
  cells: ReadonlyMap<string, Cell>,
  direction: Direction,
): { readonly sizes: ReadonlyMap<string, Sized>; readonly departures: ReadonlyMap<string, Departure> } {
  const sizes = new Map<string, Sized>();
  const departures = new Map<string, Departure>();
  const leaving = groupBy(graph.edges, (edge) => edge.from);
  const arriving = groupBy(graph.edges, (edge) => edge.to);
  for (const node of graph.nodes) {
    const out = leaving.get(node.id) ?? [];
    const into = arriving.get(node.id) ?? [];
    const plain = sizeOfNode(node, direction, node.kind === 'fork' ? out.length : into.length);
    const sides = chooseSides(node, out, into, cells, direction);
    const forward = out.filter((edge) => sides.get(edge.id) === SIDES[direction].forward);
    const slots = forward.map((edge) => slotOfWay(edge, direction));
    const sized = node.kind === 'fork' ? plain : wideEnough(plain, direction, roomForWays(node, out, forward, slots));
    sizes.set(node.id, sized);
    for (const edge of out) {
      const side = sides.get(edge.id) ?? SIDES[direction].forward;
      departures.set(edge.id, { side, at: edge.kind === 'return' ? RETURN_OUT : 0.5 });
    }
    if (forward.length > 1 && node.kind !== 'fork') spread(forward, slots, sized, direction, cells, departures);
  }
  return { sizes, departures };
}

/** How long the forward side must be, so that the texts of its ways end before those of ways at the sides begin. */
function roomForWays(
  node: GraphNode,
  out: readonly GraphEdge[],
  forward: readonly GraphEdge[],
  slots: readonly number[],
): number {
  const total = slots.reduce((sum, slot) => sum + slot, 0);
  if (forward.length > 1) return total + BEFORE_WAY + (node.kind === 'decision' ? 24 : 0);
  const besideAnother = forward[0]?.label !== '' && out.some((edge) => edge !== forward[0] && edge.label !== '');
  return besideAnother ? 2 * total : 0;
}

/** Gives every way on the forward side its own slot, in the order of the places that they lead to. */
function spread(
  forward: readonly GraphEdge[],
  slots: readonly number[],
  sized: Sized,
  direction: Direction,
  cells: ReadonlyMap<string, Cell>,
  departures: Map<string, Departure>,
): void {
  const extent = direction === 'down' ? sized.shape.width : sized.shape.height;
  const total = slots.reduce((sum, slot) => sum + slot, 0);
  const ranked = forward
    .map((edge, index) => ({ edge, slot: slots[index] ?? 0 }))
    .sort((a, b) => comparePlaces(cells, a.edge, b.edge));
  let start = (extent - total) / 2;
  for (const { edge, slot } of ranked) {
    const side = departures.get(edge.id)?.side ?? SIDES[direction].forward;
    departures.set(edge.id, { side, at: (start + BEFORE_WAY) / extent });
    start += slot;
  }
}

/** One way goes straight on; one may leave on either side, towards where it leads; the others go straight on too. */
function chooseSides(
  node: GraphNode,
  out: readonly GraphEdge[],
  into: readonly GraphEdge[],
  cells: ReadonlyMap<string, Cell>,
  direction: Direction,
): ReadonlyMap<string, Side> {
  const sides = SIDES[direction];
  const chosen = new Map<string, Side>();
  for (const edge of out) chosen.set(edge.id, edge.kind === 'return' ? sides.after : sides.forward);
  const forward = out.filter((edge) => edge.kind === 'flow');
  const main = mainWay(node, forward, cells);
  if (node.kind === 'fork' || forward.length < 2 || main === undefined) return chosen;
  const others = forward.filter((edge) => edge !== main).sort((a, b) => comparePlaces(cells, a, b));
  const first = others[0];
  const last = others.at(-1);
  const turnsBack = [...out, ...into].some((edge) => edge.kind === 'return');
  if (last !== undefined && !turnsBack && leadsAfter(node, last, main, cells)) chosen.set(last.id, sides.after);
  if (first !== undefined && chosen.get(first.id) === sides.forward && !leadsAfter(node, first, main, cells)) {
    chosen.set(first.id, sides.before);
  }
  return chosen;
}

/** True when a way leads to a later lane, or passes the straight way on the side of the later lanes. */
function leadsAfter(node: GraphNode, edge: GraphEdge, main: GraphEdge, cells: ReadonlyMap<string, Cell>): boolean {
  const to = cells.get(edge.to);
  const straight = cells.get(main.to);
  if (to === undefined || straight === undefined || to.node.lane !== node.lane) return (to?.node.lane ?? 0) > node.lane;
  return to.layer !== straight.layer || to.order > straight.order;
}

/** The way that goes straight on: the first of those that stay in the lane and lead nearest. */
function mainWay(
  node: GraphNode,
  forward: readonly GraphEdge[],
  cells: ReadonlyMap<string, Cell>,
): GraphEdge | undefined {
  const lanes = (edge: GraphEdge): number => Math.min(1, Math.abs((cells.get(edge.to)?.node.lane ?? 0) - node.lane));
  const layer = (edge: GraphEdge): number => cells.get(edge.to)?.layer ?? 0;
  const order = (edge: GraphEdge): number => cells.get(edge.to)?.order ?? 0;
  return [...forward].sort((a, b) => lanes(a) - lanes(b) || layer(a) - layer(b) || order(a) - order(b))[0];
}

function comparePlaces(cells: ReadonlyMap<string, Cell>, a: GraphEdge, b: GraphEdge): number {
  const [first, second] = [cells.get(a.to), cells.get(b.to)];
  if (first === undefined || second === undefined) return 0;
  return first.node.lane - second.node.lane || first.layer - second.layer || first.order - second.order;
}

function groupBy(
  edges: readonly GraphEdge[],
  key: (edge: GraphEdge) => string,
): ReadonlyMap<string, readonly GraphEdge[]> {
  const groups = new Map<string, GraphEdge[]>();
  for (const edge of edges) {
    const group = groups.get(key(edge));
    if (group === undefined) groups.set(key(edge), [edge]);
    else group.push(edge);
  }
  return groups;
}

/** Hands out the points at which edges meet nodes. */
export class Ports {
  private count = 0;
  private readonly shared = new Map<string, string>();

  constructor(
    private readonly children: ReadonlyMap<string, ElkNode & { ports: ElkPort[] }>,
    private readonly sizes: ReadonlyMap<string, Sized>,
  ) {}

  /** The id of a port of a node; all who share the same place get the same one. */
  port(node: GraphNode, { side, at }: Departure, share: boolean): string {
    const key = `${node.id}\u0001${side}${at}`;
    const known = share ? this.shared.get(key) : undefined;
    if (known !== undefined) return known;
    const id = `${key}.${this.count++}`;
    const point = this.pointOf(node, side, at);
    this.children
      .get(node.id)
      ?.ports.push({ id, width: 0, height: 0, ...point, layoutOptions: { 'elk.port.side': side } });
    if (share) this.shared.set(key, id);
    return id;
  }

  /** On the border of the node with its text, but measured along what is drawn of it. */
  private pointOf(node: GraphNode, side: Side, at: number): { readonly x: number; readonly y: number } {
    const size = this.sizes.get(node.id);
    if (size === undefined) return { x: 0, y: 0 };
    const { shape } = size;
    if (side === 'NORTH' || side === 'SOUTH')
      return { x: shape.x + shape.width * at, y: side === 'NORTH' ? 0 : size.height };
    return { x: side === 'WEST' ? 0 : size.width, y: shape.y + shape.height * at };
  }
}
