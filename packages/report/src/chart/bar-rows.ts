import { scaleLinear } from 'd3-scale';
import { formatNumber } from '@pathway/model';
import type { Block } from '../document/blocks.js';
import { type Html, html, type HtmlPart, type IdSource, lines } from '../html/html.js';
import type { Words } from '../words/words.js';
import { place, seriesClass } from './frame.js';

/** A named bar from one value to another, in written units. */
interface BarRow {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  /** A thinner line over the bar's end: an interval. */
  readonly interval?: readonly [number, number];
}

export interface BarRowsParts {
  readonly title: string;
  readonly description: string;
  readonly xLabel: string;
  /** Where a vertical line stands: the value without any change. */
  readonly reference?: number;
  readonly rows: readonly BarRow[];
}

const WIDTH = 330;
const SIDE = 12;
const ROW = 38;
const TOP = 8;
const FOOT = 44;

/** Bars as a part of a document. */
export function barsBlock(words: Words, ids: IdSource, parts: BarRowsParts): Block {
  return { kind: 'chart', title: parts.title, svg: barRows(words, ids, parts).text };
}

/** Bars one below the other, each under its name, on one axis: a tornado where they are sorted by their length. */
export function barRows(words: Words, ids: IdSource, parts: BarRowsParts): Html {
  const title = ids.take('chart-title');
  const description = ids.take('chart-text');
  const { rows, reference } = parts;
  const values = rows.flatMap(({ from, to, interval }) => [from, to, ...(interval ?? [])]);
  const all = [...values, ...(reference === undefined ? [] : [reference])].filter(Number.isFinite);
  const least = Math.min(...all);
  const most = Math.max(...all);
  const pad = most === least ? 0.5 : 0;
  const x = scaleLinear([least - pad, most + pad], [SIDE, WIDTH - SIDE]).nice(4);
  const floor = TOP + rows.length * ROW;
  const height = floor + FOOT;
  const ticks = x.ticks(4);
  const mark =
    reference === undefined ? undefined : html`<path class="axis" d="M${place(x(reference))} ${TOP}V${floor}" />`;
  return html`<svg class="chart" role="img" aria-labelledby="${title} ${description}" viewBox="0 0 ${WIDTH} ${height}">
    <title id="${title}">${parts.title}</title>
    <desc id="${description}">${parts.description}</desc>
    <g class="grid">${ticks.map((tick) => html`<path d="M${place(x(tick))} ${TOP}V${floor}" />`)}</g>
    ${lines(rows.map((row, index) => rowMarks(row, TOP + index * ROW, x)))} ${mark}
    <path class="axis" d="M${SIDE} ${floor}H${WIDTH - SIDE}" />
    <g class="ticks" text-anchor="middle">
      ${ticks.map((tick) => html`<text x="${place(x(tick))}" y="${floor + 16}">${tickText(words, tick)}</text>`)}
    </g>
    <text class="label" x="${WIDTH - SIDE}" y="${height - 8}" text-anchor="end">${parts.xLabel}</text>
  </svg>`;
}

function rowMarks({ label, from, to, interval }: BarRow, top: number, x: (value: number) => number): HtmlPart {
  const left = place(x(Math.min(from, to)));
  const right = place(x(Math.max(from, to)));
  const of = seriesClass(0);
  const line =
    interval === undefined
      ? undefined
      : html`<path class="axis" d="M${place(x(interval[0]))} ${top + 26}H${place(x(interval[1]))}" />`;
  return html`<text class="label" x="${SIDE}" y="${top + 14}">${shortened(label)}</text>
    <path class="bar ${of}" d="M${left} ${top + 20}H${right}V${top + 32}H${left}Z" />${line}`;
}

/** A name that fits above its bar; the table below has it whole. */
function shortened(label: string): string {
  const letters = [...label];
  return letters.length <= 46 ? label : `${letters.slice(0, 45).join('')}…`;
}

function tickText(words: Words, value: number): string {
  return words.digits(formatNumber(value, { digits: 6 })).replace('-', '\u2212');
}
