import type { Layout } from './layout/layout.js';

/** Sheets in points: of paper, and a slide of 16 : 9, of which half a point is a pixel on a projector of 1920 × 1080. */
const PAPERS = {
  a4: { short: 595, long: 842 },
  a3: { short: 842, long: 1191 },
  slide: { short: 540, long: 960 },
} as const;
export type PaperName = keyof typeof PAPERS;

/** What of a sheet a printed drawing does not have: margins, and a title of one line. */
const MARGINS = { across: 100, along: 142 } as const;
const PROJECTOR = { width: 1920, height: 1080 } as const;

/**
 * The least size of text that is still read: 6 points on paper (the lower end of sizes for looking something up in
 * DIN 1450), and on a projector of 1920 × 1080 pixels the 12 pixels of small text on web pages.
 */
export const LEAST_POINTS = 6;
export const LEAST_PIXELS = 12;

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** How small the smallest text of a drawing becomes where the whole drawing is on one page or screen. */
export interface Legibility {
  /** Points on A4, upright or on its side by the shape of the drawing. */
  readonly a4: number;
  readonly a3: number;
  /** Pixels on a projector of 1920 × 1080. */
  readonly projector: number;
}

/**
 * The smallest text of a drawing on paper and on a projector.
 * @param size of the drawing in pixels
 * @param smallest size of its smallest text in pixels
 */
export function legibilityOf(size: Size, smallest: number): Legibility {
  const onPaper = (paper: PaperName): number => pointsOn(paper, size, smallest);
  return { a4: onPaper('a4'), a3: onPaper('a3'), projector: smallest * scaleIn(size, PROJECTOR) };
}

/** The smallest text of a drawing in points, printed as large as a sheet allows. */
export function pointsOn(paper: PaperName, size: Size, smallest: number): number {
  const isWide = size.width > size.height;
  const [upright, onItsSide] = roomsOn(paper);
  return smallest * scaleIn(size, isWide ? onItsSide : upright);
}

/** What a sheet has for a drawing, in points: upright, and on its side; slides never stand upright. */
export function roomsOn(paper: PaperName): readonly [upright: Size, onItsSide: Size] {
  const { short, long } = PAPERS[paper];
  const room = (width: number, height: number): Size => ({
    width: width - MARGINS.across,
    height: height - MARGINS.along,
  });
  const onItsSide = room(long, short);
  return [paper === 'slide' ? onItsSide : room(short, long), onItsSide];
}

/** The size in pixels of the smallest text in a layout; that of a title where it has none. */
export function smallestText({ nodes, edges, lanes }: Layout): number {
  const lines = [...nodes, ...lanes, ...edges.flatMap(({ label }) => label ?? [])].flatMap((placed) => placed.lines);
  return lines.reduce((smallest, { style }) => Math.min(smallest, style.size), 13);
}

function scaleIn({ width, height }: Size, room: Size): number {
  return Math.min(room.width / Math.max(1, width), room.height / Math.max(1, height));
}
