import type { Layout, PlacedEdge, PlacedNode, TextLine } from '../layout/layout.js';
import { laneColours, THEMES } from './theme.js';

/** An element of a scene of Excalidraw, with what every one has. */
type SceneElement = Readonly<Record<string, unknown>>;

/** The font that Excalidraw draws in a plain hand, without serifs. */
const PLAIN_FONT = 2;
const LINE_HEIGHT = 1.25;

/**
 * A layout as a scene of Excalidraw: lanes, holds, nodes with their texts and ways where they stand in the drawing. A node
 * and its texts are one group, ways are bound to the nodes at their ends. Seeds count on from 1, so that the same layout
 * gives the same bytes.
 */
export function excalidrawText(layout: Layout): string {
  const scene = new Scene();
  layout.lanes.forEach(({ box, header, lines }, index) => {
    const { ground, header: colour } = laneColours(THEMES.light, layout, index);
    const group = `lane${index + 1}`;
    scene.shape('rectangle', box, { backgroundColor: ground, strokeColor: THEMES.light.laneBorder, groupIds: [group] });
    scene.shape('rectangle', header, { backgroundColor: colour, strokeColor: colour, groupIds: [group] });
    const turned = layout.direction === 'right' ? -Math.PI / 2 : 0;
    const middle = { x: header.x + header.width / 2, y: header.y + header.height / 2 };
    scene.text(lines, THEMES.light.headerText, [group], turned, middle);
  });
  for (const { box } of layout.regions)
    scene.shape('rectangle', box, { backgroundColor: '#0f172a', strokeColor: 'transparent', opacity: 8 });
  const ids = new Map(layout.nodes.map(({ node }, index) => [node.id, `node${index + 1}`] as const));
  for (const placed of layout.nodes) drawNode(scene, placed, ids.get(placed.node.id) ?? '', layout);
  for (const placed of layout.edges) drawWay(scene, placed, ids);
  const file = {
    type: 'excalidraw',
    version: 2,
    source: 'https://excalidraw.com',
    elements: scene.elements,
    appState: { viewBackgroundColor: THEMES.light.page, gridSize: null },
    files: {},
  };
  return `${JSON.stringify(file, undefined, 2)}\n`;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

class Scene {
  readonly elements: SceneElement[] = [];

  #add(own: SceneElement): void {
    const seed = this.elements.length + 1;
    this.elements.push({
      id: `e${seed}`,
      angle: 0,
      strokeColor: THEMES.light.text,
      backgroundColor: 'transparent',
      fillStyle: 'solid',
      strokeWidth: 1,
      strokeStyle: 'solid',
      roughness: 0,
      opacity: 100,
      groupIds: [],
      frameId: null,
      roundness: null,
      seed,
      version: 1,
      versionNonce: seed,
      isDeleted: false,
      boundElements: [],
      updated: 1,
      link: null,
      locked: false,
      ...own,
    });
  }

  shape(type: 'rectangle' | 'ellipse' | 'diamond', { x, y, width, height }: Box, own: SceneElement): void {
    this.#add({ type, x: rounded(x), y: rounded(y), width: rounded(width), height: rounded(height), ...own });
  }

  /** Lines of one style as one text, centred where they stand. */
  text(
    lines: readonly TextLine[],
    colour: string,
    groupIds: readonly string[],
    angle = 0,
    about?: { readonly x: number; readonly y: number },
  ): void {
    for (const { text, style, x, y } of lines) {
      const [width, height] = [text.length * style.size * 0.62 + 4, style.size * LINE_HEIGHT];
      // A turned text turns about its own middle; its line stands beside the middle of the header then.
      const middle =
        about === undefined || angle === 0
          ? { x, y: y - style.size * 0.36 }
          : { x: about.x + (y - style.size * 0.36 - about.y), y: about.y - (x - about.x) };
      this.#add({
        type: 'text',
        x: rounded(middle.x - width / 2),
        y: rounded(middle.y - height / 2),
        width: rounded(width),
        height: rounded(height),
        angle,
        strokeColor: colour,
        groupIds,
        text,
        originalText: text,
        fontSize: style.size,
        fontFamily: PLAIN_FONT,
        textAlign: 'center',
        verticalAlign: 'middle',
        containerId: null,
        autoResize: true,
        lineHeight: LINE_HEIGHT,
      });
    }
  }

  arrow(points: readonly { readonly x: number; readonly y: number }[], own: SceneElement): void {
    const [first] = points;
    if (first === undefined) return;
    const relative = points.map(({ x, y }) => [rounded(x - first.x), rounded(y - first.y)] as const);
    const [xs, ys] = [relative.map(([x]) => x), relative.map(([, y]) => y)];
    this.#add({
      type: 'arrow',
      x: rounded(first.x),
      y: rounded(first.y),
      width: Math.max(...xs) - Math.min(...xs),
      height: Math.max(...ys) - Math.min(...ys),
      points: relative,
      lastCommittedPoint: null,
      startArrowhead: null,
      endArrowhead: 'triangle',
      elbowed: false,
      ...own,
    });
  }
}

function drawNode(scene: Scene, placed: PlacedNode, id: string, layout: Layout): void {
  const { node, shape, lines } = placed;
  const { accent, header } = laneColours(THEMES.light, layout, node.lane);
  const groupIds = [`group-${id}`];
  const load = node.load === undefined ? undefined : THEMES.light.loads[node.load];
  const common = { id, groupIds, strokeColor: accent, backgroundColor: load?.fill ?? THEMES.light.card };
  const round = { roundness: { type: 3 } };
  switch (node.kind) {
    case 'start':
    case 'end':
      scene.shape('ellipse', shape, { ...common, strokeWidth: node.kind === 'end' ? 4 : 2 });
      break;
    case 'connector':
      scene.shape('ellipse', shape, { ...common, backgroundColor: header });
      break;
    case 'fork':
    case 'join':
      scene.shape('rectangle', shape, { ...common, backgroundColor: THEMES.light.bar, strokeColor: THEMES.light.bar });
      break;
    case 'decision':
      scene.shape('rectangle', shape, { ...common, strokeStyle: 'dashed', strokeWidth: 2 });
      break;
    case 'call':
      scene.shape('rectangle', shape, { ...common, ...round, strokeWidth: 4 });
      break;
    case 'take':
    case 'release':
    case 'wait':
      scene.shape('rectangle', shape, { ...common, ...round, backgroundColor: load?.fill ?? THEMES.light.hold.card });
      break;
    case 'step':
      scene.shape('rectangle', shape, { ...common, ...round });
      break;
  }
  for (const line of lines) {
    const colour = line.role === 'letter' ? THEMES.light.headerText : (load?.text ?? THEMES.light.text);
    scene.text([line], colour, groupIds);
  }
}

function drawWay(scene: Scene, { edge, points, label }: PlacedEdge, ids: ReadonlyMap<string, string>): void {
  const bound = (node: string): SceneElement => ({ elementId: ids.get(node), focus: 0, gap: 1 });
  scene.arrow(points, {
    strokeColor: edge.handover ? THEMES.light.handover : THEMES.light.way,
    strokeStyle: edge.kind === 'return' ? 'dashed' : 'solid',
    strokeWidth: edge.handover ? 2 : 1,
    startBinding: bound(edge.from),
    endBinding: bound(edge.to),
  });
  if (label !== undefined) scene.text(label.lines, THEMES.light.label, []);
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
