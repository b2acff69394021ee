import type { Point, Rectangle } from '../layout/geometry.js';
import type { Layout, PlacedEdge, PlacedNode, TextLine } from '../layout/layout.js';
import { laneColours, THEMES } from './theme.js';
import { element, pixels } from './xml.js';

/**
 * A layout as a file of draw.io (diagrams.net): lanes, holds, nodes and ways where they stand in the drawing, each a shape
 * that can be moved. Titles are plain text there, whatever they hold.
 */
export function drawioText(layout: Layout): string {
  const names = new Map(layout.nodes.map(({ node }, index) => [node.id, `n${index + 1}`] as const));
  const turned = layout.direction === 'right';
  const lanes = layout.lanes.map(({ lane, box, header }, index) => {
    const { ground, header: colour } = laneColours(THEMES.light, layout, index);
    const size = turned ? header.width : header.height;
    return vertex(
      `lane${index + 1}`,
      lane.title,
      `swimlane;html=0;whiteSpace=wrap;startSize=${pixels(size)};horizontal=${turned ? 0 : 1};fillColor=${colour};fontColor=#ffffff;swimlaneFillColor=${ground};strokeColor=#d5dbe3;collapsible=0;connectable=0;`,
      box,
    );
  });
  const holds = layout.regions.map(({ box }, index) =>
    vertex(
      `hold${index + 1}`,
      '',
      'rounded=1;arcSize=4;html=0;fillColor=#0f172a;opacity=8;strokeColor=none;connectable=0;',
      box,
    ),
  );
  const cells = [
    element('mxCell', { id: '0' }),
    element('mxCell', { id: '1', parent: '0' }),
    ...lanes,
    ...holds,
    ...layout.nodes.flatMap((placed) => nodeCells(placed, names.get(placed.node.id) ?? '', layout)),
    ...layout.edges.map((placed, index) => edgeCell(placed, `w${index + 1}`, names, layout)),
  ];
  const model = element('mxGraphModel', { grid: '0', page: '0', pageWidth: layout.width, pageHeight: layout.height }, [
    element(
      'root',
      {},
      cells.map((cell) => `\n${cell}`),
    ),
  ]);
  return `${element('mxfile', { host: 'Pathway' }, [element('diagram', { id: 'pathway', name: layout.title }, [model])])}\n`;
}

function vertex(id: string, value: string, style: string, { x, y, width, height }: Rectangle): string {
  const geometry = element('mxGeometry', { x, y, width, height, as: 'geometry' });
  return element('mxCell', { id, value, style, vertex: '1', parent: '1' }, [geometry]);
}

function nodeCells(placed: PlacedNode, id: string, layout: Layout): readonly string[] {
  const { node, shape } = placed;
  const { accent, header } = laneColours(THEMES.light, layout, node.lane);
  const stroke = `strokeColor=${accent};`;
  const look = 'html=0;fontSize=12;fillColor=#ffffff;fontColor=#0f172a;';
  const base = `${look}whiteSpace=wrap;`;
  const text = [...(node.condition === undefined ? [] : [node.condition]), node.title, ...node.notes].join('\n');
  const beside =
    layout.direction === 'down'
      ? 'labelPosition=left;align=right;spacingRight=6;'
      : 'verticalLabelPosition=top;verticalAlign=bottom;';
  switch (node.kind) {
    case 'step':
      return [vertex(id, text, `${base}rounded=1;${stroke}`, shape)];
    case 'call':
      return [vertex(id, text, `${base}shape=ext;double=1;rounded=1;${stroke}`, shape)];
    case 'take':
    case 'release':
    case 'wait':
      return [vertex(id, text, `${base}rounded=1;arcSize=50;fillColor=#e2e8f0;strokeColor=#64748b;`, shape)];
    case 'decision':
      return [
        vertex(
          id,
          // The sides of a hexagon leave less room than draw.io wraps to.
          linesOf(placed),
          `${base}shape=hexagon;perimeter=hexagonPerimeter2;size=14;fixedSize=1;fontColor=${accent};${stroke}`,
          shape,
        ),
      ];
    case 'fork':
    case 'join':
      return [vertex(id, '', 'html=0;fillColor=#1e293b;strokeColor=none;', shape)];
    case 'connector':
      return [
        vertex(
          id,
          node.letter ?? '',
          `ellipse;html=0;fillColor=${header};fontColor=#ffffff;strokeColor=none;fontSize=11;`,
          shape,
        ),
      ];
    case 'start':
    case 'end':
      return [
        vertex(
          id,
          // Beside a circle, draw.io would wrap to the width of the circle.
          linesOf(placed),
          `ellipse;${look}${beside}strokeWidth=${node.kind === 'end' ? 4 : 2};${node.kind === 'end' ? 'strokeColor=#1e293b;' : stroke}`,
          shape,
        ),
      ];
  }
}

function edgeCell(placed: PlacedEdge, id: string, names: ReadonlyMap<string, string>, layout: Layout): string {
  const { edge, points, label } = placed;
  const [from, to] = [edge.from, edge.to].map((each) => layout.nodes.find(({ node }) => node.id === each)?.shape);
  const colour = edge.handover ? THEMES.light.handover : THEMES.light.way;
  const style = `html=0;rounded=1;endArrow=block;endFill=1;fontSize=11;strokeColor=${colour};${edge.handover ? 'strokeWidth=2;' : ''}${edge.kind === 'return' ? 'dashed=1;' : ''}${anchor('exit', from, points[0])}${anchor('entry', to, points.at(-1))}`;
  const corners = points.slice(1, -1).map(({ x, y }) => element('mxPoint', { x, y }));
  const at = label === undefined ? undefined : placeOnWay(points, label.box);
  const geometry = element('mxGeometry', { x: at?.along.toFixed(4), relative: '1', as: 'geometry' }, [
    corners.length === 0 ? '' : element('Array', { as: 'points' }, corners),
    at === undefined ? '' : element('mxPoint', { x: at.offset.x, y: at.offset.y, as: 'offset' }),
  ]);
  return element(
    'mxCell',
    {
      id,
      value: label === undefined ? edge.label : linesOf(label),
      style,
      edge: '1',
      parent: '1',
      source: names.get(edge.from),
      target: names.get(edge.to),
    },
    [geometry],
  );
}

/** A text with the line ends of the drawing. */
function linesOf({ lines }: { readonly lines: readonly TextLine[] }): string {
  return lines.map(({ text }) => text).join('\n');
}

/**
 * The place of a text by the way that it belongs to, as draw.io has it: the nearest point of the way, from -1 at its beginning
 * to 1 at its end, and how far the middle of the text is from there. Without it, texts stand in the middle of their ways,
 * where several of these may lie on one another.
 */
function placeOnWay(points: readonly Point[], text: Rectangle): { readonly along: number; readonly offset: Point } {
  const middle = { x: text.x + text.width / 2, y: text.y + text.height / 2 };
  let nearest = { distance: Number.POSITIVE_INFINITY, length: 0, offset: { x: 0, y: 0 } };
  let length = 0;
  for (const [index, to] of points.entries()) {
    const from = points[index - 1];
    if (from === undefined) continue;
    const leg = Math.hypot(to.x - from.x, to.y - from.y);
    if (leg === 0) continue;
    const along = (middle.x - from.x) * ((to.x - from.x) / leg) + (middle.y - from.y) * ((to.y - from.y) / leg);
    const share = Math.min(1, Math.max(0, along / leg));
    const offset = {
      x: middle.x - from.x - share * (to.x - from.x),
      y: middle.y - from.y - share * (to.y - from.y),
    };
    const distance = Math.hypot(offset.x, offset.y);
    if (distance < nearest.distance) nearest = { distance, length: length + share * leg, offset };
    length += leg;
  }
  return { along: length === 0 ? 0 : (2 * nearest.length) / length - 1, offset: nearest.offset };
}

/** Where a way meets a shape, as a share of its sides. */
function anchor(
  which: 'exit' | 'entry',
  shape: Rectangle | undefined,
  point: { readonly x: number; readonly y: number } | undefined,
): string {
  if (shape === undefined || point === undefined || shape.width === 0 || shape.height === 0) return '';
  const share = (value: number): string => String(Math.round(Math.max(0, Math.min(1, value)) * 1000) / 1000);
  return `${which}X=${share((point.x - shape.x) / shape.width)};${which}Y=${share((point.y - shape.y) / shape.height)};${which}Dx=0;${which}Dy=0;`;
}
