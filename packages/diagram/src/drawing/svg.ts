import type { Origin } from '@pathway/model';
import type {
  Layout,
  PartOutline,
  PlacedEdge,
  PlacedLane,
  PlacedNode,
  PlacedRegion,
  TextLine,
  TextRole,
} from '../layout/layout.js';
import type { LegendEntry, Mark } from '../graph/graph.js';
import { overlap, type Point } from '../layout/geometry.js';
import { drawBadge, loadTheme, markClass, markedColours, markedTheme, versionLabel, versionLines } from './marks.js';
import { roundedPath } from './route.js';
import { drawShape } from './shapes.js';
import { isRightToLeft, textWidth } from '../text/measure.js';
import { wrapText } from '../text/wrap.js';
import { type DrawingTheme, laneColours, type LaneColours, type Theme, themeOf } from './theme.js';
import { element, escapeXml, pixels } from './xml.js';

const FONT_STACK = "Inter, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Noto Sans', sans-serif";
const CORNER = 8;

export interface SvgOptions {
  readonly theme?: DrawingTheme;
  /** Names each way by its ends, for pages with a script. */
  readonly nameWays?: boolean;
  /** The address that a node leads to, from where it was written; nodes without one are no links. */
  readonly link?: (origin: Origin) => string | undefined;
  /** The address of another sheet by its id; nodes that stand for one are no links without it. */
  readonly sheetLink?: (sheet: string) => string | undefined;
  /** Lines of text below the drawing. */
  readonly foot?: readonly string[];
}

/** Height of a line below the drawing. */
const FOOT_LINE = 18;
const FOOT_STYLE = { size: 12, weight: 'regular' } as const;
const FOOT_INSET = 12;
/** Narrower than this no sentence below a drawing is set. */
const SHORTEST_FOOT = 420;
const MOST_LINES = 40;
const CHIP = 12;

interface Chip extends LegendEntry {
  readonly start: number;
  readonly end: number;
}

/** Places for the colours of a legend and their texts, side by side. */
function legendChips(legend: readonly LegendEntry[]): readonly Chip[] {
  let end = FOOT_INSET;
  return legend.map((entry) => {
    const start = end;
    end += CHIP + 5 + textWidth(entry.text, FOOT_STYLE) + 16;
    return { ...entry, start, end };
  });
}

function drawLegend(chips: readonly Chip[], baseline: number, theme: Theme): readonly string[] {
  return chips.map(
    ({ load, text, start }) =>
      element('rect', {
        x: start,
        y: baseline - CHIP + 2,
        width: CHIP,
        height: CHIP,
        rx: 2,
        fill: theme.loads[load]?.fill ?? theme.card,
        stroke: theme.way,
      }) +
      element('text', { x: start + CHIP + 5, y: baseline, 'font-size': FOOT_STYLE.size, fill: theme.text }, [
        escapeXml(text),
      ]),
  );
}

/** A layout as one SVG document. The same layout and options give the same bytes. */
export function drawSvg(layout: Layout, options: SvgOptions = {}): string {
  const theme = themeOf(options.theme ?? 'light');
  const colours = (lane: number): LaneColours => laneColours(theme, layout, lane);
  const forwardLast = [...layout.edges].sort((a, b) => rank(a) - rank(b));
  const suffix = shortHash(
    `${layout.title} ${layout.direction} ${options.theme ?? 'light'} ${layout.nodes.map((each) => each.node.id).join(' ')}`,
  );
  const legend = layout.legend ?? [];
  const chips = legendChips(legend);
  const legendWidth = (chips.at(-1)?.end ?? 0) + FOOT_INSET;
  const ownWidth = Math.max(layout.width, legend.length === 0 ? 0 : legendWidth, SHORTEST_FOOT);
  const remarks = (layout.remarks ?? []).flatMap((remark) =>
    wrapText(remark, FOOT_STYLE, ownWidth - 2 * FOOT_INSET, MOST_LINES),
  );
  const foot = [...remarks, ...(options.foot ?? [])];
  const rows = foot.length + (legend.length === 0 ? 0 : 1.3);
  const height = layout.height + (rows === 0 ? 0 : (rows + 0.5) * FOOT_LINE);
  const width = Math.max(
    layout.width,
    rows === 0 ? 0 : Math.min(ownWidth, Math.max(legendWidth, SHORTEST_FOOT)),
    ...foot.map((line) => textWidth(line, FOOT_STYLE) + 2 * FOOT_INSET),
  );
  const footTop = layout.height + (legend.length === 0 ? 0 : 1.3 * FOOT_LINE);
  const nodes = layout.nodes.map((node) => drawNode(node, theme, colours(node.node.lane), options));
  const parts = [
    element('title', {}, [escapeXml(layout.title)]),
    element('desc', {}, [escapeXml(layout.description)]),
    arrowHeads(theme, suffix, marksOf(layout)),
    element('rect', { width, height, fill: theme.page }),
    group(
      'lanes',
      layout.lanes.map((lane, index) => drawLane(lane, theme, colours(index), layout.direction === 'right')),
    ),
    group(
      'holds',
      layout.regions.map((region) => drawRegion(region, theme, layout.direction === 'right')),
    ),
    group(
      'ways',
      forwardLast.map((edge) => drawWay(edge, theme, suffix, options.nameWays === true)),
    ),
    group('nodes', nodes),
    group(
      'labels',
      layout.edges.map((edge) => drawLabel(edge, theme, groundOf(layout, edge, theme))),
    ),
    group(
      'parts',
      (layout.parts ?? []).map((part) => drawPart(part, layout, theme, options)),
    ),
    group('legend', drawLegend(chips, layout.height + FOOT_LINE * 0.9, theme)),
    group(
      'foot',
      foot.map((line, i) =>
        element(
          'text',
          { x: FOOT_INSET, y: footTop + (i + 0.9) * FOOT_LINE, 'font-size': FOOT_STYLE.size, fill: theme.text },
          [escapeXml(line)],
        ),
      ),
    ),
  ];
  return `${element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${pixels(width)} ${pixels(height)}`,
      width,
      height,
      'font-family': FONT_STACK,
      // What is announced as one image hides the links in it from those who need them most.
      role: nodes.some((node) => node.startsWith('<a ')) ? 'group' : 'img',
      'aria-label': layout.title,
    },
    parts.filter((part) => part !== '').map((part) => `\n${part}`),
  )}\n`;
}

/**
 * The outline of a part, with its number large enough to be read where the rest of a large drawing is not: in the corner in
 * which it covers least.
 */
function drawPart({ sheet, number, box }: PartOutline, layout: Layout, theme: Theme, options: SvgOptions): string {
  const size = Math.max(20, Math.max(layout.width, layout.height) / 32);
  const stroke = size / 10;
  const inset = size * 0.95;
  const corners = [box.x + inset, box.x + box.width - inset].flatMap((x) =>
    [box.y + inset, box.y + box.height - inset].map((y) => ({ x, y })),
  );
  const covered = ({ x, y }: Point): number => {
    const own = { x: x - inset, y: y - inset, width: 2 * inset, height: 2 * inset };
    return layout.nodes.filter((placed) => overlap(placed.box, own)).length;
  };
  const [first = { x: box.x, y: box.y }, ...others] = corners;
  const { x, y } = others.reduce((best, each) => (covered(each) < covered(best) ? each : best), first);
  const dashes = `${pixels(3 * stroke)} ${pixels(2 * stroke)}`;
  const outline = { rx: 4, fill: 'none', stroke: theme.text, 'stroke-width': stroke, 'stroke-dasharray': dashes };
  const drawn = [
    element('rect', { ...box, ...outline }),
    element('circle', { cx: x, cy: y, r: size * 0.8, fill: theme.text }),
    element(
      'text',
      { x, y: y + size * 0.36, 'text-anchor': 'middle', 'font-size': size, 'font-weight': 600, fill: theme.page },
      [String(number)],
    ),
  ];
  const href = options.sheetLink?.(sheet);
  return href === undefined || !isSafe(href)
    ? element('g', { class: 'part' }, drawn)
    : element('a', { href, class: 'part' }, drawn);
}

/** Returns are drawn first and handovers last, so that the more important line lies above. */
function rank(placed: PlacedEdge): number {
  if (placed.edge.kind === 'return') return 0;
  return placed.edge.handover ? 2 : 1;
}

/** A short name for a text (FNV-1a), so that several drawings on one page keep their arrow heads apart. */
function shortHash(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(36);
}

function group(name: string, children: readonly string[]): string {
  const drawn = children.filter((child) => child !== '');
  return drawn.length === 0
    ? ''
    : element(
        'g',
        { class: name },
        drawn.map((child) => `\n${child}`),
      );
}

function arrowHeads(theme: Theme, suffix: string, marks: readonly Mark[]): string {
  const head = (id: string, size: number, fill: string): string =>
    element(
      'marker',
      {
        id,
        viewBox: '0 0 10 10',
        refX: 9,
        refY: 5,
        markerUnits: 'userSpaceOnUse',
        markerWidth: size,
        markerHeight: size,
        orient: 'auto',
      },
      [element('path', { d: 'M0 1 10 5 0 9z', fill })],
    );
  return element('defs', {}, [
    head(`way-head-${suffix}`, 10, theme.way),
    head(`return-head-${suffix}`, 10, theme.wayBack),
    head(`handover-head-${suffix}`, 12, theme.handover),
    ...marks.map((mark) => head(`${mark}-head-${suffix}`, 12, theme.marks[mark].stroke)),
  ]);
}

function drawLane(placed: PlacedLane, theme: Theme, colours: LaneColours, turned: boolean): string {
  const { header } = placed;
  const middle = { x: header.x + header.width / 2, y: header.y + header.height / 2 };
  const text = placed.lines.map((line) => drawText(line, theme.headerText));
  const rotation = `rotate(-90 ${pixels(middle.x)} ${pixels(middle.y)})`;
  return (
    element('rect', { ...placed.box, fill: colours.ground, stroke: theme.laneBorder }) +
    element('rect', { ...header, fill: colours.header }) +
    (turned ? element('g', { transform: rotation }, text) : text.join(''))
  );
}

/** A tint with a bar along the side at which lanes begin; an outline all around would cut texts of ways that leave. */
function drawRegion(region: PlacedRegion, theme: Theme, turned: boolean): string {
  const { fill, fillOpacity, stroke } = theme.hold;
  const { x, y, width, height } = region.box;
  const bar = turned ? { x: x + 8, y, width: width - 16, height: 3 } : { x, y: y + 8, width: 3, height: height - 16 };
  return element('g', { 'data-hold': region.hold }, [
    element('title', {}, [escapeXml(region.description)]),
    element('rect', { ...region.box, rx: 8, fill, 'fill-opacity': String(fillOpacity) }),
    element('rect', { ...bar, rx: 1.5, fill: stroke }),
  ]);
}

function drawWay(placed: PlacedEdge, theme: Theme, suffix: string, isNamed: boolean): string {
  const { edge } = placed;
  const named = isNamed ? { 'data-from': edge.from, 'data-to': edge.to } : {};
  const back = edge.kind === 'return';
  const { mark } = edge;
  if (mark !== undefined)
    return element('path', {
      class: `way${markClass(mark)}`,
      d: roundedPath(placed.points, CORNER),
      fill: 'none',
      stroke: theme.marks[mark].stroke,
      'stroke-width': 2.2,
      'stroke-dasharray': mark === 'removed' ? '2 4' : back ? '5 4' : undefined,
      'marker-end': `url(#${mark}-head-${suffix})`,
      ...named,
    });
  const [stroke, head] = edge.handover
    ? [theme.handover, 'handover-head']
    : back
      ? [theme.wayBack, 'return-head']
      : [theme.way, 'way-head'];
  return element('path', {
    d: roundedPath(placed.points, CORNER),
    fill: 'none',
    stroke,
    'stroke-width': edge.handover ? 2 : 1.4,
    'stroke-dasharray': back ? '5 4' : undefined,
    'marker-end': `url(#${head}-${suffix})`,
    ...named,
  });
}

function drawNode(placed: PlacedNode, theme: Theme, colours: LaneColours, options: SvgOptions): string {
  const { node } = placed;
  const target = node.leadsTo ?? node.origin;
  const sheet = node.sheet === undefined ? undefined : options.sheetLink?.(node.sheet);
  const href = sheet ?? (target === undefined ? undefined : options.link?.(target));
  const loaded = loadTheme(theme, node.load);
  const laneOf = markedColours(colours, theme, node.mark);
  // The colour of a lane is not seen on grounds that say how much waits.
  const textColours = loaded === theme ? laneOf : { ...laneOf, accent: loaded.text };
  const content = [
    element('title', {}, [escapeXml(node.description)]),
    drawShape(placed, markedTheme(loaded, node.mark), laneOf),
    ...textOfVersions(node.versions, (lines) =>
      (lines === undefined ? placed.lines : versionLines(placed, lines)).map((line) =>
        drawText(line, textColour(line.role, loaded, textColours)),
      ),
    ),
    drawBadge(placed, theme),
  ];
  const attributes = {
    class: `${node.kind}${markClass(node.mark)}`,
    'data-id': node.id,
    'data-origin': node.origin === undefined ? undefined : `${node.origin.file}:${node.origin.line}`,
  };
  if (href === undefined || !isSafe(href)) return element('g', attributes, content);
  // Its title names a link, and a label would be read out beside it; checkers ask for one where there is no text.
  const label = placed.lines.length === 0 ? node.description : undefined;
  return element('a', { href, 'aria-label': label, ...attributes }, content);
}

/** Addresses that run a script are never written, whatever the caller's function gives; readers skip blanks in them. */
function isSafe(href: string): boolean {
  return !/^(?:javascript|vbscript|data):/iu.test(href.replace(/[\s\p{Cc}]/gu, ''));
}

function textColour(role: TextRole, theme: Theme, colours: LaneColours): string {
  switch (role) {
    case 'title':
    case 'label':
      return theme.text;
    case 'note':
      return theme.note;
    case 'question':
    case 'condition':
      return colours.accent;
    case 'letter':
    case 'header':
      return theme.headerText;
  }
}

function drawText(line: TextLine, fill: string, halo?: string): string {
  const outlined =
    halo === undefined ? {} : { 'paint-order': 'stroke', stroke: halo, 'stroke-width': 3, 'stroke-linejoin': 'round' };
  return element(
    'text',
    {
      x: line.x,
      y: line.y,
      'text-anchor': 'middle',
      // Numbers and names of other scripts stand in the order of the line, not of the page.
      direction: isRightToLeft(line.text) ? 'rtl' : undefined,
      'font-size': line.style.size,
      'font-weight': line.style.weight === 'semibold' ? 600 : undefined,
      fill,
      ...outlined,
    },
    [escapeXml(line.text)],
  );
}

function drawLabel(placed: PlacedEdge, theme: Theme, ground: string): string {
  const { mark, versions } = placed.edge;
  const colour = mark === undefined ? theme.label : theme.text;
  const texts = textOfVersions(versions, (text) =>
    (text === undefined ? (placed.label?.lines ?? []) : versionLabel(placed, text)).map((line) =>
      drawText(line, colour, ground),
    ),
  ).join('');
  return mark === undefined || texts === '' ? texts : element('g', { class: `label${markClass(mark)}` }, [texts]);
}

/** The text of both versions together, and where they differ, hidden beside it, that of each by itself. */
function textOfVersions<Version>(
  versions: { readonly before: Version; readonly after: Version } | undefined,
  draw: (version: Version | undefined) => readonly string[],
): readonly string[] {
  if (versions === undefined) return draw(undefined);
  return [
    element('g', { class: 'both' }, draw(undefined)),
    ...(['before', 'after'] as const).flatMap((name) => {
      const lines = draw(versions[name]);
      return lines.length === 0 ? [] : [element('g', { class: `only-${name}`, display: 'none' }, lines)];
    }),
  ];
}

function marksOf(layout: Layout): readonly Mark[] {
  return (['added', 'removed', 'changed'] as const).filter((mark) =>
    layout.edges.some(({ edge }) => edge.mark === mark),
  );
}

function groundOf(layout: Layout, placed: PlacedEdge, theme: Theme): string {
  const from = layout.nodes.find((each) => each.node.id === placed.edge.from);
  if (layout.lanes.length === 0 || from === undefined) return theme.page;
  return laneColours(theme, layout, from.node.lane).ground;
}
