import type { Point, Rectangle } from '../layout/geometry.js';
import type { Layout } from '../layout/layout.js';

/** The part of a way that lies in one area, from cut to cut or to its own ends. */
export interface Piece {
  /** Place of the way among those of the layout. */
  readonly way: number;
  readonly points: readonly Point[];
  /** Names of the cuts at which it begins and ends; undefined at its own ends. */
  readonly cutBefore: string | undefined;
  readonly cutAfter: string | undefined;
}

/** Shorter pieces only touch an area. */
const TOUCH = 0.01;

/** The pieces of all ways in an area; one cut has one name in both areas beside it. */
export function piecesIn({ edges }: Layout, area: Rectangle): readonly Piece[] {
  return edges.flatMap(({ edge, points }, way) =>
    clipped(points, area).map(({ points: own, startsCut, endsCut }): Piece => {
      const nameAt = (point: Point | undefined): string =>
        `${edge.id} ${Math.round(point?.x ?? 0)} ${Math.round(point?.y ?? 0)}`;
      return {
        way,
        points: own,
        cutBefore: startsCut ? nameAt(own[0]) : undefined,
        cutAfter: endsCut ? nameAt(own.at(-1)) : undefined,
      };
    }),
  );
}

interface Clipped {
  readonly points: readonly Point[];
  readonly startsCut: boolean;
  readonly endsCut: boolean;
}

/** The runs of a line through points that lie inside an area. */
function clipped(points: readonly Point[], area: Rectangle): readonly Clipped[] {
  const runs: Clipped[] = [];
  let open: { points: Point[]; startsCut: boolean } | undefined;
  const close = (endsCut: boolean): void => {
    if (open !== undefined) runs.push({ ...open, endsCut });
    open = undefined;
  };
  for (const [index, to] of points.entries()) {
    const from = points[index - 1];
    if (from === undefined) continue;
    const inside = shareInside(from, to, area);
    if (inside === undefined) {
      close(true);
      continue;
    }
    const [first, last] = inside;
    if (open === undefined || first > 0) {
      close(true);
      open = { points: [between(from, to, first)], startsCut: first > 0 || index > 1 };
    }
    open.points.push(between(from, to, last));
    if (last < 1) close(true);
  }
  close(false);
  return runs;
}

function between(from: Point, to: Point, share: number): Point {
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}

/** From which share of a line to which it lies in an area (Liang and Barsky 1984); undefined where it does not, or touches it. */
function shareInside(from: Point, to: Point, area: Rectangle): readonly [number, number] | undefined {
  let [first, last] = [0, 1];
  const sides = [
    [to.x - from.x, from.x, area.x, area.x + area.width],
    [to.y - from.y, from.y, area.y, area.y + area.height],
  ] as const;
  for (const [step, start, low, high] of sides) {
    if (Math.abs(step) < TOUCH) {
      if (start < low || start > high) return undefined;
      continue;
    }
    const shares = [(low - start) / step, (high - start) / step].sort((a, b) => a - b);
    first = Math.max(first, shares[0] ?? 0);
    last = Math.min(last, shares[1] ?? 1);
  }
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  return (last - first) * length < TOUCH ? undefined : [first, last];
}
