import { embedFonts, followedPatients, layOutWithDeadline, ProjectError, rasterise } from '@pathway/compiler';
import {
  diagramText,
  type DiagramTextFormat,
  type Direction,
  drawnLayout,
  type FollowedPatient,
  LEAST_POINTS,
  layOutGraph,
  type Layout,
  legibleSheets,
  type PaperName,
  pointsOn,
  type PrintedLayout,
  type Sheet,
  smallestText,
  type ThemeName,
  viewerPage,
} from '@pathway/diagram';
import type { Model } from '@pathway/model';
import { drawingsPdf, type Words, wordsOf } from '@pathway/report';
import type { Context } from '../shell/context.js';
import { printFontsTelling, setInScripts } from './scripts.js';

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
  readonly paper: PaperName;
  /** Each drawing on one sheet, however small its text becomes. */
  readonly onePage?: boolean | undefined;
  readonly words?: Words | undefined;
  /** The typeface within each SVG drawing. */
  readonly embedFont?: boolean | undefined;
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
  if (format === 'png') return rasterise(await setInScripts(svg, context));
  return style.embedFont === true ? embedFonts(svg) : svg;
}

/** A sheet, and the same in stages where it has any. */
export interface StagedSheet extends Sheet {
  readonly inStages?: () => readonly Sheet[];
}

/** How sheets of the report's package are called. */
export const PAPERS = { a4: 'A4', a3: 'A3', slide: 'slide' } as const;

/** All sheets as one PDF document, with links between them; what cannot be read on one sheet of paper comes on several. */
export async function sheetsPdf(
  model: Model,
  sheets: readonly StagedSheet[],
  style: SheetStyle,
  context: Context,
): Promise<Uint8Array> {
  const printed: Parameters<typeof drawingsPdf>[0][number][] = [];
  for (const sheet of sheets) {
    const drawings = await printedLayouts(sheet, style, context);
    for (const { id, title, layout, instead } of drawings) {
      // A pathway that had to come in stages has brought its overview already.
      if (printed.some((each) => each.id === id)) continue;
      const links = [
        ...layout.nodes.flatMap(({ node, box }) => (node.sheet === undefined ? [] : [{ sheet: node.sheet, ...box }])),
        ...(layout.parts ?? []).map(({ sheet: part, box }) => ({ sheet: part, ...box })),
      ];
      const drawing = drawnLayout(layout, { theme: style.theme });
      if (layout.parts === undefined)
        tellIfTooSmall(title, pointsOn(style.paper, drawing, smallestText(layout)), style, context);
      printed.push({ id, title, svg: await setInScripts(drawing.svg, context), links, instead });
    }
  }
  return drawingsPdf(printed, noteOf(model, style.words), PAPERS[style.paper], await printFontsTelling(context));
}

async function printedLayouts(
  sheet: StagedSheet,
  style: SheetStyle,
  context: Context,
): Promise<readonly PrintedLayout[]> {
  const { id, title, graph, inStages } = sheet;
  if (style.onePage === true) return [{ id, title, layout: await layOutTelling(graph, style, context), instead: [] }];
  const own = directionOf(graph, style);
  const other = own === 'down' ? 'right' : 'down';
  const printed = await legibleSheets(sheet, {
    paper: style.paper,
    directions: style.direction === undefined ? [own, other] : [own],
    layOut: (each, direction) => layOutTelling(each, { ...style, direction }, context),
    ...(inStages !== undefined && { inStages }),
    ...(style.words !== undefined && { words: style.words }),
  });
  if (printed.length > 1)
    context.tell(
      `${title} is too large to be read on one ${SHEET_NAMES[style.paper]}: it has ${printed.length} (--one-page draws it on one).`,
    );
  return printed;
}

/** What the sheets of each paper are called. */
export const SHEET_NAMES: Readonly<Record<PaperName, string>> = {
  a4: 'sheet of A4',
  a3: 'sheet of A3',
  slide: 'slide',
};

/** A drawing whose texts nobody can read on its paper is made all the same: it can be enlarged on a screen. */
function tellIfTooSmall(
  title: string,
  points: number,
  { paper, onePage }: Pick<SheetStyle, 'paper' | 'onePage'>,
  context: Context,
): void {
  if (points >= LEAST_POINTS) return;
  const advice =
    onePage === true
      ? 'Without --one-page it comes on several.'
      : paper === 'a3'
        ? 'It can be enlarged on a screen.'
        : 'Try --paper a3, or enlarge it on a screen.';
  context.warn(
    `${context.errColours.yellow('warning:')} The smallest text of ${title} has ${points.toFixed(1)} points on one ${SHEET_NAMES[paper]}, and is read from ${LEAST_POINTS} on. ${advice}`,
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
