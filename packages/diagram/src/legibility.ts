import type { Layout } from './layout/layout.js';

/** Sheets of paper in points, and what of them a printed drawing has: less the margins and a title of one line. */
const PAPERS = { a4: { short: 595, long: 842 }, a3: { short: 842, long: 1191 } } as const;
const MARGINS = { across: 100, along: 142 } as const;
const PROJECTOR = { width: 1920, height: 1080 } as const;

/**
 * The least size of text that is still read: 6 points on paper (the lower end of sizes for looking something up in
 * DIN 1450), and on a projector of 1920 × 1080 pixels the 12 pixels of small text on web pages.
 */
export const LEAST_POINTS = 6;
export const LEAST_PIXELS = 12;

interface Size {
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
  const onPaper = ({ short, long }: (typeof PAPERS)[keyof typeof PAPERS]): number => {
    const [width, height] = size.width > size.height ? [long, short] : [short, long];
    return smallest * scaleIn(size, { width: width - MARGINS.across, height: height - MARGINS.along });
  };
  return { a4: onPaper(PAPERS.a4), a3: onPaper(PAPERS.a3), projector: smallest * scaleIn(size, PROJECTOR) };
}

/** The size in pixels of the smallest text in a layout; that of a title where it has none. */
export function smallestText({ nodes, edges, lanes }: Layout): number {
  const lines = [...nodes, ...lanes, ...edges.flatMap(({ label }) => label ?? [])].flatMap((placed) => placed.lines);
  return lines.reduce((smallest, { style }) => Math.min(smallest, style.size), 13);
}

function scaleIn({ width, height }: Size, room: Size): number {
  return Math.min(room.width / Math.max(1, width), room.height / Math.max(1, height));
}
