import type { Model } from '@pathway/model';
import { drawSvg, type SvgOptions } from './drawing/svg.js';
import type { DrawingWords } from './graph/words.js';
import type { PathwayGraph } from './graph/graph.js';
import type { LaneChoice } from './graph/lanes.js';
import { splitLongWays } from './graph/long-ways.js';
import { pathwayGraph } from './graph/pathway-graph.js';
import { layOut } from './layout/lay-out.js';
import type { Direction, Layout } from './layout/layout.js';
import { layOutSimply } from './layout/simple-layout.js';

export interface DiagramOptions extends SvgOptions, LayOutInTime {
  readonly direction?: Direction;
  readonly lanes?: LaneChoice;
  /** The words of a language; English without them. Titles are shown as they stand in the model. */
  readonly words?: DrawingWords;
}

/** How long a layout may take. */
export interface LayOutInTime {
  /**
   * Runs `layOut` where it can be ended, such as in a worker, and gives undefined when its time is up; the simpler
   * drawing is made then. Graph and layout are plain data. Without it the layout runs here, for as long as it takes.
   * Pathways need no worker: their blocks give the layout, in a few milliseconds.
   */
  readonly layOutWithDeadline?: (graph: PathwayGraph, direction: Direction) => Promise<Layout | undefined>;
}

/** A finished drawing; sizes in pixels. */
export interface Diagram {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
  /** What the drawing does not show as written, in plain words. */
  readonly warnings: readonly string[];
}

/**
 * Draws a pathway: its lanes, steps, choices, holds and ends, as one SVG document.
 * @throws RangeError when the model has no pathway with that id
 */
export async function pathwayDiagram(model: Model, pathwayId: string, options: DiagramOptions = {}): Promise<Diagram> {
  return drawGraph(pathwayGraph(model, pathwayId, options.lanes ?? 'organisation', options.words), options);
}

/** Lays a graph out and draws it. */
export async function drawGraph(graph: PathwayGraph, options: DiagramOptions = {}): Promise<Diagram> {
  const layout = await layOutInTime(graph, options.direction ?? 'down', options.layOutWithDeadline);
  return drawnLayout(layout, options);
}

/** A layout as a finished drawing. */
export function drawnLayout(layout: Layout, options: SvgOptions = {}): Diagram {
  const svg = drawSvg(layout, options);
  const [, width = '', height = ''] = /^<svg\b[^>]* width="([\d.]+)" height="([\d.]+)"/u.exec(svg) ?? [];
  return { svg, width: Number(width), height: Number(height), warnings: layout.warnings };
}

/** Places a graph in which ways may be as long as they are; those of a pathway that are too long are parted. */
export async function layOutGraph(
  graph: PathwayGraph,
  direction: Direction,
  options: LayOutInTime & { readonly words?: DrawingWords } = {},
): Promise<Layout> {
  const parted = graph.arrangement === 'stages' ? graph : splitLongWays(graph, options.words);
  return layOutInTime(parted, direction, options.layOutWithDeadline);
}

async function layOutInTime(
  graph: PathwayGraph,
  direction: Direction,
  withDeadline: LayOutInTime['layOutWithDeadline'],
): Promise<Layout> {
  if (withDeadline === undefined || graph.arrangement === undefined) return layOut(graph, direction);
  const inTime = await withDeadline(graph, direction);
  return (
    inTime ?? layOutSimply(graph, direction, [`${graph.title} is drawn in the simpler way: its layout took too long.`])
  );
}
