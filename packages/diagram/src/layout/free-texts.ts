import { boundsOf, crosses, grow, overlap, type Rectangle, segmentsOf } from './geometry.js';
import type { Layout, PlacedEdge, PlacedLabel } from './layout.js';
import { moved, movedLine } from './placement.js';

/** Spaces in pixels: between a way and its text; from one place along a way to the next that is tried. */
const BESIDE_WAY = 4;
const STEP = 6;

/**
 * Moves each text of a way that another way, a node or a text lies on to the nearest free place beside its own way. A text
 * without a free place stays where it is.
 */
export function freeTexts(layout: Layout): Layout {
  const edges = [...layout.edges];
  edges.forEach((placed, index) => {
    const { label } = placed;
    if (label === undefined || isFree(label.box, placed, layout, edges)) return;
    const place = placesBeside(placed, label).find((box) => isFree(box, placed, layout, edges));
    if (place !== undefined) edges[index] = { ...placed, label: movedTo(label, place) };
  });
  return { ...layout, edges };
}

/** Places on both sides of a way, the nearest to where its text stands first. */
function placesBeside({ points }: PlacedEdge, { box }: PlacedLabel): readonly Rectangle[] {
  const { width, height } = box;
  const places = segmentsOf(points).flatMap((segment): Rectangle[] => {
    const isUpright = segment.width < segment.height;
    const room = isUpright ? segment.height - height : segment.width - width;
    const steps = Array.from({ length: Math.max(0, Math.floor(room / STEP) + 1) }, (_, step) => step * STEP);
    return steps.flatMap((along): Rectangle[] =>
      isUpright
        ? [
            { x: segment.x + BESIDE_WAY, y: segment.y + along, width, height },
            { x: segment.x - BESIDE_WAY - width, y: segment.y + along, width, height },
          ]
        : [
            { x: segment.x + along, y: segment.y + BESIDE_WAY, width, height },
            { x: segment.x + along, y: segment.y - BESIDE_WAY - height, width, height },
          ],
    );
  });
  const away = ({ x, y }: Rectangle): number => Math.abs(x - box.x) + Math.abs(y - box.y);
  return places.sort((a, b) => away(a) - away(b));
}

function isFree(box: Rectangle, own: PlacedEdge, layout: Layout, edges: readonly PlacedEdge[]): boolean {
  const areas = [grow(box, -2), below(box)];
  const covered = [
    ...layout.nodes.map((placed) => placed.box),
    ...layout.lanes.map(({ header }) => header),
    ...edges.flatMap((each) => (each === own || each.label === undefined ? [] : [each.label.box])),
  ];
  const page = boundsOf([{ x: 0, y: 0, width: layout.width, height: layout.height }, box]);
  return (
    page?.width === layout.width &&
    page.height === layout.height &&
    !covered.some((each) => overlap(each, box)) &&
    !edges.some(({ points }) => segmentsOf(points).some((segment) => areas.some((area) => crosses(segment, area))))
  );
}

/** Where a line, also that of its own way, would look drawn under a text. */
function below({ x, y, width, height }: Rectangle): Rectangle {
  return { x: x + BESIDE_WAY, y: y + height - 2, width: Math.max(0, width - 2 * BESIDE_WAY), height: BESIDE_WAY };
}

function movedTo(label: PlacedLabel, to: Rectangle): PlacedLabel {
  const by = { x: to.x - label.box.x, y: to.y - label.box.y };
  return { box: moved(label.box, by), lines: label.lines.map((line) => movedLine(line, by)) };
}
