import { letterFor } from '../graph/long-ways.js';
import { type DrawingWords, ENGLISH } from '../graph/words.js';
import { common, grow, type Rectangle } from '../layout/geometry.js';
import type { Layout } from '../layout/layout.js';
import { type Axis, cutsIn, stretchOf } from './cuts.js';
import { boundsOfPart, type Continuation, layOutPart, type Part, ROOM_OF_CIRCLES } from './part-layout.js';
import { piecesIn } from './pieces.js';

/** A rectangle to draw in, in pixels of the drawing. */
export interface Room {
  readonly width: number;
  readonly height: number;
}

/** A large drawing in parts: the whole with the outlines of its parts, and each part as a drawing of its own. */
export interface PartedLayout {
  readonly whole: Layout;
  readonly parts: readonly { readonly id: string; readonly layout: Layout }[];
}

/** Around the content of a part: the margins of its lanes, and their titles. */
const AROUND = 2 * 18;
const HEADER = 54;
/** Between the outlines of neighbouring parts, on either side of the cut. */
const OUTLINE_INSET = 3;
/** How much longer than the mean the first parts may be, so that the last is not a small rest. */
const UNEVEN = 1.12;
/** Strips are cut into strips of the other direction so many times. */
const DEEPEST = 7;

/**
 * Cuts a drawing into parts that each fit into one of some rooms, between its rows and columns: no node and, where that can
 * be, no text is cut. Each part has the titles of its lanes; ways that were cut end at circles with a letter that stands
 * again where they go on. A drawing that cannot be cut, such as one wide row, stays larger than its room.
 * @param id what the parts' sheets are named after
 */
export function partsOf(
  layout: Layout,
  rooms: readonly Room[],
  id: string,
  words: DrawingWords = ENGLISH,
): PartedLayout {
  const cutter = new Cutter(layout, rooms);
  const parts = cutter.areas().map((area, index): Part => {
    const pieces = piecesIn(layout, area);
    return { sheet: `${id}-part-${index + 1}`, number: index + 1, area, pieces };
  });
  const cuts = new Map<string, { readonly letter: string; readonly beside: Part[] }>();
  for (const part of parts)
    for (const { cutBefore, cutAfter } of part.pieces)
      for (const cut of [cutBefore, cutAfter]) {
        if (cut === undefined) continue;
        const known = cuts.get(cut);
        if (known === undefined) cuts.set(cut, { letter: letterFor(cuts.size), beside: [part] });
        else known.beside.push(part);
      }
  const goesOn =
    (part: Part) =>
    (cut: string): Continuation | undefined => {
      const { letter, beside } = cuts.get(cut) ?? { letter: '', beside: [] };
      const other = beside.find((each) => each !== part);
      return other === undefined ? undefined : { letter, other };
    };
  return {
    whole: {
      ...layout,
      parts: parts.map(({ sheet, number, area, pieces }) => ({
        sheet,
        number,
        box: common(grow(boundsOfPart(layout, area, pieces), 9), grow(area, -OUTLINE_INSET)) ?? area,
      })),
    },
    parts: parts.map((part) => ({
      id: part.sheet,
      layout: layOutPart(layout, part, parts.length, goesOn(part), words),
    })),
  };
}

class Cutter {
  readonly #content: Rectangle;
  readonly #longest: Readonly<Record<Axis, number>>;

  constructor(
    private readonly layout: Layout,
    private readonly rooms: readonly Room[],
  ) {
    this.#content = { x: 0, y: 0, width: layout.width, height: layout.height };
    this.#longest = {
      x: Math.max(...rooms.map(({ width }) => width)),
      y: Math.max(...rooms.map(({ height }) => height)),
    };
  }

  /** The areas of the parts, in the order of reading: cut along the flow first, or across it where that gives fewer. */
  areas(): readonly Rectangle[] {
    const flow: Axis = this.layout.direction === 'down' ? 'y' : 'x';
    const other: Axis = flow === 'x' ? 'y' : 'x';
    const [along, across] = [this.#cut(this.#content, flow, other), this.#cut(this.#content, other, flow)];
    return across.length < along.length ? across : along;
  }

  #fits(area: Rectangle): boolean {
    const bounds = boundsOfPart(this.layout, area, piecesIn(this.layout, area));
    const [width, height] = (['x', 'y'] as const).map((axis) => {
      const [own, whole] = [stretchOf(area, axis), stretchOf(this.#content, axis)];
      const cuts = (own.from > whole.from ? 1 : 0) + (own.to < whole.to ? 1 : 0);
      const { from, to } = stretchOf(bounds, axis);
      return to - from + AROUND + cuts * ROOM_OF_CIRCLES;
    });
    const isDown = this.layout.direction === 'down';
    const across = (width ?? 0) + (isDown ? 0 : HEADER);
    const down = (height ?? 0) + (isDown ? HEADER : 0);
    return this.rooms.some((room) => across <= room.width && down <= room.height);
  }

  /** Strips along one axis, and what is too wide in them along the other. */
  #cut(area: Rectangle, axis: Axis, then: Axis, depth = 0): readonly Rectangle[] {
    if (this.#fits(area)) return [area];
    const greedy = this.#strips(area, axis, Infinity);
    const mean = (axis === 'x' ? area.width : area.height) / greedy.length;
    const even = this.#strips(area, axis, mean * UNEVEN);
    const strips = even.length === greedy.length ? even : greedy;
    if (depth === DEEPEST) return strips;
    if (strips.length === 1 && depth > 0) {
      const halves = this.#halves(area);
      return halves.length < 2 ? strips : halves.flatMap((half) => this.#cut(half, then, axis, depth + 1));
    }
    return strips.flatMap((strip) => this.#cut(strip, then, axis, depth + 1));
  }

  /** What neither rows nor columns part, such as steps beside one another at many heights: two halves, where it is longest. */
  #halves(area: Rectangle): readonly Rectangle[] {
    const axes: readonly Axis[] = area.width > area.height ? ['x', 'y'] : ['y', 'x'];
    for (const axis of axes) {
      const { from, to } = stretchOf(area, axis);
      const middle = (from + to) / 2;
      const { clean, possible } = cutsIn(this.layout, area, axis);
      const [nearest] = [...(clean.length > 0 ? clean : possible)].sort(
        (a, b) => Math.abs(a - middle) - Math.abs(b - middle),
      );
      if (nearest === undefined) continue;
      return axis === 'x'
        ? [
            { ...area, width: nearest - from },
            { ...area, x: nearest, width: to - nearest },
          ]
        : [
            { ...area, height: nearest - from },
            { ...area, y: nearest, height: to - nearest },
          ];
    }
    return [];
  }

  /** One strip after another, each as long as fits; where none fits because it is too wide, as long as fits in length. */
  #strips(area: Rectangle, axis: Axis, most: number): readonly Rectangle[] {
    const { from: begin, to: end } = stretchOf(area, axis);
    const cuts = cutsIn(this.layout, area, axis);
    const strips: Rectangle[] = [];
    for (let start = begin; start < end;) {
      const from = start;
      const strip = (to: number): Rectangle =>
        axis === 'x' ? { ...area, x: from, width: to - from } : { ...area, y: from, height: to - from };
      const ahead = (places: readonly number[]): readonly number[] => [
        ...places.filter((place) => place > from + 1),
        end,
      ];
      const upTo = (places: readonly number[], length: number): readonly number[] => {
        const [nearest = end, ...others] = ahead(places);
        return [nearest, ...others].filter((place) => place - from <= Math.max(length, nearest - from));
      };
      const fitting = (places: readonly number[]): number | undefined =>
        upTo(places, most).findLast((place) => this.#fits(strip(place)));
      const room = this.#longest[axis] - AROUND - 2 * ROOM_OF_CIRCLES;
      const to = fitting(cuts.clean) ?? fitting(cuts.possible) ?? upTo(cuts.clean, Math.min(room, most)).at(-1) ?? end;
      strips.push(strip(to));
      start = to;
    }
    return strips;
  }
}
