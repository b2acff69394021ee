import type { HoldRegion } from '../../graph/graph.js';
import { boundsOf, crosses, overlap, segmentsOf, type Rectangle } from '../geometry.js';
import type { PlacedEdge, PlacedNode, PlacedRegion } from '../layout.js';
import type { HoldPlace } from './block-places.js';

/**
 * The area of every hold: one rectangle over all its lanes where nothing else stands or runs in it, else one in each lane,
 * over the layers in which something of it stands there.
 * @param areasOf the rectangle of a hold in every lane, from one layer to another
 */
export function regionsOfHolds(
  holds: readonly HoldRegion[],
  places: readonly HoldPlace[],
  nodes: readonly PlacedNode[],
  edges: readonly PlacedEdge[],
  areasOf: (hold: HoldPlace, layers: (lane: number) => Layers) => readonly (Rectangle | undefined)[],
): readonly PlacedRegion[] {
  const known = new Map(holds.map((hold) => [hold.id, hold] as const));
  return places.flatMap((place): readonly PlacedRegion[] => {
    const { hold, firstLayer, lastLayer } = place;
    const held = nodes.filter(({ node }) => node.holds.includes(hold));
    const full = areasOf(place, () => ({ first: firstLayer, last: lastLayer })).filter((area) => area !== undefined);
    const whole = boundsOf(full);
    if (whole === undefined) return [];
    const areas =
      full.length === 1 || isClear(whole, new Set(held.map(({ node }) => node.id)), nodes, edges)
        ? [whole]
        : areasOf(place, (lane) => layersIn(lane, held, place)).filter((area) => area !== undefined);
    const { title, description } = known.get(hold) ?? { title: hold, description: hold };
    return areas.map((box) => ({ hold, title, description, box }));
  });
}

export interface Layers {
  readonly first: number;
  readonly last: number;
}

function layersIn(lane: number, held: readonly PlacedNode[], { firstLayer, lastLayer }: HoldPlace): Layers {
  const own = held
    .filter(({ node, layer }) => node.lane === lane && layer >= firstLayer && layer <= lastLayer)
    .map(({ layer }) => layer);
  return own.length === 0
    ? { first: firstLayer, last: lastLayer }
    : { first: Math.min(...own), last: Math.max(...own) };
}

/** Nothing that is not held stands in the area, and no way between others runs through it. */
function isClear(
  area: Rectangle,
  held: ReadonlySet<string>,
  nodes: readonly PlacedNode[],
  edges: readonly PlacedEdge[],
): boolean {
  return (
    nodes.every(({ node, box }) => held.has(node.id) || !overlap(box, area, 0)) &&
    edges.every(
      ({ edge, points }) =>
        held.has(edge.from) || held.has(edge.to) || !segmentsOf(points).some((segment) => crosses(segment, area)),
    )
  );
}
