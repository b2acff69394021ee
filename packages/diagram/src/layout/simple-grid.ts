import type { GraphEdge, PathwayGraph } from '../graph/graph.js';
import { cellsOf } from './order.js';
import type { Direction } from './layout.js';
import { sizeOfLabel, sizeOfNode, slotOfWay, wideEnough, type Sized } from './sizes.js';

/** A point by its place across the flow and along it. */
export interface FlowPoint {
  readonly across: number;
  readonly along: number;
}

interface GridCell {
  readonly id: string;
  readonly layer: number;
  /** Counts over all lanes. */
  readonly column: number;
  readonly sized: Sized;
  readonly across: number;
  readonly along: number;
}

const TRACK = 9;
const CHANNEL_MARGIN = 22;
const GUTTER_MARGIN = 14;

/** Places for nodes and tracks for ways, across and along the flow; nothing here knows which way the flow goes. */
export class SimpleGrid {
  /** Where one lane ends and the next begins. */
  readonly borders: readonly number[];
  private readonly cells = new Map<string, GridCell>();
  private readonly columnStarts: number[] = [];
  private readonly columnSizes: number[] = [];
  private readonly layerStarts: number[] = [];
  private readonly layerSizes: number[] = [];
  /** Tracks of a way: in the channel it leaves into, in the gutter, and in the channel it arrives from. */
  private readonly tracks = new Map<
    string,
    { readonly leave: number; readonly gutter?: number; readonly arrive?: number }
  >();
  private readonly channelTracks: number[] = [];
  private readonly gutterTracks: number[] = [];
  private readonly labelBands: number[] = [];
  private readonly leaving = new Map<string, GraphEdge[]>();

  constructor(
    private readonly graph: PathwayGraph,
    private readonly direction: Direction,
  ) {
    for (const edge of graph.edges) {
      const list = this.leaving.get(edge.from);
      if (list === undefined) this.leaving.set(edge.from, [edge]);
      else list.push(edge);
    }
    const columnsPerLane = this.placeInCells();
    this.takeTracks();
    this.borders = this.measure(columnsPerLane);
  }

  /** Layer and size of a node. */
  cell(id: string): { readonly layer: number; readonly sized: Sized } {
    return this.find(id);
  }

  /** The top left corner of a node, in drawing coordinates before any shift. */
  cornerOf(id: string): { readonly x: number; readonly y: number } {
    const cell = this.find(id);
    const across =
      this.at(this.columnStarts, cell.column) + this.at(this.columnSizes, cell.column) / 2 - this.middleOf(cell);
    const along = this.at(this.layerStarts, cell.layer) + (this.at(this.layerSizes, cell.layer) - cell.along) / 2;
    return this.direction === 'down' ? { x: across, y: along } : { x: along, y: across };
  }

  /** Where the channel after a node's layer begins. */
  channelStart(id: string): number {
    const { layer } = this.find(id);
    return this.at(this.layerStarts, layer) + this.at(this.layerSizes, layer);
  }

  /** The corners of a way. */
  routeOf(edge: GraphEdge): FlowPoint[] {
    const from = this.find(edge.from);
    const to = this.find(edge.to);
    const start = this.departure(edge);
    const end = this.arrival(to);
    const tracks = this.tracks.get(edge.id);
    const leave = this.trackAlong(from.layer, tracks?.leave ?? 0);
    if (tracks?.gutter === undefined || tracks.arrive === undefined) {
      if (Math.abs(start.across - end.across) < 0.5) return [start, end];
      return [start, { across: start.across, along: leave }, { across: end.across, along: leave }, end];
    }
    const gutter =
      this.at(this.columnStarts, to.column) +
      this.at(this.columnSizes, to.column) +
      GUTTER_MARGIN / 2 +
      tracks.gutter * TRACK;
    const arrive = this.trackAlong(to.layer - 1, tracks.arrive);
    return [
      start,
      { across: start.across, along: leave },
      { across: gutter, along: leave },
      { across: gutter, along: arrive },
      { across: end.across, along: arrive },
      end,
    ];
  }

  private placeInCells(): readonly number[] {
    const { cells } = cellsOf(this.graph);
    const laneCount = Math.max(1, this.graph.lanes.length);
    const columnsPerLane = Array.from({ length: laneCount }, () => 1);
    const inCell = new Map<string, number>();
    const places = cells.map(({ node, layer }) => {
      const key = `${node.lane} ${layer}`;
      const column = inCell.get(key) ?? 0;
      inCell.set(key, column + 1);
      columnsPerLane[node.lane] = Math.max(columnsPerLane[node.lane] ?? 1, column + 1);
      return { node, layer, column };
    });
    const firstColumn = columnsPerLane.map((_, lane) =>
      columnsPerLane.slice(0, lane).reduce((sum, count) => sum + count, 0),
    );
    for (const { node, layer, column } of places) {
      const branches = this.leaving.get(node.id)?.length ?? 1;
      const sized = this.withRoomForWays(node.id, sizeOfNode(node, this.direction, branches));
      const down = this.direction === 'down';
      this.cells.set(node.id, {
        id: node.id,
        layer,
        column: (firstColumn[node.lane] ?? 0) + column,
        sized,
        across: down ? sized.width : sized.height,
        along: down ? sized.height : sized.width,
      });
    }
    return columnsPerLane;
  }

  /** Grows a node across the flow until the texts of its ways fit beside one another. */
  private withRoomForWays(id: string, sized: Sized): Sized {
    const leaving = this.leaving.get(id) ?? [];
    if (leaving.length < 2) return sized;
    return wideEnough(
      sized,
      this.direction,
      leaving.reduce((sum, edge) => sum + slotOfWay(edge, this.direction), 0),
    );
  }

  private takeTracks(): void {
    const next = (counts: number[], index: number): number => {
      const track = counts[index] ?? 0;
      counts[index] = track + 1;
      return track;
    };
    for (const edge of this.graph.edges) {
      const from = this.find(edge.from);
      const to = this.find(edge.to);
      const label = sizeOfLabel(edge);
      const band = label === undefined ? 0 : (this.direction === 'down' ? label.height : label.width) + 8;
      this.labelBands[from.layer + 1] = Math.max(this.labelBands[from.layer + 1] ?? 0, band);
      const leave = next(this.channelTracks, from.layer + 1);
      if (to.layer === from.layer + 1) this.tracks.set(edge.id, { leave });
      else
        this.tracks.set(edge.id, {
          leave,
          gutter: next(this.gutterTracks, to.column),
          arrive: next(this.channelTracks, to.layer),
        });
    }
  }

  private measure(columnsPerLane: readonly number[]): readonly number[] {
    for (const cell of this.cells.values()) {
      const fromMiddle = Math.max(this.middleOf(cell), cell.across - this.middleOf(cell));
      this.columnSizes[cell.column] = Math.max(this.columnSizes[cell.column] ?? 0, 2 * fromMiddle);
      this.layerSizes[cell.layer] = Math.max(this.layerSizes[cell.layer] ?? 0, cell.along);
    }
    const borders: number[] = [];
    let across = 0;
    let column = 0;
    columnsPerLane.forEach((count, lane) => {
      across += 2 * GUTTER_MARGIN;
      for (let index = 0; index < count; index++, column++) {
        this.columnStarts[column] = across;
        this.columnSizes[column] ??= 120;
        across += this.at(this.columnSizes, column) + 2 * GUTTER_MARGIN + (this.gutterTracks[column] ?? 0) * TRACK;
      }
      if (lane < columnsPerLane.length - 1) borders.push(across);
    });
    let along = this.channelSize(-1);
    this.layerSizes.forEach((size, layer) => {
      this.layerStarts[layer] = along;
      along += size + this.channelSize(layer);
    });
    return borders;
  }

  /** The extent of the channel after a layer; -1 is the one before the first. */
  private channelSize(layer: number): number {
    return CHANNEL_MARGIN * 2 + (this.labelBands[layer + 1] ?? 0) + (this.channelTracks[layer + 1] ?? 0) * TRACK;
  }

  private trackAlong(layer: number, track: number): number {
    const start = layer < 0 ? 0 : this.at(this.layerStarts, layer) + this.at(this.layerSizes, layer);
    return start + CHANNEL_MARGIN + (this.labelBands[layer + 1] ?? 0) + track * TRACK;
  }

  private departure(edge: GraphEdge): FlowPoint {
    const cell = this.find(edge.from);
    const { x, y } = this.cornerOf(edge.from);
    const [across, along] = this.direction === 'down' ? [x, y + cell.along] : [y, x + cell.along];
    const leaving = this.inOrderOfTargets(edge.from);
    if (leaving.length < 2) return { across: across + this.middleOf(cell), along };
    const slots = leaving.map((each) => slotOfWay(each, this.direction));
    const spare = (cell.across - slots.reduce((sum, slot) => sum + slot, 0)) / leaving.length;
    const index = leaving.indexOf(edge);
    const before = slots.slice(0, index).reduce((sum, slot) => sum + slot + spare, 0);
    const own = (slots[index] ?? 0) + spare;
    const hasLabel = edge.label !== '';
    const offset = !hasLabel ? own / 2 : this.direction === 'down' ? 6 + spare / 2 : own - 4 - spare / 2;
    return { across: across + before + offset, along };
  }

  /** The ways from a node, from the first lane to the last, so that they cross as little as can be. */
  private inOrderOfTargets(id: string): readonly GraphEdge[] {
    const place = (edge: GraphEdge): number => this.find(edge.to).column + (edge.kind === 'return' ? 0.5 : 0);
    return [...(this.leaving.get(id) ?? [])].sort((a, b) => place(a) - place(b));
  }

  private arrival(cell: GridCell): FlowPoint {
    const { x, y } = this.cornerOf(cell.id);
    return this.direction === 'down'
      ? { across: x + this.middleOf(cell), along: y }
      : { across: y + this.middleOf(cell), along: x };
  }

  /** The middle of what is drawn, which for a circle is not the middle of the node with its text. */
  private middleOf(cell: GridCell): number {
    const { shape } = cell.sized;
    return this.direction === 'down' ? shape.x + shape.width / 2 : shape.y + shape.height / 2;
  }

  private find(id: string): GridCell {
    const cell = this.cells.get(id);
    if (cell === undefined) throw new RangeError(`the node ${id} is not part of the graph`);
    return cell;
  }

  private at(values: readonly number[], index: number): number {
    return values[index] ?? 0;
  }
}
