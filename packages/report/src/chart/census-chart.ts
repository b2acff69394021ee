import type { CensusSeries } from '@pathway/simulation';
import { area, line } from 'd3-shape';
import { SECONDS } from '@pathway/model';
import { type Html, html, type IdSource } from '../html/html.js';
import { fixed, percent } from '../figures.js';
import { barMark } from './histogram.js';
import { chart, horizontal, place, seriesClass, THIN_LINE, vertical } from './frame.js';
import type { Words } from '../words/words.js';

/** Changes of a capacity that can be told apart on a chart. */
const MOST_STEPS = 40;

/** Units in use over the window: the mean, the band of the 5th to 95th percentile of replications, the capacity. */
export function censusOverTimeChart(
  words: Words,
  ids: IdSource,
  title: string,
  series: CensusSeries,
  colour: number,
): Html {
  const { say } = words;
  const { factor, word } = timeAxis(words, series.from + series.slot * series.mean.length);
  const starts = series.mean.map((_, slot) => (series.from + slot * series.slot) / factor);
  const centre = (slot: number): number => (starts[slot] ?? 0) + series.slot / 2 / factor;
  const end = (series.from + series.slot * series.mean.length) / factor;
  const capacities = series.capacity.filter((value) => value !== null);
  const x = horizontal(series.from / factor, end);
  const y = vertical([...series.high, ...series.low, ...series.mean, ...capacities]);
  const slots = series.mean.map((_, slot) => slot);
  const band = area<number>()
    .x((slot) => x(centre(slot)))
    .y0((slot) => y(series.low[slot] ?? 0))
    .y1((slot) => y(series.high[slot] ?? 0))
    .digits(1)(slots);
  const mean = line<number>()
    .x((slot) => x(centre(slot)))
    .y((slot) => y(series.mean[slot] ?? 0))
    .digits(1)(slots);
  const isRestless =
    series.capacity.filter((value, slot) => slot > 0 && value !== series.capacity[slot - 1]).length > MOST_STEPS;
  // A capacity that comes and goes day by day would cover what is in use.
  const style = isRestless ? html`style="${THIN_LINE}"` : undefined;
  const capacity = html`<path class="capacity" ${style} d="${capacityPath(series, starts, end, x, y)}" />`;
  return chart(words, ids, {
    title,
    description: describeCensus(words, series),
    x,
    y,
    xLabel: say`Time after warm-up (${word})`,
    yLabel: say`In use`,
    marks: [
      isRestless ? capacity : undefined,
      html`<path class="band ${seriesClass(colour)}" d="${band ?? ''}" />`,
      html`<path class="line solid ${seriesClass(colour)}" d="${mean ?? ''}" />`,
      isRestless ? undefined : capacity,
    ],
  });
}

/** The capacity as steps; it is broken where capacity is unlimited. */
export function capacityPath(
  series: CensusSeries,
  starts: readonly number[],
  end: number,
  x: (value: number) => number,
  y: (value: number) => number,
): string {
  let path = '';
  let before: number | null = null;
  series.capacity.forEach((capacity, slot) => {
    if (capacity !== null) {
      const from = place(x(starts[slot] ?? 0));
      const to = place(x(starts[slot + 1] ?? end));
      path += before === null ? `M${from} ${place(y(capacity))}H${to}` : `V${place(y(capacity))}H${to}`;
    }
    before = capacity;
  });
  return path;
}

/** The unit in which a stretch of time is drawn on an axis. */
export function timeAxis(words: Words, length: number): { readonly factor: number; readonly word: string } {
  const { say } = words;
  if (length > 3 * SECONDS.d) return { factor: SECONDS.d, word: say`d` };
  if (length > 3 * SECONDS.h) return { factor: SECONDS.h, word: say`h` };
  return { factor: SECONDS.min, word: say`min` };
}

function describeCensus(words: Words, series: CensusSeries): string {
  const { say } = words;
  const least = Math.min(...series.mean);
  const most = Math.max(...series.mean);
  const finite = series.capacity.filter((value) => value !== null);
  const capacity =
    finite.length === 0 ? say`Capacity is unlimited.` : capacityText(words, Math.min(...finite), Math.max(...finite));
  return say`The mean in use lies between ${fixed(words, least, 1)} and ${fixed(words, most, 1)} over ${series.mean.length} slots of time. ${capacity} The numbers are in the table that follows.`;
}

/** Share of time with each number in use, as bars with a gap between, for a count. */
export function censusDistributionChart(
  words: Words,
  ids: IdSource,
  title: string,
  shares: readonly number[],
  capacity: number | null,
  colour: number,
): Html {
  const { say } = words;
  const x = horizontal(-0.7, Math.max(1, shares.length - 1) + 0.7);
  const y = vertical(shares.map((share) => share * 100));
  const half = Math.min(0.4, 12 / (x(1) - x(0)));
  const bars = shares.map((share, count) =>
    share > 0 ? barMark(colour, x(count - half), x(count + half), y(0), y(share * 100)) : undefined,
  );
  const top = place(y.range()[1] ?? 0);
  const limit =
    capacity !== null && capacity < shares.length
      ? html`<path class="capacity" d="M${place(x(capacity))} ${place(y(0))}V${top}" />`
      : undefined;
  const most = shares.indexOf(Math.max(...shares));
  return chart(words, ids, {
    title,
    description: say`Share of time with each number in use, 0 to ${shares.length - 1}. The most frequent number is ${most}, ${percent(words, shares[most] ?? 0)} of the time. The numbers are in the table that follows.`,
    x,
    y,
    xLabel: say`Number in use`,
    yLabel: say`Share of time (%)`,
    xTicks: x.ticks(8).filter((tick) => Number.isInteger(tick) && tick >= 0),
    marks: [...bars, limit],
  });
}

function capacityText(words: Words, least: number, most: number): string {
  const { say } = words;
  if (least === most) return say`Capacity is ${fixed(words, least, 0)}.`;
  return say`Capacity is ${fixed(words, least, 0)} to ${fixed(words, most, 0)}.`;
}
