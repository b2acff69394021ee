import { crosses, grow, overlap, segmentsOf, type Point, type Rectangle } from './layout/geometry.js';
import type { Layout, PlacedEdge, PlacedNode, TextLine } from './layout/layout.js';
import { HEXAGON_SLANT } from './layout/sizes.js';
import { breaksAnywhere, splitGraphemes, textWidth } from './text/measure.js';

/** Parts of the size of text: capitals above the line, feet of letters below it. */
const CAPITALS = 0.73;
const DESCENDERS = 0.2;
/** Pixels that a text may reach beyond its room, for rounding. */
const TOLERANCE = 0.5;
/** Pixels below the box of a text that keep it apart from a line. */
const BELOW_TEXT = 2;

/** How well a layout reads: all but parted words, crossings, bends and area should be 0. */
export interface Quality {
  readonly nodeOverlaps: number;
  readonly labelsOnNodes: number;
  readonly labelsOnLabels: number;
  readonly edgesThroughNodes: number;
  /** Nodes that reach beyond their lane. */
  readonly nodesOutsideLane: number;
  /** Nodes, texts of ways and ways that lie on the title of a lane. */
  readonly titlesCovered: number;
  /** Lines of text that reach beyond the shape or the room that they stand in. */
  readonly textsOutside: number;
  /** Nodes, ways and texts that reach beyond the page. */
  readonly beyondPage: number;
  /** Lines that are neither upright nor level. */
  readonly slantedSegments: number;
  /** Nodes in the area of a hold that does not hold them. */
  readonly strangersInAreas: number;
  /** Ways through the area of a hold that keeps nothing for either of their ends. */
  readonly edgesThroughAreas: number;
  /** Pairs of ways, without an end in common, that lie on one another for a while. */
  readonly edgesOnEdges: number;
  /** Texts that are cut short. */
  readonly cutTexts: number;
  readonly labelsOnEdges: number;
  /** Texts of ways with a way so close below them that it looks like a line under them. */
  readonly underlinedTexts: number;
  /** Words that stand on two lines though nothing in them says where to part them. */
  readonly partedWords: number;
  readonly crossings: number;
  readonly bends: number;
  /** Square pixels. */
  readonly area: number;
}

/** Counts what makes a drawing hard to read. */
export function measureQuality(layout: Layout): Quality {
  const boxes = layout.nodes.map((placed) => placed.box);
  const labels = layout.edges.flatMap((placed) =>
    placed.label === undefined ? [] : [{ id: placed.edge.id, box: placed.label.box }],
  );
  const labelBoxes = labels.map((label) => label.box);
  return {
    nodeOverlaps: countPairs(boxes, (a, b) => overlap(a, b)),
    labelsOnNodes: labelBoxes.reduce((sum, label) => sum + boxes.filter((box) => overlap(label, box)).length, 0),
    labelsOnLabels: countPairs(labelBoxes, (a, b) => overlap(a, b)),
    edgesThroughNodes: layout.edges.reduce((sum, placed) => sum + nodesCrossedBy(placed, layout), 0),
    nodesOutsideLane: layout.nodes.filter((placed) => isOutside(placed.box, layout.lanes[placed.node.lane]?.box))
      .length,
    titlesCovered: titlesCovered(layout),
    textsOutside: textsOutside(layout),
    beyondPage: beyondPage(layout),
    slantedSegments: layout.edges.reduce(
      (sum, placed) =>
        sum + segmentsOf(placed.points).filter((segment) => segment.width > 0.5 && segment.height > 0.5).length,
      0,
    ),
    ...measureAreas(layout),
    edgesOnEdges: countPairs(layout.edges, liesOn),
    cutTexts: [...layout.nodes, ...layout.lanes, ...layout.edges.flatMap(({ label }) => label ?? [])].filter(
      ({ lines }) => lines.some(({ text }) => text.endsWith('…')),
    ).length,
    labelsOnEdges: labels.reduce(
      (sum, label) =>
        sum +
        layout.edges.filter((placed) => placed.edge.id !== label.id && touches(placed, grow(label.box, -2))).length,
      0,
    ),
    underlinedTexts: labels.filter(({ box }) => layout.edges.some((placed) => touches(placed, below(box)))).length,
    partedWords: partedWords(layout),
    crossings: countCrossings(layout.edges),
    bends: layout.edges.reduce((sum, placed) => sum + Math.max(0, placed.points.length - 2), 0),
    area: layout.width * layout.height,
  };
}

/** Where a line would seem to belong to the text above it. */
function below({ x, y, width, height }: Rectangle): Rectangle {
  return { x: x + 4, y: y + height - 2, width: Math.max(0, width - 8), height: 2 + BELOW_TEXT };
}

function partedWords({ nodes, lanes, edges }: Layout): number {
  const texts = [
    ...nodes.map(({ node: { title, notes }, lines }) => ({ said: [title, ...notes], lines })),
    ...lanes.map(({ lane, lines }) => ({ said: [lane.title], lines })),
    ...edges.flatMap(({ edge, label }) => (label === undefined ? [] : [{ said: [edge.label], lines: label.lines }])),
  ];
  return texts.reduce((sum, { said, lines }) => {
    const whole = new Set(lines.flatMap(({ text }) => text.split(/\s+/u)));
    const words = said.flatMap((text) => text.split(/\s+/u)).filter((word) => /^\p{L}+$/u.test(word));
    return sum + (lines.length === 0 ? 0 : words.filter((word) => !splits(word) && !whole.has(word)).length);
  }, 0);
}

/** Writing without spaces is parted anywhere. */
function splits(word: string): boolean {
  return splitGraphemes(word).some(breaksAnywhere);
}

function countPairs<Item>(items: readonly Item[], test: (a: Item, b: Item) => boolean): number {
  let count = 0;
  items.forEach((a, index) => {
    for (let other = index + 1; other < items.length; other++) {
      const b = items[other];
      if (b !== undefined && test(a, b)) count++;
    }
  });
  return count;
}

function nodesCrossedBy(placed: PlacedEdge, layout: Layout): number {
  const inner = segmentsOf(placed.points);
  return layout.nodes.filter(({ box, shape, node }) => {
    // Its own ends may be touched, but a way must not run through them; a circle's text counts only for others.
    const own = node.id === placed.edge.from || node.id === placed.edge.to;
    const area = grow(own ? shape : box, -1);
    return inner.some((segment) => crosses(segment, area) && !(own && node.kind === 'decision'));
  }).length;
}

function titlesCovered({ lanes, nodes, edges }: Layout): number {
  return lanes.reduce(
    (sum, { header }) =>
      sum +
      nodes.filter(({ box }) => overlap(box, header)).length +
      edges.filter(
        (placed) => (placed.label !== undefined && overlap(placed.label.box, header)) || touches(placed, header),
      ).length,
    0,
  );
}

function textsOutside({ lanes, nodes, edges, direction }: Layout): number {
  const inNodes = nodes.flatMap((placed) =>
    placed.lines.map((line) => (isInHexagon(placed) ? !fitsHexagon(line, placed.shape) : !contains(placed.box, line))),
  );
  const labels = edges.flatMap(({ label }) => label ?? []);
  const inLabels = labels.flatMap(({ box, lines }) => lines.map((line) => !contains(box, line)));
  const inHeaders = lanes.flatMap(({ header, lines }) => lines.map((line) => !fitsHeader(line, header, direction)));
  return [...inNodes, ...inLabels, ...inHeaders].filter((isOutside) => isOutside).length;
}

function isInHexagon({ node }: PlacedNode): boolean {
  return node.kind === 'decision' && node.sign === undefined;
}

/** Where a line of text lies: from the top of its capitals to the foot of its letters. */
function areaOf({ text, style, x, y }: TextLine): Rectangle {
  const width = textWidth(text, style);
  return { x: x - width / 2, y: y - CAPITALS * style.size, width, height: (CAPITALS + DESCENDERS) * style.size };
}

function contains(box: Rectangle, line: TextLine): boolean {
  return isInside(areaOf(line), grow(box, TOLERANCE));
}

function fitsHexagon(line: TextLine, shape: Rectangle): boolean {
  const area = areaOf(line);
  const middle = shape.y + shape.height / 2;
  const away = Math.max(Math.abs(area.y - middle), Math.abs(area.y + area.height - middle));
  const inset = HEXAGON_SLANT * Math.min(1, away / (shape.height / 2));
  return isInside(area, grow({ ...shape, x: shape.x + inset, width: shape.width - 2 * inset }, TOLERANCE));
}

/** Titles of lanes that lie below one another are turned. */
function fitsHeader(line: TextLine, header: Rectangle, direction: Layout['direction']): boolean {
  const area = areaOf(line);
  if (direction === 'down') return isInside(area, grow(header, TOLERANCE));
  const [cx, cy] = [header.x + header.width / 2, header.y + header.height / 2];
  return isInside(
    { x: cx + (area.y - cy), y: cy - (area.x + area.width - cx), width: area.height, height: area.width },
    grow(header, TOLERANCE),
  );
}

function beyondPage({ width, height, nodes, lanes, edges, regions }: Layout): number {
  const page: Rectangle = { x: 0, y: 0, width, height };
  return [
    ...nodes.map(({ box }) => box),
    ...lanes.map(({ box }) => box),
    ...regions.map(({ box }) => box),
    ...edges.flatMap(({ points, label }) => [...segmentsOf(points), ...(label === undefined ? [] : [label.box])]),
  ].filter((area) => !isInside(area, page)).length;
}

function isInside(inner: Rectangle, outer: Rectangle): boolean {
  return !isOutside(inner, outer);
}

function measureAreas({ nodes, edges, regions }: Layout): Pick<Quality, 'strangersInAreas' | 'edgesThroughAreas'> {
  const holds = new Map(nodes.map(({ node }) => [node.id, node.holds] as const));
  let [strangersInAreas, edgesThroughAreas] = [0, 0];
  for (const { hold, box } of regions) {
    const isHeld = (id: string): boolean => holds.get(id)?.includes(hold) === true;
    // A connector stands for a way: it lies where what it continues lies.
    strangersInAreas += nodes.filter(
      ({ node, box: own }) => node.kind !== 'connector' && !isHeld(node.id) && overlap(own, box),
    ).length;
    edgesThroughAreas += edges.filter(
      (placed) => !isHeld(placed.edge.from) && !isHeld(placed.edge.to) && touches(placed, grow(box, -1)),
    ).length;
  }
  return { strangersInAreas, edgesThroughAreas };
}

function liesOn(a: PlacedEdge, b: PlacedEdge): boolean {
  if (a.edge.from === b.edge.from || a.edge.to === b.edge.to || a.edge.from === b.edge.to || a.edge.to === b.edge.from)
    return false;
  return segmentsOf(a.points).some((first) =>
    segmentsOf(b.points).some((second) => {
      const isUpright = first.width < 0.5 && second.width < 0.5 && Math.abs(first.x - second.x) < 2;
      const isLevel = first.height < 0.5 && second.height < 0.5 && Math.abs(first.y - second.y) < 2;
      const shared = isUpright
        ? Math.min(first.y + first.height, second.y + second.height) - Math.max(first.y, second.y)
        : Math.min(first.x + first.width, second.x + second.width) - Math.max(first.x, second.x);
      return (isUpright || isLevel) && shared > 3;
    }),
  );
}

function touches(placed: PlacedEdge, area: Rectangle): boolean {
  return segmentsOf(placed.points).some((segment) => crosses(segment, area));
}

function isOutside(box: Rectangle, lane: Rectangle | undefined): boolean {
  if (lane === undefined) return false;
  return (
    box.x < lane.x ||
    box.y < lane.y ||
    box.x + box.width > lane.x + lane.width ||
    box.y + box.height > lane.y + lane.height
  );
}

/** Places at which ways cross at a right angle; ways that share an end may meet there, and lines that lie together cross as one. */
function countCrossings(edges: readonly PlacedEdge[]): number {
  const lines = edges.map((placed) => ({ edge: placed.edge, segments: pairs(placed.points) }));
  const places = new Set<string>();
  lines.forEach((a, index) => {
    for (const b of lines.slice(index + 1)) {
      if (a.edge.to === b.edge.to || a.edge.from === b.edge.from) continue;
      for (const first of a.segments)
        for (const second of b.segments) {
          const place = crossingOf(first, second);
          if (place !== undefined) places.add(`${Math.round(place.x)} ${Math.round(place.y)}`);
        }
    }
  });
  return places.size;
}

type Segment = readonly [Point, Point];

function pairs(points: readonly Point[]): readonly Segment[] {
  return points.slice(1).flatMap((point, index): Segment[] => {
    const before = points[index];
    return before === undefined ? [] : [[before, point]];
  });
}

function crossingOf(a: Segment, b: Segment): Point | undefined {
  const aUpright = Math.abs(a[0].x - a[1].x) < 0.5;
  const bUpright = Math.abs(b[0].x - b[1].x) < 0.5;
  if (aUpright === bUpright) return undefined;
  const [upright, level] = aUpright ? [a, b] : [b, a];
  const [x, y] = [upright[0].x, level[0].y];
  const crosses = between(x, level[0].x, level[1].x) && between(y, upright[0].y, upright[1].y);
  return crosses ? { x, y } : undefined;
}

function between(value: number, a: number, b: number): boolean {
  return value > Math.min(a, b) + 0.5 && value < Math.max(a, b) - 0.5;
}
