import type { GraphEdge, GraphNode, Lane, LegendEntry } from '../graph/graph.js';
import type { TextStyle } from '../text/measure.js';
import type { Point, Rectangle } from './geometry.js';

/** Which way the flow goes: down the page with lanes side by side, or to the right with lanes below one another. */
export type Direction = 'down' | 'right';

/** A graph in which everything has its place, in pixels from the top left corner. Plain data: it can leave a worker. */
export interface Layout {
  readonly title: string;
  readonly description: string;
  readonly direction: Direction;
  readonly width: number;
  readonly height: number;
  readonly lanes: readonly PlacedLane[];
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
  readonly regions: readonly PlacedRegion[];
  readonly warnings: readonly string[];
  readonly legend?: readonly LegendEntry[];
  readonly remarks?: readonly string[];
  /** What of it has a sheet of its own, in a drawing that is too large for one page. */
  readonly parts?: readonly PartOutline[];
}

/** The outline of a part and the sheet that shows it. */
export interface PartOutline {
  readonly sheet: string;
  readonly number: number;
  readonly box: Rectangle;
}

export interface PlacedLane {
  readonly lane: Lane;
  readonly box: Rectangle;
  readonly header: Rectangle;
  readonly lines: readonly TextLine[];
}

export type TextRole = 'title' | 'note' | 'condition' | 'label' | 'question' | 'letter' | 'header';

/** One line of text, centred on `x`, with its baseline at `y`. */
export interface TextLine {
  readonly text: string;
  readonly role: TextRole;
  readonly style: TextStyle;
  readonly x: number;
  readonly y: number;
}

export interface PlacedNode {
  readonly node: GraphNode;
  readonly layer: number;
  /** Everything that belongs to the node, a label beside a circle included. */
  readonly box: Rectangle;
  /** What is drawn: the rectangle, hexagon, bar or circle. */
  readonly shape: Rectangle;
  readonly lines: readonly TextLine[];
}

export interface PlacedEdge {
  readonly edge: GraphEdge;
  readonly points: readonly Point[];
  readonly label?: PlacedLabel;
}

export interface PlacedLabel {
  readonly box: Rectangle;
  readonly lines: readonly TextLine[];
}

/** A soft box behind what keeps a resource; a hold has several where other things stand between. */
export interface PlacedRegion {
  readonly hold: string;
  readonly title: string;
  /** What it keeps, for those who hear the drawing. */
  readonly description: string;
  readonly box: Rectangle;
}
