import { grow, overlap, type Rectangle, segmentsOf } from '../layout/geometry.js';
import type { Layout } from '../layout/layout.js';

/** Along which coordinate something is cut. */
export type Axis = 'x' | 'y';

/** How near to a node, a text of a way and a line beside it a cut may come, in pixels. */
const FROM_NODE = 6;
const FROM_TEXT = 3;
const FROM_LINE = 3;

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** From where to where a rectangle reaches along an axis. */
export function stretchOf({ x, y, width, height }: Rectangle, axis: Axis): Stretch {
  return axis === 'x' ? { from: x, to: x + width } : { from: y, to: y + height };
}

/** Where something can be cut, in rising order. */
export interface Cuts {
  /** Nothing but ways is cut. */
  readonly clean: readonly number[];
  /** Texts of ways stand on either side of the cut, and may reach over it. */
  readonly possible: readonly number[];
}

/**
 * Where an area of a drawing can be cut across an axis without hurting a node or a line beside the cut. Borders of lanes are
 * preferred to places beside them.
 */
export function cutsIn(layout: Layout, area: Rectangle, axis: Axis): Cuts {
  const nodes = layout.nodes.map(({ box }) => grow(box, FROM_NODE));
  const texts = layout.edges.flatMap(({ label }) => (label === undefined ? [] : [grow(label.box, FROM_TEXT)]));
  const lines = layout.edges
    .flatMap(({ points }) => segmentsOf(points))
    .filter(({ width, height }) => (axis === 'x' ? height > width : width > height))
    .map((line) => grow(line, FROM_LINE));
  const borders = layout.lanes.map(({ box }) => stretchOf(box, axis).from);
  const gapsBeside = (obstacles: readonly Rectangle[]): readonly number[] =>
    gapsIn(stretchOf(area, axis), stretchesIn(obstacles, area, axis)).map(
      ({ from, to }) => borders.find((border) => border > from && border < to) ?? (from + to) / 2,
    );
  return { clean: gapsBeside([...nodes, ...texts, ...lines]), possible: gapsBeside([...nodes, ...lines]) };
}

function stretchesIn(obstacles: readonly Rectangle[], area: Rectangle, axis: Axis): readonly Stretch[] {
  return obstacles
    .filter((each) => overlap(each, area, 0))
    .map((each) => stretchOf(each, axis))
    .sort((a, b) => a.from - b.from);
}

/** What sorted stretches leave free inside another, apart from its ends. */
function gapsIn({ from, to }: Stretch, taken: readonly Stretch[]): readonly Stretch[] {
  const gaps: Stretch[] = [];
  let end = from;
  let isFirst = true;
  for (const each of taken) {
    if (each.from > end && !isFirst) gaps.push({ from: end, to: Math.min(each.from, to) });
    isFirst = false;
    end = Math.max(end, each.to);
  }
  return gaps.filter((gap) => gap.from < gap.to);
}
