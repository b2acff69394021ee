import type { GraphEdge, LoadLevel, Mark, Shown } from '../graph/graph.js';
import type { PlacedEdge, PlacedNode, TextLine } from '../layout/layout.js';
import { movedLine } from '../layout/placement.js';
import { sizeOfLabel, sizeOfNode } from '../layout/sizes.js';
import type { LaneColours, Theme } from './theme.js';
import { element } from './xml.js';

const BADGE = 8;
const SIGN = 4;

/** The theme of a marked node: its fill and outline say what became of it. */
export function markedTheme(theme: Theme, mark: Mark | undefined): Theme {
  if (mark === undefined) return theme;
  const { fill, stroke } = theme.marks[mark];
  return { ...theme, card: fill, end: stroke, bar: stroke, hold: { ...theme.hold, card: fill, stroke } };
}

/** The theme of a node at which so much waits: its ground says how much. */
export function loadTheme(theme: Theme, load: LoadLevel | undefined): Theme {
  const colours = load === undefined ? undefined : theme.loads[load];
  if (colours === undefined) return theme;
  const { fill, text, note } = colours;
  return { ...theme, card: fill, text, note, hold: { ...theme.hold, card: fill } };
}

/** The colours of a marked node's lane. */
export function markedColours(colours: LaneColours, theme: Theme, mark: Mark | undefined): LaneColours {
  return mark === undefined ? colours : { ...colours, accent: theme.marks[mark].stroke };
}

/** The class of what is marked; pages hide by it what a version does not have. */
export function markClass(mark: Mark | undefined): string {
  return mark === undefined ? '' : ` mark-${mark}`;
}

/** A plus, a minus or a tilde in a circle at the corner: nothing depends on colour alone. */
export function drawBadge({ node, shape }: PlacedNode, theme: Theme): string {
  if (node.mark === undefined) return '';
  const { stroke, badge } = theme.marks[node.mark];
  const [x, y] = [shape.x + shape.width, shape.y];
  return element('g', { class: 'badge' }, [
    element('circle', { cx: x, cy: y, r: BADGE, fill: stroke }),
    element('path', {
      d: signPath(node.mark, x, y),
      fill: 'none',
      stroke: badge,
      'stroke-width': 1.8,
      'stroke-linecap': 'round',
    }),
  ]);
}

function signPath(mark: Mark, x: number, y: number): string {
  const at = (value: number): string => String(Math.round(value * 10) / 10);
  const across = `M${at(x - SIGN)} ${at(y)}H${at(x + SIGN)}`;
  switch (mark) {
    case 'added':
      return `${across}M${at(x)} ${at(y - SIGN)}V${at(y + SIGN)}`;
    case 'removed':
      return across;
    case 'changed':
      return `M${at(x - SIGN)} ${at(y + 1)}q${at(SIGN / 2)} -4 ${at(SIGN)} -1t${at(SIGN)} -1`;
  }
}

/** The lines that a changed node shows in one version, in the middle of its outline. */
export function versionLines(placed: PlacedNode, shown: Shown): readonly TextLine[] {
  const { condition: _, ...node } = placed.node;
  const sized = sizeOfNode({ ...node, ...shown }, 'down', 2);
  return centred(sized.lines, sized.shape, placed.shape);
}

/** The lines that a changed way shows in one version. */
export function versionLabel({ edge, label }: PlacedEdge, text: string): readonly TextLine[] {
  const shownEdge: GraphEdge = { ...edge, label: text };
  const sized = sizeOfLabel(shownEdge);
  return sized === undefined || label === undefined ? [] : centred(sized.lines, sized.shape, label.box);
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function centred(lines: readonly TextLine[], from: Box, to: Box): readonly TextLine[] {
  const by = {
    x: to.x + to.width / 2 - (from.x + from.width / 2),
    y: to.y + to.height / 2 - (from.y + from.height / 2),
  };
  return lines.map((line) => movedLine(line, by));
}
