import type { HoldRegion } from '../graph/graph.js';
import { boundsOf, grow, overlap, segmentsOf, type Rectangle } from './geometry.js';
import type { PlacedEdge, PlacedNode, PlacedRegion } from './layout.js';

/** Space between what is held and the edge of its box, and how much an outer hold reaches beyond an inner one. */
const MARGIN = 9;
const STEP = 5;

/**
 * Soft boxes around everything for which a hold keeps its resource. In each lane the box reaches over as many layers
 * as it can without touching anything that is not held; where it cannot, a new box begins.
 */
export function regionsOf(
  holds: readonly HoldRegion[],
  nodes: readonly PlacedNode[],
  edges: readonly PlacedEdge[],
): readonly PlacedRegion[] {
  return holds.flatMap((hold) => {
    const members = nodes.filter((placed) => isHeld(placed, hold.id));
    const depth = members.reduce((deepest, placed) => Math.max(deepest, depthBelow(placed, hold.id)), 0);
    const ids = new Set(members.map((placed) => placed.node.id));
    const own = edges.flatMap(({ edge, points, label }) => {
      if (!ids.has(edge.from)) return [];
      const lines = ids.has(edge.to) && edge.kind === 'return' ? segmentsOf(points) : [];
      return label === undefined ? lines : [...lines, label.box];
    });
    const obstacles = nodes.filter((placed) => !ids.has(placed.node.id)).map((placed) => placed.box);
    const lanes = [...new Set(members.map((placed) => placed.node.lane))].sort((a, b) => a - b);
    return lanes.flatMap((lane) => {
      const inLane = members.filter((placed) => placed.node.lane === lane);
      const groups = groupByLayer(inLane);
      const margin = MARGIN + STEP * depth;
      const boxes = growGroups(groups, margin, obstacles);
      return boxes.map((core): PlacedRegion => {
        const reached =
          boundsOf([core, ...own.filter((part) => overlap(core, part, 0)).map((part) => grow(part, 3))]) ?? core;
        const isClean = !obstacles.some((obstacle) => overlap(reached, obstacle, 0));
        return { hold: hold.id, title: hold.title, description: hold.description, box: isClean ? reached : core };
      });
    });
  });
}

function isHeld(placed: PlacedNode, hold: string): boolean {
  return placed.node.holds.includes(hold) && placed.node.kind !== 'end' && placed.node.kind !== 'connector';
}

function depthBelow(placed: PlacedNode, hold: string): number {
  return placed.node.holds.length - 1 - placed.node.holds.indexOf(hold);
}

function groupByLayer(nodes: readonly PlacedNode[]): readonly (readonly Rectangle[])[] {
  const layers = [...new Set(nodes.map((placed) => placed.layer))].sort((a, b) => a - b);
  return layers.map((layer) => nodes.filter((placed) => placed.layer === layer).map((placed) => placed.box));
}

/** Joins the boxes of neighbouring layers while the joined box, with its margin, touches no obstacle. */
function growGroups(
  groups: readonly (readonly Rectangle[])[],
  margin: number,
  obstacles: readonly Rectangle[],
): readonly Rectangle[] {
  const isFree = (boxes: readonly Rectangle[]): Rectangle | undefined => {
    const bounds = boundsOf(boxes);
    const grown = bounds && grow(bounds, margin);
    return grown !== undefined && obstacles.some((obstacle) => overlap(grown, obstacle, 0)) ? undefined : grown;
  };
  const finished: Rectangle[] = [];
  let current: readonly Rectangle[] = [];
  const close = (): void => {
    const box = isFree(current);
    if (box !== undefined) finished.push(box);
    else for (const single of current) finished.push(grow(single, MARGIN - 4));
    current = [];
  };
  for (const group of groups) {
    if (current.length > 0 && isFree([...current, ...group]) === undefined) close();
    current = [...current, ...group];
  }
  if (current.length > 0) close();
  return finished;
}
