import type { PathwayGraph } from '../graph/graph.js';
import { boundsOf, segmentsOf, transpose, type Point, type Rectangle } from './geometry.js';
import type { Direction, Layout, PlacedEdge, PlacedLane, PlacedNode, PlacedRegion } from './layout.js';
import { moved, movedLine } from './placement.js';
import { regionsOf } from './regions.js';
import { sizeOfHeader } from './sizes.js';

const PADDING = 18;
const EDGE_OF_PAGE = 1;

/**
 * Adds lanes, their headers and the boxes of holds around what is placed, and moves everything so that the drawing
 * begins at the top left corner.
 * @param borders where one lane ends and the next begins, across the flow
 * @param regions the areas of holds; without them, boxes around what is held
 */
export function frame(
  graph: PathwayGraph,
  direction: Direction,
  nodes: readonly PlacedNode[],
  edges: readonly PlacedEdge[],
  borders: readonly number[],
  warnings: readonly string[],
  regions: readonly PlacedRegion[] = regionsOf(graph.holds, nodes, edges),
): Layout {
  const content = boundsOf([
    ...nodes.map((placed) => placed.box),
    ...edges.flatMap((placed) => segmentsOf(placed.points)),
    ...edges.flatMap((placed) => (placed.label === undefined ? [] : [placed.label.box])),
    ...regions.map((placed) => placed.box),
  ]) ?? { x: 0, y: 0, width: 0, height: 0 };
  const turned = direction === 'down' ? content : transpose(content);
  const cuts = [turned.x - PADDING, ...borders, turned.x + turned.width + PADDING];
  const bands = graph.lanes.map((lane, index) => {
    const start = cuts[index] ?? 0;
    const length = (cuts[index + 1] ?? 0) - start;
    return {
      lane,
      start,
      length,
      header: sizeOfHeader(lane.title, direction === 'down' ? length : Math.max(length, 60)),
    };
  });
  const headerHeight = bands.reduce((highest, band) => Math.max(highest, band.header.height), 0);
  const top = turned.y - PADDING - headerHeight;
  const flowLength = turned.height + 2 * PADDING + headerHeight;
  const turn = (rectangle: Rectangle): Rectangle => (direction === 'down' ? rectangle : transpose(rectangle));
  const total = turn({ x: cuts[0] ?? 0, y: top, width: (cuts.at(-1) ?? 0) - (cuts[0] ?? 0), height: flowLength });
  const shift: Point = { x: EDGE_OF_PAGE - total.x, y: EDGE_OF_PAGE - total.y };

  const lanes = bands.map((band): PlacedLane => {
    const header = turn({ x: band.start, y: top, width: band.length, height: headerHeight });
    const box = turn({ x: band.start, y: top, width: band.length, height: flowLength });
    const centred = {
      x: header.x + (header.width - band.header.width) / 2,
      y: header.y + (header.height - band.header.height) / 2,
    };
    return {
      lane: band.lane,
      box: moved(box, shift),
      header: moved(header, shift),
      lines: band.header.lines.map((line) => movedLine(line, { x: centred.x + shift.x, y: centred.y + shift.y })),
    };
  });
  return {
    title: graph.title,
    description: graph.description,
    direction,
    width: Math.ceil(total.width + 2 * EDGE_OF_PAGE),
    height: Math.ceil(total.height + 2 * EDGE_OF_PAGE),
    lanes,
    nodes: nodes.map((placed) => ({
      ...placed,
      box: moved(placed.box, shift),
      shape: moved(placed.shape, shift),
      lines: placed.lines.map((line) => movedLine(line, shift)),
    })),
    edges: edges.map((placed) => ({
      ...placed,
      points: placed.points.map((point) => ({ x: point.x + shift.x, y: point.y + shift.y })),
      ...(placed.label === undefined
        ? {}
        : {
            label: {
              box: moved(placed.label.box, shift),
              lines: placed.label.lines.map((line) => movedLine(line, shift)),
            },
          }),
    })),
    regions: regions.map((placed) => ({ ...placed, box: moved(placed.box, shift) })),
    warnings: [...graph.warnings, ...warnings],
    ...(graph.legend !== undefined && { legend: graph.legend }),
    ...(graph.remarks !== undefined && { remarks: graph.remarks }),
  };
}
