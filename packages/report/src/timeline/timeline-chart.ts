import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { area, line } from 'd3-shape';
import { formatNumber } from '@pathway/model';
import { levelStep } from '../palette.js';
import { capacityPath, timeAxis } from '../chart/census-chart.js';
import { place } from '../chart/frame.js';
import { percent } from '../figures.js';
import { type Html, html, type HtmlPart, type IdSource, lines } from '../html/html.js';
import { named } from '../text.js';
import type { Words } from '../words/words.js';
import type { TimelineBar, TimelineLevels, TimelineParts, TimelineUse } from './timeline-parts.js';

/** Width of the picture and of the column of titles at its left, in its own units. */
export const TIMELINE = Object.freeze({ width: 720, left: 186, right: 14 });

const BAR = 14;
const LEVEL = 26;
const PANEL = 62;
const GAP = 4;
const HEAD = 20;
const AXIS = 40;
/** Mean width of a letter of a title; titles that are longer than their column are cut, and stand in full in the table. */
const LETTER = 6.6;
/** From one line of a title to the next. */
const LINE = 14;

/** A part of the picture with its height; `draw` gets the place of its upper edge. */
interface Row {
  readonly height: number;
  readonly draw: (top: number) => HtmlPart;
}

/**
 * A strip of a scenario: what happens, the levels as bands in colour and words, what is done, and below them how much is in
 * use and how many wait, over the same time. A bar is as high as the share of replications in which it is in force.
 */
export function timelineChart(words: Words, ids: IdSource, parts: TimelineParts, title: string): Html {
  const { say } = words;
  const { factor, word } = timeAxis(words, parts.slot * parts.slots);
  const { width, left, right } = TIMELINE;
  const x = scaleLinear([parts.from / factor, (parts.from + parts.slot * parts.slots) / factor], [left, width - right]);
  const at = (slot: number): number => x((parts.from + slot * parts.slot) / factor);
  const rows: readonly Row[] = [
    ...parts.crises.flatMap(({ title: crisis, effects }) =>
      headed(
        named(crisis),
        effects.map((bar) => barRow(bar, 'effect', at)),
      ),
    ),
    ...headed(
      say`Levels`,
      parts.levels.map((levels) => levelRow(levels, at)),
    ),
    ...headed(
      say`What is done`,
      parts.responses.map((bar) => barRow(bar, 'bar s0', at)),
    ),
    ...headed(
      say`In use and waiting`,
      parts.uses.map((use) => useRow(words, use, at)),
    ),
  ];
  const tops = rows.map((_, i) => rows.slice(0, i).reduce((sum, { height }) => sum + height, 0));
  const floor = rows.reduce((sum, { height }) => sum + height, 0);
  const key = keyRows(words, parts);
  const ticks = x.ticks(8);
  const height = floor + AXIS + key.height;
  const [name, text] = [ids.take('chart-title'), ids.take('chart-text')];
  return html`<svg class="chart strip" role="img" aria-labelledby="${name} ${text}" viewBox="0 0 ${width} ${height}">
    <title id="${name}">${title}</title>
    <desc id="${text}">${describe(words, parts)}</desc>
    <g class="grid">${ticks.map((tick) => html`<path d="M${place(x(tick))} ${HEAD}V${floor}" />`)}</g>
    ${lines(rows.map(({ draw }, i) => html`${draw(tops[i] ?? 0)}`))}
    <path class="axis" d="M${left} ${floor}H${width - right}" />
    <g class="ticks" text-anchor="middle">
      ${ticks.map((tick) => html`<text x="${place(x(tick))}" y="${floor + 15}">${number(words, tick)}</text>`)}
    </g>
    <text class="label" x="${width - right}" y="${floor + 31}" text-anchor="end">
      ${say`Time after warm-up (${word})`}
    </text>
    ${key.draw(floor + AXIS)}
  </svg>`;
}

/** A heading and the rows below it; nothing where there are none. */
function headed(title: string, rows: readonly Row[]): Row[] {
  if (rows.length === 0) return [];
  const head: Row = {
    height: HEAD,
    draw: (top) => html`<text class="head" font-weight="bold" x="0" y="${top + 15}">${title}</text>`,
  };
  return [head, ...rows];
}

/** A title in its column, cut where it is longer than the lines that it has; it stands whole in the table. */
function rowTitle(title: string, baseline: number, lines: { readonly most: number; readonly room: number }): HtmlPart {
  const letters = Math.floor((TIMELINE.left - lines.room) / LETTER);
  const shown = linesOf(named(title), letters, lines.most);
  return shown.map((text, i) => html`<text x="0" y="${place(baseline + i * LINE)}">${text}</text>`);
}

/** A text in lines of at most so many letters, broken between words; what does not fit is left out with an ellipsis. */
function linesOf(text: string, letters: number, most: number): readonly string[] {
  const found: string[] = [''];
  for (const word of text.split(' ')) {
    const last = found.at(-1) ?? '';
    const joined = last === '' ? word : `${last} ${word}`;
    if (Array.from(joined).length <= letters || last === '' || found.length === most) found[found.length - 1] = joined;
    else found.push(word);
  }
  return found.map((line) => {
    const all = Array.from(line);
    return all.length <= letters
      ? line
      : `${all
          .slice(0, letters - 1)
          .join('')
          .trimEnd()}…`;
  });
}

function barRow({ title, series }: TimelineBar, mark: string, at: (slot: number) => number): Row {
  return {
    height: BAR + GAP,
    draw: (top) => [
      rowTitle(title, top + BAR - 2.5, { most: 1, room: 8 }),
      html`<path class="grid" d="M${TIMELINE.left} ${top + BAR}H${TIMELINE.width - TIMELINE.right}" />`,
      stepArea(series, mark, at, top + BAR, BAR),
    ],
  };
}

/** Steps as high as the share of each slot; one path for each stretch that is not 0. */
function stepArea(
  shares: readonly number[],
  mark: string,
  at: (slot: number) => number,
  floor: number,
  height: number,
): HtmlPart {
  let path = '';
  let open = false;
  let before = 0;
  for (const [slot, share] of shares.entries()) {
    const top = place(floor - Math.min(1, share) * height);
    if (share > 0) {
      if (!open) path += `M${place(at(slot))} ${place(floor)}`;
      if (!open || share !== before) path += `V${top}`;
      path += `H${place(at(slot + 1))}`;
      open = true;
    } else if (open) {
      path += `V${place(floor)}Z`;
      open = false;
    }
    before = share;
  }
  if (open) path += `V${place(floor)}Z`;
  return path === '' ? undefined : html`<path class="${mark}" d="${merged(path)}" />`;
}

/** A path without points between steps of the same height. */
function merged(path: string): string {
  return path.replace(/(?:H[\d.]+)+(H[\d.]+)/g, '$1');
}

function levelRow(levels: TimelineLevels, at: (slot: number) => number): Row {
  const steps = levels.levels.length;
  return {
    height: LEVEL + GAP,
    draw: (top) => [
      rowTitle(levels.title, top + (isLong(levels.title) ? 9 : 15), { most: 2, room: 8 }),
      html`<path
        class="level l0"
        d="M${TIMELINE.left} ${top}H${TIMELINE.width - TIMELINE.right}V${top + LEVEL}H${TIMELINE.left}Z"
      />`,
      ...levels.atLeast.map((shares, k) =>
        stepArea(shares, `level l${levelStep(k + 1, steps)}`, at, top + LEVEL, LEVEL),
      ),
      ...levels.at.map((shares, k) => {
        const run = longestRun(shares);
        const [from, to] = [at(run.from), at(run.to)];
        const word = fitting(levels.levels[k + 1] ?? '', to - from);
        if (word === undefined) return undefined;
        const above = meanOver(levels.atLeast[k + 1], run);
        const middle = above + meanOver(shares, run) / 2;
        const y = Math.min(top + LEVEL - 4, Math.max(top + 12, top + LEVEL * (1 - middle) + 4));
        return html`<text
          class="level t${levelStep(k + 1, steps)}"
          text-anchor="middle"
          x="${place((from + to) / 2)}"
          y="${place(y)}"
          >${word}</text
        >`;
      }),
    ],
  };
}

/** A title, or what stands before its colon, if there is room for it. */
function fitting(title: string, room: number): string | undefined {
  const [short = title] = title.split(/:\s/);
  return [title, short].find((text) => (Array.from(text).length + 1) * LETTER <= room);
}

interface Run {
  readonly from: number;
  readonly to: number;
}

/** True for a title that takes two lines beside a band. */
function isLong(title: string): boolean {
  return Array.from(named(title)).length > (TIMELINE.left - 8) / LETTER;
}

/** The longest stretch of slots in which most replications are at a level. */
function longestRun(shares: readonly number[]): Run {
  let best: Run = { from: 0, to: 0 };
  let from = 0;
  shares.forEach((share, slot) => {
    if (share < 0.6) from = slot + 1;
    else if (slot + 1 - from > best.to - best.from) best = { from, to: slot + 1 };
  });
  return best;
}

function meanOver(shares: readonly number[] | undefined, { from, to }: Run): number {
  const own = (shares ?? []).slice(from, to);
  return own.length === 0 ? 0 : own.reduce((sum, share) => sum + share, 0) / own.length;
}

function useRow(words: Words, { title, kind, series, most }: TimelineUse, at: (slot: number) => number): Row {
  const { say } = words;
  return {
    height: PANEL + 12,
    draw: (top) => {
      const y = scaleLinear([0, most], [top + PANEL, top + 4]).nice(3);
      const marks = y.ticks(3);
      const slots = series.mean.map((_, slot) => slot);
      const centre = (slot: number): number => (at(slot) + at(slot + 1)) / 2;
      const starts = slots.map((slot) => slot);
      return [
        rowTitle(title, top + 16, { most: 2, room: 34 }),
        html`<text class="muted" x="0" y="${top + 45}"
          >${kind === 'staff' ? say`staff at work` : say`units in use`}</text
        >`,
        ...marks.map(
          (mark) =>
            html`<path class="grid" d="M${TIMELINE.left} ${place(y(mark))}H${TIMELINE.width - TIMELINE.right}" /><text
                class="ticks"
                text-anchor="end"
                x="${TIMELINE.left - 5}"
                y="${place(y(mark) + 4)}"
                >${number(words, mark)}</text
              >`,
        ),
        html`<path
          class="band s0"
          d="${
            area<number>()
              .x(centre)
              .y0((slot) => y(series.low[slot] ?? 0))
              .y1((slot) => y(series.high[slot] ?? 0))
              .digits(1)(slots) ?? ''
          }"
        />`,
        html`<path class="line solid s0" d="${pathOf(series.mean, centre, y)}" />`,
        html`<path
          class="capacity"
          d="${capacityPath(series, starts, series.mean.length, scaleLinear([0, 1], [at(0), at(1)]), y)}"
        />`,
        html`<path class="line s1" d="${pathOf(series.queue, centre, y)}" />`,
      ];
    },
  };
}

function pathOf(values: readonly number[], centre: (slot: number) => number, y: ScaleLinear<number, number>): string {
  const path = line<number>()
    .x((_, slot) => centre(slot))
    .y((value) => y(value))
    .digits(1)([...values]);
  return path ?? '';
}

/** What colours and lines mean, below the axis: the levels of each scale once, then the curves. */
function keyRows(words: Words, { levels, uses }: TimelineParts): Row {
  const { say } = words;
  const scales = new Map(levels.map((each) => [each.levels.join('\n'), each.levels] as const));
  const entries: (readonly Entry[])[] = [...scales.values()].map((all) =>
    all.map((text, i) => ({ mark: `level l${levelStep(i, all.length)}`, shape: 'box', text })),
  );
  if (uses.length > 0)
    entries.push([
      { mark: 'line solid s0', shape: 'line', text: say`mean` },
      { mark: 'band s0', shape: 'box', text: say`5–95 % of replications` },
      { mark: 'capacity', shape: 'line', text: say`capacity` },
      { mark: 'line s1', shape: 'line', text: say`waiting` },
    ]);
  const placed = entries.flatMap((row) => wrapped(row));
  return {
    height: placed.length * 18 + 4,
    draw: (top) =>
      placed.map((row, i) =>
        row.map(({ mark, shape, text, x }) => {
          const y = top + i * 18;
          const sign = shape === 'line' ? `M${x} ${y + 7}H${x + 24}` : `M${x} ${y + 1}H${x + 24}V${y + 13}H${x}Z`;
          return html`<path class="${mark}" d="${sign}" /><text x="${x + 29}" y="${y + 11}">${text}</text>`;
        }),
      ),
  };
}

interface Entry {
  readonly mark: string;
  readonly shape: 'line' | 'box';
  readonly text: string;
}

/** Entries one after the other, in as many lines as they need. */
function wrapped(entries: readonly Entry[]): (readonly (Entry & { readonly x: number })[])[] {
  const rows: (Entry & { readonly x: number })[][] = [[]];
  let x = 0;
  for (const entry of entries) {
    const width = Math.ceil(45 + Array.from(entry.text).length * LETTER);
    if (x > 0 && x + width > TIMELINE.width) {
      rows.push([]);
      x = 0;
    }
    rows.at(-1)?.push({ ...entry, x });
    x += width;
  }
  return rows;
}

/** How much of the time each thing was in force, for those who cannot see it. */
function describe(words: Words, { crises, levels, responses }: TimelineParts): string {
  const mean = (series: readonly number[]): string =>
    percent(words, series.reduce((sum, share) => sum + share, 0) / Math.max(1, series.length));
  const said = [
    ...crises.flatMap(({ title: crisis, effects }) =>
      effects.map(({ title, series }) => `${named(crisis)}: ${named(title)} ${mean(series)}`),
    ),
    ...levels.flatMap((each) =>
      each.at.map((at, k) => `${named(each.title)}, ${each.levels[k + 1] ?? ''} ${mean(at)}`),
    ),
    ...responses.map(({ title, series }) => `${named(title)} ${mean(series)}`),
  ];
  return words.say`Of the time in force: ${words.list(said)}. The numbers are in the table that follows.`;
}

function number(words: Words, value: number): string {
  return words.digits(formatNumber(value, { digits: 6 })).replace('-', '\u2212');
}
