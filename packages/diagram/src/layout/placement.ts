import type { GraphNode } from '../graph/graph.js';
import type { Point, Rectangle } from './geometry.js';
import { HEXAGON_SLANT, type Sized } from './sizes.js';
import type { PlacedLabel, PlacedNode, TextLine } from './layout.js';

/** Puts a sized node at its place. */
export function placeNode(node: GraphNode, layer: number, sized: Sized, at: Point): PlacedNode {
  return {
    node,
    layer,
    box: { x: at.x, y: at.y, width: sized.width, height: sized.height },
    shape: moved(sized.shape, at),
    lines: sized.lines.map((line) => movedLine(line, at)),
  };
}

/** Puts the text of a way at its place. */
export function placeLabel(sized: Sized, at: Point): PlacedLabel {
  return { box: moved(sized.shape, at), lines: sized.lines.map((line) => movedLine(line, at)) };
}

/** Moves a rectangle by the coordinates of a point. */
export function moved(rectangle: Rectangle, by: Point): Rectangle {
  return { ...rectangle, x: rectangle.x + by.x, y: rectangle.y + by.y };
}

/** Moves a line of text by the coordinates of a point. */
export function movedLine(line: TextLine, by: Point): TextLine {
  return { ...line, x: line.x + by.x, y: line.y + by.y };
}

/** Where a way that meets the node's box at a point meets what is drawn: the circle's rim, the slant of a hexagon. */
export function touchShape(point: Point, next: Point, placed: PlacedNode): Point {
  const { shape, node } = placed;
  const vertical = Math.abs(point.x - next.x) < Math.abs(point.y - next.y);
  const middle = { x: shape.x + shape.width / 2, y: shape.y + shape.height / 2 };
  if (node.kind === 'start' || node.kind === 'end' || node.kind === 'connector') {
    if (vertical) return { x: point.x, y: next.y < middle.y ? shape.y : shape.y + shape.height };
    return { x: next.x < middle.x ? shape.x : shape.x + shape.width, y: point.y };
  }
  if (node.kind === 'decision') {
    const slant = HEXAGON_SLANT;
    if (!vertical) {
      const inset = (slant * Math.abs(point.y - middle.y)) / (shape.height / 2);
      return { x: next.x < middle.x ? shape.x + inset : shape.x + shape.width - inset, y: point.y };
    }
    const beyond = Math.max(0, shape.x + slant - point.x, point.x - (shape.x + shape.width - slant));
    const inset = (beyond / slant) * (shape.height / 2);
    return { x: point.x, y: next.y < middle.y ? shape.y + inset : shape.y + shape.height - inset };
  }
  return point;
}
