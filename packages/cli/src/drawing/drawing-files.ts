import { followedPatients, layOutWithDeadline, ProjectError, rasterise, readPrintFonts } from '@pathway/compiler';
import {
  diagramText,
  type DiagramTextFormat,
  type Direction,
  drawnLayout,
  type FollowedPatient,
  LEAST_POINTS,
  layOutGraph,
  type Layout,
  type Legibility,
  legibilityOf,
  type Sheet,
  smallestText,
  type ThemeName,
  viewerPage,
} from '@pathway/diagram';
import type { Model } from '@pathway/model';
import { drawingsPdf, type Words, wordsOf } from '@pathway/report';
import type { Context } from '../shell/context.js';

/** The forms in which a drawing is written. */
export type DrawingFormat = 'svg' | 'pdf' | 'png' | 'html' | DiagramTextFormat;

/** What files of each format end in. */
export const ENDINGS: Readonly<Record<DrawingFormat, string>> = {
  svg: 'svg',
  pdf: 'pdf',
  png: 'png',
  html: 'html',
  mermaid: 'mmd',
  dot: 'dot',
  drawio: 'drawio',
  excalidraw: 'excalidraw',
};

/** How sheets are drawn. */
export interface SheetStyle {
  /** Without it, pathways lead down and maps to the right. */
  readonly direction?: Direction | undefined;
  readonly theme: ThemeName;
  readonly paper: 'a4' | 'a3';
  readonly words?: Words | undefined;
  /** BCP 47, of titles and words. */
  readonly language?: string | undefined;
}

/** True for formats of other tools, that are text. */
export function isText(format: DrawingFormat): format is DiagramTextFormat {
  return format === 'mermaid' || format === 'dot' || format === 'drawio' || format === 'excalidraw';
}

/** One file for each sheet, by its id; links of SVG lead to the files of the other sheets. */
export async function sheetFile(
  { graph }: Sheet,
  format: Exclude<DrawingFormat, 'pdf' | 'html'>,
  style: SheetStyle,
  context: Context,
  fileOf: (sheet: string) => string | undefined = () => undefined,
): Promise<string | Uint8Array> {
  const direction = directionOf(graph, style);
  if (isText(format))
    return diagramText(graph, format, {
      direction,
      layOutWithDeadline,
      ...(style.words !== undefined && { words: style.words }),
    });
  const layout = await layOutTelling(graph, style, context);
  const sheetLink = (sheet: string): string | undefined => {
    const file = fileOf(sheet);
    return file === undefined ? undefined : encodeURI(file);
  };
  const { svg } = drawnLayout(layout, { theme: style.theme, ...(format === 'svg' && { sheetLink }) });
  return format === 'png' ? rasterise(svg) : svg;
}

/** All sheets as one PDF document, with links between them. */
export async function sheetsPdf(
  model: Model,
  sheets: readonly Sheet[],
  style: SheetStyle,
  context: Context,
): Promise<Uint8Array> {
  const printed = [];
  for (const { id, title, graph } of sheets) {
    const layout = await layOutTelling(graph, style, context);
    const links = layout.nodes.flatMap(({ node, box }) =>
      node.sheet === undefined ? [] : [{ sheet: node.sheet, ...box }],
    );
    const drawing = drawnLayout(layout, { theme: style.theme });
    tellIfTooSmall(title, legibilityOf(drawing, smallestText(layout)), style.paper, context);
    printed.push({ id, title, svg: drawing.svg, links });
  }
  return drawingsPdf(printed, noteOf(model, style.words), style.paper === 'a3' ? 'A3' : 'A4', await readPrintFonts());
}

/** A drawing whose texts nobody can read on its paper is made all the same: it can be enlarged on a screen. */
function tellIfTooSmall(title: string, { a4, a3 }: Legibility, paper: SheetStyle['paper'], context: Context): void {
  const points = paper === 'a3' ? a3 : a4;
  if (points >= LEAST_POINTS) return;
  const advice = [
    ...(paper === 'a4' && a3 >= LEAST_POINTS ? ['--paper a3'] : []),
    '--view overview has sheets that are read on A4',
  ];
  context.warn(
    `${context.errColours.yellow('warning:')} The smallest text of ${title} has ${points.toFixed(1)} points on ${paper.toUpperCase()}, and is read from ${LEAST_POINTS} on: ${advice.join('; ')}.`,
  );
}

/** All sheets as one page to look around in, with patients of a run to follow where there is a study. */
export async function sheetsPage(
  model: Model,
  sheets: readonly Sheet[],
  { language, patients, ...style }: SheetStyle & { readonly patients: number },
  context: Context,
): Promise<string> {
  const placed = [];
  for (const { id, title, graph } of sheets)
    placed.push({ id, title, layout: await layOutTelling(graph, style, context) });
  const [only, ...others] = sheets;
  return viewerPage({
    title: only !== undefined && others.length === 0 ? only.title : model.title,
    sheets: placed,
    note: noteOf(model, style.words),
    ...(language !== undefined && { language }),
    ...(style.words !== undefined && { words: style.words }),
    ...patientsOf(model, patients, style.words),
  });
}

/** Patients of the first study; a model that cannot be simulated has none. */
function patientsOf(
  model: Model,
  most: number,
  words: Words | undefined,
): { readonly patients?: readonly FollowedPatient[]; readonly run?: string } {
  const [study] = model.studies;
  if (study === undefined || most === 0) return {};
  return followedPatients(model, study, most, words);
}

async function layOutTelling(graph: Sheet['graph'], style: SheetStyle, context: Context): Promise<Layout> {
  const { words } = style;
  const options = { layOutWithDeadline, ...(words !== undefined && { words }) };
  const layout = await layOutGraph(graph, directionOf(graph, style), options);
  for (const warning of layout.warnings) context.warn(`${context.errColours.yellow('warning:')} ${warning}`);
  return layout;
}

function directionOf(graph: Sheet['graph'], { direction }: SheetStyle): Direction {
  return direction ?? (graph.arrangement === 'stages' ? 'right' : 'down');
}

/** Where drawings come from, for those who find them on a wall. */
export function noteOf(model: Model, { say }: Words = wordsOf()): string {
  return `${model.title} · ${say`source hash ${model.sourceHash.slice(0, 12)}`}`;
}

/** @throws ProjectError for a format that needs a file, where none is named */
export function refuseToPrint(format: DrawingFormat): void {
  if (format === 'pdf' || format === 'png')
    throw new ProjectError(
      `A drawing as ${format} is no text to print here.`,
      `Say where it goes: --out drawing.${format}`,
    );
}
