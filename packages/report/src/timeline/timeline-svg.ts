import type { Model } from '@pathway/model';
import type { StudyResults } from '@pathway/simulation';
import { withAttributes } from '../chart/attributes.js';
import { html, Html, IdSource } from '../html/html.js';
import { localiseReport } from '../localise-report.js';
import { LIGHT } from '../palette.js';
import { sizeOf } from '../drawing-size.js';
import { named } from '../text.js';
import { wordsOf } from '../words/words.js';
import { TIMELINE, timelineChart } from './timeline-chart.js';
import { timelineParts } from './timeline-parts.js';

const MARGIN = 16;
const TITLE = 26;

/**
 * The strips of all scenarios of studies, one below the other, as one drawing that needs nothing beside itself.
 * @param language BCP 47; English without it
 * @returns undefined where no scenario has a crisis, levels or responses
 */
export function timelineSvg(model: Model, results: readonly StudyResults[], language?: string): string | undefined {
  const bare = { model, results, plans: [], facts: [], diagrams: {}, diagnostics: [] };
  const input = language === undefined ? bare : localiseReport(bare, language);
  const words = wordsOf('language' in input ? input.language : undefined);
  const ids = new IdSource();
  let y = MARGIN;
  const line = (text: string, size: number): Html => {
    const baseline = y + 15;
    y += TITLE;
    return html`<text font-weight="bold" font-size="${size}" x="${MARGIN}" y="${baseline}">${text}</text>`;
  };
  const strips = input.results.flatMap((study) => {
    const all = timelineParts(study);
    if (all.length === 0) return [];
    const question = line(named(study.title), 14);
    const drawn = all.map((parts) => {
      const title = named(parts.title);
      const head = line(title, 16);
      const chart = withAttributes(timelineChart(words, ids, parts, title).text);
      const { width, height } = sizeOf(chart);
      const top = y;
      y += height + 2 * MARGIN;
      const place = `<svg x="${MARGIN}" y="${top}" width="${width}" height="${height}" `;
      return html`${head} ${new Html(chart.replace('<svg ', place))}`;
    });
    return [question, ...drawn];
  });
  if (strips.length === 0) return undefined;
  const width = TIMELINE.width + 2 * MARGIN;
  return `${
    html`<svg
      xmlns="http://www.w3.org/2000/svg"
      width="${width}"
      height="${y}"
      viewBox="0 0 ${width} ${y}"
      font-family="system-ui, 'Noto Sans', 'DejaVu Sans', sans-serif"
      font-size="12.5"
      fill="${LIGHT.text}"
    >
      <title>${words.say`What was in force when`}</title>
      <path d="M0 0H${width}V${y}H0Z" fill="${LIGHT.surface}" />
      ${strips}
    </svg>`.text
  }\n`;
}
