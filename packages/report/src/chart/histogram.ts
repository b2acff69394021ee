import { type Html, html, type IdSource } from '../html/html.js';
import { type FigureKind, figure, percent, scaleFor } from '../figures.js';
import { axisLabel, chart, horizontal, place, seriesClass, vertical } from './frame.js';
import type { Words } from '../words/words.js';

export interface HistogramParts {
  readonly title: string;
  readonly kind: FigureKind;
  readonly valueLabel: string;
  readonly histogram: { readonly from: number; readonly width: number; readonly shares: readonly number[] };
  readonly series: number;
}

/** Shares of the observations in equal bins, as touching bars. */
export function histogramChart(words: Words, ids: IdSource, parts: HistogramParts): Html {
  const { say } = words;
  const { from, width, shares } = parts.histogram;
  const end = from + width * shares.length;
  const { factor, suffix } = scaleFor(words, parts.kind, Math.max(Math.abs(from), Math.abs(end)));
  const x = horizontal(from / factor, end / factor);
  const y = vertical(shares.map((share) => share * 100));
  const bars = shares.map((share, bin) => {
    if (!(share > 0)) return undefined;
    const left = x((from + bin * width) / factor);
    const right = x((from + (bin + 1) * width) / factor);
    return barMark(parts.series, left, right, y(0), y(share * 100));
  });
  const most = shares.indexOf(Math.max(...shares));
  const bound = (bin: number): string => figure(words, from + bin * width, parts.kind);
  return chart(words, ids, {
    title: parts.title,
    description: say`Shares of the observations in ${shares.length} bins. The most, ${percent(words, shares[most] ?? 0)}, lie between ${bound(most)} and ${bound(most + 1)}. The numbers are in the table that follows.`,
    x,
    y,
    xLabel: axisLabel(parts.valueLabel, suffix === '' ? undefined : suffix),
    yLabel: say`Share of observations (%)`,
    marks: bars,
  });
}

/** A bar that stands on the axis. */
export function barMark(series: number, left: number, right: number, floor: number, top: number): Html {
  const path = `M${place(left)} ${place(floor)}V${place(top)}H${place(right)}V${place(floor)}Z`;
  return html`<path class="bar ${seriesClass(series)}" d="${path}" />`;
}
