import { escapeXml } from './drawing/xml.js';
import { type DrawingWords, ENGLISH } from './graph/words.js';

/** How one dimension went over the years: a median for each time, absent where nobody rated. */
interface TrendLine {
  readonly title: string;
  readonly medians: readonly (number | undefined)[];
  /** Whether the raters were split, for each time. */
  readonly split: readonly boolean[];
  readonly required?: number;
}

interface Trend {
  readonly title: string;
  /** Whole points, both inclusive. */
  readonly points: { readonly low: number; readonly high: number };
  /** What the times are called, the earliest first. */
  readonly times: readonly string[];
  readonly lines: readonly TrendLine[];
}

const PANEL = { width: 240, height: 132, left: 26, right: 20, top: 40, bottom: 26 } as const;
const COLUMNS = 3;
const HEAD = 48;
const FOOT = 40;
/** Characters of a line of a title. */
const LABEL = 33;

/**
 * Readiness over the years: a small picture for each dimension, all on one scale, with a dot for each median, an open red one
 * where the raters were split, and dashes for what is required.
 */
export function trendSvg({ title, points, times, lines }: Trend, words: DrawingWords = ENGLISH): string {
  const rows = Math.ceil(lines.length / COLUMNS);
  const width = COLUMNS * PANEL.width + 20;
  const height = HEAD + rows * PANEL.height + FOOT;
  const panels = lines.map((line, i) => {
    const [left, top] = [10 + (i % COLUMNS) * PANEL.width, HEAD + Math.floor(i / COLUMNS) * PANEL.height];
    return `<g transform="translate(${left} ${top})">${panel(line, times, points)}</g>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="Arial, Helvetica, sans-serif" font-size="12" fill="#1b1f24">`,
    `<title>${escapeXml(title)}</title>`,
    `<desc>${escapeXml(described(lines, times, words))}</desc>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    `<text x="20" y="28" font-size="17" font-weight="bold">${escapeXml(title)}</text>`,
    ...panels,
    legend(height - 14, lines, words),
    '</svg>',
    '',
  ].join('\n');
}

function panel(line: TrendLine, times: readonly string[], points: Trend['points']): string {
  const right = PANEL.width - PANEL.right;
  const floor = PANEL.height - PANEL.bottom;
  const x = (time: number): number =>
    times.length === 1
      ? (PANEL.left + right) / 2
      : PANEL.left + 8 + ((right - PANEL.left - 16) * time) / (times.length - 1);
  const y = (value: number): number =>
    floor - ((floor - PANEL.top) * (value - points.low)) / (points.high - points.low);
  const grid = [points.low, points.high].map(
    (value) =>
      `<path d="M${PANEL.left} ${round(y(value))}H${right}" stroke="#d5d9de"/><text x="${PANEL.left - 6}" y="${round(y(value) + 4)}" font-size="11" fill="#5c6670" text-anchor="end">${value}</text>`,
  );
  const ends = [0, times.length - 1].filter((time, i, all) => all.indexOf(time) === i);
  const labels = ends.map((time) => {
    const anchor = times.length === 1 ? 'middle' : time === 0 ? 'start' : 'end';
    const at = times.length === 1 ? x(time) : time === 0 ? PANEL.left : right;
    return `<text x="${round(at)}" y="${floor + 16}" font-size="11" fill="#5c6670" text-anchor="${anchor}">${escapeXml(times[time] ?? '')}</text>`;
  });
  const known = line.medians.flatMap((median, time) => (median === undefined ? [] : [{ median, time }]));
  const path = known
    .map(({ median, time }, i) => `${i === 0 ? 'M' : 'L'}${round(x(time))} ${round(y(median))}`)
    .join('');
  const dots = known.map(({ median, time }) => {
    const style = line.split[time] === true ? 'fill="#ffffff" stroke="#b3261e" stroke-width="2.5"' : 'fill="#1f5f99"';
    return `<circle cx="${round(x(time))}" cy="${round(y(median))}" r="4.5" ${style}/>`;
  });
  return [
    `<text x="${PANEL.left - 14}" y="24" font-weight="bold">${escapeXml(shortened(line.title))}</text>`,
    ...grid,
    ...(line.required === undefined
      ? []
      : [
          `<path d="M${PANEL.left} ${round(y(line.required))}H${right}" stroke="#7a4b00" stroke-width="2" stroke-dasharray="7 5"/>`,
        ]),
    ...(known.length > 1 ? [`<path d="${path}" fill="none" stroke="#1f5f99" stroke-width="2"/>`] : []),
    ...dots,
    ...labels,
  ].join('');
}

function shortened(title: string): string {
  const letters = [...title];
  return letters.length <= LABEL
    ? title
    : `${letters
        .slice(0, LABEL - 1)
        .join('')
        .trimEnd()}…`;
}

function described(lines: readonly TrendLine[], times: readonly string[], { say, digits }: DrawingWords): string {
  return lines
    .map(({ title, medians, split }) => {
      const told = medians.map((median, time) => {
        const value = median === undefined ? say`not rated` : digits(String(median));
        return `${times[time] ?? ''} ${value}${split[time] === true ? ` (${say`split`})` : ''}`;
      });
      return `${title}: ${told.join(', ')}`;
    })
    .join('; ');
}

function legend(y: number, lines: readonly TrendLine[], { say }: DrawingWords): string {
  const entries = [
    { text: say`median`, mark: '<circle cx="17" cy="0" r="4.5" fill="#1f5f99"/>' },
    ...(lines.some(({ split }) => split.includes(true))
      ? [
          {
            text: say`split`,
            mark: '<circle cx="17" cy="0" r="4.5" fill="#ffffff" stroke="#b3261e" stroke-width="2.5"/>',
          },
        ]
      : []),
    ...(lines.some(({ required }) => required !== undefined)
      ? [{ text: say`required`, mark: '<path d="M0 0h34" stroke="#7a4b00" stroke-width="2" stroke-dasharray="7 5"/>' }]
      : []),
  ];
  let x = 20;
  return entries
    .map(({ text, mark }) => {
      const entry = `<g transform="translate(${x} ${y})">${mark}<text x="42" y="4">${escapeXml(text)}</text></g>`;
      x += Math.round(70 + text.length * 7.2);
      return entry;
    })
    .join('');
}

function round(value: number): string {
  return value.toFixed(1).replace(/\.0$/, '');
}
