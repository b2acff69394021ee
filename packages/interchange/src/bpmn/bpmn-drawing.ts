import { xml, type XmlElement } from '../xml-text.js';
import { type Box, type DrawnProcess, EVENT_SIZE, GATEWAY_SIZE, type Place } from './drawn-process.js';
import type { BpmnNode, BpmnProcess, BpmnWay } from './process.js';

/** Height that the plus of a collapsed activity takes; as much is left above its name, so that this stays in the middle. */
const MARK_ROOM = 24;

/** The name of a pool stands in a strip, in pixels. */
const POOL_HEADER = 30;
const BETWEEN_POOLS = 40;

/** A process with its drawing. */
export interface NamedDrawing {
  readonly process: BpmnProcess;
  readonly drawing: DrawnProcess;
  /** A pool of the collaboration; what is inside of a sub-process has a page of its own. */
  readonly isPool: boolean;
}

interface DrawingIds {
  node(id: string): string;
  way(id: string): string;
  pool(id: string): string;
  lane(process: string, index: number): string;
  group(process: string, index: number): string;
}

/** The drawing of all pools below one another, and a page for each sub-process. */
export function diagramOf(
  drawings: readonly NamedDrawing[],
  collaboration: string,
  ids: DrawingIds,
): readonly XmlElement[] {
  const pools = drawings.filter(({ isPool }) => isPool);
  let top = 0;
  const shapes = pools.flatMap((each) => {
    const own = new ProcessDrawing(each, { x: POOL_HEADER, y: top }, ids);
    const pool = shape(
      ids.pool(each.process.id),
      { x: 0, y: top, width: each.drawing.width + POOL_HEADER, height: each.drawing.height },
      { isHorizontal: true },
    );
    top += Math.round(each.drawing.height) + BETWEEN_POOLS;
    return [pool, ...own.shapes()];
  });
  const pages = drawings
    .filter(({ isPool }) => !isPool)
    .map((each, index) => {
      const owner = each.process.id.replace(/:inside$/, '');
      return page(`Page_${index + 1}`, ids.node(owner), new ProcessDrawing(each, { x: 0, y: 0 }, ids).shapes());
    });
  return [page('Diagram', collaboration, shapes), ...pages];
}

function page(id: string, of: string, shapes: readonly XmlElement[]): XmlElement {
  return xml('bpmndi:BPMNDiagram', { id }, [xml('bpmndi:BPMNPlane', { id: `${id}_plane`, bpmnElement: of }, shapes)]);
}

class ProcessDrawing {
  private readonly nodes: ReadonlyMap<string, BpmnNode>;

  constructor(
    private readonly own: NamedDrawing,
    private readonly by: Place,
    private readonly ids: DrawingIds,
  ) {
    this.nodes = new Map(own.process.nodes.map((node) => [node.id, node] as const));
  }

  shapes(): readonly XmlElement[] {
    const { process, drawing } = this.own;
    return [
      ...drawing.lanes
        .slice(0, process.lanes.length)
        .map((box, index) => shape(this.ids.lane(process.id, index), this.moved(box), { isHorizontal: true })),
      ...process.nodes.filter(({ attachedTo }) => attachedTo === undefined).map((node) => this.nodeShape(node)),
      ...process.nodes.filter(({ attachedTo }) => attachedTo !== undefined).map((node) => this.boundaryShape(node)),
      ...process.ways.map((way) => this.edge(way)),
      ...(this.own.isPool ? drawing.regions.map(({ box }, index) => this.groupShape(this.moved(box), index)) : []),
    ];
  }

  /** The name of a group stands in its upper left corner. */
  private groupShape(box: Box, index: number): XmlElement {
    const label = { x: box.x + 6, y: box.y + 1, width: Math.min(box.width, 160), height: 14 };
    return shape(this.ids.group(this.own.process.id, index), box, {}, label);
  }

  private nodeShape(node: BpmnNode): XmlElement {
    const own = this.placeOf(node);
    const { box } = this.placed(node.id);
    const isSmall = sizeOf(node) !== undefined;
    const more =
      node.kind === 'exclusive' ? { isMarkerVisible: true } : node.kind === 'sub-process' ? { isExpanded: false } : {};
    const label =
      isSmall && node.name !== ''
        ? { x: box.x, y: box.y, width: box.width, height: Math.max(14, own.y - box.y - 2) }
        : undefined;
    return shape(this.ids.node(node.id), own, more, label);
  }

  private boundaryShape(node: BpmnNode): XmlElement {
    const middle = this.boundaryAt(node);
    const half = EVENT_SIZE / 2;
    const box = { x: middle.x - half, y: middle.y - half, width: EVENT_SIZE, height: EVENT_SIZE };
    const way = this.own.process.ways.find(({ from }) => from === node.id);
    const label = way === undefined ? undefined : this.own.drawing.ways.get(way.id)?.label;
    const beside = { x: middle.x + half + 2, y: middle.y + half - 4, width: 90, height: 14 };
    return shape(this.ids.node(node.id), box, {}, label === undefined ? beside : this.moved(label));
  }

  /** On the border of the activity, where the way leaves. */
  private boundaryAt(node: BpmnNode): Place {
    const host = this.placed(node.attachedTo ?? '').shape;
    const way = this.own.process.ways.find(({ from }) => from === node.id);
    const start = way === undefined ? undefined : this.own.drawing.ways.get(way.id)?.points[0];
    const others = this.own.process.nodes.filter(({ attachedTo }) => attachedTo === node.attachedTo);
    const place = (others.indexOf(node) + 1) / (others.length + 1);
    const x = host.x + Math.max(host.width - EVENT_SIZE * (others.length - others.indexOf(node)), host.width * place);
    // A way that leaves upwards leaves from the upper border.
    const isAbove = start !== undefined && start.y + this.by.y < host.y + host.height / 4;
    return { x, y: isAbove ? host.y : host.y + host.height };
  }

  private edge(way: BpmnWay): XmlElement {
    const drawn = this.own.drawing.ways.get(way.id);
    const [from, to] = [this.nodes.get(way.from), this.nodes.get(way.to)];
    if (drawn === undefined || from === undefined || to === undefined)
      throw new RangeError(`The way ${way.id} has no drawing.`);
    const points = this.waypoints(
      drawn.points.map((point) => this.at(point)),
      from,
      to,
    );
    const label =
      way.name === '' || drawn.label === undefined || from.attachedTo !== undefined
        ? undefined
        : this.moved(drawn.label);
    return xml('bpmndi:BPMNEdge', { id: `${this.ids.way(way.id)}_di`, bpmnElement: this.ids.way(way.id) }, [
      ...points.map(({ x, y }) => xml('di:waypoint', { x: Math.round(x), y: Math.round(y) })),
      label && xml('bpmndi:BPMNLabel', {}, [bounds(label)]),
    ]);
  }

  /** From border to border: gateways and events are smaller than the room that the layout keeps for them. */
  private waypoints(points: readonly Place[], from: BpmnNode, to: BpmnNode): readonly Place[] {
    const first = points[0];
    const last = points.at(-1);
    if (first === undefined || last === undefined || points.length < 2) return points;
    const end = attached(this.placeOf(to), last, points.at(-2) ?? first, sizeOf(to) !== undefined).reverse();
    if (from.attachedTo !== undefined) {
      const event = this.boundaryAt(from);
      const host = this.placed(from.attachedTo).shape;
      const isAbove = event.y <= host.y;
      const outside = event.y + (isAbove ? -EVENT_SIZE / 2 : EVENT_SIZE / 2);
      const next = points[1] ?? last;
      const turn = isAbove ? Math.min(next.y, outside - 6) : Math.max(next.y, outside + 6);
      return straightened([
        { x: event.x, y: outside },
        { x: event.x, y: turn },
        { x: Math.max(next.x, event.x), y: turn },
        ...points.slice(2, -1),
        ...end,
      ]);
    }
    const begin = attached(this.placeOf(from), first, points[1] ?? last, sizeOf(from) !== undefined);
    return straightened([...begin, ...points.slice(1, -1), ...end]);
  }

  private placed(id: string): { readonly shape: Box; readonly box: Box } {
    const found = this.own.drawing.nodes.get(id);
    if (found === undefined) throw new RangeError(`${id} has no place in the drawing.`);
    return { shape: this.moved(found.shape), box: this.moved(found.box) };
  }

  /** Gateways and events have one size in BPMN: they stand in the middle of what is drawn. */
  private placeOf(node: BpmnNode): Box {
    const { shape: box } = this.placed(node.id);
    const size = sizeOf(node);
    // A collapsed activity has its mark below its name.
    if (node.kind === 'call' || node.kind === 'sub-process')
      return { ...box, y: box.y - MARK_ROOM / 2, height: box.height + MARK_ROOM };
    if (size === undefined) return box;
    return { x: box.x + (box.width - size) / 2, y: box.y + (box.height - size) / 2, width: size, height: size };
  }

  private moved(box: Box): Box {
    return { ...box, x: box.x + this.by.x, y: box.y + this.by.y };
  }

  private at({ x, y }: Place): Place {
    return { x: x + this.by.x, y: y + this.by.y };
  }
}

/** Diameter of what is drawn as a sign; undefined for what is a box. */
export function sizeOf({ kind }: Pick<BpmnNode, 'kind'>): number | undefined {
  switch (kind) {
    case 'exclusive':
    case 'parallel':
      return GATEWAY_SIZE;
    case 'task':
    case 'user task':
    case 'call':
    case 'sub-process':
      return undefined;
    default:
      return EVENT_SIZE;
  }
}

/** Where a line towards a place meets the border, with a bend before a sign that the line does not point at. */
function attached(box: Box, end: Place, next: Place, isSign: boolean): Place[] {
  const middle = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const isUpright = Math.abs(end.x - next.x) < Math.abs(end.y - next.y);
  if (isUpright) {
    const y = next.y < middle.y ? box.y : box.y + box.height;
    if (!isSign || Math.abs(end.x - middle.x) < 1) return [{ x: isSign ? middle.x : end.x, y }];
    return [
      { x: end.x < middle.x ? box.x : box.x + box.width, y: middle.y },
      { x: end.x, y: middle.y },
    ];
  }
  const x = next.x < middle.x ? box.x : box.x + box.width;
  if (!isSign || Math.abs(end.y - middle.y) < 1) return [{ x, y: isSign ? middle.y : end.y }];
  return [
    { x: middle.x, y: end.y < middle.y ? box.y : box.y + box.height },
    { x: middle.x, y: end.y },
  ];
}

function straightened(points: readonly Place[]): readonly Place[] {
  return points.filter((point, index) => {
    const before = points[index - 1];
    return before === undefined || Math.abs(before.x - point.x) + Math.abs(before.y - point.y) >= 1;
  });
}

function shape(of: string, box: Box, more: XmlElement['attributes'] = {}, label?: Box): XmlElement {
  return xml('bpmndi:BPMNShape', { id: `${of}_di`, bpmnElement: of, ...more }, [
    bounds(box),
    label && xml('bpmndi:BPMNLabel', {}, [bounds(label)]),
  ]);
}

function bounds({ x, y, width, height }: Box): XmlElement {
  return xml('dc:Bounds', { x: Math.round(x), y: Math.round(y), width: Math.round(width), height: Math.round(height) });
}
