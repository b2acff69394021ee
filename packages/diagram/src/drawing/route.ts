import type { Point } from '../layout/geometry.js';
import { pixels } from './xml.js';

/** A line through points as an SVG path, its corners rounded with at most the given radius. */
export function roundedPath(points: readonly Point[], radius: number): string {
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined) return '';
  let path = `M${pixels(first.x)} ${pixels(first.y)}`;
  for (let index = 1; index < points.length - 1; index++) {
    const before = points[index - 1];
    const corner = points[index];
    const after = points[index + 1];
    if (before === undefined || corner === undefined || after === undefined) continue;
    const reach = Math.min(radius, distance(before, corner) / 2, distance(corner, after) / 2);
    const start = towards(corner, before, reach);
    const end = towards(corner, after, reach);
    path += `L${pixels(start.x)} ${pixels(start.y)}Q${pixels(corner.x)} ${pixels(corner.y)} ${pixels(end.x)} ${pixels(end.y)}`;
  }
  return `${path}L${pixels(last.x)} ${pixels(last.y)}`;
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function towards(from: Point, to: Point, by: number): Point {
  const length = distance(from, to);
  if (length === 0) return from;
  return { x: from.x + ((to.x - from.x) * by) / length, y: from.y + ((to.y - from.y) * by) / length };
}
