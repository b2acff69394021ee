export interface Point {
  readonly x: number;
  readonly y: number;
}

/** An upright rectangle in pixels; `x` and `y` are its top left corner. */
export interface Rectangle extends Point {
  readonly width: number;
  readonly height: number;
}

/** True when the rectangles share more than an edge, with some tolerance in pixels. */
export function overlap(a: Rectangle, b: Rectangle, tolerance = 0.5): boolean {
  return (
    a.x + a.width > b.x + tolerance &&
    b.x + b.width > a.x + tolerance &&
    a.y + a.height > b.y + tolerance &&
    b.y + b.height > a.y + tolerance
  );
}

/** The rectangle grown by so many pixels on every side. */
export function grow(rectangle: Rectangle, by: number): Rectangle {
  return {
    x: rectangle.x - by,
    y: rectangle.y - by,
    width: rectangle.width + 2 * by,
    height: rectangle.height + 2 * by,
  };
}

/** The smallest rectangle around all; undefined for none. */
export function boundsOf(rectangles: readonly Rectangle[]): Rectangle | undefined {
  if (rectangles.length === 0) return undefined;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const each of rectangles) {
    left = Math.min(left, each.x);
    top = Math.min(top, each.y);
    right = Math.max(right, each.x + each.width);
    bottom = Math.max(bottom, each.y + each.height);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** The pieces of a line through points, as rectangles without width or without height. */
export function segmentsOf(points: readonly Point[]): readonly Rectangle[] {
  const segments: Rectangle[] = [];
  for (let index = 1; index < points.length; index++) {
    const a = points[index - 1];
    const b = points[index];
    if (a === undefined || b === undefined) continue;
    segments.push({
      x: Math.min(a.x, b.x),
      y: Math.min(a.y, b.y),
      width: Math.abs(a.x - b.x),
      height: Math.abs(a.y - b.y),
    });
  }
  return segments;
}

/** True when a line, as a rectangle without width or height, runs through an area and not only along its edge. */
export function crosses(segment: Rectangle, area: Rectangle): boolean {
  return (
    segment.x < area.x + area.width &&
    segment.x + segment.width > area.x &&
    segment.y < area.y + area.height &&
    segment.y + segment.height > area.y
  );
}

/** Rectangle with both axes exchanged. */
export function transpose(rectangle: Rectangle): Rectangle {
  return { x: rectangle.y, y: rectangle.x, width: rectangle.height, height: rectangle.width };
}

/** What two rectangles share; undefined where that is less than a pixel. */
export function common(a: Rectangle, b: Rectangle): Rectangle | undefined {
  const [x, y] = [Math.max(a.x, b.x), Math.max(a.y, b.y)];
  const [right, bottom] = [Math.min(a.x + a.width, b.x + b.width), Math.min(a.y + a.height, b.y + b.height)];
  return right - x > 1 && bottom - y > 1 ? { x, y, width: right - x, height: bottom - y } : undefined;
}
