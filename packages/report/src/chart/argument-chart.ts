import type { Estimate } from '@pathway/simulation';
import { line } from 'd3-shape';
import { type Html, html, type IdSource } from '../html/html.js';
import { type FigureKind, hasInterval, scaleFor } from '../figures.js';
import { axisLabel, chart, CHART, diamond, horizontal, place, seriesClass, seriesLetter, vertical } from './frame.js';
import type { Words } from '../words/words.js';

interface ArgumentPoint {
  readonly argument: number;
  readonly estimate: Estimate;
  readonly exact?: number | undefined;
}

interface ArgumentSeries {
  readonly title: string;
  readonly points: readonly ArgumentPoint[];
}

export interface ArgumentChartParts {
  readonly title: string;
  readonly kind: FigureKind;
  /** What the argument counts: `Beds`. */
  readonly argumentLabel: string;
  readonly valueLabel: string;
  readonly series: readonly ArgumentSeries[];
}

/**
 * A figure against the variable of its table: for each series the means joined by a line, a bar for each 95 %
 * interval, and an open diamond for each exact value. A letter at the last point names the series.
 */
export function argumentChart(words: Words, ids: IdSource, parts: ArgumentChartParts): Html {
  const points = parts.series.flatMap((series) => series.points);
  const argumentsOf = [...new Set(points.map((point) => point.argument))].sort((a, b) => a - b);
  const largest = Math.max(0, ...points.map((point) => Math.abs(point.estimate.mean)).filter(Number.isFinite));
  const { factor, suffix } = scaleFor(words, parts.kind, largest);
  const first = argumentsOf[0] ?? 0;
  const last = argumentsOf[argumentsOf.length - 1] ?? 1;
  const margin = first === last ? 0.5 : (last - first) * 0.06;
  const x = horizontal(first - margin, last + margin);
  const y = vertical(points.flatMap((point) => valuesOf(point)).map((value) => value / factor));
  const inside = parts.series.map((series, index) => seriesMarks(series, index, parts.series.length, factor, x, y));
  return chart(words, ids, {
    title: parts.title,
    description: describe(words, parts),
    x,
    y,
    xLabel: parts.argumentLabel,
    yLabel: axisLabel(parts.valueLabel, suffix === '' ? undefined : suffix),
    xTicks: everyFewth(argumentsOf),
    marks: inside,
  });
}

function valuesOf(point: ArgumentPoint): number[] {
  const bounds = hasInterval(point.estimate) ? [point.estimate.low, point.estimate.high] : [];
  return [point.estimate.mean, ...bounds, ...(point.exact === undefined ? [] : [point.exact])];
}

type Position = (value: number) => number;

function seriesMarks(
  series: ArgumentSeries,
  index: number,
  count: number,
  factor: number,
  x: Position,
  y: Position,
): Html {
  // Series stand a little beside each other, so that intervals at the same argument stay apart.
  const beside = (index - (count - 1) / 2) * 4;
  const at = (point: ArgumentPoint): number => x(point.argument) + beside;
  const drawn = series.points.filter((point) => Number.isFinite(point.estimate.mean));
  const path = line<ArgumentPoint>()
    .x(at)
    .y((point) => y(point.estimate.mean / factor))
    .digits(1)(drawn);
  const of = seriesClass(index);
  const end = drawn[drawn.length - 1];
  const exact = series.points.filter((point) => point.exact !== undefined);
  const letter =
    end === undefined || count === 1
      ? undefined
      : seriesName(index, Math.min(at(end) + 6, CHART.width - 11), y(end.estimate.mean / factor) - 7);
  return html`<g>
    <path class="line ${of}" d="${path ?? ''}" />
    ${exact.map((point) => diamond(at(point), y((point.exact ?? 0) / factor), index))}
    ${drawn.map((point) => html`${intervalBar(point, index, at(point), factor, y)}${dot(at(point), y(point.estimate.mean / factor), index)}`)}
    ${letter}
  </g>`;
}

function seriesName(series: number, x: number, y: number): Html {
  const at = html`x="${place(x)}" y="${place(y)}"`;
  return html`<text class="letter ${seriesClass(series)}" ${at}>${seriesLetter(series)}</text>`;
}

function dot(x: number, y: number, series: number): Html {
  return html`<circle class="dot ${seriesClass(series)}" cx="${place(x)}" cy="${place(y)}" r="2.5" />`;
}

function intervalBar(point: ArgumentPoint, series: number, x: number, factor: number, y: Position): Html | undefined {
  if (!hasInterval(point.estimate)) return undefined;
  const path = `M${place(x)} ${place(y(point.estimate.low / factor))}V${place(y(point.estimate.high / factor))}`;
  return html`<path class="interval ${seriesClass(series)}" d="${path}" />`;
}

/** At most nine ticks, so that their numbers do not touch. */
function everyFewth(values: readonly number[]): number[] {
  const step = Math.ceil(values.length / 9);
  return values.filter((_, index) => index % step === 0);
}

function describe({ say }: Words, parts: ArgumentChartParts): string {
  const names = parts.series.map((series, index) => `${seriesLetter(index)} ${series.title}`).join(', ');
  return say`${parts.valueLabel} against ${parts.argumentLabel}, for ${names}. Bars are 95 % intervals, diamonds exact values. The numbers are in the table that follows.`;
}
