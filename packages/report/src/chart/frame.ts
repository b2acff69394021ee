import { formatNumber } from '@pathway/model';
import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { type Html, html, type HtmlPart, type IdSource, lines } from '../html/html.js';
import type { Words } from '../words/words.js';

/** Size of every chart in its own units; the page never shows it smaller than one pixel a unit but on tiny phones. */
export const CHART = Object.freeze({ width: 330, height: 232, left: 46, right: 16, top: 26, bottom: 44 });

export type LinearScale = ScaleLinear<number, number>;

/** Number of colours for series; the next series begin again with the first. */
const SERIES_COLOURS = 6;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** The CSS class that gives series `index` its colour and dashes. */
export function seriesClass(index: number): string {
  return `s${index % SERIES_COLOURS}`;
}

/** The letter that stands at the marks of series `index`: A … Z, then A2 …. */
export function seriesLetter(index: number): string {
  const round = Math.floor(index / LETTERS.length);
  return `${LETTERS[index % LETTERS.length] ?? ''}${round === 0 ? '' : round + 1}`;
}

/** From data to the horizontal place of a mark. */
export function horizontal(from: number, to: number): LinearScale {
  return scaleLinear([from, to], [CHART.left, CHART.width - CHART.right]);
}

/** From data to the vertical place of a mark, from 0 (or the least value below it) to a round number above the largest. */
export function vertical(values: readonly number[]): LinearScale {
  const finite = values.filter(Number.isFinite);
  const largest = Math.max(0, ...finite);
  const least = Math.min(0, ...finite);
  const top = largest === least ? least + 1 : largest;
  return scaleLinear([least, top], [CHART.height - CHART.bottom, CHART.top]).nice(5);
}

export interface ChartParts {
  /** Says what is drawn; the accessible name. */
  readonly title: string;
  /** Says what is to be seen in it, for those who cannot see it. */
  readonly description: string;
  readonly x: LinearScale;
  readonly y: LinearScale;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly xTicks?: readonly number[];
  readonly marks: readonly HtmlPart[];
}

/** A drawing with light gridlines, both axes named with their units, and the given marks. */
export function chart(words: Words, ids: IdSource, parts: ChartParts): Html {
  const title = ids.take('chart-title');
  const description = ids.take('chart-text');
  const { width, height, left, right, bottom } = CHART;
  const floor = height - bottom;
  const yTicks = parts.y.ticks(5);
  const xTicks = parts.xTicks ?? ticksApart(words, parts.x);
  const xLabel = linesOf(parts.xLabel);
  const yLabel = linesOf(parts.yLabel);
  const above = (yLabel.length - 1) * LINE;
  const whole = height + above + (xLabel.length - 1) * LINE;
  return html`<svg
    class="chart"
    role="img"
    aria-labelledby="${title} ${description}"
    viewBox="0 ${-above} ${width} ${whole}"
  >
    <title id="${title}">${parts.title}</title>
    <desc id="${description}">${parts.description}</desc>
    <g class="grid">${yTicks.map((tick) => html`<path d="M${left} ${place(parts.y(tick))}H${width - right}" />`)}</g>
    <g class="ticks" text-anchor="end">
      ${yTicks.map((tick) => html`<text x="${left - 6}" y="${place(parts.y(tick) + 4)}">${tickText(words, tick)}</text>`)}
    </g>
    ${lines(parts.marks)}
    <path class="axis" d="M${left} ${floor}H${width - right}" />
    <g class="ticks" text-anchor="middle">
      ${xTicks.map((tick) => {
        const text = tickText(words, tick);
        const half = widthOf(text) / 2;
        const centre = Math.min(Math.max(parts.x(tick), half), width - half);
        return html`<text x="${place(centre)}" y="${floor + 16}">${text}</text>`;
      })}
    </g>
    ${yLabel.map((line, i) => html`<text class="label" x="4" y="${13 - above + i * LINE}">${line}</text>`)}
    ${xLabel.map(
      (line, i) =>
        html`<text class="label" x="${width - right}" y="${height - 8 + i * LINE}" text-anchor="end">${line}</text>`,
    )}
  </svg>`;
}

/** From one line of a label to the next. */
const LINE = 15;

/** About the width of a text on a chart: digits and most letters are no wider than that on average. */
function widthOf(text: string): number {
  return text.length * 7;
}

/** The marks of an axis, so few that no number touches the next. */
function ticksApart(words: Words, x: LinearScale): readonly number[] {
  const roomy = [5, 4, 3, 2]
    .map((count) => x.ticks(count))
    .find((ticks) => {
      const [first = 0, second = Number.POSITIVE_INFINITY] = ticks.map((tick) => x(tick));
      return Math.max(...ticks.map((tick) => widthOf(tickText(words, tick)))) + 4 <= second - first;
    });
  return roomy ?? x.ticks(1);
}

/** A label in lines that a chart has room for. */
function linesOf(label: string): readonly string[] {
  const most = (CHART.width - CHART.right - 4) / 6.4;
  const broken: string[] = [];
  for (const word of label.split(' ')) {
    const last = broken.at(-1);
    if (last === undefined || last.length + 1 + word.length > most) broken.push(word);
    else broken.splice(-1, 1, `${last} ${word}`);
  }
  return broken;
}

/** A coordinate with at most one decimal: enough for the eye, and short. */
export function place(coordinate: number): string {
  const text = coordinate.toFixed(1).replace(/\.0$/, '');
  return text === '-0' ? '0' : text;
}

function tickText(words: Words, value: number): string {
  return words.digits(formatNumber(value, { digits: 6 })).replace('-', '\u2212');
}

/** An axis label with its unit in brackets. */
export function axisLabel(text: string, unit: string | undefined): string {
  return unit === undefined ? text : `${text} (${unit})`;
}

/** A chart with its caption, key and table of data. */
export function chartFigure(caption: HtmlPart, drawing: HtmlPart, key: HtmlPart, data: HtmlPart): Html {
  return html`<figure class="chart-figure">
    <figcaption>${caption}</figcaption>
    ${drawing} ${key} ${data}
  </figure>`;
}

/** A chart as wide as the page, which scrolls in its own box on a narrow one. */
export function wideFigure(caption: string, drawing: HtmlPart): Html {
  return html`<figure class="chart-figure wide">
    <figcaption>${caption}</figcaption>
    <div class="scroll" role="group" tabindex="0" aria-label="${caption}">${drawing}</div>
  </figure>`;
}

export interface KeyEntry {
  readonly mark: 'line' | 'thin line' | 'bold line' | 'diamond' | 'band' | 'capacity' | 'bar';
  readonly series: number;
  readonly text: HtmlPart;
}

/** Of a line that only stands behind another. */
export const THIN_LINE = 'stroke-width:1;opacity:.5';

/** The key below a chart: each mark beside what it stands for. */
export function chartKey(entries: readonly KeyEntry[]): Html {
  return html`<ul class="key">
    ${entries.map((entry) => html`<li>${keyMark(entry)} ${entry.text}</li>`)}
  </ul>`;
}

function keyMark(entry: KeyEntry): Html {
  const of = seriesClass(entry.series);
  const inside = ((): Html => {
    switch (entry.mark) {
      case 'line':
        return html`<path class="line ${of}" d="M1 7H27" /><circle class="dot ${of}" cx="14" cy="7" r="3.5" />`;
      case 'thin line':
        return html`<path class="line solid ${of}" style="${THIN_LINE}" d="M1 7H27" />`;
      case 'bold line':
        return html`<path class="line solid ${of}" d="M1 7H27" />`;
      case 'diamond':
        return diamond(14, 7, entry.series);
      case 'band':
        return html`<path class="band ${of}" d="M1 1H27V13H1Z" />`;
      case 'capacity':
        return html`<path class="capacity" d="M1 7H27" />`;
      case 'bar':
        return html`<path class="bar ${of}" d="M6 1H22V13H6Z" />`;
    }
  })();
  return html`<svg class="key-mark" aria-hidden="true" width="28" height="14" viewBox="0 0 28 14">${inside}</svg>`;
}

/** The mark of an exact value: an open diamond, large enough to stay visible around the dot of a mean. */
export function diamond(x: number, y: number, series: number): Html {
  const path = `M${place(x)} ${place(y - 6)}L${place(x + 6)} ${place(y)}L${place(x)} ${place(y + 6)}L${place(x - 6)} ${place(y)}Z`;
  return html`<path class="exact ${seriesClass(series)}" d="${path}" />`;
}
