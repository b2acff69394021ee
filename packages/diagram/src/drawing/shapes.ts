import type { PlacedNode } from '../layout/layout.js';
import { HEXAGON_SLANT } from '../layout/sizes.js';
import type { LaneColours, Theme } from './theme.js';
import { element, pixels } from './xml.js';

/** The outline of a node, without its text. */
export function drawShape(placed: PlacedNode, theme: Theme, colours: LaneColours): string {
  const { x, y, width, height } = placed.shape;
  const card = { x, y, width, height, fill: theme.card, stroke: colours.accent };
  const circle = { cx: x + width / 2, cy: y + height / 2 };
  switch (placed.node.kind) {
    case 'step':
      return element('rect', {
        ...card,
        rx: 8,
        'stroke-width': placed.node.mark === undefined ? 1.4 : 2.2,
        'stroke-dasharray': isDashed(placed) ? '5 3' : undefined,
      });
    case 'call':
      return (
        element('rect', { ...card, rx: 8, 'stroke-width': 1.4 }) +
        element('rect', {
          ...card,
          x: x + 4,
          y: y + 4,
          width: width - 8,
          height: height - 8,
          rx: 5,
          fill: 'none',
          'stroke-width': 1,
        })
      );
    case 'take':
      return element('rect', {
        ...card,
        fill: theme.hold.card,
        stroke: theme.hold.stroke,
        rx: Math.min(16, height / 2),
        'stroke-width': 1.4,
      });
    case 'release':
      return element('rect', {
        ...card,
        stroke: theme.hold.stroke,
        rx: Math.min(16, height / 2),
        'stroke-width': 1.4,
        'stroke-dasharray': '3 3',
      });
    case 'wait':
      return element('rect', { ...card, rx: Math.min(16, height / 2), 'stroke-width': 1.4, 'stroke-dasharray': '1 3' });
    case 'decision':
      return element('path', {
        d: hexagon(placed),
        fill: theme.card,
        stroke: colours.accent,
        'stroke-width': 1.6,
        'stroke-linejoin': 'round',
      });
    case 'fork':
    case 'join':
      return element('rect', { x, y, width, height, rx: 3, fill: theme.bar });
    case 'connector':
      return element('circle', { ...circle, r: width / 2 - 1, fill: colours.header, stroke: colours.header });
    case 'start':
      return element('circle', {
        ...circle,
        r: width / 2 - 1,
        fill: theme.card,
        stroke: colours.accent,
        'stroke-width': 2,
      });
    case 'end':
      return element('circle', { ...circle, r: width / 2 - 2, fill: theme.card, stroke: theme.end, 'stroke-width': 4 });
  }
}

/** What not every patient gets, and what is gone in the later of two versions. */
function isDashed({ node }: PlacedNode): boolean {
  return node.mark === 'removed' || (node.condition !== undefined && node.mark === undefined);
}

function hexagon(placed: PlacedNode): string {
  const { x, y, width, height } = placed.shape;
  const middle = pixels(y + height / 2);
  const [left, right] = [pixels(x + HEXAGON_SLANT), pixels(x + width - HEXAGON_SLANT)];
  return `M${pixels(x)} ${middle}L${left} ${pixels(y)}H${right}L${pixels(x + width)} ${middle}L${right} ${pixels(y + height)}H${left}Z`;
}
