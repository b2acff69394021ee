import { element, escapeXml, pixels } from '../drawing/xml.js';
import { type DrawingTheme, themeOf } from '../drawing/theme.js';
import { ENGLISH, type DrawingWords } from '../graph/words.js';
import type { TextStyle } from '../text/measure.js';
import { widestLine, wrapText } from '../text/wrap.js';

/** Who can do what, and where that is thin. */
export interface SkillMatrix {
  readonly title: string;
  /** In the order of the columns. */
  readonly skills: readonly { readonly skill: string; readonly title: string }[];
  /** In the order of the rows: people, or groups of so many people. */
  readonly holders: readonly {
    readonly id: string;
    readonly label: string;
    readonly people: number;
    readonly skills: readonly { readonly skill: string; readonly level?: string }[];
  }[];
  /** Skills that steps ask for, and what is wrong with how many have them. */
  readonly spots: readonly {
    readonly skill: string;
    /** From which on it is asked for, where it has levels. */
    readonly level?: string;
    readonly holders: number;
    readonly isThin: boolean;
    /** In words: `one person alone has it`. */
    readonly verdict: string;
    /** Ids of the holders who alone have it. */
    readonly alone: readonly string[];
  }[];
  /** How many people have each skill, by its id, where not all of them are rows. */
  readonly counts?: ReadonlyMap<string, number>;
}

/** The smallest text of the drawing, in pixels. */
export const SMALLEST_IN_MATRIX = 11.5;
const HEAD: TextStyle = { size: 12, weight: 'semibold' };
const CELL: TextStyle = { size: SMALLEST_IN_MATRIX, weight: 'regular' };
const TITLE: TextStyle = { size: 15, weight: 'semibold' };
const LINE = 15;
/** A column is as wide as its longest word, within limits. */
const NARROWEST_COLUMN = 104;
const WIDEST_COLUMN = 190;
const BESIDE_TEXT = 14;
const LONGEST_LABEL = 230;
const INSET = 12;
const FONT_STACK = "Inter, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Noto Sans', sans-serif";

function columnWidth({ skills, holders, spots }: SkillMatrix): number {
  const words = [
    ...skills.map(({ title }) => title),
    ...holders.flatMap((holder) => holder.skills.flatMap(({ level }) => (level === undefined ? [] : [`! ${level}`]))),
    ...spots.map(({ verdict }) => verdict),
  ].flatMap((text) => (text.startsWith('! ') ? [text] : text.split(/[\s-]+/u)));
  return Math.ceil(Math.min(WIDEST_COLUMN, Math.max(NARROWEST_COLUMN, widestLine(words, HEAD) + BESIDE_TEXT)));
}

/** How many people have a skill, at whatever level. */
export function holdersOf({ holders, counts }: SkillMatrix, skill: string): number {
  return (
    counts?.get(skill) ??
    holders.reduce((sum, { people, skills }) => sum + (skills.some((held) => held.skill === skill) ? people : 0), 0)
  );
}

/** The texts of a matrix as they are set, and the room that they take, in pixels. */
interface Measured {
  readonly title: string;
  readonly titleLines: readonly string[];
  readonly rows: readonly { readonly holder: SkillMatrix['holders'][number]; readonly lines: readonly string[] }[];
  readonly heads: readonly (readonly string[])[];
  readonly verdicts: readonly (readonly string[])[];
  readonly foot: readonly string[];
  readonly column: number;
  readonly label: number;
  readonly top: number;
  readonly headHeight: number;
  readonly heights: readonly number[];
  readonly footHeight: number;
  readonly width: number;
  readonly height: number;
}

function spotsOf(matrix: SkillMatrix, skill: string): SkillMatrix['spots'] {
  return matrix.spots.filter((spot) => spot.skill === skill);
}

/** Sets the texts of a matrix, and finds out how large it becomes. */
export function measureMatrix(matrix: SkillMatrix, { say }: DrawingWords): Measured {
  const rows = matrix.holders.map((holder) => ({
    holder,
    lines: wrapText(
      holder.people > 1 ? `${holder.label} (${holder.people})` : holder.label,
      CELL,
      LONGEST_LABEL,
      Infinity,
    ),
  }));
  const column = columnWidth(matrix);
  const inColumn = column - BESIDE_TEXT;
  const heads = matrix.skills.map(({ title }) => wrapText(title, HEAD, inColumn, Infinity));
  const verdicts = matrix.skills.map(({ skill }) => {
    const spots = spotsOf(matrix, skill);
    // What no step asks for is enough in any number.
    if (spots.length === 0) return [String(holdersOf(matrix, skill))];
    const style = spots.some(({ isThin }) => isThin) ? HEAD : CELL;
    return spots.flatMap(({ level, holders, verdict }) =>
      wrapText(`${level === undefined ? '' : `${level} `}${holders}: ${verdict}`, style, inColumn, Infinity),
    );
  });
  const foot = wrapText(say`People who have it`, HEAD, LONGEST_LABEL, Infinity);
  const label =
    Math.ceil(Math.max(90, widestLine(foot, HEAD), ...rows.map(({ lines }) => widestLine(lines, CELL)))) + 2 * INSET;
  const headHeight = Math.max(1, ...heads.map((lines) => lines.length)) * LINE + 16;
  const heights = rows.map(({ lines }) => lines.length * LINE + 10);
  const footHeight = Math.max(1, foot.length, ...verdicts.map((lines) => lines.length)) * LINE + 14;
  const title = `${say`Who can do what`}: ${matrix.title}`;
  const titleLines = wrapText(title, TITLE, Math.max(360, label + heads.length * column - 24), Infinity);
  const top = titleLines.length * 20 + 18;
  const width = Math.max(label + heads.length * column + 1, 384, widestLine(titleLines, TITLE) + 24);
  const height = top + headHeight + heights.reduce((sum, each) => sum + each, 0) + footHeight + 1;
  return {
    title,
    titleLines,
    rows,
    heads,
    verdicts,
    foot,
    column,
    label,
    top,
    headHeight,
    heights,
    footHeight,
    width,
    height,
  };
}

/**
 * Skills as columns and people or groups as rows: the level held, or a dot; dark with a `!` where one holder alone has what
 * steps ask for; below each skill how many people have it and whether that is enough. Titles are wrapped, never cut.
 */
export function skillMatrixDrawing(
  matrix: SkillMatrix,
  { theme: name = 'light', words = ENGLISH }: { readonly theme?: DrawingTheme; readonly words?: DrawingWords } = {},
): { readonly svg: string; readonly width: number; readonly height: number } {
  const theme = themeOf(name);
  const spotsAt = (skill: string): SkillMatrix['spots'] => spotsOf(matrix, skill);
  const measured = measureMatrix(matrix, words);
  const { title, titleLines, rows, heads, verdicts, foot, column, label, top, width, height } = measured;
  const { headHeight, heights, footHeight } = measured;
  const inColumn = column - BESIDE_TEXT;
  const text = (
    lines: readonly string[],
    x: number,
    y: number,
    style: TextStyle,
    fill: string,
    middle = false,
  ): string =>
    lines
      .map((line, index) =>
        element(
          'text',
          {
            x,
            y: y + index * LINE,
            'font-size': style.size,
            'font-weight': style.weight === 'semibold' ? 600 : undefined,
            'text-anchor': middle ? 'middle' : undefined,
            fill,
          },
          [escapeXml(line)],
        ),
      )
      .join('');
  const parts: string[] = [
    element('title', {}, [escapeXml(title)]),
    element('rect', { width, height, fill: theme.page }),
    titleLines
      .map((line, index) =>
        element('text', { x: INSET, y: 22 + index * 20, 'font-size': 15, 'font-weight': 600, fill: theme.text }, [
          escapeXml(line),
        ]),
      )
      .join(''),
  ];
  matrix.skills.forEach(({ skill }, place) => {
    const x = label + place * column;
    const isThin = spotsAt(skill).some((spot) => spot.isThin);
    const colours = theme.lanes[0];
    parts.push(
      element('rect', { x, y: top, width: column - 3, height: headHeight, fill: colours?.header ?? theme.way }),
      text(heads[place] ?? [], x + (column - 3) / 2, top + 20, HEAD, theme.headerText, true),
      element('rect', {
        x,
        y: height - footHeight,
        width: column - 3,
        height: footHeight,
        fill: isThin ? theme.marks.removed.fill : theme.card,
        stroke: isThin ? theme.marks.removed.stroke : theme.laneBorder,
        'stroke-width': isThin ? 2 : 1,
      }),
      text(
        verdicts[place] ?? [],
        x + (column - 3) / 2,
        height - footHeight + 19,
        isThin ? HEAD : CELL,
        theme.text,
        true,
      ),
    );
  });
  let y = top + headHeight;
  for (const [row, { holder, lines }] of rows.entries()) {
    const own = heights[row] ?? 0;
    if (row % 2 === 1)
      parts.push(element('rect', { x: 0, y, width, height: own, fill: theme.lanes[0]?.ground ?? theme.card }));
    parts.push(text(lines, INSET, y + 18, CELL, theme.text));
    matrix.skills.forEach(({ skill, title: called }, place) => {
      const held = holder.skills.find((each) => each.skill === skill);
      if (held === undefined) return;
      const aloneAt = spotsAt(skill).find(({ alone }) => alone.includes(holder.id));
      const isAlone = aloneAt !== undefined;
      const x = label + place * column;
      const fill = isAlone ? theme.marks.removed.stroke : theme.marks.added.fill;
      const shown = `${isAlone ? '! ' : ''}${held.level ?? '●'}`;
      const spoken = `${holder.label}: ${called}${held.level === undefined ? '' : ` (${held.level})`}${isAlone ? `, ${aloneAt.verdict}` : ''}`;
      const inside = wrapText(shown, isAlone ? HEAD : CELL, inColumn, Infinity);
      const taken = Math.max(own - 4, inside.length * LINE + 4);
      parts.push(
        element('g', {}, [
          element('title', {}, [escapeXml(spoken)]),
          element('rect', { x, y: y + 2, width: column - 3, height: taken, rx: 3, fill }),
          text(
            inside,
            x + (column - 3) / 2,
            y + own / 2 + 4 - ((inside.length - 1) * LINE) / 2,
            isAlone ? HEAD : CELL,
            isAlone ? theme.marks.removed.badge : theme.text,
            true,
          ),
        ]),
      );
    });
    y += own;
  }
  parts.push(text(foot, INSET, height - footHeight + 19, HEAD, theme.text));
  const svg = element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${pixels(width)} ${pixels(height)}`,
      width,
      height,
      'font-family': FONT_STACK,
      role: 'img',
      'aria-label': title,
    },
    parts.map((part) => `\n${part}`),
  );
  return { svg: `${svg}\n`, width, height };
}
