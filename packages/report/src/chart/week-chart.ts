import { LIGHT } from '../palette.js';
import { heatStep } from '../html/heat-map.js';
import { fixed } from '../figures.js';
import { html, type Html, type IdSource } from '../html/html.js';
import type { Words } from '../words/words.js';
import { place } from './frame.js';

const CELL = { width: 24, height: 20 };
const LEFT = 46;
const TOP = 22;

/** A week of 7 days by 24 hours as a drawing, each hour's number on a colour that deepens with it; for print. */
export function weekChart(
  words: Words,
  ids: IdSource,
  parts: { readonly title: string; readonly values: readonly number[]; readonly isShort: (hour: number) => boolean },
): Html {
  const title = ids.take('chart-title');
  const largest = Math.max(0, ...parts.values);
  const places = parts.values.every(Number.isInteger) || largest >= 10 ? 0 : 1;
  const hours = Array.from({ length: 24 }, (_, hour) => hour);
  const width = LEFT + 24 * CELL.width + 4;
  const height = TOP + 7 * CELL.height + 4;
  const rows = words.weekdays.map((day, d) => {
    const y = TOP + d * CELL.height;
    const cells = hours.map((hour) => {
      const slot = d * 24 + hour;
      const value = parts.values[slot] ?? 0;
      const step = LIGHT.heat[heatStep(value, largest)];
      const x = LEFT + hour * CELL.width;
      const text = `${fixed(words, value, places)}${parts.isShort(slot) ? '!' : ''}`;
      return html`<rect
          x="${x}"
          y="${y}"
          width="${CELL.width - 1}"
          height="${CELL.height - 1}"
          fill="${step?.surface ?? LIGHT.surface}"
        />
        <text
          x="${place(x + CELL.width / 2 - 0.5)}"
          y="${y + 13.5}"
          font-size="9"
          text-anchor="middle"
          fill="${step?.text ?? LIGHT.text}"
          >${text}</text
        >`;
    });
    return html`<text x="${LEFT - 6}" y="${y + 14}" font-size="10" text-anchor="end" fill="${LIGHT.text}">${day}</text
      >${cells}`;
  });
  const head = hours.map(
    (hour) =>
      html`<text
        x="${place(LEFT + hour * CELL.width + CELL.width / 2)}"
        y="${TOP - 6}"
        font-size="9"
        text-anchor="middle"
        fill="${LIGHT.muted}"
        >${String(hour).padStart(2, '0')}</text
      >`,
  );
  return html`<svg class="chart" role="img" aria-labelledby="${title}" viewBox="0 0 ${width} ${height}">
    <title id="${title}">${parts.title}</title>
    ${head} ${rows}
  </svg>`;
}
