import { fixed } from '../figures.js';
import { LIGHT } from '../palette.js';
import { type Html, html, type HtmlPart, type IdSource, lines } from './html.js';
import type { Words } from '../words/words.js';

export const HOURS_OF_WEEK = 168;

export interface HeatMapParts {
  readonly caption: HtmlPart;
  /** 168 values, 0 = Monday 00:00 local. */
  readonly values: readonly number[];
  /** A short sign beside the number of an hour, such as a mark where too few are on duty. */
  readonly mark?: (hour: number) => string | undefined;
  readonly note?: HtmlPart;
}

/**
 * A week as a table of 7 days by 24 hours: each hour's number, on a colour that deepens with it from 0 to the largest.
 * The table is its own table of data, so nothing depends on the colour.
 */
export function weekHeatMap(words: Words, ids: IdSource, parts: HeatMapParts): Html {
  const caption = ids.take('heat');
  const largest = Math.max(0, ...parts.values);
  const places = parts.values.every(Number.isInteger) ? 0 : largest < 10 ? 1 : 0;
  const hours = Array.from({ length: 24 }, (_, hour) => hour);
  const row = (day: string, dayIndex: number): Html => {
    const cells = hours.map((hour) => {
      const slot = dayIndex * 24 + hour;
      const value = parts.values[slot] ?? 0;
      return html`<td class="h${heatStep(value, largest)}">${fixed(words, value, places)}${parts.mark?.(slot)}</td>`;
    });
    return html`<tr>
      <th scope="row">${day}</th>
      ${cells}
    </tr>`;
  };
  return html`<div class="scroll" role="group" tabindex="0" aria-labelledby="${caption}">
      <table class="heat">
        <caption id="${caption}">
          <span>${parts.caption}</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">${words.say`Hour`}</th>
            ${hours.map((hour) => html`<th scope="col">${String(hour).padStart(2, '0')}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${lines(words.weekdays.map(row))}
        </tbody>
      </table>
    </div>
    ${parts.note === undefined ? undefined : html` <p class="note">${parts.note}</p>`}`;
}

/** The step of the colour scale for a value between 0 and the largest. */
export function heatStep(value: number, largest: number): number {
  const steps = LIGHT.heat.length - 1;
  if (!(value > 0) || !(largest > 0)) return 0;
  return Math.min(steps, Math.max(1, Math.ceil((value / largest) * steps - 1e-9)));
}
