import type { GraphEdge, PathwayGraph } from '../graph/graph.js';
import { frame } from './frame.js';
import type { Point } from './geometry.js';
import type { Direction, Layout, PlacedEdge, PlacedNode } from './layout.js';
import { placeLabel, placeNode, touchShape } from './placement.js';
import { SimpleGrid } from './simple-grid.js';
import { sizeOfLabel } from './sizes.js';

/** Space between a way and its text. */
const BESIDE_WAY = 4;

/**
 * The simpler drawing: a grid of layers and lanes. Ways run in channels between the layers and in gutters between
 * the columns, where no node ever stands. Its time grows with the number of nodes and ways alone.
 * @param warnings what to tell the reader, such as why the drawing is the simpler one
 */
export function layOutSimply(
  given: PathwayGraph,
  direction: Direction = 'down',
  warnings: readonly string[] = [],
): Layout {
  const graph = given.arrangement === 'stages' ? withReturns(given) : given;
  const grid = new SimpleGrid(graph, direction);
  const nodes = graph.nodes.map((node): PlacedNode => {
    const { layer, sized } = grid.cell(node.id);
    return placeNode(node, layer, sized, grid.cornerOf(node.id));
  });
  const byId = new Map(nodes.map((placed) => [placed.node.id, placed] as const));
  const edges = graph.edges.map((edge) => placeEdge(edge, grid, byId, direction));
  return frame(graph, direction, nodes, edges, grid.borders, warnings);
}

/** Ways against the order of the nodes as returns: the grid knows no others that lead back. */
function withReturns(graph: PathwayGraph): PathwayGraph {
  const place = new Map(graph.nodes.map(({ id }, index) => [id, index] as const));
  const isBack = ({ from, to }: GraphEdge): boolean => (place.get(from) ?? 0) >= (place.get(to) ?? 0);
  return { ...graph, edges: graph.edges.map((edge) => (isBack(edge) ? { ...edge, kind: 'return' } : edge)) };
}

function placeEdge(
  edge: GraphEdge,
  grid: SimpleGrid,
  nodes: ReadonlyMap<string, PlacedNode>,
  direction: Direction,
): PlacedEdge {
  const route = grid.routeOf(edge);
  const points = route.map(({ across, along }): Point =>
    direction === 'down' ? { x: across, y: along } : { x: along, y: across },
  );
  const [first, second] = points;
  const last = points.at(-1);
  const beforeLast = points.at(-2);
  const from = nodes.get(edge.from);
  const to = nodes.get(edge.to);
  if (first !== undefined && second !== undefined && from !== undefined) points[0] = touchShape(first, second, from);
  if (last !== undefined && beforeLast !== undefined && to !== undefined)
    points[points.length - 1] = touchShape(last, beforeLast, to);
  const sized = sizeOfLabel(edge);
  if (sized === undefined || first === undefined) return { edge, points };
  const channel = grid.channelStart(edge.from) + BESIDE_WAY;
  const at =
    direction === 'down' ? { x: first.x + BESIDE_WAY, y: channel } : { x: channel, y: first.y - sized.height - 1 };
  return { edge, points, label: placeLabel(sized, at) };
}
