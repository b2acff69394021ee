import type { Sheet } from '../graph/graph.js';
import { type DrawingWords, ENGLISH } from '../graph/words.js';
import type { Direction, Layout } from '../layout/layout.js';
import { LEAST_POINTS, type PaperName, pointsOn, roomsOn, type Size, smallestText } from '../legibility.js';
import { drawnLayout } from '../pathway-diagram.js';
import { partsOf } from './parts.js';

/** A drawing to print on a sheet of its own. */
export interface PrintedLayout {
  readonly id: string;
  readonly title: string;
  readonly layout: Layout;
  /** Sheets that it takes the place of, whose links lead to it. */
  readonly instead: readonly string[];
}

/** How sheets are printed. */
export interface Printing {
  readonly paper: PaperName;
  /** Directions of the flow to try, the usual one first. */
  readonly directions: readonly Direction[];
  readonly layOut: (graph: Sheet['graph'], direction: Direction) => Promise<Layout>;
  /** The sheet in stages; fewer than two where it has none. */
  readonly inStages?: () => readonly Sheet[];
  readonly words?: DrawingWords;
}

/** A drawing whose smallest text is still too small is cut again for rooms smaller by this, so many times at most. */
const SMALLER = 0.93;
const MOST_CUTS = 6;

/**
 * A sheet so that all its text can be read on paper: as one drawing where that is large enough, in the other direction if that
 * alone is; else in stages, a sheet for each; and what has none, or is too large still, in parts, after the whole with their
 * outlines.
 */
export async function legibleSheets(sheet: Sheet, printing: Printing): Promise<readonly PrintedLayout[]> {
  const { id, title, graph } = sheet;
  const { paper, directions, layOut, inStages, words = ENGLISH } = printing;
  const whole: Layout[] = [];
  for (const direction of directions) {
    const layout = await layOut(graph, direction);
    if (pointsIn(layout, paper) >= LEAST_POINTS) return [{ id, title, layout, instead: [] }];
    whole.push(layout);
  }
  const stages = inStages?.() ?? [];
  if (stages.length > 1) {
    const printed: PrintedLayout[] = [];
    const { inStages: _, ...eachOfThem } = printing;
    for (const stage of stages) printed.push(...(await legibleSheets(stage, eachOfThem)));
    return printed.map((each, place) => (place === 0 ? { ...each, instead: [...each.instead, id] } : each));
  }
  const parted = whole.map((layout) => cutFor(layout, paper, id, words));
  const best = parted.reduce((fewest, each) => (each.parts.length < fewest.parts.length ? each : fewest));
  const count = best.parts.length;
  if (count < 2) return [{ id, title, layout: whole[0] ?? best.whole, instead: [] }];
  return [
    { id, title, layout: best.whole, instead: [] },
    ...best.parts.map((part, place) => ({
      ...part,
      title: words.say`${title}: part ${place + 1} of ${count}`,
      instead: [],
    })),
  ];
}

function cutFor(layout: Layout, paper: PaperName, id: string, words: DrawingWords): ReturnType<typeof partsOf> {
  const smallest = smallestText(layout);
  const roomsAt = (share: number): readonly Size[] =>
    roomsOn(paper).map(({ width, height }) => {
      const scale = (share * smallest) / LEAST_POINTS;
      return { width: width * scale, height: height * scale };
    });
  let share = 1;
  let parted = partsOf(layout, roomsAt(share), id, words);
  for (let cut = 1; cut < MOST_CUTS; cut++) {
    if (parted.parts.every((part) => pointsIn(part.layout, paper) >= LEAST_POINTS)) break;
    share *= SMALLER;
    parted = partsOf(layout, roomsAt(share), id, words);
  }
  return parted;
}

/** The smallest text of a finished drawing, with what stands below it. */
function pointsIn(layout: Layout, paper: PaperName): number {
  return pointsOn(paper, drawnLayout(layout), smallestText(layout));
}
