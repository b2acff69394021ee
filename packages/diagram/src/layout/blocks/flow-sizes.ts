import type { GraphEdge, PathwayGraph } from '../../graph/graph.js';
import type { Direction } from '../layout.js';
import { sizeOfLabel, sizeOfNode, type Sized } from '../sizes.js';

/** Distance of a text from the line that it belongs to. */
export const LABEL_GAP = 4;

/** A node's size by the flow: before and after the line on which it stands, and along. */
export interface FlowSize {
  readonly before: number;
  readonly after: number;
  readonly along: number;
  readonly sized: Sized;
}

export interface FlowLabel {
  readonly across: number;
  readonly along: number;
  readonly sized: Sized;
}

/** The sizes of all nodes and texts of a graph, across and along the flow. */
export class FlowSizes {
  readonly labels = new Map<string, FlowLabel>();
  private readonly nodes = new Map<string, FlowSize>();
  private readonly rooms = new Map<string, number>();

  constructor(graph: PathwayGraph, direction: Direction) {
    const down = direction === 'down';
    for (const node of graph.nodes) {
      const sized = sizeOfNode(node, direction, 2);
      const { shape } = sized;
      const before = down ? shape.x + shape.width / 2 : shape.y + shape.height / 2;
      const across = down ? sized.width : sized.height;
      this.nodes.set(node.id, { before, after: across - before, along: down ? sized.height : sized.width, sized });
    }
    for (const edge of graph.edges) {
      const sized = sizeOfLabel(edge);
      if (sized === undefined) continue;
      const [across, along] = down ? [sized.width, sized.height] : [sized.height, sized.width];
      this.labels.set(edge.id, { across, along, sized });
    }
  }

  node(id: string): FlowSize {
    const size = this.nodes.get(id);
    if (size === undefined) throw new RangeError(`the node ${id} is not part of the graph`);
    return size;
  }

  /** Keeps room for the text of a way beside the line on which a node stands. */
  keepRoom(id: string, edge: GraphEdge): void {
    const label = this.labels.get(edge.id);
    if (label !== undefined) this.rooms.set(id, Math.max(this.rooms.get(id) ?? 0, label.across + LABEL_GAP + 2));
  }

  /** How far texts of ways reach beyond the line on which a node stands. */
  roomForTexts(id: string): number {
    return this.rooms.get(id) ?? 0;
  }
}
