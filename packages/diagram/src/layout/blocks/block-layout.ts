import type { GraphEdge, GraphNode, PathwayGraph } from '../../graph/graph.js';
import { frame } from '../frame.js';
import type { Point, Rectangle } from '../geometry.js';
import type { Direction, Layout, PlacedEdge, PlacedNode } from '../layout.js';
import { placeLabel, placeNode, touchShape } from '../placement.js';
import { lengthOfHeader, type Sized } from '../sizes.js';
import { placeBlocks, type BlockPlaces, type HoldPlace } from './block-places.js';
import { type Route, type Routes, routeWays } from './block-routes.js';
import { blockTree } from './block-tree.js';
import { linesOfNets } from './channels.js';
import { FlowSizes, LABEL_GAP } from './flow-sizes.js';
import { type Layers, regionsOfHolds } from './hold-regions.js';
import { planWays } from './way-plan.js';

/** Spaces in pixels: beside the content of a lane; between layers; between lines in a channel. */
const LANE_PADDING = 20;
const BEFORE_LINES = 10;
const AFTER_LINES = 15;
const SMALLEST_CHANNEL = 26;
/** From the top of a text to the first line below it, beside the text's own height: no line looks drawn under it. */
const ABOVE_LINES = 8;
const LINE_STEP = 9;
/** Space that the edge of a hold takes in a channel, and how much more for each hold nested in it. */
const HOLD_EDGE = 9;
const HOLD_STEP = 5;
/** Where ways back leave and arrive at the side of a node, so that a loop on one node stays open. */
const RETURN_OUT = 0.72;
const RETURN_IN = 0.28;

/**
 * Layout from the blocks of the text alone: they give layers, orders and room, so that nothing is searched for. Every
 * block has a stretch of its own in each lane that it uses; ways run in channels between layers and on tracks kept free.
 * Its time grows with the graph and nothing else.
 */
export function layOutBlocks(graph: PathwayGraph, direction: Direction): Layout {
  const sizes = new FlowSizes(graph, direction);
  const tree = blockTree(graph);
  const plans = planWays(graph, tree);
  keepRoomForTexts(
    graph.edges,
    plans.ways.map(({ track }) => track !== undefined),
    sizes,
  );
  const places = placeBlocks(tree, plans, sizes, graph.lanes.length);
  const { spines, borders } = laneSpines(places, graph.lanes);
  const nodes = new Map(graph.nodes.map((node) => [node.id, node] as const));
  const routes = routeWays(plans, places, sizes, nodes, (lane, offset) => (spines[lane] ?? 0) + offset);
  const rows = rowsOf(graph, places, sizes, routes);
  const placed = graph.nodes.map((node) => placeOne(node, places, spines, rows, sizes, direction));
  const byId = new Map(placed.map((each) => [each.node.id, each] as const));
  const edges = inOrderOf(
    graph.edges,
    routes.routes.map((route) => drawRoute(route, byId, rows, sizes, direction)),
  );
  const regions = regionsOfHolds(graph.holds, places.holds, placed, edges, (hold, layers) =>
    areasOfHold(hold, layers, spines, rows).map((area) => area && turned(area, direction)),
  );
  return frame(graph, direction, placed, edges, borders, [], regions);
}

/** The area of a hold in each of its lanes, by the flow. */
function areasOfHold(
  { extents, depth }: HoldPlace,
  layers: (lane: number) => Layers,
  spines: readonly number[],
  rows: Rows,
): readonly (Rectangle | undefined)[] {
  const margin = HOLD_EDGE + HOLD_STEP * (depth - 1);
  return extents.map((extent, lane) => {
    if (extent === undefined) return undefined;
    const { first, last } = layers(lane);
    const start = (rows.starts[first] ?? 0) - margin;
    const end = (rows.starts[last] ?? 0) + (rows.sizes[last] ?? 0) + margin;
    return { x: (spines[lane] ?? 0) - extent.left, y: start, width: extent.left + extent.right, height: end - start };
  });
}

function keepRoomForTexts(edges: readonly GraphEdge[], hasTrack: readonly boolean[], sizes: FlowSizes): void {
  const leaving = new Map<string, number>();
  for (const edge of edges) if (edge.kind === 'flow') leaving.set(edge.from, (leaving.get(edge.from) ?? 0) + 1);
  edges.forEach((edge, index) => {
    if (hasTrack[index] === true || edge.kind === 'return') return;
    sizes.keepRoom((leaving.get(edge.from) ?? 0) > 1 ? edge.to : edge.from, edge);
  });
}

function inOrderOf(edges: readonly GraphEdge[], placed: readonly PlacedEdge[]): readonly PlacedEdge[] {
  const byId = new Map(placed.map((each) => [each.edge.id, each] as const));
  return edges.flatMap(({ id }) => byId.get(id) ?? []);
}

function laneSpines(
  { extents }: BlockPlaces,
  lanes: PathwayGraph['lanes'],
): { readonly spines: readonly number[]; readonly borders: readonly number[] } {
  const spines: number[] = [];
  const borders: number[] = [];
  let start = 0;
  for (const [lane, extent] of extents.entries()) {
    const { left, right } = extent ?? { left: 0, right: 0 };
    const smallest = lengthOfHeader(lanes[lane]?.title ?? '');
    const spare = Math.max(0, smallest - left - right - 2 * LANE_PADDING) / 2;
    spines.push(start + LANE_PADDING + spare + left);
    start += left + right + 2 * (LANE_PADDING + spare);
    borders.push(start);
  }
  return { spines, borders: borders.slice(0, -1) };
}

/** Places along the flow: of layers, of what is in the channels after them, channel -1 lying before the first. */
interface Rows {
  readonly starts: readonly number[];
  readonly sizes: readonly number[];
  /** Along the flow, of a net in a channel. */
  readonly lineOf: (channel: number, key: string) => number;
  /** Where texts after a layer begin: directly after it, or after the lines of its channel. */
  readonly textsAtStart: (channel: number) => number;
  readonly textsAtLine: (channel: number) => number;
}

function rowsOf(graph: PathwayGraph, places: BlockPlaces, sizes: FlowSizes, { routes, nets }: Routes): Rows {
  const rowSizes = Array.from({ length: places.layerCount }, () => 0);
  for (const { id } of graph.nodes) {
    const layer = places.nodes.get(id)?.layer ?? 0;
    rowSizes[layer] = Math.max(rowSizes[layer] ?? 0, sizes.node(id).along);
  }
  const bands = Array.from({ length: places.layerCount + 1 }, () => ({ end: 0, texts: 0, later: 0, begin: 0 }));
  for (const { firstLayer, lastLayer, depth } of places.holds) {
    const edge = HOLD_EDGE + HOLD_STEP * (depth - 1);
    const [before, after] = [bands[firstLayer], bands[lastLayer + 1]];
    if (before !== undefined) before.begin = Math.max(before.begin, edge);
    if (after !== undefined) after.end = Math.max(after.end, edge);
  }
  for (const { plan, text } of routes) {
    const label = sizes.labels.get(plan.edge.id);
    const band = bands[(places.nodes.get(plan.edge.from)?.layer ?? 0) + 1];
    if (label === undefined || band === undefined) continue;
    if (text === 'in row') {
      const layer = places.nodes.get(plan.edge.from)?.layer ?? 0;
      rowSizes[layer] = Math.max(rowSizes[layer] ?? 0, label.along);
      continue;
    }
    if (text === 'at start') band.texts = Math.max(band.texts, label.along + ABOVE_LINES);
    else band.later = Math.max(band.later, label.along + 4);
  }
  const starts: number[] = [];
  const channels: { readonly texts: number; readonly lines: number; readonly later: number }[] = [];
  const lines = new Map([...nets].map(([channel, own]) => [channel, linesOfNets(own)] as const));
  let along = 0;
  for (let channel = -1; channel < places.layerCount; channel++) {
    const band = bands[channel + 1] ?? { end: 0, texts: 0, later: 0, begin: 0 };
    const used = [...(lines.get(channel)?.values() ?? [])];
    const count = used.length === 0 ? 0 : Math.max(...used) + 1;
    const isOuter = channel < 0 || channel === places.layerCount - 1;
    const texts = along + band.end;
    const first = texts + Math.max(band.texts, count === 0 ? 0 : BEFORE_LINES - (band.end > 0 ? 4 : 0));
    const later = first + (count === 0 ? 0 : (count - 1) * LINE_STEP + 3);
    const content = later + band.later + band.begin - along;
    channels.push({ texts: texts + 3, lines: first, later: Math.max(later, along + band.end + 4) });
    const size = Math.max(
      content + (band.later > 0 ? 6 : count === 0 ? 4 : AFTER_LINES - 3),
      band.texts + band.end + band.begin + 12,
    );
    along += isOuter && count === 0 ? Math.max(band.end, band.begin) : Math.max(SMALLEST_CHANNEL, size);
    if (channel + 1 < places.layerCount) {
      starts.push(along);
      along += rowSizes[channel + 1] ?? 0;
    }
  }
  return {
    starts,
    sizes: rowSizes,
    lineOf: (channel, key) => (channels[channel + 1]?.lines ?? 0) + (lines.get(channel)?.get(key) ?? 0) * LINE_STEP,
    textsAtStart: (channel) => channels[channel + 1]?.texts ?? 0,
    textsAtLine: (channel) => channels[channel + 1]?.later ?? 0,
  };
}

function placeOne(
  node: GraphNode,
  places: BlockPlaces,
  spines: readonly number[],
  rows: Rows,
  sizes: FlowSizes,
  direction: Direction,
): PlacedNode {
  const { across, layer } = places.nodes.get(node.id) ?? { across: 0, layer: 0 };
  const { before, along, sized } = sizes.node(node.id);
  const start = (rows.starts[layer] ?? 0) + ((rows.sizes[layer] ?? 0) - along) / 2;
  const spine = spines[node.lane] ?? 0;
  const bar = places.bars.get(node.id);
  const [from, own] =
    bar === undefined
      ? [spine + across - before, sized]
      : [spine + bar.from, asBar(sized, bar.to - bar.from, direction)];
  const at = turned({ x: from, y: start, width: 0, height: 0 }, direction);
  return placeNode(node, layer, own, at);
}

function asBar(sized: Sized, length: number, direction: Direction): Sized {
  const size = direction === 'down' ? { width: length, height: sized.height } : { width: sized.width, height: length };
  return { ...size, shape: { x: 0, y: 0, ...size }, lines: [] };
}

/** From places by the flow to places in the drawing, and back. */
function turned(rectangle: Rectangle, direction: Direction): Rectangle {
  const { x, y, width, height } = rectangle;
  return direction === 'down' ? rectangle : { x: y, y: x, width: height, height: width };
}

function drawRoute(
  route: Route,
  nodes: ReadonlyMap<string, PlacedNode>,
  rows: Rows,
  sizes: FlowSizes,
  direction: Direction,
): PlacedEdge {
  const { edge } = route.plan;
  const [from, to] = [nodes.get(edge.from), nodes.get(edge.to)];
  if (from === undefined || to === undefined)
    throw new RangeError(`the way ${edge.id} leads to a node that is not there`);
  const [start, end] = [turned(from.shape, direction), turned(to.shape, direction)];
  const startBox = turned(from.box, direction);
  const endBox = turned(to.box, direction);
  const points: Point[] = [];
  const add = (across: number, along: number): void => {
    points.push({ x: across, y: along });
  };
  const out = edge.kind === 'return' ? RETURN_OUT : 0.5;
  const leavesAt = route.leaves === 'aside' ? start.y + start.height * out : startBox.y + startBox.height;
  if (route.leaves === 'aside') {
    add(start.x + start.width, leavesAt);
    add(route.line, leavesAt);
  } else {
    add(route.start, leavesAt);
    if (route.first !== undefined) {
      const along = rows.lineOf(route.first.channel, route.first.key);
      add(route.start, along);
      add(route.line, along);
    }
  }
  if (route.arrives === 'aside') {
    const along = end.y + end.height * RETURN_IN;
    add(route.line, along);
    add(end.x + end.width, along);
  } else {
    if (route.second !== undefined) {
      const along = rows.lineOf(route.second.channel, route.second.key);
      add(route.line, along);
      add(route.end, along);
    }
    add(route.end, endBox.y);
  }
  const corners = withoutStraights(points).map((point): Point =>
    direction === 'down' ? point : { x: point.y, y: point.x },
  );
  const [first, second] = corners;
  const last = corners.at(-1);
  const beforeLast = corners.at(-2);
  if (first !== undefined && second !== undefined) corners[0] = touchShape(first, second, from);
  if (last !== undefined && beforeLast !== undefined) corners[corners.length - 1] = touchShape(last, beforeLast, to);
  const label = sizes.labels.get(edge.id);
  if (label === undefined) return { edge, points: corners };
  const row = { start: rows.starts[from.layer] ?? 0, size: rows.sizes[from.layer] ?? 0 };
  const beside = (route.leaves === 'aside' ? leavesAt : start.y + start.height / 2) - label.along / 2;
  const along =
    route.text === 'in row'
      ? Math.max(row.start, Math.min(beside, row.start + row.size - label.along))
      : route.text === 'at line'
        ? rows.textsAtLine(from.layer)
        : rows.textsAtStart(from.layer);
  const at = { x: (route.text === 'at start' ? route.start : route.line) + LABEL_GAP, y: along };
  return { edge, points: corners, label: placeLabel(label.sized, direction === 'down' ? at : { x: at.y, y: at.x }) };
}

/** Corners alone: what lies twice at one place, or on a straight line, is left out. */
function withoutStraights(points: readonly Point[]): Point[] {
  const result: Point[] = [];
  for (const point of points) {
    const last = result.at(-1);
    if (last !== undefined && Math.abs(last.x - point.x) < 0.5 && Math.abs(last.y - point.y) < 0.5) continue;
    const beforeLast = result.at(-2);
    const isStraight = (axis: 'x' | 'y'): boolean =>
      last !== undefined &&
      beforeLast !== undefined &&
      Math.abs(beforeLast[axis] - last[axis]) < 0.5 &&
      Math.abs(last[axis] - point[axis]) < 0.5;
    if (isStraight('x') || isStraight('y')) result.pop();
    result.push(point);
  }
  return result;
}
