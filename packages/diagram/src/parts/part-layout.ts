import type { GraphEdge, GraphNode, Lane } from '../graph/graph.js';
import type { DrawingWords } from '../graph/words.js';
import { frame } from '../layout/frame.js';
import { boundsOf, common, type Point, type Rectangle, segmentsOf } from '../layout/geometry.js';
import type { Layout, PlacedEdge, PlacedNode, PlacedRegion } from '../layout/layout.js';
import { placeNode } from '../layout/placement.js';
import { sizeOfNode } from '../layout/sizes.js';
import { type Axis, stretchOf } from './cuts.js';
import type { Piece } from './pieces.js';

/** A part of a drawing: its area, and the ways in it. */
export interface Part {
  /** Id of the sheet that it becomes. */
  readonly sheet: string;
  /** From 1 on. */
  readonly number: number;
  readonly area: Rectangle;
  readonly pieces: readonly Piece[];
}

/** Where a way goes on: the letter of its cut, and the part on the other side. */
export interface Continuation {
  readonly letter: string;
  readonly other: Part;
}

/** Pixels from the edge of a part to the circles at which ways go on, and between these. */
const TO_CIRCLE = 24;
const TURN_STEP = 5;
const BETWEEN_CIRCLES = 27;
const CIRCLE = 22;

/** Room that circles at one edge of a part take, in pixels. */
export const ROOM_OF_CIRCLES = TO_CIRCLE + CIRCLE + 12;

/** The parts of a whole drawing that lie in an area: nodes and texts by their middles, holds cut. */
function contentOf(
  layout: Layout,
  area: Rectangle,
): {
  readonly nodes: readonly PlacedNode[];
  readonly regions: readonly PlacedRegion[];
  readonly hasText: (edge: PlacedEdge) => boolean;
} {
  return {
    nodes: layout.nodes.filter(({ box }) => hasMiddle(area, box)),
    regions: layout.regions.flatMap((region) => {
      const box = common(region.box, area);
      return box === undefined ? [] : [{ ...region, box }];
    }),
    hasText: ({ label }) => label !== undefined && hasMiddle(area, label.box),
  };
}

/** What a part shows of a drawing, from edge to edge. */
export function boundsOfPart(layout: Layout, area: Rectangle, pieces: readonly Piece[]): Rectangle {
  const { nodes, regions, hasText } = contentOf(layout, area);
  const texts = layout.edges.flatMap((edge) => (edge.label !== undefined && hasText(edge) ? [edge.label.box] : []));
  const lines = pieces.flatMap(({ points }) => segmentsOf(points));
  return boundsOf([...nodes.map(({ box }) => box), ...regions.map(({ box }) => box), ...texts, ...lines]) ?? area;
}

/** A part as a drawing of its own; ways that were cut end at lettered circles. */
export function layOutPart(
  layout: Layout,
  part: Part,
  count: number,
  goesOn: (cut: string) => Continuation | undefined,
  words: DrawingWords,
): Layout {
  const { area, pieces, number } = part;
  const { nodes, regions, hasText } = contentOf(layout, area);
  const bounds = boundsOfPart(layout, area, pieces);
  const across: Axis = layout.direction === 'down' ? 'x' : 'y';
  const own = stretchOf(bounds, across);
  const lanes = layout.lanes.filter(({ box }) => {
    const { from, to } = stretchOf(box, across);
    return from < own.to && to > own.from;
  });
  const laneAt = (lane: number): number =>
    Math.max(
      0,
      lanes.findIndex((each) => each === layout.lanes[lane]),
    );
  const borders = lanes.slice(1).map(({ box }) => stretchOf(box, across).from);
  const circles = placeCircles(bounds, pieces, goesOn, words);
  const circleLane = (point: Point): number =>
    Math.max(
      0,
      lanes.findIndex(({ box }) => {
        const { from, to } = stretchOf(box, across);
        const at = point[across];
        return at >= from && at < to;
      }),
    );
  const texted = new Set<number>();
  const edges = pieces.map((piece, index): PlacedEdge => {
    const placed = layout.edges[piece.way];
    if (placed === undefined) throw new RangeError('a piece of a way that is not there');
    const [before, after] = [circles.get(`${index} before`), circles.get(`${index} after`)];
    const edge: GraphEdge = {
      ...placed.edge,
      id: `${placed.edge.id}/${index}`,
      ...(before !== undefined && { from: before.node.id }),
      ...(after !== undefined && { to: after.node.id }),
    };
    const points = [...(before?.way ?? []), ...piece.points, ...(after?.way ?? [])];
    const isTexted = placed.label !== undefined && hasText(placed) && !texted.has(piece.way);
    if (isTexted) texted.add(piece.way);
    return { edge, points: withoutRepeats(points), ...(isTexted && { label: placed.label }) };
  });
  const ends = [...circles.values()].map(({ node, at }) =>
    placeNode({ ...node, lane: circleLane(at) }, 0, sizeOfNode(node, layout.direction, 0), {
      x: at.x - CIRCLE / 2,
      y: at.y - CIRCLE / 2,
    }),
  );
  const { say } = words;
  return frame(
    {
      title: say`${layout.title}: part ${number} of ${count}`,
      description: layout.description,
      lanes: lanes.map(({ lane }): Lane => ({ place: layout.lanes.findIndex((each) => each.lane === lane), ...lane })),
      nodes: [],
      edges: [],
      holds: [],
      warnings: [],
      ...(layout.legend !== undefined && { legend: layout.legend }),
      ...remarksOf(pieces, goesOn, words),
    },
    layout.direction,
    [...nodes.map((placed) => ({ ...placed, node: { ...placed.node, lane: laneAt(placed.node.lane) } })), ...ends],
    edges,
    borders,
    [],
    regions,
  );
}

/** `A, B: to part 2`: where circles lead. */
function remarksOf(
  pieces: readonly Piece[],
  goesOn: (cut: string) => Continuation | undefined,
  { say }: DrawingWords,
): { readonly remarks?: readonly string[] } {
  const lines = new Map<string, string[]>();
  for (const { cutBefore, cutAfter } of pieces)
    for (const [cut, isFrom] of [
      [cutBefore, true],
      [cutAfter, false],
    ] as const) {
      const found = cut === undefined ? undefined : goesOn(cut);
      if (found === undefined) continue;
      const text = isFrom ? say`from part ${found.other.number}` : say`to part ${found.other.number}`;
      lines.set(text, [...(lines.get(text) ?? []), found.letter]);
    }
  if (lines.size === 0) return {};
  return { remarks: [[...lines].map(([text, letters]) => `${letters.join(', ')}: ${text}`).join(' · ')] };
}

/** A circle beside a part, with the corners of the way between it and the cut, in the order of the way. */
interface Circle {
  readonly node: GraphNode;
  readonly at: Point;
  readonly way: readonly Point[];
}

interface CutEnd {
  readonly key: string;
  readonly isStart: boolean;
  readonly point: Point;
  readonly found: Continuation;
}

function placeCircles(
  bounds: Rectangle,
  pieces: readonly Piece[],
  goesOn: (cut: string) => Continuation | undefined,
  words: DrawingWords,
): ReadonlyMap<string, Circle> {
  const sides = new Map<string, CutEnd[]>();
  pieces.forEach(({ points, cutBefore, cutAfter }, index) => {
    for (const [cut, name, inner] of [
      [cutBefore, 'before', points.slice(0, 2)],
      [cutAfter, 'after', points.slice(-2).reverse()],
    ] as const) {
      const found = cut === undefined ? undefined : goesOn(cut);
      const [point, next] = inner;
      if (found === undefined || point === undefined || next === undefined) continue;
      const side = Math.abs(point.x - next.x) < Math.abs(point.y - next.y) ? 'y' : 'x';
      const isLow = point[side] < next[side];
      const key = `${side}${isLow ? '-' : '+'}`;
      const ends = sides.get(key) ?? [];
      ends.push({ key: `${index} ${name}`, isStart: name === 'before', point, found });
      sides.set(key, ends);
    }
  });
  return new Map([...sides].flatMap(([side, ends]) => circlesAt(side, ends, bounds, words)));
}

/** The circles at one edge, in the order of the ways and so far apart that they do not touch; ways turn to them without crossing. */
function circlesAt(
  side: string,
  ends: readonly CutEnd[],
  bounds: Rectangle,
  words: DrawingWords,
): readonly (readonly [string, Circle])[] {
  const away: Axis = side.startsWith('x') ? 'x' : 'y';
  const along: Axis = away === 'x' ? 'y' : 'x';
  const sign = side.endsWith('-') ? -1 : 1;
  const { from, to } = stretchOf(bounds, away);
  const edge = sign < 0 ? from : to;
  const sorted = [...ends].sort((a, b) => a.point[along] - b.point[along]);
  const places = spread(sorted.map(({ point }) => point[along]));
  const turnsOf = (index: number): number => {
    const shift = (places[index] ?? 0) - (sorted[index]?.point[along] ?? 0);
    // Of those that turn to one side, the one that is farthest to it turns first.
    const isSame = (other: number): boolean =>
      Math.sign((places[other] ?? 0) - (sorted[other]?.point[along] ?? 0)) === Math.sign(shift);
    return sorted.filter((_, other) => isSame(other) && (shift > 0 ? other > index : other < index)).length;
  };
  const most = Math.max(...sorted.map((_, index) => turnsOf(index)));
  const circle = edge + sign * (TO_CIRCLE + most * TURN_STEP);
  return sorted.map(({ key, isStart, point, found }, index) => {
    const place = places[index] ?? point[along];
    const turn = edge + sign * (4 + turnsOf(index) * TURN_STEP);
    const pointAt = (one: number, other: number): Point => (away === 'x' ? { x: one, y: other } : { x: other, y: one });
    const corners = [
      ...(Math.abs(place - point[along]) < 0.5 ? [] : [pointAt(turn, point[along]), pointAt(turn, place)]),
      pointAt(circle, place),
    ];
    const { letter, other } = found;
    const { say } = words;
    const title = isStart ? say`from part ${other.number}` : say`to part ${other.number}`;
    const node: GraphNode = {
      id: `${isStart ? 'from' : 'to'} ${letter}`,
      kind: 'connector',
      lane: 0,
      title: '',
      notes: [],
      letter,
      description: say`Connector ${letter}, ${title}`,
      sheet: other.sheet,
      holds: [],
      branchPath: [],
    };
    const at = pointAt(circle + (sign * CIRCLE) / 2, place);
    return [key, { node, at, way: isStart ? corners.reverse() : corners }] as const;
  });
}

/** Sorted places moved as little as keeps them apart: groups that would touch stand around the middle of their places. */
function spread(places: readonly number[]): readonly number[] {
  const groups: { sum: number; count: number }[] = [];
  const startOf = ({ sum, count }: { sum: number; count: number }): number =>
    sum / count - ((count - 1) * BETWEEN_CIRCLES) / 2;
  for (const place of places) {
    let group = { sum: place, count: 1 };
    for (let before = groups.at(-1); before !== undefined; before = groups.at(-1)) {
      if (startOf(before) + before.count * BETWEEN_CIRCLES <= startOf(group)) break;
      groups.pop();
      group = { sum: before.sum + group.sum, count: before.count + group.count };
    }
    groups.push(group);
  }
  return groups.flatMap((group) =>
    Array.from({ length: group.count }, (_, index) => startOf(group) + index * BETWEEN_CIRCLES),
  );
}

function withoutRepeats(points: readonly Point[]): readonly Point[] {
  const isStraight = (a: Point, b: Point, c: Point): boolean =>
    (Math.abs(a.x - b.x) < 0.5 && Math.abs(b.x - c.x) < 0.5) ||
    (Math.abs(a.y - b.y) < 0.5 && Math.abs(b.y - c.y) < 0.5);
  return points.reduce<Point[]>((kept, point) => {
    const [before, last] = kept.slice(-2);
    if (before !== undefined && last !== undefined && isStraight(before, last, point))
      return [...kept.slice(0, -1), point];
    return [...kept, point];
  }, []);
}

function hasMiddle(area: Rectangle, { x, y, width, height }: Rectangle): boolean {
  const [cx, cy] = [x + width / 2, y + height / 2];
  return cx >= area.x && cx < area.x + area.width && cy >= area.y && cy < area.y + area.height;
}
