import { type Html, html, type IdSource } from '../html/html.js';
import { type FigureKind, scaleFor } from '../figures.js';
import { axisLabel, chart, horizontal, place, seriesClass, vertical } from './frame.js';

export interface HistogramParts {
  readonly title: string;
  readonly kind: FigureKind;
  readonly valueLabel: string;
  readonly histogram: { readonly from: number; readonly width: number; readonly shares: readonly number[] };
  readonly series: number;
}

/** Shares of the observations in equal bins, as touching bars. */
export function histogramChart(ids: IdSource, parts: HistogramParts): Html {
  const { from, width, shares } = parts.histogram;
  const end = from + width * shares.length;
  const { factor, suffix } = scaleFor(parts.kind, Math.max(Math.abs(from), Math.abs(end)));
  const x = horizontal(from / factor, end / factor);
  const y = vertical(shares.map((share) => share * 100));
  const bars = shares.map((share, bin) => {
    if (!(share > 0)) return undefined;
    const left = x((from + bin * width) / factor);
    const right = x((from + (bin + 1) * width) / factor);
    return barMark(parts.series, left, right, y(0), y(share * 100));
  });
  const most = shares.indexOf(Math.max(...shares));
  const bound = (value: number): string => (value / factor).toPrecision(3).replace(/\.?0+$/, '');
  return chart(ids, {
    title: parts.title,
    description: `Shares of the observations in ${shares.length} bins. The most, ${((shares[most] ?? 0) * 100).toFixed(1)} %, lie between ${bound(from + most * width)} and ${bound(from + (most + 1) * width)} ${suffix}. The numbers are in the table that follows.`,
    x,
    y,
    xLabel: axisLabel(parts.valueLabel, suffix === '' ? undefined : suffix),
    yLabel: 'Share of observations (%)',
    marks: bars,
  });
}

/** A bar that stands on the axis. */
export function barMark(series: number, left: number, right: number, floor: number, top: number): Html {
  const path = `M${place(left)} ${place(floor)}V${place(top)}H${place(right)}V${place(floor)}Z`;
  return html`<path class="bar ${seriesClass(series)}" d="${path}" />`;
}
