import type { WarmUpChoice } from '@pathway/simulation';
import { line } from 'd3-shape';
import { SECONDS } from '@pathway/model';
import { type Html, html, type IdSource } from '../html/html.js';
import { fixed } from '../figures.js';
import { named } from '../text.js';
import { chart, CHART, horizontal, place, seriesClass, THIN_LINE, vertical } from './frame.js';
import type { Words } from '../words/words.js';

/** The pilot runs' mean over time, its moving mean, and where the warm-up ends (after Welch's plot). */
export function warmUpChart(words: Words, ids: IdSource, choice: WarmUpChoice): Html {
  const { say } = words;
  const { series, movingMean, slot, warmUp } = choice;
  const days = slot / SECONDS.d;
  const x = horizontal(0, Math.max(days, series.length * days));
  const y = vertical([...series, ...movingMean]);
  const path = (values: readonly number[]): string =>
    line<number>()
      .x((_, index) => x((index + 0.5) * days))
      .y((value) => y(value))
      .digits(1)([...values]) ?? '';
  const cut = place(x(warmUp / SECONDS.d));
  return chart(words, ids, {
    title: say`Warm-up: ${named(choice.title)} in use and waiting, mean of ${choice.pilots} pilot runs`,
    description: say`The number in use and waiting over time, with its moving mean. The warm-up ends after ${fixed(words, warmUp / SECONDS.d, 1)} d, where the dashed line stands.`,
    x,
    y,
    xLabel: say`Days from the start`,
    yLabel: say`In use and waiting`,
    marks: [
      html`<path class="line solid ${seriesClass(0)}" style="${THIN_LINE}" d="${path(series)}" />`,
      html`<path class="line solid ${seriesClass(1)}" d="${path(movingMean)}" />`,
      html`<path class="capacity" d="M${cut} ${CHART.top}V${CHART.height - CHART.bottom}" />`,
    ],
  });
}
