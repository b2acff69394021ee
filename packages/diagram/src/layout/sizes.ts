import type { GraphEdge, GraphNode } from '../graph/graph.js';
import { widestLine, widestWord, wrapText } from '../text/wrap.js';
import type { TextStyle } from '../text/measure.js';
import type { Rectangle } from './geometry.js';
import type { Direction, TextLine, TextRole } from './layout.js';

/** A node or label whose size is known but not its place: coordinates are relative to its own top left corner. */
export interface Sized {
  readonly width: number;
  readonly height: number;
  readonly shape: Rectangle;
  readonly lines: readonly TextLine[];
}

interface LineSpec {
  readonly role: TextRole;
  readonly style: TextStyle;
  readonly height: number;
  readonly limit: number;
  readonly maximum: number;
}

const TITLE: LineSpec = { role: 'title', style: { size: 13, weight: 'semibold' }, height: 17, limit: 150, maximum: 8 };
const TAKE: LineSpec = { role: 'title', style: { size: 12, weight: 'semibold' }, height: 15, limit: 150, maximum: 8 };
const QUESTION: LineSpec = {
  role: 'question',
  style: { size: 12, weight: 'semibold' },
  height: 16,
  limit: 130,
  maximum: 8,
};
const NOTE: LineSpec = { role: 'note', style: { size: 11, weight: 'regular' }, height: 15, limit: 165, maximum: 8 };
const CONDITION: LineSpec = { ...NOTE, role: 'condition', style: { size: 11, weight: 'semibold' }, maximum: 8 };
const LABEL: LineSpec = { role: 'label', style: { size: 12, weight: 'regular' }, height: 15, limit: 100, maximum: 8 };
const WAY: LineSpec = { role: 'label', style: { size: 11, weight: 'regular' }, height: 14, limit: 130, maximum: 24 };
const LETTER: LineSpec = { role: 'letter', style: { size: 11, weight: 'semibold' }, height: 15, limit: 40, maximum: 1 };
const HEADER: LineSpec = {
  role: 'header',
  style: { size: 12.5, weight: 'semibold' },
  height: 17,
  limit: 240,
  maximum: 4,
};

const SHORTEST_HEADER = 110;
const LONGEST_HEADER = 260;
const HEADER_STEP = 30;
/** Room on either side of a header's text. */
const HEADER_INSET = 12;

/** How much wider than usual a text may be for a word that would be parted otherwise; a header is as wide as its lane. */
const FOR_A_WORD = 1.4;

const BAR = 8;
export const HEXAGON_SLANT = 14;

/** The size of a node and the place of its text in it. */
export function sizeOfNode(node: GraphNode, direction: Direction, branches: number): Sized {
  if (node.sign !== undefined) return besideCircle(blockOf(node.title, LABEL), node.sign, direction, []);
  switch (node.kind) {
    case 'start':
    case 'end':
      return besideCircle(blockOf(node.title, LABEL), 30, direction, []);
    case 'connector':
      return besideCircle(
        blockOf(node.title, { ...LABEL, style: { size: 11, weight: 'regular' }, height: 14 }),
        22,
        direction,
        blockOf(node.letter ?? '', LETTER),
      );
    case 'fork':
    case 'join': {
      const length = Math.max(90, branches * 36);
      return plain(direction === 'down' ? length : BAR, direction === 'down' ? BAR : Math.max(56, branches * 28), []);
    }
    case 'decision': {
      const block = blockOf(node.title, QUESTION);
      return plain(Math.max(90, widthOf(block) + 2 * HEXAGON_SLANT + 24), Math.max(44, heightOf(block) + 16), block);
    }
    case 'take':
    case 'release':
    case 'wait': {
      const block = [...blockOf(node.title, TAKE), ...node.notes.flatMap((note) => blockOf(note, NOTE))];
      return plain(widthOf(block) + 36, Math.max(28, heightOf(block) + 10), block);
    }
    case 'step':
    case 'call': {
      const condition = node.condition === undefined ? [] : blockOf(node.condition, CONDITION);
      const block = [...condition, ...blockOf(node.title, TITLE), ...node.notes.flatMap((note) => blockOf(note, NOTE))];
      return plain(Math.max(130, widthOf(block) + 28), Math.max(44, heightOf(block) + 20), block);
    }
  }
}

/** The size of the text on a way; undefined for a way without. */
export function sizeOfLabel(edge: GraphEdge): Sized | undefined {
  if (edge.label === '') return undefined;
  const block = blockOf(edge.label, WAY);
  return plain(widthOf(block) + 6, heightOf(block), block);
}

/** The lines of a lane's title, for a header so many pixels long. */
export function sizeOfHeader(title: string, length: number): Sized {
  const block = blockOf(title, { ...HEADER, limit: Math.max(60, length - 2 * HEADER_INSET) });
  return plain(length, heightOf(block) + 16, block);
}

/** How long a lane's header must at least be, so that its whole title stands in it, and no word is parted. */
export function lengthOfHeader(title: string): number {
  const isCut = (length: number): boolean => sizeOfHeader(title, length).lines.at(-1)?.text.endsWith('…') === true;
  let length = Math.max(
    SHORTEST_HEADER,
    Math.min(
      LONGEST_HEADER,
      HEADER_STEP * Math.ceil((widestWord(title, HEADER.style) + 2 * HEADER_INSET) / HEADER_STEP),
    ),
  );
  while (length < LONGEST_HEADER && isCut(length)) length += HEADER_STEP;
  return length;
}

/** Grows what is drawn across the flow until it has room for so many pixels of ways and their texts. */
export function wideEnough(sized: Sized, direction: Direction, needed: number): Sized {
  const extra = even(Math.max(0, needed - (direction === 'down' ? sized.shape.width : sized.shape.height)));
  if (extra === 0) return sized;
  const [dx, dy] = direction === 'down' ? [extra, 0] : [0, extra];
  return {
    width: sized.width + dx,
    height: sized.height + dy,
    shape: { ...sized.shape, width: sized.shape.width + dx, height: sized.shape.height + dy },
    lines: sized.lines.map((line) => ({ ...line, x: line.x + dx / 2, y: line.y + dy / 2 })),
  };
}

/** Room that a way and its text need beside other ways from the same node. */
export function slotOfWay(edge: GraphEdge, direction: Direction): number {
  const label = sizeOfLabel(edge);
  if (label === undefined) return 14;
  return direction === 'down' ? label.width + 12 : label.height + 8;
}

interface BlockLine {
  readonly text: string;
  readonly spec: LineSpec;
}

function blockOf(text: string, spec: LineSpec): readonly BlockLine[] {
  // A separator between two parts of a note says nothing at the end of a line.
  const widest = spec.role === 'header' ? spec.limit : spec.limit * FOR_A_WORD;
  return wrapText(text, spec.style, spec.limit, spec.maximum, widest).map((line) => ({
    text: line.replace(/\s·$/u, ''),
    spec,
  }));
}

function widthOf(block: readonly BlockLine[]): number {
  return Math.ceil(block.reduce((widest, line) => Math.max(widest, widestLine([line.text], line.spec.style)), 0));
}

function heightOf(block: readonly BlockLine[]): number {
  return block.reduce((sum, line) => sum + line.spec.height, 0);
}

/** Text centred in a box of its own size. */
function plain(width: number, height: number, block: readonly BlockLine[]): Sized {
  const size = { width: even(width), height: even(height) };
  return { ...size, shape: { x: 0, y: 0, ...size }, lines: setLines(block, size.width / 2, size.height / 2) };
}

/** A circle with its text to the left (flow down) or above it (flow to the right). */
function besideCircle(
  block: readonly BlockLine[],
  diameter: number,
  direction: Direction,
  inside: readonly BlockLine[],
): Sized {
  const textWidth = even(widthOf(block));
  const textHeight = even(heightOf(block));
  const gap = block.length === 0 ? 0 : 6;
  const down = direction === 'down';
  const width = down ? textWidth + gap + diameter : Math.max(textWidth, diameter);
  const height = down ? Math.max(textHeight, diameter) : textHeight + gap + diameter;
  const shape: Rectangle = down
    ? { x: textWidth + gap, y: (height - diameter) / 2, width: diameter, height: diameter }
    : { x: (width - diameter) / 2, y: textHeight + gap, width: diameter, height: diameter };
  const label = down ? setLines(block, textWidth / 2, height / 2) : setLines(block, width / 2, textHeight / 2);
  const letter = setLines(inside, shape.x + diameter / 2, shape.y + diameter / 2);
  return { width, height, shape, lines: [...label, ...letter] };
}

/** Places the lines of a block so that it is centred on a point: half the height of small letters below each middle. */
function setLines(block: readonly BlockLine[], centreX: number, centreY: number): readonly TextLine[] {
  let top = centreY - heightOf(block) / 2;
  return block.map(({ text, spec }) => {
    const baseline = top + spec.height / 2 + spec.style.size * 0.36;
    top += spec.height;
    return { text, role: spec.role, style: spec.style, x: centreX, y: baseline };
  });
}

function even(value: number): number {
  return 2 * Math.ceil(value / 2);
}
